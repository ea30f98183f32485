"""Who is who across documents. Invariant: a name in the texts never makes one of two actors of the dictionary.

An actor of the dictionary keeps its id. Words that only describe ("gunmen") make no actor. Other names are joined, in
this order, by: people's judgements; an equal name; an alias the texts assert; a spelling that transliteration explains;
for names that several bear, what their reports tell of (`settling`); and, for persons who belong to the same group, a
full name inside a longer one, or names that compare well. Every join but that of equal names is a judgement with its
reason, and so is what stays open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from khabar.records import (
    Actor,
    ActorName,
    Judgement,
)
from khabar.resolution import names
from khabar.resolution.model import Corpus, Link, is_rule
from khabar.resolution.name_comparison import compare_names
from khabar.resolution.registry import Registry, part_of
from khabar.resolution.settling import settle
from khabar.text import content_id, fold

__all__ = ["Identities", "identify"]


@dataclass(frozen=True, slots=True)
class Identities:
    """Actors and links sorted, the joins that were made, the outermost parent (`family`) and the `name` of each actor.

    `actor_of` gives the actor by claim id and role.
    """

    actors: tuple[Actor, ...]
    links: tuple[Link, ...]
    judgements: tuple[Judgement, ...]
    family: Mapping[str, str]
    name: Mapping[str, str]
    actor_of: Mapping[tuple[str, str], str]


def identify(corpus: Corpus, judgements: Sequence[Judgement] = ()) -> Identities:
    """Resolve every actor named in the corpus; `judgements` of people on actor names or ids come first."""
    registry = Registry(corpus, [j for j in judgements if not is_rule(j)])
    _join_listed_persons(registry)
    _join_aliases(registry)
    _join_kinds(registry)
    _join_spellings(registry)
    settle(registry)
    unclear = _join_full_names(registry)
    _join_compared(registry, unclear)
    return _result(registry)


def _join_listed_persons(registry: Registry) -> None:
    """A person's name written out as the dictionary has it for one person; common names are no such names."""
    for key, node in sorted(registry.nodes.items()):
        if node.person and node.id is None and node.shared is None:
            ids = registry.listed.get((True, key.split(":", 1)[1]), set())
            if len(ids) == 1:
                registry.join(key, registry.listed_node(next(iter(ids))))


def _join_aliases(registry: Registry) -> None:
    """Aliases the texts assert, the best supported first."""
    support: Counter[tuple[str, str]] = Counter()
    for tie in registry.ties:
        a, b = sorted((tie.subject, tie.object))
        if tie.holds and tie.type in registry.corpus.relations.alias and a != b:
            support[a, b] += 1
    for (a, b), _ in sorted(support.items(), key=lambda entry: (-entry[1], entry[0])):
        registry.join_by_rule(a, b, "alias")


def _join_kinds(registry: Registry) -> None:
    """A name of two words or more that one report takes for a person's and another for a group's: equal words, or, of
    three words and more, two spellings of them.

    A person and a group that a tie names together are two ("Abu Hafs leads the Abu Hafs brigade").
    """
    tied = {frozenset((tie.subject, tie.object)) for tie in registry.ties}
    groups: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for key, node in sorted(registry.nodes.items()):
        if not node.person and node.shared is None:
            for name in sorted(node.spelled):
                groups[names.block(name, person=False)].append((name, key))
    for key, node in sorted(registry.nodes.items()):
        if not node.person or node.shared is not None or node.id is not None:
            continue
        for name in sorted(node.spelled):
            for other, other_key in groups.get(names.block(name, person=False), ()):
                if frozenset((key, other_key)) not in tied and _one_name(name, other):
                    registry.join_by_rule(key, other_key, "kind")


def _one_name(left: str, right: str) -> bool:
    size = len(names.words(left))
    return size >= _FULL_NAME and (fold(left) == fold(right) or (size > _FULL_NAME and names.alike(left, right)))


def _join_spellings(registry: Registry) -> None:
    """Spellings of one name; for persons only where nothing says that they belong to different groups.

    A name that several actors of the dictionary bear is not joined: its spelling cannot tell which is meant.
    """
    buckets: dict[tuple[bool, tuple[str, ...]], list[tuple[str, str]]] = defaultdict(list)
    for key, node in sorted(registry.nodes.items()):
        for name in sorted(node.spelled):
            if (node.person and not names.names_one(name)) or (node.shared and not node.person):
                continue
            if len(registry.listed.get((node.person, fold(name)), ())) <= 1:
                buckets[node.person, names.block(name, node.person)].append((name, key))
    for (person, folded), ids in sorted(registry.listed.items()):
        bucket = buckets.get((person, names.block(folded, person)))
        if bucket is not None and len(ids) == 1:
            bucket.append((folded, registry.listed_node(next(iter(ids)))))
    belongs = registry.belongs()
    for (person, _), bucket in sorted(buckets.items()):
        for (name, key), (other, other_key) in combinations(bucket[:_SPELLINGS], 2):
            if key == other_key or not names.alike(name, other, person):
                continue
            if not person or _one_person(registry, belongs, name, (key, other_key)):
                registry.join_by_rule(key, other_key, "spelling")


_SPELLINGS = 40  # names of one sound that are compared: more of them are mentions of few


def _one_person(registry: Registry, belongs: Mapping[str, set[str]], name: str, keys: tuple[str, str]) -> bool:
    """Whether two mentions of a person's name may be one: it is a full name, and nothing puts them in different groups;
    of a common name, something must put them in the same.
    """
    mine, theirs = (belongs.get(registry.group[key], set()) for key in keys)
    if len(names.words(name)) < _FULL_NAME or (mine and theirs and not mine & theirs):
        return False
    return bool(mine & theirs) or not names.is_common(name)


_FULL_NAME = 2  # words


def _join_full_names(registry: Registry) -> set[str]:
    """A person's full name inside a longer one, in the same group, or (three words and more) in the same report.

    Gives the mentions whose name fits several.
    """
    belongs = registry.belongs()
    unclear: set[str] = set()
    by_words: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
    for key, name in _person_names(registry):
        for words in pairwise(names.key(name)):
            by_words[words].add((name, key))
    for key, name in _person_names(registry):
        hosts: set[str] = set()
        for other, other_key in by_words.get(names.key(name)[:2], ()):
            if registry.group[other_key] == registry.group[key] or not names.contains(other, name):
                continue
            if names.names_parent(other, name) or names.is_kunya(name) or names.is_family_name(name):
                continue
            mine, theirs = belongs.get(registry.group[key], set()), belongs.get(registry.group[other_key], set())
            together = (
                registry.nodes[key].documents & registry.nodes[other_key].documents and len(names.words(name)) > 2
            )
            if mine & theirs or (together and not (mine and theirs)):
                hosts.add(registry.group[other_key])
        if len(hosts) == 1:
            registry.join_by_rule(key, next(iter(hosts)), "full_name")
        elif hosts:
            unclear.add(key)
    return unclear


def _join_compared(registry: Registry, unclear: set[str]) -> None:
    """Persons of one group whose names may well be written for one (an initial, a father's name, a slip).

    Two are joined only where neither compares well with a third, nor is among the `unclear` mentions.
    """
    belongs = registry.belongs()
    people = [(key, name) for key, name in _person_names(registry) if len(names.words(name)) > 1]
    sounds = {name: names.block(name, person=True) for _, name in people}
    sharing: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, name in people:
        for sound in set(sounds[name]):
            sharing[sound].append((key, name))
    near: dict[str, set[str]] = defaultdict(set)
    for crowd in sharing.values():
        for (key, name), (other_key, other) in combinations(crowd[:_CROWD], 2):
            mine, theirs = registry.group[key], registry.group[other_key]
            if mine == theirs or (registry.ids[mine] is not None and registry.ids[theirs] is not None):
                continue
            if not belongs.get(mine, set()) & belongs.get(theirs, set()):
                continue
            if not _could_meet(sounds[name], sounds[other]):
                continue
            if compare_names(name, other, "person").score >= _LIKELY:
                near[mine].add(theirs)
                near[theirs].add(mine)
    closed = {registry.group[key] for key in unclear}
    for mine, others in sorted(near.items()):
        theirs = next(iter(others))
        if len(others) == len(near[theirs]) == 1 and not {mine, theirs} & closed:
            registry.join_by_rule(mine, theirs, "comparison")


def _could_meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether every word of the shorter name sounds like one of the longer, or begins like one that no other meets."""
    short, long = sorted((Counter(one), Counter(other)), key=Counter.total)
    begun = {sound[:1] for sound in long - short}
    return all(sound[:1] in begun for sound in short - long)


_LIKELY = 0.85  # score of two names that a shared group makes one person
_CROWD = 100  # names that share a word: more of them say nothing


def _person_names(registry: Registry) -> list[tuple[str, str]]:
    found = [(k, n) for k, node in registry.nodes.items() if node.person for n in node.spelled if names.names_one(n)]
    found += [
        (f"id:{a.id}", n.text)
        for a in registry.corpus.known.values()
        if f"id:{a.id}" in registry.nodes
        for n in a.names
        if a.kind == "person"
    ]
    return sorted(set(found))


def _result(registry: Registry) -> Identities:
    """The actors that claims name, with every link."""
    used = {registry.group[node] for _, _, node in registry.roles}
    actors = _with_own_ids({group: _actor(registry, group) for group in sorted(used)}, registry)
    links = [Link(claim, role, actors[registry.group[node]].id) for claim, role, node in registry.roles]
    links += _speakers(registry, actors)
    shown = {group: actor.id for group, actor in actors.items()}
    family = {
        actors[g].id: shown.get(outer, outer.removeprefix("id:"))
        for g, outer in registry.families().items()
        if g in actors
    }
    named = sorted(actors.values(), key=lambda a: a.id)
    judgements = [*registry.made, *registry.doubted(shown)]
    return Identities(
        actors=tuple(named),
        links=tuple(sorted(set(links))),
        judgements=(*registry.decided, *sorted(judgements, key=lambda j: (j.left, j.right, j.verdict))),
        family=family,
        name={a.id: a.names[0].text for a in (*registry.corpus.known.values(), *named)},
        actor_of={(link.claim, link.role): link.actor for link in links},
    )


def _with_own_ids(actors: Mapping[str, Actor], registry: Registry) -> dict[str, Actor]:
    """The actors, those of one name (a shared acronym) told apart in their ids by what their reports tell of."""
    groups: dict[str, list[str]] = defaultdict(list)
    for group, actor in actors.items():
        groups[actor.id].append(group)
    found: dict[str, Actor] = {}
    for id_, same in groups.items():
        for group in same:
            told = sorted({code for m in registry.members[group] for code in registry.context.get(m, ())})
            reports = sorted({d for m in registry.members[group] for d in registry.nodes[m].documents})
            own = f"actor-{content_id([id_, *(told or reports)])}"
            found[group] = actors[group] if len(same) == 1 else replace(actors[group], id=own)
    return found


def _speakers(registry: Registry, actors: dict[str, Actor]) -> list[Link]:
    """Links of speakers who speak for, or are, an actor that is known by name; others stay words."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for actor in actors.values():
        for name in actor.names:
            by_name[fold(name.text)].add(actor.id)
    ids = {a.id for a in actors.values()}
    links = []
    for claim in registry.corpus.claims:
        if claim.speaker is None:
            continue
        for said in (claim.speaker.actor, claim.speaker.name):
            if said is None:
                continue
            if said in registry.corpus.known and said not in ids:
                actors[f"id:{said}"] = registry.corpus.known[said]
                ids.add(said)
            found = {said} if said in ids else by_name.get(fold(said), set())
            if len(found) == 1:
                links.append(Link(claim.id, "speaker", next(iter(found))))
                break
    return links


def _actor(registry: Registry, group: str) -> Actor:
    nodes = [registry.nodes[m] for m in sorted(registry.members[group])]
    spelled: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for node in nodes:
        spelled.update(node.spelled)
        kinds.update(node.kinds)
    id_ = registry.ids[group]
    known = registry.corpus.known.get(id_) if id_ is not None else None
    have = {fold(n.text) for n in known.names} if known else set()
    ranked = sorted(spelled, key=lambda n: (names.is_acronym(n), -spelled[n], -len(n), n))
    new: list[ActorName] = []
    for name in ranked:
        if fold(name) not in have:
            have.add(fold(name))
            kind = "acronym" if names.is_acronym(name) else "alias" if known or new else "name"
            new.append(ActorName(name, kind, source="corpus"))
    if known is not None:
        gone = registry.parted_from(known.id)
        return Actor(
            known.id,
            known.kind,
            tuple(n for n in known.names if fold(n.text) not in gone) + tuple(new),
            known.parent,
            known.country,
            known.external_ids,
            known.valid,
        )
    longest = max(sorted({names.node_key(n) for n in spelled}), key=len)
    kind = max(sorted(kinds), key=lambda k: kinds[k])
    own = id_ or f"actor-{content_id(['person' if kind == 'person' else 'group', longest])}"
    return Actor(own, kind, tuple(new), part_of(id_, registry.corpus))
