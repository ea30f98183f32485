"""The colours of the design system: text can be read, and categories stay apart for every kind of colour blindness."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import pytest

_TOKENS = Path(__file__).resolve().parents[2] / "web/src/styles/tokens.css"
pytestmark = pytest.mark.skipif(not _TOKENS.is_file(), reason="the sources of the styles are not here")

_Colour = tuple[float, float, float]

# What is seen without one kind of cones, for linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
_SEEN = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
_APART = 17.0
_TEXT, _SHAPE = 4.5, 2.95  # contrast asked of text and of shapes (WCAG 2.2; colours are rounded to whole bytes)


def _tokens(side: int) -> dict[str, _Colour]:
    found = re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", _TOKENS.read_text())
    return {name: _linear((light, dark)[side]) for name, light, dark in found}


def _linear(colour: str) -> _Colour:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def _lab(colour: _Colour) -> _Colour:
    """CIE 1976 L*a*b* under D65."""
    rows = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.089))
    x, y, z = (sum(f * c for f, c in zip(row[:3], colour, strict=True)) / row[3] for row in rows)
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _contrast(one: _Colour, other: _Colour) -> float:
    low, high = sorted(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] for c in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("eyes", _SEEN)
def test_categories_stay_apart(side: int, eyes: str) -> None:
    seen = {}
    for name, colour in _tokens(side).items():
        if name.startswith("cat-"):
            mixed = [sum(f * c for f, c in zip(row, colour, strict=True)) for row in _SEEN[eyes]]
            red, green, blue = (min(1.0, max(0.0, c)) for c in mixed)
            seen[name] = _lab((red, green, blue))
    assert len(seen) == 8
    near = {pair: math.dist(seen[pair[0]], seen[pair[1]]) for pair in itertools.combinations(seen, 2)}
    assert {pair: d for pair, d in near.items() if d < _APART} == {}


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_and_shapes_be_seen(side: int) -> None:
    tokens = _tokens(side)
    surfaces = [tokens[name] for name in ("paper", "raised", "sunk")]
    text = [
        "ink",
        "ink-soft",
        "accent",
        "warn",
        "good",
        "bad",
        *(name for name in tokens if name.startswith("stance-")),
    ]
    for name in text:
        assert min(_contrast(tokens[name], surface) for surface in surfaces) >= _TEXT, name
    for name in ("warn", "good", "bad", "accent"):
        assert _contrast(tokens[name], tokens[f"{name}-soft"]) >= _TEXT, name
    assert _contrast(tokens["accent-ink"], tokens["accent"]) >= _TEXT
    for words in ("evidence", "evidence-strong"):
        assert _contrast(tokens["ink"], tokens[words]) >= _TEXT, words
    for name in (f"cat-{n}" for n in range(1, 9)):
        assert min(_contrast(tokens[name], surface) for surface in surfaces[:2]) >= _SHAPE, name
