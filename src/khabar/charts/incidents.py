"""Incidents counted over time, by type, area and group. Invariant: the tables show every count, the pictures the
largest; totals that reports give are no incidents and are in no count.

Deaths are drawn from the lowest to the highest number that a source states of each incident, a mark at the value shown
by the rule. Of some the highest number has no upper end ("at least 29"): the table says of how many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count, takewhile
from typing import Any, Literal

from khabar.charts.drawing import ink, themed
from khabar.charts.model import Cell, Chart
from khabar.store.tallies import Tally

__all__ = ["STANCES_DRAWN", "by_area", "by_group", "by_period", "by_type"]

_WIDE, _HALF, _LOW, _HIGH = 1080, 240, 110, 150  # pixels
_KEPT = 50  # charts whose drawing is kept: to describe one takes longer than to count it
_BARS = 12  # bars that a picture of kinds has at most
_TOLL_COLUMNS = ("Killed, lowest stated", "Killed, shown", "Killed, highest stated", "Open upwards")

STANCES_DRAWN = ("claimed", "asserted", "blamed", "suspected", "denied")
"""How an incident is attributed to a group, in the order in which it is drawn."""

_STANCE_INKS = {"claimed": "cat-2", "asserted": "cat-1", "blamed": "cat-5", "suspected": "cat-6", "denied": "cat-8"}


@lru_cache(maxsize=_KEPT)
def by_period(tallies: tuple[Tally, ...], rule: str, within: str = "") -> Chart:
    """Incidents and their dead by month or year, from tallies whose key is such a period ("2016-10" or "2016").

    Periods between the first and the last that have no incident are drawn as zero; the key "" (a date not known so
    exactly) stands in the table alone. With `within`, a year, all its months are drawn.
    """
    import altair as alt

    known = {t.key[0]: t for t in tallies if t.key[0]}
    months = bool(within) or any("-" in key for key in known)
    rows = [_drawn(key, known.get(key)) for key in _all_between(_ends(known, within), months=months)]
    data = alt.InlineData(values=rows)
    unit: Literal["utcyearmonth", "utcyear"] = "utcyearmonth" if months else "utcyear"
    x = alt.X("day:T", timeUnit=unit, title=None, axis=alt.Axis(format="%b %Y" if months else "%Y", grid=False))
    whole = alt.Axis(tickMinStep=1, tickCount=4)
    base = alt.Chart(data, width=_WIDE).encode(x=x)
    incidents = base.mark_bar(color=ink("cat-1")).encode(y=alt.Y("events:Q", title="incidents", axis=whole))
    band = base.mark_bar(color=ink("cat-2"), opacity=0.35).encode(
        y=alt.Y("low:Q", title="killed", axis=whole), y2="high:Q"
    )
    best = base.mark_tick(color=ink("cat-2"), thickness=2).encode(y="best:Q")
    drawn = alt.vconcat(incidents.properties(height=_LOW), (band + best).properties(height=_HIGH))
    step = "month" if months else "year"
    return Chart(
        name="period",
        title=f"Incidents and killed by {step}",
        note="Above: incidents. Below: killed, from the lowest to the highest number that sources state, a line at the "
        f"numbers shown by the rule “{rule}”. An incident whose date is not known to the {step} is in the table "
        "alone; a total that a report gives is no incident and is not counted.",
        spec=themed(drawn),
        columns=(step.capitalize(), "Incidents", *_TOLL_COLUMNS),
        rows=tuple(
            (
                Cell(t.key[0] or f"not known to the {step}"),
                _incidents(t, {"within": t.key[0] or f"no-{step}"}),
                *_tolls(t),
            )
            for t in sorted(tallies, key=lambda t: t.key, reverse=True)
        ),
    )


@lru_cache(maxsize=_KEPT)
def by_type(tallies: tuple[Tally, ...], rule: str) -> Chart:
    """Incidents by type, from tallies whose key is a type of the codebook ("" is open)."""
    words: Callable[[str], str] = lambda key: key.replace("_", " ") or "type not stated"  # noqa: E731
    return _kinds("type", "Incidents by type", tallies, words, rule, "")


@lru_cache(maxsize=_KEPT)
def by_area(tallies: tuple[Tally, ...], names: Callable[[str], str], rule: str) -> Chart:
    """Incidents by country, from tallies whose key is a two-letter code; `names` gives the name of a code."""
    more = " An incident whose place may lie in two countries counts in each."
    return _kinds("country", "Incidents by country", tallies, names, rule, more)


@lru_cache(maxsize=_KEPT)
def by_group(tallies: tuple[Tally, ...], named: tuple[tuple[str, str], ...]) -> Chart:
    """To whom incidents are attributed, and how: tallies whose key is (actor's id, stance); `named` has ids and names.

    What is claimed, asserted, blamed, suspected and denied stays apart: an allegation is no finding.
    """
    import altair as alt

    names = dict(named)
    counted: dict[str, dict[str, int]] = {}
    for tally in tallies:
        actor, stance = tally.key
        counted.setdefault(actor, {})[stance] = tally.events
    order = sorted(counted, key=lambda a: (-sum(counted[a].values()), names.get(a, a)))
    labels = [_short(names.get(actor, actor)) for actor in order[:_BARS]]
    rows = [
        {"group": label, "stance": stance, "events": counted[actor][stance], "place": STANCES_DRAWN.index(stance)}
        for actor, label in zip(order, labels, strict=False)
        for stance in STANCES_DRAWN
        if stance in counted[actor]
    ]
    colours = alt.Scale(domain=list(STANCES_DRAWN), range=[ink(_STANCE_INKS[s]) for s in STANCES_DRAWN])
    drawn = (
        alt.Chart(alt.InlineData(values=rows), width=_HALF, height=alt.Step(22))
        .mark_bar()
        .encode(
            x=alt.X("sum(events):Q", title="incidents", axis=alt.Axis(tickMinStep=1, tickCount=5)),
            y=alt.Y("group:N", sort=labels, title=None, axis=alt.Axis(labelLimit=150)),
            color=alt.Color("stance:N", scale=colours, title=None),
            order="place:Q",
        )
    )
    return Chart(
        name="group",
        title="Attribution by group",
        note="An incident counts once for each group and each way in which a source names it: claimed by the group "
        "itself, asserted by a report, blamed on it, suspected, or denied.",
        spec=themed(drawn),
        columns=("Group", *(stance.capitalize() for stance in STANCES_DRAWN)),
        rows=tuple(
            (
                Cell(names.get(actor, actor), {"actor": actor}),
                *(
                    Cell(str(counted[actor][s]), {"actor": actor, "stance": s}) if s in counted[actor] else Cell("")
                    for s in STANCES_DRAWN
                ),
            )
            for actor in order
        ),
    )


def _kinds(name: str, title: str, tallies: Sequence[Tally], words: Callable[[str], str], rule: str, more: str) -> Chart:
    """Bars of what occurs most, the table of all."""
    import altair as alt

    order = sorted(tallies, key=lambda t: (-t.events, t.key))
    labels = [_short(words(t.key[0])) for t in order[:_BARS]]
    rows = [{"what": label, "events": t.events} for label, t in zip(labels, order, strict=False)]
    drawn = (
        alt.Chart(alt.InlineData(values=rows), width=_HALF, height=alt.Step(22))
        .mark_bar(color=ink("cat-1"))
        .encode(
            x=alt.X("events:Q", title="incidents", axis=alt.Axis(tickMinStep=1, tickCount=5)),
            y=alt.Y("what:N", sort=labels, title=None),
        )
    )
    left = len(order) - len(labels)
    rest = f" The picture shows the {_BARS} most frequent, the table all {len(order)}." if left > 0 else ""
    return Chart(
        name=name,
        title=title,
        note=f"Numbers shown by the rule “{rule}”.{more}{rest}",
        spec=themed(drawn),
        columns=(name.capitalize(), "Incidents", *_TOLL_COLUMNS),
        rows=tuple(
            (Cell(words(t.key[0])), _incidents(t, {name: t.key[0]} if t.key[0] else None), *_tolls(t)) for t in order
        ),
    )


def _incidents(tally: Tally, asks: Mapping[str, str] | None) -> Cell:
    return Cell(str(tally.events), asks)


def _tolls(tally: Tally) -> tuple[Cell, ...]:
    if tally.stated == 0:
        return (Cell(""),) * len(_TOLL_COLUMNS)
    return tuple(Cell(str(number)) for number in (tally.low, tally.best, tally.high, tally.open))


def _drawn(key: str, tally: Tally | None) -> dict[str, Any]:
    """A period as a row of the picture; bars of no height where nothing was counted."""
    day = key + "-01" * (2 - key.count("-"))
    if tally is None:
        return {"day": day, "events": 0}
    tolls = {"low": tally.low, "best": tally.best, "high": tally.high} if tally.stated else {}
    return {"day": day, "events": tally.events, **tolls}


def _ends(known: Iterable[str], within: str) -> list[str]:
    return [f"{within}-01", f"{within}-12"] if within else sorted(known)


def _all_between(keys: Sequence[str], *, months: bool) -> Iterable[str]:
    """Every month or year from the first key to the last; keys in order."""
    if not keys:
        return []
    if not months:
        return [str(year) for year in range(int(keys[0]), int(keys[-1]) + 1)]
    first = int(keys[0][:4]) * 12 + int(keys[0][5:7]) - 1
    made = (f"{at // 12:04d}-{at % 12 + 1:02d}" for at in count(first))
    return takewhile(lambda key: key <= keys[-1], made)


_LABEL = 24  # characters of a label beside a bar


def _short(words: str) -> str:
    return words if len(words) <= _LABEL else words[: _LABEL - 1] + "…"
