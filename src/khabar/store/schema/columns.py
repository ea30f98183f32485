"""What several tables have in common. Invariant: one `MetaData` holds all tables of the base."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, String

__all__ = ["LARGE", "made_from", "metadata", "number", "to"]

metadata = MetaData()

LARGE = BigInteger().with_variant(Integer(), "sqlite")
"""A number that a report may state, however large."""


def number() -> Column[int]:
    """The number of a row, in the order rows came."""
    return Column("number", Integer, primary_key=True, comment="Row number, in the order rows came.")


def made_from() -> Column[str]:
    """What a row was made from."""
    words = "Fingerprint of all that it was made from; empty where it is made again by the next run."
    return Column("made_from", String, nullable=False, server_default="", comment=words)


def to(target: str) -> ForeignKey:
    """A reference that takes the row with it when its target goes."""
    return ForeignKey(target, ondelete="CASCADE")
