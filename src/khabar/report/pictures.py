"""The pictures of a report: a year's trend and a map of areas. Invariant: the same charts and maps that pages show, in
the colours of print; each picture's numbers stand in a table too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from khabar.charts import by_period
from khabar.maps.areas import areas_svg
from khabar.records import Event
from khabar.report.model import Picture
from khabar.report.tolls import summed
from khabar.store.place_rows import place_row
from khabar.store.placing import PlaceTotal
from khabar.store.tallies import Tally

__all__ = ["area_map", "trend"]

Listed = Callable[[tuple[str, ...]], str]
"""Gives the address of a list of incidents."""

_CLOSER = ("exact", "near", "adm2", "adm1")


def trend(events: Iterable[Event], rule: str) -> Picture:
    """Incidents and killed by month, from the lowest to the highest number that sources state."""
    months: dict[str, list[Event]] = {}
    for event in events:
        when = event.derived["when"].value
        first, last = when["earliest"][:7], when["latest"][:7]
        if first == last:
            months.setdefault(first, []).append(event)
    chart = by_period(tuple(_tally(month, found) for month, found in sorted(months.items())), rule)
    return Picture("trend", chart.title, chart.note, chart=chart)


def _tally(month: str, events: Sequence[Event]) -> Tally:
    killed = summed(events, "killed")
    return Tally((month,), len(events), killed.stated, killed.low, killed.best, killed.high, killed.open)


def area_map(events: Iterable[Event], listed: Listed) -> Picture | None:
    """Provinces and countries shaded by incidents; None where nothing can be drawn."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for event in events:
        for place in event.derived["places"].value or () if "places" in event.derived else ():
            row = place_row(place)
            if not row["country"] or row["level"] == "region":
                continue
            inside = row["admin1_name"] if row["level"] in _CLOSER else None
            ids = found.setdefault((row["country"], inside), [])
            if event.id not in ids:
                ids.append(event.id)
    totals = [
        PlaceTotal(country, province, None if province else "country", len(ids))
        for (country, province), ids in sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][1] or ""))
    ]
    drawn = areas_svg(totals, lambda country, province, _level: listed(tuple(found[(country, province)])))
    if not drawn:
        return None
    note = (
        "A province is shaded by the incidents known to be inside it, a hatched country by those of which no more is "
        "known. Outlines are Natural Earth's and say nothing on whose a territory is."
    )
    lists = tuple(tuple(ids) for ids in found.values())
    return Picture("map", "Where it happened", note, svg=drawn, lists=lists)
