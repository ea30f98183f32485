"""Plain values out of a codebook's tree. Invariant: what is wrong becomes a finding with line and remedy, and the
reading goes on with nothing in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from khabar.codebook.lookup import Phrase
from khabar.codebook.tree import Finding, Item, suggestion

__all__ = ["PlainValues"]


class PlainValues:
    """The small questions that every part of a codebook is read with; findings are appended to one list."""

    def __init__(self, findings: list[Finding]) -> None:
        self._findings = findings

    def _complain(self, item: Item, message: str, remedy: str = "") -> None:
        self._findings.append(item.finding(message, remedy))

    def _keys(self, item: Item | None, allowed: Iterable[str] | None = None) -> dict[str, Item]:
        if item is None:
            return {}
        if not isinstance(item.value, dict):
            self._complain(item, "needs `key: value` lines.", "See docs/codebook.md.")
            return {}
        known = None if allowed is None else tuple(allowed)
        for key, inner in item.value.items():
            if known is not None and key not in known:
                self._complain(inner, f"unknown key {key!r}.", suggestion(key, known))
        return {k: v for k, v in item.value.items() if known is None or k in known}

    def _items(self, item: Item | None) -> list[Item]:
        if item is None:
            return []
        if not isinstance(item.value, list):
            self._complain(item, "needs a list.", "Write [one, two] or lines that begin with a dash.")
            return []
        return item.value

    def _texts(self, item: Item | None) -> tuple[str, ...]:
        found = []
        for inner in self._items(item):
            if isinstance(inner.value, str) and inner.value.strip():
                found.append(inner.value.strip())
            else:
                self._complain(inner, "needs a word or a text.", "Quote it if it holds a colon or a brace.")
        return tuple(dict.fromkeys(found))

    def _phrases(self, item: Item | None) -> tuple[Phrase, ...]:
        return tuple(tuple(text.split()) for text in self._texts(item))

    def _text(self, keys: Mapping[str, Item], name: str, owner: Item) -> str:
        item = keys.get(name)
        if item is None or not isinstance(item.value, str) or not item.value.strip():
            self._complain(item or owner, f"{name} is missing.", f"Add `{name}: …`.")
            return ""
        return item.value.strip()
