"""Incidents as another rule shows them. Invariant: what is stated is taken as the base has it; only the choice is made
anew, by the same functions that a run uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from khabar.codebook.model import Codebook
from khabar.facts import document_facts, type_facts
from khabar.reading.actors import actors_by_id
from khabar.records import Event
from khabar.resolution.model import Corpus, DocumentFacts
from khabar.resolution.origins.corroborate import Corroborator
from khabar.resolution.values.rules import derive, rule_named
from khabar.resolution.values.voices import voices_of
from khabar.store.base import View
from khabar.store.questions import ClaimFilter, EventFilter

__all__ = ["ByRule", "events_by"]


class ByRule:
    """Shows the incidents of a base by a rule; SettingsError where there is none of that name."""

    def __init__(self, base: View, book: Codebook, rule: str) -> None:
        self._base = base
        self._rule = rule_named(rule).name
        self._standing = base.rule()
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


def events_by(base: View, where: EventFilter, book: Codebook, rule: str | None) -> Iterator[Event]:
    """The incidents that a filter keeps, shown by a rule (None: that of the base). Type and number of dead are compared
    as that rule shows them; day and place as the base keeps them.
    """
    if rule is None or rule == base.rule():
        yield from base.events(where)
        return
    shown = ByRule(base, book, rule)
    wide = replace(where, types=(), min_killed=None, limit=None)
    yield from islice((e for e in shown.events(base.events(wide)) if _fits(e, where)), where.limit)


def _fits(event: Event, where: EventFilter) -> bool:
    dead = _value(event, "killed") or {}
    number = dead.get("best") if dead.get("best") is not None else dead.get("low")
    enough = where.min_killed is None or (number is not None and number >= where.min_killed)
    return enough and (not where.types or _value(event, "type") in where.types)


def _value(event: Event, field: str) -> Any:
    return event.derived[field].value if field in event.derived else None
