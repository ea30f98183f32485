"""How many independent origins stand behind claims of one incident, and why the others are not independent.
Invariant: a text that travelled counts once, and so does a source that many asked.

Every claim is a chain: a report, told by a *house* (`houses`), resting on a *source* (`cited`). A claim rests on whom
it cites; a claim in the report's own words rests on itself, unless the report cites somebody for the same
numbers. Chains are independent if they share neither house nor source. The number of origins is the greatest number of
independent chains: the largest matching of houses with sources. Nothing depends on the order of claims, and a copy of
a report changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from khabar.records import Claim, EventBody, IndependentOrigin
from khabar.resolution.model import Corpus
from khabar.resolution.origins.cited import Around, Source, around, cited_by
from khabar.resolution.origins.houses import HOUSE, Tie, houses_of, institutes, printed_by

__all__ = ["Corroboration", "Corroborator"]

_COUNTS = ("killed", "injured", "arrested", "abducted", "attackers_killed")


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Whom the claims of one incident rest on.

    By claim id, `document` and `rests` (its sources; none for a report's own word); by document id, its `house`, the
    `ties` that it has with others, and the name it goes by (`called`). `where` is for sources of single values.
    """

    document: Mapping[str, str]
    rests: Mapping[str, tuple[Source, ...]]
    house: Mapping[str, str]
    ties: Mapping[str, tuple[Tie, ...]]
    called: Mapping[str, str]
    where: Around

    def origins(self, claims: Iterable[str], by: Sequence[Source] | None = None) -> tuple[IndependentOrigin, ...]:
        """The independent origins of claims, each with its claims in the order given and why they are one.

        `by` says whom the claims cite for the value in question, where that is another than their own speaker.
        """
        order = tuple(claims)
        if len({self.house[self.document[c]] for c in order}) == 1 and by is None:
            return (self._origin(order, self._rests(order, None)),)
        rests = self._rests(order, by)
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for claim, origin in self._assigned(order, rests).items():
            groups[origin].append(claim)
        found = [self._origin(tuple(members), rests) for members in groups.values()]
        return tuple(sorted(found, key=lambda o: (-len(o.documents), o.name, o.claims)))

    def _rests(self, claims: Sequence[str], by: Sequence[Source] | None) -> dict[str, tuple[Source, ...]]:
        return {c: self.rests[c] if by is None else tuple(by) for c in claims}

    def _assigned(self, claims: Sequence[str], rests: Mapping[str, tuple[Source, ...]]) -> dict[str, str]:
        """The origin of each claim, as the key of a source or of a house."""
        house = {c: self.house[self.document[c]] for c in claims}
        own = {house[c] for c in claims if not rests[c]}
        asked: defaultdict[str, set[str]] = defaultdict(set)  # source to the houses that have nothing but sources
        by_house: defaultdict[str, set[str]] = defaultdict(set)
        for claim in claims:
            for source in rests[claim] if house[claim] not in own else ():
                asked[source.key].add(house[claim])
                by_house[house[claim]].add(source.key)
        heard = _matched(asked)
        found: dict[str, str] = {}
        for claim in claims:
            sources = [s.key for s in rests[claim] if s.key in heard]
            if sources:
                found[claim] = min(sources)
            elif house[claim] in own:
                found[claim] = house[claim]
            else:  # its sources speak through other houses: it stands with another source of its own house
                found[claim] = min(by_house[house[claim]] & heard)
        return found

    def _origin(self, claims: tuple[str, ...], rests: Mapping[str, tuple[Source, ...]]) -> IndependentOrigin:
        documents = tuple(dict.fromkeys(self.document[c] for c in claims))
        houses = {self.house[d] for d in documents}
        cited: defaultdict[Source, set[str]] = defaultdict(set)
        for claim in claims:
            for source in rests[claim]:
                cited[source].add(self.document[claim])
        shared = [s for s in sorted(cited) if len({self.house[d] for d in cited[s]}) == len(houses)]
        name = shared[0].name if len(houses) > 1 and shared else self._house_name(documents)
        why = [*self._why_one_house(documents), *self._why_one_source(cited)]
        return IndependentOrigin(name, claims, documents, tuple(why))

    def _house_name(self, documents: Sequence[str]) -> str:
        """The agency, paper or institute that most of the reports are of or cite; else what a report goes by."""
        named: defaultdict[str, list[Tie]] = defaultdict(list)
        for document in documents:
            for tie in self.ties[document]:
                if tie.name:
                    named[tie.key].append(tie)
        if not named:
            return min((self.called[d] for d in documents), key=_spelling)
        first = min(named, key=lambda key: (-len(named[key]), min(_NAMING[t.how] for t in named[key]), key))
        return min((tie.name for tie in named[first]), key=_spelling)

    def _why_one_house(self, documents: Sequence[str]) -> list[str]:
        alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        names: dict[tuple[str, str], str] = {}
        for document in documents:
            for tie in self.ties[document]:
                alike[tie.how, tie.key].append(document)
                name = names.get((tie.how, tie.key))
                names[tie.how, tie.key] = min((n for n in (name, tie.name) if n is not None), key=_spelling)
        words = []
        for (how, key), members in sorted(alike.items()):
            if len(members) > 1 or how in ("agency", "cites"):
                listed = ", ".join(sorted(self.called[d] for d in members))
                words.append(f"{_how(how, len(members)).format(name=names[how, key])}: {listed}")
        return words

    def _why_one_source(self, cited: Mapping[Source, AbstractSet[str]]) -> list[str]:
        words = []
        for source, members in sorted(cited.items()):
            listed = ", ".join(sorted(self.called[d] for d in members))
            words.append(f"{_how('cites', len(members)).format(name=source.name)}: {listed}")
        return words


_NAMING = {"agency": 0, "publisher": 1, "cites": 2}  # by which of its ties a house is named
_HOW = {
    "text": ("same text", "same text"),
    "publisher": ("published by {name}", "same publisher {name}"),
    "agency": ("credits {name}", "credit {name}"),
    "cites": ("cites {name}", "cite {name}"),
}


def _how(how: str, members: int) -> str:
    """What one report does, or both do, or all do."""
    one, several = _HOW[how]
    who = {1: "", 2: "both "}.get(members, "all ") if how in ("agency", "cites") else ""
    return f"{who}{one if members == 1 else several}"


class Corroborator:
    """Finds whom claims rest on, incident by incident; made once for a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._copied = {d: number for number, group in enumerate(corpus.copies) for d in group}
        self._institutes = institutes(corpus)

    def of(self, claims: Sequence[Claim], actor_of: Mapping[tuple[str, str], str]) -> Corroboration:
        """Whom the claims of one incident rest on; `actor_of` gives actor ids by claim id and role.

        In an incident of one report nobody is asked whom it cites.
        """
        document = {c.id: c.passages[0].document for c in claims}
        facts = {d: self._corpus.document(d) for d in sorted(set(document.values()))}
        printed = {d: printed_by(f) for d, f in facts.items()}
        houses = {t.key.removeprefix(HOUSE): t.name for ties in printed.values() for t in ties}
        where = around(claims, houses)
        rests: dict[str, tuple[Source, ...]] = {c.id: () for c in claims}
        leaned: dict[str, dict[str, str]] = {d: {} for d in facts}
        for claim in claims if len(facts) > 1 else ():
            rests[claim.id], cited = self._split(claim, where, actor_of.get((claim.id, "speaker")))
            leaned[document[claim.id]].update(cited)
        ties = {d: self._ties(d, printed[d], leaned[d]) for d in facts}
        called = {d: f.external_id or f.file or d[:12] for d, f in facts.items()}
        return Corroboration(document, _rested(claims, document, rests), houses_of(ties), ties, called, where)

    def _split(self, claim: Claim, where: Around, actor: str | None) -> tuple[tuple[Source, ...], dict[str, str]]:
        """The sources a claim cites: those that are no house, and the houses among them, key to name."""
        sources: list[Source] = []
        cited: dict[str, str] = {}
        for source in cited_by(claim, where, actor, group=self._is_group(actor)):
            house = next((h for h in where.houses if self._institutes.get(h) == source.key), None)
            if house is not None:
                cited[HOUSE + house] = where.houses[house]
            elif source.key.startswith(HOUSE):
                cited[source.key] = source.name
            else:
                sources.append(source)
        return tuple(sources), cited

    def _is_group(self, actor: str | None) -> bool:
        known = self._corpus.known.get(actor or "")
        return known is not None and known.kind == "organization"

    def _ties(self, document: str, printed: tuple[Tie, ...], cited: Mapping[str, str]) -> tuple[Tie, ...]:
        own = {tie.key for tie in printed}
        leaned = tuple(Tie(key, "cites", name) for key, name in sorted(cited.items()) if key not in own)
        group = self._copied.get(document)
        return (*printed, *leaned, *(() if group is None else (Tie(f"text:{group}", "text", ""),)))


def _rested(
    claims: Sequence[Claim], document: Mapping[str, str], rests: Mapping[str, tuple[Source, ...]]
) -> dict[str, tuple[Source, ...]]:
    """The sources of each claim; a report's own word that gives no number of its own rests on the sources it cites."""
    cited: defaultdict[str, set[Source]] = defaultdict(set)
    numbers: defaultdict[str, set[tuple[str, object]]] = defaultdict(set)
    for claim in claims:
        if rests[claim.id]:
            cited[document[claim.id]].update(rests[claim.id])
            numbers[document[claim.id]] |= _numbers(claim)
    found = dict(rests)
    for claim in claims:
        report = document[claim.id]
        if not rests[claim.id] and report in cited and _numbers(claim) <= numbers[report]:
            found[claim.id] = tuple(sorted(cited[report]))
    return found


def _numbers(claim: Claim) -> set[tuple[str, object]]:
    body = claim.body
    if not isinstance(body, EventBody):
        return set()
    counts = ((name, getattr(body, name)) for name in _COUNTS)
    return {(name, (c.low, c.best, c.high)) for name, c in counts if c is not None}


def _matched(asked: Mapping[str, AbstractSet[str]]) -> set[str]:
    """The sources of a largest matching of sources with houses, one each; of several, the first by name.

    Augmenting paths, source by source in order of their keys: a source once matched stays so, hence the set found
    depends on the sources alone.
    """
    speaks_in: dict[str, str] = {}

    def place(source: str, tried: set[str]) -> bool:
        for house in sorted(asked[source]):
            if house not in tried:
                tried.add(house)
                if house not in speaks_in or place(speaks_in[house], tried):
                    speaks_in[house] = source
                    return True
        return False

    return {source for source in sorted(asked) if place(source, set())}


def _spelling(name: str) -> tuple[int, str]:
    """Order of spellings of one name for people: not all in capitals, then by the alphabet."""
    return sum(c.isupper() for c in name) * 2 > len(name.replace(" ", "")), name
