"""Tables of expressions: what counts as right, against figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import RecordError
from khabar.evaluation.expressions import ExpressionCase, load_table, score_table

TABLE = """
groups:
- about: one
  published: 2017-05-15
  cases:
    "A on Monday.": ["Monday = 1 day"]
    "B on Monday.": ["Monday = 1 day", "Tuesday = 2 day"]
    "Nothing.": []
- about: two
  cases:
    "C on Friday.": ["Friday = 5 day"]
known_failures:
- {text: C on Friday., cause: because}
"""


def table(tmp_path: Path, text: str = TABLE) -> tuple[ExpressionCase, ...]:
    path = tmp_path / "table.yml"
    path.write_text(text, encoding="utf-8")
    return load_table(path)


def test_a_table_by_hand(tmp_path: Path) -> None:
    found = {
        "A on Monday.": ["Monday = 1 week"],  # the first word of the meaning counts here: right
        "B on Monday.": ["Monday = 3 day", "morning = 7 day"],  # wrong, and one that is none; Tuesday is missed
        "Nothing.": [],  # right: one case
        "C on Friday.": [],  # missed, for the reason the table gives
    }
    outcome = score_table(table(tmp_path), lambda c: found[c.text], lambda said: said.split()[0], "right")
    assert [(f.name, round(f.value, 3), f.size) for f in outcome.figures] == [("right", 0.333, 6)]
    (by_phenomenon,) = outcome.tables
    assert [row[0] for row in by_phenomenon.rows] == ["two", "one"]
    assert [(s.kind, s.what, s.cause) for s in outcome.slips] == [
        ("wrong", "Monday = 1 day", "another meaning"),
        ("missed", "Tuesday = 2 day", "not found"),
        ("false", "morning = 7 day", "found where none is"),
        ("missed", "Friday = 5 day", "because"),
    ]


def test_words_that_stand_twice_are_paired_in_order() -> None:
    case = ExpressionCase("x", "open", "12 and 12", ("12 = 1", "12 = 2"))
    assert score_table([case], lambda _: ["12 = 1", "12 = 2"], str, "right").figures[0].value == 1
    assert score_table([case], lambda _: ["12 = 2", "12 = 1"], str, "right").figures[0].value == 0


@pytest.mark.parametrize("text", ["rows: []", TABLE.replace("C on Friday.,", "D on Friday.,")])
def test_a_table_that_cannot_be_right_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RecordError):
        table(tmp_path, text)
