"""What would reconcile sides by their times. Invariant: only stated dates and known days of report are compared."""

from __future__ import annotations

from itertools import combinations

from khabar.records import Claim, When
from khabar.resolution.ledger.dispute import Dispute, Stand
from khabar.resolution.mentions import day
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties
from khabar.resolution.spans import apart, as_of
from khabar.resolution.wording import listed, period

__all__ = ["change_in_time", "dates_in_a_row", "day_of_report", "handover", "later_account", "one_part_differs"]

_PARTS = ("year", "month", "day")


def day_of_report(dispute: Dispute, corpus: Corpus, _parties: Parties) -> str:
    """Dates that are the day of their own report, where another side gives another day."""
    found = []
    for side in dispute.sides:
        reports = {_published(corpus, c) for c in side.claims}
        if len(reports) == 1 and side.value.earliest and reports == {(side.value.earliest, side.value.latest)}:
            found.append(side.says)
    if not found or len(found) == len(dispute.sides):
        return ""  # where every report gives its own day, the dates are no slips
    return " ".join(f"{says} is the day of the reports that give it." for says in found)


def dates_in_a_row(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """Dates that follow each other without a day between."""
    ordered = sorted((s for s in dispute.sides if s.value.earliest and s.value.latest), key=lambda s: s.value.earliest)
    pairs = [(a.says, b.says) for a, b in combinations(ordered, 2) if _in_a_row(a.value, b.value)]
    return " ".join(f"{a} and {b} follow each other." for a, b in pairs)


def _in_a_row(a: When, b: When) -> bool:
    """Whether one of two times begins on the day after the other ends."""
    first, second = sorted((a, b), key=lambda w: w.earliest or "")
    end, start = day(first.latest), day(second.earliest)
    return end is not None and start is not None and start - end == 1


def one_part_differs(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """Dates of which one part differs while what else both say agrees."""
    found = []
    for a, b in combinations(dispute.sides, 2):
        part = _differing(_stated(a.value), _stated(b.value))
        if part and not _in_a_row(a.value, b.value):
            found.append(f"{a.says} and {b.says} differ in the {part} alone.")
    return " ".join(found)


def _stated(when: When) -> tuple[str, ...]:
    """Year, month and day as far as a date says them."""
    words = period(when).split("-")
    return tuple(words) if all(w.isdigit() for w in words) and words != ["undated"] else ()


def _differing(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """The one part in which two dates differ; '' where more do, or where nothing else is left that agrees."""
    shared = min(len(a), len(b))
    parts = [name for name, x, y in zip(_PARTS, a, b, strict=False) if x != y]
    return parts[0] if len(parts) == 1 and shared > 1 else ""


def change_in_time(dispute: Dispute, corpus: Corpus, _parties: Parties) -> str:
    """The times of the sides, where those of two have no day in common."""
    spans = [_span([as_of(corpus, c) for c in s.claims]) for s in dispute.sides]
    if not any(apart(a, b) for a, b in combinations(spans, 2)):
        return ""
    told = sorted(zip(spans, dispute.sides, strict=True), key=lambda e: (e[0].earliest or e[0].latest or "", e[1].says))
    return "; ".join(f"{side.says}: {period(span)}" for span, side in told) + "."


def handover(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """The times of the holders, unless all are named for one and the same day."""
    spans = [s.when for s in dispute.sides if s.when is not None]
    if len({(w.earliest, w.latest) for w in spans}) == 1 and spans[0].earliest == spans[0].latest:
        return ""  # both on one day
    return "; ".join(f"{s.says}: {period(s.when)}" for s in dispute.sides if s.when is not None) + "."


def later_account(dispute: Dispute, corpus: Corpus, _parties: Parties) -> str:
    """The accounts by the day of their first report, where those days differ."""
    days: dict[str, list[Stand]] = {}
    for side in dispute.sides:
        reports = {latest for c in side.claims for _, latest in [_published(corpus, c)]}
        if None in reports:
            return ""
        days.setdefault(min(r for r in reports if r), []).append(side)
    if len(days) < 2:
        return ""
    words = (f"{day}: {listed(s.says for s in sides)}" for day, sides in sorted(days.items()))
    return f"By day of first report: {'; '.join(words)}."


def _span(times: list[When]) -> When:
    """From the first day of any to the last day of any; open where one of them is."""
    starts, ends = [t.earliest for t in times], [t.latest for t in times]
    first = None if None in starts else min(s for s in starts if s)
    last = None if None in ends else max(e for e in ends if e)
    return When(first, last, "range" if first or last else "unknown")


def _published(corpus: Corpus, claim: Claim) -> tuple[str | None, str | None]:
    published = corpus.document(claim.passages[0].document).published
    return published.earliest, published.latest
