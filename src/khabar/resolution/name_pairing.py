"""The words of two names paired one to one. Invariant: each word is in one pair at most, and given names that are known
to differ are never paired, however alike their letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from khabar.resolution.name_lists import known_word, load_name_words, sound

__all__ = ["Pair", "Pairing", "glued", "pairing", "skeleton"]

_LEAST = 0.62  # share of letters that must agree for two words to be slips of one
_SOUND = 0.15  # what another transliteration costs, in letters
_NICKNAME = 0.3
_INITIAL = 0.5
_NEVER = 99.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words taken for one: their positions, how (equal, sound, nickname, initial, slip), the cost in letters."""

    i: int
    j: int
    left: str
    right: str
    how: str
    cost: float

    @property
    def share(self) -> float:
        """The cost as a share of the longer word."""
        return self.cost / max(len(self.left), len(self.right))


@dataclass(frozen=True, slots=True)
class Pairing:
    """Pairs by position on the left, and the words of each side; `kinds_tell` where what may be left out must not be
    another (a group is no movement; Mullah and Haji may stand before one name).
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    pairs: tuple[Pair, ...]
    kinds_tell: bool = False

    def missing_left(self, optional: Iterable[str] = ()) -> list[str]:
        """Words of the left that no word of the right meets, those that may be left out not counted; two kinds of body
        ("group" and "movement") count.
        """
        met, free = {p.i for p in self.pairs}, self._free(optional)
        return [w for i, w in enumerate(self.left) if i not in met and w not in free]

    def missing_right(self, optional: Iterable[str] = ()) -> list[str]:
        """The same of the right."""
        met, free = {p.j for p in self.pairs}, self._free(optional)
        return [w for j, w in enumerate(self.right) if j not in met and w not in free]

    def _free(self, optional: Iterable[str]) -> frozenset[str]:
        free = frozenset(optional)
        left = {w for i, w in enumerate(self.left) if w in free and all(p.i != i for p in self.pairs)}
        right = {w for j, w in enumerate(self.right) if w in free and all(p.j != j for p in self.pairs)}
        return frozenset() if left and right and self.kinds_tell else free

    def left_over(self, optional: Iterable[str] = ()) -> bool:
        """Whether a telling word stands on one side only; words paired by a slip differ in no more than a letter."""
        slips = any(p.how == "slip" and (p.cost > 1 or p.share > _TELLING) for p in self.pairs)
        return bool(self.missing_left(optional) or self.missing_right(optional) or slips)

    def optional_left_over(self, optional: Iterable[str]) -> int:
        """How many words that may be left out stand on one side only."""
        every = self.missing_left() + self.missing_right()
        return len(every) - len(self.missing_left(optional)) - len(self.missing_right(optional))

    def goes_on(self) -> bool:
        """Whether one name has words after the last one paired."""
        last_left, last_right = max((p.i for p in self.pairs), default=-1), max((p.j for p in self.pairs), default=-1)
        return last_left < len(self.left) - 1 or last_right < len(self.right) - 1

    def turned(self) -> bool:
        """Whether the paired words stand in another order."""
        return any(b.j < a.j for a, b in pairwise(self.pairs))


_TELLING = 0.15  # share of a word's letters that a slip may be in the name of a group: one in seven


def pairing(left: Sequence[str], right: Sequence[str], person: bool, scripts: bool = False) -> Pairing:
    """The pairs of least cost, the cheapest first; of equal ones those that keep the order. `scripts` says that the two
    were written in different scripts, of which one may leave out vowels.
    """
    found = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            how, cost = _cost(one, other, person)
            if scripts and how != "equal" and skeleton(one) == skeleton(other) != "":
                how, cost = "sound", _SOUND
            if cost < _NEVER:
                found.append((cost, abs(i - j), i, j, how))
    pairs: list[Pair] = []
    for cost, _, i, j, how in sorted(found):
        if all(p.i != i and p.j != j for p in pairs):
            pairs.append(Pair(i, j, left[i], right[j], how, cost))
    return Pairing(tuple(left), tuple(right), tuple(sorted(pairs, key=lambda p: p.i)), kinds_tell=not person)


def _cost(one: str, other: str, person: bool) -> tuple[str, float]:
    if one == other:
        return "equal", 0.0
    if one.isdigit() or other.isdigit():
        return "", _NEVER
    if person and 1 in (len(one), len(other)):
        return ("initial", _INITIAL) if one[0] == other[0] else ("", _NEVER)
    known = load_name_words()
    stem, beside = _stems(one, other)
    mine, theirs = known_word(stem), known_word(beside)
    if mine and theirs:
        return ("sound", _SOUND) if mine == theirs else ("", _NEVER)
    if person and known.nicknames.get(one, _NOBODY) & known.nicknames.get(other, _NOBODY):
        return "nickname", _NICKNAME
    heard, written = OSA.distance(sound(one), sound(other)), OSA.distance(one, other)
    if heard == 0:
        return "sound", _SOUND
    if _belonging(one, other) or _belonging(other, one):
        return "", _NEVER
    cost = min(written, heard + 2 * _SOUND)
    if skeleton(one) == skeleton(other) and len(skeleton(one)) > _SHORT_SKELETON:
        cost = max(1.0, cost / 2)
    longest = max(len(stem), len(beside))
    return ("slip", float(cost)) if 1 - cost / longest >= _LEAST else ("", _NEVER)


def _stems(one: str, other: str) -> tuple[str, str]:
    """Both words without what they share with many names: abdulhamid and abdulghani are hamid and ghani."""
    known = load_name_words()
    for shared in known.beginnings:
        if one.startswith(shared) and other.startswith(shared) and min(len(one), len(other)) > len(shared) + 2:
            one, other = one[len(shared) :], other[len(shared) :]
            break
    for shared in known.endings:
        if one.endswith(shared) and other.endswith(shared) and min(len(one), len(other)) > len(shared) + 2:
            return one[: -len(shared)], other[: -len(shared)]
    return one, other


def _belonging(one: str, other: str) -> bool:
    """Islam and Islami, Karim and Karimi: who belongs to it is not it."""
    return other in (one + "i", one + "y", one + "iya", one + "iyya")


_NOBODY: frozenset[int] = frozenset()
_SHORT_SKELETON = 2


def skeleton(word: str) -> str:
    """The consonants of a word as it sounds; scripts that leave out vowels have no more."""
    return "".join(c for c in sound(word).replace("p", "b") if c not in "aeiouyvh")


def glued(left: Sequence[str], right: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both names with words made one that the other writes as one: "good will" beside "goodwill"."""
    one = _glued(tuple(left), right)
    return one, _glued(tuple(right), one)


def _glued(words: tuple[str, ...], beside: Sequence[str]) -> tuple[str, ...]:
    for size in (3, 2):
        for i in range(len(words) - size + 1):
            whole = "".join(words[i : i + size])
            near = len(whole) > _LONG
            if len(whole) > size and any(
                OSA.distance(whole, w, score_cutoff=1) <= near for w in beside if w not in words
            ):
                return _glued((*words[:i], whole, *words[i + size :]), beside)
    return words


_LONG = 6  # letters of a word in which a slip may hide
