"""A map of provinces shaded by incidents, for pages without script and for print. Invariant: a province is shaded by
what is known to be inside it; what is only known to be in a country shades the country, and is said so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape

from khabar.maps import drawing
from khabar.maps.ground import load_ground
from khabar.maps.locator import home_of
from khabar.maps.projection import Box, Projection, fit
from khabar.maps.shapes import Area, Shapes, load_shapes
from khabar.store.placing import PlaceTotal

__all__ = ["SHADES", "areas_svg", "shade_of", "shades"]

SHADES = 5
_WIDTH = 960
_LOWEST, _HIGHEST = 360, 560  # of the drawing
_WORLD = Box(-170.0, -56.0, 180.0, 76.0)
_TOO_WIDE = 200.0  # degrees: beyond, the whole world is shown
_LABELLED = 60  # numbers that are written into the map: the largest
_ROOM = 24.0  # what a number takes

Address = Callable[[str, str | None, str | None], str]
"""From a country's code, a province's name and a level (or None) to where such incidents are listed."""


def areas_svg(totals: Sequence[PlaceTotal], address: Address) -> str:
    """The map of these totals, or "" where none of their areas has an outline."""
    shapes = load_shapes()
    nations = [c for c in dict.fromkeys(t.country for t in totals) if shapes.country(c) is not None]
    if not nations:
        return ""
    box = _box(nations, shapes)
    ratio = (box.north - box.south) / (box.east - box.west)
    projection = fit(box, _WIDTH, max(_LOWEST, min(_HIGHEST, round(_WIDTH * ratio))))
    inside = {(t.country, t.admin1): t.events for t in totals if t.admin1 is not None and t.level is None}
    whole = {t.country: t.events for t in totals if t.admin1 is None and t.level == "country"}
    steps = shades([*inside.values(), *whole.values()])
    parts = [_land(projection), *_nations(whole, steps, projection, shapes, address)]
    found = [(shapes.unit(code, name), code, name, n) for (code, name), n in inside.items()]
    drawn = [(area, code, name, n) for area, code, name, n in found if area is not None]
    parts += [_province(area, address(code, name, None), n, steps, projection) for area, code, name, n in drawn]
    drawn.sort(key=lambda entry: -entry[3])
    parts += _numbers([(area.label, n) for area, _, _, n in drawn], projection)
    title = "Incidents by province; the table below has the same numbers"
    return drawing.picture(_WIDTH, int(projection.height), title, parts, kind="areas")


def _numbers(counts: Sequence[tuple[tuple[float, float], int]], projection: Projection) -> Iterator[str]:
    """The largest counts, each where its area is, as far as they do not lie on one another."""
    written: list[tuple[float, float]] = []
    for (longitude, latitude), count in counts[:_LABELLED]:
        x, y = projection.point(longitude, latitude)
        if all(abs(x - other) > _ROOM or abs(y - above) > _ROOM / 2 for other, above in written):
            written.append((x, y))
            yield drawing.label(longitude, latitude, str(count), projection)


def shades(counts: Sequence[int]) -> list[int]:
    """The least count of each shade but the first: steps of equal ratio up to the largest count, each once."""
    most = max(counts, default=1)
    steps = (round(most ** (k / SHADES)) for k in range(1, SHADES))
    return sorted({step for step in steps if 1 < step <= most})


def shade_of(count: int, steps: Sequence[int]) -> int:
    """The number of the shade of a count, from 1."""
    return 1 + sum(count >= step for step in steps)


def _box(nations: Sequence[str], shapes: Shapes) -> Box:
    homes = [home for code in nations if (area := shapes.country(code)) and (home := home_of(area))]
    box = Box(
        min(h.west for h in homes),
        min(h.south for h in homes),
        max(h.east for h in homes),
        max(h.north for h in homes),
    ).wider(0.04, 4.0)
    return _WORLD if box.east - box.west > _TOO_WIDE else box


@lru_cache(maxsize=32)
def _land(projection: Projection) -> str:
    """The countries in a picture: the same for every filter that shows the same box."""
    return "".join(drawing.area(area, "land", projection) for area in load_ground().near(projection.box))


def _nations(
    whole: dict[str, int], steps: Sequence[int], projection: Projection, shapes: Shapes, address: Address
) -> Iterator[str]:
    for code, count in whole.items():
        area = shapes.country(code)
        if area is not None:
            words = f"somewhere in {area.name}: {count}"
            yield _link(
                address(code, None, "country"), words, drawing.area(area, f"whole-{shade_of(count, steps)}", projection)
            )


def _province(area: Area, href: str, count: int, steps: Sequence[int], projection: Projection) -> str:
    return _link(href, f"{area.name}: {count}", drawing.area(area, f"shown-{shade_of(count, steps)}", projection))


def _link(href: str, words: str, inside: str) -> str:
    """A drawn area as a link; its words are shown where one points at it and read aloud."""
    if not inside:
        return ""
    return f'<a href="{escape(href)}" aria-label="{escape(words)}"><title>{escape(words)}</title>{inside}</a>'
