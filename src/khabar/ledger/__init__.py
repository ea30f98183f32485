"""Positions and totals of a base, worked out when asked, and the rows in which they leave it."""

from khabar.ledger.ask import Totals, coverage_of, positions_of, totals_of
from khabar.ledger.rows import (
    POSITION_COLUMNS,
    TOTAL_COLUMNS,
    position_json,
    position_row,
    series_json,
    total_json,
    total_row,
)

__all__ = [
    "POSITION_COLUMNS",
    "TOTAL_COLUMNS",
    "Totals",
    "coverage_of",
    "position_json",
    "position_row",
    "positions_of",
    "series_json",
    "total_json",
    "total_row",
    "totals_of",
]
