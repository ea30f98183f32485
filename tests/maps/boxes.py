"""Boxes of degrees for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from khabar.maps.projection import Box

__all__ = ["boxes"]

_Range = tuple[float, float]


def boxes(*, west: _Range, south: _Range, wide: _Range, high: _Range) -> st.SearchStrategy[Box]:
    """Boxes whose western and southern edges, width and height lie in these ranges of degrees."""
    return st.builds(
        lambda left, low, width, height: Box(left, low, left + width, low + height),
        st.floats(*west),
        st.floats(*south),
        st.floats(*wide),
        st.floats(*high),
    )
