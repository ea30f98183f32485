"""Coded sets of every form, made up here, judge the claims found in their texts."""

from __future__ import annotations

import json
from pathlib import Path

from by_hand import claim_in
from khabar.evaluation.judged import ARTICLE, NEWSWIRE, Judged, sources
from khabar.evaluation.judged_events import Verdicts
from khabar.records import ActorRef, Claim, Count, EventBody, Presence, Relation, Statement
from khabar.records import Place as Site

_FRONT = ActorRef("the Red Lantern Front", "Red Lantern Front")


def _judge(judged: Judged, *claims: Claim) -> list[Verdicts]:
    return judged.judge(claims)


def test_golden_cases_judge_only_what_they_speak_of(tmp_path: Path) -> None:
    folder = tmp_path / "golden" / "cases"
    folder.mkdir(parents=True)
    (folder / "made-up.yml").write_text(
        "cases:\n"
        "- id: one\n"
        "  text: A bomb killed five people in Northport. Eight patients were moved. Two were arrested.\n"
        "  claims:\n"
        '  - {kind: event, quote: "A bomb killed five people", type: bombing, killed: [5, 5, 5], places: [Northport]}\n'
        "  not:\n"
        '  - {kind: event, quote: "Eight patients were moved."}\n'
    )
    [source] = sources(tmp_path, None)
    [judged] = source.texts
    text = judged.text.text
    other_type, nearest, forbidden, beside = _judge(
        judged,
        claim_in(text, "A bomb killed five people", EventBody("arson", killed=Count(5, 5, 5))),
        claim_in(text, "A bomb killed five people in Northport.", EventBody("bombing", killed=Count(4, 4, 4))),
        claim_in(text, "Eight patients were moved.", EventBody("other")),
        claim_in(text, "Two were arrested.", EventBody("arrest")),
    )
    assert beside == {}
    assert forbidden == {"claim": False}
    assert nearest == {"claim": True, "type": True, "killed": False, "places": False}
    assert other_type == {}  # the case is met by the claim that agrees with it most
    assert not source.natural
    assert source.weight < 1


def test_news_digests_are_coded_in_full_but_for_totals_and_plans(tmp_path: Path) -> None:
    text = "A bomb killed five people in Northport on Friday. Gunmen shot at a bus. Nine attacks were counted."
    row = {
        "id": "m1", "text": text, "published": "2019-05-04",
        "incidents": [{
            "type": "bombing", "evidence": "A bomb killed five people", "date_earliest": "2019-05-03",
            "date_latest": "2019-05-03", "places": ["Northport"], "killed": {"low": 5, "best": 5, "high": 5},
            "attributions": [{"actor": "Red Lantern Front (RLF)", "status": "claimed"}],
        }],
    }  # fmt: skip
    path = tmp_path / "shared" / NEWSWIRE
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(row) + "\n")
    (tmp_path / "golden").mkdir()
    digests = next(s for s in sources(tmp_path, tmp_path / "shared") if s.name == "news digests")
    [judged] = digests.texts
    bomb, bus, total, plan = _judge(
        judged,
        claim_in(text, "A bomb killed five people in Northport", EventBody("bombing", killed=Count(5, 5, 5))),
        claim_in(text, "Gunmen shot at a bus.", EventBody("armed_assault")),
        claim_in(text, "Nine attacks were counted.", EventBody("other", aggregate=9)),
        claim_in(text, "Gunmen shot at a bus.", EventBody("armed_assault"), modality="planned"),
    )
    assert bomb == {"claim": True, "type": True, "killed": True}
    assert bus == {"claim": False}
    assert total == plan == {}


def test_articles_are_coded_in_full_and_held_back_in_parts(tmp_path: Path) -> None:
    text = f"The Red Lantern Front is led by Omar Adil. It has cells in Northport, the author writes.{' ' * 5000}End."
    first, second = ((text.index(q), text.index(q) + len(q)) for q in ("led by Omar", "cells in Northport"))
    gold = {
        "actors": [
            {"id": "front", "canonical": "Red Lantern Front", "aliases": ["RLF"]},
            {"id": "omar", "canonical": "Omar Adil", "aliases": []},
        ],
        "documents": [{"file": "a.txt"}],
        "incidents": [],
        "relations": [
            {"doc": "a.txt", "start": first[0], "end": first[1], "type": "leads", "subject": "omar", "object": "front"}
        ],
        "presence": [
            {"doc": "a.txt", "start": second[0], "end": second[1], "actor": "front", "place": "Northport",
             "status": "present"}
        ],
        "statements": [],
    }  # fmt: skip
    shared = tmp_path / "shared"
    (shared / "seeds").mkdir(parents=True)
    (shared / ARTICLE).parent.mkdir(parents=True)
    (shared / ARTICLE).write_text(json.dumps(gold))
    (shared / "seeds" / "a.txt").write_text(text)
    (tmp_path / "golden").mkdir()
    article = next(s for s in sources(tmp_path, shared) if s.name == "analyst's article")
    [judged] = article.texts
    tie = claim_in(text, "led by Omar Adil", Relation("leads", ActorRef("Omar Adil", "Omar Adil"), _FRONT))
    there = claim_in(text, "has cells in Northport", Presence(_FRONT, Site("Northport", "Northport"), "absent"))
    said = claim_in(text, "the author writes", Statement("assessment", (_FRONT,)))
    event = claim_in(text, "End.", EventBody("bombing"))
    assert _judge(judged, tie, there, said, event) == [
        {"claim": True, "type": True, "subject": True, "object": True},
        {"claim": False, "actor": True, "place": True, "status": False},
        {"claim": False},
        {"claim": False},
    ]
    assert judged.group(tie) == judged.group(there) != judged.group(event)
