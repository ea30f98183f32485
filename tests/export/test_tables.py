from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from khabar.export.tables import cell_text, csv_lines

_SIGNS = "=+-@\t\r\n＝＋－＠'"


def _read(text: str) -> str:
    lines = list(csv_lines([{"a": text, "b": "x"}], ["a", "b"]))
    rows = list(csv.reader(io.StringIO("\r\n".join(lines), newline="")))
    assert rows[0] == ["a", "b"]
    assert len(rows) == 2
    assert rows[1][1] == "x"
    return rows[1][0]


def test_no_cell_begins_like_a_formula() -> None:
    for sign in "=+-@\t\r\n＝＋－＠":
        assert _read(f"{sign}1+2").startswith("'")
    assert _read("Al-Shabaab") == "Al-Shabaab"
    assert _read("'Ayn") == "'Ayn"
    assert list(csv_lines([{"a": -12.5, "b": -1}], ["a", "b"]))[1] == "-12.5,-1"  # numbers are no texts


@given(st.text(alphabet=st.one_of(st.sampled_from(_SIGNS), st.characters(exclude_categories=["Cs"]))))
def test_what_was_written_comes_back(text: str) -> None:
    cell = _read(text)
    assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert cell_text(cell) == text
