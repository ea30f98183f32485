"""By what copies of a text are looked for, kept from run to run. Invariant: marks depend on the text alone, and are
kept under a hash of it; so a memory of other texts, or of another version, changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

__all__ = ["Marks", "TextMemory", "hash_of", "load_texts", "save_texts"]


@dataclass(frozen=True, slots=True)
class Marks:
    """The bands of a text's MinHash signature, and those of its shingles that are indexed."""

    bands: tuple[int, ...]
    grams: tuple[int, ...]


@dataclass(slots=True)
class TextMemory:
    """The marks of texts, by their hash, and which two texts are copies (hashes in order).

    What a grouping does not ask for is forgotten after it.
    """

    marks: dict[str, Marks] = field(default_factory=dict)
    copies: dict[tuple[str, str], bool] = field(default_factory=dict)

    def keep(self, marks: Mapping[str, Marks], copies: Mapping[tuple[str, str], bool]) -> None:
        """Remember these instead of those before."""
        self.marks, self.copies = dict(marks), dict(copies)


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
            bands = list(map(tuple, data["bands"].tolist()))
            grams = _parted(data["grams"], data["ends"])
            marks = {k: Marks(b, g) for k, b, g in zip(keys, bands, grams, strict=True)}
            pairs, alike = data["pairs"].tolist(), data["copies"].tolist()
            copies = {(keys[a], keys[b]): bool(same) for (a, b), same in zip(pairs, alike, strict=True)}
    except FileNotFoundError:
        return TextMemory(), ""
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, BadZipFile) as problem:
        return TextMemory(), f"{path} is damaged and not used ({problem}); it will be written anew."
    return TextMemory(marks, copies), ""


def save_texts(memory: TextMemory, path: Path) -> str:
    """Write a memory to a file, whole or not at all; a note where that is not possible: the next run takes longer."""
    import numpy as np

    some = {key: its for key, its in memory.marks.items() if its.bands}  # a text without words has none
    place = {key: number for number, key in enumerate(some)}
    marks = list(some.values())
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("wb") as file:
            np.savez(
                file,
                version=np.array(_version()),
                keys=np.array([key.encode("ascii") for key in place], np.bytes_),
                bands=np.array([m.bands for m in marks], np.uint64),
                grams=np.array([g for m in marks for g in m.grams], np.uint64),
                ends=np.cumsum([len(m.grams) for m in marks], dtype=np.int64),
                pairs=np.array([(place[a], place[b]) for a, b in memory.copies], np.int64).reshape(-1, 2),
                copies=np.array(list(memory.copies.values()), np.bool_),
            )
        fresh.replace(path)
    except OSError as problem:
        return f"{path} cannot be written ({problem.strerror}); the next run will take longer."
    return ""


def _parted(values: Any, ends: Any) -> Sequence[tuple[int, ...]]:
    """The values up to each end, from the one before it."""
    flat, bounds = values.tolist(), [0, *ends.tolist()]
    if any(a > b for a, b in pairwise(bounds)) or bounds[-1] != len(flat):
        raise ValueError("its columns do not fit each other")
    return [tuple(flat[a:b]) for a, b in pairwise(bounds)]
