"""The one list of measures, in the order of the table. Invariant: names are those of `eval/floors.yml`."""

from __future__ import annotations

from khabar.evaluation import cases, dates, numbers
from khabar.evaluation.model import Measure

__all__ = ["MEASURES"]

MEASURES: tuple[Measure, ...] = (cases.MEASURE, dates.MEASURE, numbers.MEASURE)
