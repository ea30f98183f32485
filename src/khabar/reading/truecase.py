"""Texts all in capitals given small letters, as some agencies do not. Invariant: the result has the length of the text
and differs from it in case alone, so every offset holds; a text with small letters stays as it is.

Wire copy in capitals tells names from words by nothing but the words themselves. A word is written small if English
knows it; as a name if a list of names, a nation, the gazetteer or nothing knows it; and stays in capitals if it is an
acronym: explained in brackets somewhere in the text, dotted, without a vowel, or the name of a listed actor.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from khabar.reading.gazetteer import Gazetteer
from khabar.reading.gazetteer_rows import name_key
from khabar.reading.place_words import PlaceWords, place_words

__all__ = ["in_capitals", "true_cased"]

_FEWEST = 40  # letters without which a text is too short to be said to be in capitals
_SHARE = 0.9
_GLANCE = 1000  # characters
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_EXPLAINED = re.compile(
    r"(?<=[^\s\]\[.-])[ \n]{1,2}[\[(]([^\W\d_]{2,8})[\])]"
)  # not "[MORALES]" before what Morales says
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")
_EXPLAINING = re.compile(r"\b([^\W\d_]{2,8})\s\[([^\]]{6,120})\]")
# The start, a stop or a dateline's dash, then perhaps bracketed remarks of the agency, then perhaps a quote.
_OPENING = re.compile(r"(?:^|[.!?:]|--|—|\n[ \t]*\n)(?:\s*\[[^\]]{1,90}\])*[\s\"'“‘(\[]*\Z")
_VOWEL = re.compile(r"[aeiouyáéíóú]", re.IGNORECASE)
_CALENDAR = frozenset(
    """january february march april june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec monday tuesday wednesday thursday friday saturday sunday""".split()  # noqa: SIM905
)
# Small words of names, and small words of English that other lists lack.
_SMALL = frozenset(
    """a an and any are as at be been but by can could de del did do does for from had has have he her him his how i if
    in into is it its la las los may me my no nor not of off on or our out over she should so some than that the their
    them then there these they this those to under up us was we were what when where which while who whom why will with
    would y you your""".split()  # noqa: SIM905
)
_SHORTENED = frozenset(["dr", "jr", "mr", "mrs", "ms", "msgr", "mt", "sr", "st"])
_UNITS = frozenset(["cm", "ft", "hrs", "kg", "km", "kms", "lb", "lbs", "mg", "mm", "mph", "pct", "yd"])
_PREFIXES = ("anti", "counter", "narco", "para", "sub", "ultra")
_LINKS = frozenset(["a", "an", "and", "of", "for", "the", "to", "de", "del", "la", "el", "los", "las", "y"])
_TOWN = 50_000  # inhabitants from which a town's name outweighs a rare English word


def in_capitals(text: str) -> bool:
    """Whether a text is written in capitals throughout."""
    if len(text) > 2 * _GLANCE and not in_capitals(text[:_GLANCE]):
        return False  # nearly every text: its beginning says enough
    letters = sum(c.isalpha() for c in text)
    return letters >= _FEWEST and sum(c.isupper() for c in text) >= _SHARE * letters


def true_cased(
    text: str,
    gazetteer: Gazetteer,
    english: Callable[[str], Collection[str]],
    names: Iterable[tuple[int, int, bool]] = (),
) -> str:
    """`text` with the case it would have in a newspaper, where it is all in capitals; else `text` itself.

    `english` gives the parts of speech under which a dictionary of English has a word in small letters ("noun", "verb",
    "adj", "adv"); `names` are spans of known names, with whether each is written in capitals ("FARC").
    """
    if not in_capitals(text) or len(text.lower()) != len(text):
        return text
    words = [_Word(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text)]
    cases = _Cases(text, words, gazetteer, english)
    for start, end, capitals in [*names, *((*m.span(), True) for m in _DOTTED.finditer(text))]:
        cases.give(start, end, "keep" if capitals else "name")
    small = list(text.lower())
    for word, case in zip(words, cases.decided(), strict=True):
        if case == "keep":
            small[word.start : word.end] = text[word.start : word.end]
        elif case == "name":
            small[word.start] = text[word.start]
    return "".join(small)


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str

    @property
    def plain(self) -> str:
        """Without a possessive ending."""
        return self.text[:-2] if self.text.endswith(("'s", "’s")) else self.text


def _explanations(text: str) -> Iterator[tuple[str, int, int]]:
    """Acronyms that the text explains, each with the span of the words it stands for (an empty one where those are not
    beside it): "NORTHERN FRONT [NF]", "NF [NORTHERN FRONT]", "(NF)".
    """
    for match in _EXPLAINED.finditer(text):
        letters = match.group(1).lower()
        before = [*_WORD.finditer(text, max(0, match.start() - 160), match.start())]
        start = _initials_back([w for w in before if w.group().lower() not in _LINKS], letters)
        yield letters, match.start() if start is None else start, match.start()
    for match in _EXPLAINING.finditer(text):
        words = [w for w in match.group(2).lower().split() if w not in _LINKS]
        letters = match.group(1).lower()
        if len(words) > 1 and {w[0] for w in words}.issuperset(letters) and abs(len(words) - len(letters)) < 3:
            yield letters, match.start(2), match.end(2)


def _initials_back(words: Sequence[re.Match[str]], letters: str) -> int | None:
    """Where the words begin whose initials are `letters`, the last words of `words`; None where they are not."""
    last = words[-len(letters) :]
    return last[0].start() if [w.group()[0].lower() for w in last] == list(letters) else None


class _Cases:
    """What becomes of each word of one text: "keep", "name" or "small"."""

    def __init__(
        self, text: str, words: Sequence[_Word], gazetteer: Gazetteer, english: Callable[[str], Collection[str]]
    ) -> None:
        self._text = text
        self._words = words
        self._gazetteer = gazetteer
        self._english = english
        self._lists: PlaceWords = place_words()
        self._given: dict[int, str] = {}
        self._acronyms: set[str] = set()
        for letters, start, end in _explanations(text):
            if end > start or not self._common(letters):
                self._acronyms.add(letters)
                self.give(start, end, "name")

    def give(self, start: int, end: int, case: str) -> None:
        """Decide the words of a span beforehand; small words inside names stay small."""
        for i in range(bisect_left(self._words, start, key=lambda w: w.start), len(self._words)):
            if self._words[i].end > end:
                break
            if self._words[i].text not in _SMALL:
                self._given[i] = case

    def decided(self) -> list[str]:
        """The case of every word."""
        cases = [self._alone(i) for i in range(len(self._words))]
        for first, last in self._places():
            cases[first : last + 1] = ["name"] * (last + 1 - first)
        for i, word in enumerate(self._words):
            if cases[i] == "small" and (
                self._title(i, cases)
                or self._surname(i, cases)
                or _OPENING.search(self._text[max(0, word.start - 120) : word.start])
            ):
                cases[i] = "name"
        return cases

    def _alone(self, i: int) -> str:
        word, plain = self._words[i], self._words[i].plain
        if i in self._given:
            return self._given[i]
        if plain in self._acronyms:
            return "keep"
        if plain in ("may", "march", "mar") and self._dated(word):
            return "name"
        if plain in _SMALL:
            return "small" if plain != "i" else "keep"
        numbered = self._numbered(word)
        if numbered:
            return numbered
        if plain in _CALENDAR or plain in self._lists.demonyms:
            return "name"
        if plain in self._lists.titles:
            return "small"
        if plain in _SHORTENED:
            return "name"
        if len(plain) == 1 or (len(plain) < 5 and not _VOWEL.search(plain)):
            return "small" if plain in _UNITS else "keep"
        if self._common(plain):
            return "name" if plain in self._lists.given and self._before_name(i) else "small"
        if plain in self._lists.given or self._town(plain):
            return "name"
        return "small" if self._english(plain) or self._compound(plain) else "name"

    def _compound(self, word: str) -> bool:
        """True for two common words written as one ("machinegun"), and for a known one with a prefix."""
        for prefix in _PREFIXES:
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) > 3 and (self._common(rest) or self._english(rest) or self._compound(rest)):
                return True
        return any(self._common(word[:k]) and self._common(word[k:]) for k in range(3, len(word) - 2))

    def _numbered(self, word: _Word) -> str:
        """Letters beside figures: "M-19" is a name, "6TH", "60-MM" and "15-YEAR-OLD" are none."""
        before, after = self._text[max(0, word.start - 2) : word.start], self._text[word.end : word.end + 2]
        if before[-1:].isdigit():
            return "small"
        if re.fullmatch(r"-\d", after) and len(word.text) < 4:
            return "keep"
        return "small" if before[:1].isdigit() and before[1:] == "-" else ""

    def _dated(self, word: _Word) -> bool:
        """True for a month between the numbers of a day and a year."""
        before, after = (
            self._text[max(0, word.start - 4) : word.start].rstrip()[-1:],
            self._text[word.end : word.end + 8].strip()[:1],
        )
        return before.isdigit() or after.isdigit()

    def _common(self, word: str) -> bool:
        return word in _SMALL or word in self._lists.common

    def _title(self, i: int, cases: Sequence[str]) -> bool:
        """True for a title before a name."""
        titled = self._words[i].text in self._lists.titles and i + 1 < len(cases)
        return titled and cases[i + 1] == "name" and self._beside(i)

    def _surname(self, i: int, cases: Sequence[str]) -> bool:
        """True for a rare noun right after a personal name, or a given name before one: "Carlos PIZARRO"."""
        plain, english = self._words[i].plain, self._english(self._words[i].plain)
        if self._common(plain) or english != {"noun"} or plain.endswith("s") or plain in self._lists.titles:
            return False
        if i == 0 or cases[i - 1] != "name" or self._text[self._words[i - 1].end : self._words[i].start].strip(" \n"):
            return False
        before = self._words[i - 1].text
        if before in self._lists.given:
            return True
        known = before in self._lists.demonyms or before in _CALENDAR or self._town(before)
        return not (known or self._english(before) or self._common(before))

    def _before_name(self, i: int) -> bool:
        """True for a given name that is a word too ("GRANT", "ANGEL") before a word that English does not know."""
        if i + 1 >= len(self._words) or not self._beside(i):
            return False
        following = self._words[i + 1].text
        return not self._common(following) and not self._english(following)

    def _beside(self, i: int) -> bool:
        return self._text[self._words[i].end : self._words[i + 1].start].strip(" \n.") == ""

    def _town(self, word: str) -> bool:
        """True for a name of a unit or of a large town, unless English has it as a verb or adjective ("same")."""
        if not {"noun"}.issuperset(self._english(word)):
            return False
        found = self._gazetteer.candidates(name_key(word))
        return any(c.kind != "city" or c.population >= _TOWN for c in found)

    def _places(self) -> list[tuple[int, int]]:
        """First and last word of names of several words, and of units ("COLON DEPARTMENT")."""
        found: list[tuple[int, int]] = []
        i = 0
        while i < len(self._words):
            last = self._longest(i)
            if last > i:
                found.append((i, last))
            elif self._unit(i):
                found.append((i, i))
            i = max(last, i) + 1
        return found

    def _longest(self, first: int) -> int:
        """The last word of the longest name of two or more words that begins here, `first` where there is none."""
        most = min(self._gazetteer.longest(name_key(self._words[first].text)), len(self._words) - first)
        for last in range(first + most - 1, first, -1):
            inside = self._words[first : last + 1]
            if not all(self._beside(i) for i in range(first, last)) or all(self._common(w.text) for w in inside):
                continue
            if self._gazetteer.candidates(" ".join(name_key(w.text) for w in inside)):
                return last
        return first

    def _unit(self, i: int) -> bool:
        word = self._words[i].text
        if i + 1 >= len(self._words) or word in _SMALL or not self._beside(i) or "adj" in self._english(word):
            return False
        kinds = self._lists.units.get(self._words[i + 1].text, ())
        return any(c.kind in kinds for c in self._gazetteer.candidates(name_key(word)))
