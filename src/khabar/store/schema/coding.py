"""The work of coders. Invariant: rows of `reviews` are only ever added."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from khabar.store.schema.columns import metadata, number, to

__all__ = ["assignments", "codings", "drafts", "reviews", "standing"]

reviews = Table(
    "reviews",
    metadata,
    number(),
    # No foreign key to claims: a decision outlives the claim it was about.
    Column("document", String, nullable=False, index=True, comment="The document that the claim stands in."),
    Column("target", String, nullable=False, index=True, comment="The claim first proposed, or the one added."),
    Column("coding", Integer, index=True, comment="The assignment in whose own coding it was decided; null: the base."),
    Column("decision", String, nullable=False, comment="accept, correct, reject, add or undo."),
    Column("proposed", JSON, nullable=False, comment="The claim that was proposed, in the exchange format, or null."),
    Column("accepted", JSON, nullable=False, comment="The claim that was accepted, or null."),
    Column("evidence", JSON, nullable=False, comment="Passages of single values: [value, start, end, quote]."),
    Column("beside", JSON, nullable=False, comment="Ids of the claims that stood at the same place, not decided on."),
    Column("undoes", Integer, ForeignKey("reviews.number"), index=True, comment="The review that it undoes."),
    Column("user", String, nullable=False, comment="Who decided."),
    Column("at", String, nullable=False, comment="When, to the microsecond; later than every review before it."),
    Column("note", Text, nullable=False, comment="Why, in the person's words."),
    comment="What people decided about single claims, in order; rows are only ever added.",
)

standing = Table(
    "standing",
    metadata,
    Column("claim", String, to("claims.id"), primary_key=True, comment="The claim."),
    Column("state", String, nullable=False, comment="accepted, rejected, corrected, own or waiting."),
    Column("review", Integer, nullable=False, comment="The review that it follows from."),
    comment="Claims that are decided, or wait beside a decision; made anew from the reviews of their document.",
)

assignments = Table(
    "assignments",
    metadata,
    number(),
    Column("document", String, to("documents.id"), nullable=False, index=True, comment="The document."),
    Column("user", String, nullable=False, index=True, comment="The coder it is given to."),
    Column("task", String, nullable=False, comment="review, coding or adjudication."),
    Column("batch", String, nullable=False, index=True, comment="What belongs together; empty of single reviews."),
    Column("sees_machine", Boolean, nullable=False, comment="Whether a coding begins with the machine's claims."),
    Column("by", String, nullable=False, comment="Who gave it."),
    Column("at", String, nullable=False, comment="When it was given."),
    Column("done_at", String, nullable=False, comment="When the coder finished; empty until then."),
    comment="Which document is given to whom, for what.",
)

codings = Table(
    "codings",
    metadata,
    Column("assignment", Integer, to("assignments.number"), primary_key=True, comment="The assignment."),
    Column("claims", JSON, nullable=False, comment="The claims that the coder left standing, in the exchange format."),
    comment="Finished codings, as they were when the coder finished.",
)

drafts = Table(
    "drafts",
    metadata,
    number(),
    Column("document", String, to("documents.id"), nullable=False, comment="The document."),
    Column("target", String, nullable=False, comment="The claim the form is about, or new."),
    Column("user", String, nullable=False, comment="Who is typing."),
    Column("coding", Integer, comment="The assignment it belongs to; null: the base."),
    Column("data", JSON, nullable=False, comment="The values as typed."),
    Column("at", String, nullable=False, comment="When they were saved."),
    Index("drafts_by_form", "document", "user"),
    comment="What coders typed and did not decide yet.",
)
