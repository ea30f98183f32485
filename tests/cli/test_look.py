from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from conftest import khabar
from khabar.exchange import claim_from_json
from khabar.store.opening import open_store


def _lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_incidents_as_json_lines_have_derived_values_rules_and_every_stated_value(demo_base: Path) -> None:
    incidents = _lines(khabar(demo_base.parent, "incidents", "-f", "jsonl", "--store", str(demo_base)).stdout)
    assert len(incidents) >= 20
    for incident in incidents:
        assert incident["type"]
        assert incident["claims"]
        assert incident["documents"]
        assert set(incident["rule"]) >= {"type"}  # type: ignore[arg-type]
        for values in incident["values"].values():  # type: ignore[attr-defined]
            assert all(value["claims"] for value in values)


def test_csv_json_and_table_list_the_same_incidents(demo_base: Path) -> None:
    def listed(form: str) -> str:
        return khabar(demo_base.parent, "incidents", "-f", form, "--store", str(demo_base)).stdout

    ids = [incident["id"] for incident in _lines(listed("jsonl"))]
    assert [row["id"] for row in csv.DictReader(io.StringIO(listed("csv")))] == ids
    assert [incident["id"] for incident in json.loads(listed("json"))] == ids
    table = listed("table")
    assert all(str(key) in table for key in ids)


def test_filters_narrow_the_list(demo_base: Path) -> None:
    def count(*options: str) -> int:
        return len(
            khabar(
                demo_base.parent, "incidents", "-f", "jsonl", "--store", str(demo_base), *options
            ).stdout.splitlines()
        )

    everything = count()
    assert 0 < count("--country", "pk") < everything
    assert 0 < count("--min-killed", "50") < everything
    assert 0 < count("--since", "2017-01-01", "--until", "2017-12-31") < everything
    assert count("--country", "pk", "--limit", "1") == 1


def test_claims_come_back_as_the_records_they_are(demo_base: Path) -> None:
    lines = _lines(khabar(demo_base.parent, "claims", "-f", "jsonl", "--store", str(demo_base)).stdout)
    assert {line["kind"] for line in lines} == {"event", "relation", "presence", "statement"}
    with open_store(demo_base, create=False) as base:
        for line in lines:
            claim = claim_from_json(line)
            assert base.claim(claim.id) == claim


def test_totals_are_listed_among_claims_and_never_among_incidents(demo_base: Path) -> None:
    totals = _lines(khabar(demo_base.parent, "claims", "--aggregates", "-f", "jsonl", "--store", str(demo_base)).stdout)
    assert totals
    members = {
        key
        for incident in _lines(khabar(demo_base.parent, "incidents", "-f", "jsonl", "--store", str(demo_base)).stdout)
        for key in incident["claims"]  # type: ignore[attr-defined]
    }
    assert not members & {total["id"] for total in totals}


def test_show_tells_an_incident_with_its_quotes_and_reasons(demo_base: Path) -> None:
    incidents = _lines(khabar(demo_base.parent, "incidents", "-f", "jsonl", "--store", str(demo_base)).stdout)
    several = max(incidents, key=lambda i: len(i["documents"]))  # type: ignore[arg-type]
    told = khabar(demo_base.parent, "show", str(several["id"])[:8], "--why", "--store", str(demo_base)).stdout
    assert "independent origin" in told
    assert "“" in told
    assert "why these reports are one incident" in told


def test_show_text_prints_the_archived_text_to_the_letter(demo_base: Path) -> None:
    with open_store(demo_base, create=False) as base:
        document = next(iter(base.documents()))
    done = khabar(demo_base.parent, "show", document.id[:12], "--text", "--store", str(demo_base))
    assert done.stdout == document.text


def test_actors_and_contradictions_are_listed(demo_base: Path) -> None:
    actors = _lines(khabar(demo_base.parent, "actors", "-f", "jsonl", "--store", str(demo_base)).stdout)
    assert any(actor["name"] == "Islamic State" for actor in actors)
    found = _lines(khabar(demo_base.parent, "contradictions", "-f", "jsonl", "--store", str(demo_base)).stdout)
    assert {c["kind"] for c in found} >= {"toll", "attribution"}
    assert all(len(c["sides"]) >= 2 for c in found)  # type: ignore[arg-type]


@pytest.mark.parametrize("command", ["incidents", "actors", "claims", "contradictions", "documents"])
def test_without_a_store_the_remedy_is_named(tmp_path: Path, command: str) -> None:
    done = khabar(tmp_path, command, code=1)
    assert "khabar add" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_an_unknown_id_is_one_line(demo_base: Path) -> None:
    done = khabar(demo_base.parent, "show", "ffffffffffffffff", "--store", str(demo_base), code=1)
    assert len(done.stderr.splitlines()) == 1
