"""Records of a data set in the form in which reports are compared. Invariant: such a form is made for a comparison and
never kept; it is no claim of a report.

A record sums up reports that gave different numbers of dead (its lowest, best and highest, and those in the headlines
it lists), and one that counts the dead of two sides leaves open which side attacked. So a record is compared in
several forms, one for each number that may have been meant; the form that fits best counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from khabar.codebook.model import Codebook
from khabar.comparing.figures import estimates, reported
from khabar.comparing.places import located
from khabar.facts import type_facts
from khabar.reading.actors import actors_by_id
from khabar.reading.gazetteer import Gazetteer
from khabar.records import Claim, Count, EventBody, Extractor, Passage, ReferenceIncident, ReferenceParty
from khabar.resolution.mentions import Mention, mention
from khabar.resolution.model import TypeFacts
from khabar.resolution.name_identity import KnownNames
from khabar.resolution.parties import families_of

__all__ = ["Theirs", "claim_of", "forms_of", "theirs_with"]


@dataclass(frozen=True, slots=True)
class Theirs:
    """What their records are turned into claims and mentions with: the gazetteer, the codebook's types and the one that
    says only that something happened, groups by the data set's number and by name, and the families of groups by id.
    """

    gazetteer: Gazetteer
    types: TypeFacts
    unspecific: str
    by_number: Mapping[str, str]
    known: KnownNames
    family: Mapping[str, str]

    def actor(self, party: ReferenceParty) -> str | None:
        """The id of a party: by the data set's number, else by a name that one listed group alone bears."""
        if party.number in self.by_number:
            return self.by_number[party.number]
        bearers = self.known.bearers(party.name, "organization")
        return next(iter(bearers)) if len(bearers) == 1 else None

    def attackers(self, record: ReferenceIncident) -> frozenset[str]:
        """The families of those who may have attacked: the perpetrator, or all sides where nobody says who it was."""
        ids = (self.actor(party) for party in record.parties if party.role != "victim")
        return frozenset(self.family.get(id_, id_) for id_ in ids if id_ is not None)


def theirs_with(gazetteer: Gazetteer, book: Codebook, scheme: str) -> Theirs:
    """What records of a data set are turned into mentions with; `scheme` is what its numbers are called in the list of
    actors ("ucdp").
    """
    listed = actors_by_id()
    by_number = {number: a.id for a in listed.values() for name, number in a.external_ids if name == scheme}
    return Theirs(
        gazetteer,
        type_facts(book),
        book.unspecific.incident,
        by_number,
        KnownNames(listed),
        families_of(listed.values()),
    )


def claim_of(record: ReferenceIncident, theirs: Theirs, killed: Count | None = None, attackers: int = 0) -> Claim:
    """The record in the shape of an event claim, for comparison alone."""
    place = located(record.place, theirs.gazetteer)
    words = place.text or "."
    return Claim(
        id=f"{record.key}#{(killed or record.killed).best}+{attackers}",
        kind="event",
        passages=(Passage(f"record {record.key}", 0, len(words), words),),
        body=EventBody(
            type=theirs.unspecific,
            places=(place,),
            killed=killed or record.killed,
            attackers_killed=Count(attackers, attackers, attackers) if attackers else None,
        ),
        extractor=Extractor("reference", "", ""),
        when=record.when,
    )


def forms_of(record: ReferenceIncident, theirs: Theirs) -> Iterator[Mention]:
    """The record as mentions, one for each number of dead and of attackers among them that may be meant."""
    numbers = dict.fromkeys((*estimates(record), *(r.number for r in reported(record))))
    for number, attackers in product(numbers, _attackers(record)):
        claim = claim_of(record, theirs, Count(number, number, number), attackers)
        yield mention(claim, theirs.types, {claim.id: theirs.attackers(record)})


def _attackers(record: ReferenceIncident) -> list[int]:
    """The dead of each side, each of which may have been the attacker's; of a one-sided attack, the perpetrator's."""
    dead = {p.killed for p in record.parties if p.role != "victim" and p.killed}
    return sorted(dead) or [0]
