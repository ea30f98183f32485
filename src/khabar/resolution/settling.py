"""Whose a shared name is. Invariant: a name that several bear joins none of them unless its report tells which.

A shared name (`contexts`) is a node of its own in each report. What it means is settled, in this order, by: a report
that says so itself ("the Red River Front (RRF)"); the country, where one bearer alone is of it; and, where only one
bearer is known at all, by nothing that speaks against it; of an acronym, one group alone of the country whose initials
it has. What is left over is joined with its like of the same country
(of persons: of the same group), and is told to be unsure, with those it may be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from khabar.resolution import names
from khabar.resolution.contexts import Countries
from khabar.resolution.registry import Registry

__all__ = ["settle"]

_TOLD = 4  # bearers up to which it is worth telling that the name may be any of theirs

_Context = frozenset[str]


def settle(registry: Registry) -> None:
    """Join each shared name with the one its report means, with its like in other reports, or with nobody."""
    countries = Countries(registry.corpus)
    belongs = registry.belongs()
    contexts: dict[str, _Context] = {}
    for keys in registry.spread.values():
        for key in keys:
            node = registry.nodes[key]
            if node.person:
                contexts[key] = frozenset(belongs.get(registry.group[key], ()))
            else:
                contexts[key] = countries.of(node.claims, node.documents)
    registry.context.update(contexts)
    homes = _homes(registry, countries)
    spelled = _initials(registry)
    for base, keys in sorted(registry.spread.items()):
        _settle_name(registry, base, sorted(keys), homes, belongs)
        if names.is_acronym(registry.shown(keys[0])):
            _settle_initials(registry, sorted(keys), spelled, homes)


def _homes(registry: Registry, countries: Countries) -> dict[str, _Context]:
    """The countries of each node that is no shared name: where its claims tell of it, and where it is at home."""
    homes: dict[str, _Context] = {}
    for key, node in registry.nodes.items():
        if node.shared is None:
            listed = registry.corpus.known.get(node.id) if node.id is not None else None
            home = frozenset((listed.country,)) if listed and listed.country else frozenset()
            homes[key] = home if listed else countries.of(node.claims, node.documents)
    return homes


def _settle_name(
    registry: Registry, base: str, keys: Sequence[str], homes: Mapping[str, _Context], belongs: Mapping[str, set[str]]
) -> None:
    """One name: who bears it, which mentions are theirs, and which are left over."""
    person = base.startswith("person:")
    name = person, base.split(":", 1)[1].removesuffix("~")
    acronym = names.is_acronym(registry.shown(keys[0])) and name not in registry.listed
    bearers = _bearers(registry, keys, homes)
    if not acronym and not person:
        bearers = _one_where_they_meet(registry, bearers)
    listed = registry.bearers.get(name, set())
    absent = {i for i in listed if not _named(registry, i)} if acronym or person else set()
    for id_ in sorted(listed - absent):
        bearers.setdefault(registry.group[registry.listed_node(id_)], _home(registry, id_, belongs))
    left: list[str] = []
    for key in keys:
        if registry.group[key] in bearers:
            continue
        meant = _meant(registry.context[key], bearers, sure=not absent)
        if meant is None or not registry.join_by_rule(key, meant, "context"):
            left.append(key)
    pools = _pools(registry, left)
    for pool in pools:
        for key in pool[1:]:
            registry.join(pool[0], key)
    for before, after in pairwise(pools[:_TOLD] if not person else ()):
        registry.doubt(before[0], after[0])
    for pool in pools:
        mine = registry.context[pool[0]]
        open_to = [b for b, home in sorted(bearers.items()) if not (mine and home and not mine & home)]
        open_to += [registry.listed_node(i) for i in sorted(absent) if len(listed) <= _TOLD]
        for other in open_to[:_TOLD]:
            registry.doubt(pool[0], _full_name(registry, other))


def _full_name(registry: Registry, group: str) -> str:
    """The node of a set that is no shared name."""
    return min((m for m in registry.members[registry.group[group]] if registry.nodes[m].shared is None), default=group)


def _initials(registry: Registry) -> dict[str, list[str]]:
    """Groups that the corpus names in full, by the acronyms which the first letters of their names make."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, node in registry.nodes.items():
        if node.person or node.shared is not None or not node.spelled:
            continue
        listed = registry.corpus.known.get(node.id) if node.id is not None else None
        for name in (*node.spelled, *(n.text for n in (listed.names if listed else ()) if n.kind != "acronym")):
            for letters in names.initials(name):
                found[letters].add(key)
    return {letters: sorted(keys) for letters, keys in found.items()}


def _settle_initials(
    registry: Registry, keys: Sequence[str], spelled: Mapping[str, Sequence[str]], homes: Mapping[str, _Context]
) -> None:
    """An acronym that nothing explains, and one group alone of the same country whose initials it has."""
    for key in keys:
        letters = "".join(c for c in registry.shown(key) if c.isalnum()).lower()
        alone = all(registry.nodes[m].shared is not None for m in registry.members[registry.group[key]])
        if not alone or len(letters) < _LETTERS or registry.ids[registry.group[key]] is not None:
            continue
        mine = registry.context[key]
        fits = {registry.group[other] for other in spelled.get(letters, ()) if homes.get(other, frozenset()) & mine}
        if len(fits) == 1:
            registry.join_by_rule(key, next(iter(fits)), "initials")


_LETTERS = 3  # of an acronym: two are the initials of too many


def _named(registry: Registry, id_: str) -> bool:
    """Whether the corpus names an actor of the dictionary by a name that is surely its own."""
    return f"id:{id_}" in registry.nodes and bool(registry.nodes[f"id:{id_}"].spelled)


def _home(registry: Registry, id_: str, belongs: Mapping[str, set[str]]) -> _Context:
    """Of a group of the dictionary its country; of a person the groups it belongs to."""
    actor = registry.corpus.known[id_]
    if actor.kind == "person":
        return frozenset(belongs.get(registry.group[registry.listed_node(id_)], ()))
    return frozenset((actor.country,)) if actor.country else frozenset()


def _bearers(registry: Registry, keys: Iterable[str], homes: Mapping[str, _Context]) -> dict[str, _Context]:
    """The sets that a report itself gives the name to, with their countries: they hold more than this name."""
    found: dict[str, _Context] = {}
    for key in keys:
        others = [m for m in registry.members[registry.group[key]] if registry.nodes[m].shared is None]
        if others:
            known = frozenset(code for m in others for code in homes.get(m, ()))
            group = registry.group[key]
            found[group] = found.get(group, frozenset()) | known | registry.context[key]
    return found


def _one_where_they_meet(registry: Registry, bearers: Mapping[str, _Context]) -> dict[str, _Context]:
    """Bearers of an alias written out, joined where nothing parts their countries: one group with several aliases."""
    found: dict[str, _Context] = {}
    for group, home in sorted(bearers.items()):
        meets = next((g for g, other in found.items() if not home or not other or home & other), None)
        if meets is not None and registry.join_by_rule(group, meets, "context"):
            found[registry.group[group]] = found.pop(meets) | home
        else:
            found[registry.group[group]] = home
    return found


def _meant(context: _Context, bearers: Mapping[str, _Context], *, sure: bool) -> str | None:
    """The one bearer whose country the report tells of; of a single bearer also where one of the two has no country.

    `sure` says that no other bearer is known to the dictionary.
    """
    fits = [b for b, home in bearers.items() if home & context]
    if len(fits) == 1:
        return fits[0]
    if not fits and sure and len(bearers) == 1:
        [(bearer, home)] = bearers.items()
        return bearer if not home or not context else None
    return None


def _pools(registry: Registry, keys: Sequence[str]) -> list[list[str]]:
    """What is left over, in parts of which no two share a country or group; what tells of none joins a single part."""
    parts: list[tuple[_Context, list[str]]] = []
    silent: list[str] = []
    for key in keys:
        mine = registry.context[key]
        if not mine:
            silent.append(key)
            continue
        meets = [part for part in parts if part[0] & mine]
        parts = [part for part in parts if not part[0] & mine]
        parts.append((mine.union(*(p[0] for p in meets)), [*(k for p in meets for k in p[1]), key]))
    pools = sorted(sorted(members) for _, members in parts)
    if silent and len(pools) == 1:
        return [sorted(pools[0] + silent)]
    return pools + ([silent] if silent else [])
