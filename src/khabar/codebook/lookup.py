"""Expressions looked up by their words. Invariant: look-up is by lower-case dictionary form; the prefilter never
says no to a text that holds an inflected form of one of its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Phrase", "PhraseTable", "Prefilter", "stems"]

Phrase = tuple[str, ...]


class PhraseTable:
    """Expressions of one or more words and the value each stands for; the first value given for an expression holds."""

    __slots__ = ("_by_last", "beginnings", "single")

    def __init__(self, entries: Iterable[tuple[Phrase, str]]) -> None:
        """`entries` are pairs of an expression and its value."""
        self.single: dict[str, str] = {}
        self._by_last: dict[str, list[tuple[Phrase, str]]] = {}
        for phrase, value in entries:
            words = tuple(w.lower() for w in phrase)
            if len(words) == 1:
                self.single.setdefault(words[0], value)
            else:
                self._by_last.setdefault(words[-1], []).append((words, value))
        self.beginnings = frozenset(words[0] for found in self._by_last.values() for words, _value in found)
        for found in self._by_last.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def ending_at(self, lemmas: Sequence[str], i: int) -> tuple[int, str] | None:
        """First index and value of the longest expression whose last word is `lemmas[i]`, or None."""
        for words, value in self._by_last.get(lemmas[i], ()):
            first = i - len(words) + 1
            if first >= 0 and tuple(lemmas[first : i + 1]) == words:
                return first, value
        value = self.single.get(lemmas[i], "")
        return (i, value) if value else None

    def find(self, lemmas: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """All expressions in a list of lower-case dictionary forms, as first index, last index, value."""
        for i, lemma in enumerate(lemmas):
            if lemma in self.single or lemma in self._by_last:
                found = self.ending_at(lemmas, i)
                if found:
                    yield found[0], i, found[1]

    def __contains__(self, word: str) -> bool:
        return word in self.single

    def get(self, word: str) -> str | None:
        """The value of a single word."""
        return self.single.get(word)

    def ended_by(self, word: str) -> Iterator[Phrase]:
        """Every expression of several words whose last word this is, the longest first."""
        for words, _value in self._by_last.get(word, ()):
            yield words

    def phrases(self) -> Iterator[Phrase]:
        """Every expression in the table."""
        for word in self.single:
            yield (word,)
        for found in self._by_last.values():
            for words, _value in found:
                yield words


def stems(word: str) -> tuple[str, ...]:
    """Beginnings that every regular inflection of a word shares, given without a final e or y."""
    lower = word.lower()
    return (lower[:-1],) if len(lower) > 3 and lower[-1] in "ey" else (lower,)


class Prefilter:
    """One pass over a text for word beginnings (Aho and Corasick, 1975)."""

    __slots__ = ("_automaton",)

    def __init__(self, beginnings: Iterable[str]) -> None:
        """`beginnings` are lower-case; a text matches where one of them starts a word."""
        import ahocorasick

        self._automaton = ahocorasick.Automaton()
        for beginning in sorted(set(beginnings)):
            self._automaton.add_word(beginning, len(beginning))
        self._automaton.make_automaton()

    def matches(self, text: str) -> bool:
        """True if a word of `text` begins with one of the beginnings."""
        lower = text.lower()
        for end, length in self._automaton.iter(lower):
            start = end - length + 1
            if start == 0 or not lower[start - 1].isalpha():
                return True
        return False
