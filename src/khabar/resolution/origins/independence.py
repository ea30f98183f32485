"""Which claims are independent of one another. Invariant: the parts depend on houses and sources alone, not on the
order of claims nor on how often one is repeated.

Chains are independent if they share neither house nor source; the number of parts is the greatest number of independent
chains, a largest matching of houses with sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

__all__ = ["independent"]


def independent(
    claims: Sequence[str], house: Mapping[str, str], source: Mapping[str, str | None]
) -> list[tuple[str, ...]]:
    """The claims in parts that are independent of one another, each in the order given.

    By claim, `house` is who tells it and `source` whom it rests on; None for the house's own word.
    """
    own = {house[c] for c in claims if source[c] is None}
    asked: defaultdict[str, set[str]] = defaultdict(set)  # source to the houses that have nothing but sources
    cited: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        teller, said = house[claim], source[claim]
        if said is not None and teller not in own:
            asked[said].add(teller)
            cited[teller].add(said)
    heard = _matched(asked)
    parts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in claims:
        teller, said = house[claim], source[claim]
        if said in heard:
            parts["source", said].append(claim)
        elif teller in own:
            parts["house", teller].append(claim)
        else:  # its source speaks through other houses: it stands with another source of its own house
            parts["source", min(cited[teller] & heard)].append(claim)
    return [tuple(part) for part in parts.values()]


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
