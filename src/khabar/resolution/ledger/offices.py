"""Two holders of one office at a time. Invariant: who is said to be dead, gone or replaced by then holds none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from khabar.records import Claim, Relation, When
from khabar.resolution.ledger.dispute import Dispute, Stand
from khabar.resolution.ledger.ties import holds
from khabar.resolution.mentions import day
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties
from khabar.resolution.spans import apart, as_of
from khabar.resolution.wording import listed, period

__all__ = ["offices"]

_TERM = 366  # days up to which a date says when somebody held an office


def offices(corpus: Corpus, claims: Sequence[Claim], parties: Parties) -> list[Dispute]:
    """Two holders of one office in times that overlap, where no claim says that one took over from the other.

    A claim without a date speaks of the days of its report, unless somebody is said to have taken over, or the holder
    to have died, before that.
    """
    holders: defaultdict[str, dict[tuple[str, str], tuple[When, list[Claim]]]] = defaultdict(dict)
    succeeded, ends = _ends(corpus, claims, parties)
    for claim in claims:
        if not isinstance(claim.body, Relation) or not holds(claim) or claim.body.type not in corpus.relations.office:
            continue
        subject, object_ = parties.ends(claim)
        if subject is None or object_ is None or not parties.is_named_person(subject):
            continue
        when = _in_office(corpus, claim)
        if when is not None and (claim.when.earliest or not _gone(ends.get(subject, ()), when)):
            holders[object_].setdefault((subject, period(when)), (when, []))[1].append(claim)
    found = []
    for office, terms in sorted(holders.items()):
        rivals: defaultdict[str, dict[str, Claim]] = defaultdict(dict)
        times: defaultdict[str, list[When]] = defaultdict(list)
        for ((who, _), (when, told)), ((other, _), (other_when, others)) in combinations(sorted(terms.items()), 2):
            if who != other and frozenset((who, other)) not in succeeded and not apart(when, other_when):
                for name, at, stated in ((who, when, told), (other, other_when, others)):
                    rivals[name].update({c.id: c for c in stated})
                    times[name].append(at)
        if rivals:
            sides = tuple(
                Stand(parties.name(who), tuple(c for _, c in sorted(told.items())), who, _span(times[who]))
                for who, told in sorted(rivals.items(), key=lambda entry: parties.name(entry[0]))
            )
            title = f"{parties.name(office)} is led by {listed(s.says for s in sides)}"
            found.append(Dispute("leadership", office, title, sides))
    return found


def _ends(
    corpus: Corpus, claims: Sequence[Claim], parties: Parties
) -> tuple[set[frozenset[str]], dict[str, list[When]]]:
    """Who took over from whom, and when the terms of persons are said to have ended by a successor or by death."""
    facts = corpus.relations
    succeeded: set[frozenset[str]] = set()
    ends: defaultdict[str, list[When]] = defaultdict(list)
    for claim in claims:
        if not isinstance(claim.body, Relation) or not holds(claim):
            continue
        subject, object_ = parties.ends(claim)
        if claim.body.type in facts.succession and subject is not None and object_ is not None:
            succeeded.add(frozenset((subject, object_)))
            ends[subject].append(as_of(corpus, claim))
        elif claim.body.type in facts.death_of_object and object_ is not None:
            ends[object_].append(as_of(corpus, claim))
        elif claim.body.type in facts.death_of_subject and subject is not None:
            ends[subject].append(as_of(corpus, claim))
    return succeeded, ends


def _gone(ends: Sequence[When], when: When) -> bool:
    """Whether a term is said to have ended before the last day of a time."""
    return any((end.earliest or end.latest or "9999") <= (when.latest or "") for end in ends)


def _in_office(corpus: Corpus, claim: Claim) -> When | None:
    when = as_of(corpus, claim)
    first, last = day(when.earliest), day(when.latest)
    return when if first is not None and last is not None and last - first <= _TERM else None


def _span(times: Sequence[When]) -> When:
    return When(min(t.earliest or "" for t in times), max(t.latest or "" for t in times), "range")
