"""What one speaker said of one matter over time. Invariant: a pure function of claims and identities; nothing is kept.

A government that denied a group's presence for years, acknowledged it and then denied it again does not contradict
another: it changed its position, and that is a timeline. Speakers are those whom two reports surely name alike: actors,
persons and offices of a named state or group, never "an official". The time of a step is when it was said, as far as
the claim or the day of its report tells. Positions are offered where a speaker took two stances at times that differ,
or in reports of which one has no date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from khabar.records import Attribution, Claim, Event, EventBody, Statement, When
from khabar.resolution.ledger.attribution import SAYS
from khabar.resolution.ledger.ties import Tie, denies, holds, ties_of
from khabar.resolution.ledger.words import Word, words_of
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties, names_somebody, plain_name
from khabar.resolution.spans import apart, as_of, inside
from khabar.resolution.wording import event_words, listed
from khabar.text import content_id, fold

__all__ = ["POSITION_KINDS", "Position", "Step", "positions"]

POSITION_KINDS = ("presence", "attribution", "tie", "estimate")


@dataclass(frozen=True, slots=True)
class Step:
    """One stance, the time over which it was taken (open or unknown bounds are None) and the claims that tell it."""

    when: When
    stance: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """What `speaker` said over time of `proposition`; `kind` is one of `POSITION_KINDS`.

    `subject` is the group's or incident's id. Steps are in the order of time, undated ones last.
    """

    id: str
    kind: str
    speaker: str
    subject: str
    proposition: str
    steps: tuple[Step, ...]


class _Saying(NamedTuple):
    """One thing said: the `side` taken (equal sides are one stance), its words, when, in which claim."""

    side: object
    stance: str
    when: When
    claim: Claim


class _Matter(NamedTuple):
    """Who (key and name) says something of what."""

    kind: str
    voice: str
    subject: str
    about: str


_Said = dict[_Matter, list[_Saying]]


def positions(
    corpus: Corpus, claims: Sequence[Claim], events: Sequence[Event], parties: Parties
) -> tuple[Position, ...]:
    """Every position that changed, sorted by kind, speaker and proposition."""
    names: dict[str, str] = {}
    said: _Said = {}
    for part in (
        _presence(corpus, claims, parties, names),
        _attribution(corpus, claims, events, parties, names),
        _ties(corpus, claims, parties, names),
        _estimates(corpus, claims, parties, names),
    ):
        for matter, saying in part:
            said.setdefault(matter, []).append(saying)
    found = []
    for matter, sayings in said.items():
        if _changed(sayings):
            steps = _steps(sayings)
            id_ = content_id([*matter, [list(step.claims) for step in steps]])
            found.append(Position(id_, matter.kind, names[matter.voice], matter.subject, matter.about, steps))
    return tuple(sorted(found, key=lambda p: (p.kind, p.speaker, p.proposition, p.id)))


def _changed(sayings: Sequence[_Saying]) -> bool:
    """Whether two sides were taken at times that differ, or in two reports of which one has no date."""
    times: defaultdict[object, set[tuple[str | None, str | None, str]]] = defaultdict(set)
    for s in sayings:
        document = s.claim.passages[0].document
        undated = s.when.earliest is None and s.when.latest is None
        times[s.side].add((s.when.earliest, s.when.latest, document if undated else ""))
    for one, other in combinations(times.values(), 2):
        for a, b in ((a, b) for a in one for b in other):
            if apart(When(a[0], a[1]), When(b[0], b[1])) or (a[2] != b[2]):
                return True
    return False


def _steps(sayings: Iterable[_Saying]) -> tuple[Step, ...]:
    """The sayings in the order of time; those in a row that take one side are one step."""
    ordered = sorted(sayings, key=lambda s: (*_place_in_time(s.when), s.stance, s.claim.id))
    rows: list[list[_Saying]] = []
    for saying in ordered:
        undated = saying.when.earliest is None and saying.when.latest is None
        last = rows[-1][-1] if rows else None
        parted = last is None or last.side != saying.side
        if parted or (undated and last is not None and _place_in_time(last.when) != _place_in_time(saying.when)):
            rows.append([])
        rows[-1].append(saying)
    return tuple(_step(row) for row in rows)


def _place_in_time(when: When) -> tuple[str, str]:
    return when.earliest or when.latest or "9999", when.latest or when.earliest or "9999"


def _step(row: Sequence[_Saying]) -> Step:
    starts, ends = [s.when.earliest for s in row], [s.when.latest for s in row]
    first = None if None in starts else min(d for d in starts if d)
    last = None if None in ends else max(d for d in ends if d)
    when = When(first, last, "range" if first or last else "unknown")
    return Step(when, listed(s.stance for s in row), tuple(dict.fromkeys(s.claim.id for s in row)))


# ------------------------------------------------------------------ presence


def _presence(
    corpus: Corpus, claims: Sequence[Claim], parties: Parties, names: dict[str, str]
) -> Iterator[tuple[_Matter, _Saying]]:
    """What a speaker said of a group in an area they denied it in; an assertion for a part of it counts for it."""
    spoken: defaultdict[tuple[str, str], list[Word]] = defaultdict(list)
    for word in words_of(parties, claims):
        voice = parties.voice(word.claim)
        if voice is not None and word.area is not None:
            names.setdefault(*voice)
            spoken[voice[0], word.house].append(word)
    for (speaker, house), words in spoken.items():
        for key in sorted({w.key for w in words if w.denies}):
            denial = min((w for w in words if w.denies and w.key == key), key=lambda w: w.claim.id)
            where = denial.place.name if denial.place else ""
            matter = _Matter("presence", speaker, house, f"{parties.name(house)} in {where}")
            for word in words:
                if word.area is None or denial.area is None:
                    continue
                if word.key == key if word.denies else inside(word.area, denial.area):
                    stance = "denied" if word.denies else "asserted"
                    yield matter, _Saying(stance, stance, as_of(corpus, word.claim), word.claim)


# ------------------------------------------------------------------ attribution


def _attribution(
    corpus: Corpus, claims: Sequence[Claim], events: Sequence[Event], parties: Parties, names: dict[str, str]
) -> Iterator[tuple[_Matter, _Saying]]:
    """Whom a speaker held responsible for an incident, or that they claimed it or denied a part in it."""
    by_id = {c.id: c for c in claims}
    for event in events:
        for claim in (by_id[c] for c in event.claims if c in by_id):
            told: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
            for i, a in enumerate(claim.body.attributions if isinstance(claim.body, EventBody) else ()):
                actor = parties.actor_of.get((claim.id, f"attribution:{i}"))
                maker = _maker(parties, a, actor)
                if actor is not None and maker is not None:
                    names.setdefault(plain_name(maker), maker)
                    told[plain_name(maker), a.stance].add(actor)
            for (voice, stance), actors in sorted(told.items()):
                words = SAYS[stance].format(" and ".join(sorted(map(parties.name, actors))))
                side = stance == "denied", frozenset(map(parties.house, actors))
                matter = _Matter("attribution", voice, event.id, event_words(event))
                yield matter, _Saying(side, words, _told(corpus, claim), claim)


def _maker(parties: Parties, attribution: Attribution, actor: str | None) -> str | None:
    """Who makes an attribution: of a claim the claimant, else whom it names; None where that may be anybody."""
    by, who = attribution.by, attribution.actor
    if actor is not None and (attribution.stance == "claimed" or (by and fold(by) in {fold(who.text), fold(who.name)})):
        return parties.name(actor)
    return by if by and names_somebody(by) else None


def _told(corpus: Corpus, claim: Claim) -> When:
    published = corpus.document(claim.passages[0].document).published
    return When(published.earliest, published.latest)


# ------------------------------------------------------------------ ties and estimates


def _ties(
    corpus: Corpus, claims: Sequence[Claim], parties: Parties, names: dict[str, str]
) -> Iterator[tuple[_Matter, _Saying]]:
    """That a speaker asserted or denied a tie between two actors."""
    for tie, claim in ties_of(corpus, parties, claims):
        voice = parties.voice(claim)
        if voice is not None and (holds(claim) or denies(claim)):
            names.setdefault(*voice)
            stance = "asserted" if holds(claim) else "denied"
            matter = _Matter("tie", voice[0], tie.subject, _tie_words(parties, tie))
            yield matter, _Saying(stance, stance, as_of(corpus, claim), claim)


def _tie_words(parties: Parties, tie: Tie) -> str:
    return f"{parties.name(tie.subject)} {tie.words} {parties.name(tie.object) if tie.object else ''}".rstrip()


def _estimates(
    corpus: Corpus, claims: Sequence[Claim], parties: Parties, names: dict[str, str]
) -> Iterator[tuple[_Matter, _Saying]]:
    """The numbers a speaker gave over time for one thing (the last word of its unit) about one group."""
    for claim in claims:
        body, voice = claim.body, parties.voice(claim)
        if not isinstance(body, Statement) or body.quantity is None or voice is None or not body.about:
            continue
        group = parties.actor_of.get((claim.id, "about:0"))
        unit = fold(body.quantity.unit).split()
        if group is not None and unit:
            q = body.quantity
            number = q.best if q.best is not None else q.low if q.low is not None else q.high
            names.setdefault(*voice)
            house = parties.house(group)
            matter = _Matter("estimate", voice[0], house, f"{parties.name(house)}: number of {unit[-1]}")
            bounds = (q.low, q.best, q.high)
            yield matter, _Saying(bounds, f"{number:g}" if number is not None else "", as_of(corpus, claim), claim)
