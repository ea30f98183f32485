"""The system under test: texts in, claims out, through the same stages as a run. Invariant: nothing of the gold but
text, file name and date of publication reaches it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from khabar import coding
from khabar.records import Claim, Document
from khabar.settings import Settings

__all__ = ["GoldText", "System"]


@dataclass(frozen=True, slots=True)
class GoldText:
    """One text of a gold set: its words, a name for it, and when it appeared (ISO, None where nobody knows)."""

    text: str
    file: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class System:
    """Khabar as it is installed, with these settings (cache, codebook, processes).

    `own` is the folder of own gold for measures of shared data that need it as well; None: where it is found.
    """

    settings: Settings
    own: Path | None = None

    def extract(
        self, texts: Sequence[GoldText], codebook: Path | None = None, known_actors: bool = True
    ) -> list[tuple[Document, list[Claim]]]:
        """The document and claims of each text, in order, under a codebook (None: that of the settings).

        Without `known_actors` it reads without the list of groups and persons, as if the texts were all there is.
        """
        settings = replace(self.settings, codebook=str(codebook)) if codebook else self.settings
        items = [(item.text, item.file, item.published) for item in texts]
        return coding.extract_texts(items, settings, known_actors)
