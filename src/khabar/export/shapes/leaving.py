"""Rows and losses on their way out. Invariant: a private person's name, and a name that the profile keeps back, is in
nothing that leaves: not in a cell, a loss, a quote or a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from khabar.export.conduct import Pseudonyms
from khabar.export.shapes.material import Material
from khabar.export.shapes.parts import Loss, Row
from khabar.export.shapes.shape import Shape

__all__ = ["UNIDENTIFIED", "Leaving", "without_names"]

UNIDENTIFIED = "[unidentified]"
"""What stands for a name that the profile keeps back."""


class Leaving:
    """What a shape makes of its material, with names replaced; `Row`s and `Loss`es in the order they are made."""

    def __init__(self, shape: Shape, material: Material, pseudonyms: Pseudonyms) -> None:
        self._shape = shape
        self._material = material
        self._pseudonyms = pseudonyms

    def __iter__(self) -> Iterator[Row | Loss]:
        for item in self._shape.records(self._material):
            yield from map(self._named, self._material.drained())
            yield self._named(item)
        yield from map(self._named, self._material.drained())

    def told(self, subject: str, value: Any) -> Any:
        """A value of `subject` as it may leave."""
        hidden = self._material.hidden(subject)
        return self._pseudonyms.applied(without_names(value, hidden))

    def _named(self, item: Row | Loss) -> Row | Loss:
        if isinstance(item, Row):
            return replace(item, values={k: self.told(item.subject, v) for k, v in item.values.items()})
        return replace(item, detail=self.told(item.subject, item.detail))


def without_names(value: Any, names: Collection[str]) -> Any:
    """The JSON-like value with each name replaced where it stands as whole words."""
    if not names:
        return value
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?!\w)")

    def without(inner: Any) -> Any:
        if isinstance(inner, str):
            return pattern.sub(UNIDENTIFIED, inner)
        if isinstance(inner, dict):
            return {key: without(v) for key, v in inner.items()}
        if isinstance(inner, (list, tuple)):
            return [without(v) for v in inner]
        return inner

    return without(value)
