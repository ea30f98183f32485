"""Text offsets, folding and content ids. Invariant: a repaired text always maps back to the characters it came from."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from khabar.errors import RecordError
from khabar.records import Document, Edit

__all__ = ["TWINS", "Repaired", "content_id", "file_name", "fold", "repaired_text", "sha256"]

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТХасеіјорѕхуһԁԛԝӏѵ", "ABESIJKMHOPCTXaceijopsxyhdqwlv", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
TWINS = {**_CYRILLIC, **_GREEK}
"""Letters of other alphabets by the Latin letter that nobody can tell them from, of the same case."""


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of `data`, 64 characters: the id of an archived original."""
    return hashlib.sha256(data).hexdigest()


def content_id(value: Any, length: int = 16) -> str:
    """A stable id of a JSON-like value: the first `length` hexadecimal characters of its canonical form's hash."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def file_name(path: str) -> str:
    """The name of a file without the folders it lies in, which are nobody's business but its owner's."""
    return re.split(r"[/\\]", path)[-1] or path


_SPACE = re.compile(r"[\W_]+")
_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


def fold(text: str) -> str:
    """Case, accents and punctuation folded, words parted by one space: the key under which names are compared."""
    if text.isascii():  # most names are, and then there is nothing to take apart
        return " ".join(text.translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _SPACE.sub(" ", plain).strip()


class Repaired:
    """A text with edits applied, and the way back. `text` is what is read; `span` gives the original offsets."""

    __slots__ = ("_starts_new", "_starts_old", "_widths", "text")

    def __init__(self, original: str, edits: Iterable[Edit]) -> None:
        """`edits` must be sorted and must not overlap; RecordError otherwise."""
        pieces: list[str] = []
        # Segment k starts at _starts_new[k] in the repaired text and at _starts_old[k] in the original.
        # An unchanged segment has width -1; an edited one has the width of the original characters it stands for.
        self._starts_new: list[int] = []
        self._starts_old: list[int] = []
        self._widths: list[int] = []
        old = new = 0
        for edit in edits:
            if edit.start < old or edit.end < edit.start or edit.end > len(original):
                raise RecordError(f"edits overlap or leave the text at {edit.start}.")
            if edit.start > old:
                self._segment(new, old, -1)
                pieces.append(original[old : edit.start])
                new += edit.start - old
            if edit.replacement:
                self._segment(new, edit.start, edit.end - edit.start)
                pieces.append(edit.replacement)
                new += len(edit.replacement)
            old = edit.end
        self._segment(new, old, -1)
        pieces.append(original[old:])
        self.text = "".join(pieces)

    def recased(self, text: str) -> Repaired:
        """The same with `text`, which differs in case or blanks alone; RecordError where it has another length."""
        if len(text) != len(self.text):
            raise RecordError(f"a text of {len(self.text)} characters cannot be read as one of {len(text)}.")
        made = copy(self)
        made.text = text
        return made

    def _segment(self, new: int, old: int, width: int) -> None:
        self._starts_new.append(new)
        self._starts_old.append(old)
        self._widths.append(width)

    def _old(self, position: int, *, end: bool) -> int:
        k = bisect_right(self._starts_new, position) - 1
        inside = position - self._starts_new[k]
        width = self._widths[k]
        if width < 0:
            return self._starts_old[k] + inside
        length = (self._starts_new[k + 1] if k + 1 < len(self._starts_new) else len(self.text)) - self._starts_new[k]
        if width == length:
            return self._starts_old[k] + inside
        return self._starts_old[k] + (width if end else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the repaired characters `start:end` (not empty)."""
        if not 0 <= start < end <= len(self.text):
            raise RecordError(f"span {start}:{end} is not inside the repaired text of {len(self.text)} characters.")
        last = self._old(end - 1, end=True)
        k = bisect_right(self._starts_new, end - 1) - 1
        length = (self._starts_new[k + 1] if k + 1 < len(self._starts_new) else len(self.text)) - self._starts_new[k]
        return self._old(start, end=False), last + (1 if self._widths[k] < 0 or self._widths[k] == length else 0)


def repaired_text(document: Document) -> Repaired:
    """The text to be read of a document: repairs applied, every skipped span made a paragraph break, lines that were
    wrapped running on.
    """
    edits: list[Edit] = []
    for edit in sorted([*document.repairs, *_skips(document.skipped)], key=lambda e: (e.start, -e.end)):
        if edits and edit.start < edits[-1].end:
            continue  # a repair inside boilerplate: the boilerplate goes as a whole
        edits.append(edit)
    repaired = Repaired(document.text, edits)
    return repaired.recased(_WRAP.sub(" ", repaired.text))


# The end of a long line inside a paragraph: no blank line, item of a list, or colon beside it.
_WRAP = re.compile(r"(?<=[^\n]{40})(?<![;:\n])\n(?=[^\s\-•*–|])")


def _skips(spans: Sequence[tuple[int, int]]) -> list[Edit]:
    return [Edit(start, end, "\n\n", "boilerplate") for start, end in spans]
