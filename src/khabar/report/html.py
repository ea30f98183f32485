"""A report as one HTML file. Invariant: it needs nothing beside itself: styles and pictures are inside, no script, no
address is loaded; every number is a link to its incidents, every incident shows its passages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from khabar.charts import svg
from khabar.report.build import anchor_of
from khabar.report.lists import lists_of
from khabar.report.model import Number, Picture, Report

__all__ = ["drawn", "html"]


def html(report: Report) -> str:
    """The report as HTML."""
    page: str = _template().render(report=report, lists=lists_of(report), drawn=drawn, anchor=_anchor)
    return page


def drawn(picture: Picture) -> str:
    """The picture as an `<svg>` element in the colours of print."""
    return picture.svg if picture.chart is None else svg(picture.chart, print_colours=True)


def _anchor(number: Number) -> str:
    return anchor_of(number.incidents)


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("khabar.report"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
