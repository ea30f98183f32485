"""Positions and totals for pages and API, worked out once for each state of the base: both look through all claims."""

from __future__ import annotations

from khabar.codebook.load import load_codebook
from khabar.ledger import Totals, positions_of, totals_of
from khabar.resolution.positions import Position
from khabar.serve.kept import kept
from khabar.store.base import View

__all__ = ["positions_for", "totals_for"]


def positions_for(base: View) -> tuple[Position, ...]:
    """The positions of a base."""
    return kept(base, "positions", lambda: positions_of(base))


def totals_for(base: View) -> Totals:
    """The totals of a base, by the built-in codebook."""
    return kept(base, "totals", lambda: totals_of(base, load_codebook()))
