"""Plain words for dates, tolls and incidents in titles. Invariant: nothing here decides; it only says."""

from __future__ import annotations

from collections.abc import Iterable

from khabar.records import Count, Event, When

__all__ = ["count_words", "event_words", "listed", "period"]

_ALTERNATIVES = 2  # from this many on, the last is joined by "or"


def period(when: When) -> str:
    """A date as short as its precision allows: 2016-10-24, 2014-10, 2016, 2017-01 to 2017-03, after 2016-01-01."""
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return f"from {first}" if first else f"until {last}" if last else "undated"
    if first == last:
        return first
    if first[:7] == last[:7] and first.endswith("-01") and last[8:] >= "28":
        return first[:7]
    if first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4]
    return f"{first} to {last}"


def count_words(count: Count) -> str:
    """A count as people say it: 61, at least 29, up to 10, 24 to 30."""
    low, high = count.low, count.high
    if count.best and not low and high is None:
        return f"about {count.best}"
    if low is not None and high is not None:
        return str(low) if low == high else f"{low} to {high}"
    if low is not None:
        return f"at least {low}"
    return f"up to {high}"


def listed(words: Iterable[str]) -> str:
    """Alternatives in a row: "59, 60 or 61"."""
    every = list(dict.fromkeys(words))
    return ", ".join(every[:-1]) + " or " + every[-1] if len(every) >= _ALTERNATIVES else "".join(every)


def event_words(event: Event, *, dated: bool = True, placed: bool = True) -> str:
    """An incident in a few words: its place, date and type, as far as they are known and wanted."""
    parts = []
    places = event.derived.get("places")
    if placed and places and places.value:
        parts.append(str(places.value[0]["name"]))
    when = event.derived.get("when")
    if dated and when:
        parts.append(period(When(when.value["earliest"], when.value["latest"])))
    parts.append(str(event.derived["type"].value).replace("_", " "))
    return ", ".join(parts)
