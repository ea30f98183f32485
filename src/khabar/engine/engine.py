"""How a step is mapped over many items. Invariant: every item gives exactly one outcome.

An engine knows no stage: a step is any function that can be pickled, an item anything that can. Whoever maps does not
see where the work is done: every engine keeps the promise of `Engine.map`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

__all__ = ["Engine", "Outcome"]

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Item, Result]):
    """What became of one item: its result, or in one line why there is none. `result` may be None where `error` is."""

    item: Item
    result: Result | None
    error: str | None = None


class Engine(Protocol):
    """Maps steps over items. It is made with (processes, limits, address), see `khabar.plugins`."""

    def map(
        self,
        step: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        setup: Callable[[], None] | None = None,
        ordered: bool = True,
    ) -> Iterator[Outcome[Item, Result]]:
        """The outcome of `step` for every item, as a stream in the order of the items; few items are held at a time.

        `setup` runs once in each process before its first item (to load a model); if it raises KhabarError, so does
        this. A step that raises, takes too long or too much memory, or whose process is killed, costs that one item:
        its outcome says so, the others go on. Without `ordered`, outcomes come as they are there, and a slow item
        holds nobody up. When the iterator is closed or interrupted, all work in progress is stopped at once.
        """
