"""What would reconcile tolls of one incident. Invariant: sums are exact; a bound ("at least 29") explains nothing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise, permutations

from khabar.records import Claim, Count, EventBody
from khabar.resolution.ledger.dispute import Dispute, Stand
from khabar.resolution.mentions import Spot, spot
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties
from khabar.resolution.spans import bounds, within
from khabar.resolution.wording import count_words

__all__ = ["attackers_counted", "injured_counted", "several_attacks", "toll_corrected", "toll_grew", "wider_area"]


def attackers_counted(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """Tolls that differ by a stated number of attackers who died."""
    if dispute.field != "killed":
        return ""
    extra = {a for c in dispute.around if (a := _exact(c, "attackers_killed"))}
    return " ".join(
        f"{high} is {low} and the {high - low} attacker{'s' if high - low > 1 else ''} who died."
        for low, high in _pairs(dispute)
        if high - low in extra
    )


def injured_counted(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """Tolls that differ by a stated number of injured."""
    if dispute.field != "killed":
        return ""
    extra = {i for c in dispute.around if (i := _exact(c, "injured"))}
    pairs = [(low, high) for low, high in _pairs(dispute) if high - low in extra]
    return " ".join(f"{high} is {low} killed and {high - low} injured." for low, high in pairs)


def several_attacks(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """A toll that a report also gives as a total."""
    found = set()
    for side in dispute.sides:
        for claim in dispute.around:
            total = claim.body.aggregate if isinstance(claim.body, EventBody) else None
            if total is not None and _exact(claim, dispute.field) in _numbers([side]):
                found.add((_exact(claim, dispute.field), total if total > 0 else "several"))
    told = sorted(found, key=str)
    return " ".join(f"{number} is also given as the total of {total} incidents." for number, total in told)


def wider_area(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """A higher toll told of an area that holds the place of a lower one."""
    found = []
    for wide, narrow in permutations(dispute.sides, 2):
        outer, inner = _areas(wide), _areas(narrow)
        if len(outer) == len(inner) == 1 and _high(wide) > _high(narrow):
            (around, name), (place, told) = outer[0], inner[0]
            if around.level < place.level and within(place, around):
                found.append(f"{wide.says} is told of {name}, {narrow.says} of {told}, which lies in it.")
    return " ".join(found)


def toll_grew(dispute: Dispute, corpus: Corpus, _parties: Parties) -> str:
    """The tolls by day of report, where none falls and the last is above the first."""
    days = _by_day(dispute, corpus)
    tops = [max(_high(s) for s in sides) for sides in days.values()]
    grew = len(tops) > 1 and all(a <= b for a, b in pairwise(tops)) and tops[0] < tops[-1]
    return _day_words(days) if grew else ""


def toll_corrected(dispute: Dispute, corpus: Corpus, _parties: Parties) -> str:
    """The tolls by day of report, where the last is below one before it."""
    days = _by_day(dispute, corpus)
    tops = [max(_high(s) for s in sides) for sides in days.values()]
    return _day_words(days) if len(tops) > 1 and tops[-1] < max(tops[:-1]) else ""


def _by_day(dispute: Dispute, corpus: Corpus) -> dict[str, list[Stand]]:
    """The sides by the last day on which their first report may have appeared; empty where one is not known."""
    days: dict[str, list[Stand]] = {}
    for side in dispute.sides:
        reports = {corpus.document(c.passages[0].document).published.latest for c in side.claims}
        if None in reports:
            return {}
        for day in sorted(r for r in reports if r):
            days.setdefault(day, []).append(side)
    return dict(sorted(days.items()))


def _day_words(days: dict[str, list[Stand]]) -> str:
    words = (f"{day}: {' and '.join(count_words(s.value) for s in sides)}" for day, sides in days.items())
    return f"By day of report: {', '.join(words)}."


def _areas(side: Stand) -> list[tuple[Spot, str]]:
    found = {}
    for claim in side.claims:
        if isinstance(claim.body, EventBody) and len(claim.body.places) == 1:
            place = spot(claim.body.places[0])
            found[place.key] = (place, claim.body.places[0].name)
    return list(found.values())


def _high(side: Stand) -> float:
    low, high = bounds(side.value)
    return low if high == float("inf") else high


def _pairs(dispute: Dispute) -> Iterable[tuple[int, int]]:
    return combinations(sorted(_numbers(dispute.sides)), 2)


def _numbers(sides: Iterable[Stand]) -> set[int]:
    return {n for s in sides if (n := _point(s.value)) is not None}


def _exact(claim: Claim, field: str) -> int | None:
    count = getattr(claim.body, field) if isinstance(claim.body, EventBody) else None
    return _point(count) if count is not None else None


def _point(count: Count) -> int | None:
    return count.low if count.low is not None and count.low == count.high else None
