"""The names of a corpus and which of them are one actor. Invariant: a set of names holds at most one dictionary id.

Only a person's decree joins two ids. Sets are union-find; `actors` has the rules that join them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from khabar.records import ACTOR_KINDS, ActorRef, Claim, EventBody, Judgement, Presence, Reason, Relation, Statement
from khabar.resolution import names
from khabar.resolution.model import RULE_PREFIX, Corpus
from khabar.resolution.name_identity import KnownNames
from khabar.text import fold

__all__ = ["Node", "Registry", "Tie", "part_of", "references"]

_BY = f"{RULE_PREFIX}actors@1"
_WORDS = {
    "alias": "Alias: a text says that the two names are of one actor.",
    "spelling": "Spelling: the names differ only in what transliteration leaves open.",
    "comparison": "Comparison: the names may be written for one person, and both belong to the same group.",
    "full_name": "Full name: one name is part of the other, and both belong to the same group or stand in one report.",
}


def references(claim: Claim) -> Iterator[tuple[str, ActorRef]]:
    """Each actor named in the body of a claim, with its role there.

    Left out are those only described ("gunmen"), and what stands in a tie but is no actor (an incident, a place).
    """
    for role, ref in _slots(claim):
        if ref.kind in ACTOR_KINDS and (ref.id is not None or not names.describes(ref.name)):
            yield role, ref


def _slots(claim: Claim) -> Iterator[tuple[str, ActorRef]]:
    body = claim.body
    if isinstance(body, Relation):
        yield "subject", body.subject
        yield "object", body.object
    elif isinstance(body, Presence):
        yield "actor", body.actor
    elif isinstance(body, EventBody):
        for i, attribution in enumerate(body.attributions):
            yield f"attribution:{i}", attribution.actor
    elif isinstance(body, Statement):
        for i, ref in enumerate(body.about):
            yield f"about:{i}", ref


@dataclass(slots=True)
class Node:
    """One name as the texts give it, or one actor with an id."""

    person: bool
    id: str | None = None
    spelled: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)


def part_of(id_: str | None, corpus: Corpus) -> str | None:
    """The listed group whose part an id names: readers give "an IS cell" the id of the group, "/" and a word."""
    if id_ is None or id_ in corpus.known or "/" not in id_:
        return None
    head = id_.partition("/")[0]
    return head if head in corpus.known else None


class Tie(NamedTuple):
    """A relation claim between two nodes; `holds` is False for what is denied, planned or foretold."""

    type: str
    subject: str
    object: str
    holds: bool


class Registry:
    """The names of a corpus and which of them are one actor (union-find with at most one id a set)."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.nodes: dict[str, Node] = {}
        self.group: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        self.ids: dict[str, str | None] = {}
        self.apart: set[frozenset[str]] = set()
        self.made: list[Judgement] = []
        self.roles: list[tuple[str, str, str]] = []
        self.listed = KnownNames(corpus.known, acronyms=False).by_name
        self.ties: list[Tie] = []
        for claim in sorted(corpus.claims, key=lambda c: c.id):
            nodes = {role: self._note(ref, claim.passages[0].document) for role, ref in references(claim)}
            self.roles += [(claim.id, role, node) for role, node in nodes.items()]
            if isinstance(claim.body, Relation) and len(nodes) == len(("subject", "object")):
                holds = claim.modality == "actual" and claim.stance != "denied"
                self.ties.append(Tie(claim.body.type, nodes["subject"], nodes["object"], holds))

    def _note(self, ref: ActorRef, document: str) -> str:
        key = self._key(ref)
        node = self.nodes[key]
        node.spelled[ref.name] += 1
        node.kinds[ref.kind] += 1
        node.documents.add(document)
        return key

    def _key(self, ref: ActorRef) -> str:
        """The node of a reference: its id where it has one, else its folded name among persons or among groups."""
        person = ref.kind == "person"
        key = f"id:{ref.id}" if ref.id is not None else f"{'person' if person else 'group'}:{names.node_key(ref.name)}"
        self._add(key, Node(person, ref.id))
        return key

    def _add(self, key: str, node: Node) -> None:
        if key not in self.nodes:
            self.nodes[key] = node
            self.group[key] = key
            self.members[key] = [key]
            self.ids[key] = node.id

    def listed_node(self, id_: str) -> str:
        """The node of an actor of the dictionary."""
        key = f"id:{id_}"
        self._add(key, Node(self.corpus.known[id_].kind == "person", id_))
        return key

    def join(self, left: str, right: str, *, decreed: bool = False) -> bool:
        """Join two sets; False where they are one already, hold two ids, or were called different."""
        a, b = sorted((self.group[left], self.group[right]))
        if a == b:
            return False
        if self.ids[a] is not None and self.ids[b] is not None and not decreed:
            return False
        if any(frozenset((x, y)) in self.apart for x in self.members[a] for y in self.members[b]) and self.apart:
            return False
        for member in self.members[b]:
            self.group[member] = a
        self.members[a] += self.members.pop(b)
        found = sorted(i for i in (self.ids[a], self.ids.pop(b)) if i is not None)
        self.ids[a] = found[0] if found else None
        return True

    def join_by_rule(self, left: str, right: str, feature: str) -> None:
        """Join by rule and record why."""
        first, second = self.shown(left), self.shown(right)
        if self.join(left, right) and first != second:
            reason = Reason(feature, 1.0, _WORDS[feature])
            self.made.append(Judgement(first, second, "same", _BY, "", 1.0, (reason,)))

    def shown(self, key: str) -> str:
        """The name of a node for people: the dictionary's, else the one most often used."""
        node = self.nodes[key]
        if node.id is not None and node.id in self.corpus.known:
            return self.corpus.known[node.id].names[0].text
        return max(sorted(node.spelled), key=lambda n: (node.spelled[n], len(n))) if node.spelled else key

    def _called(self, name: str) -> list[str]:
        """The nodes a person means by an id or a name."""
        if f"id:{name}" in self.nodes or name in self.corpus.known:
            return [self.listed_node(name) if name in self.corpus.known else f"id:{name}"]
        folded = fold(name)
        by_id = [self.listed_node(i) for person in (True, False) for i in sorted(self.listed.get((person, folded), ()))]
        key = names.node_key(name)
        return by_id + [k for k in (f"person:{key}", f"group:{key}") if k in self.nodes]

    def forbid(self, judgements: Iterable[Judgement]) -> None:
        """People's "different"."""
        for j in judgements:
            self.apart |= {frozenset((x, y)) for x in self._called(j.left) for y in self._called(j.right) if x != y}

    def decree(self, judgements: Iterable[Judgement]) -> None:
        """People's "same", which alone may join two actors of the dictionary."""
        for j in sorted(judgements, key=lambda j: (j.when, j.left, j.right)):
            for x in self._called(j.left):
                for y in self._called(j.right):
                    self.join(x, y, decreed=True)

    def belongs(self) -> dict[str, set[str]]:
        """The groups each person is tied to by a relation or by the dictionary, by set."""
        families = self.families()
        found: dict[str, set[str]] = defaultdict(set)
        for tie in self.ties:
            ends = [self.group[tie.subject], self.group[tie.object]]
            for one, other in (ends, ends[::-1]):
                if self.nodes[one].person and not self.nodes[other].person:
                    found[one].add(families.get(other, other))
        for key, node in self.nodes.items():
            listed = self.corpus.known.get(node.id) if node.id is not None else None
            parent = listed.parent if listed else None
            if node.person and parent is not None and parent in self.corpus.known:
                home = self.group[self.listed_node(parent)] if f"id:{parent}" in self.nodes else f"id:{parent}"
                found[self.group[key]].add(families.get(home, home))
        return found

    def families(self) -> dict[str, str]:
        """The outermost parent of each set: the dictionary's, or for actors it does not list the one texts agree on."""
        said: dict[str, set[str]] = defaultdict(set)
        for tie in self.ties:
            group = self.group[tie.subject]
            if tie.holds and tie.type in self.corpus.relations.within and self.ids[group] not in self.corpus.known:
                said[group].add(self.group[tie.object])
        parents = {g: next(iter(p)) for g, p in said.items() if len(p) == 1}
        for group in self.members:
            head = part_of(self.ids[group], self.corpus)
            if head is not None:
                parents[group] = self.group.get(f"id:{head}", f"id:{head}")
        for id_, actor in self.corpus.known.items():
            if actor.parent is not None and actor.parent in self.corpus.known:
                parents[self.group.get(f"id:{id_}", f"id:{id_}")] = self.group.get(
                    f"id:{actor.parent}", f"id:{actor.parent}"
                )
        outer: dict[str, str] = {}
        for group in set(self.members) | set(parents):
            seen = [group]
            while parents.get(seen[-1]) is not None and parents[seen[-1]] not in seen:
                seen.append(parents[seen[-1]])
            outer[group] = seen[-1]
        return outer
