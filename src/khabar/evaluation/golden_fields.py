"""How each field of a golden case is compared with a claim. Invariant: a comparison gives None or words for a person.

Names are compared as whole words, folded, one way: the expected "Islamic State" is met by "Islamic State of Iraq and
the Levant", not the other way round; "A|B" gives alternatives. Dates agree within a day, counts exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from khabar.records import ActorRef, Claim, Count, EventBody, Place, Presence, Quantity, Relation, Statement
from khabar.text import fold

__all__ = ["COUNTS", "difference", "triples"]

SYMMETRIC = ("alias_of", "allied_with", "rival_of")
COUNTS = ("killed", "injured", "arrested", "abducted", "attackers_killed")
ANY = "any"


def difference(key: str, expected: Any, claim: Claim, claims: Sequence[Claim]) -> str | None:
    """Words for how field `key` of `claim` differs from what is expected; None if it agrees or is no field.

    `claims` are all of the document: an attribution may stand on another claim of the same incident.
    """
    if key in COUNTS:
        return _bounds_difference(expected, getattr(claim.body, key, None))
    if key == "attributions":
        return _attribution_difference(expected, claim, _same_incident(claim, claims))
    return CHECKS[key](expected, claim) if key in CHECKS else None


# ------------------------------------------------------------------ fields


def _named(expected: str, texts: Iterable[str | None]) -> bool:
    """True if one of the alternatives ("IS|Daesh") stands as whole words in one of the texts."""
    alternatives = [f" {fold(part)} " for part in str(expected).split("|")]
    return any(alternative in f" {fold(text)} " for text in texts if text for alternative in alternatives)


def _is_actor(expected: str, actor: ActorRef) -> bool:
    return _named(expected, (actor.text, actor.name))


def _is_place(expected: str, place: Place) -> bool:
    return _named(expected, (place.text, place.name))


def _one_of(expected: Any, got: str) -> str | None:
    allowed = expected if isinstance(expected, list) else [expected]
    return None if got in allowed else f"expected {' or '.join(map(str, allowed))}, got {got}"


def _check_type(expected: Any, claim: Claim) -> str | None:
    return _one_of(expected, claim.body.type) if isinstance(claim.body, EventBody | Relation) else "no type"


def _check_when(expected: Sequence[Any], claim: Claim) -> str | None:
    """Bounds agree within a day, because "on Monday night" ends on Tuesday; null is open, "any" is not checked."""
    bounds = (claim.when.earliest, claim.when.latest)
    if all(_same_day(want, got) for want, got in zip(expected, bounds, strict=True)):
        return None
    return f"expected {_span(expected)}, got {_span(bounds)}"


def _same_day(want: Any, got: str | None) -> bool:
    if want == ANY:
        return True
    if want is None or got is None:
        return want is None and got is None
    return abs(date.fromisoformat(str(want)) - date.fromisoformat(got)) <= timedelta(days=1)


def _span(bounds: Sequence[Any]) -> str:
    return " to ".join("open" if b is None else str(b) for b in bounds)


def _check_places(expected: Sequence[str], claim: Claim) -> str | None:
    places = claim.body.places if isinstance(claim.body, EventBody) else ()
    missing = [name for name in expected if not any(_is_place(name, place) for place in places)]
    return f"{', '.join(missing)} not among {[p.name for p in places]}" if missing else None


def _check_country(expected: str, claim: Claim) -> str | None:
    countries = {p.country for p in claim.body.places} if isinstance(claim.body, EventBody) else set()
    return None if expected in countries else f"expected {expected}, got {sorted(map(str, countries))}"


def _check_targets(expected: Sequence[str], claim: Claim) -> str | None:
    targets = claim.body.targets if isinstance(claim.body, EventBody) else ()
    missing = [name for name in expected if not any(_named(name, (t.text, t.category)) for t in targets)]
    return f"{', '.join(missing)} not among {[t.text for t in targets]}" if missing else None


def _check_aggregate(expected: Any, claim: Claim) -> str | None:
    got = claim.body.aggregate if isinstance(claim.body, EventBody) else None
    if isinstance(expected, bool):
        return None if (got is not None) == expected else f"expected {expected}, got {got}"
    return None if got == expected else f"expected {expected}, got {got}"


def _check_speaker(expected: str | None, claim: Claim) -> str | None:
    speaker = claim.speaker
    if expected is None:
        return None if speaker is None else f"expected the document's own voice, got {speaker.name}"
    if speaker is None:
        return f"expected {expected}, got the document's own voice"
    texts = (speaker.name, speaker.actor, speaker.role, speaker.via)
    return None if _named(expected, texts) else f"expected {expected}, got {speaker.name}"


def _check_end(side: str) -> Callable[[str, Claim], str | None]:
    def check(expected: str, claim: Claim) -> str | None:
        body = claim.body
        if not isinstance(body, Relation):
            return "no relation"
        ends = (body.subject, body.object) if body.type in SYMMETRIC else (getattr(body, side),)
        return None if any(_is_actor(expected, end) for end in ends) else f"expected {expected}, got {ends[0].name}"

    return check


def _check_actor(expected: str, claim: Claim) -> str | None:
    body = claim.body
    got = body.actor.name if isinstance(body, Presence) else ""
    return None if isinstance(body, Presence) and _is_actor(expected, body.actor) else f"expected {expected}, got {got}"


def _check_place(expected: str, claim: Claim) -> str | None:
    body = claim.body
    got = body.place.name if isinstance(body, Presence) else ""
    return None if isinstance(body, Presence) and _is_place(expected, body.place) else f"expected {expected}, got {got}"


def _check_status(expected: Any, claim: Claim) -> str | None:
    return _one_of(expected, claim.body.status) if isinstance(claim.body, Presence) else "no presence"


def _check_statement(expected: Any, claim: Claim) -> str | None:
    return _one_of(expected, claim.body.kind) if isinstance(claim.body, Statement) else "no statement"


def _check_about(expected: Sequence[str], claim: Claim) -> str | None:
    about = claim.body.about if isinstance(claim.body, Statement) else ()
    missing = [name for name in expected if not any(_is_actor(name, actor) for actor in about)]
    return f"{', '.join(missing)} not among {[a.name for a in about]}" if missing else None


def _check_quantity(expected: Any, claim: Claim) -> str | None:
    return _bounds_difference(expected, claim.body.quantity if isinstance(claim.body, Statement) else None)


CHECKS: dict[str, Callable[[Any, Claim], str | None]] = {
    "type": _check_type,
    "modality": lambda expected, claim: _one_of(expected, claim.modality),
    "stance": lambda expected, claim: _one_of(expected, claim.stance),
    "when": _check_when,
    "speaker": _check_speaker,
    "places": _check_places,
    "country": _check_country,
    "targets": _check_targets,
    "aggregate": _check_aggregate,
    "subject": _check_end("subject"),
    "object": _check_end("object"),
    "actor": _check_actor,
    "place": _check_place,
    "status": _check_status,
    "statement": _check_statement,
    "about": _check_about,
    "quantity": _check_quantity,
}


# ------------------------------------------------------------------ counts and attributions


def triples(expected: Any) -> list[list[Any]]:
    """A count in a case is null, one triple, or a list of acceptable triples."""
    if not expected:
        return []
    return expected if isinstance(expected[0], list) else [expected]


def _bounds_difference(expected: Any, got: Count | Quantity | None) -> str | None:
    bounds = None if got is None else (got.low, got.best, got.high)
    if expected is None:
        return None if bounds is None else f"expected none, got {_bounds(bounds)}"
    wanted = triples(expected)
    if bounds is not None and any(all(w in (ANY, b) for w, b in zip(triple, bounds, strict=True)) for triple in wanted):
        return None
    return f"expected {' or '.join(map(_bounds, wanted))}, got {_bounds(bounds) if bounds else 'none'}"


def _bounds(triple: Sequence[Any]) -> str:
    return "/".join("-" if n is None else str(n) for n in triple)


def _same_incident(claim: Claim, claims: Sequence[Claim]) -> list[Claim]:
    """The claim and others of its type whose dates may be the same: a claim is often told last."""
    return [other for other in claims if other is claim or _may_be_same(claim, other)]


def _may_be_same(one: Claim, other: Claim) -> bool:
    if not (isinstance(one.body, EventBody) and isinstance(other.body, EventBody) and one.body.type == other.body.type):
        return False
    starts_in_time = (one.when.earliest or "") <= (other.when.latest or "9999")
    return starts_in_time and (other.when.earliest or "") <= (one.when.latest or "9999")


def _attribution_difference(expected: Sequence[Sequence[str]], claim: Claim, family: Sequence[Claim]) -> str | None:
    """Each [actor, stance] or [actor, stance, role] must stand on the claim or on another one of the same incident."""
    stated = [a for c in family if isinstance(c.body, EventBody) for a in c.body.attributions]
    if not expected:
        own = claim.body.attributions if isinstance(claim.body, EventBody) else ()
        return f"expected none, got {[(a.actor.name, a.stance) for a in own]}" if own else None
    missing = []
    for actor, stance, *role in expected:
        fits = [a for a in stated if _is_actor(actor, a.actor) and a.stance in stance.split("|")]
        if not any(not role or a.role == role[0] for a in fits):
            missing.append(f"{actor} {stance}" + (f" as {role[0]}" if role else ""))
    return f"missing {'; '.join(missing)}; got {[(a.actor.name, a.stance) for a in stated]}" if missing else None
