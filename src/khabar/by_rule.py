"""Incidents as another rule shows them. Invariant: what is stated is taken as the base has it; only the choice is made
anew, by the same functions that a run uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from khabar.codebook.model import Codebook
from khabar.facts import document_facts, type_facts
from khabar.reading.actors import actors_by_id
from khabar.records import Event
from khabar.resolution.model import Corpus, DocumentFacts
from khabar.resolution.origins.corroborate import Corroborator
from khabar.resolution.values.rules import derive, rule_named
from khabar.resolution.values.voices import voices_of
from khabar.store.base import View
from khabar.store.questions import ClaimFilter

__all__ = ["ByRule"]


class ByRule:
    """Shows the incidents of a base by a rule; SettingsError where there is none of that name."""

    def __init__(self, base: View, book: Codebook, rule: str) -> None:
        self._base = base
        self._rule = rule_named(rule).name
        self._standing = base.overview().rule
        self._documents: dict[str, DocumentFacts] = {}  # filled as incidents come
        if self._rule != self._standing:
            copies = [frozenset(group) for group in base.copies()]
            self._corpus = Corpus((), self._documents, copies, actors_by_id(), type_facts(book))
            self._corroborator = Corroborator(self._corpus)

    def events(self, events: Iterable[Event]) -> Iterator[Event]:
        """Each incident as the rule shows it."""
        return map(self.event, events)

    def event(self, event: Event) -> Event:
        """The incident with the values that the rule chooses; itself where the base chose by the same rule."""
        if self._rule == self._standing:
            return event
        found = {claim.id: claim for claim in self._base.claims(ClaimFilter(event=event.id))}
        claims = [found[key] for key in event.claims if key in found]
        for key in event.documents:
            if key not in self._documents:
                self._documents[key] = document_facts(self._base.document(key))
        actor_of = {(link.claim, link.role): link.actor for link in self._base.links(event.claims)}
        voices = voices_of(claims, self._corroborator.of(claims, actor_of), self._corpus)
        return replace(event, derived=derive(event.values, voices, self._rule))
