"""The tables about who may see what and who did what. Invariant: lines of the audit log are only ever added.

They refer to documents, and nothing refers to them, so they have a `MetaData` of their own; the migrations make both.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

from khabar.store.schema import documents

__all__ = ["audit", "clearances", "metadata", "restrictions"]

metadata = MetaData()

audit = Table(
    "audit",
    metadata,
    Column(
        "number", Integer, primary_key=True, autoincrement=False, comment="Place in the chain, from 1, without gaps."
    ),
    Column("at", String, nullable=False, comment="When."),
    Column("by", String, nullable=False, comment="Who; empty for the program."),
    Column("act", String, nullable=False, comment="What was done."),
    Column("subject", String, nullable=False, comment="To what: a number of a journal, a document, an account, …"),
    Column("details", Text, nullable=False, comment="More about it, as canonical JSON."),
    Column("before", String(64), nullable=False, unique=True, comment="Hash of the line before, so that none forks."),
    Column("hash", String(64), nullable=False, unique=True, comment="Hash of this line with the one before."),
    Index("audit_by_act", "act", "number"),
    comment="Who did what, as a chain of hashes; rows are only ever added.",
)

restrictions = Table(
    "restrictions",
    metadata,
    Column(
        "document", String, ForeignKey(documents.c.id, ondelete="CASCADE"), primary_key=True, comment="The document."
    ),
    Column("group", String, primary_key=True, comment="A group that may see it."),
    comment="Documents that only some groups may see; without a row everybody may.",
)

clearances = Table(
    "clearances",
    metadata,
    Column("journal", String, primary_key=True, comment="decision or review."),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="Its number in that journal."),
    Column("groups", Text, nullable=False, comment="The groups of whoever decided, as a JSON list."),
    comment="What was decided by somebody who did not see the whole base; without a row the person saw all of it.",
)
