"""Charts, defined once for pages and print."""

from khabar.charts.drawing import INKS, svg
from khabar.charts.incidents import by_area, by_group, by_period, by_type
from khabar.charts.model import Cell, Chart

__all__ = ["INKS", "Cell", "Chart", "by_area", "by_group", "by_period", "by_type", "svg"]
