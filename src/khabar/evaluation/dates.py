"""Time expressions against a table of our own. Invariant: an interval is right only if both of its ends are.

The table (`eval/dates.yml`) gives sentences with the publication they are read against; words on the left, the first
and last day they can mean on the right.
"""

from __future__ import annotations

from pathlib import Path

from khabar.evaluation.expressions import ExpressionCase, load_table, score_table
from khabar.evaluation.model import Measure, Outcome
from khabar.evaluation.system import System
from khabar.reading.dates import find_dates
from khabar.reading.model import DateMention
from khabar.records import Interval

__all__ = ["DATES", "MEASURE", "publication", "written_date"]

DATES = "dates.yml"


def publication(words: str) -> Interval:
    """The interval of "2017-05-15", "2017-05-01..2017-05-31", "2018-01-01.." or "open"."""
    if words == "open":
        return Interval()
    first, dots, last = words.partition("..")
    return Interval(first or None, last or None) if dots else Interval(first, first)


def written_date(mention: DateMention) -> str:
    """A mention as the table writes it: words = interval precision [anchor] [relation]."""
    if mention.earliest is None and mention.latest is None:
        bounds = "?"
    elif mention.earliest == mention.latest:
        bounds = str(mention.earliest)
    else:
        bounds = f"{mention.earliest or ''}..{mention.latest or ''}"
    anchor = "" if mention.anchor == "absolute" and not mention.relation else mention.anchor
    parts = (f"{mention.text} =", bounds, mention.precision, anchor, mention.relation)
    return " ".join(part for part in parts if part)


def _read(case: ExpressionCase) -> list[str]:
    return [written_date(mention) for mention in find_dates(case.text, publication(case.published))]


def _interval(said: str) -> str:
    return said.partition(" ")[0]


def _run(root: Path, system: System) -> Outcome:  # noqa: ARG001 - dates are read before any extraction
    return score_table(load_table(root / DATES), _read, _interval, "intervals")


MEASURE = Measure(
    name="dates",
    ability="Dates: what days an expression can mean",
    root="own",
    data=(DATES,),
    source="own sentences",
    run=_run,
)
