"""The tables of reference records. Invariant: they refer to nothing of the base, and nothing of the base to them.

What other people recorded stays apart from reports and claims, so it has a `MetaData` of its own; the migrations make
both.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

__all__ = ["metadata", "reference_problems", "reference_records", "reference_sets"]

metadata = MetaData()


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True, comment="Row number, in the order rows came.")


def _set() -> Column[str]:
    target = ForeignKey("reference_sets.id", ondelete="CASCADE")
    return Column("set", String, target, nullable=False, comment="The imported file it stands in.")


reference_sets = Table(
    "reference_sets",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True, comment="Hash of the shape and the bytes of the file."),
    Column("shape", String, nullable=False, index=True, comment="Which data set: ucdp-ged, un-list."),
    Column("title", String, nullable=False, comment="Its name in full."),
    Column("version", String, nullable=False, comment="Its release or day; empty where nobody said."),
    Column("file", String, nullable=False, comment="Name of the file."),
    Column("sha256", String, nullable=False, comment="SHA-256 of the file, hexadecimal."),
    Column("licence", Text, nullable=False, comment="Under which terms it may be used, and how to cite it."),
    Column("imported_at", String, nullable=False, comment="When it was imported."),
    Column("records", Integer, nullable=False, comment="How many records it holds."),
    Column("problems", Integer, nullable=False, comment="How many of its rows could not be read."),
    comment="Imported files of other people's data sets.",
)

reference_records = Table(
    "reference_records",
    metadata,
    _number(),
    _set(),
    Column("key", String, nullable=False, comment="Id of the record in its data set."),
    Column("line", Integer, nullable=False, comment="Its line in the file."),
    Column("kind", String, nullable=False, comment="incident or entry."),
    Column("data", JSON, nullable=False, comment="The record."),
    Index("reference_records_by_key", "set", "key", unique=True),
    comment="Other people's records; no claims of reports, and no origin of an incident.",
)

reference_problems = Table(
    "reference_problems",
    metadata,
    _number(),
    _set(),
    Column("line", Integer, nullable=False, comment="The line in the file; 0 for the file as a whole."),
    Column("message", Text, nullable=False, comment="What is wrong with it."),
    Column("remedy", Text, nullable=False, comment="What can be done."),
    Index("reference_problems_by_set", "set"),
    comment="Rows of imported files that could not be read.",
)
