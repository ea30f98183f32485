"""Incidents by the rule that is asked for. Invariant: the rule of the base costs nothing; another is applied as each
incident is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from khabar.records import Event
from khabar.settings import Settings
from khabar.store.base import View
from khabar.store.questions import EventFilter

__all__ = ["incidents_shown", "shown_by"]


def shown_by(base: View, settings: Settings) -> Callable[[Event], Event]:
    """How an incident is shown by the rule of the settings; as it is kept where that is the rule of the base."""
    if settings.rule is None or settings.rule == base.rule():
        return _as_kept
    from khabar.by_rule import ByRule
    from khabar.codebook.load import DEFAULT, load_codebook

    return ByRule(base, load_codebook(settings.codebook or DEFAULT), settings.rule).event


def incidents_shown(base: View, where: EventFilter, settings: Settings) -> Iterator[Event]:
    """The incidents that a filter keeps, by the rule of the settings, as `khabar.by_rule.events_by`."""
    if settings.rule is None or settings.rule == base.rule():
        return base.events(where)
    from khabar.by_rule import events_by
    from khabar.codebook.load import DEFAULT, load_codebook

    return events_by(base, where, load_codebook(settings.codebook or DEFAULT), settings.rule)


def _as_kept(event: Event) -> Event:
    return event
