"""Claims that cannot all hold as they stand. Invariant: no side is left out, and no side is called right.

What is in dispute is found by the modules of `ledger`, one a matter; what would reconcile the sides (attackers
counted, a later report) stands beside them, and never in the choice of sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khabar.records import Claim, Contradiction, Event, EventBody, Relation
from khabar.resolution.actors import Identities
from khabar.resolution.ledger import Dispute, told
from khabar.resolution.ledger.attribution import attributions
from khabar.resolution.ledger.incidents import dates, places, tolls, wrong_dates
from khabar.resolution.ledger.offices import offices
from khabar.resolution.ledger.presence import presence
from khabar.resolution.ledger.sums import sums
from khabar.resolution.ledger.ties import denied_ties, tie_dates, two_masters
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties, parties_of

__all__ = ["Surroundings", "contradictions", "in_order", "of_event", "of_matters"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else of the corpus may explain the disputes of an incident: totals by report, ties by the pair they tie."""

    totals: Mapping[str, Sequence[Claim]] = field(default_factory=dict)
    ties: Mapping[frozenset[str], Sequence[Claim]] = field(default_factory=dict)

    @classmethod
    def of(cls, claims: Sequence[Claim], parties: Parties) -> Surroundings:
        """The surroundings that claims make."""
        totals: defaultdict[str, list[Claim]] = defaultdict(list)
        ties: defaultdict[frozenset[str], list[Claim]] = defaultdict(list)
        for claim in claims:
            if isinstance(claim.body, EventBody) and claim.body.aggregate is not None:
                totals[claim.passages[0].document].append(claim)
            elif isinstance(claim.body, Relation):
                ties[frozenset(end for end in parties.ends(claim) if end)].append(claim)
        return cls(totals, ties)


def contradictions(
    corpus: Corpus, claims: Mapping[str, Claim], events: Sequence[Event], identities: Identities
) -> tuple[Contradiction, ...]:
    """Every contradiction among claims, in order."""
    every = list(claims.values())
    parties = parties_of(identities)
    around = Surroundings.of(every, parties)
    by_id = {e.id: e for e in events}
    found = [c for event in events for c in of_event(corpus, claims, event, parties, around, by_id)]
    return in_order([*found, *of_matters(corpus, every, parties)])


def in_order(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """Contradictions by kind, title and id, each once."""
    return tuple(sorted({c.id: c for c in found}.values(), key=lambda c: (c.kind, c.title, c.id)))


def of_matters(corpus: Corpus, claims: Sequence[Claim], parties: Parties) -> list[Contradiction]:
    """What claims disagree about that is no incident: presence, ties, offices, totals."""
    matters = (presence, tie_dates, denied_ties, two_masters, offices, sums)
    return [told(dispute, corpus, parties) for matter in matters for dispute in matter(corpus, claims, parties)]


def of_event(
    corpus: Corpus,
    claims: Mapping[str, Claim],
    event: Event,
    parties: Parties,
    around: Surroundings,
    events: Mapping[str, Event],
) -> list[Contradiction]:
    """What the claims of one event disagree about, and those of others with which it may be one; `events` are these by
    id, `claims` those of all of them.
    """
    members = [claims[c] for c in event.claims]
    found: list[Dispute] = []
    if len(members) > 1 or _disputes_itself(members[0]):
        totals = [t for document in event.documents for t in around.totals.get(document, ())]
        found = [*tolls(members, event, totals), *dates(members, event), *places(members, event)]
        found += attributions(corpus, members, event, parties, around.ties)
    others = [events[i] for i in event.unsure_with if i > event.id]
    found += [d for other in others for d in wrong_dates(event, other, claims)]
    return [told(dispute, corpus, parties) for dispute in found]


def _disputes_itself(claim: Claim) -> bool:
    """Whether one claim may hold a dispute: it gives two accounts of who did it."""
    return isinstance(claim.body, EventBody) and len(claim.body.attributions) > 1
