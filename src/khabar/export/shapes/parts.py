"""Columns, rows and losses. Invariant: every cell that rests on reports names its claims, and whatever a target cannot
hold, narrows or leaves out is a loss under a rule that the shape declares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["COLUMN_TYPES", "Column", "Loss", "LossKind", "LossRule", "Row"]

COLUMN_TYPES = ("text", "integer", "number", "day")

LossKind = Literal["left out", "withheld", "narrowed", "not held"]
"""left out: an incident without a row. withheld: an allegation that the profile keeps back. narrowed: a value that the
target's column takes only in part. not held: something known for which the target has no column.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a target: its type (`COLUMN_TYPES`), what its owner says it holds, and where that is written.

    `values` closes it to a list, `required` says that it is never empty. `fill` says in words what Khabar puts there;
    where it puts nothing `fill` begins with "empty".
    """

    name: str
    type: str
    says: str
    source: str
    fill: str
    values: tuple[str | int, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class LossRule:
    """One way in which a target takes less than there is; `key` names it, `says` tells it to people."""

    key: str
    kind: LossKind
    says: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row (or object) of the target. `subject` is the incident, total or actor it tells of; `claims` gives for a
    column the ids of the claims its value rests on. A column that is not in `values` is empty.
    """

    id: str
    subject: str
    values: Mapping[str, Any]
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loss:
    """What of `subject` (an incident, a total or an actor) does not reach the target, by which rule, in which words."""

    subject: str
    rule: LossRule
    detail: str = ""
    column: str | None = None
    claims: tuple[str, ...] = ()
