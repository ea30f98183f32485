"""Stretches of text that are taken by mentions. Invariant: sorted, and no two overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from khabar.reading.model import ActorMention

__all__ = ["Spans"]


class Spans:
    """Spans that are taken, kept sorted; asked whether a stretch is free and what stands at an offset."""

    def __init__(self, mentions: Sequence[ActorMention] = ()) -> None:
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self._starts = [m.start for m in self.mentions]

    def add(self, mention: ActorMention) -> bool:
        """Take the mention's span; False, and nothing is changed, if any of it is taken."""
        if not self.free(mention.start, mention.end):
            return False
        i = bisect_left(self._starts, mention.start)
        self.mentions.insert(i, mention)
        self._starts.insert(i, mention.start)
        return True

    def free(self, start: int, end: int) -> bool:
        """Whether no mention touches `start:end`."""
        i = bisect_left(self._starts, end) - 1
        return i < 0 or self.mentions[i].end <= start

    def at(self, offset: int) -> ActorMention | None:
        """The mention that covers this offset."""
        i = bisect_right(self._starts, offset) - 1
        return self.mentions[i] if i >= 0 and self.mentions[i].end > offset else None

    def within(self, start: int, end: int) -> list[ActorMention]:
        """The mentions that begin in `start:end`."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
