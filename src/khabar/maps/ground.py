"""The countries as the ground of a picture. Invariant: what is given for a box is what a look at every ring would give.

A picture shows one country and its neighbours, few of all rings; so the boxes of all are kept in one array, and those
that meet a picture are found by one comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from khabar.maps.projection import Box, box_of
from khabar.maps.shapes import Area, Shapes, load_shapes

__all__ = ["Ground", "ground_of", "load_ground"]


@dataclass(frozen=True, slots=True)
class Ground:
    """`areas` as they follow each other; `boxes` has a row of degrees (west, south, east, north) for each of their
    rings, in order, and `places` the number of the area and that of the ring in it.
    """

    areas: tuple[Area, ...]
    boxes: NDArray[np.float64]
    places: tuple[tuple[int, int], ...]

    def near(self, box: Box) -> Iterator[Area]:
        """The areas of which any ring may lie in the box, with these rings alone, in order."""
        west, south, east, north = self.boxes.T
        meets = (east >= box.west) & (west <= box.east) & (north >= box.south) & (south <= box.north)
        found = (self.places[n] for n in np.flatnonzero(meets))
        for number, places in groupby(found, key=lambda place: place[0]):
            area = self.areas[number]
            yield replace(area, rings=tuple(area.rings[ring] for _, ring in places))


def ground_of(shapes: Shapes) -> Ground:
    """The ground of all countries of these outlines."""
    areas = tuple(shapes.countries())
    rings = [((n, k), box_of([ring])) for n, area in enumerate(areas) for k, ring in enumerate(area.rings)]
    known = [(place, box) for place, box in rings if box is not None]
    boxes = np.array([(b.west, b.south, b.east, b.north) for _, b in known], dtype=np.float64).reshape(-1, 4)
    return Ground(areas, boxes, tuple(place for place, _ in known))


@lru_cache(maxsize=1)
def load_ground() -> Ground:
    """The ground of the bundled outlines, made once a process: some two thousand rings, 0.1 MB beside the outlines."""
    return ground_of(load_shapes())
