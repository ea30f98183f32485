"""Who fought whom, as codebooks with two sides ask for it. Invariant: a side is named by a report, or it is the own
government where the codebook says that such an event is its forces' work; nothing else is concluded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.export.shapes.attributed import Attributed
from khabar.export.shapes.cases import Case
from khabar.records import Actor
from khabar.text import fold

__all__ = ["GroupNames", "Struck", "doers", "struck"]

_DOING = ("perpetrator", "executor", "claimant", "planner")
_LONGEST = 8  # words of a name
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Struck:
    """What was attacked: the class that most claims name, all classes, the sides they are on, and a group by name.

    `side` is government, group or civilians, None where no target has a class; `sides` are all of them. `claims` name
    the targets.
    """

    category: str | None
    classes: tuple[str, ...]
    side: str | None
    sides: frozenset[str]
    group: Actor | None
    claims: tuple[str, ...]


def doers(case: Case) -> tuple[Attributed, ...]:
    """Those held responsible for doing it, not for paying."""
    return tuple(who for who in case.attributed if set(who.roles) & set(_DOING))


def struck(case: Case, book: Codebook, groups: GroupNames) -> Struck:
    """What was attacked, by the codebook's classes."""
    stated = case.stated("targets")
    told: Counter[str] = Counter()
    for value in stated:
        if value.value.get("class"):
            told[value.value["class"]] += len(value.claims)
    order = list(dict.fromkeys(v.value["class"] for v in stated if v.value.get("class")))
    side_of = {c: book.class_code("targets", c, "ucdp-ged", "side") for c in order}
    # Told as often, others come before militants: reports name attackers in the same breath as those attacked.
    category = max(order, key=lambda c: (told[c], side_of[c] != "group"), default=None)
    group = next((found for v in stated if (found := groups.in_text(v.value["text"])) is not None), None)
    held = {who.id for who in case.attributed}
    if group is not None and group.id in held:
        group = None  # the text of a target that names the attacker ("a rally against X") is not about X as a target
    side = side_of.get(category or "")
    if group is not None and side in (None, "group"):
        side = "group"
    sides = {s for s in side_of.values() if s} | ({side} if side else set())
    if len(sides) > 1 and group is None:
        sides.discard("group")  # militants without a name beside others: mostly the attackers themselves
    return Struck(
        category,
        tuple(order),
        side,
        frozenset(sides),
        group,
        tuple(dict.fromkeys(c for v in stated for c in v.claims)),
    )


class GroupNames:
    """The names of organisations of a base, to be found in the words for a target; acronyms only as written."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._folded: dict[str, Actor] = {}
        self._exact: dict[str, Actor] = {}
        for actor in actors:
            if actor.kind != "organization":
                continue
            for name in actor.names:
                if name.kind == "acronym" or name.text.isupper():
                    self._exact.setdefault(name.text, actor)
                elif len(name.text) > len("abc"):
                    self._folded.setdefault(fold(name.text), actor)

    def in_text(self, text: str) -> Actor | None:
        """The organisation whose name stands in a text, the longest name first; None where there is none."""
        words = [found.group() for found in _TOKEN.finditer(text)]
        for length in range(min(_LONGEST, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                said = words[start : start + length]
                found = self._exact.get(" ".join(said)) or self._folded.get(fold(" ".join(said)))
                if found is not None:
                    return found
        return None
