"""Another rule than the base's is applied as incidents are shown, and gives what a run by that rule gives."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from command import khabar
from copies import copied
from khabar.by_rule import ByRule
from khabar.codebook.load import load_codebook
from khabar.settings import RULE_NAMES
from khabar.store.opening import open_store


def listed(base: Path, *options: str, **environment: str) -> dict[str, dict[str, Any]]:
    told = khabar(
        base.parent, "incidents", "-f", "jsonl", "--store", str(base), *options, env={**os.environ, **environment}
    ).stdout
    return {incident["id"]: incident for incident in map(json.loads, told.splitlines())}


@pytest.mark.parametrize("rule", [name for name in RULE_NAMES if name != "majority"])
def test_a_rule_at_view_time_is_the_rule_of_a_run(demo_base: Path, tmp_path: Path, rule: str) -> None:
    copy = tmp_path / "demo.db"
    copied(demo_base, copy)
    khabar(tmp_path, "run", "--store", str(copy), "--rule", rule, "--processes", "1")
    with open_store(str(demo_base), create=False) as base, open_store(str(copy), create=False) as again:
        assert again.overview().rule == rule
        shown = {event.id: event for event in ByRule(base, load_codebook(), rule).events(base.events())}
        stored = {event.id: event for event in again.events()}
    assert shown == stored
    assert any(rule in derived.rule for event in stored.values() for derived in event.derived.values())


def test_what_is_stated_stays_and_the_rule_stands_beside_what_is_shown(demo_base: Path) -> None:
    usual, careful = listed(demo_base), listed(demo_base, "--rule", "conservative")
    assert usual.keys() == careful.keys()
    assert all(usual[key]["values"] == careful[key]["values"] for key in usual)
    tolls = [key for key in usual if len(usual[key]["values"].get("killed", ())) > 1]
    assert tolls
    assert all(careful[key]["killed"]["best"] <= usual[key]["killed"]["best"] for key in tolls)
    assert any(careful[key]["rule"]["killed"].startswith("conservative: ") for key in tolls)


def test_filters_compare_with_what_the_rule_shows(demo_base: Path) -> None:
    for rule in RULE_NAMES:
        found = listed(demo_base, "--rule", rule, "--min-killed", "60")
        assert found
        assert all(incident["killed"]["best"] >= 60 for incident in found.values())


def test_the_setting_is_the_rule_where_no_option_is(demo_base: Path) -> None:
    assert listed(demo_base, KHABAR_RULE="ucdp") == listed(demo_base, "--rule", "ucdp")
    wrong = khabar(demo_base.parent, "incidents", code=1, env={**os.environ, "KHABAR_RULE": "best"}).stderr
    assert "KHABAR_RULE is 'best'" in wrong


def test_show_tells_the_origins_and_why_they_are_so_few(demo_base: Path) -> None:
    several = [i for i in listed(demo_base).values() if len(i["documents"]) > 1]
    joined = next(i for i in several if i["origins"] < len(i["documents"]))
    told = khabar(demo_base.parent, "show", joined["id"], "--store", str(demo_base)).stdout
    assert f"{len(joined['documents'])} reports, {joined['origins']} independent origin" in told
    assert joined["origins"] == len(joined["corroboration"])
    for origin in joined["corroboration"]:
        assert all(reason in told for reason in origin["why"])
