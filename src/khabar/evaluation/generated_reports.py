"""One report of an event: what it says, in a sentence of its own, as the claim a reader would make of it.

Invariant: the sentence holds every word the claim states, and the claim's passage is the sentence.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from khabar.evaluation.generated_drift import (
    Stated,
    drifted_attackers,
    drifted_day,
    drifted_injured,
    drifted_killed,
    drifted_places,
)
from khabar.evaluation.generated_events import Group, SourceEvent
from khabar.evaluation.generated_places import Country
from khabar.evaluation.generated_words import words_of_reports
from khabar.records import (
    ActorRef,
    Attribution,
    Claim,
    EventBody,
    Extractor,
    Passage,
    Speaker,
    Target,
    Weapon,
    When,
)
from khabar.text import sha256

__all__ = ["Setting", "claim_at", "event_claim"]

_NO_ACTOR = 0.35
"""How many reports name nobody responsible. Observed of the digests of `generated_drift`: 17 of 69; they tell of big
attacks, so it is more here."""
_COMPETING = 0.04
"""How many of the others name another group. Assumed; two of four well-known attacks had two claimants."""
_ALIAS = 0.35
"""How many name a group by another of its names. Assumed."""
_WIDER_TYPE, _OTHER_TYPE = 0.13, 0.02
"""How many tell the deed by a wider word, and how many by another deed's. Assumed."""
_TARGET, _WEAPON, _SPEAKER = 0.65, 0.35, 0.33
"""How many name the target, the weapon, somebody who says so. Observed of the digests: 43, 24 and 23 of 69."""
_CALLED = 0.6
"""How many of those that name a target give its name, if it has one. Assumed."""
_STANCES = ("asserted", "claimed", "blamed", "suspected")
_STANCE_WEIGHTS = (30, 60, 85, 100)  # cumulative; assumed
_WHO = {
    "asserted": " by {}",
    "claimed": ", claimed by {}",
    "blamed": ", blamed on {}",
    "suspected": ", with {} suspected",
}
_EXTRACTOR = Extractor("generated", "1", "political-violence@1")
_CONFIDENCE = 0.8
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_THIS_WEEK = 6  # days up to which a report names a weekday


@dataclass(frozen=True, slots=True)
class Setting:
    """What a report knows beside the event: its document, the day it appears and whether the document tells that day,
    where its sentence starts, the share of the toll known at first, other groups of the region, and the country.
    """

    document: str
    appeared: int
    dated: bool
    start: int
    share: float
    rivals: tuple[Group, ...]
    country: Country


def event_claim(event: SourceEvent, setting: Setting, draw: Random, opening: str = "") -> Claim:
    """The claim of one report on an event; its quote is the report's sentence, begun with `opening`."""
    lag = max(setting.appeared - event.day, 0)
    attackers, counted_in = drifted_attackers(event, draw)
    killed = drifted_killed(event, draw, lag, setting.share, counted_in)
    injured = drifted_injured(event, draw, lag, setting.share)
    when = _when(drifted_day(event, draw, setting.appeared), setting.appeared if setting.dated else None)
    type_, told = _deed(event, draw)
    target = _target(event, draw) if draw.random() < _TARGET else None
    places = drifted_places(event, setting.country, draw, target)
    weapon = _weapon(*event.deed.weapon) if type_ == event.deed.type and draw.random() < _WEAPON else None
    speaker = _speaker(draw.choice(words_of_reports().speakers)) if draw.random() < _SPEAKER else None
    body = EventBody(
        type=type_,
        places=places,
        attributions=_attributions(event, setting.rivals, draw),
        targets=_targets(target, event.target.category) if target and places[0].id is not None else (),
        weapon=weapon,
        killed=killed,
        injured=injured,
        attackers_killed=attackers,
    )
    text = opening + _sentence(body, told, when, target, speaker)
    passage = Passage(setting.document, setting.start, setting.start + len(text), text)
    return Claim(claim_at(passage), "event", (passage,), body, _EXTRACTOR, speaker, when=when, confidence=_CONFIDENCE)


def claim_at(passage: Passage) -> str:
    """The id of the claim of a sentence: a hash of where it stands and what it says, which settles all else."""
    return sha256(f"{passage.document} {passage.start} {passage.quote}".encode())[:16]


def _deed(event: SourceEvent, draw: Random) -> tuple[str, str]:
    """The type a report gives, and how it calls the deed."""
    kind, words = draw.random(), words_of_reports()
    type_ = event.deed.type
    if kind < _WIDER_TYPE:
        type_ = draw.choice(event.deed.wider)
        return type_, words.general.get(type_) or words.deeds[type_].told
    if kind < _WIDER_TYPE + _OTHER_TYPE:
        type_ = draw.choice([d.type for d in words.deeds.values() if d.hits == event.deed.hits])
    return type_, words.deeds[type_].told


def _target(event: SourceEvent, draw: Random) -> str:
    """What was hit in a report's words: "a mosque", or "the Old Fort mosque" where it has a name."""
    words = draw.choice(event.target.words)
    if event.called is None or draw.random() >= _CALLED:
        return words
    return f"the {event.called} {words.split(' ', 1)[1]}"


def _attributions(event: SourceEvent, rivals: tuple[Group, ...], draw: Random) -> tuple[Attribution, ...]:
    if event.group is None or draw.random() < _NO_ACTOR:
        return ()
    group, stance = event.group, _STANCES[0]
    if not group.state:
        if rivals and draw.random() < _COMPETING:
            group = draw.choice(rivals)
        stance = draw.choices(_STANCES, cum_weights=_STANCE_WEIGHTS)[0]
    text = draw.choice(group.names) if draw.random() < _ALIAS else group.names[0]
    return _attributed(group, text, stance)


# ------------------------------------------------------------------ parts of claims, of which the same are met often


@lru_cache(maxsize=4096)
def _attributed(group: Group, text: str, stance: str) -> tuple[Attribution, ...]:
    actor = ActorRef(text, group.names[0], group.id, "state" if group.state else "organization")
    return (Attribution(actor, stance),)


@lru_cache(maxsize=256)
def _targets(text: str, category: str) -> tuple[Target, ...]:
    return (Target(text, category),)


@lru_cache(maxsize=256)
def _weapon(text: str, category: str) -> Weapon:
    return Weapon(text, category)


@lru_cache(maxsize=256)
def _speaker(name: str) -> Speaker:
    return Speaker(name)


@lru_cache(maxsize=65536)
def _when(stated: Stated, published: int | None) -> When:
    day = date.fromordinal(stated.day)
    if stated.grain == "none":
        return When(None, None if published is None else date.fromordinal(published).isoformat())
    if stated.grain == "month":
        last = day.replace(day=monthrange(day.year, day.month)[1])
        told = last if published is None else min(last, date.fromordinal(published))
        return When(day.replace(day=1).isoformat(), told.isoformat(), "month", f"{day:%B} {day.year}")
    soon = published is not None and 0 <= published - stated.day <= _THIS_WEEK
    text = _WEEKDAYS[day.weekday()] if soon else f"{day.day} {day:%B} {day.year}"
    return When(day.isoformat(), day.isoformat(), "day", text)


# ------------------------------------------------------------------ words


def _sentence(body: EventBody, told: str, when: When, target: str | None, speaker: Speaker | None) -> str:
    """The report in one sentence: who died or was hurt, in what, where, when, by whom, and who says so."""
    where = f" in {', '.join(p.text for p in body.places if p.id is not None)}"
    at = f" on {target}" if target else ""
    means = f" with {body.weapon.text}" if body.weapon else ""
    day = "" if when.text is None else f" in {when.text}" if when.precision == "month" else f" on {when.text}"
    who = "".join(_WHO[a.stance].format(a.actor.text) for a in body.attributions)
    hurt = f"{body.injured.text} wounded" if body.injured else ""
    if body.killed:
        were = "was" if body.killed.high == 1 else "were"
        start = f"{body.killed.text} {were} killed{' and ' + hurt if hurt else ''} in {told}"
    else:
        start = f"There was {told}{', ' + hurt + ',' if hurt else ''}"
    died = f", in which {body.attackers_killed.text} died" if body.attackers_killed else ""
    said = f", {speaker.name} said" if speaker else ""
    return f"{start[0].upper()}{start[1:]}{at}{means}{where}{day}{who}{died}{said}."
