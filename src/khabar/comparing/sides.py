"""One pair to be told field by field. Invariant: reasons have names of a closed list, under which they are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from khabar.comparing.mine import Mine
from khabar.comparing.model import Likely
from khabar.comparing.theirs import Theirs, claim_of
from khabar.records import Claim, Event, ReferenceIncident
from khabar.resolution.ledger.dispute import Dispute, Stand
from khabar.resolution.ledger.reconcilers import RECONCILERS
from khabar.resolution.mentions import Mention
from khabar.resolution.parties import Parties

__all__ = ["REASONS", "Sides"]

REASONS = {
    "attackers_counted": "One toll counts the dead of both sides, the other leaves out the attackers.",
    "civilians_alone": "One toll counts civilians alone.",
    "toll_of_another_day": "A report that the data set lists gives your number; tolls change in the days after.",
    "in_parts": "The data set splits the event among several places, and its dead with it.",
    "sources_differ": "The data set gives a range, and your number lies in it.",
    "other_report": "Another report in your base gives their number.",
    "bound": "Your reports give a bound, which leaves their number open.",
    "not_told": "Your reports do not tell it.",
    "less_exact": "One side gives the time less exactly.",
    "date_wrong": "All else agrees: one of the two dates may be wrong.",
    "other_level": "One side names a wider place, in which the other's lies.",
    "apart": "The places lie apart.",
    "several_named": "Your reports name more than one group; the data set holds one.",
    "other_group": "The sides name different groups; one may have claimed what another is blamed for.",
    "sides_only": "The data set names the sides, and does not say which of them attacked.",
}
"""Every reason for a difference by name, and what it means; the ledger's reconcilers have names of their own."""


@dataclass(frozen=True)
class Sides:
    """One pair with all that its fields are compared with; `forms` are the incident's claims as they were compared,
    `parts` further records of the same event.
    """

    event: Event
    record: ReferenceIncident
    forms: tuple[Mention, ...]
    mine: Mine
    theirs: Theirs
    parts: tuple[ReferenceIncident, ...] = ()

    @cached_property
    def their_claim(self) -> Claim:
        """The record in the shape of a claim."""
        return claim_of(self.record, self.theirs)

    def stated(self, value: Callable[[Claim], object]) -> tuple[Claim, ...]:
        """The claims of the incident that give a value."""
        return tuple(claim for claim in self.mine.members(self.event) if value(claim) is not None)

    def reconciled(self, kind: str, field: str, stands: tuple[Stand, ...]) -> Iterator[Likely]:
        """What the ledger's reconcilers say of the two sides."""
        around = (*self.mine.members(self.event), self.their_claim)
        dispute = Dispute(kind, self.event.id, "", stands, field, around)
        parties = Parties(self.mine.actor_of, self.mine.family, self.mine.names, {}, {})
        for reconciler in RECONCILERS:
            if kind in reconciler.kinds and (words := reconciler.find(dispute, self.mine.corpus, parties)):
                yield Likely(reconciler.name, words)
