"""What was reported about one incident as time went on. Invariant: every number stands at the day of its report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from khabar.charts.drawing import ink, themed
from khabar.charts.model import Cell, Chart

__all__ = ["Reported", "tolls_over_time"]

_ROWS = "reported"  # the name of the rows in the drawing
_INKS = {"killed": "cat-2", "injured": "cat-1", "abducted": "cat-4", "arrested": "cat-3"}


@dataclass(frozen=True, slots=True)
class Reported:
    """A number as one report gave it: `what` is killed, injured, abducted or arrested; `day` that of the report, None
    where it has none; `low`, `best` and `high` as the record of a count has them.
    """

    what: str
    day: str | None
    low: int | None
    best: int | None
    high: int | None
    source: str
    claim: str


@lru_cache(maxsize=200)
def tolls_over_time(reported: tuple[Reported, ...]) -> Chart:
    """Numbers by the day on which they were reported: a mark at the best, a line from low to high, an arrow where the
    number has no upper end. What has no day, or no number, is in the table alone.
    """
    rows = []
    for point in reported:
        numbers = [n for n in (point.low, point.best, point.high) if n is not None]
        if point.day and numbers:
            best = point.best if point.best is not None else numbers[0]
            ends = {"low": min(numbers), "best": best, "high": max(numbers)}
            rows.append({"day": point.day, "what": point.what, "open": point.high is None, **ends})
    kinds = tuple(what for what in _INKS if any(row["what"] == what for row in rows))
    return Chart(
        name="tolls",
        title="Numbers as they were reported",
        note="Each mark is what one report said, at the day of the report; a triangle says at least so many.",
        spec={**_form(kinds), "datasets": {_ROWS: rows}},
        columns=("Reported", "What", "At least", "Best", "At most", "Report"),
        rows=tuple(
            (
                Cell(p.day or "undated"),
                Cell(p.what),
                *(Cell("" if n is None else str(n)) for n in (p.low, p.best, p.high)),
                Cell(p.source),
            )
            for p in reported
        ),
    )


@lru_cache(maxsize=1 << len(_INKS))
def _form(kinds: tuple[str, ...]) -> dict[str, Any]:
    """The Vega-Lite spec of numbers of these kinds, without its rows: to describe it takes longer than to draw it."""
    import altair as alt

    colours = alt.Color("what:N", title=None, scale=alt.Scale(domain=list(kinds), range=[ink(_INKS[w]) for w in kinds]))
    shapes = alt.condition("datum.open", alt.value("triangle-up"), alt.value("circle"))
    base = alt.Chart(alt.NamedData(_ROWS), width=900, height=180).encode(
        x=alt.X(
            "utcyearmonthdate(day):T", title="reported", axis=alt.Axis(format="%-d %b %Y", grid=False, tickCount=5)
        ),
        color=colours,
    )
    y = alt.Axis(tickMinStep=1, tickCount=5)
    band = base.mark_rule(strokeWidth=2, opacity=0.6).encode(y=alt.Y("low:Q", title="people", axis=y), y2="high:Q")
    best = base.mark_point(filled=True, size=70, opacity=1).encode(y="best:Q", shape=shapes)
    return themed(band + best)
