"""What is one and what is not, by rules and by people, and what cannot all hold. Invariant: rows of `decisions` are
only ever added.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from khabar.store.schema.columns import LARGE, made_from, metadata, number, to

__all__ = ["contradiction_claims", "contradictions", "decisions", "judgements"]

judgements = Table(
    "judgements",
    metadata,
    number(),
    Column("left", String, nullable=False, index=True, comment="A claim id or an actor name."),
    Column("right", String, nullable=False, index=True, comment="Another claim id or actor name."),
    Column("verdict", String, nullable=False, comment="same, different or unsure."),
    Column("by", String, nullable=False, comment="The user, or rule: and the name of the rule."),
    Column("by_rule", Boolean, nullable=False, index=True, comment="Whether a rule judged."),
    Column("at", String, nullable=False, comment="When a person decided; empty for rules."),
    Column("score", Float, nullable=False, comment="The sum of the reasons."),
    Column("reasons", JSON, nullable=False, comment="Why: [feature, score, words]."),
    made_from(),
    comment="Whether two claims are about one incident, or two names about one actor; made anew from claims and "
    "decisions.",
)

decisions = Table(
    "decisions",
    metadata,
    number(),
    # No foreign keys to claims: a decision outlives the claims it was about, and finds their successors by place.
    Column("by", String, nullable=False, comment="Who decided."),
    Column("at", String, nullable=False, comment="When, to the microsecond; later than every decision before it."),
    Column("act", String, nullable=False, comment="same, different, unsure, merge, split or undo."),
    Column("sides", JSON, nullable=False, comment="What it is about: sides of [claim or name, document, start, end]."),
    Column("undoes", Integer, ForeignKey("decisions.number"), index=True, comment="The decision that it undoes."),
    Column("note", Text, nullable=False, comment="Why, in the person's words."),
    comment="What people decided about incidents and actors, in order; rows are only ever added.",
)

contradictions = Table(
    "contradictions",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True, comment="Id of the contradiction."),
    Column("kind", String, nullable=False, index=True, comment="toll, date, place, attribution, presence, …"),
    Column("subject", String, nullable=False, index=True, comment="Event id, actor id or relation key it is about."),
    Column("title", String, nullable=False, comment="What is in dispute, in a few words."),
    Column("killed", LARGE, nullable=False, server_default="-1", comment="The dead of its incident; -1 without any."),
    Column("data", JSON, nullable=False, comment="The sides with their claims, and the note."),
    Index("contradictions_by_killed", "killed", "kind", "title", "id"),
    Index("contradictions_in_order", "kind", "title", "id"),
    comment="Claims that cannot all hold as they stand.",
)

contradiction_claims = Table(
    "contradiction_claims",
    metadata,
    Column("contradiction", String, to("contradictions.id"), primary_key=True, comment="The contradiction."),
    Column("claim", String, to("claims.id"), primary_key=True, index=True, comment="A claim on one of its sides."),
    comment="Which claims stand against each other.",
)
