"""The network of groups: who is tied to whom in a period, and where each stands on the sheet. Invariant: the same ties
give the same sheet; size tells of incidents and of nothing else, and no person is a node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot, sqrt

from khabar.records import Actor

__all__ = ["Edge", "Network", "Node", "Said", "network"]

_SEED = 20161024  # any number will do; another one turns and mirrors every sheet
_SMALL, _LARGE = 5.0, 26.0  # radius in pixels of a group without incidents, and of the one with most
_MARGIN = 40
_LETTER = 6.4  # width of a letter of a name
_NAME = 30  # letters of a name shown
_RIM = 3  # between a node and the lines that come to it
_HEAD = 9  # length of an arrow head
_ROUNDS = 80  # of moving overlapping nodes apart

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one type of tie between two actors: by how many claims, how many of which deny it; `first` and
    `last` are the days they name.
    """

    type: str
    subject: str
    object: str
    claims: int
    denied: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A group on the sheet, in pixels; `incidents` are those the base has of it."""

    actor: Actor
    incidents: int
    ties: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie on the sheet; `bend` (pixels, to one side) keeps several ties between the same two apart."""

    said: Said
    one: Node
    other: Node
    bend: float

    @property
    def path(self) -> str:
        """The curve as an SVG path, from the rim of one node to that of the other."""
        start, control, end = self._curve()
        return f"M{start[0]:.1f} {start[1]:.1f}Q{control[0]:.1f} {control[1]:.1f} {end[0]:.1f} {end[1]:.1f}"

    @property
    def middle(self) -> tuple[float, float]:
        """The point half-way along the curve."""
        start, control, end = self._curve()
        return round((start[0] + 2 * control[0] + end[0]) / 4, 1), round((start[1] + 2 * control[1] + end[1]) / 4, 1)

    def arrow(self, side: str) -> str:
        """An arrow head at the "subject" or "object" end, as an SVG path."""
        start, control, end = self._curve()
        tip = start if side == "subject" else end
        dx, dy = tip[0] - control[0], tip[1] - control[1]
        long = hypot(dx, dy) or 1.0
        ux, uy = dx / long, dy / long
        base = tip[0] - ux * _HEAD, tip[1] - uy * _HEAD
        wings = [
            (base[0] - uy * _HEAD / 2, base[1] + ux * _HEAD / 2),
            (base[0] + uy * _HEAD / 2, base[1] - ux * _HEAD / 2),
        ]
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (wings[0], tip, wings[1])) + "Z"

    def _curve(self) -> tuple[_Point, _Point, _Point]:
        """Start, control point and end of the curve."""
        dx, dy = self.other.x - self.one.x, self.other.y - self.one.y
        long = hypot(dx, dy) or 1.0
        ux, uy = dx / long, dy / long
        first, last = self.one.radius + _RIM, self.other.radius + _RIM
        start = self.one.x + ux * first, self.one.y + uy * first
        end = self.other.x - ux * last, self.other.y - uy * last
        control = (start[0] + end[0]) / 2 - uy * self.bend * 2, (start[1] + end[1]) / 2 + ux * self.bend * 2
        return start, control, end


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges on a sheet of this size."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(
    ties: Sequence[Said], actors: Mapping[str, Actor], incidents: Mapping[str, int], *, width: int = 1230
) -> Network:
    """The sheet of ties between the groups of `actors`; ties with a side that is not there, or is a person, are left
    out. `incidents` gives the number of incidents by actor id. The sheet is as high as it must be.
    """
    kept = [t for t in ties if all(key in actors and actors[key].kind != "person" for key in (t.subject, t.object))]
    ids = sorted({key for t in kept for key in (t.subject, t.object)})
    most = max((incidents.get(key, 0) for key in ids), default=0)
    radius = {key: _radius(incidents.get(key, 0), most) for key in ids}
    sizes = {key: _size(actors[key], radius[key]) for key in ids}
    places = _apart(_places(ids, kept, width), sizes, width)
    nodes = {
        key: Node(
            actors[key],
            incidents.get(key, 0),
            sum(key in (t.subject, t.object) for t in kept),
            *places[key],
            radius[key],
        )
        for key in ids
    }
    height = max((y + sizes[key][1] for key, (_, y) in places.items()), default=0.0)
    return Network(width, int(height) + 12, tuple(nodes[key] for key in ids), tuple(_edges(kept, nodes)))


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    width: float
    height: float


def _radius(incidents: int, most: int) -> float:
    """By area: four times the incidents is twice the radius."""
    return round(_SMALL + (_LARGE - _SMALL) * sqrt(incidents / most), 1) if most else _SMALL


def _size(actor: Actor, radius: float) -> tuple[float, float]:
    """Width and height of a node with its name beneath, and some space around them."""
    return max(2 * radius, min(len(actor.names[0].text), _NAME) * _LETTER) + 14, 2 * radius + 30


def _places(ids: Sequence[str], ties: Sequence[Said], width: int) -> dict[str, tuple[float, float]]:
    """Where forces between tied groups would move them, from a fixed start. Each part of the network without ties to
    another has a box of its own, as large as it has groups; boxes fill the sheet row by row, the largest first.
    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(sorted({(min(t.subject, t.object), max(t.subject, t.object)) for t in ties}))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda p: (-len(p), p))
    boxes = _boxes([len(part) for part in parts], width)
    found: dict[str, tuple[float, float]] = {}
    for part, box in zip(parts, boxes, strict=True):
        spread = nx.spring_layout(graph.subgraph(part), seed=_SEED, iterations=200, k=2.2 / sqrt(len(part)))
        for key, (x, y) in _filled(part, spread).items():
            found[key] = box.left + box.width * x, box.top + box.height * y
    return found


def _boxes(sizes: Sequence[int], width: int) -> list[_Box]:
    """A box for each part of so many groups, row by row, each row in the middle of the sheet."""
    rows: list[list[_Box]] = [[]]
    top = float(_MARGIN)
    for size in sizes:
        high = 70 * sqrt(size - 1) + 40
        wide = min(high * 1.7, width - 2 * _MARGIN)
        left = max((box.left + box.width + 2 * _MARGIN for box in rows[-1]), default=float(_MARGIN))
        if rows[-1] and left + wide > width - _MARGIN:
            top += max(box.height for box in rows[-1]) + _MARGIN
            rows.append([])
            left = float(_MARGIN)
        rows[-1].append(_Box(left, top, wide, high))
    spare = [(width - _MARGIN - row[-1].left - row[-1].width) / 2 if row else 0.0 for row in rows]
    return [replace(box, left=box.left + space) for row, space in zip(rows, spare, strict=True) for box in row]


def _filled(part: Sequence[str], spread: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, float]]:
    """Places from 0 to 1 in both directions, the longer side of what the forces made lying flat."""
    xs, ys = ([float(spread[key][i]) for key in part] for i in (0, 1))
    if max(ys) - min(ys) > max(xs) - min(xs):
        xs, ys = ys, xs
    scaled = []
    for values in (xs, ys):
        low, long = min(values), max(values) - min(values)
        scaled.append([(v - low) / long if long > 1e-9 else 0.5 for v in values])
    return dict(zip(part, zip(*scaled, strict=True), strict=True))


def _apart(
    places: Mapping[str, tuple[float, float]], sizes: Mapping[str, tuple[float, float]], width: int
) -> dict[str, tuple[float, float]]:
    """The places, with nodes whose boxes overlap moved apart where less is needed; some rounds, always in one order."""
    at = {key: list(place) for key, place in places.items()}
    keys = sorted(at)
    for _ in range(_ROUNDS):
        moved = False
        for i, one in enumerate(keys):
            for other in keys[i + 1 :]:
                moved |= _push(at[one], at[other], sizes[one], sizes[other])
        for key in keys:
            half = sizes[key][0] / 2
            at[key] = [min(max(at[key][0], half), width - half), max(at[key][1], sizes[key][1] / 2)]
        if not moved:
            break
    return {key: (round(x, 1), round(y, 1)) for key, (x, y) in at.items()}


def _push(one: list[float], other: list[float], size: tuple[float, float], other_size: tuple[float, float]) -> bool:
    """Move two places apart, each by half of what is missing on the axis that misses less; whether anything was."""
    gaps = [(size[i] + other_size[i]) / 2 - abs(other[i] - one[i]) for i in (0, 1)]
    if min(gaps) <= 0:
        return False
    axis = 0 if gaps[0] < gaps[1] else 1
    way = 1 if other[axis] >= one[axis] else -1
    step = (gaps[axis] / 2 + 0.1) * way
    one[axis] -= step
    other[axis] += step
    return True


def _edges(ties: Sequence[Said], nodes: Mapping[str, Node]) -> list[Edge]:
    between: dict[tuple[str, str], int] = {}
    found = []
    for tie in sorted(ties, key=lambda t: (t.type, t.subject, t.object)):
        pair = (min(tie.subject, tie.object), max(tie.subject, tie.object))
        count = between[pair] = between.get(pair, -1) + 1
        side = (count + 1) // 2 * (1 if count % 2 else -1)  # 0, 1, -1, 2, -2 …
        bend = 9.0 * side * (1 if tie.subject == pair[0] else -1)
        found.append(Edge(tie, nodes[tie.subject], nodes[tie.object], bend))
    return found
