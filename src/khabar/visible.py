"""Signs that cannot be seen, as signs that can. Invariant: one character for each, so that offsets stay what they are;
texts are kept as they were written, and only what is shown is changed.

A name can hold a sign that turns the direction of writing, so that a page says another thing than the text (U+202E);
or one that a terminal obeys (escape); or one that libraries for pictures and XML cannot take at all (NUL).
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

__all__ = ["HIDDEN", "all_visible", "visible"]

Kind = TypeVar("Kind")

HIDDEN = "\N{SYMBOL FOR SUBSTITUTE FORM TWO}"
"""What stands for a sign that turns writing or has no picture of its own."""

_PICTURES = 0x2400  # of the control characters, in their order: ␀ ␁ ␂ …
_DELETE = 0x7F
_KEPT = "\t\n\r"
_TABLE = {
    **{code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in _KEPT},
    _DELETE: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), HIDDEN),  # control characters of a second set, which terminals obey as well
    **dict.fromkeys(range(0x202A, 0x202F), HIDDEN),  # embed and override the direction of writing
    **dict.fromkeys(range(0x2066, 0x206A), HIDDEN),  # isolate it
    **dict.fromkeys(range(0xFDD0, 0xFDF0), HIDDEN),  # no characters
    **dict.fromkeys((0xFFFE, 0xFFFF), HIDDEN),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),  # halves of a character
}
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text with a picture in the place of every sign that cannot be seen; tabs and line ends stay."""
    return text.translate(_TABLE) if _ODD.search(text) else text


def all_visible(value: Kind) -> Kind:
    """The same for every text inside lists, tuples, dictionaries and records."""
    return cast("Kind", _gone_through(value))


def _gone_through(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {key: _gone_through(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_gone_through(inner) for inner in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _gone_through(getattr(value, f.name)) for f in fields(value) if f.init})
    return value
