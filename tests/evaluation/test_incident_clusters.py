"""Clusters of mentions, counted by hand, and the ways from digests and samples to them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from by_hand import bare_claim, claim_in
from khabar.evaluation.golden_incidents import Base, GoldenIncident
from khabar.evaluation.incident_clusters import Item, digest_items, hard_negatives, sample_items, score_items
from khabar.evaluation.newswire_gold import load_reports
from khabar.evaluation.resolved import Resolved
from khabar.records import Document, Event, EventBody
from khabar.resolution.model import Resolution

OWN = Path(__file__).resolve().parents[2] / "eval" / "clusters.jsonl"
# Two reports tell of the ferry, two of the bridge, one of the mill; r3 tells of ferry and bridge.
ITEMS = [Item("r1", "ferry"), Item("r3", "ferry"), Item("r2", "bridge"), Item("r3", "bridge"), Item("r4", "mill")]
PERFECT = {item.key: item.incident for item in ITEMS}


def figures(event_of: dict[tuple[str, str], str], negatives: Any = ()) -> dict[str, tuple[float, int]]:
    return {f.name: (f.value, f.size) for f in score_items(ITEMS, event_of, negatives).figures}


def test_the_truth_is_without_fault() -> None:
    outcome = score_items(ITEMS, PERFECT, [(("r2", "bridge"), "ferry")])
    assert [f.value for f in outcome.figures] == [1, 1, 1, 0, 1]
    assert outcome.slips == ()


def test_a_split_and_a_merged_cluster_are_counted() -> None:
    found = {**PERFECT, ("r3", "ferry"): "alone", ("r4", "mill"): "bridge"}
    result = figures(found, [(("r4", "mill"), "bridge"), (("r2", "bridge"), "ferry")])
    assert result["clusters right"] == (0, 3)  # the ferry is split, the bridge has the mill in it, and so the mill
    # Pairs: bridge-bridge right; bridge-mill twice wrong; ferry-ferry missed.
    assert result["pairs of mentions"] == (pytest.approx(2 / (2 + 2 + 1)), 2)
    assert result["hard negatives joined"] == (1, 2)
    causes = sorted((s.kind, s.cause) for s in score_items(ITEMS, found, ()).slips)
    assert causes == [
        ("false", "another incident is put with it"),
        ("false", "another incident is put with it"),
        ("false", "another incident is put with it"),
        ("missed", "told as another incident"),
    ]


def test_a_mention_that_nobody_found_is_a_cluster_of_its_own() -> None:
    found = {key: event for key, event in PERFECT.items() if key != ("r3", "bridge")}
    result = figures(found)
    assert result["clusters right"] == (pytest.approx(2 / 3), 3)
    assert result["mentions found"] == (0.8, 5)
    assert result["pairs of mentions"] == (pytest.approx(2 / 3), 2)


def test_claims_of_digests_are_paired_with_their_incidents(tmp_path: Path) -> None:
    text = "Raiders killed 9 men in Mopti on 4 May 2019. A bomb hurt 3 men in Gao on 7 May 2019."
    plain = {"main": True, "type_also": [], "country": "ML", "injured": None, "attackers_killed": None,
             "attributions": [], "killed": None}  # fmt: skip
    raid = {**plain, "cluster": "mopti", "type": "armed_assault", "date_earliest": "2019-05-04",
            "date_latest": "2019-05-04", "places": ["Mopti"], "evidence": "Raiders killed 9 men"}  # fmt: skip
    bomb = {**plain, "cluster": "gao", "type": "bombing", "date_earliest": "2019-05-07", "main": False,
            "date_latest": "2019-05-07", "places": ["Gao"], "evidence": "A bomb hurt 3 men"}  # fmt: skip
    rows = [
        {"id": "a", "text": text, "published": "2019-05-08", "incidents": [raid, bomb], "hard_negative_for": "gao"},
        {"id": "b", "text": text, "published": "2019-05-08", "incidents": [raid]},
    ]
    path = tmp_path / "dev.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    reports = load_reports(path)
    claims = [
        claim_in(text, "A bomb hurt 3 men in Gao on 7 May 2019.", EventBody("bombing"), id="c1"),
        claim_in(text, "Raiders killed 9 men in Mopti on 4 May 2019.", EventBody("armed_assault"), id="c2"),
    ]
    answers = [(Document("d", text), claims), (Document("d", text), claims[:1])]
    items, event_of = digest_items(reports, Resolved(answers, Resolution(), {"c1": "e1", "c2": "e2"}))
    assert [item.key for item in items] == [("a", "mopti"), ("a", "gao"), ("b", "mopti")]
    assert event_of == {("a", "mopti"): "e2", ("a", "gao"): "e1"}
    assert hard_negatives(path, reports) == [(("a", "mopti"), "gao")]


def test_mentions_of_samples_are_found_by_their_words() -> None:
    text = "Raiders killed 9 men in Mopti. In the Mopti raid nine died."
    documents = {"one.txt": Document("d1", text), "two.txt": Document("d2", text)}
    quote, later = "Raiders killed 9 men in Mopti.", "In the Mopti raid nine died."
    claims = [
        claim_in(text, quote, EventBody("armed_assault"), "d1", id="c1"),
        claim_in(text, later, EventBody("armed_assault"), "d1", id="c2"),
        claim_in(text, later, EventBody("armed_assault"), "d2", id="c3"),
        bare_claim(EventBody("bombing"), id="c4"),
    ]
    events = [Event("e1", ("c1", "c3"), ("d1", "d2"), {}, {}), Event("e2", ("c2",), ("d1",), {}, {})]
    golden = GoldenIncident("mopti", {"one.txt": f"{quote} {later}", "two.txt": later}, (9,))
    items, event_of = sample_items([golden], Base(documents, claims, events))
    assert [item.key for item in items] == [("one.txt", "mopti"), ("two.txt", "mopti")]
    # The words of the first hold claims of both events; the one that the second shares counts.
    assert event_of == {("one.txt", "mopti"): "e1", ("two.txt", "mopti"): "e1"}


def test_our_own_reports_tell_each_attack_more_than_once_and_mark_what_looks_alike() -> None:
    reports = load_reports(OWN)
    told = Counter(gold.name for report in reports for gold in report.incidents)
    assert sum(count > 1 for count in told.values()) >= 12
    negatives = hard_negatives(OWN, reports)
    assert len(negatives) >= 8
    assert {name for _key, name in negatives} <= set(told)
    assert all(key[1] != name for key, name in negatives)
