"""Forces that tell of their own deeds. Invariant: only where nobody else is said to have done it.

"Police said three suspects had been arrested": who arrested them goes without saying.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.drafts import DraftAttribution, EventDraft
from khabar.extraction.units import Unit
from khabar.records import Speaker

__all__ = ["own_account"]

_FORCES = ("agency",)


def own_account(unit: Unit, speaker: Speaker, draft: EventDraft, book: Codebook) -> list[DraftAttribution]:
    """The agency of a state that tells of an arrest, a raid or a foiled plot as its own claim; nobody where the words
    name another force, or the speaker is none.
    """
    known = book.events.get(draft.type)
    forces = known is not None and (known.state_action or known.of_modality is not None)
    foiled = next((e for e in book.events.values() if e.of_modality == draft.modality), None)
    if not (forces or foiled is not None) or any(a.kind in (*_FORCES, "state") for a in draft.attributions):
        return []
    mention = next((m for m in unit.line.actors if m.kind in _FORCES and m.name == speaker.actor), None)
    if mention is None:
        return []
    span = (mention.start, mention.end)
    return [DraftAttribution(speaker.name, mention.name, mention.id, mention.kind, "claimed", span, by=mention.name)]
