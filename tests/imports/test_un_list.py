"""Entries of the list, from XML and from JSON lines, with as little of persons as the purpose needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from khabar.errors import DocumentError
from khabar.imports.un_list import list_version, read_un_list
from khabar.records import ListEntry, ReferenceProblem

XML = """<?xml version="1.0" encoding="utf-8"?>
<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" dateGenerated="2031-02-03T00:00:01.000Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>1</DATAID><FIRST_NAME>ABEL</FIRST_NAME><SECOND_NAME>OF THE</SECOND_NAME><THIRD_NAME>LANTERNS</THIRD_NAME>
      <UN_LIST_TYPE>Lanterns</UN_LIST_TYPE><REFERENCE_NUMBER>RLi.001</REFERENCE_NUMBER><LISTED_ON>2030-01-02</LISTED_ON>
      <NAME_ORIGINAL_SCRIPT>هابيل</NAME_ORIGINAL_SCRIPT>
      <COMMENTS1>Lives by the harbour. Passport 12345.</COMMENTS1>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Abel Lanternson</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Keeper (while at sea)</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_DATE_OF_BIRTH><YEAR>1970</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <FIRST_NAME>RED LANTERN FRONT (RLF)</FIRST_NAME><UN_LIST_TYPE>Lanterns</UN_LIST_TYPE>
      <REFERENCE_NUMBER>RLe.001</REFERENCE_NUMBER><LISTED_ON>2030-03-04</LISTED_ON>
      <COMMENTS1>Founded by
        fishermen.</COMMENTS1>
      <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Front of the Red Lanterns; Lantern Men</ALIAS_NAME>
      </ENTITY_ALIAS>
      <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Harbour Brigade</ALIAS_NAME></ENTITY_ALIAS>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
"""
LINES: list[dict[str, Any]] = [
    {"ref": "RLi.001", "kind": "individual", "list": "Lanterns", "name": "ABEL OF THE LANTERNS",
     "original_script": "هابيل", "listed_on": "2030-01-02", "comments": "Lives by the harbour.",
     "aliases": [{"quality": "Good", "name": "Abel Lanternson"}, {"quality": "Low", "name": "The Keeper (at sea)"}]},
    {"ref": "RLe.001", "kind": "entity", "list": "Lanterns", "name": "RED LANTERN FRONT (RLF)", "original_script": "",
     "listed_on": "2030-03-04", "comments": "Founded by fishermen.",
     "aliases": [{"quality": "a.k.a.", "name": "Front of the Red Lanterns; Lantern Men"},
                 {"quality": "f.k.a.", "name": "Harbour Brigade"}]},
]  # fmt: skip


def xml(folder: Path, text: str = XML) -> Path:
    path = folder / "list.xml"
    path.write_text(text, encoding="utf-8")
    return path


def lines(folder: Path, *rows: Any) -> Path:
    path = folder / "list.jsonl"
    told = (row if isinstance(row, str) else json.dumps(row) for row in rows or LINES)
    path.write_text("\n".join(told), encoding="utf-8")
    return path


def entries(path: Path) -> list[ListEntry]:
    found = list(read_un_list(path))
    assert all(isinstance(entry, ListEntry) for entry in found), found
    return [entry for entry in found if isinstance(entry, ListEntry)]


@pytest.mark.parametrize("write", [xml, lines])
def test_both_formats_give_the_same_entries(tmp_path: Path, write: Any) -> None:
    person, group = entries(write(tmp_path))
    assert (person.key, person.kind, person.roll, person.listed_on) == ("RLi.001", "person", "Lanterns", "2030-01-02")
    assert [(n.text, n.kind, n.sure) for n in person.names] == [
        ("ABEL OF THE LANTERNS", "name", True),
        ("هابيل", "alias", True),
        ("Abel Lanternson", "alias", True),
        ("The Keeper", "alias", False),
    ]
    assert (group.key, group.kind, group.listed_on) == ("RLe.001", "organization", "2030-03-04")
    assert [(n.text, n.kind) for n in group.names] == [
        ("RED LANTERN FRONT", "name"),
        ("RLF", "acronym"),
        ("Front of the Red Lanterns", "alias"),
        ("Lantern Men", "alias"),
        ("Harbour Brigade", "former"),
    ]
    assert group.remark == "Founded by fishermen."


def test_nothing_else_is_kept_of_a_person(tmp_path: Path) -> None:
    person = entries(xml(tmp_path))[0]
    assert person.remark == ""
    assert "Passport" not in repr(person)
    assert "1970" not in repr(person)


def test_the_day_of_the_list_and_the_lines_of_entries(tmp_path: Path) -> None:
    assert list_version(xml(tmp_path)) == "2031-02-03"
    assert list_version(lines(tmp_path)) == ""
    assert [e.line for e in entries(xml(tmp_path))] == [4, 16]
    assert [e.line for e in entries(lines(tmp_path))] == [1, 2]


def test_bad_entries_are_problems_and_the_others_stay(tmp_path: Path) -> None:
    rows = [
        LINES[0],
        "{",
        [1],
        LINES[1] | {"ref": ""},
        LINES[1] | {"kind": "ship"},
        LINES[1] | {"listed_on": "long ago"},
        LINES[1] | {"aliases": "none"},
        LINES[1] | {"name": 5},
        LINES[1] | {"name": "( )", "aliases": []},
        LINES[0],
        LINES[1],
    ]
    found = list(read_un_list(lines(tmp_path, *rows)))
    problems = [p for p in found if isinstance(p, ReferenceProblem)]
    assert [p.line for p in problems] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert all(p.remedy and p.message.endswith(".") for p in problems)
    assert [e.key for e in found if isinstance(e, ListEntry)] == ["RLi.001", "RLe.001"]


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><CONSOLIDATED_LIST/>',
        '<!DOCTYPE CONSOLIDATED_LIST SYSTEM "http://192.0.2.1/list.dtd"><CONSOLIDATED_LIST/>',
    ],
)
def test_a_file_that_declares_entities_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(DocumentError, match=r"document type|damaged"):
        list(read_un_list(xml(tmp_path, text)))


@pytest.mark.parametrize("text", [XML[:-60], "<html><body/></html>", "<CONSOLIDATED_LIST><a></b>"])
def test_damaged_xml_and_other_xml_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(DocumentError, match=r"damaged XML|no UN list"):
        list(read_un_list(xml(tmp_path, text)))


@pytest.mark.parametrize("row", [{"id": 1, "text": "a report"}, {"name": "x"}])
def test_other_json_lines_are_refused(tmp_path: Path, row: dict[str, Any]) -> None:
    with pytest.raises(DocumentError, match="no UN list"):
        list(read_un_list(lines(tmp_path, row)))
