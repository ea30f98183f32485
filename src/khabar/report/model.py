"""What stands in a report, in plain words, before it is written as HTML, PDF, DOCX or a spreadsheet. Invariant: every
number names the incidents that make it up, and every incident the passages it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khabar.charts import Chart

__all__ = [
    "Clash",
    "Incident",
    "Number",
    "Passage",
    "Picture",
    "Piece",
    "Report",
    "Section",
    "Table",
    "Tie",
    "Utterance",
]


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or what stands for one, with the ids of the incidents that make it up; none where it is no count."""

    words: str
    incidents: tuple[str, ...] = ()


Piece = str | Number
"""A run of words, or a number with its incidents; a sentence is several."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows have as many cells as there are columns, the first of them words."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, or a map as an `<svg>` element in the colours of print; `lists` are the incidents behind its areas."""

    name: str
    title: str
    note: str
    chart: Chart | None = None
    svg: str = ""
    lists: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A brief quote, and where it stands: report, publisher, day of publication, address; `by` is who says it."""

    quote: str
    report: str
    publisher: str = ""
    published: str = ""
    url: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident of the report's list. `number` is its number there; counts are words ("61 (59–66)")."""

    id: str
    number: int
    when: str
    where: str
    what: str
    killed: str
    injured: str
    attackers_killed: str
    attributed: tuple[str, ...]
    sources: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Something that happened to or between groups, in one line, with who says so."""

    when: str
    words: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said of the conflict: a denial, an estimate, a warning."""

    kind: str
    speaker: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Clash:
    """What sources disagree about: each side in words with its passages, and what may reconcile them."""

    title: str
    sides: tuple[tuple[str, tuple[Passage, ...]], ...]
    reconciled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs, pictures and tables."""

    name: str
    title: str
    paragraphs: tuple[tuple[Piece, ...], ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. `incidents` are those of the period, `earlier` those of the period before, `perhaps` those
    whose date is not known closely enough to say whether they belong to it: they are in no number.
    """

    title: str
    period: str
    area: str
    rule: str
    made: str
    headline: tuple[Piece, ...]
    sections: tuple[Section, ...]
    ties: tuple[Tie, ...] = ()
    statements: tuple[Utterance, ...] = ()
    clashes: tuple[Clash, ...] = ()
    method: tuple[str, ...] = ()
    incidents: tuple[Incident, ...] = ()
    perhaps: tuple[Incident, ...] = ()
    earlier: tuple[Incident, ...] = ()

    def tables(self) -> Iterator[Table]:
        """Every table, in the order of the report."""
        for section in self.sections:
            yield from section.tables

    def all_incidents(self) -> Iterator[Incident]:
        """Every incident that has an entry."""
        yield from self.incidents
        yield from self.perhaps
        yield from self.earlier
