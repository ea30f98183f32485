"""The base as FollowTheMoney entities, for OpenAleph, OpenSanctions' tools and others. Invariant: every entity is made
and validated by the followthemoney library; who is held responsible is a link with its stance, never a property of the
incident, so that no allegation is read as a fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from khabar.errors import ExportError
from khabar.export.shapes.cases import Case
from khabar.export.shapes.material import Material
from khabar.export.shapes.own import OTHER_VALUES, other_values
from khabar.export.shapes.parts import Column, Loss, LossRule, Row
from khabar.export.shapes.relating import Tie, ties_of
from khabar.export.shapes.tables import columns_of
from khabar.export.words import value_words
from khabar.records import Actor
from khabar.store.questions import DocumentSummary
from khabar.text import content_id

__all__ = ["FollowTheMoney"]

_COUNTS = LossRule("counts", "narrowed", "FollowTheMoney has no field for casualties; they are in the summary in words")
_STANCE = LossRule("stances", "narrowed", "a stance stands in the role of a link in words")

_SCHEMA = {"organization": "Organization", "person": "Person", "state": "PublicBody", "agency": "PublicBody"}
_NAME = {"name": "name", "alias": "alias", "acronym": "weakAlias", "former": "previousName", "transliteration": "alias"}
_TIES = {
    "succession": ("Succession", "predecessor", "successor"),
    "office": ("Directorship", "director", "organization"),
    "part": ("Membership", "member", "organization"),
}
_LINK = ("UnknownLink", "subject", "object")


class FollowTheMoney:
    """See the module."""

    name = "ftm"
    title = "FollowTheMoney entities (incidents, groups, links, reports), one JSON object a line"
    ending = "json"
    rule: str | None = None
    losses: tuple[LossRule, ...] = (OTHER_VALUES, _COUNTS, _STANCE)
    options: Mapping[str, str] = {}

    @property
    def columns(self) -> tuple[Column, ...]:
        """The parts of an entity, from `columns/entities.yml`."""
        return columns_of("entities")

    def records(self, material: Material) -> Iterator[Row | Loss]:
        """Incidents with their links, then the groups, ties and reports they name."""
        model = _model()
        reports: dict[str, DocumentSummary] = {}
        actors: dict[str, Actor] = {}
        for case in material.cases():
            reports.update((report.id, report) for report in case.reports)
            actors.update((who.actor.id, who.actor) for who in case.attributed if who.actor is not None)
            yield _row(model, case.id, _event(case), case.event.claims)
            yield from _links(model, case)
            yield from _lost(case)
        for tie in ties_of(material):
            actors.update((actor.id, actor) for actor in (tie.subject, tie.object))
            yield _row(model, tie.subject.id, _tie(tie, material), tuple(claim.id for claim in tie.claims))
        for actor in sorted(actors.values(), key=lambda a: a.id):
            yield _row(model, actor.id, _party(actor), ())
        for report in sorted(reports.values(), key=lambda r: r.id):
            yield _row(model, report.id, _article(report), ())

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """One entity a line."""
        for row in rows:
            entity = {key: row.values[key] for key in ("id", "schema", "properties")}
            out.write(json.dumps(entity, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        del options


def _model() -> Any:
    try:
        from followthemoney import model
    except ImportError:
        raise ExportError(
            "the followthemoney library is not installed.", "Install it with `pip install 'khabar[ftm]'`."
        ) from None
    return model


def _row(model: Any, subject: str, told: Mapping[str, Any], claims: Sequence[str]) -> Row:
    """The entity of a schema and properties, as the library cleans and keeps them."""
    entity = model.make_entity(told["schema"])
    entity.id = told["id"]
    for name, values in told["properties"].items():
        for value in values if isinstance(values, (list, tuple)) else [values]:
            if value:
                entity.add(name, value, cleaned=name in _CLEAN)
    made = entity.to_dict()
    values = {"id": made["id"], "schema": made["schema"], "properties": made["properties"]}
    return Row(f"{made['schema']}:{made['id']}", subject, values, {"properties": tuple(claims)} if claims else {})


_CLEAN = frozenset({"director", "member", "object", "organization", "predecessor", "proof", "subject", "successor"})
"""Properties that hold ids of other entities, which are kept as they are."""


def _event(case: Case) -> dict[str, Any]:
    when = case.shown("when") or {}
    places = case.shown("places") or ()
    kind = str(case.shown("type") or "incident").replace("_", " ")
    return {
        "id": f"event-{case.id}",
        "schema": "Event",
        "properties": {
            "name": f"{kind}{', ' + str(places[0].get('name') or '') if places else ''}",
            "startDate": when.get("earliest"),
            "endDate": when.get("latest"),
            "location": [value_words(place) for place in places],
            "country": [str(p["country"]).lower() for p in places if p.get("country")],
            "summary": "; ".join(f"{name} {number}" for name, number in case.counted()),
            "keywords": [kind, str(case.shown("modality") or "")],
            "proof": [f"report-{report.id}" for report in case.reports],
        },
    }


def _links(model: Any, case: Case) -> Iterator[Row]:
    """A link for each actor held responsible, with how and by whom in its role."""
    for who in case.attributed:
        if who.actor is None:
            continue
        link = {
            "id": f"held-{content_id(case.id + who.actor.id)}",
            "schema": "UnknownLink",
            "properties": {
                "subject": _id(who.actor),
                "object": f"event-{case.id}",
                "role": who.words,
                "recordId": list(who.claims),
                "publisher": list(case.publishers),
            },
        }
        yield _row(model, case.id, link, who.claims)


def _lost(case: Case) -> Iterator[Loss]:
    if any(case.shown(name) for name in ("killed", "injured", "attackers_killed")):
        yield Loss(case.id, _COUNTS, claims=case.resting("killed", "injured", "attackers_killed"))
    if any(len(who.stances) > 1 for who in case.attributed):
        yield Loss(case.id, _STANCE)
    yield from other_values(case)


def _tie(tie: Tie, material: Material) -> dict[str, Any]:
    kind = material.book.relations.get(tie.type)
    schema, one, two = _TIES.get((kind.means or kind.drawn or "") if kind else "", _LINK)
    if schema == "Directorship" and tie.subject.kind != "person":
        schema, one, two = _LINK
    return {
        "id": f"tie-{content_id(f'{tie.type} {tie.subject.id} {tie.object.id}')}",
        "schema": schema,
        "properties": {
            one: _id(tie.subject),
            two: _id(tie.object),
            "role": f"{kind.label if kind else tie.type} ({', '.join(tie.stances)})",
            "startDate": tie.earliest,
            "endDate": tie.latest,
            "recordId": [claim.id for claim in tie.claims],
        },
    }


def _party(actor: Actor) -> dict[str, Any]:
    properties: dict[str, list[str]] = {}
    for number, name in enumerate(actor.names):
        properties.setdefault("name" if not number else _NAME.get(name.kind, "alias"), []).append(name.text)
    if actor.country:
        properties["country"] = [actor.country.lower()]
    return {"id": _id(actor), "schema": _SCHEMA.get(actor.kind, "LegalEntity"), "properties": properties}


def _article(report: DocumentSummary) -> dict[str, Any]:
    return {
        "id": f"report-{report.id}",
        "schema": "Article",
        "properties": {
            "title": report.title or report.file,
            "publisher": report.publisher,
            "author": report.author,
            "sourceUrl": report.url,
            "publishedAt": report.published.latest,
            "contentHash": report.id if len(report.id) == 40 else None,  # the property is a SHA-1
        },
    }


def _id(actor: Actor) -> str:
    """Ids of FollowTheMoney hold no slash or colon."""
    return f"actor-{content_id(actor.id)}"
