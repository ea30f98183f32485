"""Measures one after the other: what each is given, and what is said of those whose data are not here."""

from __future__ import annotations

from pathlib import Path

from khabar.evaluation.gold import Gold
from khabar.evaluation.model import Figure, Measure, Outcome
from khabar.evaluation.run import measure_all
from khabar.evaluation.system import System
from khabar.settings import Settings


def folder_measure(root: str, *data: str) -> Measure:
    """A measure whose figure tells which folders it was given."""

    def run(folder: Path, system: System) -> Outcome:
        return Outcome((Figure(f"{folder.name}, own gold in {system.own and system.own.name}", 1, 1),))

    return Measure("folders", "Folders", root, data, "", run)


def test_measures_of_shared_data_reach_the_gold_that_was_named(tmp_path: Path) -> None:
    own, shared = tmp_path / "my-gold", tmp_path / "theirs"
    (shared / "data").mkdir(parents=True)
    own.mkdir()
    measures = [folder_measure("own"), folder_measure("shared", "data"), folder_measure("shared", "elsewhere")]
    outcomes = [one.outcome for one in measure_all(measures, Gold(own, shared), System(Settings()))]
    assert [outcome and outcome.figures[0].name for outcome in outcomes] == [
        "my-gold, own gold in my-gold",
        "theirs, own gold in my-gold",
        None,
    ]
