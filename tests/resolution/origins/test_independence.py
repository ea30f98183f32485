"""The greatest number of chains that share neither house nor source."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.resolution.origins.independence import independent

chains = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sets(st.sampled_from("wxyz"), max_size=2)), min_size=1, max_size=7
)


def parts(told: list[tuple[str, set[str]]]) -> list[tuple[str, ...]]:
    names = [f"c{i}" for i in range(len(told))]
    house = {name: chain[0] for name, chain in zip(names, told, strict=True)}
    return independent(names, house, {n: sorted(chain[1]) for n, chain in zip(names, told, strict=True)})


def ends(told: list[tuple[str, set[str]]]) -> set[tuple[str, str]]:
    """Every chain as its house and one source; a house with a word of its own needs no other source."""
    own = {house for house, sources in told if not sources}
    return {(h, h) if h in own else (h, s) for h, sources in told for s in (sources or {h})}


@settings(max_examples=150, deadline=None)
@given(chains)
def test_there_are_as_many_parts_as_chains_that_share_nothing(told: list[tuple[str, set[str]]]) -> None:
    pairs = sorted(ends(told))
    most = max(
        size
        for size in range(1, 5)
        for chosen in combinations(pairs, min(size, len(pairs)))
        if len({h for h, _ in chosen}) == len({s for _, s in chosen}) == len(chosen) == size
    )
    assert len(parts(told)) == most


@settings(max_examples=100, deadline=None)
@given(chains)
def test_every_claim_is_in_one_part(told: list[tuple[str, set[str]]]) -> None:
    assert sorted(c for part in parts(told) for c in part) == sorted(f"c{i}" for i in range(len(told)))


def test_two_papers_that_each_asked_one_of_two_are_two_also_beside_one_that_asked_both() -> None:
    assert len(parts([("A", {"x"}), ("B", {"y"}), ("C", {"x"}), ("C", {"y"})])) == 2


def test_a_shared_source_goes_to_one_house_and_the_other_speaks_through_its_second() -> None:
    assert len(parts([("A", {"x"}), ("B", {"x"}), ("B", {"y"})])) == 2
