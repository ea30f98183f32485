"""The names of a corpus and which of them are one actor. Invariant: a set of names holds at most one dictionary id.

Only a person's decree joins two ids. Sets are union-find; `actors` has the rules that join them. A name that may be
anybody's (`contexts`) is a node of its own in each report; any other name is one node in the whole corpus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from khabar.records import Actor, ActorRef, Claim, Judgement, Reason, Relation
from khabar.resolution import names
from khabar.resolution.contexts import shared_names
from khabar.resolution.decisions import consistent
from khabar.resolution.model import RULE_PREFIX, Corpus
from khabar.resolution.name_identity import KnownNames
from khabar.resolution.once import once
from khabar.resolution.references import references
from khabar.text import fold

__all__ = ["Node", "Registry", "Tie", "part_of"]

_BY = f"{RULE_PREFIX}actors@1"
_WORDS = {
    "alias": "Alias: a text says that the two names are of one actor.",
    "spelling": "Spelling: the names differ only in what transliteration leaves open.",
    "context": "Context: the same name, in reports of the same country or of the same group.",
    "initials": "Initials: the acronym has the first letters of the name, and both stand in reports of one country.",
    "kind": "Name: the same words, once taken for a person's name and once for a group's.",
    "open": "Context: the reports do not tell which of those who bear the name is meant.",
    "comparison": "Comparison: the names may be written for one person, and both belong to the same group.",
    "full_name": "Full name: one name is part of the other, and both belong to the same group or stand in one report.",
}


@dataclass(slots=True)
class Node:
    """One name as the texts give it, or one actor with an id."""

    person: bool
    id: str | None = None
    spelled: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    shared: str | None = None  # of a name that may be anybody's: its key without the report


def part_of(id_: str | None, corpus: Corpus) -> str | None:
    """The listed group whose part an id names: readers give "an IS cell" the id of the group, "/" and a word."""
    if id_ is None or id_ in corpus.known or "/" not in id_:
        return None
    head = id_.partition("/")[0]
    return head if head in corpus.known else None


def _in_own_words(ref: ActorRef, claim: Claim, known: Mapping[str, Actor]) -> ActorRef:
    """A reference by a pronoun to the speaker, in the words that name the speaker."""
    if ref.text.lower() not in _PRONOUNS or ref.id is None or ref.id not in known or claim.speaker is None:
        return ref
    said = fold(claim.speaker.name)
    if any(fold(name.text) == said for name in known[ref.id].names):
        return ActorRef(claim.speaker.name, ref.name, ref.id, ref.kind)
    return ref


_PRONOUNS = frozenset(("he", "her", "him", "his", "it", "its", "she", "their", "them", "they"))


class Tie(NamedTuple):
    """A relation claim between two nodes; `holds` is False for what is denied, planned or foretold."""

    type: str
    subject: str
    object: str
    holds: bool


_Bearers = Mapping[tuple[bool, str], set[str]]


@once
def _names_of(actors: Mapping[str, Actor]) -> tuple[_Bearers, _Bearers]:
    """Who bears which name, without acronyms and with them."""
    return KnownNames(actors, acronyms=False).by_name, KnownNames(actors).by_name


class Registry:
    """The names of a corpus and which of them are one actor (union-find with at most one id a set)."""

    def __init__(self, corpus: Corpus, judgements: Iterable[Judgement] = ()) -> None:
        """Note all names of the corpus, then join and keep apart what people decided in `judgements`."""
        self.corpus = corpus
        self.decided: tuple[Judgement, ...] = ()
        self.doubts: set[tuple[str, str]] = set()
        self.context: dict[str, frozenset[str]] = {}  # of a shared name in its report: its countries, or its groups
        self.nodes: dict[str, Node] = {}
        self.group: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        self.ids: dict[str, str | None] = {}
        self.apart: set[frozenset[str]] = set()
        self.made: list[Judgement] = []
        self.roles: list[tuple[str, str, str]] = []
        self.listed, self.bearers = _names_of(corpus.known)
        self.ties: list[Tie] = []
        self.spread: dict[str, list[str]] = defaultdict(list)
        people = list(judgements)
        self._parted = self._names_parted(people)
        self._shared = shared_names(corpus, self.bearers)
        for claim in sorted(corpus.claims, key=lambda c: c.id):
            nodes = {role: self._note(ref, claim) for role, ref in references(claim)}
            self.roles += [(claim.id, role, node) for role, node in nodes.items()]
            if isinstance(claim.body, Relation) and len(nodes) == len(("subject", "object")):
                holds = claim.modality == "actual" and claim.stance != "denied"
                self.ties.append(Tie(claim.body.type, nodes["subject"], nodes["object"], holds))
        self._decide(people)

    def _note(self, ref: ActorRef, claim: Claim) -> str:
        document = claim.passages[0].document
        key, name = self._key(_in_own_words(ref, claim, self.corpus.known), document)
        node = self.nodes[key]
        node.spelled[name] += 1
        node.kinds[ref.kind] += 1
        node.documents.add(document)
        node.claims.add(claim.id)
        return key

    def _key(self, ref: ActorRef, document: str) -> tuple[str, str]:
        """The node of a reference, and the name to note: its id where it has one, else its folded name among persons
        or among groups; of a name that may be anybody's, that name in its report.
        """
        person = names.of_person(ref.name, ref.kind)
        parted = (ref.id, fold(ref.text)) in self._parted
        name = ref.text if parted else ref.name
        if ref.id is not None and not parted:
            self._add(f"id:{ref.id}", Node(person, ref.id))
            return f"id:{ref.id}", name
        base = f"{'person' if person else 'group'}:{names.node_key(name)}"
        if base not in self._shared or ref.id is not None:
            self._add(base, Node(person))
            return base, name
        key = f"{base}@{document}"
        if key not in self.nodes:
            self.spread[base].append(key)
        self._add(key, Node(person, shared=base))
        return key, name

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
        if any({self.group[x], self.group[y]} == {a, b} for x, y in self.apart):
            return False
        for member in self.members[b]:
            self.group[member] = a
        self.members[a] += self.members.pop(b)
        found = sorted(i for i in (self.ids[a], self.ids.pop(b)) if i is not None)
        self.ids[a] = found[0] if found else None
        return True

    def join_by_rule(self, left: str, right: str, feature: str) -> bool:
        """Join by rule and record why; whether they are one now."""
        first, second = self.shown(left), self.shown(right)
        if self.join(left, right) and first != second:
            reason = Reason(feature, 1.0, _WORDS[feature])
            self.made.append(Judgement(first, second, "same", _BY, "", 1.0, (reason,)))
        return self.group[left] == self.group[right]

    def doubt(self, left: str, right: str) -> None:
        """Record that nothing tells whether two nodes are one."""
        if self.group[left] != self.group[right] and frozenset((left, right)) not in self.apart:
            self.doubts.add((left, right))

    def doubted(self, id_of: Mapping[str, str]) -> list[Judgement]:
        """What stayed open, as judgements on names, or on ids (`id_of` by set) where the names are equal."""
        reason = Reason("open", 0.0, _WORDS["open"])
        found = {}
        for left, right in sorted(self.doubts):
            sets = self.group[left], self.group[right]
            sides = sorted((self.shown(left), self.shown(right)))
            if sides[0] == sides[1]:
                sides = sorted(id_of.get(s, s.removeprefix("id:")) for s in sets)
            if sets[0] != sets[1] and sides[0] != sides[1]:
                found[sides[0], sides[1]] = Judgement(sides[0], sides[1], "unsure", _BY, "", 0.0, (reason,))
        return list(found.values())

    def shown(self, key: str) -> str:
        """The name of a node for people: the dictionary's, else the one most often used."""
        node = self.nodes[key]
        if node.id is not None and node.id in self.corpus.known:
            return self.corpus.known[node.id].names[0].text
        return max(sorted(node.spelled), key=lambda n: (node.spelled[n], len(n))) if node.spelled else key

    # -------------------------------------------------------------- what people decided

    def _called(self, name: str) -> list[str]:
        """The nodes a person means by an id or a name."""
        if f"id:{name}" in self.nodes or name in self.corpus.known:
            return [self.listed_node(name) if name in self.corpus.known else f"id:{name}"]
        key = names.node_key(name)
        bases = (f"person:{key}", f"group:{key}")
        found = [k for base in bases for k in (base, *self.spread.get(base, ())) if k in self.nodes]
        folded = fold(name)
        by_id = sorted(i for person in (True, False) for i in self.bearers.get((person, folded), ()))
        parted = any((id_, folded) in self._parted for id_ in by_id)
        if parted or len(by_id) != 1:  # a name that several bear is none of theirs in particular
            return found
        return [self.listed_node(by_id[0]), *found]

    def _names_parted(self, judgements: Iterable[Judgement]) -> frozenset[tuple[str | None, str]]:
        """Names of actors of the dictionary that a person says are not theirs: "different" between two names of one.

        The name shown stays; of two others, where neither was told apart from the name shown, the first leaves.
        """
        found: set[tuple[str | None, str]] = set()
        others: list[tuple[str, str, str]] = []
        for j in consistent(judgements).judgements:
            left, right = fold(j.left), fold(j.right)
            for person in (True, False):
                for id_ in self.bearers.get((person, left), set()) & self.bearers.get((person, right), set()):
                    shown = fold(self.corpus.known[id_].names[0].text)
                    if j.verdict != "same" and shown in (left, right):
                        found.add((id_, right if left == shown else left))
                    elif j.verdict != "same":
                        others.append((id_, left, right))
        for id_, left, right in others:
            if not {(id_, left), (id_, right)} & found:
                found.add((id_, left))
        return frozenset(found)

    def parted_from(self, id_: str) -> frozenset[str]:
        """The folded names that a person took from an actor of the dictionary."""
        return frozenset(name for other, name in self._parted if other == id_)

    def _decide(self, judgements: Iterable[Judgement]) -> None:
        """Join what people called the same, which alone may join two actors of the dictionary; remember what they
        called different, or unsure. On names that mean the same actors, and of judgements that conflict, the later
        holds.
        """
        on_nodes: list[Judgement] = []
        said: dict[tuple[str, str, str, str], Judgement] = {}
        for j in judgements:
            for x in self._called(j.left):
                for y in self._called(j.right):
                    if x != y:
                        left, right = sorted((x, y))
                        on_nodes.append(Judgement(left, right, j.verdict, j.by, j.when, j.score, j.reasons))
                        said[left, right, j.verdict, j.when] = j
        held = consistent(on_nodes).judgements
        self.apart |= {frozenset((j.left, j.right)) for j in held if j.verdict == "different"}
        for j in held:
            if j.verdict == "same":
                self.join(j.left, j.right, decreed=True)
        for j in held:
            if j.verdict == "unsure":
                self.apart.add(frozenset((j.left, j.right)))
        kept = {said[j.left, j.right, j.verdict, j.when] for j in held}
        self.decided = tuple(sorted(kept, key=lambda j: (j.when, j.left, j.right)))

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
