"""What a comparison gives. Invariant: every incident of either side is in one row exactly."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.records import Event, Reason, ReferenceIncident, ReferenceSet

__all__ = ["MATCHED", "VERDICTS", "Comparison", "Coverage", "CoverageRow", "Difference", "Likely", "Row"]

VERDICTS = ("same", "unsure", "only_mine", "only_theirs")
"""Both have it; perhaps both have it, and a person should look; only this base has it; only the data set has it."""

MATCHED = VERDICTS[:2]
"""The verdicts of rows with two sides."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A likely reason: the name under which reasons are counted, and the facts it rests on in words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of both sides in words. `agrees` is None where the two cannot be compared."""

    field: str
    mine: str
    theirs: str
    agrees: bool | None
    reasons: tuple[Likely, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An incident of the base, a record of the data set, or both.

    Of a pair, `score` and `reasons` are those of the comparison and `fields` both sides side by side. Of an incident
    that one side alone has, `why` holds likely reasons, and `near` the id of what on the other side comes nearest.
    `parts` are further records of the same event in other places.
    """

    verdict: str
    mine: Event | None = None
    theirs: ReferenceIncident | None = None
    score: float | None = None
    reasons: tuple[Reason, ...] = ()
    fields: tuple[Difference, ...] = ()
    why: tuple[Likely, ...] = ()
    near: str | None = None
    parts: tuple[ReferenceIncident, ...] = ()

    @property
    def key(self) -> str:
        """What names the row: the record's id, else the incident's."""
        return self.theirs.key if self.theirs else self.mine.id if self.mine else ""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How many incidents of one year, area or kind each side has, and how many of them the other side has too, surely
    (`same`) or perhaps (`unsure`).
    """

    by: str
    value: str
    theirs: int = 0
    theirs_same: int = 0
    theirs_unsure: int = 0
    mine: int = 0
    mine_same: int = 0
    mine_unsure: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Sums of a comparison: in all, by year, area and kind; and how often each reason stands for a difference, as
    (field or verdict, reason, number), the most frequent first.
    """

    whole: CoverageRow
    rows: tuple[CoverageRow, ...]
    reasons: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A base set against the files of one data set."""

    name: str
    sets: tuple[ReferenceSet, ...]
    rows: tuple[Row, ...]
    coverage: Coverage
