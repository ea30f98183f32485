"""From groups of claims to incidents, one at a time. Invariant: an incident with what is disputed about it depends on
what its fingerprint names, and on nothing else; so incidents with equal fingerprints are equal.

The fingerprint of a group of claims names the claims, the facts of their reports, which reports are copies, who the
actors in them are, the totals and ties around them, and the incidents that it may be one with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import combinations

from khabar.records import Actor, Claim, Contradiction, Event, Judgement
from khabar.resolution.actors import Identities
from khabar.resolution.contradictions import Surroundings, of_event
from khabar.resolution.model import Corpus, is_rule
from khabar.resolution.origins.corroborate import Corroborator
from khabar.resolution.parties import Parties, parties_of
from khabar.resolution.prints import print_of, setting_print
from khabar.resolution.values.rules import derive
from khabar.resolution.values.stating import state
from khabar.resolution.values.voices import backed, voices_of
from khabar.text import content_id

__all__ = ["Incidents"]

_Held = Mapping[tuple[str, str], Judgement]


class Incidents:
    """The incidents of a corpus, by the group of claims each is made of; nothing is worked out before it is asked for.

    `claims` are those of the corpus in reading order, `groups` the claims of each incident, `held` the judgements that
    hold between claims.
    """

    def __init__(
        self,
        corpus: Corpus,
        claims: Sequence[Claim],
        groups: Sequence[tuple[str, ...]],
        held: _Held,
        identities: Identities,
    ) -> None:
        """Number the groups; the id of an incident is a hash of its sorted claims, and changes with them."""
        self._corpus = corpus
        self._claims = {c.id: c for c in claims}
        self._order = {c.id: i for i, c in enumerate(claims)}
        self._groups = groups
        self._identities = identities
        self.ids = [content_id(list(group)) for group in groups]
        event_of = {claim: id_ for id_, group in zip(self.ids, groups, strict=True) for claim in group}
        self._unsure = _unsure(event_of, held)
        self._number = {id_: number for number, id_ in enumerate(self.ids)}
        self._made: dict[str, Event] = {}
        self._beside: Mapping[str, str] = {}

    def __len__(self) -> int:
        return len(self._groups)

    def event(self, id_: str) -> Event:
        """The incident of an id."""
        if id_ not in self._made:
            self._made[id_] = self._event(id_)
        return self._made[id_]

    def contradictions(self, id_: str) -> list[Contradiction]:
        """What is disputed about an incident."""
        event = self.event(id_)
        others = {i: self.event(i) for i in event.unsure_with if i > id_}
        return of_event(self._corpus, self._claims, event, self._parties, self._around, others)

    def _event(self, id_: str) -> Event:
        corpus, actor_of = self._corpus, self._identities.actor_of
        members = self._members(id_)
        corroboration = self._corroborator.of(members, actor_of)
        values = state(members, actor_of)
        origins = corroboration.origins(c.id for c in members)
        return Event(
            id=id_,
            claims=tuple(c.id for c in members),
            documents=tuple(dict.fromkeys(c.passages[0].document for c in members)),
            values=backed(values, corroboration),
            derived=derive(values, voices_of(members, corroboration, corpus), corpus.rule),
            origins=len(origins),
            unsure_with=tuple(sorted(self._unsure.get(id_, ()))),
            corroboration=origins,
        )

    def _members(self, id_: str) -> list[Claim]:
        group = self._groups[self._number[id_]]
        return [self._claims[c] for c in sorted(group, key=self._order.__getitem__)]

    @cached_property
    def _corroborator(self) -> Corroborator:
        return Corroborator(self._corpus)

    @cached_property
    def _parties(self) -> Parties:
        return parties_of(self._identities)

    @cached_property
    def _around(self) -> Surroundings:
        return Surroundings.of(list(self._claims.values()), self._parties)

    # -------------------------------------------------------------- fingerprints

    def prints(self, beside: Mapping[str, str] | None = None) -> dict[str, str]:
        """The fingerprint of each incident and its disputes, by id; `beside` has what else counts of actors, by id."""
        self._beside = beside or {}
        self._actors.clear()
        alone = {id_: self._print_alone(id_) for id_ in self.ids}
        return {
            id_: print_of(own, *((i, alone[i] if i > id_ else "") for i in sorted(self._unsure.get(id_, ()))))
            for id_, own in alone.items()
        }

    def _print_alone(self, id_: str) -> str:
        """The fingerprint of an incident without those that it may be one with."""
        members = self._members(id_)
        documents = dict.fromkeys(c.passages[0].document for c in members)
        actors = sorted({actor for c in members for _, actor in self._meant.get(c.id, ())})
        pairs = (frozenset(pair) for pair in combinations(actors, 2))
        beside = [t for d in documents for t in self._around.totals.get(d, ())]
        beside += [t for pair in pairs for t in self._around.ties.get(pair, ())]
        reports = {c.passages[0].document: None for c in (*members, *beside)}
        told = [self._print_of_claim(c) for c in (*members, *beside)]
        return print_of(self._settings, id_, told, [self._print_of_report(d) for d in reports])

    def _print_of_claim(self, claim: Claim) -> tuple[object, ...]:
        return claim.id, [(role, self._print_of_actor(actor)) for role, actor in self._meant.get(claim.id, ())]

    def _print_of_report(self, document: str) -> str:
        if document not in self._reports:
            self._reports[document] = print_of(self._corpus.document(document), self._copied.get(document))
        return self._reports[document]

    def _print_of_actor(self, id_: str) -> str:
        if id_ not in self._actors:
            family = self._identities.family.get(id_, id_)
            names = [self._identities.name.get(i) for i in (id_, family)]
            self._actors[id_] = print_of(self._named.get(id_, id_), family, names, self._beside.get(id_))
        return self._actors[id_]

    @cached_property
    def _settings(self) -> str:
        return setting_print(self._corpus)

    @cached_property
    def _reports(self) -> dict[str, str]:
        return {}

    @cached_property
    def _actors(self) -> dict[str, str]:
        return {}

    @cached_property
    def _named(self) -> Mapping[str, Actor]:
        return {a.id: a for a in self._identities.actors}

    @cached_property
    def _copied(self) -> Mapping[str, str]:
        return {document: min(group) for group in self._corpus.copies for document in group}

    @cached_property
    def _meant(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Who is meant in each claim: role and actor."""
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for link in self._identities.links:
            found[link.claim].append((link.role, link.actor))
        return found


def _unsure(event_of: Mapping[str, str], held: _Held) -> dict[str, set[str]]:
    """Events that may be one: an unsure judgement stands between claims of theirs, and no person told them apart."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    decided: set[frozenset[str]] = set()
    for (left, right), judgement in held.items():
        a, b = event_of.get(left), event_of.get(right)
        if a is None or b is None or a == b:
            continue
        if judgement.verdict == "different" and not is_rule(judgement):
            decided.add(frozenset((a, b)))
        elif judgement.verdict != "different":
            found[a].add(b)
            found[b].add(a)
    return {a: {b for b in others if frozenset((a, b)) not in decided} for a, others in found.items()}
