"""The measures of names, on a few pairs of our own."""

from __future__ import annotations

from pathlib import Path

from khabar.evaluation.name_pairs import LABELLED, NEAR_NAMES, cross_validated, load_near_names, resolved
from khabar.evaluation.system import System
from khabar.settings import Settings

OWN = Path(__file__).parents[2] / "eval"
ROWS = """case_group,schema,name1,name2,is_match,quality,category,notes
x,Person,Daud Rostami,"Rostami, Daud",true,STRONG,,
x,Person,Daud Rostami,Daud Ghilzai,false,STRONG,,
x,Company,Northern Steel AG,Northern Steel Aktiengesellschaft,true,STRONG,,
y,Person,Rostami,Daud Rostami,true,WEAK,,
y,Vessel,Snow Storm,Rain Storm,false,STRONG,,
"""


def test_labelled_pairs_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "data" / "names" / "name_pairs.csv"
    path.parent.mkdir(parents=True)
    path.write_text(ROWS, encoding="utf-8")
    outcome = LABELLED.run(tmp_path, System(Settings()))
    figures = {f.name: (round(f.value, 3), f.size) for f in outcome.figures}
    assert figures["F1 of same"] == (0.8, 3)  # two of three found, none false
    assert figures["persons"] == (0.667, 2)
    assert figures["bodies"] == (1.0, 1)
    assert [(s.kind, s.what) for s in outcome.slips] == [("missed", "Rostami | Daud Rostami")]


def test_every_pair_has_one_verdict_of_weights_not_fitted_to_it() -> None:
    pairs = load_near_names(OWN / "names.yml")
    assert set(cross_validated(pairs)) == set(pairs)


def test_near_names_by_hand(tmp_path: Path) -> None:
    own = """same:
- {about: a, kind: person, pairs: [[Daud Rostami, "Rostami, Daud"], [Daud Rostami, Ahmed Ghilzai]]}
different:
- {about: b, kind: organization, pairs: [[Night Front, Night Fronts], [the Dawn Front, Dawn Front], [LeJ, LeT]]}
"""
    (tmp_path / "names.yml").write_text(own, encoding="utf-8")
    outcome = NEAR_NAMES.run(tmp_path, System(Settings()))
    assert [(f.value, f.size) for f in outcome.figures] == [(0.5, 2), (1, 3), (0.5, 2), (1, 3)]
    assert sorted(s.what for s in outcome.slips) == ["Daud Rostami | Ahmed Ghilzai", "the Dawn Front | Dawn Front"]


def test_no_near_name_of_our_own_is_joined_in_a_base() -> None:
    pairs = load_near_names(OWN / "names.yml")
    assert len(pairs) >= 150
    joined = resolved(pairs)
    assert [pair for pair in pairs if joined[pair] and not pair.same] == []
