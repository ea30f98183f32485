"""Incidents: the list with its filters, and one incident with every value's source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.export.decisions import compared_of
from khabar.resolution.values.rules import RULES
from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, IncidentQuery, Pages, RuleQuery
from khabar.serve.rendering import base_of, render
from khabar.serve.shown import rule_of, shown_by
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter, ContradictionFilter, EventFilter

__all__ = ["router"]

router = APIRouter()

_ORDER = (
    "type",
    "modality",
    "when",
    "places",
    "killed",
    "injured",
    "attackers_killed",
    "arrested",
    "abducted",
    "targets",
    "weapon",
)


_COMPARED = 30  # pairs whose reasons the page shows


@router.get("/incidents")
def incidents(request: Request, asked: Annotated[IncidentQuery, Query()]) -> HTMLResponse:
    """The incidents a filter keeps, a page at a time."""
    base = base_of(request)
    where = asked.where(base)
    total = base.count(where)
    types, countries = _choices(base)
    return render(
        request,
        "incidents.html",
        asked=asked,
        events=list(shown_by(request, asked.rule).events(base.events(where))),
        rule=rule_of(request, asked.rule),
        rules=RULES,
        types=types,
        countries=countries,
        actors=list(base.actors(ActorFilter(min_claims=1, limit=200))),
        pages=Pages(asked.page, total, PAGE_SIZE),
        values=asked.model_dump(exclude={"page"}),
    )


def _choices(base: View) -> tuple[list[str], list[str]]:
    """The types and countries that occur, for the filter's lists."""
    types: set[str] = set()
    countries: set[str] = set()
    for event in base.events(EventFilter()):
        if "type" in event.derived:
            types.add(str(event.derived["type"].value))
        places = event.derived["places"].value if "places" in event.derived else ()
        countries.update(p["country"] for p in places or () if p.get("country"))
    return sorted(types), sorted(countries)


@router.get("/incidents/{key}")
def incident(request: Request, key: str, asked: Annotated[RuleQuery, Query()]) -> HTMLResponse:
    """One incident: each field's derived value and rule, every source's value and quote, and what contradicts."""
    base = base_of(request)
    event = shown_by(request, asked.rule).event(base.event(key))
    claims = {claim.id: claim for claim in base.claims(ClaimFilter(event=event.id))}
    compared = compared_of(base, event)
    sources = sources_of(base, [*claims.values(), *(c for pair in compared[:_COMPARED] for c in pair.claims)])
    told = {name: event.values[name] for name in _ORDER if event.values.get(name)}
    if [v.value for v in told.get("modality", ())] == ["actual"]:
        del told["modality"]  # what happened is what one expects of an incident
    return render(
        request,
        "incident.html",
        event=event,
        rule=rule_of(request, asked.rule),
        rules=RULES,
        claims=claims,
        sources=sources,
        fields=list(told),
        attributions=event.values.get("attributions", ()),
        contradictions=list(base.contradictions(ContradictionFilter(subject=event.id))),
        others=[base.event(other) for other in event.unsure_with],
        compared=compared,
        may_decide=request.app.state.desk is not None,
        called=_called(base, event.documents),
        links=_links(base, list(claims)),
    )


def _called(base: View, documents: Iterable[str]) -> dict[str, str]:
    """What the reasons of origins call each report: the caller's id, else the file."""
    found = (base.document(key) for key in documents)
    return {document.id: document.external_id or document.file for document in found}


def _links(base: View, claims: list[str]) -> dict[str, str]:
    """Actor id to the name shown, for every actor the claims mean."""
    ids = {link.actor for link in base.links(claims)}
    return {key: base.actor(key).names[0].text for key in sorted(ids)}
