"""The scorer of actors across reports, against answers made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import RecordError
from khabar.evaluation.actor_identity import ActorCase, Answer, Report, answers_of, read_cases, score_cases
from khabar.evaluation.model import Outcome
from khabar.records import Actor, ActorName, Document

REPORTS = {k: Report("The Blue Front and the Red Front met the BF.", "2020-01-01") for k in "abc"}
KNOWN = {"org:blue": Actor("org:blue", "organization", (ActorName("Blue Front"), ActorName("BF", "acronym")))}


def figures(outcome: Outcome) -> dict[str, tuple[float, int]]:
    return {f.name: (round(f.value, 2), f.size) for f in outcome.figures}


def test_pairs_ids_and_open_names_are_counted_apart() -> None:
    case = ActorCase(
        "a mixture",
        REPORTS,
        same=(("a Blue Front", "b Blue Front", "c Blue Front"),),
        apart=(("a Blue Front", "a Red Front"), ("b Blue Front", "b Red Front")),
        open=("c BF", "a BF"),
        ids={"a Blue Front": "org:blue", "c Blue Front": "org:blue"},
    )
    who = {
        "a Blue Front": "org:blue",
        "b Blue Front": "org:blue",
        "c Blue Front": "x1",  # two of three pairs are not joined, and the id is missed
        "a Red Front": "x2",
        "b Red Front": "org:blue",  # one of two pairs is joined
        "c BF": "x3",
        "a BF": "x4",
    }
    answer = Answer(who, frozenset(set(who) - {"a BF"}), frozenset({"c BF"}))
    outcome = score_cases([case], [answer], KNOWN)
    assert figures(outcome) == {
        "names read as actors": (0.86, 7),
        "pairs of one actor joined": (0.33, 3),
        "pairs of two actors kept apart": (0.5, 2),
        "open names left open": (0.5, 2),
        "ids of the dictionary": (0.5, 2),
        "cases wholly right": (0.0, 1),
    }
    assert sorted(slip.cause for slip in outcome.slips) == [
        "a mixture: another actor of the dictionary",
        "a mixture: joined",
        "a mixture: no doubt is told",
        "a mixture: not joined",
        "a mixture: not joined",
    ]


@pytest.mark.parametrize(
    ("found", "cause"), [({"a BF": "org:blue"}, "taken for one of several"), ({"a BF": "x", "b BF": "x"}, "joined")]
)
def test_an_open_name_may_be_nobody_elses(found: dict[str, str], cause: str) -> None:
    case = ActorCase("open", REPORTS, open=("a BF",))
    outcome = score_cases([case], [Answer(found, frozenset(found), frozenset({"a BF"}))], KNOWN)
    assert [slip.cause for slip in outcome.slips] == [f"open: {cause}"]


def test_a_name_that_nothing_names_is_given_to_resolution_with_what_the_case_tells() -> None:
    case = ActorCase(
        "told",
        {k: Report(r.text, None) for k, r in REPORTS.items()},
        same=(("a Blue Front", "b Red Front"),),
        told=(("alias_of", "a Red Front", "a Blue Front"),),
    )
    read = {k: (Document(k * 64, r.text), ()) for k, r in case.reports.items()}
    answer = answers_of(case, read, {})
    assert answer.actor_of["a Blue Front"] == answer.actor_of["b Red Front"]
    assert answer.read == frozenset()


def test_a_case_names_only_what_stands_in_its_reports(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text(
        'cases:\n- {about: x, reports: {a: {published: 2020-01-01, text: "The Red Front."}}, open: [a Blue Front]}\n'
    )
    with pytest.raises(RecordError, match="case 1 is wrong"):
        read_cases(tmp_path / "x.yml")


def test_the_cases_of_the_project_can_be_read() -> None:
    cases = read_cases(Path(__file__).resolve().parents[2] / "eval" / "actors.yml")
    assert len(cases) >= 60
    assert all(case.same or case.apart or case.open for case in cases)
