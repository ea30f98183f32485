"""The network: the same ties give the same sheet, and nothing lies upon anything else."""

from __future__ import annotations

from analysis_samples import actor
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.analysis.network import Said, network

GROUPS = {key: actor(key) for key in "abcdefgh"}
PEOPLE = {"amal": actor("amal", "person")}

ties = st.builds(
    Said,
    st.sampled_from(["allied_with", "rival_of"]),
    st.sampled_from("abcdefgh"),
    st.sampled_from("abcdefgh"),
    st.just(1),
)
sheets = st.lists(
    ties.filter(lambda t: t.subject != t.object), max_size=14, unique_by=lambda t: (t.type, t.subject, t.object)
)


@settings(deadline=None, max_examples=25)
@given(sheets, st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 5000)))
def test_every_tie_is_there_once_and_nodes_do_not_overlap(told: list[Said], incidents: dict[str, int]) -> None:
    made = network(told, GROUPS, incidents)
    assert sorted((e.said.type, e.said.subject, e.said.object) for e in made.edges) == sorted(
        (t.type, t.subject, t.object) for t in told
    )
    assert {n.actor.id for n in made.nodes} == {key for t in told for key in (t.subject, t.object)}
    for i, one in enumerate(made.nodes):
        assert one.radius <= one.x <= made.width - one.radius
        assert one.radius <= one.y <= made.height - one.radius
        for other in made.nodes[i + 1 :]:
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (one.radius + other.radius) ** 2
    assert network(list(reversed(told)), GROUPS, incidents) == made


def test_size_tells_of_incidents_by_area_and_persons_are_no_nodes() -> None:
    told = [Said("allied_with", "a", "b", 3), Said("rival_of", "b", "c", 1), Said("leads", "amal", "a", 9)]
    made = network(told, GROUPS | PEOPLE, {"a": 100, "b": 25})
    a, b, c = made.nodes
    assert [n.actor.id for n in made.nodes] == ["a", "b", "c"]
    assert (a.incidents, b.ties, len(made.edges)) == (100, 2, 2)
    assert a.radius - c.radius == 2 * (b.radius - c.radius)


def test_ties_between_the_same_two_lie_apart() -> None:
    told = [Said("allied_with", "a", "b", 1), Said("rival_of", "a", "b", 1), Said("funds", "b", "a", 1)]
    made = network(told, GROUPS, {})
    assert len({e.middle for e in made.edges}) == 3
    assert all(e.path.startswith("M") and e.arrow("object").endswith("Z") for e in made.edges)


def test_nothing_said_is_an_empty_sheet() -> None:
    assert network([], GROUPS, {}).nodes == ()
