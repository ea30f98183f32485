"""Reference records in SQL, and the names that lists give to actors. Invariant: an import is there whole or not at all.

The methods are described in `khabar.store.base`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from khabar.errors import NotFoundError
from khabar.records import Actor, ReferenceProblem, ReferenceRecord, ReferenceSet
from khabar.store.auditing import logged
from khabar.store.loading import insert_rows
from khabar.store.reference_rows import reference_from_json, reference_to_json
from khabar.store.rows import actor_row, now
from khabar.store.schema import actor_names, actors
from khabar.store.schema_reference import reference_problems, reference_records, reference_sets
from khabar.store.sql import SqlSource
from khabar.text import fold

__all__ = ["ReferenceTables"]

_TOGETHER = 500  # rows inserted at a time, and ids asked for at a time
_FIELDS = tuple(ReferenceSet.__dataclass_fields__)


class ReferenceTables(SqlSource):
    """The part of `khabar.store.base.Store` that keeps other people's records."""

    def reference_sets(self) -> list[ReferenceSet]:
        """The imported files, the oldest import first."""
        question = select(reference_sets).order_by(reference_sets.c.number)
        return [ReferenceSet(**{name: getattr(row, name) for name in _FIELDS}) for row in self._rows(question)]

    def reference_records(self, set_: str, keys: Sequence[str] = ()) -> Iterator[ReferenceRecord]:
        """The records of an imported file in its order, or those with these keys."""
        r = reference_records.c
        for begin in range(0, max(1, len(keys)), _TOGETHER):
            question = select(r.kind, r.data).where(r.set == set_).order_by(r.number)
            if keys:
                question = question.where(r.key.in_(keys[begin : begin + _TOGETHER]))
            for row in self._rows(question):
                yield reference_from_json(row.kind, row.data)

    def reference_problems(self, set_: str) -> list[ReferenceProblem]:
        """The rows of an imported file that could not be read, in its order."""
        p = reference_problems.c
        question = select(p.line, p.message, p.remedy).where(p.set == set_).order_by(p.number)
        return [ReferenceProblem(row.line, row.message, row.remedy) for row in self._rows(question)]

    def add_reference(
        self, about: ReferenceSet, rows: Iterable[ReferenceRecord | ReferenceProblem], by: str = ""
    ) -> ReferenceSet | None:
        """Keep an imported file; None, and nothing changes, where its bytes are there already."""
        with self._writing() as connection:
            known = select(reference_sets.c.number).where(reference_sets.c.id == about.id)
            if connection.execute(known).first() is not None:
                return None
            kept = replace(about, imported_at=now(), records=0, problems=0)
            connection.execute(insert(reference_sets), {name: getattr(kept, name) for name in _FIELDS})
            records, problems = _Batch(connection, reference_records), _Batch(connection, reference_problems)
            for row in rows:
                if isinstance(row, ReferenceProblem):
                    problems.add({"set": kept.id, "line": row.line, "message": row.message, "remedy": row.remedy})
                else:
                    kind, data = reference_to_json(row)
                    records.add({"set": kept.id, "key": row.key, "line": row.line, "kind": kind, "data": data})
            kept = replace(kept, records=records.close(), problems=problems.close())
            counts = {"records": kept.records, "problems": kept.problems}
            connection.execute(update(reference_sets).where(reference_sets.c.id == kept.id).values(**counts))
            details = {name: getattr(kept, name) for name in ("shape", "file", "sha256")}
            logged(connection, by, "import", kept.id, details)
        return kept

    def forget_reference(self, set_: str, by: str = "") -> None:
        """Take an imported file out again, with all its records."""
        with self._writing() as connection:
            gone = connection.execute(delete(reference_sets).where(reference_sets.c.id == set_))
            if not gone.rowcount:
                raise NotFoundError(f"There is no imported file {set_!r}.", "`khabar import list` shows them.")
            logged(connection, by, "forget import", set_, {})

    def save_names(self, changed: Iterable[Actor]) -> None:
        """Replace names and outside ids of actors that are there; those that are not are passed over."""
        with self._writing() as connection:
            for actor in changed:
                row = actor_row(actor)
                found = connection.execute(
                    update(actors).where(actors.c.id == actor.id).values(name=row["name"], data=row["data"])
                )
                if found.rowcount:
                    connection.execute(delete(actor_names).where(actor_names.c.actor == actor.id))
                    folded = dict.fromkeys(fold(name.text) for name in actor.names)
                    connection.execute(insert(actor_names), [{"actor": actor.id, "folded": f} for f in folded])


class _Batch:
    """Rows of one table, inserted some at a time."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection, self._table = connection, table
        self._rows: list[dict[str, Any]] = []
        self._count = 0

    def add(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) == _TOGETHER:
            self._flush()

    def close(self) -> int:
        """Insert what is left; gives how many rows there were."""
        self._flush()
        return self._count

    def _flush(self) -> None:
        if self._rows:
            insert_rows(self._connection, self._table, self._rows)
        self._count += len(self._rows)
        self._rows = []
