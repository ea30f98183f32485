"""The numbers of dead that a record holds: its own, and those its reports gave. Invariant: a number of a headline is
read from its words, and one above the record's highest counts something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from khabar.reading.model import CountMention
from khabar.reading.numbers import find_counts
from khabar.records import ReferenceIncident, ReferenceReport

__all__ = ["Reported", "estimates", "reported"]

_DEATHS = re.compile(r"\b(?:kill|dead\b|died\b|dies\b|death|slain|slay|toll\b|massacre)", re.IGNORECASE)
_OTHERS = re.compile(r"[ -]+(?:\w+[ -]+){0,2}(?:injur|wound|hurt|arrest|held\b|abduct|kidnap)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reported:
    """A number of dead that one of a record's reports gives."""

    number: int
    report: ReferenceReport


def estimates(record: ReferenceIncident) -> tuple[int, ...]:
    """The record's best, lowest and highest number, each once."""
    told = (record.killed.best, record.killed.low, record.killed.high)
    return tuple(dict.fromkeys(n for n in told if n is not None))


def reported(record: ReferenceIncident) -> tuple[Reported, ...]:
    """The numbers of dead in the headlines of a record, each once, in the order of the reports."""
    found: dict[int, Reported] = {}
    most = max(estimates(record))
    for report in record.reports:
        if _DEATHS.search(report.headline) is None:
            continue
        for mention in find_counts(report.headline):
            number = mention.count.best if mention.count.best is not None else mention.count.low
            if mention.kind == "cardinal" and number and number <= most and not _of_others(report.headline, mention):
                found.setdefault(number, Reported(number, report))
    return tuple(found.values())


def _of_others(headline: str, mention: CountMention) -> bool:
    """Whether a number counts the hurt or arrested, or is somebody's age, which stands between commas."""
    age = headline[: mention.start].endswith(", ") and headline[mention.end :].startswith(",")
    return age or _OTHERS.match(headline, mention.end) is not None
