"""Names found in a text and the words around them. Invariant: offsets are of that text; nothing is looked up here."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from khabar.reading.gazetteer import Candidate

__all__ = ["FoundName", "Words", "read_words", "touches"]

_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Words:
    """The words of a text by position: `starts[i]:ends[i]` is word i, `keys[i]` its folded form."""

    text: str
    starts: list[int]
    ends: list[int]
    forms: list[str]
    capitals: float  # the share of words over two letters written all in capitals

    def index_at(self, offset: int) -> int:
        """Index of the last word that starts at or before `offset`, -1 before the first."""
        return bisect_right(self.starts, offset) - 1


@dataclass(slots=True)
class FoundName:
    """A name that can be a place.

    `start:end` is the bare name, `first` and `last` its words; `mention_start:mention_end` takes in modifiers; `unit`
    is the unit word beside it or '', `kinds` the kinds it calls for; `modifier` one of '', near, part, border; `before`
    and `after` are the neighbouring words in lower case where only blanks part them, `left` and `right` those
    capitalised words that are neither common words nor places; `capitals` is true where the text around is in capitals;
    `shared` where the unit word stands after a later name of the same list; `outside` where the text names a containing
    place that holds none of the candidates.
    """

    start: int
    end: int
    first: int
    last: int
    key: str
    candidates: tuple[Candidate, ...]
    mention_start: int
    mention_end: int
    unit: str = ""
    kinds: tuple[str, ...] = ()
    modifier: str = ""
    before: str = ""
    after: str = ""
    left: str = ""
    right: str = ""
    capitals: bool = False
    shared: bool = False
    outside: bool = False
    inside: list[FoundName] = field(default_factory=list)  # names the text itself gives as containing this one


def read_words(text: str) -> Words:
    """Split `text` into words of letters and digits."""
    starts, ends, forms = [], [], []
    upper = long = 0
    for match in _WORD.finditer(text):
        form = match.group()
        starts.append(match.start())
        ends.append(match.end())
        forms.append(form)
        if len(form) > 2:
            long += 1
            upper += form.isupper()
    return Words(text, starts, ends, forms, upper / long if long else 0.0)


def touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether any of the sorted `spans` shares a character with `start:end`."""
    if start >= end:
        return False
    k = bisect_right(spans, (end - 1, 1 << 60)) - 1
    return any(spans[j][1] > start for j in range(max(0, k - 2), k + 1))
