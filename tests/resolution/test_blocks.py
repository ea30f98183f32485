"""Candidate pairs: whatever should be compared is, in any order, and work does not grow with the square."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Claim, Place
from khabar.resolution.blocks import FAMILIES
from khabar.resolution.mentions import mention
from resolution.make import AFGHANISTAN, KABUL, QUETTA, TYPES, event, meetings


def pairs(*claims: Claim) -> list[tuple[str, str]]:
    return meetings(*(mention(c, TYPES, {}) for c in claims))


def meet(a: Claim, b: Claim) -> bool:
    return pairs(a, b) == [tuple(sorted((a.id, b.id)))]


def test_what_meets() -> None:
    suburb = Place("Paghman", "Paghman", 5, "town", "AF", "Kabul", None, 34.59, 68.95)
    base = event("a", "bombing", KABUL, "2020-03-06", killed=43, target="bus")
    assert meet(base, event("b", "raid", KABUL, "2020-03-07"))
    assert meet(base, event("b", "bombing", suburb, "2020-03"))
    assert meet(base, event("b", "bombing", AFGHANISTAN, "2020-03"))
    assert meet(base, event("b", "bombing", KABUL))
    assert meet(base, event("b", "bombing", KABUL, "2019-12", killed=43))
    assert meet(base, event("b", "armed_assault", KABUL, "2019-12", target="a bus of pilgrims"))
    assert meet(base, event("a", "armed_assault"))


def test_what_does_not() -> None:
    base = event("a", "bombing", KABUL, "2020-03-06", killed=43, target="bus")
    assert not pairs(base, event("b", "bombing", QUETTA, "2020-03-06", killed=43))
    assert not pairs(base, event("b", "bombing", KABUL, "2018-05-01", killed=3, target="market"))
    assert not pairs(base, event("b", "bombing"))


@settings(max_examples=40, deadline=None)
@given(st.permutations([event(d, "bombing", KABUL, f"2020-03-0{i % 9 + 1}") for i, d in enumerate("abcdefgh")]))
def test_order_does_not_matter(claims: list[Claim]) -> None:
    assert pairs(*claims) == pairs(*sorted(claims, key=lambda c: c.id))


def test_pairs_grow_with_the_number_of_claims_not_with_its_square() -> None:
    def busy(days: int) -> int:
        start = date(2020, 1, 1)
        claims = [
            event(f"{day}-{i}", "bombing", KABUL, (start + timedelta(day)).isoformat())
            for day in range(days)
            for i in range(4)
        ]
        return len(pairs(*claims))

    assert busy(200) < 2.5 * busy(100)


def test_a_crowded_block_is_cut_to_the_nearest_in_time() -> None:
    claims = [event(f"d{i}", "bombing", KABUL, "2020-03-06") for i in range(200)]
    assert len(pairs(*claims)) <= 200 * max(f.nearest for f in FAMILIES if f.what != "report")
