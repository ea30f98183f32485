"""A genealogy as lines on a sheet. Invariant: the same genealogy gives the same picture, to the pixel; each lane has a
row of its own, and no two ties that cross the same rows stand at the same place.

Time runs from left to right in proportion to days. Ties without any date stand in a column of their own before it.
Lengths are pixels of the sheet; the page may scale it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from khabar.analysis.genealogy import Drawn, Genealogy, Lane

__all__ = ["Line", "Picture", "Row", "Tick", "picture"]

LABEL = 250  # width of the column of names
ROW = 30  # from lane to lane
TOP = 34  # above the first lane: the years
GAP = 9  # between two ties that cross the same rows
EDGE = 16  # free space at both ends of time
STUB = 16  # how far an open date reaches


@dataclass(frozen=True, slots=True)
class Row:
    """A lane on the sheet: `y` of its line, from `left` to `right`; `open_left` and `open_right` where nothing says
    that the group began or ended there.
    """

    lane: Lane
    y: int
    left: float
    right: float
    open_left: bool
    open_right: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A tie on the sheet: at `x` from the row of `start` to that of `end`, the arrow (if any) at `end`. Its date lies
    between `left` and `right`, or before both where `open_left`.
    """

    drawn: Drawn
    x: float
    start: int
    end: int
    left: float
    right: float
    open_left: bool

    @property
    def dated(self) -> bool:
        """Whether any claim dates the tie."""
        began = self.drawn.tie.began
        return bool(began.earliest or began.latest)


@dataclass(frozen=True, slots=True)
class Tick:
    """A year, and where it begins."""

    year: int
    x: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows, lines and years on a sheet of this size. Time runs from `left` to `right`, from day `first` to day `last`;
    what is undated stands between the names and `left`.
    """

    width: int
    height: int
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    left: float
    right: float
    first: str
    last: str

    def x_of(self, day: str) -> float:
        """Where a day stands; before and after the sheet's time at its edges."""
        return _Time(self.first, self.last, self.left, self.right).x(day)


@dataclass(frozen=True, slots=True)
class _Time:
    first: str
    last: str
    left: float
    right: float

    def x(self, day: str) -> float:
        start, end = date.fromisoformat(self.first).toordinal(), date.fromisoformat(self.last).toordinal()
        at = min(max(date.fromisoformat(day).toordinal(), start), end)
        return round(self.left + (at - start) / max(1, end - start) * (self.right - self.left), 1)


def picture(made: Genealogy, *, width: int = 1230) -> Picture:
    """The picture of a genealogy on a sheet of this width; it grows in width where ties need more room."""
    first, last = _years(made)
    undated = [d for d in made.drawn if not (d.tie.began.earliest or d.tie.began.latest)]
    left = LABEL + EDGE + (GAP * (len(undated) + 1) if undated else 0)
    time = _Time(first, last, left, max(width - EDGE, left + 400))
    y_of = {lane.actor.id: TOP + ROW // 2 + i * ROW for i, lane in enumerate(made.lanes)}
    lines = _placed(made.drawn, y_of, time)
    right = max([time.right, *(line.x + GAP for line in lines)])
    return Picture(
        width=int(right + EDGE),
        height=TOP + ROW * max(1, len(made.lanes)) + EDGE,
        rows=tuple(_row(lane, y_of[lane.actor.id], time, right) for lane in made.lanes),
        lines=tuple(lines),
        ticks=tuple(_ticks(time)),
        left=left,
        right=time.right,
        first=first,
        last=last,
    )


def _years(made: Genealogy) -> tuple[str, str]:
    """Whole years around everything that has a date."""
    days = [day for lane in made.lanes for day in (lane.first, lane.last) if day]
    for lane in made.lanes:
        days += [d for bound in (lane.begins, lane.ends) if bound for d in (bound.earliest, bound.latest) if d]
    years = [int(day[:4]) for day in days] or [2000]
    return f"{min(years):04}-01-01", f"{max(years):04}-12-31"


def _ticks(time: _Time) -> Iterable[Tick]:
    """Every year, or every second, fifth, tenth … so that their numbers have room."""
    first, last = int(time.first[:4]), int(time.last[:4])
    most = max(2, int((time.right - time.left) / 60))
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000, 10000) if (last - first) / s <= most)
    for year in range(first + -first % step, last + 1, step):
        yield Tick(year, time.x(f"{year:04}-01-01"))


def _row(lane: Lane, y: int, time: _Time, right: float) -> Row:
    begins = lane.begins and (lane.begins.earliest or lane.begins.latest)
    start = begins or lane.first
    end = lane.ends.latest if lane.ends is not None else None
    return Row(
        lane,
        y,
        left=time.x(start) if start else time.left,
        right=time.x(end) if end else right,
        open_left=not begins,
        open_right=not end,
    )


# ------------------------------------------------------------------ ties


def _placed(drawn: Iterable[Drawn], y_of: dict[str, int], time: _Time) -> list[Line]:
    """Each tie at its date, moved aside until no other stands within `GAP` that crosses the same rows: back in time
    where only the last possible day is known, else to either side; undated ones from the left of their column.
    """
    taken: dict[int, list[float]] = {}
    lines = []
    wanted = [_wanted(d, y_of, time) for d in drawn]
    for line in sorted(wanted, key=lambda w: (w.x, min(w.start, w.end), max(w.start, w.end), w.drawn.tie.id)):
        crossed = range(min(line.start, line.end), max(line.start, line.end) + 1, ROW)
        x = next(x for x in _tries(line, time) if not any(_near(x, taken.get(y, [])) for y in crossed))
        for y in crossed:
            insort(taken.setdefault(y, []), x)
        left = min(x, line.right) - STUB if line.open_left else min(x, line.left)
        lines.append(replace(line, x=x, left=round(left, 1)))
    return lines


def _tries(line: Line, time: _Time) -> Iterator[float]:
    """Where a tie may stand, the best place first."""
    if not line.dated:
        yield from (float(LABEL + EDGE + GAP * i) for i in count())
    yield line.x
    room = int((line.x - time.left) / GAP)
    if line.open_left:
        yield from (round(line.x - GAP * i, 1) for i in range(1, room + 1))
        room = 0
    for i in count(1):
        yield round(line.x + GAP * i, 1)
        if i <= room:
            yield round(line.x - GAP * i, 1)


def _near(x: float, places: Sequence[float]) -> bool:
    """Whether one of the places, which are in order, is less than `GAP` from `x`."""
    after = bisect_left(places, x)
    around = places[max(0, after - 1) : after + 1]
    return any(abs(place - x) < GAP - 0.05 for place in around)


def _wanted(drawn: Drawn, y_of: dict[str, int], time: _Time) -> Line:
    """The line where its date alone would put it: in the middle of an interval, at a bound where one is open."""
    tie, stroke = drawn.tie, drawn.stroke
    earliest, latest = tie.began.earliest, tie.began.latest
    bounds = [time.x(day) for day in (earliest, latest) if day]
    left, right = min(bounds, default=0.0), max(bounds, default=0.0)
    ends = (drawn.object, drawn.subject) if stroke.head == "subject" else (drawn.subject, drawn.object)
    middle = round((left + right) / 2, 1) if earliest and latest else left
    return Line(drawn, middle, y_of[ends[0]], y_of[ends[1]], left, right, earliest is None and latest is not None)
