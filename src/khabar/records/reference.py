"""Other people's records: data sets of incidents and lists of names. Invariant: they keep their own origin, a file of a
data set in a version, and are never claims of reports nor an origin of an incident.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.records.claims import Place
from khabar.records.measures import Count, When
from khabar.records.vocabulary import NAME_KINDS, need, one_of

__all__ = [
    "LISTED_KINDS",
    "ListEntry",
    "ListedName",
    "ReferenceIncident",
    "ReferenceParty",
    "ReferenceProblem",
    "ReferenceRecord",
    "ReferenceReport",
    "ReferenceSet",
]

LISTED_KINDS = ("person", "organization")


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """One imported file: which data set (`shape`), in which `version` ("" where nobody said), under which licence.

    `id` is a hash of shape and bytes, so the same file is the same set. `records` and `problems` count its rows.
    """

    id: str
    shape: str
    title: str
    version: str
    file: str
    sha256: str
    licence: str
    imported_at: str = ""
    records: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True)
class ReferenceProblem:
    """A row that could not be read: its line (1-based, 0 for the file as a whole), what is wrong, and the remedy."""

    line: int
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceParty:
    """A side of an event as the data set names it, with the dead on it where they are told apart.

    `role` is perpetrator, victim, or party where the data set does not say who attacked.
    """

    name: str
    number: str = ""
    role: str = "party"
    killed: int | None = None


@dataclass(frozen=True, slots=True)
class ReferenceReport:
    """A report that a record rests on: headline, who published it, and the day (ISO), as far as they are given."""

    headline: str
    publisher: str = ""
    day: str | None = None


@dataclass(frozen=True, slots=True)
class ReferenceIncident:
    """One event of a data set. `key` is its id there, `line` its line in the file, `kind` its kind in words.

    `sums_up`: the record is a total of several events, not one of them. `civilians` are the civilians among `killed`;
    `reports` the reports it names, `credited` whom those reports had it from.
    """

    key: str
    line: int
    when: When
    place: Place
    killed: Count
    kind: str = ""
    parties: tuple[ReferenceParty, ...] = ()
    civilians: int | None = None
    sums_up: bool = False
    reports: tuple[ReferenceReport, ...] = ()
    credited: str = ""
    remark: str = ""

    def __post_init__(self) -> None:
        need(self.key, "a reference record needs an id")


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name of a list entry; `sure` is false of aliases that the list itself calls of low quality."""

    text: str
    kind: str = "alias"
    sure: bool = True

    def __post_init__(self) -> None:
        one_of(self.kind, NAME_KINDS, "listed name kind")


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of a public list: its reference, who it is (`names[0]` is the listed name), on which list (`roll`),
    since when (ISO day).

    Nothing else that a list tells of a person is kept: no births, documents, addresses or remarks. `remark` is what a
    list says of an organisation.
    """

    key: str
    line: int
    kind: str
    names: tuple[ListedName, ...]
    roll: str
    listed_on: str | None = None
    remark: str = ""

    def __post_init__(self) -> None:
        need(self.key, "a list entry needs a reference")
        one_of(self.kind, LISTED_KINDS, "list entry kind")
        need(self.names, f"list entry {self.key} needs a name")
        need(self.kind != "person" or not self.remark, "of a person a list entry keeps no remark")


ReferenceRecord = ReferenceIncident | ListEntry
