"""Answers kept in memory until the base changes. Invariant: an answer is given again only where the base was put
together last at the moment at which it was then, and nothing has changed since; else it is worked out again.

Bases are told apart as objects: who may see less asks another base, and is never given what was worked out for others.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from khabar.store.base import View

__all__ = ["kept"]

_MOST = 60  # answers kept of one base
_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class _OfBase:
    """What is kept of one base, all of one moment, the last asked for last; one is worked out at a time."""

    moment: str = ""
    answers: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    one: Lock = field(default_factory=Lock)


_KEPT: WeakKeyDictionary[View, _OfBase] = WeakKeyDictionary()
_GUARD = Lock()


def kept(base: View, question: Hashable, answer: Callable[[], _Answer]) -> _Answer:
    """The answer to a question to a base, which must follow from the base and the question alone."""
    moment, current = base.last_resolved()
    if moment is None or not current:
        return answer()
    with _GUARD:
        of_base = _KEPT.setdefault(base, _OfBase())
    with of_base.one:
        if of_base.moment != moment:
            of_base.answers.clear()
            of_base.moment = moment
        if question not in of_base.answers:
            of_base.answers[question] = answer()
            while len(of_base.answers) > _MOST:
                of_base.answers.popitem(last=False)
        of_base.answers.move_to_end(question)
        found: _Answer = of_base.answers[question]
    return found
