"""Losses of one incident as they are found. Invariant: each is told once."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.export.shapes.cases import Case
from khabar.export.shapes.parts import Loss, LossRule

__all__ = ["Keeping"]


class Keeping:
    """Collects the losses of a case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._found: dict[Loss, None] = {}

    def lose(
        self, rule: LossRule, detail: str = "", column: str | None = None, claims: tuple[str, ...] | None = None
    ) -> None:
        """Note a loss; without `claims` it rests on all of the incident's."""
        rests = self._case.event.claims if claims is None else claims
        self._found[Loss(self._case.id, rule, detail, column, rests)] = None

    def __iter__(self) -> Iterator[Loss]:
        return iter(self._found)

    @property
    def left_out(self) -> bool:
        """Whether the incident has no row."""
        return any(loss.rule.kind == "left out" for loss in self._found)
