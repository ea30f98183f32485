"""Measuring: each measure whose data are here, one after the other. Invariant: what was not measured is said, never
left out in silence.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from khabar.errors import EvaluationError
from khabar.evaluation.cases import MEASURE as CASES
from khabar.evaluation.cases import measure_folder
from khabar.evaluation.gold import Gold
from khabar.evaluation.measures import MEASURES
from khabar.evaluation.model import Measure, Outcome
from khabar.evaluation.system import System

__all__ = ["Measured", "chosen", "measure_all", "own_cases"]

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with its outcome, None where its data are not on this machine; `seconds` by the clock."""

    measure: Measure
    outcome: Outcome | None
    fingerprint: str | None = None
    seconds: float = 0.0


def chosen(names: Sequence[str]) -> list[Measure]:
    """The measures of these names, in the order of the table; all where none is named. EvaluationError for others."""
    known = {measure.name for measure in MEASURES}
    for name in names:
        if name not in known:
            raise EvaluationError(f"there is no measure {name!r}.", f"Choose among {', '.join(sorted(known))}.")
    return [measure for measure in MEASURES if not names or measure.name in names]


def own_cases(folder: Path) -> Measure:
    """The measure of a user's own cases, laid out as `eval/golden`; EvaluationError if that is no folder."""
    if not folder.is_dir():
        raise EvaluationError(f"{folder} is no folder of cases.", "See eval/golden/README.md for how one looks.")
    return replace(
        CASES, data=(folder.name,), source=str(folder), run=lambda _root, system: measure_folder(folder, system)
    )


def measure_all(
    measures: Sequence[Measure], gold: Gold, system: System, progress: Progress | None = None
) -> Iterator[Measured]:
    """Each measure in turn, with its outcome where its data are here."""
    for done, measure in enumerate(measures):
        if progress:
            progress(done, len(measures), measure.ability)
        root = gold.folder(measure)
        if root is None:
            yield Measured(measure, None)
            continue
        start = time.perf_counter()
        outcome = measure.run(root, replace(system, own=gold.own))
        yield Measured(measure, outcome, gold.fingerprint(measure), time.perf_counter() - start)
