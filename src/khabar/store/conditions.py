"""Filters as SQL conditions. Invariant: a condition speaks of one table alone, so listing and counting agree."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, exists, false, func, or_, select

from khabar.standing import CODED, WAITING
from khabar.store.fulltext import FullText
from khabar.store.place_rows import NOWHERE
from khabar.store.questions import ActorFilter, ClaimFilter, ContradictionFilter, DocumentFilter, EventFilter, TieFilter
from khabar.store.schema import (
    actor_events,
    actor_links,
    actor_names,
    actors,
    assignments,
    claims,
    contradiction_claims,
    contradictions,
    documents,
    event_actors,
    event_claims,
    event_places,
    events,
    readings,
    standing,
    tie_claims,
)
from khabar.text import fold

__all__ = [
    "actor_conditions",
    "claim_conditions",
    "claims_of_actor",
    "contradiction_conditions",
    "document_conditions",
    "document_state",
    "event_conditions",
    "in_role",
    "period_of",
    "place_conditions",
    "tie_conditions",
]

_IN_STATE = {
    "unread": select(documents.c.number).where(documents.c.unread.is_not(None)),
    "failed": select(documents.c.number)
    .join(readings, readings.c.document == documents.c.id)
    .where(readings.c.state == "failed", documents.c.unread.is_(None)),
}
_SAME_PLACE = 0.00005  # degrees: coordinates are kept to four digits

_Conditions = list[ColumnElement[bool]]


def document_state() -> ColumnElement[str]:
    """unread, pending, read or failed."""
    read = select(readings.c.state).where(readings.c.document == documents.c.id).scalar_subquery()
    return case((documents.c.unread.is_not(None), "unread"), else_=func.coalesce(read, "pending"))


def document_conditions(where: DocumentFilter, fulltext: FullText) -> _Conditions:
    """What a row of `documents` must meet."""
    d = documents.c
    found = _equal(
        (d.language, where.language),
        (d.publisher, where.publisher),
        (d.file, where.file),
    )
    found += _among((d.id, where.ids))
    if where.states and set(where.states) <= {"unread", "failed"}:  # few, as a rule: looked up by their indexes
        found.append(or_(*(d.number.in_(_IN_STATE[state]) for state in where.states)))
    elif where.states:
        found.append(document_state().in_(where.states))
    return found + _dates(documents, where.since, where.until) + _words(documents, where.text, fulltext)


def claim_conditions(where: ClaimFilter, fulltext: FullText | None = None) -> _Conditions:
    """What a row of `claims` must meet."""
    c = claims.c
    # The few claims of an actor are looked up one by one; an index over kinds would bring up all of a kind.
    few = where.actor is not None or where.actors
    kind, type_ = (c.kind + "", c.type + "") if few else (c.kind, c.type)
    if where.order == "latest" and not where.types:  # from the last backwards, until a page is full
        kind = c.kind + ""
    found = _among((c.id, where.ids), (kind, where.kinds), (type_, where.types))
    found += _equal((c.document, where.document), (c.stance, where.stance), (c.modality, where.modality))
    if where.aggregates is not None:
        found.append(c.aggregate.is_(where.aggregates))
    if where.read is not None:
        found.append(c.read.is_(where.read))
    if where.coded is not None:
        decided = select(standing.c.claim)
        found.append(or_(c.confidence >= where.coded, c.id.in_(decided.where(standing.c.state.in_(CODED)))))
        found.append(c.id.not_in(decided.where(standing.c.state.not_in(CODED))))
    if where.doubtful is not None:
        found += _waiting(where.doubtful, where.waits)
    if where.country is not None:
        found.append(c.data["event"]["places"][0]["country"].as_string() == where.country.upper())
    if where.assigned is not None:
        given = select(assignments.c.document).where(assignments.c.user == where.assigned, assignments.c.done_at == "")
        found.append(c.document.in_(given))
    if where.besides:
        found.append(c.document.not_in(where.besides))
    if where.event is not None:
        found.append(c.id.in_(select(event_claims.c.claim).where(event_claims.c.event == where.event)))
    if few or where.role is not None:
        found.append(c.id.in_(claims_of_actor(where.actor, where.role, where.actors)))
    return found + _dates(claims, where.since, where.until) + _words(claims, where.text, fulltext)


def _waiting(doubt: float, reason: str) -> _Conditions:
    """Claims that wait for a person, for one reason or any."""
    c = claims.c
    later = c.id.in_(select(standing.c.claim).where(standing.c.state == WAITING))
    undecided = c.id.not_in(select(standing.c.claim).where(standing.c.state != WAITING))
    why = {
        "": or_(c.least < doubt, later),
        "left out": and_(c.confidence < doubt, ~later),
        "value": and_(c.confidence >= doubt, c.least < doubt, ~later),
        "later reading": later,
    }
    return [why[reason], undecided]


def event_conditions(where: EventFilter, fulltext: FullText) -> _Conditions:
    """What a row of `events` must meet."""
    e = events.c
    # Nearly every filter keeps many incidents: an index in the order of the list is read, and each sifted. Looked up by
    # an index of the filter, each would bring up its record to be sorted.
    found = _among((e.type + "", where.types), (e.modality, where.modalities))
    place = place_conditions(where)
    if where.known == NOWHERE:
        found.append(~exists().where(event_places.c.event == e.id))
    elif place and (where.text or where.types or where.within or where.min_killed or where.actor):  # few are left
        found.append(exists().where(event_places.c.event == e.id, *place))
    elif place:
        found.append((e.id + "").in_(select(event_places.c.event).where(*place)))
    if where.unsure:
        found.append(e.unsure > 0)
    if where.min_killed is not None:
        killed = e.killed if where.order == "killed" else e.killed + 0
        found.append(killed >= where.min_killed)
    if where.within:
        found.append(_within(where.within))
    member = select(event_claims.c.event)
    if where.stance is not None:
        said = _equal((event_actors.c.actor, where.actor), (event_actors.c.stance, where.stance))
        found.append(e.id.in_(select(event_actors.c.event).where(*said)))
    elif where.actor is not None and where.role is None:
        found.append(e.id.in_(select(actor_events.c.event).where(actor_events.c.actor == where.actor)))
    elif where.role is not None:
        found.append(e.id.in_(member.where(event_claims.c.claim.in_(claims_of_actor(where.actor, where.role)))))
    if where.claim is not None:
        found.append(e.id.in_(member.where(event_claims.c.claim == where.claim)))
    if where.document is not None:
        inside = select(claims.c.id).where(claims.c.document == where.document)
        found.append(e.id.in_(member.where(event_claims.c.claim.in_(inside))))
    return found + _dates(events, where.since, where.until) + _words(events, where.text, fulltext, sifted=True)


def place_conditions(where: EventFilter) -> _Conditions:
    """What a row of `event_places` must meet; nothing where no place is asked for."""
    p = event_places.c
    found = _equal(
        (p.country, where.country.upper() if where.country else None),
        (p.admin1, fold(where.admin1) if where.admin1 else None),
        (p.admin2, fold(where.admin2) if where.admin2 else None),
        (p.level, where.known),
    )
    for column, degrees in zip((p.latitude, p.longitude), where.at or (), strict=False):
        found.append(column.between(degrees - _SAME_PLACE, degrees + _SAME_PLACE))
    return found


def actor_conditions(where: ActorFilter) -> _Conditions:
    """What a row of `actors` must meet."""
    country = where.country.upper() if where.country else None
    found = _equal((actors.c.kind, where.kind), (actors.c.country, country)) + _among(
        (actors.c.id, where.ids), (actors.c.kind, where.kinds)
    )
    if where.text and where.text.strip():
        words = fold(where.text)
        name = actor_names.c.folded
        begins = or_(name.startswith(words, autoescape=True), name.contains(f" {words}", autoescape=True))
        found.append(exists().where(actor_names.c.actor == actors.c.id, begins) if words else false())
    if where.min_claims > 0:
        found.append(actors.c.claims >= where.min_claims)
    return found


def tie_conditions(where: TieFilter, table: Table = tie_claims) -> _Conditions:
    """What a row of `tie_claims` must meet; one of `ties`, which has sums of all its claims, where no date and modality
    is asked for.
    """
    t = table.c
    found = _among((t.type, where.types))
    if where.modality is not None:
        found.append(t.modality == where.modality)
    if where.actor is not None:
        found.append(or_(t.subject == where.actor, t.object == where.actor))
    if where.actors:
        found += [t.subject.in_(where.actors), t.object.in_(where.actors)]
    return found + _dates(table, where.since, where.until)


def contradiction_conditions(where: ContradictionFilter) -> _Conditions:
    """What a row of `contradictions` must meet."""
    found = _equal((contradictions.c.kind, where.kind), (contradictions.c.subject, where.subject))
    if where.claims:
        link = contradiction_claims.c
        found.append(contradictions.c.id.in_(select(link.contradiction).where(link.claim.in_(where.claims))))
    return found


def claims_of_actor(actor: str | None, role: str | None, actors: tuple[str, ...] = ()) -> Any:
    """Ids of claims that mean this actor, or one of several, in this role (with any number), or both."""
    link = actor_links.c
    meant = _equal((link.actor, actor)) + _among((link.actor, actors))
    if role is not None:
        meant += [link.role >= role, link.role < f"{role};", or_(*in_role(role))]  # first a range, for the index
    return select(link.claim).where(*meant)


def in_role(role: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """That a link is in this role: without a number, with any number."""
    link = actor_links.c.role
    return link == role, and_(link >= f"{role}:", link < f"{role};")  # ";" follows ":"


def _equal(*pairs: tuple[ColumnElement[Any], str | None]) -> _Conditions:
    return [column == value for column, value in pairs if value is not None]


def _among(*pairs: tuple[ColumnElement[Any], tuple[str, ...]]) -> _Conditions:
    return [column.in_(values) for column, values in pairs if values]


def _dates(base: Table, since: str | None, until: str | None) -> _Conditions:
    """Overlap with since..until; an open bound reaches anywhere, but what has no date at all is left out."""
    earliest, latest = base.c.earliest, base.c.latest
    found: _Conditions = []
    if since is not None:
        found.append(or_(latest >= since, and_(latest.is_(None), earliest.is_not(None))))
    if until is not None:
        found.append(or_(earliest <= until, and_(earliest.is_(None), latest.is_not(None))))
    return found


def period_of(step: str) -> ColumnElement[str]:
    """The "month" or "year" in which an incident's whole date lies, "" where it is not known so exactly."""
    size = {"year": 4, "month": 7}[step]
    first, last = (func.substr(day, 1, size) for day in (events.c.earliest, events.c.latest))
    return case((first == last, first), else_="")


def _within(period: str) -> ColumnElement[bool]:
    if period in ("no-year", "no-month"):
        return period_of(period.removeprefix("no-")) == ""
    after = f"{period}~"  # greater than every day that begins with the period
    return and_(events.c.earliest >= period, events.c.latest >= period, events.c.latest < after)


def _words(base: Table, text: str | None, fulltext: FullText | None, *, sifted: bool = False) -> _Conditions:
    return [fulltext.condition(base, text, sifted=sifted)] if fulltext is not None and text and text.strip() else []
