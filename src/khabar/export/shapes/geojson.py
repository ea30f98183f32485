"""Incidents as GeoJSON (RFC 7946). Invariant: a point only where the place is known to the town or nearer; what is
known to the district, province or country has its area, and a place without either has no geometry: no false pin.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from khabar.export.shapes.cases import Case
from khabar.export.shapes.material import Material
from khabar.export.shapes.own import OTHER_VALUES, OwnTable
from khabar.export.shapes.parts import Loss, LossRule, Row
from khabar.maps.outlines import outline_of
from khabar.store.place_rows import place_row

__all__ = ["GeoJson"]

_OTHER_PLACES = LossRule(
    "other places", "not held", "a feature has the first place; others that sources name are not in it"
)
_NO_GEOMETRY = LossRule("no geometry", "narrowed", "the place is known, but neither its point nor its area is")

_GEOMETRY = "geometry"


class GeoJson(OwnTable):
    """See the module."""

    name = "geojson"
    title = "incidents as GeoJSON: points where the place is exact, areas where it is not"
    ending = "geojson"
    losses = (OTHER_VALUES, _OTHER_PLACES, _NO_GEOMETRY)

    def rows(self, case: Case, material: Material) -> Iterator[Row | Loss]:
        """A feature's properties and, under a name of its own, its geometry."""
        places: Sequence[Mapping[str, Any]] = case.shown("places") or ()
        geometry = _geometry(places[0]) if places else None
        for item in super().rows(case, material):
            yield (
                item
                if isinstance(item, Loss)
                else Row(item.id, item.subject, {**item.values, _GEOMETRY: geometry}, item.claims)
            )
        if len(places) > 1:
            words = "; ".join(str(p.get("name") or p.get("text")) for p in places[1:])
            yield Loss(case.id, _OTHER_PLACES, words, "place", case.resting("places"))
        if places and geometry is None:
            yield Loss(case.id, _NO_GEOMETRY, str(places[0].get("name") or ""), "place", case.resting("places"))

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """A feature collection, a feature a line."""
        out.write(b'{"type": "FeatureCollection", "features": [')
        for number, row in enumerate(rows):
            properties = {name: value for name, value in row.values.items() if name != _GEOMETRY}
            feature = {"type": "Feature", "id": row.id, "geometry": row.values[_GEOMETRY], "properties": properties}
            out.write((",\n" if number else "\n").encode() + json.dumps(feature, ensure_ascii=False).encode())
        out.write(b"\n]}\n")
        del options


def _geometry(place: Mapping[str, Any]) -> dict[str, Any] | None:
    row = place_row(place)
    if row["level"] in ("exact", "near"):
        if row["longitude"] is None:
            return None
        return {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    return outline_of(row)
