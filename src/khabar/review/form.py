"""The form of a claim: its values in groups, with the choices of the codebook and what each means.

Invariant: every value of the claim format has its field, and each list offers one empty row, so that a form works
without script. Field names are the paths of `khabar.review.values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.records import (
    ACTOR_KINDS,
    ATTRIBUTION_ROLES,
    ATTRIBUTION_STANCES,
    DATE_PRECISIONS,
    MODALITIES,
    PLACE_PRECISIONS,
    PRESENCE_STATUSES,
    STANCES,
    STATEMENT_KINDS,
)
from khabar.review.values import COUNTS, LISTS

__all__ = ["Choice", "Field", "Group", "groups_of"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that can be chosen, as shown, with what it means."""

    value: str
    label: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One value. kind: choice, text, number, day, or hidden; `offers` names what is suggested while typing: place or
    actor.
    """

    path: str
    label: str
    kind: str = "text"
    choices: tuple[Choice, ...] = ()
    value: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Values that belong together under one name of a slot; `empty` where nothing is said yet."""

    slot: str
    title: str
    fields: tuple[Field, ...]
    empty: bool = False
    help: str = ""


_STANCES = {
    "asserted": "stated as fact, by the report or by its speaker",
    "claimed": "said by one who has an interest in it, above all a claim of responsibility",
    "blamed": "put on somebody by somebody else",
    "suspected": "believed or suspected",
    "denied": "rejected",
    "hedged": "weakened: reportedly, appears",
}
_PRECISIONS = {
    "exact": "the place itself",
    "near": "close to it",
    "adm2": "somewhere in this district",
    "adm1": "somewhere in this province or state",
    "region": "somewhere in this region or valley",
    "country": "somewhere in this country",
}
_COUNT_TITLES = {"attackers_killed": "Attackers killed"}


def groups_of(kind: str, values: Mapping[str, str], book: Codebook) -> list[Group]:
    """The groups of a form for a claim of `kind`, filled with `values`."""
    made = {"event": _event, "relation": _relation, "presence": _presence, "statement": _statement}[kind]
    return [_filled(group, values) for group in [*made(values, book), *_saying()]]


def _filled(group: Group, values: Mapping[str, str]) -> Group:
    told = tuple(Field(f.path, f.label, f.kind, f.choices, values.get(f.path, f.value), f.offers) for f in group.fields)
    empty = not any(values.get(f.path) for f in group.fields if f.kind != "choice" or f.path in ("type", "total"))
    return Group(group.slot, group.title, told, empty, group.help)


def _words(
    words: Iterable[str], meanings: Mapping[str, str] | None = None, *, blank: bool = False
) -> tuple[Choice, ...]:
    found = tuple(Choice(word, word.replace("_", " "), (meanings or {}).get(word, "")) for word in words)
    return (Choice("", "—"), *found) if blank else found


def _event(values: Mapping[str, str], book: Codebook) -> list[Group]:
    types = tuple(Choice(t.id, t.label, t.definition) for t in book.events.values())
    said = book.events.get(values.get("type", ""))
    what = (Field("type", "Type", "choice", types), Field("subtype", "Subtype"))
    yes = (Choice("", "no"), Choice("yes", "yes"))
    total = (Field("total", "Not one incident", "choice", yes), Field("aggregate.count", "How many", "number"))
    groups = [Group("type", "What", what, help=said.definition if said else "")]
    groups += [_when()]
    groups += [Group(f"places.{n}", f"Place {n + 1}", _place(f"places.{n}.")) for n in _rows(values, "places")]
    groups += [_attribution(n) for n in _rows(values, "attributions")]
    groups += [_count(name) for name in COUNTS]
    classes = _words(book.targets, blank=True)
    for n in _rows(values, "targets"):
        fields = (Field(f"targets.{n}.text", "Words"), Field(f"targets.{n}.class", "Class", "choice", classes))
        groups.append(Group(f"targets.{n}", f"Target {n + 1}", fields))
    weapons = (
        Field("weapon.text", "Words"),
        Field("weapon.class", "Class", "choice", _words(book.weapons, blank=True)),
    )
    return [*groups, Group("weapon", "Weapon", weapons), Group("total", "Total of several", total)]


def _count(name: str) -> Group:
    title = _COUNT_TITLES.get(name, name.capitalize())
    bounds = tuple(
        Field(f"{name}.{part}", label, "number")
        for part, label in (("low", "At least"), ("best", "Best"), ("high", "At most"))
    )
    return Group(name, title, (*bounds, Field(f"{name}.text", "Words")))


def _relation(values: Mapping[str, str], book: Codebook) -> list[Group]:
    types = tuple(Choice(t.id, t.label, f"{t.definition} {t.direction}") for t in book.relations.values())
    said = book.relations.get(values.get("type", ""))
    help_ = f"{said.definition} {said.direction}" if said else ""
    return [
        Group("type", "Tie", (Field("type", "Type", "choice", types),), help=help_),
        Group("subject", "First side", _actor("subject.")),
        Group("object", "Second side", _actor("object.")),
        _when(),
    ]


def _presence(_values: Mapping[str, str], _book: Codebook) -> list[Group]:
    status = (
        Field("status", "Status", "choice", _words(PRESENCE_STATUSES)),
        Field("degree", "In the words of the text"),
    )
    return [
        Group("actor", "Who", _actor("actor.")),
        Group("place", "Where", _place("place.")),
        Group("status", "Presence", status),
        _when(),
    ]


def _statement(values: Mapping[str, str], _book: Codebook) -> list[Group]:
    number = tuple(
        Field(f"quantity.{p}", label, "number")
        for p, label in (("low", "At least"), ("best", "Best"), ("high", "At most"))
    )
    more = (Field("quantity.unit", "Of what"), Field("quantity.population", "Of whom"))
    return [
        Group("kind", "Kind", (Field("kind", "Kind", "choice", _words(STATEMENT_KINDS)),)),
        *(Group(f"about.{n}", f"About {n + 1}", _actor(f"about.{n}.")) for n in _rows(values, "about")),
        Group("quantity", "Number", (*number, *more)),
        _when(),
    ]


def _saying() -> list[Group]:
    """Who says it, and how: the same in every kind."""
    speaker = (
        Field("speaker.name", "Name"),
        Field("speaker.role", "Office"),
        Field("speaker.actor", "Speaks for", offers="actor"),
        Field("speaker.via", "By way of"),
    )
    how = (
        Field("stance", "Stance", "choice", _words(STANCES, _STANCES)),
        Field("modality", "Modality", "choice", _words(MODALITIES)),
    )
    return [
        Group("speaker", "Speaker", speaker, help="Leave it empty where the report itself says it."),
        Group("stance", "How", how),
    ]


def _when() -> Group:
    fields = (
        Field("when.earliest", "From", "day"),
        Field("when.latest", "To", "day"),
        Field("when.precision", "Grain", "choice", _words(DATE_PRECISIONS), "day"),
        Field("when.text", "Words"),
    )
    return Group("when", "When", fields)


def _place(path: str) -> tuple[Field, ...]:
    precision = _words(PLACE_PRECISIONS, _PRECISIONS)
    return (
        Field(f"{path}name", "Name", offers="place"),
        Field(f"{path}text", "Words"),
        Field(f"{path}precision", "Precision", "choice", precision, "exact"),
        Field(f"{path}admin2", "District"),
        Field(f"{path}admin1", "Province"),
        Field(f"{path}country", "Country"),
        *(Field(f"{path}{name}", name, "hidden") for name in ("geonames_id", "latitude", "longitude", "kind")),
    )


def _actor(path: str) -> tuple[Field, ...]:
    kinds = _words(ACTOR_KINDS)
    return (
        Field(f"{path}name", "Name", offers="actor"),
        Field(f"{path}text", "Words"),
        Field(f"{path}kind", "Kind", "choice", kinds, "organization"),
        Field(f"{path}id", "id", "hidden"),
    )


def _attribution(number: int) -> Group:
    path = f"attributions.{number}."
    fields = (
        *_actor(f"{path}actor."),
        Field(f"{path}stance", "Stance", "choice", _words(ATTRIBUTION_STANCES, _STANCES), "asserted"),
        Field(f"{path}role", "Role", "choice", _words(ATTRIBUTION_ROLES), "perpetrator"),
        Field(f"{path}by.name", "Said by"),
        Field(f"{path}channel", "Through"),
    )
    return Group(f"attributions.{number}", f"Who did it {number + 1}", fields)


def _rows(values: Mapping[str, str], name: str) -> range:
    """The rows that are filled, and one more."""
    prefix, needed = f"{name}.", LISTS[name]
    there = [
        int(p[len(prefix) :].split(".")[0]) for p in values if p.startswith(prefix) and values[p] and p.endswith(needed)
    ]
    return range(max(there, default=-1) + 2)
