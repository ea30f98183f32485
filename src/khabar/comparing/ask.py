"""Comparisons as they are asked for: by name, from a base that may have changed since. Invariant: an answer kept from
before is given only while base and imported files are as they were.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

from khabar.codebook.model import Codebook
from khabar.comparing.compare import Within, compare_base, reference_named
from khabar.comparing.model import Comparison
from khabar.reading.gazetteer import open_gazetteer
from khabar.settings import load_settings
from khabar.store.base import View

__all__ = ["Comparisons"]

_KEPT = 4  # comparisons kept in memory


class Comparisons:
    """Compares on demand and keeps the last few answers, because a page is turned more often than a base changes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, Comparison] = OrderedDict()
        self._one = Lock()

    def of(self, base: View, name: str, book: Codebook, within: Within | None = None) -> Comparison:
        """As `compare_base`; NotFoundError where no imported file has the name."""
        key = (base, name, within, self._standing(base, name))  # two bases never share an answer
        with self._one:
            if key not in self._kept:
                self._kept[key] = compare_base(base, name, book, open_gazetteer(load_settings().cache), within)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]

    def _standing(self, base: View, name: str) -> tuple[Any, ...]:
        """What an answer depends on, as far as it can be asked cheaply."""
        sets = tuple(each.id for each in reference_named(base, name))
        runs = tuple((run.id, run.finished_at) for run in base.runs(1))
        return sets, runs, sum(1 for _ in base.decisions()), repr(base.overview())
