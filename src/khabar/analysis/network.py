"""The network of groups: who is tied to whom in a period, and where each stands on the sheet. Invariant: the same ties
give the same sheet; size tells of incidents and of nothing else, and no person is a node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from khabar.records import Actor

__all__ = ["Edge", "Network", "Node", "Said", "network"]

_SEED = 20161024  # any number will do; another one turns and mirrors every sheet
_SMALL, _LARGE = 5.0, 26.0  # radius in pixels of a group without incidents, and of the one with most
_MARGIN = 60
_APART = 14  # free space between two nodes
_ROUNDS = 60  # of moving overlapping nodes apart


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
        dx, dy = self.other.x - self.one.x, self.other.y - self.one.y
        long = hypot(dx, dy) or 1.0
        ux, uy = dx / long, dy / long
        start = self.one.x + ux * self.one.radius, self.one.y + uy * self.one.radius
        end = self.other.x - ux * (self.other.radius + 3), self.other.y - uy * (self.other.radius + 3)
        middle = (start[0] + end[0]) / 2 - uy * self.bend * 2, (start[1] + end[1]) / 2 + ux * self.bend * 2
        numbers = " ".join(f"{n:.1f}" for n in (*middle, *end))
        return f"M{start[0]:.1f} {start[1]:.1f}Q{numbers}"


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges on a sheet of this size."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(
    ties: Sequence[Said],
    actors: Mapping[str, Actor],
    incidents: Mapping[str, int],
    *,
    width: int = 1120,
    height: int = 720,
) -> Network:
    """The sheet of ties between the groups of `actors`; ties with a side that is not there, or is a person, are left
    out. `incidents` gives the number of incidents by actor id.
    """
    kept = [
        t for t in ties if all(key in actors and actors[key].kind != "person" for key in (t.subject, t.object))
    ]  # fmt: skip
    ids = sorted({key for t in kept for key in (t.subject, t.object)})
    most = max((incidents.get(key, 0) for key in ids), default=0)
    radius = {key: _radius(incidents.get(key, 0), most) for key in ids}
    places = _apart(_places(ids, kept, width, height), radius, width, height)
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
    return Network(width, height, tuple(nodes[key] for key in ids), tuple(_edges(kept, nodes)))


def _radius(incidents: int, most: int) -> float:
    """By area: four times the incidents is twice the radius."""
    return round(_SMALL + (_LARGE - _SMALL) * sqrt(incidents / most), 1) if most else _SMALL


def _places(ids: Sequence[str], ties: Sequence[Said], width: int, height: int) -> dict[str, tuple[float, float]]:
    """Where forces between tied groups would move them, from a fixed start; parts without ties between them lie side by
    side, each with room after its number of groups.
    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(sorted({(min(t.subject, t.object), max(t.subject, t.object)) for t in ties}))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda p: (-len(p), p))
    found: dict[str, tuple[float, float]] = {}
    left, room = float(_MARGIN), width - 2 * _MARGIN
    whole = sum(sqrt(len(part)) for part in parts)
    for part in parts:
        wide = room * sqrt(len(part)) / whole
        spread = nx.spring_layout(graph.subgraph(part), seed=_SEED, iterations=200, scale=1.0)
        for key in part:
            x, y = (float(v) for v in spread[key])
            found[key] = left + wide * (x + 1) / 2, height / 2 + (height / 2 - _MARGIN) * y
        left += wide
    return found


def _apart(
    places: Mapping[str, tuple[float, float]], radius: Mapping[str, float], width: int, height: int
) -> dict[str, tuple[float, float]]:
    """The places, with nodes that touch moved apart along the line between them; a few rounds, always in one order."""
    at = {key: list(place) for key, place in places.items()}
    keys = sorted(at)
    for _ in range(_ROUNDS):
        moved = False
        for i, one in enumerate(keys):
            for other in keys[i + 1 :]:
                dx, dy = at[other][0] - at[one][0], at[other][1] - at[one][1]
                near, wanted = hypot(dx, dy), radius[one] + radius[other] + _APART
                if near >= wanted:
                    continue
                ux, uy = (dx / near, dy / near) if near > 0 else (1.0, 0.0)
                push = (wanted - near) / 2 + 0.1
                at[one] = [at[one][0] - ux * push, at[one][1] - uy * push]
                at[other] = [at[other][0] + ux * push, at[other][1] + uy * push]
                moved = True
        if not moved:
            break
    return {
        key: (round(min(max(x, _MARGIN), width - _MARGIN), 1), round(min(max(y, _MARGIN), height - _MARGIN), 1))
        for key, (x, y) in at.items()
    }


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
