"""The whole of resolution on one page. Invariant: equal claims and judgements, in any order, give an equal result, with
any memory or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from khabar.records import Claim, Contradiction, Event, Judgement
from khabar.resolution.actors import Identities, identify
from khabar.resolution.chains import gather
from khabar.resolution.clusters import in_force
from khabar.resolution.columns import Table, tabulate
from khabar.resolution.comparable import mentions_of
from khabar.resolution.comparisons import Comparisons
from khabar.resolution.contradictions import in_order, of_matters
from khabar.resolution.decisions import consistent
from khabar.resolution.events import in_words, judge
from khabar.resolution.incidents import Incidents
from khabar.resolution.memory import Memory
from khabar.resolution.mentions import makes_incident
from khabar.resolution.model import RULE_PREFIX, Corpus, Resolution, is_rule
from khabar.resolution.parties import parties_of
from khabar.resolution.prints import setting_print
from khabar.resolution.verdicts import DIFFERENT, VERDICTS, Judged
from khabar.resolution.victims import named_victims
from khabar.resolution.weights import load_weights

__all__ = ["Outline", "outline", "resolve"]


def resolve(corpus: Corpus, judgements: Sequence[Judgement] = (), memory: Memory | None = None) -> Resolution:
    """Actors, incidents and contradictions of a corpus of claims, with the judgements that rules made.

    1. Names become actors (`actors`).
    2. Event claims that speak of one incident are compared in candidate pairs (`blocks`, `events`).
    3. Judgements become clusters; those of people in `judgements` come first (`decisions`, `clusters`). Rule-made ones
       among `judgements` are ignored: they are made anew.
    4. Each cluster becomes an event with every stated value (`incidents`, `values`).
    5. Claims that cannot all hold are set side by side (`contradictions`).

    What `memory` holds of earlier resolutions is not compared again, and what is compared now is left in it.
    """
    return outline(corpus, judgements, memory).whole()


def outline(corpus: Corpus, judgements: Sequence[Judgement] = (), memory: Memory | None = None) -> Outline:
    """Who is who, and which claims are one incident (steps 1 to 3); the rest is worked out when it is asked for."""
    people = [j for j in judgements if not is_rule(j)]
    claims = sorted({c.id: c for c in corpus.claims}.values(), key=_reading_order)
    identities = identify(corpus, people)

    told = [c for c in claims if makes_incident(c)]
    victims = named_victims(claims, corpus.relations, identities)
    table = tabulate(mentions_of(told, corpus, identities, victims))
    comparisons = Comparisons(table, load_weights(), memory, setting_print(corpus) if memory is not None else "")
    judged = judge(table, comparisons=comparisons)
    comparisons.remember()
    decided = consistent(people, table.claims).judgements
    groups = gather(table, judged, decided, load_weights().same)

    held = in_force([*_across(table, judged, groups), *decided])
    incidents = Incidents(corpus, claims, groups, held, identities)
    by_rule = ByRule(table, judged.chosen(comparisons.telling(judged)), comparisons)
    return Outline(corpus, claims, identities, decided, by_rule, incidents)


@dataclass(frozen=True, slots=True)
class ByRule:
    """The judgements of rules that people should see, each worked out when it is asked for."""

    table: Table
    judged: Judged
    comparisons: Comparisons

    def prints(self) -> list[str]:
        """The fingerprint of each, in order; '' without a memory."""
        rows = zip(self.judged.left.tolist(), self.judged.right.tolist(), strict=True)
        return [self.comparisons.print_of_pair(left, right) for left, right in rows]

    def sides(self, which: Sequence[int]) -> list[tuple[str, str]]:
        """The two claims of each of those at some places."""
        chosen, claims = self.judged.chosen(np.array(which, np.int64)), self.table.claims
        return [
            (claims[left], claims[right])
            for left, right in zip(chosen.left.tolist(), chosen.right.tolist(), strict=True)
        ]

    def made(self, which: Sequence[int] | None = None) -> Iterator[Judgement]:
        """All of them, or those at some places."""
        chosen = self.judged if which is None else self.judged.chosen(np.array(which, np.int64))
        return in_words(self.table, chosen)


@dataclass(frozen=True)
class Outline:
    """A resolution of which incidents, their contradictions and the words of judgements are still to be worked out.

    `claims` are in reading order; `decided` are the judgements of people on them.
    """

    corpus: Corpus
    claims: Sequence[Claim]
    identities: Identities
    decided: Sequence[Judgement]
    by_rule: ByRule
    incidents: Incidents

    def whole(self) -> Resolution:
        """The resolution, with all that there is to it."""
        ids = self.incidents.ids
        disputes = [c for id_ in ids for c in self.incidents.contradictions(id_)]
        return Resolution(
            actors=self.identities.actors,
            links=self.identities.links,
            events=tuple(sorted(map(self.incidents.event, ids), key=_event_order)),
            judgements=(*self.identities.judgements, *self.decided, *self.by_rule.made()),
            contradictions=in_order([*disputes, *self.matters]),
        )

    @cached_property
    def matters(self) -> list[Contradiction]:
        """What claims disagree about that is no incident."""
        return of_matters(self.corpus, self.claims, parties_of(self.identities))


def _across(table: Table, judged: Judged, groups: Iterable[Sequence[str]]) -> Iterator[Judgement]:
    """What rules say of claims of two groups, where they do not say "different": bare, without reasons."""
    row = {claim: number for number, claim in enumerate(table.claims)}
    group = np.zeros(len(table), np.int64)
    for number, members in enumerate(groups):
        group[[row[claim] for claim in members]] = number
    crossing = (group[judged.left] != group[judged.right]) & (judged.verdicts != DIFFERENT) & (judged.verdicts > 0)
    found = judged.chosen(crossing)
    columns = (c.tolist() for c in (found.left, found.right, found.verdicts, found.sums))
    for left, right, verdict, score in zip(*columns, strict=True):
        yield Judgement(table.claims[left], table.claims[right], VERDICTS[verdict], RULE_PREFIX, "", score)


def _reading_order(claim: Claim) -> tuple[str, int, int, str]:
    return claim.passages[0].document, claim.passages[0].start, claim.passages[0].end, claim.id


def _event_order(event: Event) -> tuple[str, str]:
    when = event.derived.get("when")
    return (when.value["earliest"] or when.value["latest"] if when else "9999"), event.id
