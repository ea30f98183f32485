"""The incidents of a base in the form in which reports are compared: each of their claims as resolution sees it.

Invariant: what was resolved stays as it is; a claim of an incident is a mention of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from khabar.reading.actors import actors_by_id
from khabar.records import Claim, Event, EventBody
from khabar.resolution.actors import Identities
from khabar.resolution.comparable import mentions_of
from khabar.resolution.mentions import POINT, Mention, Spot, spot
from khabar.resolution.model import Corpus, DocumentFacts, TypeFacts
from khabar.resolution.parties import families_of
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter, DocumentFilter, EventFilter

__all__ = ["Mine", "forms_of_mine", "mine_of"]

_TOGETHER = 500  # claims asked for at a time


@dataclass(frozen=True, slots=True)
class Mine:
    """Incidents of a base with their claims by id, in the base's order, and what is known of reports and actors."""

    events: tuple[Event, ...]
    claims: Mapping[str, Claim]
    corpus: Corpus
    actor_of: Mapping[tuple[str, str], str]
    family: Mapping[str, str]
    names: Mapping[str, str]

    def members(self, event: Event) -> list[Claim]:
        """The claims of an incident."""
        return [self.claims[key] for key in event.claims if key in self.claims]


def mine_of(base: View, where: EventFilter, types: TypeFacts) -> Mine:
    """The incidents that a filter keeps."""
    events = tuple(base.events(where))
    wanted = [key for event in events for key in event.claims]
    claims: dict[str, Claim] = {}
    actor_of: dict[tuple[str, str], str] = {}
    for begin in range(0, len(wanted), _TOGETHER):
        some = tuple(wanted[begin : begin + _TOGETHER])
        claims.update((claim.id, claim) for claim in base.claims(ClaimFilter(ids=some)))
        actor_of.update(((link.claim, link.role), link.actor) for link in base.links(some))
    documents = {
        d.id: DocumentFacts(d.id, d.file, d.external_id, d.publisher, d.published, d.title)
        for d in base.document_list(DocumentFilter())
    }
    actors = [*actors_by_id().values(), *(found.actor for found in base.actors(ActorFilter()))]
    return Mine(
        events,
        claims,
        Corpus(list(claims.values()), documents, types=types),
        actor_of,
        families_of(actors),
        {a.id: a.names[0].text for a in actors},
    )


def forms_of_mine(mine: Mine) -> Iterator[Mention]:
    """The claims of the incidents as mentions."""
    identities = Identities((), (), (), mine.family, mine.names, mine.actor_of)
    for found in mentions_of(mine.claims.values(), mine.corpus, identities):
        yield replace(found, spots=_known(found.spots, mine.claims[found.claim]))


def _known(spots: tuple[Spot, ...], claim: Claim) -> tuple[Spot, ...]:
    """The places of a claim, without sites whose only coordinates are those of a unit that the claim names: against a
    place with coordinates of its own, the middle of a district says nothing.
    """
    if not isinstance(claim.body, EventBody):
        return spots
    units = {
        (u.latitude, u.longitude): u for place in claim.body.places if (u := spot(place)).level < POINT and not u.site
    }
    known = (units.get((s.latitude, s.longitude), s) if s.site and s.level == POINT else s for s in spots)
    return tuple(dict.fromkeys(known))
