"""Claims that cannot all hold as they stand. Invariant: no side is left out, and no side is called right.

Here: tolls, dates, places and attributions of one incident. `disputes` has presence, dated ties and offices.
What would reconcile the sides (attackers counted, a later report) stands in the note, not in the choice of sides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from khabar.records import Attribution, Claim, Contradiction, Count, Event, EventBody, Side, When
from khabar.resolution import features
from khabar.resolution.actors import Identities
from khabar.resolution.disputes import disputes
from khabar.resolution.mentions import spot
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
_SAYS = {
    "asserted": "{} did it",
    "claimed": "{} claimed it",
    "blamed": "{} is blamed",
    "suspected": "{} is suspected",
    "denied": "{} denies it, or is said not to have done it",
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
        notes.append("By day of report: " + ", ".join(f"{day}: {words}" for day, words in dated) + ".")
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
        (c, p) for c in members if isinstance(c.body, EventBody) and len(c.body.places) == 1 for p in c.body.places
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
                note = "Kept as two incidents until a person decides: place and toll or target agree, dates do not."
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
    contradict nobody, and agencies of states that act together are no rivals.
    """
    accounts: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    groups: set[str] = set()
    for claim in members:
        body = claim.body
        for i, a in enumerate(body.attributions if isinstance(body, EventBody) else ()):
            if a.role == "funder" or a.actor.kind == "person" or not _named(a):
                continue  # a person and the group they act for are no rivals
            id_ = identities.actor_of[claim.id, f"attribution:{i}"]
            family = identities.family.get(id_, id_)
            family = next((f for f in sorted(names) if _named_after(a.actor.name, names[f])), family)
            names.setdefault(family, identities.name.get(id_, a.actor.name))
            if a.actor.kind == "organization":
                groups.add(family)
            voice = (
                "" if a.stance == "claimed" else fold(a.by or "")
            )  # groups that claim it in one breath claim it jointly
            accounts[claim.id, a.stance, voice].add(family)
    sides: defaultdict[tuple[str, frozenset[str]], list[str]] = defaultdict(list)
    for (claim_id, stance, _), families in sorted(accounts.items()):
        sides[stance, frozenset(families)].append(claim_id)
    if not any(_rival(a, b) and (a[1] | b[1]) & groups for a, b in combinations(sides, 2)):
        return []
    said = sorted(
        (_SAYS[stance].format(_joined(names[f] for f in fs)), tuple(ids)) for (stance, fs), ids in sides.items()
    )
    title = f"{event_words(event)}: " + "; ".join(words for words, _ in said)
    return [record("attribution", event.id, title, [Side(words, ids) for words, ids in said])]


def _named(attribution: Attribution) -> bool:
    """A proper name or an entry of the dictionary, as against "gunmen" or "the attackers"."""
    return attribution.actor.id is not None or any(c.isupper() for c in attribution.actor.name)


def _named_after(cell: str, group: str) -> bool:
    """Whether the words of a group's name stand at the head of a longer name ("Islamic State cell in Lahore")."""
    inner, outer = fold(group).split(), fold(cell).split()
    return len(inner) < len(outer) and outer[: len(inner)] == inner


def _rival(a: tuple[str, frozenset[str]], b: tuple[str, frozenset[str]]) -> bool:
    if (a[0] == "denied") != (b[0] == "denied"):
        return bool(a[1] & b[1])
    return a[0] != "denied" and not a[1] & b[1]


def _joined(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))


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
