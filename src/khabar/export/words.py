"""Values in words for people, the same on the terminal, on pages and in reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from khabar.records import Claim, Event, EventBody, IndependentOrigin, Presence, Relation

__all__ = [
    "bounds_words",
    "claim_words",
    "interval_words",
    "one_line",
    "origin_words",
    "reports_words",
    "value_words",
]


def bounds_words(count: Mapping[str, Any] | None) -> str:
    """A count for people: "61", "29 or more", "59–61", "61 (59–66)", "at most 40"; empty where nothing is said."""
    if not count:
        return ""
    low, best, high = count.get("low"), count.get("best"), count.get("high")
    if low is None and best is None and high is None:
        return ""
    if low is not None and high is not None:
        span = str(low) if low == high else f"{low}–{high}"
        return span if best is None or low == high else f"{best} ({span})"
    if low is not None:
        return f"{low} or more"
    return f"at most {high}" if best is None else f"about {best}"


def interval_words(earliest: str | None, latest: str | None) -> str:
    """A date interval for people: one day, "a to b", "from a", "until b", or "undated"."""
    if earliest and latest:
        return earliest if earliest == latest else f"{earliest} to {latest}"
    if earliest:
        return f"from {earliest}"
    return f"until {latest}" if latest else "undated"


def one_line(text: str) -> str:
    """White space folded, so that a quote stands on one line."""
    return " ".join(text.split())


def reports_words(event: Event) -> str:
    """How many reports tell an incident and how independent they are: "3 reports, 2 independent origins"."""
    reports, origins = len(event.documents), event.origins
    return f"{reports} report{'' if reports == 1 else 's'}, {origins} independent origin{'' if origins == 1 else 's'}"


def origin_words(origin: IndependentOrigin) -> str:
    """An origin with why its reports are one: "AFP (credit AFP: a.txt, b.txt)"."""
    return f"{origin.name} ({' · '.join(origin.why)})" if origin.why else origin.name


def value_words(value: Any) -> str:
    """A field's value in words: dates, counts, places, actors, lists of them."""
    if isinstance(value, Mapping):
        if "earliest" in value:
            return interval_words(value["earliest"], value["latest"])
        if "low" in value:
            return bounds_words(value)
        if "stance" in value:
            by = f" by {value['by']}" if value.get("by") else ""
            return f"{value.get('actor')} ({value['stance']}{by})"
        name = value.get("name") or value.get("text") or ""
        inside = ", ".join(p for p in (value.get("admin1"), value.get("country")) if p and p != name)
        return f"{name} ({inside})" if inside else str(name)
    if isinstance(value, (list, tuple)):
        return "; ".join(value_words(v) for v in value)
    return str(value)


def claim_words(claim: Claim) -> str:
    """What a claim says, in one line for people: "suicide bombing, Sehwan, killed 75"."""
    body = claim.body
    if isinstance(body, EventBody):
        return _event_words(body)
    if isinstance(body, Relation):
        return f"{body.subject.name} {body.type.replace('_', ' ')} {body.object.name}"
    if isinstance(body, Presence):
        return f"{body.actor.name} {body.status} in {body.place.name}"
    about = ", ".join(actor.name for actor in body.about)
    return f"{body.kind.replace('_', ' ')}{': ' + about if about else ''}"


def _event_words(body: EventBody) -> str:
    parts = [body.type.replace("_", " ")]
    if body.aggregate is not None:
        parts[0] = f"total of {body.aggregate if body.aggregate >= 0 else 'several'}: {parts[0]}"
    if body.places:
        parts.append(body.places[0].name)
    for name in ("killed", "injured", "arrested", "abducted"):
        count = getattr(body, name)
        if count is not None:
            number = count.best if count.best is not None else f"{count.low or 0}+"
            parts.append(f"{name} {number}")
    return ", ".join(parts)
