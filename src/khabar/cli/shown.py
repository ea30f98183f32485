"""Incidents by the rule that is asked for. Invariant: the rule of the base costs nothing; another is applied as each
incident is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from khabar.codebook.load import DEFAULT, load_codebook
from khabar.records import Event
from khabar.settings import Settings
from khabar.store.base import View
from khabar.store.questions import EventFilter

__all__ = ["incidents_shown", "shown_by"]


def shown_by(base: View, settings: Settings) -> Callable[[Event], Event]:
    """How an incident is shown by the rule of the settings; as it is kept where that is the rule of the base."""
    if settings.rule is None or settings.rule == base.overview().rule:
        return _as_kept
    from khabar.by_rule import ByRule

    return ByRule(base, load_codebook(settings.codebook or DEFAULT), settings.rule).event


def incidents_shown(base: View, where: EventFilter, settings: Settings) -> Iterator[Event]:
    """The incidents that a filter keeps, by the rule of the settings. Type and number of dead are compared as that rule
    shows them; day and place as the base keeps them.
    """
    shown = shown_by(base, settings)
    if shown is _as_kept:
        return base.events(where)
    wide = replace(where, types=(), min_killed=None, limit=None)
    return islice((e for e in map(shown, base.events(wide)) if _fits(e, where)), where.limit)


def _as_kept(event: Event) -> Event:
    return event


def _fits(event: Event, where: EventFilter) -> bool:
    dead = _shown(event, "killed") or {}
    number = dead.get("best") if dead.get("best") is not None else dead.get("low")
    enough = where.min_killed is None or (number is not None and number >= where.min_killed)
    return enough and (not where.types or _shown(event, "type") in where.types)


def _shown(event: Event, field: str) -> Any:
    return event.derived[field].value if field in event.derived else None
