from __future__ import annotations

import time
from pathlib import Path

import pytest

from khabar.codebook.load import DEFAULT, book_names, load_codebook
from khabar.codebook.schemes import SCHEMES
from khabar.errors import CodebookError
from khabar.records import MODALITIES

BOOK = """
id: mine
version: "2"
title: Mine
extends: political-violence
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_default_book_has_the_types_of_the_claim_format() -> None:
    book = load_codebook()
    assert DEFAULT in book_names()
    assert book.key == "political-violence@1"
    assert {
        "bombing", "suicide_bombing", "armed_assault", "assassination", "ambush", "stabbing", "hostage", "arrest",
        "raid", "drone_strike", "foiled_plot", "other",
    } <= set(book.events)  # fmt: skip


def test_every_type_is_defined_and_mapped() -> None:
    for event in load_codebook().events.values():
        assert event.label, event.id
        assert event.definition, event.id
        assert set(event.codes) == set(SCHEMES), event.id


def test_parents_lead_to_a_type_without_parent() -> None:
    book = load_codebook()
    assert book.is_a("suicide_bombing", "bombing")
    assert not book.is_a("bombing", "suicide_bombing")
    assert not book.is_a(None, "bombing")


def test_loading_is_quick() -> None:
    load_codebook()
    started = time.perf_counter()
    load_codebook()
    assert time.perf_counter() - started < 0.5  # 0.15 s on an idle machine


def test_a_book_of_ones_own_adds_replaces_and_drops(tmp_path: Path) -> None:
    book = load_codebook(
        write(
            tmp_path,
            BOOK
            + """
drop: [riot]
events:
  bombing:
    definition: What we call a bombing.
    verbs: {explodes: [burst]}
  cyber_attack:
    label: Cyber attack
    definition: Systems broken into or shut down.
    parent: other
    violent: false
    nouns: {attack_on: [cyber assault]}
    codes: {plover: {event: COERCE, mode: cyber}}
""",
        )
    )
    assert book.key == "mine@2"
    assert "riot" not in book.events
    assert book.events["bombing"].definition == "What we call a bombing."
    words = {t.words for t in book.events["bombing"].triggers}
    assert {("burst",), ("explode",)} <= words
    assert book.is_a("cyber_attack", "other")
    assert book.matters("The hospital lost its files in a cyber assault.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("events: {bombing: {labl: X}}", "labl.*label"),
        ("events: {bombing: {codes: {acled: {event_type: Battle}}}}", "Battle.*Battles"),
        ("events: {bombing: {codes: {gtd: {attacktype: 12}}}}", "12"),
        ("events: {bombing: {verbs: {explods: [pop]}}}", "explods.*explodes"),
        ("events: {bombing: {parent: bmbing}}", "bmbing.*bombing"),
        ("events: {bombing: {violent: maybe}}", "maybe.*true or false"),
        ("frames: {attacks: {subject: culprit}}", "culprit.*perpetrator"),
        ("attributions: [{verb: claim, stance: claims, who: subject, about: event}]", "claims.*claimed"),
        ("drop: [bombings]", "bombings.*bombing"),
        ("evnts: {}", "evnts.*events"),
        ("events: {bombing: {parent: suicide_bombing}}", "ancestor"),
        ("events: [bombing]", "key: value"),
    ],
)
def test_a_wrong_book_names_file_line_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, BOOK + text + "\n")
    with pytest.raises(CodebookError, match=message) as caught:
        load_codebook(path)
    said = str(caught.value)
    assert str(path) in said
    assert "\n" not in said


def test_the_line_of_the_mistake_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, BOOK + "events:\n  bombing:\n    labl: X\n")
    with pytest.raises(CodebookError, match="line 8:"):
        load_codebook(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: [", "not YAML"),
        ("", "is empty"),
        ("- one\n- two\n", "key: value"),
        ("id: a\nid: b\n", "given twice"),
        ("extends: mine.yml\n", "circle"),
        ("extends: nowhere\n", "nowhere"),
    ],
)
def test_an_unreadable_book_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CodebookError, match=message):
        load_codebook(write(tmp_path, text))


def test_a_missing_book_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="political-violence"):
        load_codebook("political-violense")
    with pytest.raises(CodebookError, match="does not exist"):
        load_codebook(tmp_path / "none.yml")


def test_truth_words_of_yaml_stay_words(tmp_path: Path) -> None:
    book = load_codebook(write(tmp_path, BOOK + "events: {bombing: {verbs: {attacks: [no, on]}}}\n"))
    assert {("no",), ("on",)} <= {t.words for t in book.events["bombing"].triggers}


def test_modality_words_are_of_the_claim_format() -> None:
    assert set(load_codebook().modality.words.values()) <= set(MODALITIES)


def test_classes_have_codes_of_other_codebooks() -> None:
    book = load_codebook()
    assert book.class_code("targets", "police", "gtd", "targtype") == "3"
    assert book.class_code("weapons", "grenade", "acled", "sub_event_type") == "Grenade"
    assert book.class_code("targets", None, "gtd", "targtype") is None


def test_every_class_of_targets_and_weapons_has_codes() -> None:
    book = load_codebook()
    assert set(book.class_codes["targets"]) == set(book.targets)
    assert set(book.class_codes["weapons"]) == set(book.weapons)
