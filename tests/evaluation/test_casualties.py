"""The scorer of casualty figures, against outcomes worked out by hand; and the project's own gold, which must load."""

from __future__ import annotations

from pathlib import Path

import pytest

from by_hand import bare_claim
from khabar.errors import EvaluationError
from khabar.evaluation.casualties import CasualtyCase, load_cases, score_case_claims, score_cases
from khabar.records import Claim, Count, EventBody

OWN = Path(__file__).resolve().parents[2] / "eval" / "casualties.yml"
Values = frozenset[tuple[int | None, int | None, int | None]]
NOTHING: Values = frozenset()
SEVEN: Values = frozenset({(7, 7, 7)})


def event(
    modality: str = "actual", aggregate: int | None = None, killed: Count | None = None, injured: Count | None = None
) -> Claim:
    body = EventBody("bombing", aggregate=aggregate, killed=killed, injured=injured)
    return bare_claim(body, modality=modality)


def case(
    killed: tuple[Values, ...] = (NOTHING,), injured: tuple[Values, ...] = (NOTHING,), *, incident: bool = True
) -> CasualtyCase:
    return CasualtyCase("p", "Text.", {"killed": killed, "injured": injured}, incident)


def test_each_slot_is_right_or_wrong_by_all_its_bounds() -> None:
    claims = [event(killed=Count(7, 7, 7), injured=Count(9, 9, None))]
    one = case((SEVEN,), (frozenset({(9, 9, 9)}),))
    assert [(s.what, s.kind, s.expected, s.found) for s in score_case_claims(one, claims)] == [
        ("injured", "wrong", "9", "9/9/-")
    ]


def test_nothing_said_is_not_zero() -> None:
    zero = [event(killed=Count(0, 0, 0))]
    assert [s.kind for s in score_case_claims(case(), zero)] == ["false"]
    assert not list(score_case_claims(case((NOTHING, frozenset({(0, 0, 0)}))), zero))


def test_what_has_not_happened_gives_no_numbers_and_totals_do() -> None:
    planned = [event("planned", killed=Count(7, 7, 7))]
    assert not list(score_case_claims(case(incident=False), planned))
    total = [event(aggregate=3, killed=Count(7, 7, 7))]
    assert not list(score_case_claims(case((SEVEN,), incident=False), total))
    assert [s.what for s in score_case_claims(case((SEVEN,), incident=False), [event(killed=Count(7, 7, 7))])] == [
        "incident"
    ]


def test_two_values_must_both_be_there() -> None:
    both = case((frozenset({(7, 7, 7), (9, 9, 9)}),))
    seven, nine = event(killed=Count(7, 7, 7)), event(killed=Count(9, 9, 9))
    assert not list(score_case_claims(both, [nine, seven, seven]))
    assert [s.cause for s in score_case_claims(both, [seven])] == ["values too few"]


def test_shares_by_hand() -> None:
    cases = [case((SEVEN,)), case((SEVEN,)), case(incident=False)]
    answers = [[event(killed=Count(7, 7, 7))], [], [event()]]
    outcome = score_cases(cases, answers)
    figures = {f.name: (f.value, f.size) for f in outcome.figures}
    expected = {
        "killed": (2 / 3, 3),
        "injured": (1.0, 3),
        "killed, where a number is given": (0.5, 2),
        "texts without incident where one is found": (1, 1),
    }
    assert expected.items() <= figures.items()
    assert outcome.tables[0].rows == (("p", "2 of 3"),)


def test_a_file_of_cases(tmp_path: Path) -> None:
    rows = "- {text: A, killed: 7, injured: {any: [null, 0, {all: [3, [4, null, 5]]}]}, arrested: 2}"
    file = tmp_path / "cases.yml"
    file.write_text(f"published: 2019-06-14\ngroups:\n- phenomenon: p\n  cases:\n  {rows}\n", encoding="utf-8")
    published, (one,) = load_cases(file)
    assert published == "2019-06-14"
    assert one.slots == {
        "killed": (SEVEN,),
        "injured": (NOTHING, frozenset({(0, 0, 0)}), frozenset({(3, 3, 3), (4, None, 5)})),
        "arrested": (frozenset({(2, 2, 2)}),),
    }
    file.write_text(file.read_text(encoding="utf-8").replace("arrested", "arested"), encoding="utf-8")
    with pytest.raises(EvaluationError, match="arested"):
        load_cases(file)


def test_the_gold_of_the_project_loads() -> None:
    _published, cases = load_cases(OWN)
    assert len(cases) >= 200
    assert len({c.phenomenon for c in cases}) >= 30
