"""The tables about who works on the base. Invariant: no secret is kept, only hashes; accounts are never deleted, for
decisions are kept in their names.

They refer to each other alone, so they have a `MetaData` of their own; the migrations make all.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table, Text

__all__ = ["account_groups", "accounts", "metadata", "sessions", "tokens"]

metadata = MetaData()


def _of_account(*, key: bool = False) -> Column[str]:
    to = ForeignKey("accounts.name", ondelete="CASCADE")
    return Column("account", String(60), to, primary_key=key, nullable=False, index=not key, comment="The account.")


accounts = Table(
    "accounts",
    metadata,
    Column("name", String(60), primary_key=True, comment="The name that decisions are kept under."),
    Column("role", String(20), nullable=False, comment="reader, coder, reviewer or admin."),
    Column("password", Text, nullable=False, comment="argon2id hash of the password; empty without one."),
    Column("password_at", String, nullable=False, comment="When the password was set; empty without one."),
    Column("subject", String, unique=True, comment="Issuer and subject at the provider of the house; null without."),
    Column("disabled", Boolean, nullable=False, comment="Whether nobody can sign in to it any more."),
    Column("created_at", String, nullable=False, comment="When it was made."),
    comment="Who works on the base.",
)

account_groups = Table(
    "account_groups",
    metadata,
    _of_account(key=True),
    Column("group", String, primary_key=True, comment="A group, whose restricted documents the account may see."),
    comment="Which groups an account belongs to.",
)

sessions = Table(
    "sessions",
    metadata,
    Column("number", Integer, primary_key=True, comment="Row number, in the order rows came."),
    _of_account(),
    Column("hash", String(64), nullable=False, unique=True, comment="SHA-256 of the browser's token."),
    Column("began_at", String, nullable=False, comment="When the person signed in."),
    Column("seen_at", String, nullable=False, comment="When it was last used, to the minute."),
    Column("until", String, nullable=False, index=True, comment="Until when it is good at most."),
    Column("agent", String, nullable=False, comment="What the browser says it is."),
    comment="Browsers in which somebody is signed in.",
)

tokens = Table(
    "tokens",
    metadata,
    Column("number", Integer, primary_key=True, comment="Row number, in the order rows came."),
    _of_account(),
    Column("hash", String(64), nullable=False, unique=True, comment="SHA-256 of the token."),
    Column("label", String, nullable=False, comment="What it is for, in its owner's words."),
    Column("scope", String(10), nullable=False, comment="read or write."),
    Column("created_at", String, nullable=False, comment="When it was made."),
    Column("until", String, nullable=False, comment="Until when it is good."),
    Column("used_at", String, nullable=False, comment="When it was last used, to the minute; empty: never."),
    Column("revoked_at", String, nullable=False, comment="When it was revoked; empty: not."),
    comment="Keys for programs that work in somebody's name.",
)
