"""The commands about other people's records, as a person runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from command import khabar

GED = (
    "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,latitude,longitude,country,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n"
    "901,3,Red Lantern Front,Civilians,1,Quetta town,Balochistan,30.18,67.0,Pakistan,1,1,2031-05-03,2031-05-03,"
    "0,0,12,0,12,12,12\n"
    "902,3,Red Lantern Front,Civilians,1,Karachi town,Sindh,24.86,67.01,Pakistan,1,1,2031-06-03,bad,0,0,1,0,1,1,1\n"
)
FIRST = {"ref": "RLe.001", "kind": "entity", "list": "Lanterns", "name": "RED LANTERN FRONT", "listed_on": "2030-01-02"}
SECOND = {**FIRST, "ref": "RLe.002", "name": "ELM PARTY"}
REPORT = (
    "Gunmen killed 12 people in Quetta on 3 May 2031, police said. The Red Lantern Front claimed responsibility for "
    "the attack.\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reference")
    (made / "ged.csv").write_text(GED, encoding="utf-8")
    for day, entries in (("2031-01-01", [FIRST]), ("2031-02-02", [SECOND])):
        text = "\n".join(map(json.dumps, entries))
        (made / f"list-{day}.jsonl").write_text(text, encoding="utf-8")
    (made / "report.txt").write_text(REPORT, encoding="utf-8")
    khabar(made, "add", "report.txt", "--published", "2031-05-04")
    khabar(made, "run", "--processes", "1")
    return made


def test_a_data_set_is_taken_in_once_with_its_bad_rows_told(folder: Path) -> None:
    first = khabar(folder, "import", "ucdp-ged", "ged.csv", "--version", "31.1").stderr
    assert "1 records of UCDP Georeferenced Event Dataset 31.1." in first
    assert "CC BY 4.0" in first
    assert "ged.csv:3: event 902: date_end is 'bad'" in first
    assert "nothing changed" in khabar(folder, "import", "ucdp-ged", "ged.csv").stderr
    (row,) = json.loads(khabar(folder, "import", "list", "-f", "json").stdout)
    assert (row["shape"], row["version"], row["records"], row["problems"]) == ("ucdp-ged", "31.1", 1, 1)


def test_the_base_is_set_against_it(folder: Path) -> None:
    khabar(folder, "import", "ucdp-ged", "ged.csv")
    done = khabar(folder, "compare", "ucdp-ged")
    assert "Of their 1 records your base has 1" in done.stderr
    (row,) = json.loads(khabar(folder, "compare", "ged.csv", "-f", "json").stdout)
    assert row["verdict"] == "same"
    khabar(folder, "compare", "ucdp-ged", "-f", "csv", "-o", "out.csv")
    (flat,) = csv.DictReader(io.StringIO((folder / "out.csv").read_text(encoding="utf-8")))
    assert (flat["killed_mine"], flat["killed_theirs"], flat["record"]) == ("12", "12", "901")
    lines = khabar(folder, "compare", "ucdp-ged", "--only", "only_mine", "-f", "jsonl").stdout
    assert lines == ""
    sums = list(csv.DictReader(io.StringIO(khabar(folder, "compare", "ucdp-ged", "--coverage", "-f", "csv").stdout)))
    assert {(r["by"], r["value"]) for r in sums} >= {("all", "all"), ("year", "2031"), ("area", "PK, Balochistan")}
    none = khabar(folder, "compare", "ucdp-ged", "--country", "AF", "-f", "jsonl").stdout
    assert none == ""


def test_a_new_version_of_the_list_tells_what_changed(folder: Path) -> None:
    first = khabar(folder, "import", "un-list", "list-2031-01-01.jsonl")
    assert "1 actors of your base are on it" in first.stderr
    assert first.stdout == ""
    second = khabar(folder, "import", "un-list", "list-2031-02-02.jsonl", "-f", "jsonl")
    told = [json.loads(line) for line in second.stdout.splitlines()]
    assert [(row["change"], row["reference"]) for row in told] == [("added", "RLe.002"), ("delisted", "RLe.001")]
    assert "Since 2031-01-01: 1 added, 0 changed, 1 delisted." in second.stderr
    again = khabar(folder, "import", "changes", "-f", "jsonl").stdout
    assert again == second.stdout
    assert "nothing before it" in khabar(folder, "import", "changes", "2031-01-01").stderr
    assert json.loads(khabar(folder, "compare", "un-list", "-f", "json").stdout) == []
    khabar(folder, "import", "forget", "list-2031-02-02.jsonl")
    (row,) = json.loads(khabar(folder, "compare", "un-list", "-f", "json").stdout)
    assert (row["reference"], row["verdict"]) == ("RLe.001", "same")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("import", "ucdp-ged", "missing.csv"), "There is no file missing.csv."),
        (("import", "ucdp-ged", "report.txt"), "report.txt is no GED file"),
        (("import", "un-list", "report.txt"), "report.txt is no UN list"),
        (("import", "un-list", "."), ". is a folder."),
        (("import", "forget", "nothing"), "There is no 'nothing'."),
        (("import", "changes", "1999-01-01"), "There is no version '1999-01-01' of the list."),
        (("compare", "acled"), "There is no data set 'acled'"),
        (("compare", "ucdp-ged", "--only", "mine"), "--only is 'mine'."),
        (("compare", "ucdp-ged", "--since", "May"), "--since is 'May'"),
        (("compare", "ucdp-ged", "--store", "none.db"), "There is no store none.db."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    done = khabar(folder, *arguments, code=1)
    assert says in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("khabar:")]) == 1


def test_a_file_that_was_refused_left_nothing(folder: Path) -> None:
    khabar(folder, "import", "un-list", "report.txt", code=1)
    assert "report.txt" not in khabar(folder, "import", "list", "-f", "json").stdout
