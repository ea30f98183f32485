"""A document in, a `Reading` out. Invariant: only sentences that can matter are parsed, and a document without any is
not looked at further.

In order: 1 the repaired text, given small letters where it has none, is split into sentences; 2 `cues` picks those that
can hold a claim, some only if they name an armed group; 3 names of actors and places, dates and numbers are found on
the surface; 4 the picked sentences are parsed with names masked; 5 with syntax at hand, persons, surnames and definite
mentions ("the group") are added.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from khabar.reading.actors import ActorDictionary, complete_actors, read_actors
from khabar.reading.date_context import outlet_puts_month_first
from khabar.reading.dates import find_dates
from khabar.reading.gazetteer import Gazetteer, open_gazetteer
from khabar.reading.model import ActorMention, PlaceMention, Reading, Sentence
from khabar.reading.numbers import find_counts
from khabar.reading.places import PlaceContext, find_places
from khabar.reading.syntax import Parser, english_word, split_sentences
from khabar.reading.truecase import in_capitals, true_cased
from khabar.records import Document
from khabar.text import Repaired, repaired_text

__all__ = ["Cues", "EnglishReader", "Reader", "open_reader"]

# "The group", and a pronoun at the beginning, stand for an armed group that another sentence names.
_THE_GROUP = re.compile(
    r"\b(?:the|this|these) (?:\w+ )?(?:group|organi[sz]ation|outfit|movement|militants|insurgents|rebels|jihadists)\b|"
    r"\A\W*(?:it|its|they|their)\b|\b(?:puts?|reckons?|holds?|sees?|seen|regards?|considers?|believes?|thinks?|says?|"
    r"insists?|maintains?|fears?|estimates?) (?:that )?(?:it|its|they|their|them)\b",
    re.IGNORECASE,
)


class Cues(Protocol):
    """What a codebook says of a text before anything is parsed; true too often is allowed, false is final."""

    def matters(self, text: str) -> bool:
        """Whether it may hold a claim by its words alone."""

    def matters_with_actor(self, text: str) -> bool:
        """Whether it may hold one if it names an armed group."""


Progress = Callable[[int, int, str], None]


class Reader(Protocol):
    """Reads documents of one language."""

    def load(self) -> None:
        """Load all that reading needs, where it is not loaded yet; ReadingError where a part is missing."""

    def read(self, document: Document, cues: Cues) -> Reading:
        """Sentences, syntax and mentions of a document; a document marked unread must not be given."""


class EnglishReader:
    """The default reader: dictionary and gazetteer first, statistics second."""

    def __init__(self, gazetteer: Gazetteer, actors: ActorDictionary | None = None) -> None:
        self._gazetteer = gazetteer
        self._actors = actors or ActorDictionary.load()
        self._parser = Parser()

    def load(self) -> None:
        """Load the parser; all else is there already."""
        self._parser.load()

    def read(self, document: Document, cues: Cues) -> Reading:
        """See `Reader`. The steps are those of the module's description."""
        repaired = self._in_small_letters(repaired_text(document))
        text = repaired.text
        sentences = split_sentences(text)  # 1
        pieces = [text[s.start : s.end] for s in sentences]
        picked = [cues.matters(piece) for piece in pieces]  # 2
        perhaps = [not pick and cues.matters_with_actor(piece) for pick, piece in zip(picked, pieces, strict=True)]
        reading = Reading(document, repaired, sentences)
        if not any(picked) and not any(perhaps):
            return reading
        named = read_actors(text, sentences, self._actors)  # 3
        groups = _sentences_of(named.mentions, sentences)
        for i, maybe in enumerate(perhaps):
            picked[i] |= maybe and (i in groups or (bool(groups) and _THE_GROUP.search(pieces[i]) is not None))
        if not any(picked):
            return reading
        taken = [(m.start, m.end) for m in named.mentions]
        places = find_places(text, taken, self._gazetteer, PlaceContext(document.published.latest))
        taken += [(m.start, m.end) for m in places]
        spans = [(s.start, s.end) for s in sentences]
        dates = find_dates(text, document.published, spans, outlet_puts_month_first(document.url))
        wanted = [span for span, pick in zip(spans, picked, strict=True) if pick]
        counts = find_counts(text, wanted, sorted(taken + [(m.start, m.end) for m in dates]))
        self._parser.parse(text, sentences, _picked(picked), taken)  # 4
        reading.actors = complete_actors(text, sentences, named, [(m.start, m.end) for m in places])  # 5
        reading.places = _outside_persons(places, reading.actors)
        reading.dates, reading.counts = dates, counts
        reading.definitions = named.definitions
        return reading

    def _in_small_letters(self, repaired: Repaired) -> Repaired:
        """A text all in capitals as a newspaper would print it; any other as it is."""
        text = repaired.text
        if not in_capitals(text):
            return repaired
        known = self._actors.lexicon.scan(text)
        names = [(o.start, o.end, any(n.text.isupper() for n in o.names)) for o in known]
        return repaired.recased(true_cased(text, self._gazetteer, english_word, names))


def _outside_persons(places: Sequence[PlaceMention], actors: Iterable[ActorMention]) -> list[PlaceMention]:
    """The places that are no part of a person's name: Amman in "Sudesh Amman" is none."""
    persons = [(a.start, a.end) for a in actors if a.kind == "person" and a.how not in ("described", "pronoun")]
    starts = [start for start, _ in persons]
    kept = []
    for place in places:
        k = bisect_right(starts, place.start) - 1
        if k < 0 or persons[k][1] < place.end or persons[k] == (place.start, place.end):
            kept.append(place)
    return kept


def _sentences_of(actors: Iterable[ActorMention], sentences: Sequence[Sentence]) -> set[int]:
    """Numbers of the sentences that name an organised group, or a listed person, who belongs to one."""
    starts = [s.start for s in sentences]
    listed = (a for a in actors if a.kind == "organization" or (a.kind == "person" and a.id is not None))
    return {bisect_right(starts, a.start) - 1 for a in listed}


def _picked(picked: list[bool]) -> Callable[[Sentence], bool]:
    return lambda sentence: picked[sentence.index]


def open_reader(cache: Path, progress: Progress | None = None, known_actors: bool = True) -> EnglishReader:
    """The default reader; compiles the gazetteer into `cache` at first use. ReadingError where a part is missing.

    Without `known_actors` it knows states alone; every group and person must be introduced by the text itself.
    """
    actors = ActorDictionary.load(only_states=not known_actors)  # a broken dictionary is said before any work
    return EnglishReader(open_gazetteer(cache, progress), actors)
