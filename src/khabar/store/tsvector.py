"""Full-text search in PostgreSQL. Invariant: what is found is what SQLite's index finds, for any input.

A text is indexed in parts (`words`), each a row of a table beside it (`documents_words`, …) that goes with it. Words
are stemmed by PostgreSQL's own stemmer of Porter, the same that FTS5 uses; no word is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    case,
    column,
    exists,
    false,
    func,
    literal_column,
    not_,
    select,
    table,
)
from sqlalchemy import text as sql

from khabar.store.fulltext import COMMON
from khabar.store.questions import Hit
from khabar.store.schema import claims, documents, events
from khabar.store.snippets import LONG, snippet_of, windowed
from khabar.store.words import Term, parts_of, terms_of, words_of

__all__ = ["INDEXED", "TsVector", "index_words"]

INDEXED = {documents.name: ("title", "text"), claims.name: ("words",), events.name: ("words",)}
"""The tables that can be searched, and the columns that are."""

_TITLE = -1  # the part that holds the title of a document; it weighs more
_WEIGHTS: ColumnElement[Any] = literal_column("'{0.1, 0.2, 0.4, 0.5}'::real[]")
_BEFORE, _WIDTH = 80, 280
_TOGETHER = 2000  # parts sent at a time
_INSERT = """
INSERT INTO {base}_words (id, part, words)
SELECT id, part, setweight(to_tsvector('khabar', words), CASE WHEN part < 0 THEN 'A' ELSE 'D' END::"char")
FROM unnest(CAST(:ids AS text[]), CAST(:parts AS integer[]), CAST(:texts AS text[])) AS t (id, part, words)
"""
_STEMS = sql(
    "SELECT word, (ts_lexize('khabar_stem', word))[1] AS stem FROM unnest(CAST(:words AS text[])) AS word"
).columns(column("word"), column("stem"))


class TsVector:
    """Full-text conditions and hits over tsvector; see `khabar.store.fts.Fts5`."""

    def condition(self, base: Table, text: str, *, sifted: bool = False) -> ColumnElement[bool]:  # noqa: ARG002
        """That a row of `base` contains all words of `text`."""
        terms = terms_of(text)
        index = _index(base)
        if not terms:
            return false()
        return and_(*(base.c.id.in_(select(index.c.id).where(_matches(index, _query(term)))) for term in terms))

    def latest(self, base: Table, text: str) -> Select[Any]:
        """The numbers of the rows of `base` that contain all words of `text`, the last first."""
        return select(base.c.number).where(self.condition(base, text)).order_by(base.c.number.desc())

    def hits(self, connection: Connection, text: str, limit: int, offset: int) -> Iterator[Hit]:
        """Documents that contain all words of `text`, the best first; of more than COMMON the last added."""
        terms = terms_of(text)
        if not terms:
            return
        d, index = documents.c, _index(documents)
        any_term = " | ".join(f"({_query(term)})" for term in terms)
        rank = func.max(func.ts_rank(_WEIGHTS, index.c.words, _asked(any_term)))
        ranked = select(index.c.id, rank.label("rank")).where(_matches(index, any_term)).group_by(index.c.id).subquery()
        first = terms[0].words[0]
        place = func.strpos(func.lower(d.text), first)
        window = func.substr(d.text, func.greatest(1, place - _BEFORE), _WIDTH)
        some = select(d.id).where(self.condition(documents, text)).limit(COMMON + 1).subquery()
        common = connection.execute(select(func.count()).select_from(some)).scalar_one() > COMMON
        question = (
            select(
                d.id,
                d.title,
                d.file,
                case((d.characters < LONG, d.text), else_=window).label("text"),
                (d.characters >= LONG).label("long"),
            )
            .select_from(documents if common else documents.join(ranked, ranked.c.id == d.id))
            .where(self.condition(documents, text))
            .order_by(*((d.number.desc(),) if common else (ranked.c.rank.desc(), d.number)))
            .limit(limit)
            .offset(offset)
        )
        rows = connection.execute(question).all()
        found = _Found(connection, terms, [row.text for row in rows if not row.long])
        for row in rows:
            snippet, marks = windowed(row.text, first) if row.long else snippet_of(row.text, found.finds)
            yield Hit(row.id, row.title, row.file, snippet, marks)

    def faults(self, connection: Connection) -> Iterator[str]:
        """Tables with rows that no index row belongs to, one line each."""
        for base in (documents, claims, events):
            if any(words_of(row.text or "") for row in connection.execute(_missing(base))):
                yield f"The full-text index of {base.name} does not match its table."


def index_words(connection: Connection, base: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Index rows of a table that were just written; a table that is not searched is passed over."""
    columns = INDEXED.get(base, ())
    made: list[tuple[str, int, str]] = []
    for row in rows:
        for name in columns:
            words = words_of(row[name] or "")
            if name == "title":
                made.append((row["id"], _TITLE, " ".join(words)))
            else:
                made.extend((row["id"], number, " ".join(part)) for number, part in enumerate(parts_of(words)))
        if len(made) >= _TOGETHER:
            _send(connection, base, made)
            made = []
    _send(connection, base, made)


def _send(connection: Connection, base: str, made: Sequence[tuple[str, int, str]]) -> None:
    kept = [row for row in made if row[2]]
    if not kept:
        return
    ids, numbers, texts = zip(*kept, strict=True)
    connection.execute(sql(_INSERT.format(base=base)), {"ids": list(ids), "parts": list(numbers), "texts": list(texts)})


class _Found:
    """Which words of some texts are those that were asked for; stems are told by the database."""

    def __init__(self, connection: Connection, terms: Sequence[Term], texts: Sequence[str]) -> None:
        asked = {word: term.open and word == term.words[-1] for term in terms for word in term.words}
        starts = tuple({word[:2] for word in asked})  # a stem begins as its word does
        near = {word for text in texts for word in set(words_of(text)) if word.startswith(starts)}
        words = sorted(near | set(asked))
        stems = {row.word: row.stem or row.word for row in connection.execute(_STEMS, {"words": words})}
        whole = {stems[word] for word, open_ in asked.items() if not open_}
        begun = tuple(stems[word] for word, open_ in asked.items() if open_)
        self._stems = {w: s for w, s in stems.items() if s in whole or (begun and s.startswith(begun))}

    def finds(self, word: str) -> str | None:
        """The stem of a word that was asked for, None of any other."""
        return self._stems.get(word)


def _index(base: Table) -> Any:
    return table(f"{base.name}_words", column("id"), column("part"), column("words"))


def _missing(base: Table) -> Any:
    """Rows of a table that are not indexed and may have words, with their text; whether they have, `words_of` tells."""
    index = _index(base)
    text = base.c[INDEXED[base.name][-1]]
    return select(base.c.id, text.label("text")).where(
        text.op("~")("[[:alnum:]]"), not_(exists().where(index.c.id == base.c.id))
    )


def _query(term: Term) -> str:
    """A term in PostgreSQL's own language; words hold letters and digits alone, so nothing of it comes through."""
    *before, last = (f"'{word}'" for word in term.words)
    return " <-> ".join([*before, f"{last}:*" if term.open else last])


def _asked(query: str) -> ColumnElement[Any]:
    return func.to_tsquery(literal_column("'khabar'::regconfig"), bindparam(None, query, unique=True))


def _matches(index: Any, query: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = index.c.words.op("@@", is_comparison=True)(_asked(query))
    return found
