"""The first tables; `khabar.store.schema` says what they hold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables and their full-text indexes."""
    _texts()
    _readings()
    _actors()
    _incidents()
    _judgements()
    _log()
    if op.get_bind().dialect.name == "sqlite":
        _full_text("documents", "title", "text")
        _full_text("claims", "words")
        _full_text("events", "words")
    else:
        _word_tables("documents", "claims", "events")


def _texts() -> None:
    op.create_table(
        "documents",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("genre", sa.String(), nullable=False),
        sa.Column("earliest", sa.String(length=10), nullable=True),
        sa.Column("latest", sa.String(length=10), nullable=True),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("retrieved_at", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("unread", sa.String(), nullable=True),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.String(), nullable=False),
        sa.Column("repairs", sa.JSON(), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_documents_earliest"), "documents", ["earliest"])
    op.create_index(op.f("ix_documents_language"), "documents", ["language"])
    op.create_index(op.f("ix_documents_publisher"), "documents", ["publisher"])
    op.create_table(
        "origins",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("added_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_origins_document"), "origins", ["document"])
    op.create_table(
        "copies",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("cluster", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document"),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("extractor", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("codebook", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "claims",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("aggregate", sa.Boolean(), nullable=False),
        sa.Column("earliest", sa.String(length=10), nullable=True),
        sa.Column("latest", sa.String(length=10), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("claims_by_place", "claims", ["document", "start"])
    op.create_index("claims_by_type", "claims", ["kind", "type"])


def _actors() -> None:
    op.create_table(
        "actors",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "actor_names",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actors.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_actor_names_actor"), "actor_names", ["actor"])
    op.create_index(op.f("ix_actor_names_folded"), "actor_names", ["folded"])
    op.create_table(
        "actor_links",
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actors.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "role", "actor"),
    )
    op.create_index("actor_links_by_actor", "actor_links", ["actor", "role"])


def _incidents() -> None:
    op.create_table(
        "events",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("earliest", sa.String(length=10), nullable=True),
        sa.Column("latest", sa.String(length=10), nullable=True),
        sa.Column("killed", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_events_earliest"), "events", ["earliest"])
    op.create_index(op.f("ix_events_killed"), "events", ["killed"])
    op.create_index(op.f("ix_events_type"), "events", ["type"])
    op.create_table(
        "event_claims",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event"], ["events.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "claim"),
    )
    op.create_index(op.f("ix_event_claims_claim"), "event_claims", ["claim"])
    op.create_table(
        "event_places",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("admin1", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["event"], ["events.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("event_places_by_country", "event_places", ["country", "admin1"])
    op.create_index(op.f("ix_event_places_event"), "event_places", ["event"])


def _judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("left", sa.String(), nullable=False),
        sa.Column("right", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("by_rule", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_judgements_by_rule"), "judgements", ["by_rule"])
    op.create_index(op.f("ix_judgements_left"), "judgements", ["left"])
    op.create_index(op.f("ix_judgements_right"), "judgements", ["right"])
    op.create_table(
        "contradictions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_contradictions_kind"), "contradictions", ["kind"])
    op.create_index(op.f("ix_contradictions_subject"), "contradictions", ["subject"])
    op.create_table(
        "contradiction_claims",
        sa.Column("contradiction", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["contradiction"], ["contradictions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contradiction", "claim"),
    )
    op.create_index(op.f("ix_contradiction_claims_claim"), "contradiction_claims", ["claim"])


def _log() -> None:
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=True),
        sa.Column("accepted", sa.JSON(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_reviews_target"), "reviews", ["target"])
    op.create_table(
        "problems",
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("remedy", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("file", "message"),
    )
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("finished_at", sa.String(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "state",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _full_text(name: str, *columns: str) -> None:
    """An FTS5 index that keeps no copy of the columns it indexes, and the triggers that keep it true."""
    fts, listed = f"{name}_fts", ", ".join(columns)
    new, old = (", ".join(f"{row}.{c}" for c in columns) for row in ("new", "old"))
    remove = f"INSERT INTO {fts} ({fts}, rowid, {listed}) VALUES ('delete', old.number, {old});"  # noqa: S608
    add = f"INSERT INTO {fts} (rowid, {listed}) VALUES (new.number, {new});"  # noqa: S608
    words = "tokenize='porter unicode61 remove_diacritics 2'"
    op.execute(f"CREATE VIRTUAL TABLE {fts} USING fts5({listed}, content='{name}', content_rowid='number', {words})")
    op.execute(f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {name} BEGIN {add} END")
    op.execute(f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {name} BEGIN {remove} END")
    op.execute(f"CREATE TRIGGER {fts}_update AFTER UPDATE OF {listed} ON {name} BEGIN {remove} {add} END")


def _word_tables(*names: str) -> None:
    """Tables of the words of other tables, for PostgreSQL: stemmed as FTS5 stems them, none left out."""
    op.execute("CREATE TEXT SEARCH DICTIONARY khabar_stem (TEMPLATE = snowball, LANGUAGE = porter)")
    op.execute('CREATE TEXT SEARCH CONFIGURATION khabar (PARSER = "default")')
    kinds = "asciiword, word, numword, int, uint, float, sfloat, version"  # a word holds letters and digits alone
    op.execute(f"ALTER TEXT SEARCH CONFIGURATION khabar ADD MAPPING FOR {kinds} WITH khabar_stem")
    for name in names:
        op.execute(
            f"CREATE TABLE {name}_words (id varchar NOT NULL REFERENCES {name} (id) ON DELETE CASCADE, "
            "part integer NOT NULL, words tsvector NOT NULL, PRIMARY KEY (id, part))"
        )
        op.execute(f"CREATE INDEX {name}_by_words ON {name}_words USING gin (words)")
