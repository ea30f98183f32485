"""Outlines as SVG. Invariant: every figure carries a class, so that a page's styles rule, and a colour of its own, so
that it is also right where there are none (a report in print); text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from khabar.maps.projection import Projection
from khabar.maps.shapes import Area, Ring

__all__ = ["area", "circle", "label", "path_of", "picture", "point"]

_MARGIN = 4.0  # around the picture, so that the cut itself is not seen
_NEAR = 1.8  # units of the drawing: corners closer to the last one are left out
_LAND, _SHADE, _LINE, _INK, _ACCENT = "#efede6", "#c9d8e6", "#8b8778", "#1c2024", "#1b5080"

_Corner = tuple[float, float]

_LOOKS = {
    "land": f'fill="{_LAND}" stroke="{_LINE}" stroke-width="0.6" fill-rule="evenodd"',
    "country": f'fill="{_LAND}" stroke="{_LINE}" stroke-width="1" fill-rule="evenodd"',
    "province": f'fill="none" stroke="{_LINE}" stroke-width="0.5"',
    "shown": f'fill="{_SHADE}" stroke="{_ACCENT}" stroke-width="1" fill-rule="evenodd"',
    "whole": f'fill="{_SHADE}" stroke="{_ACCENT}" stroke-width="1" stroke-dasharray="4 3" fill-rule="evenodd"',
    "extent": f'fill="{_ACCENT}" fill-opacity="0.25" stroke="{_ACCENT}" stroke-width="1.2" stroke-dasharray="3 2"',
    "point": f'fill="{_ACCENT}" stroke="#ffffff" stroke-width="1.2"',
    "near": f'fill="none" stroke="{_ACCENT}" stroke-width="2"',
    "label": f'fill="{_INK}" font-family="sans-serif" font-size="11" text-anchor="middle"',
}


def picture(width: int, height: int, title: str, parts: Iterable[str], kind: str = "locator") -> str:
    """An SVG picture of these parts with a title that is read aloud."""
    inside = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map-picture {kind}" viewBox="0 0 {width} {height}" role="img">'
        f"<title>{escape(title)}</title>{inside}</svg>"
    )


def area(shown: Area, look: str, projection: Projection) -> str:
    """The parts of an area that lie in the picture; nothing where none does. `look` may end in a shade: shown-3."""
    outline = path_of((ring for ring in shown.rings if projection.box.meets(ring)), projection)
    if not outline:
        return ""
    plain, _, shade = look.partition("-")
    opacity = f' fill-opacity="{0.2 + 0.16 * int(shade):.2f}"' if shade else ""
    return f'<path class="map-{plain}{f" shade-{shade}" if shade else ""}" {_LOOKS[plain]}{opacity} d="{outline}"/>'


def circle(longitude: float, latitude: float, kilometres: float, projection: Projection) -> str:
    """A circle that says: somewhere in here."""
    x, y = projection.point(longitude, latitude)
    radius = max(6.0, projection.length(kilometres))
    return f'<circle class="map-extent" {_LOOKS["extent"]} cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'


def point(longitude: float, latitude: float, look: str, projection: Projection) -> str:
    """A dot (`look` point) or ring (near)."""
    x, y = projection.point(longitude, latitude)
    return f'<circle class="map-{look}" {_LOOKS[look]} cx="{x:.1f}" cy="{y:.1f}" r="{5 if look == "point" else 7}"/>'


def label(longitude: float, latitude: float, text: str, projection: Projection) -> str:
    """Words written around a place; nothing outside the picture."""
    x, y = projection.point(longitude, latitude)
    if not (0 <= x <= projection.width and 0 <= y <= projection.height):
        return ""
    return f'<text class="map-label" {_LOOKS["label"]} x="{x:.1f}" y="{y + 4:.1f}">{escape(text)}</text>'


def path_of(rings: Iterable[Ring], projection: Projection) -> str:
    """The path of these rings, without corners that could not be told apart or lie far outside; specks are left out."""
    steps = []
    for ring in rings:
        corners: list[tuple[float, float]] = []
        for longitude, latitude in ring:
            x, y = projection.point(longitude, latitude)
            if not corners or abs(x - corners[-1][0]) + abs(y - corners[-1][1]) >= _NEAR:
                corners.append((x, y))
        corners = _clipped(corners, projection)
        if len(corners) > 3:
            steps.append("M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in corners) + "Z")
    return "".join(steps)


def _clipped(corners: list[_Corner], projection: Projection) -> list[_Corner]:
    """The part of a ring inside the picture and a margin around it, cut side by side (Sutherland and Hodgman)."""
    for axis, bound, inside in (
        (0, -_MARGIN, 1),
        (0, projection.width + _MARGIN, -1),
        (1, -_MARGIN, 1),
        (1, projection.height + _MARGIN, -1),
    ):
        if all((corner[axis] - bound) * inside >= 0 for corner in corners):
            continue  # most rings lie wholly in the picture
        kept: list[_Corner] = []
        before = corners[-1]
        was_in = (before[axis] - bound) * inside >= 0
        for corner in corners:
            is_in = (corner[axis] - bound) * inside >= 0
            if was_in != is_in:
                share = (bound - before[axis]) / (corner[axis] - before[axis])
                kept.append((before[0] + share * (corner[0] - before[0]), before[1] + share * (corner[1] - before[1])))
            if is_in:
                kept.append(corner)
            before, was_in = corner, is_in
        corners = kept
    return corners


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
