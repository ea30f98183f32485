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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from khabar.documents.marks import Marks, TextMemory, hash_of

__all__ = ["group_copies", "shingles", "similarity"]

_WORD = re.compile(r"\w+")
_THRESHOLD = 0.8  # share of shingles in common that makes copies
_WIDTH = 5  # words of a shingle
_PERMUTATIONS = 96
_BANDS = 32  # bands of three rows: texts that share half of their shingles meet with certainty 0.985, 0.8 with 1
_SEED = 20_170_216
_SAMPLED = 16  # one shingle in sixteen is indexed, to find texts contained in others
_SHARED = 2  # indexed shingles in common that make a pair worth comparing
_COMMON = 40  # a shingle in more texts than this is a formula, not a sign of copying
_LEAST = 25  # shingles of the shortest text that can be called a cut copy
_PART = 1 / 3
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
    texts = dict(documents)
    known = memory if memory is not None and threshold == _THRESHOLD else TextMemory()
    keys = {i: hash_of(text) for i, text in texts.items()}
    marks = _marks({keys[i]: texts[i] for i in texts}, known.marks)
    ids = sorted(i for i in texts if marks[keys[i]].bands)
    same: dict[tuple[str, str], bool] = {}
    grams = _Shingles({keys[i]: texts[i] for i in ids})
    parents = {i: i for i in ids}
    for left, right in sorted(_candidates([marks[keys[i]] for i in ids])):
        one, other = ids[left], ids[right]
        if _root(parents, one) == _root(parents, other):
            continue
        key = min(keys[one], keys[other]), max(keys[one], keys[other])
        if key not in same:
            there = known.copies.get(key)
            same[key] = similarity(grams[key[0]], grams[key[1]]) >= threshold if there is None else there
        if same[key]:
            first, second = sorted((_root(parents, one), _root(parents, other)))
            parents[second] = first
    known.keep(marks, same)
    groups: dict[str, list[str]] = defaultdict(list)
    for i in ids:
        groups[_root(parents, i)].append(i)
    return tuple(frozenset(group) for _, group in sorted(groups.items()) if len(group) > 1)


class _Shingles(dict[str, Sequence[int]]):
    """The shingles of texts by their hash, worked out when they are asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, key: str) -> Sequence[int]:
        self[key] = shingles(self._texts[key])
        return self[key]


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


def _root(parents: dict[str, str], item: str) -> str:
    while parents[item] != item:
        parents[item] = parents[parents[item]]
        item = parents[item]
    return item


def _marks(texts: Mapping[str, str], known: Mapping[str, Marks]) -> dict[str, Marks]:
    """The marks of texts by their hash, those that are not known worked out; a text without words has none."""
    import numpy as np
    from rensa import RMinHash

    found = {key: known[key] for key in texts if key in known}
    fresh = [key for key in texts if key not in found]
    rows = _PERMUTATIONS // _BANDS
    for start in range(0, len(fresh), 1000):
        grams = {key: shingles(texts[key]) for key in fresh[start : start + 1000]}
        found |= {key: Marks((), ()) for key, its in grams.items() if not its}
        told = {key: list(its) for key, its in grams.items() if its}
        if not told:
            continue
        matrix = RMinHash.digest_matrix_from_token_hash_sets(list(told.values()), _PERMUTATIONS, _SEED).to_rows()
        bands = np.zeros((len(told), _BANDS), np.uint64)
        for row in np.array(matrix, np.uint64).reshape(len(told), _BANDS, rows).transpose(2, 0, 1):
            bands = bands * np.uint64(_BASE) + row  # beyond 64 bits the top is cut off
        for (key, its), its_bands in zip(told.items(), bands.tolist(), strict=True):
            found[key] = Marks(tuple(its_bands), tuple(sorted({gram for gram in its if gram % _SAMPLED == 0})))
    return found


def _candidates(marks: Sequence[Marks]) -> set[tuple[int, int]]:
    """Pairs worth an exact comparison, by their places: alike by MinHash, or sharing sampled shingles."""
    return set(_alike(marks)) | set(_overlapping(marks))


def _alike(marks: Sequence[Marks]) -> Iterator[tuple[int, int]]:
    """Pairs with one band of their MinHash signatures in common."""
    import numpy as np

    for column in np.array([its.bands for its in marks], np.uint64).reshape(-1, _BANDS).T:
        order = np.argsort(column, kind="stable")
        shared = np.flatnonzero(column[order][1:] == column[order][:-1])
        for bucket in np.split(shared, np.flatnonzero(np.diff(shared) > 1) + 1) if len(shared) else ():
            yield from _pairs(order[bucket[0] : bucket[-1] + 2].tolist())


def _overlapping(marks: Sequence[Marks]) -> Iterator[tuple[int, int]]:
    """Pairs which share at least two of the sampled shingles, other than formulas that many texts have."""
    index: dict[int, list[int]] = defaultdict(list)
    for place, its in enumerate(marks):
        for gram in its.grams:
            index[gram].append(place)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for places in index.values():
        if len(places) <= _COMMON:
            for pair in _pairs(places):
                counts[pair] += 1
    return (pair for pair, count in counts.items() if count >= _SHARED)


def _pairs(places: list[int]) -> Iterator[tuple[int, int]]:
    """All pairs of a small bucket; of a large one each with the first and the next, to stay linear."""
    if len(places) <= _COMMON:
        yield from ((places[i], places[k]) for i in range(len(places)) for k in range(i + 1, len(places)))
    else:
        yield from pairwise(places)
        yield from ((places[0], place) for place in places[1:])
