"""Charts, defined once for pages and print."""

from khabar.charts.drawing import INKS, svg
from khabar.charts.incidents import by_area, by_group, by_period, by_type
from khabar.charts.model import Cell, Chart
from khabar.charts.tolls import Reported, tolls_over_time

__all__ = [
    "INKS",
    "Cell",
    "Chart",
    "Reported",
    "by_area",
    "by_group",
    "by_period",
    "by_type",
    "svg",
    "tolls_over_time",
]
