"""The answer keys of MUC-4, on keys made up here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from khabar.errors import EvaluationError
from khabar.evaluation.muc4 import Fill, gold_templates, load_keys, read_fill

TEXT = (
    'QUITO, 2 MAY 90 -- THE NORTHERN FRONT [NF] SET FIRE TO A WAREHOUSE\nAND TO THE "NUEVO DIA" MILL. '
    "EVA SOTO WAS HURT."
)


@pytest.mark.parametrize(
    ("value", "fill"),
    [
        ('"MILL"', Fill(("MILL",))),
        ('"NORTHERN FRONT" / "NF"', Fill(("NORTHERN FRONT", "NF"))),
        ('? "MILL"', Fill(("MILL",), optional=True)),
        ('?"MILL"', Fill(("MILL",), optional=True)),
        ('"\\"NUEVO DIA\\" MILL" / "MILL"', Fill(('"NUEVO DIA" MILL', "MILL"))),
        ("ARSON", Fill(labels=("ARSON",))),
        ("BOMBING / ATTACK", Fill(labels=("BOMBING", "ATTACK"))),
        ("? TERRORIST ACT", Fill(labels=("TERRORIST ACT",), optional=True)),
        ('REPORTED AS FACT: "NF"', Fill(("NF",), ("REPORTED AS FACT",))),
        ('? POSSIBLE / ACCUSED: "NF" / "FRONT"', Fill(("NF", "FRONT"), ("POSSIBLE", "ACCUSED"), optional=True)),
        ('(POSSIBLE / ACQUITTED): "NF"', Fill(("NF",), ("POSSIBLE", "ACQUITTED"))),
        ('"CLERK" / "THE CLERK": "EVA SOTO"', Fill(("CLERK", "THE CLERK"), (), ("EVA SOTO",))),
        ('"NEWS: AT TEN" / "NEWS"', Fill(("NEWS: AT TEN", "NEWS"))),
        ('INJURY: "EVA SOTO"', Fill(("EVA SOTO",), ("INJURY",))),
        ('RIFLES"', Fill(labels=("RIFLES",))),
    ],
)  # fmt: skip
def test_a_value_is_read_with_its_doubts_labels_and_alternatives(value: str, fill: Fill) -> None:
    assert read_fill(value) == fill


def template(number: str, kind: str, **slots: list[str]) -> dict[str, list[str]]:
    """A key's template with the slots named in short."""
    names = {"ind": "PERP: INDIVIDUAL ID", "org": "PERP: ORGANIZATION ID", "target": "PHYS TGT: ID",
             "victim": "HUM TGT: NAME", "weapon": "INCIDENT: INSTRUMENT ID"}  # fmt: skip
    filled = {name: slots.get(short, ["-"]) for short, name in names.items()}
    return {"MESSAGE: TEMPLATE": [number], "INCIDENT: TYPE": [kind], **filled}


def keys(tmp_path: Path, *templates: dict[str, list[str]]) -> Any:
    path = tmp_path / "keys.jsonl"
    path.write_text(json.dumps({"docid": "OWN-1", "text": TEXT, "templates": templates}) + "\n", "utf-8")
    [document] = load_keys(path)
    return document


def test_gold_is_what_the_literature_scores(tmp_path: Path) -> None:
    document = keys(
        tmp_path,
        template("1 (OPTIONAL)", "ARSON", org=['? "NORTHERN FRONT" / "NF" / "FRONT OF THE NORTH"'],
                 target=['"WAREHOUSE"', '"\\"NUEVO DIA\\" MILL" / "MILL"'], victim=['"EVA SOTO"'], weapon=["*"]),
    )  # fmt: skip
    assert document.templates[0].optional
    assert document.templates[0].types == ("arson",)
    [gold] = gold_templates(document)
    assert gold.entities("PerpOrg") == (frozenset({"northern front", "nf"}),)  # the third is not in the text
    assert gold.entities("Target") == (frozenset({"warehouse"}), frozenset({"nuevo dia mill", "mill"}))
    assert gold.entities("Victim") == (frozenset({"eva soto"}),)
    assert gold.entities("Weapon") == gold.entities("PerpInd") == ()
    assert gold.size == 5


def test_equal_templates_count_once_and_a_line_break_parts_no_mention(tmp_path: Path) -> None:
    twice = template("1", "ATTACK", target=['"WAREHOUSE AND"'])
    gold = gold_templates(keys(tmp_path, twice, {**twice, "MESSAGE: TEMPLATE": ["2"]}))
    assert [g.entities("Target") for g in gold] == [(frozenset({"warehouse and"}),)]


def test_a_message_without_incident_has_no_gold(tmp_path: Path) -> None:
    assert gold_templates(keys(tmp_path)) == []
    assert gold_templates(keys(tmp_path, template("*", "*"))) == []


def test_a_line_that_is_no_message_is_named(tmp_path: Path) -> None:
    path = tmp_path / "keys.jsonl"
    path.write_text('{"docid": "OWN-1", "text": "", "templates": []}\n{"docid": "OWN-2"}\n', "utf-8")
    with pytest.raises(EvaluationError, match=r"line 2 of keys\.jsonl"):
        load_keys(path)


def test_the_shared_keys_are_read_in_full(shared: Path) -> None:
    documents = load_keys(shared / "data" / "muc4" / "dev.jsonl")
    assert len(documents) == 200
    assert sum(len(d.templates) for d in documents) == 191
    confidence = [f for d in documents for t in d.templates for f in t.fills("PERP: ORGANIZATION CONFIDENCE")]
    assert all(f.labels and f.mentions for f in confidence)
