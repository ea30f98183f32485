"""Which reports of one incident are of one house. Invariant: reports of one house have one text, one publisher or one
agency, or one cites the other's paper or institute; union-find closes over these ties.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from khabar.resolution.model import Corpus, DocumentFacts
from khabar.resolution.origins.credits import UNNAMED_AGENCY, agency_named, house_key, house_name

__all__ = ["HOUSE", "Tie", "houses_of", "institutes", "printed_by"]

HOUSE = "house:"
"""What keys of agencies, papers and institutes begin with."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What reports share: a key that is equal for those who do, how, and under which name."""

    key: str
    how: str
    name: str


def printed_by(facts: DocumentFacts) -> tuple[Tie, ...]:
    """Whose report it is: the agencies it credits, else its publisher; nobody where neither is known."""
    credited = [a for a in facts.credits if a != UNNAMED_AGENCY] or list(facts.credits)
    agency = agency_named(facts.publisher or "")
    if agency is not None and not credited:
        credited = [agency]
    if credited:
        return tuple(Tie(HOUSE + house_key(a), "agency", a) for a in credited)
    key = house_key(facts.publisher or "")
    return (Tie(HOUSE + key, "publisher", house_name(facts.publisher or "")),) if key else ()


def institutes(corpus: Corpus) -> dict[str, str]:
    """The actors of the dictionary that may publish themselves (an institute, a monitoring group), by the key of their
    name as a house.
    """
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for actor in corpus.known.values():
        if actor.kind in ("agency", "organization"):
            for name in actor.names:
                bearers[house_key(name.text)].add(actor.id)
    return {key: f"actor:{next(iter(ids))}" for key, ids in bearers.items() if len(ids) == 1}


def houses_of(ties: Mapping[str, tuple[Tie, ...]]) -> dict[str, str]:
    """The house of each document, by union-find: first over texts and publishers, then over agencies and what is cited.

    Reports that credit or cite several agencies stand with one of them and join none to another: with the first that
    other reports are of, else with the first.
    """
    group = {d: d for d in ties}

    def find(item: str) -> str:
        while group[item] != item:
            group[item] = group[group[item]]
            item = group[item]
        return item

    def join(pairs: Iterable[tuple[str, str]]) -> None:
        first: dict[str, str] = {}
        for key, document in pairs:
            a, b = sorted((find(document), find(first.setdefault(key, document))))
            group[b] = a

    own = [(t.key, d) for d in sorted(ties) for t in ties[d] if t.how in ("text", "publisher")]
    join(own)
    leaning: defaultdict[str, set[str]] = defaultdict(set)
    for document, found in ties.items():
        leaning[find(document)].update(t.key for t in found if t.how in ("agency", "cites"))
    for key, document in own:
        leaning[find(document)].discard(key)  # a copy without a publisher cites the paper that printed it
    known = {key for key, _ in own} | {key for keys in leaning.values() if len(keys) == 1 for key in keys}
    kept = [(min(keys, key=lambda key: (key not in known, key)), d) for d, keys in sorted(leaning.items()) if keys]
    join([*own, *kept])
    return {d: HOUSE + "of " + find(d) for d in ties}
