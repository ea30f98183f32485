"""Whom a public list means among the actors of a base. Invariant: a list is a source of names and of a designation,
never of a deed; what is not sure is offered and not done; nobody is scored.

What is sure: the list of actors that Khabar comes with gives the entry's reference to an actor; or an organisation has
a name that the entry bears (not one of low quality, not an acronym, not a single short word), no other actor and no
other entry bears it, and the list of actors does not give it to another. A person is found by the reference alone. What
resolution's own comparison takes for spellings of one, a person's full name, or a low-quality alias is offered.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from khabar.reading.actors import actors_by_id
from khabar.records import Actor, ActorName, ListEntry, ReferenceSet
from khabar.resolution import names
from khabar.resolution.name_identity import KnownNames
from khabar.text import fold

__all__ = ["SCHEME", "SOURCE", "Listing", "enriched", "latest_list", "list_order", "listings"]

SCHEME = "un"
"""What references of the list are called among an actor's outside ids."""

SOURCE = "UN Security Council list"
"""What the source of a name from an imported list begins with; the version and the entry's reference follow."""

_SHORT = 8  # letters of a single word that is not telling enough to be sure
_FULL = 2  # words of a full name


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry and an actor: `same`, or `unsure` and offered, and why in words."""

    entry: ListEntry
    actor: Actor
    verdict: str
    why: str


def list_order(every: Iterable[ReferenceSet]) -> list[ReferenceSet]:
    """The imported versions of the list, the oldest version first; without a version, as they came."""
    return sorted((s for s in every if s.shape == "un-list"), key=lambda s: (s.version, s.imported_at, s.id))


def latest_list(every: Iterable[ReferenceSet]) -> ReferenceSet | None:
    """The newest version that was imported."""
    ordered = list_order(every)
    return ordered[-1] if ordered else None


def listings(entries: Sequence[ListEntry], actors: Iterable[Actor]) -> list[Listing]:
    """The entries that mean an actor, surely or perhaps: the sure ones first, each by name of the actor."""
    mine = sorted(actors, key=lambda a: a.id)
    known = actors_by_id()
    by_reference = {number: a.id for a in known.values() for scheme, number in a.external_ids if scheme == SCHEME}
    bearers = _Bearers(mine)
    in_list = _by_name((name.text, entry.key) for entry in entries for name in entry.names if name.sure)
    told = KnownNames(known)
    found: list[Listing] = []
    by_id = {actor.id: actor for actor in mine}
    for entry in entries:
        listed = by_reference.get(entry.key)
        if listed is not None:
            if listed in by_id:
                found.append(Listing(entry, by_id[listed], "same", "The list of actors has this reference."))
            continue
        found += _by_names(entry, bearers, in_list, told)
    return sorted(found, key=lambda x: (x.verdict, fold(x.actor.names[0].text), x.entry.key))


class _Bearers:
    """The actors that bear a name, and those with a name of the same sound; actors with a reference are settled."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        told = [a for a in actors if a.kind in ("organization", "person") and not _referred(a)]
        self.by_id = {a.id: a for a in told}
        self.equal = _by_name((name.text, a.id) for a in told for name in a.names)
        self.alike: dict[tuple[bool, tuple[str, ...]], set[tuple[str, str]]] = defaultdict(set)
        for a in told:
            person = a.kind == "person"
            for name in a.names:
                self.alike[person, names.block(name.text, person)].add((name.text, a.id))


def _referred(actor: Actor) -> bool:
    """Whether the list of actors gives the actor a reference of its own."""
    listed = actors_by_id().get(actor.id)
    return listed is not None and any(scheme == SCHEME for scheme, _ in listed.external_ids)


def _by_names(
    entry: ListEntry, bearers: _Bearers, in_list: Mapping[str, set[str]], known: KnownNames
) -> Iterator[Listing]:
    """The best reason for each actor that an entry may mean."""
    best: dict[str, Listing] = {}
    for name in entry.names:
        text = _spoken(name.text)
        for id_ in sorted(bearers.equal.get(fold(text), ())):
            actor = bearers.by_id[id_]
            if actor.kind != entry.kind:
                continue
            others = known.bearers(text, entry.kind) - {id_}
            alone = not others and len(bearers.equal[fold(text)]) == 1 == len(in_list.get(fold(text), ()))
            sure = entry.kind == "organization" and name.sure and alone and _telling(text)
            if sure:
                best[id_] = Listing(entry, actor, "same", f"The list names it {name.text}.")
            elif id_ not in best and len(text.split()) >= _FULL:
                best[id_] = Listing(entry, actor, "unsure", _doubt(entry, name.text, sure=name.sure, alone=alone))
        person = entry.kind == "person"
        if name.sure and len(text.split()) >= _FULL:
            for own, id_ in sorted(bearers.alike.get((person, names.block(text, person)), ())):
                verdict = known.verdict(text, own, entry.kind)
                if id_ not in best and verdict.verdict == "same":
                    words = f"{own} may be a spelling of {name.text}: {'; '.join(verdict.reasons)}."
                    best[id_] = Listing(entry, bearers.by_id[id_], "unsure", words)
    yield from best.values()


def _doubt(entry: ListEntry, name: str, *, sure: bool, alone: bool) -> str:
    if not sure:
        return f"The list gives {name} as an alias of low quality."
    if not alone:
        return f"Several bear the name {name}."
    return (
        f"A person of the name {name} is listed; many may bear it." if entry.kind == "person" else f"Both are {name}."
    )


def _telling(name: str) -> bool:
    words = name.split()
    return not names.is_acronym(name) and (len(words) > 1 or len(name) >= _SHORT)


def _spoken(name: str) -> str:
    """A name as texts write it: lists write many in capitals, which would be read as acronyms."""
    return name.title() if name.isupper() and (" " in name or len(name) > _SHORT) else name


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, id_ in pairs:
        found[fold(_spoken(name))].add(id_)
    return found


# ------------------------------------------------------------------ names from the list


def enriched(actors: Iterable[Actor], entries: Sequence[ListEntry], version: str) -> list[Actor]:
    """The actors with the names and references that a list surely gives them, and without those of an earlier list.

    The name shown stays; each new name says that it is from the list, in which version and entry.
    """
    bare = [_bare(actor) for actor in actors]
    given: dict[str, list[ListEntry]] = defaultdict(list)
    for listing in listings(entries, bare):
        if listing.verdict == "same":
            given[listing.actor.id].append(listing.entry)
    return [_with(actor, given[actor.id], version) if actor.id in given else actor for actor in bare]


def _bare(actor: Actor) -> Actor:
    """The actor as it was before any list was imported."""
    own = tuple(name for name in actor.names if not name.source.startswith(SOURCE))
    listed = actors_by_id().get(actor.id)
    known = listed.external_ids if listed else ()
    ids = tuple(pair for pair in actor.external_ids if pair[0] != SCHEME or pair in known)
    return replace(actor, names=own or actor.names, external_ids=ids)


def _with(actor: Actor, entries: Sequence[ListEntry], version: str) -> Actor:
    have = {fold(name.text) for name in actor.names}
    more = []
    for entry in entries:
        source = " ".join(part for part in (SOURCE, version, f"({entry.key})") if part)
        for name in entry.names:
            if name.sure and fold(name.text) not in have:
                have.add(fold(name.text))
                kind = "alias" if name.kind == "name" else name.kind
                more.append(ActorName(name.text, kind, _script(name.text), source))
    ids = dict.fromkeys((*actor.external_ids, *((SCHEME, entry.key) for entry in entries)))
    return replace(actor, names=(*actor.names, *more), external_ids=tuple(ids))


_SCRIPTS = {"ARABIC": "Arab", "CYRILLIC": "Cyrl", "HEBREW": "Hebr", "HANGUL": "Hang", "CJK": "Hani", "GREEK": "Grek"}


def _script(text: str) -> str:
    """The ISO 15924 code of the script of the first letter."""
    letter = next((c for c in text if c.isalpha()), "a")
    return _SCRIPTS.get(unicodedata.name(letter, "LATIN").split()[0], "Latn")
