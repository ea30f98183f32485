"""JSON with a checksum. Invariant: what a fault of the disk has changed is never read as if it were whole.

The checksum (CRC-32 of the text in UTF-8) is white space at the end, which everything that reads JSON passes over: the
text stays what it is to other programs, and to SQL. Text without such an end, of an earlier release, is read as it is.
"""

from __future__ import annotations

import json
from typing import Any
from zlib import crc32

__all__ = ["AlteredError", "dumps", "loads"]

_SIGNS = " \t\n\r"  # a sign for two bits
_LENGTH = 16
_PAIRS = ["".join(_SIGNS[byte >> shift & 3] for shift in (6, 4, 2, 0)) for byte in range(256)]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode


class AlteredError(ValueError):
    """A text was changed since it was written."""


def dumps(value: Any) -> str:
    """A value as compact JSON with its checksum."""
    text = _encode(value)
    return text + _seal(text)


def loads(text: str) -> Any:
    """The value of a text; AlteredError where it was changed since it was written."""
    body = text
    if text[-1:] in _SIGNS:
        body, end = text[:-_LENGTH], text[-_LENGTH:]
        if _seal(body) != end:
            raise AlteredError("A record was changed since it was written.")
    try:
        return _decode(body)
    except ValueError as problem:
        raise AlteredError("A record was changed since it was written.") from problem


def _seal(text: str) -> str:
    return "".join(_PAIRS[byte] for byte in crc32(text.encode("utf-8", "surrogatepass")).to_bytes(4, "big"))
