"""Totals of one scope that exclude each other. Invariant: only totals that name actor, area and period can clash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from khabar.records import Claim, Count
from khabar.resolution.ledger.dispute import Dispute, Stand, conflicting
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties
from khabar.resolution.scopes import COUNTED, Scope, is_total, scope_of
from khabar.resolution.spans import exclude
from khabar.resolution.wording import count_words, listed, period
from khabar.text import content_id

__all__ = ["sums"]


def sums(corpus: Corpus, claims: Sequence[Claim], parties: Parties) -> list[Dispute]:
    """Totals for the same actors, area and period whose numbers exclude each other; what is counted may differ."""
    alike: defaultdict[tuple[object, ...], list[tuple[Claim, Scope]]] = defaultdict(list)
    for claim in filter(is_total, claims):
        scope = scope_of(corpus, claim, parties)
        if scope.actors and scope.areas and claim.when.earliest and claim.when.latest:
            areas = tuple(sorted(a.key for a in scope.areas))
            alike[tuple(sorted(scope.actors)), areas, claim.when.earliest, claim.when.latest].append((claim, scope))
    found = []
    for key, totals in sorted(alike.items(), key=lambda entry: str(entry[0])):
        scope = min((s for _, s in totals), key=lambda s: s.what)
        for field in (*COUNTED, "aggregate"):
            stated = [(c, count) for c, _ in totals if (count := _stated(c, field)) is not None]
            sides = conflicting(stated, exclude, count_words)
            if sides:
                words = "incidents" if field == "aggregate" else field
                title = f"Total of {scope.what}, {period(totals[0][0].when)}: {words} {listed(s.says for s in sides)}"
                told = tuple(Stand(f"{s.says} {words}", s.claims, s.value) for s in sides)
                found.append(Dispute("total", content_id([*map(str, key), field]), title, told, field))
    return found


def _stated(claim: Claim, field: str) -> Count | None:
    number = getattr(claim.body, field)
    if field != "aggregate":
        return number if isinstance(number, Count) else None
    return Count(number, number, number) if number > 0 else None
