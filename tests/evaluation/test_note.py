"""The method note: figures with floors, causes, and whose sentences may be shown."""

from __future__ import annotations

from pathlib import Path

from khabar.evaluation.gate import Entry
from khabar.evaluation.model import Figure, Measure, Outcome, Slip, Table
from khabar.evaluation.note import note_lines
from khabar.evaluation.run import Measured

SLIP = Slip("d1", "wrong", "killed", "a relative clause", "3", "2", "Two men, one of whom | died.")


def measured(name: str, root: str, outcome: Outcome | None) -> Measured:
    measure = Measure(name, f"About {name}", root, (), f"source of {name}", lambda _root, _system: Outcome(()))
    return Measured(measure, outcome, "abc")


def note(tmp_path: Path, *every: Measured) -> str:
    return "\n".join(note_lines(every, {"tolls": Entry("abc", {"killed": 0.5})}, tmp_path, "2026-11-22"))


def test_figures_floors_tables_and_own_examples(tmp_path: Path) -> None:
    (tmp_path / "limits.md").write_text("## What is left alone\n", encoding="utf-8")
    table = Table("Reliability", ("said", "was"), (("0.9", "0.8"),))
    text = note(tmp_path, measured("tolls", "own", Outcome((Figure("killed", 2 / 3, 3, "n"),), (SLIP,), (table,))))
    assert "| killed | 0.667 | 0.5 | 3 | n |" in text
    assert "| 0.9 | 0.8 |" in text
    assert "| a relative clause | 1 | “Two men, one of whom \\| died.” expected 3, found 2 |" in text
    assert text.endswith("## What is left alone")


def test_sentences_of_others_are_not_printed(tmp_path: Path) -> None:
    text = note(tmp_path, measured("wire", "shared", Outcome((Figure("killed", 0.5, 2),), (SLIP,))))
    assert "| a relative clause | 1 |" in text
    assert "Two men" not in text


def test_what_was_not_measured_is_said(tmp_path: Path) -> None:
    assert "Not measured here: source of wire" in note(tmp_path, measured("wire", "shared", None))
