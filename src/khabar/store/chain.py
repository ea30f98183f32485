"""The audit log as a chain of hashes. Invariant: what a hash is made of never changes, or no old log holds.

Each line holds the hash of the line before it, and its own hash covers that and everything else it says. Whoever
changes, removes, adds or swaps lines would have to make all later hashes anew, and a hash that somebody wrote down
elsewhere would no longer be among them. Lines about a decision or a review hold a hash of its row too, so that the
journals are sealed with the log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

__all__ = ["DECISION_FIELDS", "REVIEW_FIELDS", "START", "AuditLine", "canonical", "content_of", "next_line"]

START = "0" * 64
"""What stands before the first line."""

DECISION_FIELDS = ("number", "by", "at", "act", "sides", "undoes", "note")
REVIEW_FIELDS = (
    *("number", "document", "target", "coding", "decision", "proposed", "accepted", "evidence", "beside"),
    *("undoes", "user", "at", "note"),
)
"""The columns of the journals that a line seals."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line: when, who (empty: the program), what was done to what, with details; `before` is the hash of the line
    before it. Hashes are SHA-256, hexadecimal.
    """

    number: int
    at: str
    by: str
    act: str
    subject: str
    details: Mapping[str, Any] = field(default_factory=dict)
    before: str = START
    hash: str = ""

    @property
    def sealed(self) -> str:
        """The hash that the line must have."""
        parts = [self.number, self.at, self.by, self.act, self.subject, self.details, self.before]
        return sha256(canonical(parts).encode()).hexdigest()


def canonical(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no spaces, no escapes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_of(row: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    """The hash of a row of a journal."""
    return sha256(canonical([row[name] for name in fields]).encode()).hexdigest()


def next_line(last: tuple[int, str], at: str, by: str, what: tuple[str, str], details: Mapping[str, Any]) -> AuditLine:
    """The line that follows the one of this number and hash; `what` is its act and subject."""
    number, before = last
    line = AuditLine(number + 1, at, by, what[0], what[1], details, before)
    return AuditLine(line.number, at, by, line.act, line.subject, details, before, line.sealed)
