"""How many independent origins stand behind claims of one incident, and why the others are not independent.
Invariant: a text that travelled counts once, and so does a source that many asked.

Every claim is a chain: a report, told by a *house* (`houses`), resting on a *source* (`cited`). A claim rests on whom
it cites; a claim in the report's own words rests on itself, unless the report cites somebody for the same numbers.
Chains that share neither house nor source are independent (`independence`). Nothing depends on the order of claims, and
a copy of a report changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from khabar.records import Claim, EventBody, IndependentOrigin
from khabar.resolution.model import Corpus
from khabar.resolution.origins.cited import Around, Source, around, cited_by
from khabar.resolution.origins.houses import HOUSE, Tie, houses_of, institutes, printed_by
from khabar.resolution.origins.independence import independent

__all__ = ["Corroboration", "Corroborator"]

_COUNTS = ("killed", "injured", "arrested", "abducted", "attackers_killed")


@dataclass(frozen=True)
class Corroboration:
    """Whom the claims of one incident rest on.

    By claim id, `document`, `rests` (its sources; none for a report's own word) and `stands` (the one of them that it
    counts with); by document id, its `house`, the `ties` that it has with others, and the name it goes by (`called`).
    `where` is for sources of single values.
    """

    document: Mapping[str, str]
    rests: Mapping[str, tuple[Source, ...]]
    stands: Mapping[str, str | None]
    house: Mapping[str, str]
    ties: Mapping[str, tuple[Tie, ...]]
    called: Mapping[str, str]
    where: Around
    _found: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)  # most values have the same claims

    def origins(self, claims: Iterable[str]) -> tuple[IndependentOrigin, ...]:
        """The independent origins of claims, each with its claims in the order given and why they are one."""
        found = [self._origin(part) for part in self.parts(tuple(claims))]
        return tuple(sorted(found, key=lambda o: (-len(o.documents), o.name, o.claims)))

    def names(self, claims: Sequence[str], by: Sequence[Source] | None = None) -> tuple[str, ...]:
        """The names of the independent origins of claims, those of most reports first.

        `by` says whom the claims cite for the value in question, where that is another than their own speaker.
        """
        key = (tuple(claims), by and tuple(by))
        if key not in self._found:
            parts = self.parts(claims, by)
            rests = self.rests if by is None else dict.fromkeys(claims, tuple(by))
            named = [self._name(part, rests) if by is not None else self._known_as(part) for part in parts]
            if len(set(named)) < len(named):  # parts of one origin of the incident, which here are independent
                named = [self._name(part, rests) for part in parts]
            size = [-len({self.document[c] for c in part}) for part in parts]
            self._found[key] = tuple(name for _, name in sorted(zip(size, named, strict=True)))
        return self._found[key]  # type: ignore[no-any-return]

    def parts(self, claims: Sequence[str], by: Sequence[Source] | None = None) -> list[tuple[str, ...]]:
        """The claims in parts that have one origin each; `by` as in `names`."""
        key = ("parts", tuple(claims), by and tuple(by))
        if key not in self._found:
            self._found[key] = self._parted(tuple(claims), by)
        return self._found[key]  # type: ignore[no-any-return]

    def _known_as(self, part: Sequence[str]) -> str:
        """The name of the incident's origin that holds all these claims; else of the claims alone."""
        if "origins" not in self._found:
            whole = self.parts(tuple(self.document))
            self._found["origins"] = {c: self._name(p, self.rests) for p in whole for c in p}
        names = {self._found["origins"][claim] for claim in part}
        return names.pop() if len(names) == 1 else self._name(part, self.rests)

    def _parted(self, claims: tuple[str, ...], by: Sequence[Source] | None) -> list[tuple[str, ...]]:
        house = {c: self.house[self.document[c]] for c in claims}
        if len(set(house.values())) == 1:
            return [claims]
        said = min(by).key if by else None
        return independent(claims, house, self.stands if by is None else dict.fromkeys(claims, said))

    def _origin(self, claims: tuple[str, ...]) -> IndependentOrigin:
        documents = tuple(dict.fromkeys(self.document[c] for c in claims))
        why = (*self._why_one_house(documents), *self._why_one_source(claims))
        return IndependentOrigin(self._name(claims, self.rests), claims, documents, why)

    def _name(self, claims: Sequence[str], rests: Mapping[str, tuple[Source, ...]]) -> str:
        """The house that tells all the claims, else the source that all its houses cite, else the first house."""
        houses = {self.house[self.document[c]] for c in claims}
        if len(houses) > 1:
            cited: defaultdict[Source, set[str]] = defaultdict(set)
            for claim in claims:
                for source in rests[claim]:
                    cited[source].add(self.house[self.document[claim]])
            shared = [source for source, asking in cited.items() if asking == houses]
            if shared:
                return min(shared).name
        return min(map(self._house_name, houses), key=_spelling)

    def _house_name(self, house: str) -> str:
        """The agency, paper or institute that most of its reports are of or cite; else what a report goes by."""
        if ("house", house) not in self._found:
            documents = [d for d, its in self.house.items() if its == house]
            named: defaultdict[str, list[Tie]] = defaultdict(list)
            for tie in (t for d in documents for t in self.ties[d] if t.name):
                named[tie.key].append(tie)
            first = min(named, key=lambda k: (-len(named[k]), min(_NAMING[t.how] for t in named[k]), k), default=None)
            names = [tie.name for tie in named[first]] if first else [self.called[d] for d in documents]
            self._found["house", house] = min(names, key=_spelling)
        return self._found["house", house]  # type: ignore[no-any-return]

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

    def _why_one_source(self, claims: Sequence[str]) -> list[str]:
        cited: defaultdict[Source, set[str]] = defaultdict(set)
        for claim in claims:
            for source in self.rests[claim]:
                cited[source].add(self.called[self.document[claim]])
        return [
            f"{_how('cites', len(members)).format(name=source.name)}: {', '.join(sorted(members))}"
            for source, members in sorted(cited.items())
        ]


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
        self._copied = {d: min(group) for group in corpus.copies for d in group}
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
        rests = _rested(claims, document, rests)
        ties = {d: self._ties(d, printed[d], leaned[d]) for d in facts}
        called = {d: f.external_id or f.file or d[:12] for d, f in facts.items()}
        return Corroboration(document, rests, _standing(rests), houses_of(ties), ties, called, where)

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


def _standing(rests: Mapping[str, tuple[Source, ...]]) -> dict[str, str | None]:
    """The source that each claim counts with.

    A claim of several stands with one of them and joins none to another: with the first that a claim cites alone, else
    with the first.
    """
    alone = {sources[0].key for sources in rests.values() if len(sources) == 1}
    return {
        c: min((s.key for s in sources), key=lambda k: (k not in alone, k), default=None)
        for c, sources in rests.items()
    }


def _numbers(claim: Claim) -> set[tuple[str, object]]:
    body = claim.body
    if not isinstance(body, EventBody):
        return set()
    counts = ((name, getattr(body, name)) for name in _COUNTS)
    return {(name, (c.low, c.best, c.high)) for name, c in counts if c is not None}


@lru_cache(maxsize=65536)
def _spelling(name: str) -> tuple[int, str]:
    """Order of spellings of one name for people: not all in capitals, then by the alphabet."""
    return sum(c.isupper() for c in name) * 2 > len(name.replace(" ", "")), name
