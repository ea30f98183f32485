"""`khabar evaluate` as a user runs it, on a small folder of gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command import khabar

DATES = """\
groups:
- about: days
  published: 2017-05-15
  cases:
    "A bomb went off on 12 May 2016 near the bridge.": ["12 May 2016 = 2016-05-12 day"]
    "It was signed on the 3rd of June 2015.": ["3rd of June 2015 = 2015-06-03 day"]
    "The 4th of June 2015 was quiet.": ["4th of June 2015 = 1999-01-01 day"]
"""
CASE = """\
phenomenon: a shooting
cases:
  - id: one
    text: Gunmen killed two priests in Kaya on 13 May 2019.
    published: 2019-05-14
    claims:
      - {kind: event, quote: "Gunmen killed two priests in Kaya", killed: [2, 2, 2]}
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "floors.yml").write_text("{}\n", encoding="utf-8")
    (tmp_path / "eval" / "dates.yml").write_text(DATES, encoding="utf-8")
    return tmp_path


def test_figures_floors_and_the_way_down(gold: Path) -> None:
    [row] = json.loads(khabar(gold, "evaluate", "dates", "--format", "json", "--raise").stdout)
    assert (row["figure"], row["value"], row["cases"]) == ("intervals", 0.6667, 3)
    assert len(row["fingerprint"]) == 16
    floors = gold / "eval" / "floors.yml"
    assert "intervals: 0.66" in floors.read_text(encoding="utf-8")
    khabar(gold, "evaluate", "dates", "--check")

    worse = DATES.replace("2015-06-03", "1999-06-03")
    (gold / "eval" / "dates.yml").write_text(worse, encoding="utf-8")
    checked = khabar(gold, "evaluate", "dates", "--check", code=1)
    assert "its floor 0.66" in checked.stderr
    assert "data changed" in checked.stderr
    assert "--reason" in khabar(gold, "evaluate", "dates", "--raise", code=1).stderr
    khabar(gold, "evaluate", "dates", "--lower", "--reason", "a harder table")
    assert "a harder table" in floors.read_text(encoding="utf-8")
    khabar(gold, "evaluate", "dates", "--check")


def test_errors_come_with_their_sentence_and_cause(gold: Path) -> None:
    [slip] = json.loads(khabar(gold, "evaluate", "dates", "--errors", "--format", "json").stdout)
    assert slip["sentence"] == "The 4th of June 2015 was quiet."
    assert slip["cause"] == "another meaning"
    assert slip["cases"] == 1


def test_own_cases(gold: Path) -> None:
    folder = gold / "mine"
    (folder / "cases").mkdir(parents=True)
    (folder / "cases" / "shooting.yml").write_text(CASE, encoding="utf-8")
    (gold / "eval" / "floors.yml").unlink()  # own cases need nothing of the project's gold
    rows = json.loads(khabar(gold, "evaluate", "--cases", "mine", "--format", "json").stdout)
    assert {"figure": "short texts met", "value": 1.0, "cases": 1}.items() <= rows[0].items()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nothing",), "there is no measure 'nothing'"),
        (("dates", "--gold", "none"), "no folder of gold"),
        (("--lower",), "--reason"),
        (("dates", "--lower"), "--reason"),
        (("dates", "--note", "n.md"), "needs every measure"),
        (("--cases", "none"), "no folder of cases"),
        (("--cases", "eval", "--raise"), "own cases have no floors"),
    ],
)
def test_wrong_use_is_one_line(gold: Path, arguments: tuple[str, ...], says: str) -> None:
    done = khabar(gold, "evaluate", *arguments, code=1)
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
