"""A text in which names are looked up by where they begin and end. Invariant: a name made here quotes its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from khabar.reading.definition_words import RUN
from khabar.reading.model import ActorMention

__all__ = ["Page"]


class Page:
    """A text with its mentions looked up by where they begin and end."""

    def __init__(self, text: str, mentions: Sequence[ActorMention]) -> None:
        """`mentions` must be sorted and disjoint."""
        self.text = text
        self._mentions = mentions
        self._starts = [m.start for m in mentions]
        self._ends = [m.end for m in mentions]

    def starting(self, at: int) -> ActorMention | None:
        """The mention that begins at an offset."""
        i = bisect_left(self._starts, at)
        return self._mentions[i] if i < len(self._starts) and self._starts[i] == at else None

    def ending(self, at: int) -> ActorMention | None:
        """The mention that ends at an offset."""
        i = bisect_right(self._ends, at) - 1
        return self._mentions[i] if i >= 0 and self._ends[i] == at else None

    def run_before(self, end: int) -> tuple[int, int] | None:
        """The longest run of capitalised words which ends here."""
        begin = max(self.text.rfind("\n", 0, end), self.text.rfind(". ", 0, end), end - 90, 0)
        best = None
        for run in RUN.finditer(self.text, begin, end):
            if run.end() == end and (run.start() == 0 or not self.text[run.start() - 1].isalnum()):
                best = (run.start(), run.end())
        return best

    def run_from(self, start: int) -> tuple[int, int] | None:
        """The run of capitalised words which begins here, of three characters or more."""
        run = RUN.match(self.text, start)
        return (run.start(), run.end()) if run and run.end() - run.start() > 2 else None

    def made(self, start: int, end: int, kind: str, like: ActorMention | None = None) -> ActorMention:
        """A mention of these offsets that the text defines; a further name of `like` where that is given."""
        surface = self.text[start:end]
        if like is None:
            return ActorMention(start, end, surface, " ".join(surface.split()), None, kind, "defined")
        return ActorMention(start, end, surface, like.name, like.id, like.kind, "defined")
