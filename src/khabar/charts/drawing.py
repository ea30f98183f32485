"""Charts to SVG, without a browser and without network. Invariant: the same chart gives the same picture.

A spec names colours as the pages do, `var(--cat-1)`; pages keep the names, so that a picture follows light and dark,
and print gets the values of `INKS`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

from khabar.charts.model import Chart
from khabar.visible import all_visible, visible

__all__ = ["INKS", "ink", "svg", "themed", "warm_up"]

INKS = {
    "ink": "#1c2024",
    "ink-soft": "#5a6067",
    "line": "#dcd8cd",
    "cat-1": "#008cef",
    "cat-2": "#6e141c",
    "cat-3": "#447a4b",
    "cat-4": "#b3188f",
    "cat-5": "#865f03",
    "cat-6": "#04394c",
    "cat-7": "#551ba4",
    "cat-8": "#898989",
}
"""The colours of a chart by name, as they are in print: those of `web/src/styles/tokens.css` in the light."""

_ROLES = re.compile(r' (?:role="graphics-[a-z]+"|aria-(?:roledescription|hidden)="[^"]*")')
_FONT = "sans-serif"  # what widths are measured with; pages put their own in its place


def ink(name: str) -> str:
    """The colour of a name as a spec has it; KeyError where `INKS` has no such name."""
    return f"var(--{name})" if name in INKS else INKS[name]


def themed(spec: Any) -> dict[str, Any]:
    """The Vega-Lite spec of an altair chart, with the house's font, lines and colours."""
    soft = {"labelColor": ink("ink-soft"), "titleColor": ink("ink-soft"), "titleFontWeight": "normal"}
    axis = {**soft, "gridColor": ink("line"), "domainColor": ink("line"), "tickColor": ink("line"), "labelFontSize": 11}
    dressed = (
        spec.configure(font=_FONT, background="transparent", aria=False)
        .configure_view(stroke=None)
        .configure_axis(**axis, titleFontSize=11)
        .configure_legend(**soft, orient="top", labelFontSize=11, symbolType="square")
    )
    found: dict[str, Any] = dressed.to_dict()
    found["padding"] = {"left": 20, "top": 4, "right": 8, "bottom": 4}  # fonts of pages may be wider than ours
    return found


def warm_up() -> None:
    """Get the libraries ready that draw, so that the first page with a chart need not wait some seconds for them."""
    import altair as alt

    svg(Chart("none", "", "", themed(alt.Chart(alt.InlineData(values=[])).mark_bar()), ()))


def svg(chart: Chart, *, print_colours: bool = False) -> str:
    """The chart as an `<svg>` element that says its title to those who cannot see it.

    Several can stand in one page: ids inside begin with the chart's name. Drawing takes about 0.02 s, as much again
    where no chart of the same form was drawn before, the first time in a process 2 s; the last 200 pictures are kept.
    """
    spec = all_visible(chart.spec)  # a NUL ends the whole process where it is drawn
    rows = spec.get("datasets", {})
    form = json.dumps({**spec, "datasets": dict.fromkeys(rows, ())}, sort_keys=True)
    if print_colours:
        form = re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: INKS[found.group(1)], form)
    return _drawn(chart.name, chart.title, form, json.dumps(rows, sort_keys=True))


@lru_cache(maxsize=200)
def _drawn(name: str, title: str, form: str, rows: str) -> str:
    import vl_convert

    picture: str = vl_convert.vega_to_svg(_filled(_planned(form), json.loads(rows)))
    picture = _ROLES.sub("", picture)  # one picture with one name, not a tree of unnamed marks
    picture = re.sub(r'\bid="', f'id="{name}-', picture)
    picture = re.sub(r"url\(#", f"url(#{name}-", picture)
    return picture.replace("<svg ", f'<svg role="img" aria-label="{escape(visible(title))}" ', 1)


@lru_cache(maxsize=50)
def _planned(form: str) -> Mapping[str, Any]:
    """The Vega spec of a Vega-Lite spec whose data sets are empty. To make it takes as long as to draw it, and it
    depends on no row: a chart that is drawn again with other rows needs no other.
    """
    import vl_convert

    planned: dict[str, Any] = vl_convert.vegalite_to_vega(form)
    return planned


def _filled(planned: Mapping[str, Any], rows: Mapping[str, Any]) -> dict[str, Any]:
    """The spec with the rows of its data sets, which have the same names in Vega as in Vega-Lite."""
    sets = [{**one, "values": rows[one["name"]]} if one["name"] in rows else one for one in planned["data"]]
    return {**planned, "data": sets}
