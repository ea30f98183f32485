"""The same text as it might come from elsewhere: wrapped, with other quotation marks, with a page's notices around it.

Invariant: a perturbation changes how a text is written and never what it says; what is random in it is seeded.
"""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Mapping

__all__ = ["PERTURBATIONS", "Perturbation"]

Perturbation = Callable[[str, int], str]
"""A text and a seed of chance to the text written otherwise."""

_BEFORE = (
    "We use cookies to give you the best experience on our website. By continuing you agree to our use of them.\n\n",
    "Skip to main content\n\n",
    "Home | World | Politics | Opinion | Sport | Subscribe\n\n",
    "Share on Facebook\nShare on Twitter\nShare via Email\n\n",
    "Advertisement\n\n",
)
_AFTER = (
    "\n\nSign up for our newsletter to get the latest stories in your inbox.\n",
    "\n\nRead more:\nTen ways to cook lentils\nThe best walks in the hills\n",
    "\n\nFollow us on Twitter and Facebook.\n",
    "\n\nCopyright 2019. All rights reserved. This material may not be published or redistributed.\n",
    "\n\nRelated stories\n\nSign in to comment\n",
)
_STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "--", "…": "..."}
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing secret


def _boilerplate(text: str, seed: int) -> str:
    """Notices of a page before and after the report."""
    chance = _chance(seed)
    before = "".join(chance.sample(_BEFORE, chance.randint(1, 3)))
    return before + text.rstrip() + "".join(chance.sample(_AFTER, chance.randint(1, 3)))


def _wrapped(text: str, seed: int) -> str:
    """Lines broken at a width between 60 and 100."""
    return _filled(text, _chance(seed).randint(60, 100), hyphens=False)


def _hyphenated(text: str, seed: int) -> str:
    """Lines broken inside words, as a typesetter does."""
    return _filled(text, _chance(seed).randint(60, 100), hyphens=True)


def _filled(text: str, width: int, *, hyphens: bool) -> str:
    lines: list[str] = []
    for paragraph in _PARAGRAPH.split(text):
        for line in paragraph.split("\n"):
            # Short lines are titles, bylines and dates; they stand on lines of their own in every setting.
            filled = _hyphenate(line, width) if hyphens else textwrap.wrap(line, width, break_on_hyphens=False)
            lines += filled if len(line) > width else [line]
        lines.append("")
    return "\n".join(lines[:-1])


def _hyphenate(text: str, width: int) -> list[str]:
    """Greedy lines; a long lower-case word that does not fit is parted in its middle, after a vowel and a consonant."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}" if line else word
            continue
        cut = re.match(r"[a-z]{3,}?[aeiou][bcdfgklmnprstv](?=[bcdfgklmnprstv][aeiou][a-z]{2,})", word)
        if cut and len(line) + 2 + cut.end() <= width:
            lines.append(f"{line} {word[: cut.end()]}-")
            line = word[cut.end() :]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def _upper(text: str, _seed: int) -> str:
    """Capitals throughout, as old wires and some headlines have it."""
    return text.upper()


def _straight(text: str, _seed: int) -> str:
    """Typewriter quotation marks and dashes."""
    return "".join(_STRAIGHT.get(c, c) for c in text)


def _curly(text: str, _seed: int) -> str:
    """Typographic quotation marks, apostrophes and dashes."""
    text = re.sub(r'(?<![^\s(\[])"(?=\S)', "“", text)
    text = text.replace('"', "”")
    text = re.sub(r"(?<![^\s(\[“])'(?=\S)", "‘", text)
    return text.replace("'", "’").replace(" - ", " – ")


def _decomposed(text: str, _seed: int) -> str:
    """Letters and accents as separate characters, as some file systems and PDFs have it."""
    return unicodedata.normalize("NFD", text)


def _unbroken(text: str, seed: int) -> str:
    """No-break spaces in place of a third of the plain ones, as web pages have them."""
    chance = _chance(seed)
    return "".join("\u00a0" if c == " " and chance.random() < 1 / 3 else c for c in text)


def _windows(text: str, _seed: int) -> str:
    """Line ends of two characters."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


PERTURBATIONS: Mapping[str, Perturbation] = {
    "boilerplate around it": _boilerplate,
    "hard line wrapping": _wrapped,
    "words parted at line ends": _hyphenated,
    "capital letters": _upper,
    "straight quotation marks": _straight,
    "curly quotation marks": _curly,
    "decomposed accents": _decomposed,
    "no-break spaces": _unbroken,
    "Windows line ends": _windows,
}
"""Ways to write a text otherwise, by name; the order is that of the table."""
