"""Words by which statements are known, and a statement while it is being read. Invariant: look-up is by dictionary form
and part of speech.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from khabar.codebook.lookup import Phrase
from khabar.codebook.ties import Ties
from khabar.extraction.clausal import clause_tokens
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.ties import Voice
from khabar.reading.model import ActorMention
from khabar.records import Quantity

__all__ = ["Said", "Words", "about_in", "statement_words"]

_PARTS = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives", "ADV": "adverbs"}


class Words:
    """Statement cues by kind, part of speech and head word."""

    def __init__(self, ties: Ties) -> None:
        """`ties` is the codebook's section."""
        self._heads: dict[tuple[str, str], list[tuple[str, Phrase]]] = {}
        self.auxiliaries = {kind: frozenset(_singles(r.words["auxiliaries"])) for kind, r in ties.statements.items()}
        self.units = (
            frozenset(_singles(ties.statements["estimate"].words["units"]))
            if "estimate" in ties.statements
            else frozenset()
        )
        self.events = (
            frozenset(_singles(ties.statements["estimate"].words["events"]))
            if "estimate" in ties.statements
            else frozenset()
        )
        for kind, rule in ties.statements.items():
            for part in ("verbs", "nouns", "adjectives", "adverbs"):
                for phrase in rule.words[part]:
                    head = phrase[0] if part == "verbs" else phrase[-1]
                    self._heads.setdefault((part, head.lower()), []).append((kind, phrase))

    def at(self, line: IndexedSentence, i: int) -> list[str]:
        """Kinds of statement that the word at a token can be a sign of."""
        token = line.sentence.tokens[i]
        part = _PARTS.get(token.pos)
        if token.tag == "VBN" and token.dep in ("acomp", "oprd", "attr"):
            part = "adjectives"  # "looks set to"
        entries = self._heads.get((part or "", line.lemmas[i]), ())
        return [kind for kind, phrase in entries if all(w in line.lemmas[max(0, i - 3) : i + 4] for w in phrase)]


@lru_cache(maxsize=8)
def statement_words(ties: Ties) -> Words:
    """The cues of a codebook's ties, laid out once."""
    return Words(ties)


def _singles(phrases: Iterable[Phrase]) -> Iterator[str]:
    return (p[0] for p in phrases if len(p) == 1)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement met at a token of a sentence."""

    kind: str
    token: int
    about: tuple[ActorMention, ...]
    quantity: Quantity | None = None
    voice: Voice | None = None
    spoken: bool = False  # the word is a verb of saying, and its subject (or by-phrase) the speaker


def about_in(line: IndexedSentence, i: int, groups: Sequence[ActorMention]) -> list[ActorMention]:
    """The groups that the statement around a token mentions."""
    inside = set(clause_tokens(line, i))
    return [m for m in groups if any(t in inside for t in line.tokens_of(m))]
