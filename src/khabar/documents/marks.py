"""By what copies of a text are looked for, kept from run to run. Invariant: marks depend on the text alone, and are
kept under a hash of it; so a memory of other texts, or of another version, changes nothing.

Marks and what was compared are columns of numbers: of a hundred thousand texts millions of pairs are compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BANDS", "TextMemory", "hash_of", "load_texts", "save_texts"]

BANDS = 32
"""Bands of a text's MinHash signature."""


def _none(type_: str, *more: int) -> Any:
    import numpy as np  # not before it is needed: a command that groups no copies does not wait for it

    return np.zeros((0, *more), type_)


@dataclass(slots=True, eq=False)
class TextMemory:
    """What is known of texts with words: their hashes in order (`keys`), and by their place in it the `bands` of their
    MinHash signatures and those of their shingles that are indexed: up to `ends` of `grams`, from the end of the text
    before. Of the pairs of places `left` and `right`, in order, `alike` says whether the two are copies.

    What a grouping does not ask for is forgotten after it.
    """

    keys: Sequence[str] = ()
    bands: NDArray[np.uint64] = field(default_factory=lambda: _none("uint64", BANDS))
    grams: NDArray[np.uint64] = field(default_factory=lambda: _none("uint64"))
    ends: NDArray[np.int64] = field(default_factory=lambda: _none("int64"))
    left: NDArray[np.int64] = field(default_factory=lambda: _none("int64"))
    right: NDArray[np.int64] = field(default_factory=lambda: _none("int64"))
    alike: NDArray[np.bool_] = field(default_factory=lambda: _none("bool"))

    def grams_of(self, place: int) -> NDArray[np.uint64]:
        """The indexed shingles of one text."""
        return self.grams[self.ends[place - 1] if place else 0 : self.ends[place]]

    def verdicts(self, keys: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """What is known of pairs of other texts, given by their hashes in order: left place × texts + right place, in
        order, and whether the two are copies.
        """
        import numpy as np

        place = {key: number for number, key in enumerate(keys)}
        now = np.array([place.get(key, -1) for key in self.keys], np.int64)
        left, right = now[self.left], now[self.right]
        there = (left >= 0) & (right >= 0)
        return left[there] * len(keys) + right[there], self.alike[there]

    def keep(self, other: TextMemory) -> None:
        """Remember this instead of what was before."""
        for name in self.__slots__:
            setattr(self, name, getattr(other, name))


def hash_of(text: str) -> str:
    """24 hexadecimal characters, equal for equal texts."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@cache
def _version() -> str:
    """A fingerprint of how marks are made and copies told."""
    found = hashlib.blake2b(digest_size=8)
    for name in ("copies.py", "marks.py"):
        found.update(Path(__file__).with_name(name).read_bytes())
    return found.hexdigest()


def load_texts(path: Path) -> tuple[TextMemory, str]:
    """The memory of a file, and a note where there is a file but no use for it; nothing in it is ever run."""
    import numpy as np

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            if str(data["version"]) != _version():
                return TextMemory(), ""
            keys = [key.decode("ascii") for key in data["keys"].tolist()]
            pairs = (data["left"].astype(np.int64), data["right"].astype(np.int64), data["alike"].astype(np.bool_))
            marks = (data["bands"].astype(np.uint64), data["grams"].astype(np.uint64), data["ends"].astype(np.int64))
            found = TextMemory(keys, *marks, *pairs)
            _check(found)
    except FileNotFoundError:
        return TextMemory(), ""
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, BadZipFile) as problem:
        return TextMemory(), f"{path} is damaged and not used ({problem}); it will be written anew."
    return found, ""


def save_texts(memory: TextMemory, path: Path) -> str:
    """Write a memory to a file, whole or not at all; a note where that is not possible: the next run takes longer."""
    import numpy as np

    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("wb") as file:
            np.savez(
                file,
                version=np.array(_version()),
                keys=np.array([key.encode("ascii") for key in memory.keys], np.bytes_),
                bands=memory.bands,
                grams=memory.grams,
                ends=memory.ends,
                left=memory.left.astype(np.int32),
                right=memory.right.astype(np.int32),
                alike=memory.alike,
            )
        fresh.replace(path)
    except OSError as problem:
        return f"{path} cannot be written ({problem.strerror}); the next run will take longer."
    return ""


def _check(memory: TextMemory) -> None:
    """ValueError where columns do not belong together."""
    import numpy as np

    texts, bounds = len(memory.keys), np.append(0, memory.ends)
    if memory.bands.shape != (texts, BANDS) or len(memory.ends) != texts or bounds[-1] != len(memory.grams):
        raise ValueError("its columns do not fit each other")
    codes = memory.left * texts + memory.right
    if len({len(memory.left), len(memory.right), len(memory.alike)}) > 1 or (bounds[1:] < bounds[:-1]).any():
        raise ValueError("its columns do not fit each other")
    if len(codes) and (memory.left.min() < 0 or memory.right.max() >= texts or (memory.left >= memory.right).any()):
        raise ValueError("its pairs are of no texts")
    if list(memory.keys) != sorted(memory.keys) or (codes[1:] <= codes[:-1]).any():
        raise ValueError("it is not in order")
