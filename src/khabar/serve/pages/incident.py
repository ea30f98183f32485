"""One incident: every field with the value shown, its rule, and what each source says; who is said to have done it,
what the numbers were as time went on, how independent the reports are, and what people decided. Invariant: no value
stands here without the passage it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.charts import Reported, tolls_over_time
from khabar.export.decisions import compared_of
from khabar.maps.locator import locator_svg
from khabar.records import Claim, Decision, Event, Review
from khabar.resolution.values.rules import RULES
from khabar.serve.evidence import Source, reports_of
from khabar.serve.filters import RuleQuery
from khabar.serve.rendering import render
from khabar.serve.seat import base_of, may_decide
from khabar.serve.shown import rule_of, shown_by
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter, ContradictionFilter
from khabar.store.review_questions import ReviewFilter

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
_DRAWN = ("killed", "injured")  # numbers that are shown over time
_COMPARED = 30  # pairs whose reasons the page shows
_OTHERS = 20  # incidents that may be this one, shown


@router.get("/incidents/{key}")
def incident(request: Request, key: str, asked: Annotated[RuleQuery, Query()]) -> HTMLResponse:
    """One incident: each field's derived value and rule, every source's value and quote, and what contradicts."""
    base = base_of(request)
    event = shown_by(request, asked.rule).event(base.event(key))
    claims = {claim.id: claim for claim in base.claims(ClaimFilter(event=event.id))}
    compared = compared_of(base, event)
    shown = [*claims.values(), *(c for pair in compared[:_COMPARED] for c in pair.claims)]
    sources = reports_of(base, [*event.documents, *(c.passages[0].document for c in shown)])
    told = {name: event.values[name] for name in _ORDER if event.values.get(name)}
    if [v.value for v in told.get("modality", ())] == ["actual"]:
        del told["modality"]  # what happened is what one expects of an incident
    reported = _reported(event, claims, sources)
    places = event.derived["places"].value if "places" in event.derived else ()
    return render(
        request,
        "incident.html",
        event=event,
        rule=rule_of(request, asked.rule),
        rules=RULES,
        claims=claims,
        sources=sources,
        fields=list(told),
        locator=locator_svg(places or ()),
        reported=reported,
        drawn_tolls=tolls_over_time(tuple(reported)) if len({r.day for r in reported if r.day}) > 1 else None,
        attributions=event.values.get("attributions", ()),
        contradictions=list(base.contradictions(ContradictionFilter(subject=event.id))),
        others=[base.event(other) for other in event.unsure_with[:_OTHERS]],
        compared=compared,
        history=_history(base, event, claims.values()),
        may_decide=may_decide(request),
        called={key: source.called for key, source in sources.items()},
        links=_links(base, list(claims)),
    )


def _reported(event: Event, claims: Mapping[str, Claim], sources: Mapping[str, Source]) -> list[Reported]:
    """Each number as each report gave it, the earliest report first; undated reports last."""
    found = []
    for name in _DRAWN:
        for value in event.values.get(name, ()):
            for key in value.claims:
                source = sources.get(claims[key].passages[0].document) if key in claims else None
                if source is not None and isinstance(value.value, Mapping):
                    found.append(_point(name, value.value, key, source))
    return sorted(dict.fromkeys(found), key=lambda r: (r.day is None, r.day or "", r.source, r.what, r.claim))


def _point(what: str, count: Mapping[str, Any], claim: str, source: Source) -> Reported:
    day = source.published if source.published[:1].isdigit() else None
    return Reported(what, day, count.get("low"), count.get("best"), count.get("high"), source.name, claim)


def _history(base: View, event: Event, claims: Sequence[Claim] | Any) -> list[Decision | Review]:
    """What people decided about the incident's claims, undone decisions and their undoings too, by time."""
    members = set(event.claims)
    every = list(base.decisions())
    about = {d.number for d in every if any(p.key in members for side in d.sides for p in side)}
    found: list[Decision | Review] = [d for d in every if d.number in about or d.undoes in about]
    found += _reviews(base, {c.passages[0].document for c in claims}, members)
    return sorted(found, key=lambda d: d.at)


def _reviews(base: View, documents: set[str], members: set[str]) -> Iterator[Review]:
    """The reviews of the base itself, no coder's own coding, that are about these claims or made them."""
    for document in sorted(documents):
        kept: set[int] = set()
        for review in base.reviews(ReviewFilter(document=document)):
            made = review.accepted.get("id") if review.accepted else None
            if review.coding is None and (review.target in members or made in members or review.undoes in kept):
                kept.add(review.number)
                yield review


def _links(base: View, claims: list[str]) -> dict[str, str]:
    """Actor id to the name shown, for every actor the claims mean."""
    ids = tuple(sorted({link.actor for link in base.links(claims)}))
    return {s.actor.id: s.actor.names[0].text for s in base.actors(ActorFilter(ids=ids))} if ids else {}
