"""YAML with its line numbers. Invariant: every value knows the file and line it came from, so that every complaint does
too.

Plain words stay words: YAML's truth words (no, on, yes) and octal numbers are read as the text that stands there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from khabar.errors import CodebookError

__all__ = ["Finding", "Item", "merged", "read_tree", "suggestion"]

_LARGEST = 5_000_000  # bytes of a codebook; the built-in one has about a hundred thousand
_MOST_ITEMS = 50_000
_DEEPEST = 40  # items inside items


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a codebook: the file, the line counted from 1, what it is, and what to do."""

    file: str
    line: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message} {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Item:
    """A value of the tree: a text, a list of items, or items by key; `path` says where it stands ("events.raid")."""

    value: str | list[Item] | dict[str, Item]
    file: str
    line: int
    path: str = ""

    @property
    def where(self) -> str:
        """File and line, for messages."""
        return f"{self.file}, line {self.line}"

    def finding(self, message: str, remedy: str = "") -> Finding:
        """A complaint about this item."""
        return Finding(self.file, self.line, f"{self.path or 'the file'}: {message}", remedy)

    def plain(self) -> Any:
        """The value as ordinary Python: texts, lists, dictionaries; `true` and `false` are truth values."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return {"true": True, "false": False}.get(self.value, self.value)


def suggestion(word: str, known: object) -> str:
    """The words "Did you mean …?" for the nearest of the known words, or the list of them if it is short."""
    words = sorted(str(k) for k in known)  # type: ignore[attr-defined]
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"Known are: {', '.join(words)}." if len(words) <= 20 else ""


def read_tree(path: Path) -> Item:
    """The tree of a YAML file; CodebookError if it cannot be read or is not YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    trap = CodebookError(f"codebook {path} is nested too deeply or too large.", "Write out what its aliases repeat.")
    try:
        if path.stat().st_size > _LARGEST:
            raise trap
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as problem:
        raise CodebookError(f"codebook {path} does not exist.", "Check the path, or give a built-in name.") from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise CodebookError(f"codebook {path} cannot be read: {problem}.", "Save it as a UTF-8 file.") from problem
    try:
        # Composing calls itself for every level, in C, where nothing but the end of the stack stops it.
        if _depth(yaml.parse(text, Loader=loader)) > _DEEPEST:
            raise trap
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(problem, "problem", None) or str(problem).splitlines()[0]
        raise CodebookError(f"{path}, line {line}: not YAML: {said}.", "Check indents, colons and quotes.") from problem
    if node is None:
        raise CodebookError(f"codebook {path} is empty.", "Begin with `extends: political-violence`.")
    if _size(node, {}) > _MOST_ITEMS:
        raise trap
    return _item(node, str(path), "")


def _depth(events: Iterable[Any]) -> int:
    """How deeply items are nested, aliases aside; reads no further where that is deeper than any codebook."""
    deepest = depth = 0
    for event in events:
        name = type(event).__name__
        depth += name in ("SequenceStartEvent", "MappingStartEvent")
        depth -= name in ("SequenceEndEvent", "MappingEndEvent")
        deepest = max(deepest, depth)
        if depth > _DEEPEST:
            break
    return deepest


def _size(node: Any, known: dict[int, int]) -> int:
    """How many items a node holds with its aliases written out, more than any codebook where they are endless."""
    if node.id == "scalar":
        return 1
    if id(node) not in known:
        known[id(node)] = _MOST_ITEMS + 1  # inside itself it has no end
        inner = node.value if node.id == "sequence" else [value for _, value in node.value]
        known[id(node)] = 1 + sum(_size(n, known) for n in inner)
    return known[id(node)]


def _item(node: Any, file: str, path: str) -> Item:
    line = node.start_mark.line + 1
    if node.id == "scalar":
        return Item(node.value, file, line, path)
    if node.id == "sequence":
        return Item([_item(n, file, f"{path}[{i}]") for i, n in enumerate(node.value)], file, line, path)
    found: dict[str, Item] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in found:
            raise CodebookError(
                f"{file}, line {key.start_mark.line + 1}: {path + '.' if path else ''}{name} is given twice.",
                f"Join it with line {found[name].line}.",
            )
        inner = _item(value, file, f"{path}.{name}" if path else name)
        found[name] = replace(inner, line=key.start_mark.line + 1)
    return Item(found, file, line, path)


def merged(base: Item, own: Item) -> Item:
    """`own` laid over `base`: keys join, lists grow, texts are replaced."""
    if isinstance(base.value, dict) and isinstance(own.value, dict):
        both = dict(base.value)
        for key, item in own.value.items():
            both[key] = merged(both[key], item) if key in both else item
        return replace(own, value=both)
    if isinstance(base.value, list) and isinstance(own.value, list):
        return replace(own, value=[*base.value, *own.value])
    return own
