"""Why something waits for a person, and what comes first. Invariant: the same order on page, API and command line.

In words: first comes what is most doubtful and weighs most. Doubt is one minus the confidence of the least sure value
of a claim; where a later run reads a decided passage otherwise, where nobody can tell whether two incidents are one,
and where sources contradict each other it is one. What a claim weighs is `khabar.stakes`: its dead, how firmly it is
said, and how many values hang on it. Pairs and contradictions come by the dead of their incidents.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.records import Claim
from khabar.stakes import stakes_of
from khabar.standing import WAITING

__all__ = ["REASONS", "Weight", "reason_of", "weight_of"]

REASONS = ("left out", "value", "later reading")
"""A claim too doubtful to be coded; a coded one with a doubtful value; a later reading beside a decision."""


@dataclass(frozen=True, slots=True)
class Weight:
    """The doubt (0 to 1) and the stakes (see `khabar.stakes`) of a claim."""

    doubt: float
    stakes: float

    @property
    def product(self) -> float:
        """By what the queue is ordered."""
        return self.doubt * self.stakes


def weight_of(claim: Claim, state: str = "") -> Weight:
    """What a claim in this state of `khabar.standing` weighs in the queue."""
    least = min(claim.confidence, *(share for _slot, share in claim.slot_confidence), 1.0)
    return Weight(1.0 if state == WAITING else 1.0 - least, stakes_of(claim))


def reason_of(claim: Claim, doubt: float, state: str = "") -> str:
    """Why a claim waits: one of `REASONS`."""
    return "later reading" if state == WAITING else "left out" if claim.confidence < doubt else "value"
