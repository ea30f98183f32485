"""The event claims of a corpus as mentions. Invariant: a claim that tells no incident gives none.

Claims may stream: of each only the mention is kept, and of mentions only what `columns` keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from khabar.records import Claim, EventBody
from khabar.resolution.actors import Identities
from khabar.resolution.mentions import Mention, day, makes_incident, mention
from khabar.resolution.model import Corpus

__all__ = ["days_of_report", "mentions_of", "responsible"]

_TO_THE_DAY = 2  # days over which a day of publication may be spread


def mentions_of(
    claims: Iterable[Claim],
    corpus: Corpus,
    identities: Identities,
    victims: Mapping[str, frozenset[str]] | None = None,
) -> Iterator[Mention]:
    """The mentions of the claims that tell an incident; `victims` are the named persons killed by claim id."""
    told = days_of_report(corpus)
    for claim in claims:
        if makes_incident(claim):
            actors = {claim.id: responsible(claim, identities)}
            yield mention(claim, corpus.types, actors, victims, told.get(claim.passages[0].document))


def responsible(claim: Claim, identities: Identities) -> frozenset[str]:
    """The families of actors held responsible in an event claim, without those who only paid or are said not to."""
    if not isinstance(claim.body, EventBody):
        return frozenset()
    roles = [
        (claim.id, f"attribution:{i}")
        for i, a in enumerate(claim.body.attributions)
        if a.stance != "denied" and a.role != "funder"
    ]
    ids = [identities.actor_of[role] for role in roles if role in identities.actor_of]
    return frozenset(identities.family.get(i, i) for i in ids)


def days_of_report(corpus: Corpus) -> dict[str, int]:
    """The day on which each document was published, by document id, where that is known to a day or two."""
    found: dict[str, int] = {}
    for id_, facts in corpus.documents.items():
        first, last = day(facts.published.earliest), day(facts.published.latest)
        if first is not None and last is not None and last - first <= _TO_THE_DAY:
            found[id_] = last
    return found
