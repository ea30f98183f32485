"""Incidents of a period by what they have in common: area, type, target, group, who is held responsible, casualties.
Invariant: pure functions of incidents; the rows of a table say when an incident can stand in several of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from khabar.records import Event
from khabar.report.model import Number, Piece, Table
from khabar.report.tolls import summed, toll_words

__all__ = [
    "RESPONSIBILITY",
    "by_area",
    "by_casualty",
    "by_group",
    "by_responsibility",
    "by_target",
    "by_type",
    "counted",
    "grouped",
]

_TOLL_COLUMNS = ("Incidents", "Killed", "Injured", "Attackers killed")
_SEVERAL = " An incident can stand in several rows."

RESPONSIBILITY = ("claimed", "asserted", "blamed", "suspected", "denied alone", "nobody named")
"""How far it is told who did it; each incident counts once, under the firmest."""

Held = Callable[[Event], Sequence[Mapping[str, Any]]]
Keys = Callable[[Event], Iterable[str]]


def counted(events: Sequence[Event]) -> Number:
    """How many there are."""
    return Number(str(len(events)), tuple(e.id for e in events))


def grouped(events: Iterable[Event], keys: Keys) -> dict[str, list[Event]]:
    """Incidents by each of their keys, the largest group first."""
    found: dict[str, list[Event]] = {}
    for event in events:
        for key in dict.fromkeys(keys(event)):
            found.setdefault(key, []).append(event)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def by_area(events: Sequence[Event], country_name: Callable[[str], str]) -> Table:
    """By country, or by province where all that is known lies in one country."""
    countries = {p["country"] for e in events for p in _places(e) if p.get("country")}
    single = len(countries) == 1

    def areas(event: Event) -> Iterable[str]:
        places = [p for p in _places(event) if p.get("country")]
        if single:
            named = [p["admin1"] for p in places if p.get("admin1")]
            return named or (["province not stated"] if places else ["place not stated"])
        return [country_name(p["country"]) for p in places] or ["place not stated"]

    title = f"By province of {country_name(next(iter(countries)))}" if single else "By country"
    note = "An incident that may lie in two areas counts in each."
    return _table("area", title, "Province" if single else "Country", grouped(events, areas), note)


def by_type(events: Sequence[Event], label: Callable[[str], str]) -> Table:
    """By the type of the codebook."""
    return _table("type", "By type", "Type", grouped(events, lambda e: [label(str(_shown(e, "type") or ""))]))


def by_target(events: Sequence[Event]) -> Table:
    """By the class of what was attacked."""

    def classes(event: Event) -> Iterable[str]:
        named = [str(t["class"]) for t in _shown(event, "targets") or () if t.get("class")]
        return named or ["target not stated"]

    return _table("target", "By target", "Target", grouped(events, classes), _SEVERAL.strip())


def by_group(events: Sequence[Event], held: Held) -> Table:
    """By whom sources name, each way of naming in a column: an allegation is no finding."""
    stances = ("claimed", "asserted", "blamed", "suspected", "denied")
    found: dict[str, dict[str, list[Event]]] = {}
    for event in events:
        for said in held(event):
            listed = found.setdefault(str(said["actor"]), {}).setdefault(str(said["stance"]), [])
            if event not in listed:
                listed.append(event)
    order = sorted(found, key=lambda actor: (-len({e.id for es in found[actor].values() for e in es}), actor))
    rows = tuple((actor, *(_count(found[actor].get(stance, [])) for stance in stances)) for actor in order)
    note = "Claimed: by the group itself. Blamed and suspected: by those whom the incident's entry names." + _SEVERAL
    return Table("group", "By group", ("Group", *(s.capitalize() for s in stances)), rows, note)


def by_responsibility(events: Sequence[Event], held: Held) -> Table:
    """By how far it is told who did it; each incident once."""

    def firmest(event: Event) -> Iterable[str]:
        stances = {str(said["stance"]) for said in held(event)}
        if stances == {"denied"}:
            return ["denied alone"]
        return [next((s for s in RESPONSIBILITY if s in stances), "nobody named")]

    groups = grouped(events, firmest)
    ordered = {key: groups[key] for key in RESPONSIBILITY if key in groups}
    return _table("responsibility", "By responsibility", "Responsibility", ordered, "Each incident counts once.")


def by_casualty(events: Sequence[Event]) -> Table:
    """Killed and injured by whom the attack was on, attackers apart.

    Reports seldom give the dead by class: those of an incident whose targets are of one class count there, of several
    classes under "several classes".
    """

    def classes(event: Event) -> Iterable[str]:
        named = sorted({str(t["class"]) for t in _shown(event, "targets") or () if t.get("class")})
        return [named[0] if len(named) == 1 else "several classes" if named else "class not stated"]

    rows: list[tuple[Piece, ...]] = [
        (name, toll_words(summed(found, "killed")), toll_words(summed(found, "injured")))
        for name, found in grouped(events, classes).items()
    ]
    rows.append(("attackers", toll_words(summed(events, "attackers_killed")), ""))
    note = "The dead of an incident count with the class of its targets; attackers are never among them."
    return Table("casualty", "Casualties by class", ("Class", "Killed", "Injured"), tuple(rows), note)


def _table(name: str, title: str, first: str, groups: Mapping[str, Sequence[Event]], note: str = "") -> Table:
    rows = tuple(
        (
            key,
            counted(found),
            toll_words(summed(found, "killed")),
            toll_words(summed(found, "injured")),
            toll_words(summed(found, "attackers_killed")),
        )
        for key, found in groups.items()
    )
    return Table(name, title, (first, *_TOLL_COLUMNS), rows, note)


def _count(events: Sequence[Event]) -> Piece:
    return counted(events) if events else ""


def _places(event: Event) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = _shown(event, "places") or ()
    return found


def _shown(event: Event, field: str) -> Any:
    return event.derived[field].value if field in event.derived else None
