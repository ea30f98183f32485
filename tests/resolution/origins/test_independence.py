"""The greatest number of chains that share neither house nor source."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.resolution.origins.independence import independent

chains = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.one_of(st.none(), st.sampled_from("wxyz"))), min_size=1, max_size=8
)
Told = list[tuple[str, str | None]]


def parts(told: Told) -> list[tuple[str, ...]]:
    names = [f"c{i}" for i in range(len(told))]
    house = {name: chain[0] for name, chain in zip(names, told, strict=True)}
    return independent(names, house, {name: chain[1] for name, chain in zip(names, told, strict=True)})


@settings(max_examples=150, deadline=None)
@given(chains)
def test_there_are_as_many_parts_as_chains_that_share_nothing(told: Told) -> None:
    ends = sorted({(house, source or f"{house} itself") for house, source in told})
    most = max(
        size
        for size in range(1, 5)
        for chosen in combinations(ends, min(size, len(ends)))
        if len({house for house, _ in chosen}) == len({source for _, source in chosen}) == size
    )
    assert len(parts(told)) == most


@settings(max_examples=100, deadline=None)
@given(chains)
def test_every_claim_is_in_one_part(told: Told) -> None:
    assert sorted(c for part in parts(told) for c in part) == sorted(f"c{i}" for i in range(len(told)))


def test_two_papers_that_each_asked_one_of_two_are_two_also_beside_one_that_asked_both() -> None:
    assert len(parts([("A", "x"), ("B", "y"), ("C", "x"), ("C", "y")])) == 2


def test_a_shared_source_goes_to_one_house_and_the_other_speaks_through_its_second() -> None:
    assert len(parts([("A", "x"), ("B", "x"), ("B", "y")])) == 2
