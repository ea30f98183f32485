"""Made-up corpora whose truth is known: each event becomes one to six report-level claims that drift as reports do.

    happenings ── place_in / transposed ──▶ SourceEvent ── generate ──▶ Generated (claim, document, event) … a stream

Invariant: the same events and seed give the same claims in the same order, whatever was generated before; what a report
says depends on its event and its number alone, apart from the groups and the last event of its province.

The rates of drift and what they rest on stand in `generated_drift` and `generated_reports`, the words in
`generated.yml`. Claims are real ones: grounded in a sentence of a made-up report, with a content id. What is not made:
second mentions of an event in one report, totals, plans and denials; incidents of one row that reports tell as two.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any
from zlib import crc32

from khabar.evaluation.generated_drift import days_of_reports, first_share, how_many
from khabar.evaluation.generated_events import Group, SourceEvent, chance
from khabar.evaluation.generated_places import Atlas
from khabar.evaluation.generated_reports import Setting, claim_at, event_claim
from khabar.evaluation.generated_words import words_of_reports
from khabar.records import Claim, Count, EventBody, Interval
from khabar.resolution.counts import point_of, triple
from khabar.resolution.model import DocumentFacts
from khabar.text import sha256

__all__ = ["HELD_BACK", "Generated", "base_event", "flat_row", "generate", "held_back", "truth"]

HELD_BACK = 0.3
"""The share of events that weights must not be learned from."""
_COPIED = 0.12
"""How many further reports are another one's text under another name. Assumed."""
_LOOKS_BACK = 0.05
"""How many reports tell in a second sentence of the last event before in the province. Assumed."""
_NO_PUBLISHER, _NO_DAY = 0.05, 0.03
"""How many documents are of an unknown publisher, and how many of an unknown day. Assumed."""
_EARLIER = "Earlier: "
_AGO = 60  # days up to which a report looks back
_RIVALS = 6  # groups last named in a province, from which competing claims come


@dataclass(frozen=True, slots=True)
class Generated:
    """A claim of a made-up report, the facts of its document, and the event it tells of; `copy_of` is the document
    whose text it repeats, None for a report of its own.
    """

    claim: Claim
    document: DocumentFacts
    event: str
    copy_of: str | None = None


class _Region:
    """What happened last in a province, for looking back and for competing claims."""

    def __init__(self) -> None:
        self.last: SourceEvent | None = None
        self.groups: deque[Group] = deque(maxlen=_RIVALS)


def generate(events: Iterable[SourceEvent], atlas: Atlas, *, seed: int, reports: int = 6) -> Iterator[Generated]:
    """The claims of the reports on events, one event after the other; at most `reports` reports an event.

    Nothing is kept but the last event of each province, so a stream of any length takes the same memory.
    """
    regions: dict[tuple[str, int | None], _Region] = {}
    for event in events:
        province = event.town.province
        region = regions.setdefault((province.country or "", province.id), _Region())
        yield from _reports(event, region, atlas, seed, reports)
        region.last = event
        if event.group is not None and event.group not in region.groups:
            region.groups.append(event.group)


def _reports(event: SourceEvent, region: _Region, atlas: Atlas, seed: int, most: int) -> Iterator[Generated]:
    draw = chance(seed, event.id)
    country = atlas.country(event.town.here.country or "")
    share = first_share(draw)
    rivals = tuple(g for g in region.groups if g != event.group and not g.state)
    first: Generated | None = None
    for number, appeared in enumerate(days_of_reports(event, draw, how_many(event, draw, most))):
        document = _document(f"{seed}/{event.id}/{number}", appeared, draw)
        if first is not None and draw.random() < _COPIED:
            yield _copied(first, document)
            continue
        setting = Setting(document.id, appeared, document.published.latest is not None, 0, share, rivals, country)
        told = Generated(event_claim(event, setting, draw), document, event.id)
        yield told
        first = first or told
        if region.last is not None and _AGO >= event.day - region.last.day >= 0 and draw.random() < _LOOKS_BACK:
            start = told.claim.passages[0].end + 1
            before = replace(setting, start=start, share=1.0, rivals=())
            yield Generated(event_claim(region.last, before, draw, _EARLIER), document, region.last.id)


def _document(name: str, appeared: int, draw: Random) -> DocumentFacts:
    publisher = None if draw.random() < _NO_PUBLISHER else draw.choice(words_of_reports().publishers)
    published = _published(None if draw.random() < _NO_DAY else appeared)
    return DocumentFacts(sha256(name.encode()), f"{name}.txt", None, publisher, published)


@lru_cache(maxsize=65536)
def _published(day: int | None) -> Interval:
    iso = None if day is None else date.fromordinal(day).isoformat()
    return Interval(iso, iso)


def _copied(first: Generated, document: DocumentFacts) -> Generated:
    """The same report once more: the text and the day of the first, under the name of another outlet."""
    passages = tuple(replace(p, document=document.id) for p in first.claim.passages)
    claim = replace(first.claim, id=claim_at(passages[0]), passages=passages)
    facts = replace(document, published=first.document.published)
    return Generated(claim, facts, first.event, first.document.id)


# ------------------------------------------------------------------ what is done with them


def truth(generated: Iterable[Generated]) -> dict[str, str]:
    """The event of each claim, by claim id."""
    return {item.claim.id: item.event for item in generated}


def base_event(event: str) -> str:
    """The event that a copy in another country was made from."""
    return event.split("@", 1)[0]


def held_back(event: str, share: float = HELD_BACK) -> bool:
    """Whether an event is kept from learning: by a hash of the event it was copied from, so that all copies are."""
    return crc32(f"held back {base_event(event)}".encode()) % 1000 < share * 1000


def flat_row(item: Generated) -> dict[str, Any]:
    """A claim as one flat row, for tools that link tables: the first place and actor, counts as their best or lowest
    number, days as ISO dates. `cluster` is the truth.
    """
    claim, body = item.claim, item.claim.body
    if not isinstance(body, EventBody):
        raise TypeError(f"claim {claim.id} is not an event claim")
    place = next(iter(body.places), None)
    who = next(iter(body.attributions), None)
    target = next(iter(body.targets), None)
    return {
        "unique_id": claim.id,
        "cluster": item.event,
        "document": item.document.id,
        "publisher": item.document.publisher,
        "published": item.document.published.latest,
        "date_first": claim.when.earliest,
        "date_last": claim.when.latest,
        "date_precision": claim.when.precision,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "admin2": place.admin2 if place else None,
        "place": place.name if place else None,
        "place_text": place.text if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_precision": place.precision if place else None,
        "type": body.type,
        "killed": _number(body.killed),
        "injured": _number(body.injured),
        "attackers_killed": _number(body.attackers_killed),
        "actor": who.actor.name if who else None,
        "target": target.text if target else None,
        "target_class": target.category if target else None,
        "weapon": body.weapon.category if body.weapon else None,
        "text": claim.passages[0].quote,
    }


def _number(count: Count | None) -> int | None:
    told = triple(count)
    return None if told is None else point_of(told)
