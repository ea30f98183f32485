"""Three real articles set against real rows of UCDP GED: four incidents that both tell of, and why they differ.

Values are facts of the articles and rows, with their source named; no words of theirs are kept here.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from command import khabar

pytestmark = pytest.mark.shared

READ_IN = "2019-05-20"  # the article without a date of its own tells of a Wednesday, 15 May: that of 2019

BUS, COLLEGE, NOORANI, SEHWAN = "195901", "236038", "236120", "238104"


@pytest.fixture(scope="module")
def folder(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("compare")
    khabar(made, "add", str(shared / "seeds"), "--published", READ_IN)
    khabar(made, "run", "--processes", "1")
    for name in ("ged_pakistan_1989_2014.csv", "ged_pakistan_four_known_rows.csv"):
        khabar(made, "import", "ucdp-ged", str(shared / "data" / "ged" / name), "--version", "22.1")
    return made


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, Any]]:
    told = khabar(folder, "compare", "ucdp-ged", "--format", "jsonl").stdout
    return [json.loads(line) for line in told.splitlines()]


def pair(rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    (found,) = [row for row in rows if row["record"] and row["record"]["id"] == key]
    assert found["incident"], f"{key} has no incident: {found['why']}"
    return found


def reasons(row: Mapping[str, Any], field: str) -> dict[str, str]:
    (found,) = [each for each in row["fields"] if each["field"] == field]
    return {reason["name"]: reason["words"] for reason in found["reasons"]}


def test_the_four_pairs_are_found_and_nothing_else(rows: list[dict[str, Any]]) -> None:
    pairs = {row["record"]["id"]: row["verdict"] for row in rows if row["record"] and row["incident"]}
    assert pairs.keys() == {BUS, COLLEGE, NOORANI, SEHWAN}
    assert pairs[BUS] == "unsure"


def test_a_wrong_date_does_not_hide_the_bus(rows: list[dict[str, Any]]) -> None:
    row = pair(rows, BUS)
    assert (row["incident"]["date"], row["record"]["date"]) == ("2015-12", "2015-05-13")
    assert {"one_part_differs", "date_wrong"} <= reasons(row, "date").keys()
    assert reasons(row, "killed")["sources_differ"] == "Their own estimates go from 43 to 47."


def test_why_the_tolls_of_the_college_differ(rows: list[dict[str, Any]]) -> None:
    row = pair(rows, COLLEGE)
    assert (row["incident"]["killed"], row["record"]["killed"]) == ("61", "66")
    assert reasons(row, "killed")["attackers_counted"] == "66 is 61 and the 5 dead of IS."
    assert reasons(row, "who")["several_named"] == "Your reports also name Lashkar-e-Jhangvi."


def test_the_shrines(rows: list[dict[str, Any]]) -> None:
    row = pair(rows, NOORANI)
    (toll,) = [each for each in row["fields"] if each["field"] == "killed"]
    assert (toll["mine"], toll["agrees"]) == ("52", True)
    assert "other_level" in reasons(row, "place")
    row = pair(rows, SEHWAN)
    assert (row["incident"]["killed"], row["record"]["killed"]) == ("75", "88")
    assert "gives 75" in reasons(row, "killed")["toll_of_another_day"]


def test_what_one_side_alone_has_is_listed(rows: list[dict[str, Any]], folder: Path) -> None:
    mine = [row for row in rows if row["verdict"] == "only_mine"]
    theirs = [row for row in rows if row["verdict"] == "only_theirs"]
    assert len(theirs) == 5300 - 4
    assert len({row["record"]["id"] for row in theirs}) == len(theirs)
    assert all(row["incident"]["id"] for row in mine)
    assert any({"no_death"} <= {why["name"] for why in row["why"]} for row in mine)
    sums = csv.DictReader(io.StringIO(khabar(folder, "compare", "ucdp-ged", "--coverage", "-f", "csv").stdout))
    whole = next(iter(sums))
    assert (whole["theirs"], int(whole["theirs_same"]) + int(whole["theirs_unsure"])) == ("5300", 4)
    assert int(whole["mine"]) == len(mine) + 4


def test_the_real_list_gives_names_to_those_it_lists(shared: Path, folder: Path) -> None:
    path = str(shared / "data" / "un" / "consolidated_list_2026-02-27.jsonl")
    assert "1003 records" in khabar(folder, "import", "un-list", path).stderr
    assert "imported already" in khabar(folder, "import", "un-list", path).stderr
    found = json.loads(khabar(folder, "compare", "un-list", "--format", "json").stdout)
    sure = {row["actor"]: row["reference"] for row in found if row["verdict"] == "same"}
    assert sure["org:ttp"] == "QDe.132"
    assert sure["org:islamic-state-khorasan"] == "QDe.161"
    shown = khabar(folder, "show", "org:ttp").stdout
    assert "QDe.132" in shown
