"""Degrees to a drawing. Invariant: north is up, and at the middle of the box a kilometre east is as long as one north.

The projection is the equidistant cylindrical one with its standard parallel in the middle of what is shown: true enough
for a country, plain for a continent. Drawings count from the top left, as SVG does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from khabar.maps.shapes import Ring

__all__ = ["Box", "Projection", "box_of", "fit"]

_KM_A_DEGREE = 111.2  # of latitude
_FLATTEST = 0.2  # the least cosine: beyond 78 degrees north no map of ours is read closely


@dataclass(frozen=True, slots=True)
class Box:
    """What is shown, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def wider(self, share: float, least: float) -> Box:
        """The box with a margin of this share of its size on every side, and at least `least` degrees each way."""
        across = max(least, (self.east - self.west) * (1 + 2 * share)) / 2
        along = max(least, (self.north - self.south) * (1 + 2 * share)) / 2
        x, y = (self.west + self.east) / 2, (self.south + self.north) / 2
        return Box(x - across, max(-90.0, y - along), x + across, min(90.0, y + along))

    def meets(self, ring: Ring) -> bool:
        """Whether any of a ring may lie inside, told by the ring's own box."""
        other = box_of([ring])
        return other is not None and not (
            other.east < self.west or other.west > self.east or other.north < self.south or other.south > self.north
        )


@dataclass(frozen=True, slots=True)
class Projection:
    """From degrees to a drawing `width` by `height`."""

    box: Box
    width: float
    height: float
    across: float
    along: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """(x, y) of a place."""
        return (longitude - self.box.west) * self.across, (self.box.north - latitude) * self.along

    def length(self, kilometres: float) -> float:
        """How long so many kilometres are, north to south."""
        return kilometres / _KM_A_DEGREE * self.along


def box_of(rings: Iterable[Ring]) -> Box | None:
    """The smallest box around all points; None around nothing."""
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    easts, norths = [p[0] for p in points], [p[1] for p in points]
    return Box(min(easts), min(norths), max(easts), max(norths))


def fit(box: Box, width: float, height: float) -> Projection:
    """The projection that shows all of `box` in a drawing of that size, in its middle."""
    narrow = max(_FLATTEST, cos(radians((box.south + box.north) / 2)))
    wide, high = max(box.east - box.west, 1e-6), max(box.north - box.south, 1e-6)
    along = min(height / high, width / (wide * narrow))
    across = along * narrow
    x, y = (box.west + box.east) / 2, (box.south + box.north) / 2
    shown = Box(x - width / across / 2, y - height / along / 2, x + width / across / 2, y + height / along / 2)
    return Projection(shown, width, height, across, along)
