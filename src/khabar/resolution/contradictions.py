"""Claims that cannot all hold as they stand. Invariant: no side is left out, and no side is called right.

Here: tolls, dates, places and attributions of one incident. `disputes` has presence, dated ties and offices.
What would reconcile the sides (attackers counted, a later report) stands in the note, not in the choice of sides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from khabar.records import Claim, Contradiction, Count, Event, EventBody, Side, When
from khabar.resolution import features
from khabar.resolution.actors import Identities
from khabar.resolution.disputes import disputes
from khabar.resolution.mentions import says_itself, spot
from khabar.resolution.model import Corpus
from khabar.resolution.wording import count_words, event_words, listed, period, record
from khabar.text import fold

__all__ = ["contradictions", "of_event"]

T = TypeVar("T")

_ELSEWHERE = -0.25  # comparisons of places below this say that both cannot be right
_TOLLS = {
    "killed": "killed",
    "injured": "injured",
    "arrested": "arrested",
    "abducted": "abducted",
    "attackers_killed": "attackers killed",
}
_OWN_DENIAL = "denied by itself"
_DENIALS = ("denied", _OWN_DENIAL)
_SAYS = {
    "asserted": "carried out by {}",
    "claimed": "claimed by {}",
    "blamed": "blamed on {}",
    "suspected": "{} suspected",
    "denied": "not by {}",
    _OWN_DENIAL: "denied by {}",
}


def contradictions(
    corpus: Corpus, claims: Mapping[str, Claim], events: Sequence[Event], identities: Identities
) -> tuple[Contradiction, ...]:
    """Every contradiction among claims, sorted by kind, title and id."""
    found = [c for event in events for c in of_event(corpus, claims, event, identities)]
    found += _wrong_dates(events)
    found += disputes(corpus, list(claims.values()), identities)
    return tuple(sorted({c.id: c for c in found}.values(), key=lambda c: (c.kind, c.title, c.id)))


def of_event(corpus: Corpus, claims: Mapping[str, Claim], event: Event, identities: Identities) -> list[Contradiction]:
    """The contradictions among the claims of one event."""
    members = [claims[c] for c in event.claims]
    found = [c for field in _TOLLS for c in _tolls(corpus, members, event, field)]
    return [*found, *_dates(members, event), *_places(members, event), *_attributions(members, event, identities)]


# ------------------------------------------------------------------ tolls


def _tolls(corpus: Corpus, members: Sequence[Claim], event: Event, field: str) -> list[Contradiction]:
    """Counts of one field of which at least two exclude each other."""
    stated = [(claim, count) for claim in members if (count := _count(claim, field)) is not None]
    sides = _conflicting(stated, _exclude, count_words)
    if not sides:
        return []
    title = f"{event_words(event)}: {_TOLLS[field]} {listed(w for w, _, _ in sides)}"
    note = _toll_note(corpus, members, sides, field)
    return [record("toll", event.id, title, [Side(f"{w} {_TOLLS[field]}", ids) for w, _, ids in sides], note)]


def _count(claim: Claim, field: str) -> Count | None:
    count: Count | None = getattr(claim.body, field) if isinstance(claim.body, EventBody) else None
    return count


def _exclude(a: Count, b: Count) -> bool:
    (low_a, high_a), (low_b, high_b) = features.bounds(a), features.bounds(b)
    return max(low_a, low_b) > min(high_a, high_b)


def _toll_note(
    corpus: Corpus, members: Sequence[Claim], sides: Sequence[tuple[str, Count, tuple[str, ...]]], field: str
) -> str:
    """What would reconcile the sides: the attackers counted in, or the growth of the toll from report to report."""
    notes = []
    numbers = {int(features.bounds(count)[0]) for _, count, _ in sides}
    if field == "killed":
        attackers = {a.best for c in members if (a := _count(c, "attackers_killed")) is not None and a.best}
        pairs = [(n, m, m - n) for n in numbers for m in numbers if m - n in attackers]
        notes += [f"{high} is {low} and the {extra} attackers who died." for low, high, extra in sorted(pairs)]
    by_claim = {c.id: corpus.document(c.passages[0].document).published.latest or "" for c in members}
    dated = sorted({(by_claim[i], words) for words, _, ids in sides for i in ids}, key=lambda e: (e[0], _natural(e[1])))
    if len({day for day, _ in dated}) > 1 and all(day for day, _ in dated):
        days = {day: " and ".join(words for other, words in dated if other == day) for day, _ in dated}
        notes.append("By day of report: " + ", ".join(f"{day}: {words}" for day, words in days.items()) + ".")
    return " ".join(notes)


# ------------------------------------------------------------------ dates and places


def _dates(members: Sequence[Claim], event: Event) -> list[Contradiction]:
    stated = [(claim, claim.when) for claim in members if claim.when.earliest or claim.when.latest]
    sides = _conflicting(stated, _apart, period)
    if not sides:
        return []
    title = f"{event_words(event, dated=False)}: {listed(w for w, _, _ in sides)}"
    return [record("date", event.id, title, [Side(w, ids) for w, _, ids in sides])]


def _apart(a: When, b: When) -> bool:
    start = max(a.earliest or "", b.earliest or "")
    return bool(start) and start > min(a.latest or "9999", b.latest or "9999")


def _places(members: Sequence[Claim], event: Event) -> list[Contradiction]:
    stated = [
        (c, p)
        for c in members
        if isinstance(c.body, EventBody) and len(c.body.places) == 1
        for p in c.body.places
        if says_itself(c, p.text)  # not one that readers took over from elsewhere in the report
    ]
    sides = _conflicting(stated, lambda a, b: features.spots(spot(a), spot(b)) < _ELSEWHERE, lambda p: p.name)
    if not sides:
        return []
    title = f"{event_words(event, placed=False)}: {listed(w for w, _, _ in sides)}"
    return [record("place", event.id, title, [Side(w, ids) for w, _, ids in sides])]


def _wrong_dates(events: Sequence[Event]) -> list[Contradiction]:
    """Two events that agree in all but the date, and were therefore left apart for a person to judge."""
    by_id = {e.id: e for e in events}
    found = []
    for event in events:
        for other in (by_id[i] for i in event.unsure_with if i > event.id):
            first, second = (_when(e) for e in (event, other))
            if first is not None and second is not None and _apart(first, second):
                title = (
                    f"Perhaps one incident, {event_words(event, dated=False)}: {listed(map(period, (first, second)))}"
                )
                sides = [Side(period(w), e.claims) for w, e in ((first, event), (second, other))]
                note = "Kept as two incidents until a person decides: but for the date, what they say may be of one."
                found.append(record("date", event.id, title, sides, note))
    return found


def _when(event: Event) -> When | None:
    shown = event.derived.get("when")
    return When(shown.value["earliest"], shown.value["latest"], shown.value["precision"]) if shown else None


# ------------------------------------------------------------------ attribution


def _attributions(members: Sequence[Claim], event: Event, identities: Identities) -> list[Contradiction]:
    """Accounts of who did it that name different groups, or a group held responsible that is also said not to be.

    An account is what one claim says with one stance by one voice: groups it names together acted together.
    A group and its branch are one side; so are a group and a cell named after it. Nameless perpetrators ("gunmen")
    contradict nobody, and agencies of states that act together are no rivals. Who denies a part of their own needs
    no other voice, no more than who claims one.
    """
    voiced: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    family: dict[str, str] = {}
    groups: set[str] = set()
    for claim in members:
        body = claim.body
        for i, a in enumerate(body.attributions if isinstance(body, EventBody) else ()):
            actor = identities.actor_of.get((claim.id, f"attribution:{i}"))
            if actor is None or a.role == "funder" or a.actor.kind == "person":
                continue  # a person and the group they act for are no rivals
            family[actor] = identities.family.get(actor, actor)
            if a.actor.kind == "organization":
                groups.add(actor)
            # Groups that claim it in one breath claim it jointly, each in a voice of its own.
            voice = "" if a.stance == "claimed" else (a.by or "").strip()
            own = voice and fold(voice) in {fold(n) for n in (a.actor.text, a.actor.name, identities.name[actor])}
            stance = _OWN_DENIAL if a.stance == "denied" and own else a.stance
            voiced[claim.id, stance, "" if stance == _OWN_DENIAL else voice].add(actor)
    names = {actor: identities.name[actor] for actor in family}
    _name_after(family, names)
    sides = _accounts(voiced, family)
    if not any(_rival(a, b, family) and (a.actors | b.actors) & groups for a, b in combinations(sides, 2)):
        return []
    said = sorted((_words(account, names), ids) for account, ids in sides.items())
    title = f"{event_words(event)}: " + "; ".join(words for words, _ in said)
    return [record("attribution", event.id, title, [Side(words, ids) for words, ids in said])]


class _Account(NamedTuple):
    """Which actors did it, with what stance, in whose voice ('' for the report's own or the claimant's)."""

    stance: str
    actors: frozenset[str]
    voice: str


def _accounts(
    voiced: Mapping[tuple[str, str, str], set[str]], family: Mapping[str, str]
) -> dict[_Account, tuple[str, ...]]:
    """The accounts and their claims. Those alike but for a group and its branch are one, under the branch's name."""
    alike: defaultdict[tuple[str, frozenset[str], str], list[tuple[str, str, set[str]]]] = defaultdict(list)
    for (claim, stance, voice), actors in sorted(voiced.items()):
        heard = fold(voice).removeprefix("the ")
        alike[stance, frozenset(family[a] for a in actors), heard].append((claim, voice, actors))
    found = {}
    for (stance, _, _), told in alike.items():
        every = {a for _, _, actors in told for a in actors}
        named = frozenset(a for a in every if not any(family[other] == a for other in every - {a}))
        found[_Account(stance, named, told[0][1])] = tuple(sorted({claim for claim, _, _ in told}))
    return found


def _words(account: _Account, names: Mapping[str, str]) -> str:
    words = _SAYS[account.stance].format(" and ".join(sorted(names[a] for a in account.actors)))
    return f"{words} (according to {account.voice})" if account.voice else words


def _rival(a: _Account, b: _Account, family: Mapping[str, str]) -> bool:
    shared = {family[x] for x in a.actors} & {family[x] for x in b.actors}
    if (a.stance in _DENIALS) != (b.stance in _DENIALS):
        return bool(shared)
    return a.stance not in _DENIALS and not shared


def _name_after(family: dict[str, str], names: Mapping[str, str]) -> None:
    """Put a cell into the family of the group whose name stands at the head of its own ("Islamic State cell")."""
    for cell in sorted(family):
        outer = fold(names[cell]).split()
        for group in sorted(family):
            inner = fold(names[group]).split()
            if len(inner) < len(outer) and outer[: len(inner)] == inner:
                family[cell] = family[group]


# ------------------------------------------------------------------ sides


def _conflicting(
    stated: Sequence[tuple[Claim, T]], exclude: Callable[[T, T], bool], say: Callable[[T], str]
) -> list[tuple[str, T, tuple[str, ...]]]:
    """The stated values that exclude at least one other: words, value and claims; empty where all can hold together.

    Values that read alike are one side; sides are in the order of their words, numbers as numbers.
    """
    values: dict[str, T] = {}
    backing: defaultdict[str, list[str]] = defaultdict(list)
    for claim, value in stated:
        words = say(value)
        values.setdefault(words, value)
        if claim.id not in backing[words]:
            backing[words].append(claim.id)
    rivals = {w for a, b in combinations(values, 2) if exclude(values[a], values[b]) for w in (a, b)}
    return [(w, values[w], tuple(backing[w])) for w in sorted(rivals, key=_natural)]


def _natural(words: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", words) if part]
