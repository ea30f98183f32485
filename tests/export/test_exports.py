from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from command import khabar
from khabar.export.conduct import Pseudonyms, private_names
from khabar.export.incidents import incident_json
from khabar.export.tables import csv_lines
from khabar.records import Actor, ActorName, ActorRef, Claim, Event, Extractor, Passage, Relation, Speaker
from khabar.store.opening import open_store

EXTRACTOR = Extractor("hand", "1", "b@1")


def _person(name: str, listed: bool = False) -> Actor:
    ids = (("un", "QDi.001"),) if listed else ()
    return Actor(f"person:{name}", "person", (ActorName(name),), external_ids=ids)


def _tie(kind: str, subject: str, other: str, speaker: Speaker | None = None) -> Claim:
    body = Relation(kind, ActorRef(subject, subject, kind="person"), ActorRef(other, other))
    return Claim("c", "relation", (Passage("d", 0, 1, "x"),), body, EXTRACTOR, speaker=speaker)


def test_private_persons_are_those_without_public_role_or_listing() -> None:
    people = [_person("Amir Shah"), _person("Omar Gul"), _person("Zia Noor", listed=True), _person("Lala Jan")]
    claims = [
        _tie("leads", "Omar Gul", "A group"),
        _tie("member_of", "Amir Shah", "A group", Speaker("Lala Jan", role="home minister")),
    ]
    assert private_names(people, claims, {"leads": ("subject",)}) == {"Amir Shah"}


def test_pseudonyms_are_stable_and_reach_into_quotes_but_not_into_longer_words() -> None:
    pseudonyms = Pseudonyms({"Amir Shah", "Shah"})
    told = pseudonyms.applied({"quote": "Amir Shah met Shahid and Shah.", "n": 3, "list": ["Amir Shah"]})
    assert "Amir" not in told["quote"]
    assert "Shahid" in told["quote"]
    assert told["list"][0] in told["quote"]
    assert told["n"] == 3


def test_no_names_means_nothing_is_changed() -> None:
    assert Pseudonyms(()).applied({"a": "Amir Shah"}) == {"a": "Amir Shah"}


@pytest.mark.parametrize("evil", ["=1+1", "+SUM(A1)", "-2", "@cmd", "\tx"])
def test_a_spreadsheet_never_takes_a_cell_for_a_formula(evil: str) -> None:
    [_, line] = csv_lines([{"a": evil, "n": -2}], ["a", "n"])
    [[cell, number]] = csv.reader([line])
    assert cell == f"'{evil}"
    assert number == "-2"


def test_exports_hold_every_incident_and_claim(demo_base: Path, tmp_path: Path) -> None:
    with open_store(demo_base, create=False) as base:
        events, claims = {e.id for e in base.events()}, {c.id for c in base.claims()}
    for what, ids in (("incidents", events), ("claims", claims)):
        lines = khabar(tmp_path, "export", "jsonl", "--what", what, "--store", str(demo_base)).stdout.splitlines()
        assert {json.loads(line)["id"] for line in lines} == ids
        table = khabar(tmp_path, "export", "csv", "--what", what, "--store", str(demo_base)).stdout
        assert {row["id"] for row in csv.DictReader(io.StringIO(table))} == ids


def test_asking_for_names_is_logged(demo_base: Path, tmp_path: Path) -> None:
    khabar(tmp_path, "export", "csv", "--names", "-o", "out.csv", "--store", str(demo_base))
    with open_store(demo_base, create=False) as base:
        assert any(run.command == "export incidents --names" for run in base.runs())


def test_an_incident_of_which_little_is_said_has_the_same_fields_as_one_told_in_full() -> None:
    bare = incident_json(Event("e", ("c",), ("d",), {}, {}, 1), {"d": ("7", "a.txt")})
    assert bare == {
        "id": "e",
        **dict.fromkeys(("type", "modality", "when", "weapon")),
        **dict.fromkeys(("killed", "injured", "arrested", "abducted", "attackers_killed")),
        "places": [],
        "targets": [],
        "rule": {},
        "documents": [{"id": "d", "external_id": "7", "file": "a.txt"}],
        "origins": 1,
        "corroboration": [],
        "claims": ["c"],
        "values": {},
        "attributions": [],
        "unsure_with": [],
    }


def test_every_incident_of_a_base_has_the_same_fields(demo_base: Path, tmp_path: Path) -> None:
    lines = khabar(tmp_path, "incidents", "-f", "jsonl", "--store", str(demo_base)).stdout.splitlines()
    assert len({frozenset(json.loads(line)) for line in lines}) == 1
