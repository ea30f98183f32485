"""What each claim says of a group in an area. Invariant: a claim that is only forecast, denied or hedged says nothing.

A `Word` is a claim of presence or a statement about it. A statement takes the area of the presence claim in its
passage that says the same, else that of a state it is about; otherwise its area is open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khabar.records import Claim, Place, Presence, Statement
from khabar.resolution.mentions import COUNTRY, Spot, spot
from khabar.resolution.parties import Parties

__all__ = ["Word", "words_of"]

_SAYS_PRESENT = frozenset({"present", "claimed"})
_SAYS_ABSENT = frozenset({"absent", "denied"})
_EXISTING = "exist"  # "does not exist", "existence", "non-existent": how degrees say that there is no such group at all


@dataclass(frozen=True, slots=True)
class Word:
    """One claim about an actor in an area; `area` None where the claim does not say which.

    `existence` is true where it speaks of whether the group exists there at all; `degree` is what of it is there.
    """

    claim: Claim
    actor: str
    house: str
    place: Place | None
    area: Spot | None
    denies: bool
    existence: bool = False
    degree: str = ""

    @property
    def key(self) -> str:
        """One key for all ways to write a country, whether a gazetteer id or a state's name came with it."""
        if self.area is None:
            return f"in {self.claim.passages[0].document}"
        whole = self.area.level == COUNTRY and self.area.country
        return whole or self.area.key


def words_of(parties: Parties, claims: Sequence[Claim]) -> Iterator[Word]:
    """What the claims say of presence, in their order."""
    twins = _twins(claims)
    for claim in claims:
        if isinstance(claim.body, Presence):
            yield from _presence_word(parties, claim, claim.body)
        elif isinstance(claim.body, Statement) and claim.body.kind.endswith("_of_presence"):
            yield from _statement_words(parties, claim, claim.body, twins.get(claim.id))


def _presence_word(parties: Parties, claim: Claim, body: Presence) -> Iterator[Word]:
    denies = body.status in _SAYS_ABSENT or claim.modality == "negated"
    speaks = denies or body.status in _SAYS_PRESENT
    actor = parties.actor_of.get((claim.id, "actor"))
    if speaks and claim.modality in ("actual", "negated") and claim.stance != "denied" and actor is not None:
        yield Word(
            claim, actor, parties.house(actor), body.place, spot(body.place), denies, _exists(body), body.degree or ""
        )


def _exists(body: Presence) -> bool:
    return _EXISTING in (body.degree or "").casefold()


def _statement_words(parties: Parties, claim: Claim, body: Statement, twin: Presence | None) -> Iterator[Word]:
    roles = [(claim.id, f"about:{i}") for i in range(len(body.about))]
    about = [parties.actor_of[role] for role in roles if role in parties.actor_of]
    states = [a for a in about if parties.kinds.get(a) == "state" and parties.countries.get(a)]
    place = twin.place if twin else None
    if place is None and states:
        name = parties.name(states[0])
        place = Place(name, name, country=parties.countries[states[0]], precision="country")
    area = spot(place) if place else None
    existence, degree = (_exists(twin), twin.degree or "") if twin else (False, "")
    for actor in about:
        if actor not in states:
            denies = body.kind.startswith("denial")
            yield Word(claim, actor, parties.house(actor), place, area, denies, existence, degree)


def _twins(claims: Sequence[Claim]) -> dict[str, Presence]:
    """The presence claim that shares its passage with a statement and says the same, by the statement's id."""
    presences: defaultdict[str, list[tuple[Claim, Presence]]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.body, Presence):
            presences[claim.passages[0].document].append((claim, claim.body))
    found: dict[str, Presence] = {}
    for claim in claims:
        if isinstance(claim.body, Statement):
            denies = claim.body.kind.startswith("denial")
            span = claim.passages[0]
            for other, body in presences.get(span.document, ()):
                p = other.passages[0]
                if (body.status in _SAYS_ABSENT) == denies and p.start < span.end and span.start < p.end:
                    found.setdefault(claim.id, body)
    return found
