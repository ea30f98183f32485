"""How well a claim agrees with a row of the gold. Invariant: a pure function of the two and of the gold's names.

A pair may be compared where a passage of the claim and the row's quote share half of the shorter one. What must agree,
strictly and blindly:

    kind       strict                                  blind
    event      an acceptable type                      nothing
    relation   type, both ends, polarity               type and both ends
    presence   actor, place, status                    actor and place
    statement  an acceptable kind                      nothing
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

from khabar.evaluation.articles_gold import ArticleGold, Row, contains, key, short
from khabar.records import ActorRef, Claim, Count, EventBody, Place, Presence, Quantity, Relation, Statement, When

__all__ = ["Fit", "bounds", "date_agrees", "fit", "meets", "quantity_agrees", "speaker_agrees", "toll"]

_SYMMETRIC = ("alias_of", "allied_with", "rival_of")
_UNREAL = ("attempted", "planned", "foiled", "predicted", "hypothetical")
_EXTRA_DAYS = 31  # a claim's interval may be this much wider than the gold's


@dataclass(frozen=True, slots=True)
class Fit:
    """A pair that may be matched: strictly or only blindly, and how alike the two are besides (0 to 12)."""

    strict: bool
    likeness: float


def fit(gold: ArticleGold, row: Row, claim: Claim) -> Fit | None:
    """How a claim fits a row of its kind; None where the two cannot be the same."""
    if not meets(row, claim):
        return None
    body = claim.body
    if isinstance(body, EventBody):
        return Fit(body.type in row.accepted("type", "acceptable_types"), _event_likeness(row, claim, body))
    if isinstance(body, Relation):
        return _relation_fit(gold, row, claim, body)
    if isinstance(body, Presence):
        return _presence_fit(gold, row, claim, body)
    return Fit(body.kind in row.accepted("kind", "acceptable_kinds"), _statement_likeness(gold, row, claim, body))


def meets(row: Row, claim: Claim) -> bool:
    """Whether a passage of the claim and the row's quote share at least half of the characters of the shorter one."""
    length = row.end - row.start
    return any(2 * _shared(row, p.start, p.end) >= min(p.end - p.start, length) for p in claim.passages)


def _shared(row: Row, start: int, end: int) -> int:
    return max(0, min(end, row.end) - max(start, row.start))


def _closeness(row: Row, claim: Claim) -> float:
    """Shared over joint characters of the best passage, 0 to 1."""
    found = []
    for p in claim.passages:
        shared = _shared(row, p.start, p.end)
        found.append(shared / (p.end - p.start + row.end - row.start - shared))
    return max(found)


def _sum(*parts: tuple[int, float]) -> float:
    """Weighted values (0 to 1 each), in thousandths so that sums are exact."""
    return sum(round(1000 * weight * value) for weight, value in parts) / 1000


# ------------------------------------------------------------------ events


def _event_likeness(row: Row, claim: Claim, body: EventBody) -> float:
    """Toll and place weigh most, so that of several events in one sentence the right one is paired."""
    tolls = (toll(body.killed) == bounds(row, "killed")) + (toll(body.injured) == bounds(row, "injured"))
    named = [p for p in body.places if short(p.text) or short(p.name)]
    wanted = row.fields["places"]
    share = float(not named)
    if wanted:
        share = sum(any(_is_place(p, name) for p in named) for name in wanted) / len(wanted)
    return _sum(
        (4, tolls / 2),
        (4, share),
        (1, date_agrees(row, claim.when)),
        (1, (body.aggregate is not None) == row.aggregate),
        (1, body.type == row.fields["type"]),
        (1, _closeness(row, claim)),
    )


def toll(count: Count | None) -> tuple[int | None, int | None]:
    """Low and best of a claim's count, both None where it gives none."""
    return (count.low, count.best) if count else (None, None)


def bounds(row: Row, field_name: str) -> tuple[int | None, int | None]:
    """Low and best of a gold count, both None where there is none."""
    numbers = row.fields[field_name]
    return (numbers.get("low"), numbers.get("best")) if numbers else (None, None)


def date_agrees(row: Row, when: When) -> bool:
    """The intervals share a day, and the claim's is at most 31 days wider than the gold's."""
    span = _interval(when.earliest, when.latest)
    lasts = (row.fields["date_latest"], *row.fields.get("acceptable_date_latest", ()))
    return any(_same_time(span, _interval(row.fields["date_earliest"], last)) for last in lasts)


def _interval(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    return _day(first, last=False), _day(last, last=True)


def _day(value: str | None, last: bool) -> date | None:
    """The first or last day of an ISO day, month or year."""
    if value is None:
        return None
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)
    if not found:
        raise ValueError(f"not an ISO date: {value!r}")
    year, month = int(found[1]), int(found[2] or (12 if last else 1))
    return date(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if last else 1)))


def _same_time(one: tuple[date | None, date | None], gold: tuple[date | None, date | None]) -> bool:
    starts, ends = [d for d in (one[0], gold[0]) if d], [d for d in (one[1], gold[1]) if d]
    together = not starts or not ends or max(starts) <= min(ends)
    return together and _width(one) <= _width(gold) + _EXTRA_DAYS


def _width(span: tuple[date | None, date | None]) -> float:
    return (span[1] - span[0]).days if span[0] and span[1] else inf


def _is_place(place: Place, name: str) -> bool:
    return contains(place.text, name) or contains(place.name, name)


# ------------------------------------------------------------------ relations


def _relation_fit(gold: ArticleGold, row: Row, claim: Claim, body: Relation) -> Fit | None:
    ends = [(body.subject, body.object)]
    if body.type in _SYMMETRIC:
        ends.append((body.object, body.subject))
    if body.type not in row.accepted("type", "acceptable_types"):
        return None
    if not any(_is_end(gold, row, "subject", one) and _is_end(gold, row, "object", two) for one, two in ends):
        return None
    accepted = row.accepted("polarity", "acceptable_polarity")
    strict = any(_has_polarity(gold, row, claim, polarity) for polarity in accepted)
    return Fit(strict, _sum((1, body.type == row.fields["type"]), (1, _closeness(row, claim))))


def _is_end(gold: ArticleGold, row: Row, side: str, actor: ActorRef) -> bool:
    """Whether it is the gold's actor. Places and incidents are not compared; of an alias either wording will do."""
    wanted = row.fields[side]
    if side == "object" and (wanted.startswith("place:") or wanted in gold.incidents):
        return True
    if row.fields["type"] == "alias_of":
        wordings = {key(row.fields.get(f"{end}_surface")) for end in ("subject", "object")} - {""}
        if wordings & {key(actor.text), key(actor.name)}:
            return True
    return bool(gold.actors(actor.name, actor.text) & {wanted, *row.fields.get(f"acceptable_{side}s", ())})


def _has_polarity(gold: ArticleGold, row: Row, claim: Claim, polarity: str) -> bool:
    """Whether stance and modality are compatible with one polarity of the gold."""
    denies = claim.stance == "denied" or claim.modality == "negated"
    if denies or polarity == "denied":
        return denies and polarity == "denied"
    if polarity == "hedged":
        return claim.stance in ("hedged", "suspected") or claim.modality in _UNREAL
    if polarity == "claimed":
        author = row.fields["attributed_to"] in gold.authors[row.file]
        other = not _speaks_itself(gold, row, claim)
        return claim.stance in ("claimed", "blamed") or (claim.stance == "asserted" and (other or author))
    return claim.stance == "asserted" and claim.modality == "actual"


# ------------------------------------------------------------------ presence and statements


def _presence_fit(gold: ArticleGold, row: Row, claim: Claim, body: Presence) -> Fit | None:
    place = body.place
    if row.fields["actor"] not in gold.actors(body.actor.name, body.actor.text):
        return None
    if not _is_place(place, row.fields["place"]):
        return None
    same = short(row.fields["place"]) in (short(place.text), short(place.name))
    strict = body.status in row.accepted("status", "acceptable_status")
    return Fit(strict, _sum((1, same), (1, _closeness(row, claim))))


def _statement_likeness(gold: ArticleGold, row: Row, claim: Claim, body: Statement) -> float:
    wanted = set(row.fields["about"])
    named: set[str] = set().union(*(gold.actors(a.name, a.text) for a in body.about))
    topics = len(named & wanted) / len(wanted) if wanted else float(not named)
    return _sum(
        (2, speaker_agrees(gold, row, claim)),
        (1, quantity_agrees(row, body.quantity)),
        (1, topics),
        (1, body.kind == row.fields["kind"]),
        (1, _closeness(row, claim)),
    )


def speaker_agrees(gold: ArticleGold, row: Row, claim: Claim) -> bool:
    """The gold's speaker, or an acceptable or joint one; an unnamed source wants one whom the gold does not know."""
    ids = _speakers(gold, row, claim)
    wanted = row.fields["speaker"]
    if ids & {wanted, row.fields.get("also_speaker"), *row.fields.get("acceptable_speakers", ())}:
        return True
    return wanted is None and claim.speaker is not None and not ids


def _speakers(gold: ArticleGold, row: Row, claim: Claim) -> frozenset[str]:
    """Ids of the speaker; a claim without one speaks in the voice of the document's author."""
    if claim.speaker is None:
        return gold.authors[row.file]
    return gold.actors(claim.speaker.name, claim.speaker.actor)


def _speaks_itself(gold: ArticleGold, row: Row, claim: Claim) -> bool:
    return claim.speaker is None or bool(_speakers(gold, row, claim) & gold.authors[row.file])


def quantity_agrees(row: Row, quantity: Quantity | None) -> bool:
    """Low, best and high are those of the gold, or of one of its further values; units are free text."""
    values = (row.fields.get("value"), *row.fields.get("more_values", ()))
    given = (None, None, None) if quantity is None else (quantity.low, quantity.best, quantity.high)
    return given in [_triple(value) for value in values]


def _triple(value: Mapping[str, Any] | None) -> tuple[Any, Any, Any]:
    numbers: Iterable[Any] = ((value or {}).get(name) for name in ("low", "best", "high"))
    low, best, high = numbers
    return low, best, high
