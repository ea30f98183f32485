"""What a speaker said over time: a timeline where it changed, and nothing where it did not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Claim, Quantity, Speaker, Statement
from khabar.resolution.actors import identify
from khabar.resolution.parties import parties_of
from khabar.resolution.positions import Position, positions
from khabar.resolution.resolve import resolve
from resolution.make import (
    AFGHANISTAN,
    BALOCHISTAN,
    PAKISTAN,
    QUETTA,
    by,
    claim,
    corpus,
    document,
    event,
    person,
    presence,
    ref,
    relation,
    statement,
)

IS, TTP = ref("Daesh", "is"), ref("TTP", "ttp")
STATE = ref("Pakistan", "pakistan", "state")
GOVERNMENT, MINISTRY = "government of Pakistan", "Pakistan's interior ministry"


def found(*claims: Claim, **more: object) -> tuple[Position, ...]:
    base = corpus(*claims, **more)
    return positions(base, list(claims), resolve(base).events, parties_of(identify(base)))


def steps(position: Position) -> list[tuple[str | None, str | None, str]]:
    return [(s.when.earliest, s.when.latest, s.stance) for s in position.steps]


def test_a_government_that_denied_acknowledged_and_denied_again() -> None:
    claims = [
        presence("a", IS, PAKISTAN, "denied", speaker=GOVERNMENT, when="2014"),
        presence("b", IS, PAKISTAN, "denied", speaker=MINISTRY, when="2015"),
        presence("c", IS, BALOCHISTAN, "present", speaker=GOVERNMENT, when="2016"),
        presence("d", IS, PAKISTAN, "denied", speaker="state of Pakistan"),
    ]
    (p,) = found(*claims, documents=[document("d", published="2019-05-16")])
    assert (p.kind, p.speaker, p.proposition) == ("presence", GOVERNMENT, "Islamic State in Pakistan")
    assert steps(p) == [
        ("2014-01-01", "2015-12-31", "denied"),
        ("2016-01-01", "2016-12-31", "asserted"),
        ("2019-05-16", "2019-05-16", "denied"),
    ]
    assert [s.claims for s in p.steps] == [(claims[0].id, claims[1].id), (claims[2].id,), (claims[3].id,)]


def test_an_undated_report_stands_last() -> None:
    early = presence("a", IS, PAKISTAN, "present", speaker=GOVERNMENT, when="2016")
    (p,) = found(early, presence("b", IS, PAKISTAN, "denied", speaker=GOVERNMENT))
    assert steps(p) == [("2016-01-01", "2016-12-31", "asserted"), (None, None, "denied")]


def test_statements_take_part() -> None:
    no = statement("a", "denial_of_presence", IS, STATE, speaker=GOVERNMENT, when="2015")
    yes = statement("b", "assertion_of_presence", IS, STATE, speaker=GOVERNMENT, when="2016")
    (p,) = found(no, yes)
    assert [s[2] for s in steps(p)] == ["denied", "asserted"]


def test_no_position_without_a_change_in_time() -> None:
    no = presence("a", IS, PAKISTAN, "denied", speaker=GOVERNMENT, when="2015")
    for other in (
        presence("b", IS, PAKISTAN, "denied", speaker=GOVERNMENT, when="2016"),
        presence("b", IS, PAKISTAN, "present", speaker=GOVERNMENT, when="2015"),
        presence("b", IS, PAKISTAN, "present", speaker="Amnesty", when="2016"),
        presence("b", IS, AFGHANISTAN, "present", speaker=GOVERNMENT, when="2016"),
        presence("b", TTP, PAKISTAN, "present", speaker=GOVERNMENT, when="2016"),
        presence("b", IS, PAKISTAN, "present", when="2016"),
        presence("b", IS, PAKISTAN, "present", speaker="a senior official", when="2016"),
        presence("b", IS, PAKISTAN, "present", speaker=GOVERNMENT, when="2016", modality="predicted"),
    ):
        assert not found(no, other)


def test_officials_without_a_name_have_no_position() -> None:
    no = presence("a", IS, PAKISTAN, "denied", speaker="a senior official", when="2015")
    assert not found(no, presence("b", IS, PAKISTAN, "present", speaker="a senior official", when="2016"))


def test_a_person_has_a_position_in_an_office_alone() -> None:
    leads = relation("a", "leads", person("Nisar Khan"), ref("Jundullah"))  # makes the person an actor
    for role, expected in (("interior minister", 1), (None, 0)):
        said = [
            presence(doc, IS, PAKISTAN, status, speaker=Speaker("Nisar Khan", "Nisar Khan", role), when=year)
            for doc, status, year in (("a", "denied", "2015"), ("b", "present", "2016"))
        ]
        assert len(found(leads, *said)) == expected


def test_a_group_that_denied_a_part_in_an_attack_and_later_claimed_it() -> None:
    a = event("a", "bombing", QUETTA, "2016-10-24", killed=61, who=by("TTP", "denied", "ttp", "TTP"))
    b = event("b", "bombing", QUETTA, "2016-10-24", killed=61, who=by("TTP", "claimed", "ttp", None))
    days = [document("a", published="2016-10-25"), document("b", published="2016-11-01")]
    (p,) = found(a, b, documents=days)
    assert (p.kind, p.proposition) == ("attribution", "Quetta, 2016-10-24, bombing")
    assert [s[2] for s in steps(p)] == ["not by Tehrik-i-Taliban Pakistan", "claimed by Tehrik-i-Taliban Pakistan"]


def test_a_ministry_that_blamed_one_group_and_then_another() -> None:
    a, b = (
        event(d, "bombing", QUETTA, "2016-10-24", killed=61, who=by(name, "blamed", id_, MINISTRY))
        for d, name, id_ in (("a", "TTP", "ttp"), ("b", "Daesh", "is"))
    )
    days = [document("a", published="2016-10-25"), document("b", published="2016-11-01")]
    assert [s[2] for s in steps(found(a, b, documents=days)[0])] == [
        "blamed on Tehrik-i-Taliban Pakistan",
        "blamed on Islamic State",
    ]
    branch = event("b", "bombing", QUETTA, "2016-10-24", killed=61, who=by("TTP", "suspected", "ttp", MINISTRY))
    assert not found(a, branch, documents=days), "to suspect and to blame the same group is no other position"


def test_a_tie_denied_and_later_admitted() -> None:
    no = relation("a", "member_of", ref("Jundullah"), IS, "2014", speaker="Jundullah", modality="negated")
    yes = relation("b", "pledged_allegiance", ref("Jundullah"), IS, "2016", speaker="Jundullah")
    (p,) = found(no, yes)
    assert (p.kind, p.proposition) == ("tie", "Jundullah joined Islamic State")
    assert [s[2] for s in steps(p)] == ["denied", "asserted"]


def test_estimates_of_one_speaker_over_the_years() -> None:
    def estimate(doc: str, number: float, year: str) -> Claim:
        body = Statement("estimate", (IS,), Quantity(number, number, number, f"{number:g} fighters"))
        return claim("statement", body, doc, speaker="Amnesty", when=year)

    (p,) = found(estimate("a", 8000, "2015"), estimate("b", 10000, "2017"))
    assert (p.kind, p.proposition) == ("estimate", "Islamic State: number of fighters")
    assert [s[2] for s in steps(p)] == ["8000", "10000"]
    assert not found(estimate("a", 8000, "2015"), estimate("b", 8000, "2017"))


WORDS = st.builds(
    lambda doc, status, year, place: presence(doc, IS, place, status, speaker=GOVERNMENT, when=year),
    st.sampled_from("abc"),
    st.sampled_from(["denied", "present"]),
    st.sampled_from([None, "2014", "2015", "2016-05", "2019"]),
    st.sampled_from([PAKISTAN, BALOCHISTAN]),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS, max_size=8), st.randoms(use_true_random=False))
def test_steps_are_in_order_hold_every_claim_and_depend_on_no_order(some: list[Claim], random: object) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one = found(*some)
    assert one == found(*shuffled)
    for p in one:
        assert len({s.stance for s in p.steps}) > 1
        starts = [s.when.earliest or s.when.latest or "9999" for s in p.steps]
        assert starts == sorted(starts)
        told = [c for s in p.steps for c in s.claims]
        assert len(told) == len(set(told))
        assert set(told) <= {c.id for c in some}
