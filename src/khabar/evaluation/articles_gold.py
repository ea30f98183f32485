"""The gold of whole articles: what annotators found, row by row. Invariant: every quote equals its slice of the text.

The file is JSON with `documents`, `actors` and a list of rows for each kind of claim; the texts stand beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from khabar.errors import EvaluationError
from khabar.records import CLAIM_KINDS
from khabar.text import fold

__all__ = ["ArticleGold", "Row", "contains", "key", "load_articles", "short"]

_SECTIONS = {"event": "incidents", "relation": "relations", "presence": "presence", "statement": "statements"}
_ARTICLE = re.compile(r"^\W*(the|an|a)\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing the annotators found: `start` and `end` of its quote in the text of `file`, and the gold's own fields.

    A `doubtful` row is never missed, and a claim on it is neither right nor wrong.
    """

    id: str
    kind: str
    file: str
    quote: str
    start: int
    end: int
    doubtful: bool
    fields: Mapping[str, Any]

    @property
    def aggregate(self) -> bool:
        """Whether an event row sums up several events."""
        return bool(self.fields.get("aggregate"))

    @property
    def unit(self) -> tuple[str, str]:
        """What is counted once: a row; of events, all mentions of one incident in a document."""
        cluster = self.fields.get("cluster") if self.kind == "event" else None
        return (self.file, str(cluster)) if cluster else ("", self.id)

    def accepted(self, field_name: str, others: str) -> set[str]:
        """The gold value of a field and the other values that the annotators accept."""
        return {self.fields[field_name], *self.fields.get(others, ())}


@dataclass(frozen=True, slots=True)
class ArticleGold:
    """Texts by file name, rows by kind, and the actors: ids by each of their names, and who a document's author is."""

    texts: Mapping[str, str]
    rows: Mapping[str, Sequence[Row]]
    names: Mapping[str, frozenset[str]]
    authors: Mapping[str, frozenset[str]]
    incidents: frozenset[str] = field(default_factory=frozenset)

    def actors(self, *names: str | None) -> frozenset[str]:
        """Ids of the actors that bear the first known one of these names."""
        return next((found for name in names if (found := self.names.get(key(name)))), frozenset())


def short(name: str | None) -> str:
    """A name folded, without a leading article."""
    return fold(_ARTICLE.sub("", (name or "").casefold()))


def key(name: str | None) -> str:
    """The key under which actor names are the same: folded, without article and spaces ("U.S." is "US")."""
    return short(name).replace(" ", "")


def contains(one: str | None, other: str | None) -> bool:
    """Whether one name holds the other as whole words ("Niger" is not in "Nigeria")."""
    left, right = f" {short(one)} ", f" {short(other)} "
    return bool(left.strip() and right.strip()) and (left in right or right in left)


def load_articles(path: Path, texts: Path) -> ArticleGold:
    """Read the gold file and the texts it speaks of; EvaluationError where one is missing or a quote is not there."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        bodies = {d["file"]: (texts / d["file"]).read_bytes().decode("utf-8") for d in data["documents"]}
        gold = ArticleGold(
            texts=bodies,
            rows={kind: [_row(kind, row) for row in data[_SECTIONS[kind]]] for kind in CLAIM_KINDS},
            names=_names(data["actors"]),
            authors={d["file"]: _authors(d, data["actors"]) for d in data["documents"]},
            incidents=frozenset(row["id"] for row in data["incidents"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise EvaluationError(f"{path} is no gold of articles: {problem!r}.", "See articles_gold.py.") from problem
    for row in (row for rows in gold.rows.values() for row in rows):
        if gold.texts[row.file][row.start : row.end] != row.quote:
            raise EvaluationError(f"{path}: the quote of {row.id} differs from the text.", "Mend its offsets.")
    return gold


def _row(kind: str, data: Mapping[str, Any]) -> Row:
    doubtful = bool(data.get("doubtful"))
    return Row(data["id"], kind, data["doc"], data["quote"], data["start"], data["end"], doubtful, data)


def _names(actors: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for actor in actors:
        for name in (actor["canonical"], *actor["aliases"]):
            if key(name):
                found.setdefault(key(name), set()).add(actor["id"])
    return {name: frozenset(ids) for name, ids in found.items()}


def _authors(document: Mapping[str, Any], actors: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The actors that stand for the document's own voice: its printed author, or one made for it by its number."""
    author, made = document.get("author"), f"author{document['file'][:3]}"
    return frozenset(a["id"] for a in actors if a["id"] == made or (author and key(a["canonical"]) == key(author)))
