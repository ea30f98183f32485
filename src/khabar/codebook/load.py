"""YAML to `Codebook`. Invariant: nothing unknown is passed over; a wrong key, word or code is a CodebookError that
names file, line and key and says what was probably meant.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from khabar.codebook.model import Codebook
from khabar.codebook.parts import Parts
from khabar.codebook.ties import TIES, parse_ties
from khabar.codebook.tree import Finding, Item, merged, read_tree
from khabar.errors import CodebookError

__all__ = ["DEFAULT", "book_names", "load_codebook", "parse_codebook", "read_book"]

DEFAULT = "political-violence"
_BOOKS = Path(__file__).parent / "books"
_DEEPEST = 5


def book_names() -> list[str]:
    """Names of the built-in codebooks, sorted."""
    return sorted(p.stem for p in _BOOKS.glob("*.yml"))


def load_codebook(name_or_path: str | Path = DEFAULT) -> Codebook:
    """The codebook of a built-in name or of a file; CodebookError names the first thing wrong with it.

    Built-in ones are read once in a process; nobody changes a codebook.
    """
    text = str(name_or_path)
    return _built_in(text) if text in book_names() else _load(name_or_path)


@lru_cache(maxsize=8)
def _built_in(name: str) -> Codebook:
    return _load(name)


def _load(name_or_path: str | Path) -> Codebook:
    findings: list[Finding] = []
    book = parse_codebook(read_book(name_or_path), findings)
    if findings:
        first = min(findings, key=lambda f: (f.file != str(name_or_path), f.file, f.line))  # the user's own book first
        raise CodebookError(f"{first.file}, line {first.line}: {first.message}", first.remedy)
    return book


def read_book(name_or_path: str | Path, depth: int = 0) -> Item:
    """The tree of a codebook, laid over the one it extends; CodebookError where one of them cannot be read."""
    path = _path(name_or_path)
    own = read_tree(path)
    if not isinstance(own.value, dict):
        raise CodebookError(f"{path}, line 1: a codebook is a list of `key: value`.", "Begin with `id: my-codebook`.")
    base = own.value.get("extends")
    if base is None:
        return own
    if depth >= _DEEPEST or not isinstance(base.value, str):
        raise CodebookError(f"{base.where}: extends leads in a circle.", "Name one codebook that extends no other.")
    parent = base.value
    beside = path.parent / parent
    return merged(read_book(beside if beside.is_file() else parent, depth + 1), own)


def _path(name_or_path: str | Path) -> Path:
    text = str(name_or_path)
    if text in book_names():
        return _BOOKS / f"{text}.yml"
    path = Path(text)
    if not path.is_file() and not path.suffix and "/" not in text:
        names = ", ".join(book_names())
        raise CodebookError(f"no codebook is called {text!r}.", f"Built in: {names}; or give the path of a YAML file.")
    return path


def parse_codebook(tree: Item, findings: list[Finding]) -> Codebook:
    """The records of a tree. What is wrong is appended to `findings`, and left out of the codebook."""
    sections = {k: v for k, v in tree.value.items() if k in TIES} if isinstance(tree.value, dict) else {}
    ties = parse_ties(sections, findings)
    return replace(Parts(tree, findings).codebook(ties), relations=ties.relations)
