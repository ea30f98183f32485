"""What an extractor is, and the one that reads by rules. Invariant: an extractor is a pure function of reading and
codebook.
"""

from __future__ import annotations

from typing import Protocol

from khabar.codebook.model import Codebook
from khabar.extraction.assemble import VERSION
from khabar.extraction.confidence import load_models, rated
from khabar.extraction.doubts import Doubts, doubts_of
from khabar.extraction.events import event_drafts
from khabar.extraction.ground import ground
from khabar.extraction.indexed import index_reading
from khabar.extraction.presence import find_presence, presence_drafts
from khabar.extraction.relations import relation_drafts
from khabar.extraction.statements import statement_drafts
from khabar.extraction.taken_up import with_groups_taken_up
from khabar.reading.model import Reading
from khabar.records import Claim

__all__ = ["Extractor", "RuleExtractor"]


class Extractor(Protocol):
    """Makes claims of a reading; every claim is grounded in the reading's document."""

    name: str
    version: str

    def extract(self, reading: Reading, codebook: Codebook) -> list[Claim]:
        """The claims of a reading, in text order."""
        ...


class RuleExtractor:
    """Rules over syntax that the codebook drives."""

    name = "rules"
    version = VERSION

    def extract(self, reading: Reading, codebook: Codebook) -> list[Claim]:
        """Claims of every kind, each kind in text order, with confidences; the reading is laid out once for all."""
        models = load_models()
        return [rated(claim, doubts, models) for claim, doubts in self.doubted(reading, codebook)]

    def doubted(self, reading: Reading, codebook: Codebook) -> list[tuple[Claim, Doubts]]:
        """Each claim, not rated yet, with what there is to doubt in it."""
        index = index_reading(reading, codebook)
        ties = with_groups_taken_up(index)
        presence = find_presence(ties)
        drafts = [*event_drafts(index), *relation_drafts(ties), *presence_drafts(presence, ties)]
        drafts += statement_drafts(ties, presence)
        found = ground(drafts, reading)
        return list(zip(found.claims, doubts_of(found.drafts, index), strict=True))
