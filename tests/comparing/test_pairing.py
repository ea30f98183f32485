"""Pairing: the sides may be exchanged, the order does not matter, and nothing stands in two pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from reference_samples import KARACHI, PESHAWAR, QUETTA, SINDH

from by_hand import bare_claim
from khabar.comparing.pairing import Match, matches, one_to_one
from khabar.records import Count, EventBody, Judgement, Passage, Place, When
from khabar.resolution.mentions import Mention, mention
from khabar.resolution.model import TypeFacts

TYPES = TypeFacts(
    parents={"attack": None, "bombing": "attack"}, violent=frozenset({"attack"}), general=frozenset({"attack"})
)


def form(place: Place, day: int, killed: int | None, type_: str = "attack") -> Mention:
    date = f"2031-05-{day:02}"
    claim = bare_claim(
        EventBody(type=type_, places=(place,), killed=None if killed is None else Count(killed, killed, killed)),
        Passage("d", 0, 1, "x"),
        id=f"{place.name}{day}{killed}{type_}",
        when=When(date, date, "day"),
    )
    return mention(claim, TYPES, {})


FORMS = st.builds(
    form,
    st.sampled_from([QUETTA, KARACHI, PESHAWAR, SINDH]),
    st.integers(1, 9),
    st.sampled_from([None, 1, 2, 9, 30, 61]),
    st.sampled_from(["attack", "bombing"]),
)
SIDE = st.dictionaries(
    st.sampled_from([f"i{n}" for n in range(6)]), st.lists(FORMS, min_size=1, max_size=2), max_size=5
)


def said(found: Sequence[Match], *, turned: bool = False) -> set[tuple[str, str, str, float]]:
    return {
        (*((m.right, m.left) if turned else (m.left, m.right)), m.judgement.verdict, round(m.judgement.score, 3))
        for m in found
    }


@settings(deadline=None, max_examples=40)
@given(SIDE, SIDE)
def test_sides_may_be_exchanged_and_their_order_does_not_matter(
    left: Mapping[str, Sequence[Mention]], right: Mapping[str, Sequence[Mention]]
) -> None:
    found = matches(left, right)
    assert said(matches(right, left), turned=True) == said(found)
    assert said(one_to_one(matches(right, left)), turned=True) == said(one_to_one(found))
    backwards = matches(dict(reversed(left.items())), dict(reversed(right.items())))
    assert backwards == found


@settings(deadline=None, max_examples=40)
@given(SIDE, SIDE)
def test_nothing_stands_in_two_pairs(
    left: Mapping[str, Sequence[Mention]], right: Mapping[str, Sequence[Mention]]
) -> None:
    found = matches(left, right)
    pairs = one_to_one(found)
    for names in ([m.left for m in pairs], [m.right for m in pairs]):
        assert len(set(names)) == len(names)
    assert all(m.judgement.verdict in ("same", "unsure") for m in pairs)
    assert all(m.left in left and m.right in right for m in found)


def test_the_better_fit_is_taken_first() -> None:
    def match(left: str, right: str, verdict: str, score: float) -> Match:
        return Match(left, right, Judgement(left, right, verdict, "rule:test", "", score))

    found = [match("a", "x", "unsure", 9.0), match("a", "y", "same", 5.0), match("b", "y", "same", 6.0)]
    assert [(m.left, m.right) for m in one_to_one(found)] == [("b", "y"), ("a", "x")]
    assert one_to_one([match("a", "x", "different", 9.0)]) == []


def test_a_town_meets_the_district_or_province_that_the_other_side_names() -> None:
    quetta = {"mine": [form(QUETTA, 3, 61)]}
    for unit in (
        Place(
            "Quetta District", "Quetta District", 1, "adm2", "PK", "Balochistan", "Quetta District", precision="adm2"
        ),
        Place("Balochistan", "Balochistan", 2, "adm1", "PK", "Balochistan", precision="adm1"),
    ):
        (found,) = matches(quetta, {"theirs": [form(unit, 3, 61)]})
        assert found.judgement.verdict == "same"
        assert any("that the other names" in r.words for r in found.judgement.reasons)


def test_sides_without_incidents_have_no_matches() -> None:
    assert matches({}, {}) == []
    assert matches({"a": [form(QUETTA, 1, 1)]}, {}) == []
