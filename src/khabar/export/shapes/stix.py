"""The base as a STIX 2.1 bundle, for OpenCTI, MISP and others. Invariant: every object is made and validated by the
stix2 library; ids and times come from the base, so that two exports of it are the same; who is held responsible is a
relationship that says how and by whom, never a property of the incident.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from khabar.export.shapes.cases import Case
from khabar.export.shapes.material import Material
from khabar.export.shapes.own import OTHER_VALUES, other_values
from khabar.export.shapes.parts import Column, Loss, LossRule, Row
from khabar.export.shapes.relating import Tie, ties_of
from khabar.export.shapes.tables import columns_of
from khabar.export.words import interval_words, value_words
from khabar.records import Actor
from khabar.store.questions import DocumentSummary

__all__ = ["Stix"]

_COUNTS = LossRule("counts and dates", "narrowed", "a STIX incident has no fields for them; its description has them")
_PLACE = LossRule("place without a country", "not held", "a STIX location needs a country, a region or a point")

_OURS = UUID("6f2b0c1a-5a0e-5d3f-9f0f-6b1f3c0c7d52")
"""The namespace of Khabar's ids in STIX."""

_NEVER = "1970-01-01T00:00:00Z"
_CLASS = {"organization": "group", "person": "individual", "state": "organization", "agency": "organization"}


class Stix:
    """See the module."""

    name = "stix"
    title = "a STIX 2.1 bundle: incidents, groups, places, reports and how they are said to hang together"
    ending = "json"
    rule: str | None = None
    losses: tuple[LossRule, ...] = (OTHER_VALUES, _COUNTS, _PLACE)
    options: Mapping[str, str] = {}

    @property
    def columns(self) -> tuple[Column, ...]:
        """The parts of an object, from `columns/objects.yml`."""
        return columns_of("objects")

    def records(self, material: Material) -> Iterator[Row | Loss]:
        """Incidents with their relationships, then ties, groups and reports."""
        make = _Maker(material.at)
        actors: dict[str, Actor] = {}
        reports: dict[str, DocumentSummary] = {}
        told: dict[str, list[str]] = {}
        for case in material.cases():
            for report in case.reports:
                reports[report.id] = report
                told.setdefault(report.id, []).append(_id("incident", case.id))
            actors.update((who.actor.id, who.actor) for who in case.attributed if who.actor is not None)
            yield from _incident(make, case)
            yield from _lost(case)
        for tie in ties_of(material):
            actors.update((actor.id, actor) for actor in (tie.subject, tie.object))
            yield make.row(tie.subject.id, _tie(tie, material), [claim.id for claim in tie.claims])
        for actor in sorted(actors.values(), key=lambda a: a.id):
            yield make.row(actor.id, _party(actor), ())
        for report in sorted(reports.values(), key=lambda r: r.id):
            yield make.row(report.id, _report(report, told[report.id]), ())

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """One bundle, an object a line."""
        out.write(f'{{"type": "bundle", "id": "bundle--{uuid5(_OURS, "bundle")}", "objects": ['.encode())
        for number, row in enumerate(rows):
            text = json.dumps(row.values["object"], ensure_ascii=False, sort_keys=True)
            out.write((",\n" if number else "\n").encode() + text.encode())
        out.write(b"\n]}\n")
        del options


class _Maker:
    """Makes objects with the library; `at` is when the base was last changed."""

    def __init__(self, at: str | None) -> None:
        self._at = _moment(at) if at else _NEVER
        self._places: set[str] = set()

    def new_place(self, key: str) -> bool:
        """Whether this location comes for the first time."""
        new = key not in self._places
        self._places.add(key)
        return new

    def row(self, subject: str, told: Mapping[str, Any], claims: Sequence[str]) -> Row:
        """A validated object as a row."""
        import stix2

        kept = {key: value for key, value in told.items() if value not in (None, "", [])}
        made = stix2.parse({"spec_version": "2.1", "created": self._at, "modified": self._at, **kept})
        values = {"id": str(made.id), "type": str(made.type), "object": json.loads(made.serialize())}
        return Row(str(made.id), subject, values, {"object": tuple(claims)} if claims else {})


def _moment(at: str) -> str:
    """An ISO time as STIX has it: in UTC, to the second."""
    told = datetime.fromisoformat(at)
    return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _incident(make: _Maker, case: Case) -> Iterator[Row]:
    """The incident, the place it was in, and a relationship for each actor held responsible."""
    key = _id("incident", case.id)
    kind = str(case.shown("type") or "incident").replace("_", " ")
    places = case.shown("places") or ()
    when = case.shown("when") or {}
    said = [f"When: {interval_words(when.get('earliest'), when.get('latest'))}"]
    said += [f"{name.capitalize()}: {number}" for name, number in case.counted()]
    name = f"{kind}, {places[0].get('name')}" if places else kind
    told = {"type": "incident", "id": key, "name": name, "description": ". ".join(said), "labels": [kind]}
    yield make.row(case.id, told, case.event.claims)
    for place in places[:1]:
        if place.get("country"):
            where = _id("location", value_words(place))
            if make.new_place(where):
                yield make.row(case.id, _location(where, place), case.resting("places"))
            yield make.row(case.id, _relationship(key, "located-at", where), case.resting("places"))
    for who in case.attributed:
        if who.actor is None:
            continue
        link = _relationship(key, "attributed-to", _id("identity", who.actor.id), who.words)
        yield make.row(case.id, link, who.claims)


def _lost(case: Case) -> Iterator[Loss]:
    yield Loss(case.id, _COUNTS, claims=case.resting("when", "killed", "injured", "attackers_killed"))
    yield from other_values(case)
    bare = [value_words(p) for p in (case.shown("places") or ())[:1] if not p.get("country")]
    if bare:
        yield Loss(case.id, _PLACE, bare[0], "object", case.resting("places"))


def _location(key: str, place: Mapping[str, Any]) -> dict[str, Any]:
    """A point only where the place is known to the town."""
    exact = place.get("precision") in ("exact", "near")
    return {
        "type": "location",
        "id": key,
        "name": value_words(place),
        "country": place["country"],
        "administrative_area": place.get("admin1"),
        "latitude": place.get("latitude") if exact else None,
        "longitude": place.get("longitude") if exact else None,
    }


def _relationship(one: str, kind: str, two: str, words: str = "") -> dict[str, Any]:
    return {
        "type": "relationship",
        "id": _id("relationship", f"{one} {kind} {two}"),
        "relationship_type": kind,
        "source_ref": one,
        "target_ref": two,
        "description": words,
    }


def _tie(tie: Tie, material: Material) -> dict[str, Any]:
    kind = material.book.relations.get(tie.type)
    words = f"{kind.label if kind else tie.type} ({', '.join(tie.stances)})"
    words += f"; claims: {len(tie.claims)}, of them denials: {tie.denied}"
    one, two = _id("identity", tie.subject.id), _id("identity", tie.object.id)
    told = _relationship(one, tie.type.replace("_", "-"), two, words)
    days = {"start_time": tie.earliest, "stop_time": tie.latest if tie.latest != tie.earliest else None}
    return {**told, **{name: f"{day}T00:00:00Z" for name, day in days.items() if day}}


def _party(actor: Actor) -> dict[str, Any]:
    others = ", ".join(name.text for name in actor.names[1:])
    return {
        "type": "identity",
        "id": _id("identity", actor.id),
        "name": actor.names[0].text,
        "identity_class": _CLASS.get(actor.kind, "unknown"),
        "description": f"Also: {others}" if others else "",
        "external_references": [{"source_name": scheme, "external_id": key} for scheme, key in actor.external_ids],
    }


def _report(report: DocumentSummary, told: Sequence[str]) -> dict[str, Any]:
    published = f"{report.published.latest}T00:00:00Z" if report.published.latest else _NEVER
    reference = {"source_name": report.publisher or report.file, "external_id": report.id, "url": report.url}
    return {
        "type": "report",
        "id": _id("report", report.id),
        "name": report.title or report.file,
        "published": published,
        "object_refs": sorted(set(told)),
        "external_references": [{k: v for k, v in reference.items() if v}],
    }


def _id(kind: str, key: str) -> str:
    return f"{kind}--{uuid5(_OURS, f'{kind} {key}')}"
