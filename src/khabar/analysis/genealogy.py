"""The genealogy of groups: a lane for each group, and between lanes the ties that claims make. Invariant: every tie
that can be drawn is drawn once, and no lane shares its row with another.

What a group says to a person (a pledge to a leader) is drawn to the group that the person stands for, where one is
known, and says so. What a person does binds no group, and is not drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.analysis.strokes import STROKES, Stroke
from khabar.analysis.ties import Held, Tie, held_at
from khabar.codebook.model import RelationType
from khabar.records import Actor, Interval

__all__ = ["Drawn", "Genealogy", "Lane", "family_of", "genealogy", "stand_for"]


@dataclass(frozen=True, slots=True)
class Lane:
    """A group over time. `begins` and `ends` are the dates of the ties that say so (None: nothing says it); `first` and
    `last` the first and last day that any tie or incident names it.
    """

    actor: Actor
    begins: Interval | None = None
    ends: Interval | None = None
    first: str | None = None
    last: str | None = None

    @property
    def name(self) -> str:
        """The name shown."""
        return self.actor.names[0].text

    def held_at(self, day: str) -> Held:
        """Whether the group is there on a day, as far as its beginning and end are known."""
        begins, ends = self.begins, self.ends
        if begins is not None and begins.earliest is not None and begins.earliest > day:
            return "no"
        if ends is not None and ends.latest is not None and ends.latest < day:
            return "no"
        since = (begins.latest if begins is not None else None) or self.first
        over = ends is not None and (ends.earliest is None or ends.earliest <= day)
        return "yes" if since is not None and since <= day and not over else "perhaps"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tie as it is drawn: between these two lanes (by actor id), `through` the person it was said of, if one."""

    tie: Tie
    stroke: Stroke
    subject: str
    object: str
    through: str | None = None

    def held_at(self, day: str) -> Held:
        """See `ties.held_at`."""
        return held_at(self.tie, day)

    def side(self, name: str) -> str | None:
        """The lane on a side of the stroke ("subject", "object"; None for "")."""
        return {"subject": self.subject, "object": self.object}.get(name)


@dataclass(frozen=True, slots=True)
class Genealogy:
    """Lanes from top to bottom, and what is drawn between them."""

    lanes: tuple[Lane, ...]
    drawn: tuple[Drawn, ...]


def genealogy(
    ties: Sequence[Tie],
    actors: Mapping[str, Actor],
    relations: Mapping[str, RelationType],
    *,
    seen: Mapping[str, Interval] | None = None,
    stands_for: Mapping[str, str] | None = None,
) -> Genealogy:
    """The genealogy that ties make. `seen` gives the first and last day of a group's incidents, `stands_for` the group
    of a person (`stand_for`). Ties that are only planned or foreseen are left out, and those with a side that is no
    group of `actors`, and stands for none.
    """
    drawn = tuple(d for tie in ties if (d := _drawn(tie, actors, relations, stands_for or {})) is not None)
    ids = sorted({key for d in drawn for key in (d.subject, d.object)})
    lanes = {key: _lane(actors[key], drawn, (seen or {}).get(key)) for key in ids}
    return Genealogy(tuple(lanes[key] for key in _ordered(lanes, drawn)), drawn)


def family_of(root: str, pairs: Sequence[tuple[str, str]], depth: int, most: int) -> tuple[str, ...]:
    """The actors at most `depth` ties away from one, itself first, nearest first; at most `most` of them."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    found, edge = [root], [root]
    for _ in range(depth):
        edge = sorted({key for at in edge for key in near[at]} - set(found))
        found += edge
    return tuple(found[:most])


def stand_for(
    ties: Sequence[Tie], actors: Mapping[str, Actor], relations: Mapping[str, RelationType]
) -> dict[str, str]:
    """The group that a person stands for: the one the actor list gives, else the only one claims say they lead."""
    led: defaultdict[str, set[str]] = defaultdict(set)
    for tie in ties:
        kind = relations.get(tie.type)
        if kind is not None and kind.means == "office" and tie.standing == "said":
            led[tie.subject].add(tie.object)
    found = {person: next(iter(groups)) for person, groups in led.items() if len(groups) == 1}
    given = {key: actor.parent for key, actor in actors.items() if actor.kind == "person" and actor.parent}
    return found | {key: parent for key, parent in given.items() if parent in actors}


def _drawn(
    tie: Tie, actors: Mapping[str, Actor], relations: Mapping[str, RelationType], stands_for: Mapping[str, str]
) -> Drawn | None:
    kind = relations.get(tie.type)
    stroke = STROKES.get(kind.drawn or "") if kind is not None else None
    if stroke is None or tie.standing == "unrealised":
        return None
    through = tie.object if tie.object in actors and actors[tie.object].kind == "person" else None
    object_ = stands_for.get(tie.object, "") if through is not None else tie.object
    groups = all(key in actors and actors[key].kind != "person" for key in (tie.subject, object_))
    if tie.subject == object_ or not groups:
        return None
    return Drawn(tie, stroke, tie.subject, object_, through)


def _lane(actor: Actor, drawn: Sequence[Drawn], seen: Interval | None) -> Lane:
    own = [d for d in drawn if actor.id in (d.subject, d.object)]
    begun = [d.tie.began for d in own if d.side(d.stroke.begins) == actor.id and d.tie.standing == "said"]
    ended = [d for d in own if d.side(d.stroke.ends) == actor.id and d.tie.standing == "said"]
    days = [day for d in own for day in (d.tie.began.earliest, d.tie.began.latest, d.tie.last) if day]
    days += [day for day in (seen.earliest, seen.latest) if day] if seen else []
    first, last = min(days, default=None), max(days, default=None)
    # A group that something names after its end goes on: a merger that did not hold, or was only announced.
    final = [d.tie.began for d in ended if d.tie.began.latest and (last is None or last <= d.tie.began.latest)]
    valid = actor.valid if actor.valid.earliest or actor.valid.latest else None
    begins = min(begun, key=lambda i: i.latest or i.earliest or "9999", default=None)
    if begins is None and valid is not None and valid.earliest:
        begins = Interval(valid.earliest, valid.earliest)
    ends = min(final, key=lambda i: i.latest or "9999", default=None)
    if ends is None and valid is not None and valid.latest and (last is None or last <= valid.latest):
        ends = Interval(valid.latest, valid.latest)
    return Lane(actor, begins, ends, first, last)


# ------------------------------------------------------------------ the order of lanes


def _ordered(lanes: Mapping[str, Lane], drawn: Sequence[Drawn]) -> list[str]:
    """Families together, the largest first; within a family each group above those that came from it, oldest first."""
    above = _above(lanes, drawn)
    below: defaultdict[str | None, list[str]] = defaultdict(list)
    for key in lanes:
        below[above.get(key)].append(key)
    for children in below.values():
        children.sort(key=lambda k: (_birth(lanes[k]), lanes[k].name, k))
    size = {key: len(_walk(key, below)) for key in lanes}
    roots = sorted(below[None], key=lambda k: (-size[k], _birth(lanes[k]), lanes[k].name, k))
    return [key for root in roots for key in _walk(root, below)]


def _above(lanes: Mapping[str, Lane], drawn: Sequence[Drawn]) -> dict[str, str]:
    """For a group the one it is drawn beneath: by the tie of lowest rank, then the earliest; never in a circle."""
    wanted = [
        (d.stroke.rank, d.tie.began.latest or d.tie.began.earliest or "9999", d.tie.id, under, over)
        for d in drawn
        if d.stroke.under and d.tie.standing == "said"
        for under, over in [(d.subject, d.object) if d.stroke.under == "subject" else (d.object, d.subject)]
    ]
    wanted += [
        (8, "9999", key, key, lane.actor.parent)
        for key, lane in lanes.items()
        if lane.actor.parent is not None and lane.actor.parent in lanes
    ]
    found: dict[str, str] = {}
    for _, _, _, under, over in sorted(wanted):
        if under not in found and not _reaches(over, under, found):
            found[under] = over
    return found


def _reaches(start: str, goal: str, above: Mapping[str, str]) -> bool:
    step: str | None = start
    while step is not None:
        if step == goal:
            return True
        step = above.get(step)
    return False


def _walk(root: str, below: Mapping[str | None, list[str]]) -> list[str]:
    """The root and all beneath it, depth first; no recursion, because a chain of groups can be long."""
    found, stack = [], [root]
    while stack:
        key = stack.pop()
        found.append(key)
        stack.extend(reversed(below.get(key, [])))
    return found


def _birth(lane: Lane) -> str:
    when = lane.begins
    return (when.latest or when.earliest if when is not None else None) or lane.first or "9999"
