"""What can be asked of a store about who may see what, and who did what. Invariant: plain frozen records, as in
`questions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from khabar.store.chain import AuditLine

__all__ = ["AccessStore", "AccessView", "AuditFilter", "AuditState"]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines of the audit log: by person, act and subject, all to the letter; from a moment on (ISO text). The
    last `limit` of them, where it is given.
    """

    by: str | None = None
    act: str | None = None
    subject: str | None = None
    since: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class AuditState:
    """What a look through the audit log found: how many `lines` follow each other as they should, the hash of the last
    of them, and, where something does not fit, what (`fault`) and at which line (`first`).
    """

    lines: int
    head: str
    fault: str = ""
    first: int | None = None


class AccessView(Protocol):
    """The part of `View` about access and the audit log."""

    def audit(self, where: AuditFilter = ...) -> Iterator[AuditLine]:
        """Lines of the audit log, the oldest first."""

    def audit_state(self, expect: str | None = None) -> AuditState:
        """Whether the log, and what it seals, is as it was written; `expect` is a hash kept of an earlier look."""

    def restrictions(self, documents: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
        """Of those of these documents (none given: all) that not everybody may see: the groups that may, sorted."""


class AccessStore(Protocol):
    """The part of `Store` about access and the audit log."""

    def append_audit(self, by: str, act: str, subject: str = "", details: Mapping[str, Any] = ...) -> AuditLine:
        """Write that somebody did something; what the store's own methods do is written by them."""

    def restrict(self, documents: Sequence[str], groups: Sequence[str], by: str) -> None:
        """Let only these groups see documents (ids in full), in place of what held before; without groups everybody
        may. NotFoundError, and nothing changes, where a document is not there.
        """
