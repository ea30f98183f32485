"""The store as a whole: facts about it, files that could not be archived, and what changed it."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table

from khabar.store.schema.columns import metadata, number

__all__ = ["problems", "runs", "state"]

state = Table(
    "state",
    metadata,
    Column("name", String, primary_key=True, comment="What the line is about: resolution, doubt, rule or resolved_at."),
    Column(
        "value",
        String,
        nullable=False,
        comment="For resolution: current, or stale after claims or decisions changed. For doubt: the confidence below "
        "which claims were left out of it. For rule: the one by which it chose the values shown. For resolved_at: the "
        "moment at which incidents last changed.",
    ),
    comment="Facts about the store as a whole.",
)

problems = Table(
    "problems",
    metadata,
    Column("file", String, primary_key=True, comment="The file."),
    Column("message", String, primary_key=True, comment="What is wrong with it."),
    Column("remedy", String, nullable=False, comment="What can be done."),
    Column("at", String, nullable=False, comment="When it was last tried."),
    comment="Files that could not be archived.",
)

runs = Table(
    "runs",
    metadata,
    number(),
    Column("command", String, nullable=False, comment="The command."),
    Column("started_at", String, nullable=False, comment="When it began."),
    Column("finished_at", String, comment="When it ended; null while at work or after an interruption."),
    Column("counts", JSON, nullable=False, comment="What it counted, by name."),
    comment="Commands that changed the store.",
)
