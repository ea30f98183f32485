"""Copying of a base what somebody may see into a base of its own. Invariant: nothing of a hidden document is read into
the other base, not even a number that counts it; rows are copied as they are, only their numbers are those they would
have if the hidden documents had never been there.

What is worked out of claims (actors, incidents, contradictions, copies) is not copied but worked out again there. Runs,
problems of files and the log are not copied at all: they are about the whole base. What is there already is not
copied again: documents and journals only grow, and claims change only with a reading or a review of their document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from khabar.store.loading import insert_rows
from khabar.store.projected import numbers
from khabar.store.schema import (
    actors,
    assignments,
    claims,
    codings,
    contradictions,
    decisions,
    documents,
    events,
    judgements,
    origins,
    readings,
    reviews,
    standing,
    state,
)
from khabar.store.schema_access import clearances, restrictions
from khabar.store.schema_reference import reference_problems, reference_records, reference_sets
from khabar.store.sql import SqlSource
from khabar.store.state_rows import mark_changed

__all__ = ["Projected", "Sight", "project"]

_TOGETHER = 200  # rows in one question
_WHOLE = 20  # documents with their texts at a time
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody of these `groups` may see: all documents but those restricted to other groups. Of names of actors
    those in visible claims (`names_in` gives them folded) and those that are `known` to everybody.
    """

    groups: frozenset[str]
    names_in: Callable[[Mapping[str, Any]], Iterable[str]]
    known: frozenset[str]
    fold: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Projected:
    """Whether anything `changed`; whether incidents of the whole base are up to date (`resolved`), and by what."""

    changed: bool
    resolved: bool
    doubt: float | None
    rule: str | None


# ------------------------------------------------------------------ the copy


def project(source: SqlSource, target: SqlSource, sight: Sight) -> Projected:
    """Bring a projection up to date with the base it is a part of; one transaction."""
    with source.moment() as src, target.change() as dst:
        numbers.metadata.create_all(dst)
        work = _Copy(src, dst, sight)
        new = work.texts()
        changed = [bool(new), work.mirrored(origins), work.assigned()]
        touched = work.reviewed()
        changed += [bool(touched), work.read(touched), work.coded(), work.listed(), work.restricted()]
        changed.append(work.decided(target))
        facts = {row.name: row.value for row in src.execute(select(state))}
        if any(changed):
            mark_changed(dst)
        doubt = float(facts["doubt"]) if "doubt" in facts else None
        return Projected(any(changed), facts.get("resolution") == "current", doubt, facts.get("rule"))


class _Copy:
    """The parts of a copy, in the order in which one refers to another."""

    def __init__(self, src: Connection, dst: Connection, sight: Sight) -> None:
        self._src, self._dst, self._sight = src, dst, sight
        self._seen: frozenset[str] = frozenset()

    def texts(self) -> list[str]:
        """New documents; gives their ids."""
        d = documents.c
        every = self._src.execute(select(d.id).order_by(d.number)).scalars()
        hidden = self._hidden()
        wanted = [key for key in every if key not in hidden]
        there = list(self._dst.execute(select(d.id).order_by(d.number)).scalars())
        if there != wanted[: len(there)]:  # one was hidden or opened: everything is made anew
            self._empty()
            there = []
        new = wanted[len(there) :]
        for keys in _parts(new, _TOGETHER):
            asked = select(documents).where(d.id.in_(keys)).order_by(d.number)
            for row in self._src.execute(asked, execution_options={"yield_per": 1}):  # a text may be fifty megabytes
                insert_rows(self._dst, documents, [_plain(row)])
        self._seen = frozenset(wanted)
        return new

    def _hidden(self) -> set[str]:
        """The documents that none of the groups may see, at the moment of which the copy is."""
        may: dict[str, bool] = {}
        for row in self._src.execute(select(restrictions)):
            may[row.document] = may.get(row.document, False) or row.group in self._sight.groups
        return {key for key, seen in may.items() if not seen}

    def _empty(self) -> None:
        tables = (
            *(documents, assignments, reviews, decisions, reference_sets, restrictions, numbers),
            *(events, contradictions, judgements, actors),
        )
        for table in tables:  # what refers to them goes with them
            self._dst.execute(delete(table))

    def mirrored(self, table: Table) -> bool:
        """The rows of a small table about visible documents, in their order."""
        asked = select(table).order_by(*table.primary_key.columns)
        wanted = [_plain(row) for row in self._src.execute(asked) if row.document in self._seen]
        return _made(self._dst, table, wanted, [_plain(row) for row in self._dst.execute(asked)])

    def assigned(self) -> bool:
        """Assignments of visible documents, numbered anew."""
        asked = select(assignments).order_by(assignments.c.number)
        found = [row._asdict() for row in self._src.execute(asked) if row.document in self._seen]
        self._numbered("assignment", [row["number"] for row in found])
        wanted = [{**row, "number": here} for here, row in enumerate(found, 1)]
        return _made(self._dst, assignments, wanted, [row._asdict() for row in self._dst.execute(asked)])

    def coded(self) -> bool:
        """Finished codings of these assignments."""
        here = self._here("assignment")
        asked = select(codings).order_by(codings.c.assignment)
        found = [row._asdict() for row in self._src.execute(asked) if row.assignment in here]
        wanted = [{**row, "assignment": here[row["assignment"]]} for row in found]
        return _made(self._dst, codings, wanted, [row._asdict() for row in self._dst.execute(asked)])

    # ---------------- journals

    def reviewed(self) -> set[str]:
        """Reviews of visible documents; gives the documents whose claims may stand otherwise now."""
        r = reviews.c
        asked = select(r.number, r.document).order_by(r.number)
        wanted = {row.number: row.document for row in self._src.execute(asked) if row.document in self._seen}
        codings_here = self._here("assignment")

        def there(row: _Row) -> _Row:
            return {**row, "coding": codings_here.get(row["coding"])}

        new = self._journal("review", reviews, list(wanted), there)
        return {wanted[number] for number in new}

    def decided(self, target: SqlSource) -> bool:
        """Decisions whose every side can be seen."""
        d = decisions.c
        asked = select(d.number, d.sides, d.undoes).order_by(d.number)
        names = self._names(target)
        wanted: dict[int, None] = {}
        for row in self._src.execute(asked, execution_options={"yield_per": _TOGETHER}):
            if row.undoes is not None:
                seen = row.undoes in wanted
            else:
                seen = all(self._shown(party, names) for side in row.sides for party in side)
            if seen:
                wanted[row.number] = None
        before = self._size("decision")
        return bool(self._journal("decision", decisions, list(wanted), lambda row: row)) or before > len(wanted)

    def _shown(self, party: Sequence[Any], names: Callable[[str], bool]) -> bool:
        key, document = party[0], party[1]
        return document in self._seen if document is not None else names(key)

    def _names(self, target: SqlSource) -> Callable[[str], bool]:
        """Whether a name can be seen: in a visible claim, or in lists that are open to everybody."""
        fold, met = self._sight.fold, dict[str, bool]()

        def seen(name: str) -> bool:
            key = fold(name)
            if key not in met:
                words = target.fulltext.condition(claims, '"' + name.replace('"', " ") + '"')
                found = self._dst.execute(select(claims.c.data).where(words)).scalars()
                met[key] = key in self._sight.known or any(key in self._sight.names_in(data) for data in found)
            return met[key]

        return seen

    def _journal(self, name: str, table: Table, wanted: Sequence[int], change: Callable[[_Row], _Row]) -> Sequence[int]:
        """Lines of a journal, numbered anew; gives those that were not there."""
        n = numbers.c
        there = list(self._dst.execute(select(n.there).where(n.journal == name).order_by(n.here)).scalars())
        if there != wanted[: len(there)]:
            self._dst.execute(delete(table))
            self._dst.execute(delete(numbers).where(n.journal == name))
            there = []
        self._numbered(name, wanted)
        here = self._here(name)
        new = wanted[len(there) :]
        for part in _parts(new, _TOGETHER):
            rows = self._src.execute(select(table).where(table.c.number.in_(part)).order_by(table.c.number)).all()
            notes = self._may_note(name, part)
            insert_rows(
                self._dst,
                table,
                [
                    {
                        **change(row._asdict()),
                        "number": here[row.number],
                        "undoes": here.get(row.undoes),
                        "note": row.note if row.number in notes else "",
                    }
                    for row in rows
                ],
            )
        return new

    def _may_note(self, journal: str, numbers: Sequence[int]) -> set[int]:
        """Those whose note somebody wrote who saw no more than these groups may."""
        c = clearances.c
        asked = select(c.number, c.groups).where(c.journal == journal, c.number.in_(numbers))
        return {row.number for row in self._src.execute(asked) if set(json.loads(row.groups)) <= self._sight.groups}

    def _numbered(self, journal: str, wanted: Sequence[int]) -> None:
        rows = [{"journal": journal, "here": here, "there": there} for here, there in enumerate(wanted, 1)]
        n = numbers.c
        known = list(self._dst.execute(select(n.there).where(n.journal == journal).order_by(n.here)).scalars())
        if known != list(wanted[: len(known)]):
            self._dst.execute(delete(numbers).where(n.journal == journal))
            known = []
        if rows[len(known) :]:
            self._dst.execute(insert(numbers), rows[len(known) :])

    def _here(self, journal: str) -> dict[int, int]:
        n = numbers.c
        return {row.there: row.here for row in self._dst.execute(select(n.there, n.here).where(n.journal == journal))}

    def _size(self, journal: str) -> int:
        asked = select(func.count()).select_from(numbers).where(numbers.c.journal == journal)
        return int(self._dst.execute(asked).scalar_one())

    # ---------------- readings, claims and what stands

    def read(self, touched: set[str]) -> bool:
        """Readings, and the claims of documents that were read, or reviewed, since."""
        asked = select(readings)
        there = {row.document: tuple(row) for row in self._dst.execute(asked)}
        every = {row.document: row for row in self._src.execute(asked) if row.document in self._seen}
        news = [key for key, row in every.items() if there.get(key) != tuple(row)]
        for keys in _parts(news, _TOGETHER):
            self._dst.execute(delete(readings).where(readings.c.document.in_(keys)))
            insert_rows(self._dst, readings, [every[key]._asdict() for key in keys])
        reviews_here = self._here("review")
        for keys in _parts(sorted({*news, *touched}), _WHOLE):
            self._same_claims(keys)
            self._same_standing(keys, reviews_here)
        return bool(news)

    def _same_claims(self, keys: Sequence[str]) -> None:
        """Make these documents' claims what they are in the whole base, touching only what differs."""
        c = claims.c
        asked = select(claims).where(c.document.in_(keys)).order_by(c.number)
        wanted = {row.id: _plain(row) for row in self._src.execute(asked)}
        there = {row.id: _plain(row) for row in self._dst.execute(asked)}
        gone = [key for key in there if key not in wanted]
        for ids in _parts(gone, _TOGETHER):
            self._dst.execute(delete(claims).where(c.id.in_(ids)))
        for key, row in wanted.items():
            if key in there and there[key] != row:
                self._dst.execute(update(claims).where(c.id == key).values(row))
        insert_rows(self._dst, claims, [row for key, row in wanted.items() if key not in there])

    def _same_standing(self, keys: Sequence[str], reviews_here: Mapping[int, int]) -> None:
        ids = list(self._src.execute(select(claims.c.id).where(claims.c.document.in_(keys))).scalars())
        for part in _parts(ids, _TOGETHER):
            self._dst.execute(delete(standing).where(standing.c.claim.in_(part)))
            found = self._src.execute(select(standing).where(standing.c.claim.in_(part)))
            rows = [{**row._asdict(), "review": reviews_here[row.review]} for row in found]
            insert_rows(self._dst, standing, rows)

    # ---------------- other people's lists, and who may see what

    def listed(self) -> bool:
        """Imported files: they are open to everybody."""
        s = reference_sets.c
        wanted = list(self._src.execute(select(s.id).order_by(s.number)).scalars())
        there = list(self._dst.execute(select(s.id).order_by(s.number)).scalars())
        if wanted == there:
            return False
        if there != wanted[: len(there)]:
            self._dst.execute(delete(reference_sets))
            there = []
        for key in wanted[len(there) :]:
            for table in (reference_sets, reference_records, reference_problems):
                column = table.c.id if table is reference_sets else table.c.set
                asked = select(table).where(column == key).order_by(table.c.number)
                rows = self._src.execute(asked, execution_options={"yield_per": _TOGETHER})
                for part in rows.partitions(_TOGETHER):
                    insert_rows(self._dst, table, [_plain(row) for row in part])
        return True

    def restricted(self) -> bool:
        """Which of the visible documents not everybody sees; of the groups only those of whoever looks."""
        r = restrictions.c
        asked = select(restrictions).where(r.group.in_(self._sight.groups)).order_by(r.document, r.group)
        wanted = [row._asdict() for row in self._src.execute(asked) if row.document in self._seen]
        _made(self._dst, restrictions, wanted, [row._asdict() for row in self._dst.execute(asked)])
        return False  # incidents do not follow from it


def _made(dst: Connection, table: Table, wanted: list[_Row], there: list[_Row]) -> bool:
    """Make these the rows of a table; true where they were not."""
    if wanted == there:
        return False
    kept = len(there) if there == wanted[: len(there)] else 0
    if not kept:
        dst.execute(delete(table))
    for part in _parts(wanted[kept:], _TOGETHER):
        insert_rows(dst, table, part)
    return True


def _plain(row: Row[Any]) -> _Row:
    """A row without its number, which is the next one where it goes."""
    found = row._asdict()
    found.pop("number", None)
    return found


def _parts(items: Sequence[Any], size: int) -> Iterator[Any]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
