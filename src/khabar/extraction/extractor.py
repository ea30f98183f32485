"""What an extractor is, and the one that reads by rules. Invariant: an extractor is a pure function of reading and codebook."""

from __future__ import annotations

from typing import Protocol

from khabar.codebook.model import Codebook
from khabar.extraction.events import extract_events
from khabar.reading.model import Reading
from khabar.records import Claim

__all__ = ["Extractor", "RuleExtractor"]


class Extractor(Protocol):
    """Makes claims of a reading; every claim is grounded in the reading's document."""

    name: str

    def extract(self, reading: Reading, codebook: Codebook) -> list[Claim]:
        """The claims of a reading, in text order."""
        ...


class RuleExtractor:
    """Rules over syntax that the codebook drives."""

    name = "rules"

    def extract(self, reading: Reading, codebook: Codebook) -> list[Claim]:
        """Event claims, in text order."""
        return extract_events(reading, codebook)
