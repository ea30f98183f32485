"""The tolls of a pair. Invariant: a sum is exact, and a report is named with its day."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.comparing.figures import estimates, reported
from khabar.comparing.model import Difference, Likely
from khabar.comparing.sides import Sides
from khabar.records import Claim, Count, EventBody
from khabar.resolution.counts import point_of
from khabar.resolution.ledger.dispute import Stand
from khabar.resolution.spans import exclude
from khabar.resolution.wording import count_words

__all__ = ["killed"]


def killed(sides: Sides) -> Difference:
    """The number killed."""
    theirs = sides.record.killed
    words = count_words(theirs) if theirs.low == theirs.high else f"{theirs.best} ({theirs.low} to {theirs.high})"
    shown = sides.event.derived.get("killed")
    if shown is None or shown.value is None:
        return Difference("killed", "not told", words, None, (Likely("not_told", "Your reports give no toll."),))
    mine = Count(shown.value["low"], shown.value["best"], shown.value["high"])
    if sides.parts:
        return _in_parts(sides, mine)
    if _point(mine) == theirs.best:
        return Difference("killed", count_words(mine), words, True)
    reasons = {reason.name: reason for reason in _reasons(sides, mine)}
    return Difference("killed", count_words(mine), words, False, tuple(reasons.values()))


def _in_parts(sides: Sides, mine: Count) -> Difference:
    """The dead of all records of the event together."""
    every = (sides.record, *sides.parts)
    numbers = [record.killed.best or 0 for record in every]
    told = " and ".join(f"{n} in {record.place.text}" for n, record in zip(numbers, every, strict=True))
    reason = Likely("in_parts", f"Their {told} are one event.")
    return Difference("killed", count_words(mine), str(sum(numbers)), sum(numbers) == _point(mine), (reason,))


def _reasons(sides: Sides, mine: Count) -> Iterator[Likely]:
    record, number = sides.record, _point(mine)
    for party in record.parties:
        for figure in estimates(record):
            if party.killed and abs(figure - number) == party.killed:
                low, high = sorted((figure, number))
                yield Likely("attackers_counted", f"{high} is {low} and the {party.killed} dead of {party.name}.")
    if record.civilians == number != record.killed.best:
        yield Likely("civilians_alone", f"{number} are the civilians among their {record.killed.best}.")
    for told in reported(record):
        if told.number == number != record.killed.best:
            day = f" of {told.report.day}" if told.report.day else ""
            who = f" ({told.report.publisher})" if told.report.publisher else ""
            words = f"A report{day} that they list{who} gives {number}: tolls change in the days after."
            yield Likely("toll_of_another_day", words)
    least, most = record.killed.low, record.killed.high
    if least is not None and most is not None and least < most and least <= number <= most:
        yield Likely("sources_differ", f"Their own estimates go from {least} to {most}.")
    if any(_point(other) == record.killed.best for other in map(_told, sides.stated(_told)) if other):
        yield Likely("other_report", f"Another of your reports gives {record.killed.best}.")
    if mine.low != mine.high and not exclude(mine, record.killed):
        yield Likely("bound", f"Yours says {count_words(mine)}, which leaves {record.killed.best} open.")
    best = Count(record.killed.best, record.killed.best, record.killed.best)
    stands = (
        Stand(f"{count_words(mine)} killed", sides.stated(_told), mine),
        Stand(f"{record.killed.best} killed", (sides.their_claim,), best),
    )
    yield from sides.reconciled("toll", "killed", stands)


def _told(claim: Claim) -> Count | None:
    return claim.body.killed if isinstance(claim.body, EventBody) else None


def _point(count: Count) -> int:
    return point_of((count.low, count.best, count.high))
