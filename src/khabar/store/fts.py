"""Full-text search in SQLite (FTS5). Invariant: triggers keep the indexes true, and any input is a valid query.

The indexes keep no copy of what they index ("external content") and are made by a migration; rows join by `number`.
Words are compared without case and accents and by their stem, so that "bombings" finds "bombing".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    case,
    column,
    false,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy import text as sql

from khabar.store.fulltext import COMMON
from khabar.store.questions import Hit
from khabar.store.schema import claims, documents, events

__all__ = ["Fts5", "fts_query"]

_MAX_WORDS = 32  # a longer question costs time and finds nothing
_SNIPPET_WORDS = 40
_TITLE_WEIGHT = 5.0
_LONG = 50_000  # characters from which on SQLite's snippet(), whose time grows with the square of the hits, is too slow
_BEFORE, _WIDTH = 80, 280  # characters shown of such a text, around the first place where it has the first word
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # Unicode noncharacters, kept for use inside a program: no text holds them
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_MARK = re.compile(f"[{_OPEN}{_CLOSE}]")


def fts_query(text: str) -> str | None:
    """What a person typed as an FTS5 query: all words, "phrases" as a whole, `word*` by its beginning; None if no word.

    Every word is quoted, so that no operator, column name or stray quote of FTS5's own language can come through.
    """
    terms: list[str] = []
    for phrase, word in _TERM.findall(text.encode("utf-8", "replace").decode().replace("\0", " ")):
        term = phrase or word
        if any(c.isalnum() for c in term):
            terms.append(f'"{term}"' + ("*" if word.endswith("*") else ""))
    return " ".join(terms[:_MAX_WORDS]) or None


class Fts5:
    """Full-text conditions and hits; another database brings a class with the same two methods."""

    def condition(self, base: Table, text: str, *, sifted: bool = False) -> ColumnElement[bool]:
        """That a row of `base` contains all words of `text`."""
        query = fts_query(text)
        if query is None:
            return false()
        number = base.c.number + 0 if sifted else base.c.number  # of a sum SQLite knows no index
        return number.in_(_having(base, query))

    def latest(self, base: Table, text: str) -> Select[Any]:
        """The numbers of the rows of `base` that contain all words of `text`, the last first."""
        query = fts_query(text)
        if query is None:
            return select(base.c.number).where(false())
        return _having(base, query).order_by(literal_column("rowid").desc())  # FTS5 reads its index backwards

    def hits(self, connection: Connection, text: str, limit: int, offset: int) -> Iterator[Hit]:
        """Documents that contain all words of `text`, the best first; of more than COMMON the last added."""
        query = fts_query(text)
        if query is None:
            return
        name = "documents_fts"
        index = table(name, column("rowid"))
        this: ColumnElement[str] = literal_column(name)
        first = query.split('"')[1].lower()
        place = func.instr(func.lower(documents.c.text), first)
        window = func.substr(documents.c.text, func.max(1, place - _BEFORE), _WIDTH)
        short = func.snippet(this, 1, _OPEN, _CLOSE, " … ", _SNIPPET_WORDS)
        some = _having(documents, query).limit(COMMON + 1).subquery()
        common = connection.execute(select(func.count()).select_from(some)).scalar_one() > COMMON
        best: tuple[ColumnElement[Any], ...] = (func.bm25(this, _TITLE_WEIGHT, 1.0), documents.c.number)
        order = (index.c.rowid.desc(),) if common else best
        question = (
            select(
                documents.c.id,
                documents.c.title,
                documents.c.file,
                case((documents.c.characters < _LONG, short), else_=window).label("snippet"),
                (documents.c.characters >= _LONG).label("long"),
            )
            .select_from(index.join(documents, documents.c.number == index.c.rowid))
            .where(this.op("MATCH")(query))
            .order_by(*order)
            .limit(limit)
            .offset(offset)
        )
        for row in connection.execute(question):
            snippet, marks = _windowed(row.snippet, first) if row.long else _marked(row.snippet)
            yield Hit(row.id, row.title, row.file, snippet, marks)

    def faults(self, connection: Connection) -> Iterator[str]:
        """Full-text indexes that do not match their tables, one line each; needs a writing transaction."""
        from sqlalchemy.exc import DatabaseError

        for base in (documents, claims, events):
            name = f"{base.name}_fts"
            try:
                connection.execute(sql(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)"))  # noqa: S608
            except DatabaseError:
                yield f"The full-text index of {base.name} does not match its table."


def _having(base: Table, query: str) -> Select[Any]:
    name = f"{base.name}_fts"
    index = table(name, column("rowid"))
    return select(index.c.rowid).where(literal_column(name).op("MATCH")(query))


def _windowed(snippet: str, word: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A piece of a long text, and where it has the word as it was typed."""
    return snippet, tuple(found.span() for found in re.finditer(re.escape(word), snippet, re.IGNORECASE))


def _marked(snippet: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A snippet without its marks, and where they were."""
    marks: list[tuple[int, int]] = []
    start = None
    for removed, mark in enumerate(_MARK.finditer(snippet)):
        position = mark.start() - removed
        if mark.group() == _OPEN:
            start = position
        elif start is not None:
            marks.append((start, position))
            start = None
    return _MARK.sub("", snippet), tuple(marks)
