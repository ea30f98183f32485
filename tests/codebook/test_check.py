from __future__ import annotations

from pathlib import Path

import pytest

from khabar.codebook.check import check_codebook

HEAD = "id: mine\nversion: '1'\ntitle: Mine\nextends: political-violence\n"


def findings(folder: Path, text: str) -> list[str]:
    path = folder / "mine.yml"
    path.write_text(HEAD + text, encoding="utf-8")
    return [str(f) for f in check_codebook(path)]


def test_our_book_is_clean() -> None:
    assert [str(f) for f in check_codebook("political-violence")] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("events: {bombing: {verbs: {attacks: [bomb]}}}", "'bomb' is listed twice"),
        ("events: {stabbing: {verbs: {attacks: [bomb]}}}", "already a trigger of bombing"),
        ("events: {bombing: {verbs: {attacks: [bombarded]}}}", "looks inflected"),
        ("events: {bombing: {nouns: {blast_at: [Big Bang]}}}", "has capitals"),
        ("frames: {spare: {subject: perpetrator}}", "no trigger follows this frame"),
        ("events: {flood: {label: Flood, definition: Water.}}", "nothing can be coded"),
        ("events: {flood: {label: Flood, definition: Water.}}", "no acled mapping"),
        ("events: {bombing: {codes: {acled: {sub_event_type: Attack}}}}", "no sub-event 'Attack'"),
        ("events: {bombing: {labl: X}}", "labl"),
        ("events: {flood: {label: Flood}}", "definition is missing"),
    ],
)
def test_each_kind_of_fault_is_found_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    found = findings(tmp_path, text + "\n")
    assert any(message in line and "mine.yml, line 5" in line for line in found), found


def test_an_unreadable_book_is_a_finding(tmp_path: Path) -> None:
    assert "does not exist" in str(check_codebook(tmp_path / "none.yml")[0])


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    assert len(findings(tmp_path, "events: {bombing: {labl: X, parnt: Y}, raid: {violent: no}}\n")) == 3
