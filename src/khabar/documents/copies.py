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
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

__all__ = ["group_copies", "shingles", "similarity"]

_WORD = re.compile(r"\w+")
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


def group_copies(documents: Iterable[tuple[str, str]], threshold: float = 0.8) -> tuple[frozenset[str], ...]:
    """Groups of ids, two or more each, whose texts are copies of one another, sorted by their smallest id.

    documents: pairs of id and text. threshold: the share of word 5-grams in common, of both texts (Jaccard), or of the
    shorter one if it is the longer one's lead or at least a third of it.
    """
    prints: dict[str, array[int]] = {}
    for document_id, text in documents:
        prints[document_id] = shingles(text)
    ids = sorted(i for i, grams in prints.items() if grams)
    parents = {i: i for i in ids}
    for left, right in sorted(_candidates([prints[i] for i in ids])):
        one, other = _root(parents, ids[left]), _root(parents, ids[right])
        if one != other and similarity(prints[ids[left]], prints[ids[right]]) >= threshold:
            parents[max(one, other)] = min(one, other)
    groups: dict[str, list[str]] = defaultdict(list)
    for i in ids:
        groups[_root(parents, i)].append(i)
    return tuple(frozenset(group) for _, group in sorted(groups.items()) if len(group) > 1)


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


def _candidates(prints: list[array[int]]) -> set[tuple[int, int]]:
    """Pairs worth an exact comparison, by their places: alike by MinHash, or sharing sampled shingles."""
    return set(_alike(prints)) | set(_overlapping(prints))


def _alike(prints: list[array[int]]) -> Iterator[tuple[int, int]]:
    """Pairs with one band of their MinHash signatures in common."""
    from rensa import RMinHash

    rows = _PERMUTATIONS // _BANDS
    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for start in range(0, len(prints), 1000):
        matrix = RMinHash.digest_matrix_from_token_hash_sets(
            [list(p) for p in prints[start : start + 1000]], _PERMUTATIONS, _SEED
        )
        for place, row in enumerate(matrix.to_rows(), start=start):
            for band in range(_BANDS):
                buckets[(band, *row[band * rows : (band + 1) * rows])].append(place)
    for bucket in buckets.values():
        yield from _pairs(bucket)


def _overlapping(prints: list[array[int]]) -> Iterator[tuple[int, int]]:
    """Pairs which share at least two of the sampled shingles, other than formulas that many texts have."""
    index: dict[int, list[int]] = defaultdict(list)
    for place, grams in enumerate(prints):
        for gram in set(grams):
            if gram % _SAMPLED == 0:
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
