"""The documentation as the tests read it: pages, headings, links, blocks, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["ROOT", "Block", "anchors", "blocks", "links", "page", "pages", "section", "table"]

ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


class Block(NamedTuple):
    """A fenced block: its language word, and its text."""

    language: str
    text: str


def pages() -> list[Path]:
    """Every page of the documentation."""
    return [
        *sorted((ROOT / "docs").rglob("*.md")),
        *(ROOT / n for n in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    ]


def page(name: str) -> str:
    """The text of a page, by its path from the project's root."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str | None = None) -> Iterator[Block]:
    """The fenced blocks of a page, all or those of one language."""
    for found in _FENCE.finditer(text):
        if language is None or found[1] == language:
            yield Block(found[1], found[2])


def links(text: str) -> list[str]:
    """The targets of links outside of fenced blocks and code."""
    return _LINK.findall(re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text)))


def anchors(text: str) -> set[str]:
    """What a link to a heading of the page is called after the #."""
    headings = re.findall(r"^#+ +(.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"no heading {heading!r}"
    return found[1]


def table(text: str, first_heading: str) -> list[list[str]]:
    """The rows, without heads, of every table whose first head is `first_heading`."""
    rows: list[list[str]] = []
    inside = False
    for line in text.splitlines():
        cells = [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] if line.startswith("|") else []
        if not cells:
            inside = False
        elif cells[0] == first_heading:
            inside = True
        elif inside and set(cells[0]) - {"-", ":"}:
            rows.append(cells)
    return rows
