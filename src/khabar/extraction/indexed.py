"""A reading laid out for extraction: each sentence with its words and the mentions inside it.

Invariant: everything is found by one pass over the mentions; a sentence answers in terms of its own token indexes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from khabar.codebook.model import Codebook
from khabar.reading.clauses import phrase
from khabar.reading.model import (
    ActorMention,
    CountMention,
    DateMention,
    Mention,
    PlaceMention,
    Reading,
    Sentence,
    Token,
)

__all__ = ["Indexed", "IndexedSentence", "Span", "index_reading"]

Span = tuple[int, int]
_Any = TypeVar("_Any", bound=Mention)
_DATELINE = re.compile(r"[A-Z][A-Z'/ .-]{2,}(?:[,(][^.:;\n]{0,40}?)?(?:\s[-–—]+\s|:\s)")
# "Niamey, 13th Jan, 2020: …", in small letters, is told by its date; only at the head of a report, for a chronology
# gives the place and the day of each of its incidents so.
_DATED_LINE = re.compile(
    r"[A-Z][\w'’]{1,30}(?:(?:[ /][A-Z]|-[A-Za-z])[\w'’]{1,30}){0,4}(?:, [A-Z][\w'’-]{1,30})?, "
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
    r"(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? \d{4})?(?: \([\w /.-]{2,30}\))?(?:\s[-–—]+\s|:\s)"
)


@dataclass(slots=True)
class IndexedSentence:
    """One sentence with its lower-case dictionary forms and its mentions, in text order. `dateline` is the reading
    offset where a dateline ("COLOMBO, April 21 - ") ends, or 0; what stands in it tells where and when the
    report was written. `known` are the document's named groups by their words.
    """

    sentence: Sentence
    lemmas: tuple[str, ...] = ()
    actors: list[ActorMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    counts: list[CountMention] = field(default_factory=list)
    dateline: int = 0
    known: Mapping[str, ActorMention] = field(default_factory=dict)
    _actor_at: dict[int, ActorMention] | None = None
    _place_at: dict[int, PlaceMention] | None = None
    _count_at: dict[int, CountMention] | None = None

    def plural(self, token: int) -> bool:
        """True for a plural noun, also where the parser saw a described group ("IS cells") as one name."""
        word = self.sentence.tokens[token]
        return word.tag in ("NNS", "NNPS") or (
            " " in word.text and word.text[-1] == "s" and _common(word.text) is not None
        )

    @property
    def index(self) -> int:
        """Number of the sentence in the reading."""
        return self.sentence.index

    def actor_at(self, token: int) -> ActorMention | None:
        """The actor mention that covers a token."""
        if self._actor_at is None:
            self._actor_at = _by_token(self.sentence, self.actors)
        return self._actor_at.get(token)

    def place_at(self, token: int) -> PlaceMention | None:
        """The place mention that covers a token."""
        if self._place_at is None:
            self._place_at = _by_token(self.sentence, self.places)
        return self._place_at.get(token)

    def count_at(self, token: int) -> CountMention | None:
        """The count mention that covers a token."""
        if self._count_at is None:
            self._count_at = _by_token(self.sentence, self.counts)
        return self._count_at.get(token)

    def tokens_of(self, mention: Mention) -> list[int]:
        """Indexes of the tokens a mention covers, also in part."""
        return [t.i for t in self.sentence.tokens if t.start < mention.end and t.end > mention.start]

    def first_token(self, mention: Mention) -> int | None:
        """Index of the first token of a mention."""
        for token in self.sentence.tokens:
            if token.end > mention.start:
                return token.i if token.start < mention.end else None
        return None

    def actors_in_phrase(self, head: int) -> list[ActorMention]:
        """Actor mentions in the noun phrase of `head`, of-phrases included, in text order."""
        found: list[ActorMention] = []
        for i in phrase(self.sentence, head):
            mention = self.actor_at(i)
            if mention is not None and mention not in found:
                found.append(mention)
        return found


@dataclass(slots=True)
class Indexed:
    """A reading and a codebook, with the sentences indexed; `headings` gives for each paragraph its section's
    heading.
    """

    reading: Reading
    codebook: Codebook
    sentences: list[IndexedSentence]
    headings: dict[int, int]

    def sentence(self, index: int) -> IndexedSentence:
        """The indexed sentence of a number."""
        return self.sentences[index]

    def at(self, offset: int) -> IndexedSentence | None:
        """The sentence that holds a reading offset."""
        k = bisect_right(self.sentences, offset, key=lambda s: s.sentence.start) - 1
        return self.sentences[k] if k >= 0 and offset < self.sentences[k].sentence.end else None

    def heading_of(self, index: int) -> IndexedSentence | None:
        """The section heading above a sentence; the document's first heading is its title, not a section's."""
        found = self.headings.get(self.sentences[index].sentence.paragraph)
        return None if found is None else self.sentences[found]


def index_reading(reading: Reading, codebook: Codebook) -> Indexed:
    """Lay out a reading; linear in the number of sentences and mentions."""
    sentences = [IndexedSentence(s, tuple(_lemma(t) for t in s.tokens)) for s in reading.sentences]
    for item in sentences:
        if item.sentence.tokens:
            head = _DATELINE.match(reading.text, item.sentence.start, item.sentence.end)
            if head is None and not reading.text[: item.sentence.start].strip():
                head = _DATED_LINE.match(reading.text, item.sentence.start, item.sentence.end)
            item.dateline = head.end() if head else 0
    known = {m.text: m for m in reading.actors if m.how in ("dictionary", "acronym", "defined") and m.kind != "person"}
    for item in sentences:
        item.known = known
    starts = [s.sentence.start for s in sentences]
    _deal(sentences, starts, reading.actors, "actors")
    for item in sentences:  # the country of "NICE, France - …" is where the report was written and does nothing
        item.actors = [m for m in item.actors if m.kind != "state" or m.end > item.dateline]
    _deal(sentences, starts, reading.places, "places")
    _deal(sentences, starts, reading.dates, "dates")
    _deal(sentences, starts, reading.counts, "counts")
    return Indexed(reading, codebook, sentences, _headings(sentences))


def _lemma(token: Token) -> str:
    """The lower-case dictionary form; of a described group that the parser saw as one name, that of its last word."""
    if " " in token.text:
        word = _common(token.text)
        if word is not None:
            return word
    return token.lemma.lower()


def _common(text: str) -> str | None:
    """The common noun, in the singular, that ends a described name ("IS cells"), or None for a real name."""
    last = (text.split() or [""])[-1]
    if not last.isalpha() or not last.islower():
        return None
    return last[:-1] if last.endswith("s") and not last.endswith("ss") else last


def _deal(sentences: list[IndexedSentence], starts: list[int], mentions: Sequence[_Any], name: str) -> None:
    for mention in mentions:
        k = bisect_right(starts, mention.start) - 1
        if k >= 0 and mention.start < sentences[k].sentence.end:
            getattr(sentences[k], name).append(mention)


def _headings(sentences: list[IndexedSentence]) -> dict[int, int]:
    found: dict[int, int] = {}
    current: int | None = None
    bodies = 0
    for item in sentences:
        if item.sentence.heading:
            if bodies:
                current = item.index
            continue
        bodies += 1
        if current is not None:
            found.setdefault(item.sentence.paragraph, current)
    return found


def _by_token(sentence: Sentence, mentions: Sequence[_Any]) -> dict[int, _Any]:
    covered: dict[int, _Any] = {}
    if not mentions:
        return covered
    ordered = sorted(mentions, key=lambda m: m.start)
    k = 0
    for token in sentence.tokens:
        while k < len(ordered) and ordered[k].end <= token.start:
            k += 1
        for mention in ordered[k : k + 2]:
            if token.start < mention.end and token.end > mention.start:
                covered[token.i] = mention
                break
    return covered
