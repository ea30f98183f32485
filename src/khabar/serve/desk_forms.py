"""Forms of the reading desk, read. Invariant: what is typed is text; what it means is checked where it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import Request
from starlette.exceptions import HTTPException

from khabar.records import ActorRef, Assignment, Place
from khabar.review.acts import Act
from khabar.review.bench import Bench, entries_of
from khabar.review.values import values_of
from khabar.serve.seat import Desk, base_of, user_of
from khabar.store.review_questions import AssignmentFilter
from khabar.text import fold

__all__ = ["act_of", "blind_of", "coding_of", "first", "named"]

_OWN = ("act", "target", "seen", "note", "kind", "coding", "csrf")
_EVIDENCE = "evidence-of:"  # before the name of a value: the passage a person gave for it, as "start-end"
_LONGEST = 2_000


def first(fields: Mapping[str, list[str]], name: str) -> str:
    """The one value of a field, empty where it is not there."""
    return (fields.get(name) or [""])[0].strip()


def coding_of(request: Request, number: int) -> Assignment:
    """The coding or adjudication of a number, for the coder it was given to; 403 for anybody else."""
    found = base_of(request).assignments(AssignmentFilter(numbers=(number,)))
    if not found or found[0].task == "review":
        raise HTTPException(404, f"There is no coding {number}.")
    if found[0].user != user_of(request):
        raise HTTPException(403, f"This coding is {found[0].user}'s alone until it is adjudicated.")
    return found[0]


def blind_of(request: Request, document: str) -> Assignment | None:
    """The open coding of a document (its id in full) because of which the person asking must not see others' work."""
    where = AssignmentFilter(document=document, user=user_of(request), task="coding", done=False)
    return next(iter(base_of(request).assignments(where)), None)


def act_of(fields: Mapping[str, list[str]], user: str, bench: Bench) -> Act:
    """What a form asks for. To accept with changed values is to correct: nothing typed is dropped."""
    values = {name: said[0] for name, said in fields.items() if name not in _OWN and not name.startswith(_EVIDENCE)}
    act = first(fields, "act") or "accept"
    if act == "accept" and values:
        act = "correct"
    seen = first(fields, "seen")
    return Act(
        act,
        user,
        first(fields, "target"),
        first(fields, "kind") or "event",
        values,
        _spans({name: first(fields, name) for name in fields if name.startswith(_EVIDENCE)}, bench),
        first(fields, "note")[:_LONGEST],
        int(seen) if seen.isdecimal() else None,
    )


def _spans(fields: Mapping[str, str], bench: Bench) -> dict[str, tuple[int, int]]:
    found = {}
    for name, said in fields.items():
        start, _, end = said.partition("-")
        if start.isdecimal() and end.isdecimal() and int(end) <= len(bench.document.text):
            found[name.removeprefix(_EVIDENCE)] = (int(start), int(end))
    return found


_GIVEN = {  # what the gazetteer and the list of actors say of a name: path of the value, and the field of the record
    "place": {
        "geonames_id": "id",
        "latitude": "latitude",
        "longitude": "longitude",
        "kind": "kind",
        "country": "country",
        "admin1": "admin1",
        "admin2": "admin2",
    },
    "actor": {"id": "id", "kind": "kind"},
}


def named(desk: Desk, act: Act, bench: Bench) -> Act:
    """The act with what a new name means: an id that belonged to another name goes, and where the name (with country
    and province, where they were typed) can mean one place or one actor alone, that one is taken.
    """
    before: Mapping[str, str] = {}
    for entry in entries_of(bench):
        if act.target and act.target in (entry.target, entry.claim.id):
            before = values_of(entry.claim)
    told = dict(act.values)
    for path, said in act.values.items():
        head, _, last = path.rpartition(".")
        if last != "name" or not said.strip() or said.strip() == before.get(path):
            continue
        if head == "place" or head.startswith("places."):
            _mean(told, before, head, "place", desk.places(said.strip()))
        elif head in ("actor", "subject", "object") or head.endswith(".actor") or head.startswith("about."):
            same = [a for a in desk.actors(said.strip()) if fold(a.name) == fold(said)]
            _mean(told, before, head, "actor", same)
    return replace(act, values=told)


def _mean(
    told: dict[str, str], before: Mapping[str, str], head: str, kind: str, found: Sequence[Place] | Sequence[ActorRef]
) -> None:
    given = _GIVEN[kind]
    own = {name: told.get(f"{head}.{name}", before.get(f"{head}.{name}", "")).strip() for name in given}
    typed = {name for name in given if own[name] != before.get(f"{head}.{name}", "")}
    if kind == "actor":
        typed.discard("kind")  # a form always sends one
    if {"geonames_id", "id"} & typed:
        return  # chosen from what was offered
    for name in {*given} - typed - {"kind"}:
        told[f"{head}.{name}"] = ""
    asked = {name: own[name] for name in ("country", "admin1") if name in typed and own[name]}
    fits = [f for f in found if all(fold(str(getattr(f, name))) == fold(said) for name, said in asked.items())]
    if len(fits) == 1:
        said = {name: getattr(fits[0], part) for name, part in given.items() if name not in typed}
        told.update({f"{head}.{name}": str(value) for name, value in said.items() if value is not None})
