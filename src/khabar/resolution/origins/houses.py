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
    """The house of each document, by union-find over what documents share.

    A report that credits or cites several agencies stands with one of them and joins none to another: with the first
    that another report is of, else with the first.
    """
    group = {d: d for d in ties}

    def find(item: str) -> str:
        while group[item] != item:
            group[item] = group[group[item]]
            item = group[item]
        return item

    alone = {t.key for found in ties.values() if len(_agencies(found)) == 1 for t in _agencies(found)}
    alone |= {t.key for found in ties.values() for t in found if t.how == "publisher"}
    first: dict[str, str] = {}
    for document in sorted(ties):
        agencies = sorted({t.key for t in _agencies(ties[document])})
        keep = next((key for key in agencies if key in alone), agencies[0]) if agencies else None
        for tie in ties[document]:
            if tie.how in ("agency", "cites") and tie.key != keep:
                continue
            a, b = sorted((find(document), find(first.setdefault(tie.key, document))))
            group[b] = a
    return {d: HOUSE + "of " + find(d) for d in ties}


def _agencies(ties: Iterable[Tie]) -> list[Tie]:
    return [t for t in ties if t.how in ("agency", "cites")]
