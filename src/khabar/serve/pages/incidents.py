"""Incidents: the list with its filters, and one incident with every value's source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.charts.incidents import STANCES_DRAWN
from khabar.export.decisions import compared_of
from khabar.resolution.values.rules import RULES
from khabar.serve.countries import country_name
from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, IncidentQuery, Pages, RuleQuery
from khabar.serve.rendering import base_of, render
from khabar.serve.shown import rule_of, shown_by
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter, ContradictionFilter

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


_ACTORS = 200  # in the list to choose from
_COMPARED = 30  # pairs whose reasons the page shows


@router.get("/incidents")
def incidents(request: Request, asked: Annotated[IncidentQuery, Query()]) -> HTMLResponse:
    """The incidents a filter keeps, a page at a time."""
    base = base_of(request)
    where = asked.where(base)
    total = base.count(where)
    return render(
        request,
        "incidents.html",
        asked=asked,
        events=list(shown_by(request, asked.rule).events(base.events(where))),
        rule=rule_of(request, asked.rule),
        rules=RULES,
        types=[(t.key[0], t.events) for t in base.tallies(("type",)) if t.key[0]],
        countries=sorted((country_name(t.key[0]), t.key[0], t.events) for t in base.tallies(("country",))),
        actors=_actors(base, asked.actor),
        stances=STANCES_DRAWN,
        narrowed=_narrowed(asked),
        pages=Pages(asked.page, total, PAGE_SIZE),
        values=asked.model_dump(exclude={"page"}),
    )


def _actors(base: View, asked: str) -> list[tuple[str, str]]:
    """Id and name of the actors that claims name most, and of the one asked for, by name."""
    found = {s.actor.id: s.actor.names[0].text for s in base.actors(ActorFilter(min_claims=1, limit=_ACTORS))}
    if asked:
        actor = base.actor(asked)
        found[actor.id] = actor.names[0].text
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


def _narrowed(asked: IncidentQuery) -> list[tuple[str, str, str]]:
    """Filters that other pages set and the form has no field for: name, value, and the value in words."""
    words = {"no-year": "not known to the year", "no-month": "not known to the month", "none": "not stated"}
    names = ("within", "admin1", "admin2", "known", "at")
    return [(name, value, words.get(value, value)) for name in names if (value := str(getattr(asked, name)))]


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
