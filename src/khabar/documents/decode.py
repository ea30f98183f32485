"""Bytes to text. Invariant: UTF-8 keeps every code point (byte-order mark and line ends included), so that offsets are
those of the file decoded without translation; what is not text is refused, never guessed into letters.
"""

from __future__ import annotations

import codecs
import re

from khabar.errors import DocumentError

__all__ = ["decode"]

_REMEDY = "Check that it is a text file, or save it as UTF-8 text, PDF, DOCX or HTML."
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# C0 controls that no text holds: all but tab, line ends, form feed, escape and the DOS end-of-file mark.
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c\x1a\x1b")
_CONTROL_SHARE = 0.005
_HIGH = bytes(range(0x80, 0x100))
_LETTERS_SHARE = 0.15  # of bytes above ASCII: more than any western language has, fewer than any other script
_BAD_SHARE = 0.001
_SAMPLE = 200_000


def decode(data: bytes, name: str) -> str:
    """The text of `data`; DocumentError names the file where it is not text.

    In this order: a UTF-16 or UTF-32 byte-order mark, UTF-8, UTF-16 without a mark (every second byte zero), UTF-8
    with a few damaged bytes (shown as U+FFFD), then cp1252 for Latin script and a detected code page for others.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_strictly(data, encoding, name), name)
    if b"\x00" in data:
        return _checked(_without_mark(data, name), name)
    if len(data.translate(None, _CONTROLS)) < len(data) * (1 - _CONTROL_SHARE):
        raise DocumentError(f"{name}: the file holds binary data, not text.", _REMEDY)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", "replace")
    if mended.count("\ufffd") <= _BAD_SHARE * len(mended) and re.search("[\u0080-\ufffc]", mended):
        return mended
    return _checked(_legacy(data, name), name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise DocumentError(f"{name}: the file begins as {encoding} text and is damaged.", _REMEDY) from problem


def _without_mark(data: bytes, name: str) -> str:
    """UTF-16 written without a byte-order mark, which leaves a zero in nearly every second byte of Latin text."""
    sample = data[: _SAMPLE * 2]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    half = max(1, len(sample) // 2)
    if len(data) % 2 == 0 and max(zeros) > 0.5 * half and min(zeros) == 0:
        return _strictly(data, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le", name)
    raise DocumentError(f"{name}: the file holds binary data, not text.", _REMEDY)


def _legacy(data: bytes, name: str) -> str:
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _HIGH)) <= _LETTERS_SHARE * len(sample):
        # Detectors call western text cp1250; the two differ in letters which English does not have.
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")
    from charset_normalizer import from_bytes

    guess = from_bytes(sample).best()
    if guess is None:
        raise DocumentError(f"{name}: the file is not text in any known encoding.", _REMEDY)
    return data.decode(guess.encoding, "replace")


def _checked(text: str, name: str) -> str:
    """Refuse text full of control characters: binary data that a single-byte code page let through."""
    sample = text[:_SAMPLE]
    odd = sum(
        1 for c in sample if (c < " " and c not in "\t\n\r\x0b\x0c\x1a\x1b") or ("\x7f" <= c < "\xa0" and c != "\x85")
    )
    if odd > 0.02 * len(sample):
        raise DocumentError(f"{name}: the file holds binary data, not text.", _REMEDY)
    if any("\ud800" <= c <= "\udfff" for c in sample):
        raise DocumentError(f"{name}: the file holds broken UTF-16 text.", _REMEDY)
    return text
