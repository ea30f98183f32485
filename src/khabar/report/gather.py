"""The incidents of a report and the words they rest on. Invariant: an incident belongs to a period only if its whole
date lies in it; one that may lie in it is kept apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from khabar.by_rule import events_by
from khabar.codebook.model import Codebook
from khabar.export.shapes.leaving import without_names
from khabar.export.words import bounds_words, interval_words, one_line, reports_words, value_words
from khabar.records import Claim, Event, EventBody, Relation, Speaker, Statement
from khabar.records import Passage as Quoted
from khabar.report.asked import Asked
from khabar.report.model import Incident, Passage
from khabar.report.responsible import Responsible
from khabar.store.base import View
from khabar.store.questions import ClaimFilter, DocumentFilter, DocumentSummary, EventFilter
from khabar.text import file_name

__all__ = ["Found", "Sources", "find", "happened", "incident_of", "speaker_words"]

_QUOTE = 240  # characters of a passage that a report quotes
_PASSAGES = 4  # passages an incident is shown with

_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i", "one", "who"})

Hide = Callable[[Any], Any]
"""Puts pseudonyms for the names of private persons."""


@dataclass(frozen=True, slots=True)
class Found:
    """Incidents of the period, those that may lie in it, those of the period before: what happened, in order of date.
    `stopped` are attempts, plots and foiled attacks of the period; `uncertain` how many are told as denied or supposed.
    """

    inside: tuple[Event, ...]
    perhaps: tuple[Event, ...]
    earlier: tuple[Event, ...]
    stopped: tuple[Event, ...]
    uncertain: int


def happened(base: View, book: Codebook, asked: Asked) -> tuple[Event, ...]:
    """The incidents of the period alone, in order of date."""
    inside = (e for e in _events(base, book, asked) if asked.period.holds(*_days(e)))
    return tuple(e for e in inside if _modality(e) == "actual")


def find(base: View, book: Codebook, asked: Asked) -> Found:
    """The incidents a report tells of."""
    around = list(_events(base, book, asked))
    inside = [e for e in around if asked.period.holds(*_days(e))]
    perhaps = [e for e in around if not asked.period.holds(*_days(e))]
    told = [e for e in inside if _modality(e) == "actual"]
    stopped = [e for e in inside if _modality(e) in ("foiled", "attempted", "planned")]
    return Found(
        tuple(told),
        tuple(e for e in perhaps if _modality(e) == "actual"),
        happened(base, book, asked.before),
        tuple(stopped),
        len(inside) - len(told) - len(stopped),
    )


def _events(base: View, book: Codebook, asked: Asked) -> Iterable[Event]:
    """Incidents that may lie in the period and area; each once, also where it may lie in two countries."""
    where = EventFilter(
        since=str(asked.period.first),
        until=str(asked.period.last),
        types=asked.types,
        actor=asked.actor,
        admin1=asked.admin1,
    )
    seen: set[str] = set()
    for country in asked.countries or (None,):
        for event in events_by(base, replace(where, country=country), book, asked.rule):
            if event.id not in seen and asked.period.meets(*_days(event)):
                seen.add(event.id)
                yield event


class Sources:
    """Claims and reports behind incidents, asked of the base once each."""

    def __init__(self, base: View, hide: Hide) -> None:
        self._base = base
        self._hide = hide
        self._reports: dict[str, DocumentSummary] = {}

    def of_event(self, event: Event, kept_back: Collection[str]) -> tuple[Passage, ...]:
        """The passages of an incident: the first of each report, then more of them; without the names kept back."""
        claims = list(self._base.claims(ClaimFilter(event=event.id)))
        first = {claim.passages[0].document: claim for claim in reversed(claims)}
        leading = {claim.id for claim in first.values()}
        order = [*first.values(), *(c for c in claims if c.id not in leading)]
        found = self.of_claims(order[:_PASSAGES])
        return tuple(
            replace(p, **{name: without_names(getattr(p, name), kept_back) for name in ("quote", "report", "by")})
            for p in found
        )

    def of_claims(self, claims: Sequence[Claim]) -> tuple[Passage, ...]:
        """The first passage of each claim, each quote once."""
        self._learn({claim.passages[0].document for claim in claims})
        found = {p.quote: p for p in map(self._passage, reversed(claims))}
        return tuple(reversed(found.values()))

    def _learn(self, documents: Iterable[str]) -> None:
        new = tuple(sorted(set(documents) - self._reports.keys()))
        if new:
            self._reports |= {d.id: d for d in self._base.document_list(DocumentFilter(ids=new))}

    def _passage(self, claim: Claim) -> Passage:
        passage = _telling(claim)
        report = self._reports[passage.document]
        quote = one_line(passage.quote)
        return Passage(
            self._hide(quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1].rsplit(" ", 1)[0] + " …"),
            self._hide(report.title or report.external_id or file_name(report.file)),
            report.publisher or "",
            interval_words(report.published.earliest, report.published.latest) if report.published.latest else "",
            report.url or "",
            self._hide(speaker_words(claim.speaker)),
        )


def incident_of(event: Event, number: int, who: Responsible, sources: Sources, hide: Hide) -> Incident:
    """The entry of an incident in the report's list."""
    shown = {name: derived.value for name, derived in event.derived.items()}
    when = shown.get("when") or {}
    targets = "; ".join(t["text"] for t in shown.get("targets") or ())
    kind = str(shown.get("type") or "type not stated").replace("_", " ")
    return Incident(
        id=event.id,
        number=number,
        when=interval_words(when.get("earliest"), when.get("latest")),
        where=value_words(shown.get("places") or ()) or "place not stated",
        what=hide(f"{kind}: {targets}" if targets else kind),
        killed=bounds_words(shown.get("killed")),
        injured=bounds_words(shown.get("injured")),
        attackers_killed=bounds_words(shown.get("attackers_killed")),
        attributed=tuple(dict.fromkeys(hide(value_words(a)) for a in who.held(event))),
        sources=reports_words(event),
        passages=sources.of_event(event, who.kept_back(event)),
    )


def speaker_words(speaker: Speaker | None) -> str:
    """Who says it, with whom they speak for: "a minister (Afghanistan)"; "" for the report itself and a bare "they"."""
    if speaker is None:
        return ""
    name = "" if speaker.name.lower() in _PRONOUNS else speaker.name
    if not speaker.actor or speaker.actor == name:
        return name
    return f"{name} ({speaker.actor})" if name else speaker.actor


def _telling(claim: Claim) -> Quoted:
    """The passage that holds most of what the claim says; the first of several that hold as much."""
    said = [text for text in _texts(claim) if text]
    return max(claim.passages, key=lambda p: sum(text in p.quote for text in said))


def _texts(claim: Claim) -> Iterator[str | None]:
    """The words of a claim's values as they stand in its passages."""
    yield claim.when.text
    body = claim.body
    if isinstance(body, EventBody):
        yield from (place.text for place in body.places)
        yield from (target.text for target in body.targets)
        yield from (said.actor.text for said in body.attributions)
        yield from (c.text for c in (body.killed, body.injured, body.arrested, body.abducted) if c is not None)
    elif isinstance(body, Relation):
        yield from (body.subject.text, body.object.text)
    elif isinstance(body, Statement):
        yield from (actor.text for actor in body.about)


def _days(event: Event) -> tuple[str | None, str | None]:
    when = event.derived["when"].value if "when" in event.derived else None
    return (when.get("earliest"), when.get("latest")) if when else (None, None)


def _modality(event: Event) -> str:
    return str(event.derived["modality"].value) if "modality" in event.derived else "actual"
