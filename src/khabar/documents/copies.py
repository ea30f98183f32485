"""Wire copies and near-duplicates. Invariant: groups depend on the texts alone, not on their order, and every two texts
joined were compared exactly; MinHash only proposes pairs.

A copy of a wire report may be cut short, so a text of which most stands in a longer one counts as its copy. A round-up
that reprints several reports does not tie them together: the shorter text must be a third of the longer, or its lead.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from khabar.documents.marks import BANDS, TextMemory, hash_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["group_copies", "shingles", "similarity"]

_WORD = re.compile(r"\w+")
_THRESHOLD = 0.8  # share of shingles in common that makes copies
_WIDTH = 5  # words of a shingle
_PERMUTATIONS = 96  # three a band: texts that share half of their shingles meet with certainty 0.985, 0.8 with 1
_SEED = 20_170_216
_SAMPLED = 16  # one shingle in sixteen is indexed, to find texts contained in others
_SHARED = 2  # indexed shingles in common that make a pair worth comparing
_COMMON = 40  # a shingle in more texts than this is a formula, not a sign of copying
_LEAST = 25  # shingles of the shortest text that can be called a cut copy
_PART = 1 / 3
_AT_HAND = 20_000_000  # shingles that are kept while pairs are compared, of eight bytes each
_MODULUS = (1 << 61) - 1
_BASE = 1_000_003


def group_copies(
    documents: Iterable[tuple[str, str]], threshold: float = _THRESHOLD, memory: TextMemory | None = None
) -> tuple[frozenset[str], ...]:
    """Groups of ids, two or more each, whose texts are copies of one another, sorted by their smallest id.

    documents: pairs of id and text. threshold: the share of word 5-grams in common, of both texts (Jaccard), or of the
    shorter one if it is the longer one's lead or at least a third of it. memory: of earlier groupings at the usual
    threshold; texts that it holds are not looked at again, and the groups are those that there are without it.
    """
    ids: defaultdict[str, list[str]] = defaultdict(list)
    texts: dict[str, str] = {}
    for id_, text in documents:
        key = hash_of(text)
        texts[key] = text
        ids[key].append(id_)
    known = memory if memory is not None and threshold == _THRESHOLD else TextMemory()
    seen = frozenset(known.keys)
    keys = sorted(key for key, text in texts.items() if key in seen or _WORD.search(text))
    found, parents = _compared(_marked(keys, texts, known), texts, known, threshold)
    known.keep(found)
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for place, key in enumerate(keys):
        groups[_root(parents, place)] += ids[key]
    return tuple(sorted((frozenset(group) for group in groups.values() if len(group) > 1), key=min))


def _compared(
    marks: TextMemory, texts: Mapping[str, str], known: TextMemory, threshold: float
) -> tuple[TextMemory, list[int]]:
    """The marks with their candidate pairs, each looked up or compared (left out are pairs that others tie together),
    and for each text one that it is a copy of, up to the first of its group (`_root`).
    """
    import numpy as np

    keys = marks.keys
    codes = _candidates(marks)
    before, alike = known.verdicts(keys)
    at = np.minimum(np.searchsorted(before, codes), max(0, len(before) - 1))
    there = before[at] == codes if len(before) else np.zeros(len(codes), np.bool_)
    same = np.zeros(len(codes), np.bool_)
    same[there] = alike[at[there]]
    parents, told = list(range(len(keys))), there.copy()
    for code in codes[same].tolist():
        _join(parents, *divmod(code, len(keys)))

    grams = _Shingles(keys, texts)
    for number in np.flatnonzero(~there).tolist():
        left, right = divmod(int(codes[number]), len(keys))
        if _root(parents, left) == _root(parents, right):
            continue
        told[number] = True
        if similarity(grams[left], grams[right]) >= threshold:
            same[number] = True
            _join(parents, left, right)
    left, right = np.divmod(codes[told], max(1, len(keys)))
    return replace(marks, left=left, right=right, alike=same[told]), parents


class _Shingles(dict[int, "array[int]"]):
    """The shingles of texts by their place, worked out when they are asked for; those at hand are bounded."""

    def __init__(self, keys: Sequence[str], texts: Mapping[str, str]) -> None:
        super().__init__()
        self._keys, self._texts, self._held = keys, texts, 0

    def __missing__(self, place: int) -> array[int]:
        made = shingles(self._texts[self._keys[place]])
        if self._held + len(made) > _AT_HAND:
            self.clear()
            self._held = 0
        self._held += len(made)
        self[place] = made
        return made


def shingles(text: str) -> array[int]:
    """Hashes of the word 5-grams of a text in order, without case and punctuation; the whole of a shorter text.

    Hashes are the same in every process, so that groups are too.
    """
    words = [_word_hash(word) for word in _WORD.findall(text.lower())]
    grams = array("Q")
    if not words:
        return grams
    if len(words) <= _WIDTH:
        grams.append(_mixed(words))
        return grams
    for i in range(len(words) - _WIDTH + 1):
        a, b, c, d, e = words[i : i + _WIDTH]
        grams.append(((((a * _BASE + b) * _BASE + c) * _BASE + d) * _BASE + e) % _MODULUS)
    return grams


def similarity(left: Sequence[int], right: Sequence[int]) -> float:
    """The share of shingles in common, from 0 to 1: of both, or of the shorter where it may be a cut copy."""
    if len(left) > len(right):
        left, right = right, left
    short, long = set(left), set(right)
    common = len(short & long)
    jaccard = common / (len(short) + len(long) - common)
    if len(short) < _LEAST:
        return jaccard
    if len(short) < _PART * len(long):
        # cutting a report keeps its beginning: look only where the shorter one would have come from
        common = len(short & set(right[: len(left) * 3 // 2]))
    return max(jaccard, common / len(short))


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=7).digest(), "big")


def _mixed(words: list[int]) -> int:
    value = 0
    for word in words:
        value = (value * _BASE + word) % _MODULUS
    return value


def _root(parents: list[int], item: int) -> int:
    while parents[item] != item:
        parents[item] = parents[parents[item]]
        item = parents[item]
    return item


def _join(parents: list[int], left: int, right: int) -> None:
    first, second = sorted((_root(parents, left), _root(parents, right)))
    parents[second] = first


def _marked(keys: Sequence[str], texts: Mapping[str, str], known: TextMemory) -> TextMemory:
    """The marks of texts by their hashes, in order; those that are not known are worked out."""
    import numpy as np
    from rensa import RMinHash

    place = {key: number for number, key in enumerate(known.keys)}
    bands = np.zeros((len(keys), BANDS), np.uint64)
    grams: list[Any] = [known.grams_of(place[key]) if key in place else None for key in keys]
    old = [number for number, its in enumerate(grams) if its is not None]
    bands[old] = known.bands[[place[keys[number]] for number in old]]
    fresh = [number for number, its in enumerate(grams) if its is None]
    for start in range(0, len(fresh), 1000):
        part = fresh[start : start + 1000]
        told = [shingles(texts[keys[number]]) for number in part]
        matrix = RMinHash.digest_matrix_from_token_hash_sets(list(map(list, told)), _PERMUTATIONS, _SEED).to_rows()
        rows = np.array(matrix, np.uint64).reshape(len(part), BANDS, _PERMUTATIONS // BANDS)
        made = np.zeros((len(part), BANDS), np.uint64)
        for row in rows.transpose(2, 0, 1):
            made = made * np.uint64(_BASE) + row  # beyond 64 bits the top is cut off
        bands[part] = made
        for number, its in zip(part, told, strict=True):
            sampled = np.unique(np.frombuffer(its, np.uint64))
            grams[number] = sampled[sampled % np.uint64(_SAMPLED) == 0]
    ends = np.cumsum([len(its) for its in grams], dtype=np.int64)
    return TextMemory(keys, bands, np.concatenate([np.zeros(0, np.uint64), *grams]), ends)


def _candidates(marks: TextMemory) -> NDArray[np.int64]:
    """Pairs worth an exact comparison, as left place × texts + right place, in order: alike by MinHash (one band of
    their signatures in common), or sharing at least two of the sampled shingles that few texts have.
    """
    import numpy as np

    size = len(marks.keys)
    places = np.arange(size)
    found = [_meetings(column, places, size, chained=True) for column in marks.bands.T]
    owners = np.repeat(places, np.diff(marks.ends, prepend=0))
    shared, counts = np.unique(_meetings(marks.grams, owners, size, chained=False), return_counts=True)
    return np.unique(np.concatenate([*found, shared[counts >= _SHARED]]))


def _meetings(keys: NDArray[np.uint64], places: NDArray[np.int64], size: int, *, chained: bool) -> NDArray[np.int64]:
    """Pairs of places that share a key: all pairs of a small bucket; of a large one, if it is `chained`, each with the
    first and the next, to stay linear.
    """
    import numpy as np

    order = np.lexsort((places, keys))
    keys, places = keys[order], places[order]
    begins = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(begins, len(keys)))
    few, first = np.repeat(sizes <= _COMMON, sizes), np.repeat(begins, sizes)
    codes = [np.zeros(0, np.int64)]
    for apart in range(1, min(_COMMON, len(keys))):
        meet = few[apart:] & (keys[apart:] == keys[:-apart])
        if not meet.any():
            break
        codes.append(places[:-apart][meet] * size + places[apart:][meet])
    if chained:
        later = ~few & (first != np.arange(len(keys)))
        codes += [places[other[later]] * size + places[later] for other in (first, np.arange(len(keys)) - 1)]
    return np.concatenate(codes)
