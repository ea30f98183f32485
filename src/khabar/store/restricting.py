"""Documents that only some groups may see, in SQL. Invariant: this keeps what was said; `khabar.access` hides by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from khabar.errors import NotFoundError
from khabar.store.auditing import logged
from khabar.store.chain import canonical
from khabar.store.schema import documents
from khabar.store.schema_access import clearances, restrictions
from khabar.store.sql import SqlSource

__all__ = ["SqlAccessView", "SqlAccessWriter", "cleared", "restrict", "said"]

_MANY = 500  # ids in one question


class SqlAccessView(SqlSource):
    """The part of `khabar.store.base.View` about access."""

    def restrictions(self, documents: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
        """Of those of these documents (none given: all) that not everybody may see: the groups that may, sorted."""
        r = restrictions.c
        found: defaultdict[str, list[str]] = defaultdict(list)
        for start in range(0, max(1, len(documents)), _MANY):
            asked = select(r.document, r.group).order_by(r.document)
            if documents:
                asked = asked.where(r.document.in_(documents[start : start + _MANY]))
            for row in self._rows(asked):
                found[row.document].append(row.group)
        return {document: tuple(sorted(groups)) for document, groups in found.items()}


class SqlAccessWriter(SqlSource):
    """The part of `khabar.store.base.Store` about access."""

    def restrict(self, documents: Sequence[str], groups: Sequence[str], by: str) -> None:
        """Let only these groups see documents, in place of what held before; without groups everybody may."""
        with self._writing() as connection:
            for document in documents:
                restrict(connection, document, groups)
            for document in documents:
                said(connection, document, groups, by)


def restrict(connection: Connection, document: str, groups: Sequence[str]) -> None:
    """Let only these groups see a document, in the caller's transaction, that also writes the line (`said`)."""
    if connection.execute(select(documents.c.id).where(documents.c.id == document)).first() is None:
        raise NotFoundError(f"There is no document {document[:12]}.", "`khabar documents` lists them.")
    connection.execute(delete(restrictions).where(restrictions.c.document == document))
    if groups:
        connection.execute(
            insert(restrictions), [{"document": document, "group": group} for group in sorted(set(groups))]
        )


def said(connection: Connection, document: str, groups: Sequence[str], by: str, *, new: bool = False) -> None:
    """The line about it, after all else that the transaction writes; `new` says that nobody saw the document before."""
    act = "add restricted" if new else "restrict" if groups else "open"
    logged(connection, by, act, document, {"groups": sorted(set(groups))})


def cleared(connection: Connection, journal: str, number: int, groups: Sequence[str] | None) -> None:
    """Keep that whoever decided saw what these groups may see (None: everything)."""
    if groups is not None:
        row = {"journal": journal, "number": number, "groups": canonical(sorted(set(groups)))}
        connection.execute(insert(clearances), row)
