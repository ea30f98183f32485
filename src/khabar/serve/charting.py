"""The charts of a base, ready for a page. Invariant: a chart counts what the base shows by its own rule, so that each
of its numbers is that of a list; another rule changes what an incident shows, not what is counted here.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.charts import Chart, by_area, by_group, by_period, by_type
from khabar.charts.incidents import STANCES_DRAWN
from khabar.maps.countries import country_name
from khabar.store.base import View
from khabar.store.questions import ActorFilter, EventFilter
from khabar.store.tallies import Tally

__all__ = ["Charts", "charts_of"]

_MONTHS = 60  # drawn where no year is asked for
_GROUPS = 40  # rows of the table of groups


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of a base, and the years that have incidents with how many, the latest first."""

    period: Chart
    kinds: tuple[Chart, ...]
    years: tuple[tuple[str, int], ...]


def charts_of(base: View, rule: str, span: str) -> Charts:
    """The charts of a base that shows values by `rule`. `span` is a year (its months are drawn), "all" (its years), or
    "" (the last sixty months that have incidents).
    """
    years = base.tallies(("year",))
    shown = _in_span(base, years, span)
    return Charts(
        by_period(tuple(shown), rule, within=span if span.isdigit() else ""),
        (
            by_type(tuple(base.tallies(("type",))), rule),
            by_area(tuple(base.tallies(("country",))), country_name, rule),
            _groups(base),
        ),
        tuple((t.key[0], t.events) for t in reversed(years) if t.key[0]),
    )


def _in_span(base: View, years: list[Tally], span: str) -> list[Tally]:
    if span == "all":
        return years
    if span.isdigit():
        return [t for t in base.tallies(("month",), EventFilter(within=span)) if t.key[0]]
    months = base.tallies(("month",))
    known = [t.key[0] for t in months if t.key[0]]
    if not known:
        return months
    year, month = map(int, known[-1].split("-"))
    first = year * 12 + month - _MONTHS
    since = f"{first // 12:04d}-{first % 12 + 1:02d}"
    return [t for t in months if not t.key[0] or t.key[0] >= since]


def _groups(base: View) -> Chart:
    said = [t for t in base.tallies(("actor", "stance"), tolls=False) if t.key[1] in STANCES_DRAWN]
    total: dict[str, int] = {}
    for tally in said:
        total[tally.key[0]] = total.get(tally.key[0], 0) + tally.events
    most = sorted(total, key=lambda actor: (-total[actor], actor))[:_GROUPS]
    names = {s.actor.id: s.actor.names[0].text for s in base.actors(ActorFilter(ids=tuple(most)))} if most else {}
    return by_group(tuple(t for t in said if t.key[0] in names), tuple(names.items()))
