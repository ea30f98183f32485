"""What reading a document yields. Invariant: all offsets here are of the reading text (repairs applied), end exclusive.

`Reading.locate` maps them back to `Document.text`, which is what claims quote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from khabar.records import ActorName, Count, Document, Passage, Place
from khabar.text import Repaired

__all__ = [
    "ActorMention",
    "CountMention",
    "DateMention",
    "Definition",
    "Mention",
    "PlaceMention",
    "Reading",
    "Sentence",
    "Token",
]


class Token(NamedTuple):
    """One word. `head` is the index in the sentence of its syntactic head (itself for a root); labels are spaCy's
    English ones (`pos` Universal, `tag` Penn, `dep` ClearNLP); `ent` the statistical entity label or ''.
    """

    i: int
    text: str
    lemma: str
    start: int
    end: int
    pos: str
    tag: str
    dep: str
    head: int
    ent: str


@dataclass(slots=True)
class Sentence:
    """One sentence of the reading text. `tokens` is empty where the sentence was not parsed: it cannot matter.

    `paragraph` counts from 0; `heading` marks titles and section heads.
    """

    index: int
    start: int
    end: int
    paragraph: int
    heading: bool = False
    tokens: tuple[Token, ...] = ()
    children: tuple[tuple[int, ...], ...] = ()

    def token_at(self, offset: int) -> int | None:
        """Index of the token which covers the reading offset, or None."""
        for token in self.tokens:
            if token.start <= offset < token.end:
                return token.i
        return None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of reading text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ActorMention(Mention):
    """A mention of an actor. `how` says why it was recognised: dictionary, acronym, defined (introduced in this text),
    surname, definite ("the group"), pronoun, statistical (a capitalised name nobody listed), described ("an IS cell").
    """

    name: str
    id: str | None
    kind: str
    how: str


@dataclass(frozen=True, slots=True)
class PlaceMention(Mention):
    """A mention of a place resolved to the gazetteer, with its precision and enclosing units filled in; `capital`
    marks the capital of a country.
    """

    place: Place
    capital: bool = False


@dataclass(frozen=True, slots=True)
class DateMention(Mention):
    """A time expression as an interval. `anchor` says what it was resolved against: absolute, published, previous
    (an earlier date in the text), recurring or open; `relation` is '', 'after', 'before', 'since' or 'until'.
    """

    earliest: str | None
    latest: str | None
    precision: str
    anchor: str = "absolute"
    relation: str = ""


@dataclass(frozen=True, slots=True)
class CountMention(Mention):
    """A number as bounds. `kind`: cardinal, vague ("dozens"), ordinal, percent, money, measure, age, time, year, part
    (a number inside a date, name or phone number). Only cardinal and vague ones can be tolls.
    """

    count: Count
    kind: str = "cardinal"


@dataclass(frozen=True, slots=True)
class Definition:
    """Two names the text itself says are one actor: "Islamic State of Khurasan (ISK)", "X alias Y", "Daesh, another
    name for IS". `kind` is a name kind (acronym, alias, former); the span covers both names.
    """

    start: int
    end: int
    first: ActorMention
    second: ActorMention
    kind: str


@dataclass(slots=True)
class Reading:
    """A document read: sentences with syntax where it can matter, and everything found in them, in text order."""

    document: Document
    repaired: Repaired
    sentences: Sequence[Sentence]
    actors: Sequence[ActorMention] = ()
    places: Sequence[PlaceMention] = ()
    dates: Sequence[DateMention] = ()
    counts: Sequence[CountMention] = ()
    definitions: Sequence[Definition] = ()
    names: dict[str, tuple[ActorName, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The reading text: the document's text with repairs applied and boilerplate left out."""
        return self.repaired.text

    def locate(self, start: int, end: int) -> Passage:
        """The passage of the archived text that the reading offsets `start:end` came from."""
        first, last = self.repaired.span(start, end)
        return Passage(self.document.id, first, last, self.document.text[first:last])
