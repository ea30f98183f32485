from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command import khabar
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


def test_the_terms_shown_add_up_to_the_score_shown(demo_base: Path) -> None:
    with open_store(demo_base, create=False) as base:
        every = list(base.judgements())
        compared = [e.id for e in base.events() if len(e.documents) > 1]
    assert len([j for j in every if j.by == "rule:events@2"]) > 50
    for judgement in every:
        assert round(sum(r.score for r in judgement.reasons), 3) == judgement.score, judgement
    lines = khabar(demo_base.parent, "show", compared[0], "--why", "--store", str(demo_base)).stdout.splitlines()
    shown = [re.match(r"    (same|unsure|different), (\S+), by|      ([+-]\d+\.\d\d) ", line) for line in lines]
    terms: list[list[float]] = []
    for found in filter(None, shown):
        if found[1]:
            terms.append([-float(found[2])])
        else:
            terms[-1].append(float(found[3]))
    assert terms
    assert all(abs(sum(each)) < 0.001 for each in terms)  # cents of floating point


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


@pytest.mark.parametrize(
    ("command", "options", "remedy"),
    [
        ("incidents", ("--since", "yesterday"), "2016-10-24"),
        ("incidents", ("--until", "2016-13-01"), "2016-10-24"),
        ("incidents", ("--country", "Pakistan"), "PK"),
        ("incidents", ("--type", "bommbing"), "codebook show"),
        ("claims", ("--type", "bommbing"), "codebook show"),
        ("claims", ("--kind", "events"), "event, relation"),
        ("claims", ("--stance", "sure"), "asserted"),
        ("claims", ("--modality", "maybe"), "foiled"),
        ("actors", ("--kind", "group"), "organization"),
        ("contradictions", ("--kind", "tolls"), "toll"),
        ("documents", ("--state", "new"), "pending"),
    ],
)
def test_a_filter_word_nobody_knows_is_no_empty_list(
    demo_base: Path, command: str, options: tuple[str, ...], remedy: str
) -> None:
    done = khabar(demo_base.parent, command, *options, "--store", str(demo_base), code=1)
    assert len(done.stdout.splitlines()) <= 1  # at most the heading of the table
    assert options[1] in done.stderr
    assert remedy in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_every_kind_of_contradiction_that_is_found_can_be_asked_for(demo_base: Path) -> None:
    found = _lines(khabar(demo_base.parent, "contradictions", "-f", "jsonl", "--store", str(demo_base)).stdout)
    for kind in {str(c["kind"]) for c in found}:
        asked = khabar(demo_base.parent, "contradictions", "--kind", kind, "-f", "jsonl", "--store", str(demo_base))
        assert _lines(asked.stdout) == [c for c in found if c["kind"] == kind]


@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl"])
def test_a_reader_that_stops_early_is_no_error(demo_base: Path, form: str) -> None:
    command = f"{sys.executable} -m khabar claims -f {form} --store {demo_base}; echo ended $? >&2"
    done = subprocess.run(
        ["bash", "-c", f"({command}) | head -n 1"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.count("\n") == 1
    assert "ended 0" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_output_goes_through_a_pipe_or_a_device_and_never_takes_its_place(demo_base: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        khabar(tmp_path, "incidents", "-f", "jsonl", "--limit", "2", "-o", str(pipe), "--store", str(demo_base))
        assert reader.stdout is not None
        assert len(_lines(reader.stdout.read())) == 2
    assert pipe.is_fifo()


def test_output_through_a_link_changes_the_file_it_points_at(demo_base: Path, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    khabar(tmp_path, "actors", "-f", "csv", "-o", "link.csv", "--store", str(demo_base))
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8").startswith("id,")


def test_output_to_a_folder_is_refused(demo_base: Path, tmp_path: Path) -> None:
    done = khabar(tmp_path, "actors", "-o", str(tmp_path), "--store", str(demo_base), code=1)
    assert "is a folder" in done.stderr
