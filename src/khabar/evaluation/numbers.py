"""Numbers against a table of our own. Invariant: a number is right only if all its bounds and its kind are.

The table (`eval/numbers.yml`) gives sentences; words on the left, low/best/high and what is counted on the right. Whom
a number counts (the killed, the injured, attackers) is measured by `casualties`.
"""

from __future__ import annotations

from pathlib import Path

from khabar.evaluation.expressions import ExpressionCase, load_table, score_table
from khabar.evaluation.model import Measure, Outcome
from khabar.evaluation.system import System
from khabar.reading.model import CountMention
from khabar.reading.numbers import find_counts

__all__ = ["MEASURE", "NUMBERS", "written_count"]

NUMBERS = "numbers.yml"


def written_count(mention: CountMention) -> str:
    """A mention as the table writes it: words = low/best/high kind, one figure where all bounds are the same."""
    bounds = (mention.count.low, mention.count.best, mention.count.high)
    shown = "/".join("-" if n is None else str(n) for n in bounds) if len(set(bounds)) > 1 else str(bounds[0])
    return f"{mention.text} = {shown} {mention.kind}"


def _read(case: ExpressionCase) -> list[str]:
    return [written_count(mention) for mention in find_counts(case.text)]


def _run(root: Path, system: System) -> Outcome:  # noqa: ARG001 - numbers are read before any extraction
    return score_table(load_table(root / NUMBERS), _read, str, "bounds")


MEASURE = Measure(
    name="numbers",
    ability="Numbers: their bounds and what they count",
    root="own",
    data=(NUMBERS,),
    source="own sentences",
    run=_run,
)
