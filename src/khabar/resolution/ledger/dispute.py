"""One dispute before it is told. Invariant: sides exclude at least one other side, and differ in their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

from khabar.records import Claim, When

__all__ = ["Dispute", "Stand", "conflicting", "natural"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stand:
    """One side: what it says in words, the claims that say it, the value compared and, if it matters, its time."""

    says: str
    claims: tuple[Claim, ...]
    value: Any = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Sides that cannot all hold.

    `kind` is one of `CONTRADICTION_KINDS`, `subject` the incident, actor or tie it is about, `field` the field of an
    incident. `around` are further claims about the subject, which may hold what reconciles the sides; `note` is a
    remark that reconciles nothing.
    """

    kind: str
    subject: str
    title: str
    sides: tuple[Stand, ...]
    field: str = ""
    around: tuple[Claim, ...] = ()
    note: str = ""


def conflicting(
    stated: Sequence[tuple[Claim, T]], exclude: Callable[[T, T], bool], say: Callable[[T], str]
) -> tuple[Stand, ...]:
    """The stated values that exclude at least one other; empty where all can hold together.

    Values that read alike are one side; sides are in the order of their words, numbers as numbers.
    """
    values: dict[str, T] = {}
    backing: dict[str, dict[str, Claim]] = {}
    for claim, value in stated:
        words = say(value)
        values.setdefault(words, value)
        backing.setdefault(words, {})[claim.id] = claim
    rivals = {w for a, b in combinations(values, 2) if exclude(values[a], values[b]) for w in (a, b)}
    return tuple(Stand(w, tuple(backing[w].values()), values[w]) for w in sorted(rivals, key=natural))


def natural(words: str) -> list[tuple[int, str]]:
    """A key that sorts the numbers in words as numbers."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", words) if part]
