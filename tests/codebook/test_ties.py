from __future__ import annotations

from pathlib import Path

import pytest

from khabar.codebook.check import check_codebook
from khabar.codebook.load import load_codebook
from khabar.codebook.ties import DRAWN, MEANS, Ties

HEAD = "id: mine\nversion: '1'\ntitle: Mine\nextends: political-violence\n"
TYPES = [
    "alias_of",
    "part_of",
    "leads",
    "led",
    "member_of",
    "pledged_allegiance",
    "split_from",
    "merged_into",
    "allied_with",
    "rival_of",
    "funds",
    "recruits_from",
    "replaced_by",
    "designated_by",
    "killed",
    "killed_in",
    "founded",
    "spokesperson_of",
    "affiliated_with",
    "opens_branch",
]


def findings(folder: Path, text: str) -> list[str]:
    path = folder / "mine.yml"
    path.write_text(HEAD + text + "\n", encoding="utf-8")
    return [str(f) for f in check_codebook(path)]


def test_the_default_book_defines_every_relation_type_of_the_claim_format() -> None:
    book = load_codebook()
    assert sorted(book.relations) == sorted(TYPES)
    assert {name: book.relations[name].public for name in ("leads", "founded", "designated_by")} == {
        "leads": ("subject",),
        "founded": ("subject",),
        "designated_by": ("subject",),
    }
    assert {r.id for r in book.relations.values() if r.symmetric} == {"alias_of", "allied_with", "rival_of"}
    assert book.relations["leads"].past_form == "led"


def test_the_default_book_says_how_each_tie_is_drawn_and_what_it_means_for_a_life() -> None:
    relations = load_codebook().relations
    assert {r.drawn for r in relations.values()} - {None} == set(DRAWN)
    assert {r.means for r in relations.values()} - {None} == set(MEANS)
    assert relations["part_of"].lasting
    assert not relations["split_from"].lasting
    assert "part_of" in relations["split_from"].ends
    assert all(end in relations for r in relations.values() for end in r.ends)


def test_every_type_but_those_made_otherwise_has_a_wording() -> None:
    ties = load_codebook().ties
    assert isinstance(ties, Ties)
    worded = {p.type for p in ties.patterns}
    assert set(TYPES) - worded == {"led"}  # the past of `leads`


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("relation_types: {owns: {label: O, definition: D., direction: a}}", ""),
        ("relation_types: {owns: {label: O, definition: D.}}", "direction is missing"),
        ("relation_types: {leads: {publc: [subject]}}", "Did you mean 'public'?"),
        ("relation_types: {leads: {public: [subjct]}}", "Did you mean 'subject'?"),
        ("relation_types: {leads: {subject: [persn]}}", "Did you mean 'person'?"),
        ("relation_types: {leads: {past_form: ledd}}", "Did you mean 'led'?"),
        ("relation_types: {leads: {ends: [memberof]}}", "Did you mean 'member_of'?"),
        ("relation_types: {leads: {drawn: splt}}", "Did you mean 'split'?"),
        ("relation_types: {leads: {means: offce}}", "Did you mean 'office'?"),
        ("relation_types: {leads: {lasting: perhaps}}", "Write true or false."),
        (
            "relation_types: {leads: {patterns: [{verb: [run], agnt: subject, patient: object}]}}",
            "Did you mean 'agent'?",
        ),
        ("relation_types: {leads: {patterns: [{verb: [run], agent: subject}]}}", "where both sides stand"),
        ("relation_types: {leads: {patterns: [{agent: subject, patient: object}]}}", "`verb:` or `noun:`"),
        ("relation_types: {leads: {patterns: [{verb: [commanded], agent: subject, patient: object}]}}", "inflected"),
        ("relation_types: {leads: {patterns: [{verb: [lead], agent: subject, patient: object}]}}", "listed twice"),
        ("presence: {presnt: {nouns: [lair]}}", "Did you mean 'present'?"),
        ("presence: {present: {noun: [lair]}}", "Did you mean 'nouns'?"),
        ("statements: {forcast: {verbs: [augur]}}", "Did you mean 'forecast'?"),
        ("tie_words: {alon: [allegiance]}", "Did you mean 'alone'?"),
    ],
)
def test_each_fault_is_found_with_its_line_and_what_was_meant(tmp_path: Path, text: str, message: str) -> None:
    found = findings(tmp_path, text)
    if not message:
        assert found == []
    else:
        assert any(message in line and "mine.yml, line 5" in line for line in found), found


def test_a_book_of_ones_own_adds_wording(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(HEAD + "relation_types: {leads: {patterns: [{verb: [helm], agent: subject, patient: object}]}}\n")
    ties = load_codebook(path).ties
    assert ("helm",) in {w for p in ties.patterns for w in p.words if p.type == "leads"}
    assert ("lead",) in {w for p in ties.patterns for w in p.words if p.type == "leads"}


@pytest.mark.parametrize(
    ("text", "alone", "with_actor"),
    [
        ("The town council swore allegiance to its charter.", True, True),
        ("The leader of the choir joined the members for lunch.", False, True),
        ("Shares will rise next year.", False, True),
        ("The cat sat on the mat.", False, False),
    ],
)
def test_ordinary_words_make_a_sentence_matter_only_beside_an_armed_group(
    text: str, alone: bool, with_actor: bool
) -> None:
    book = load_codebook()
    assert book.matters(text) is alone
    assert book.matters_with_actor(text) is with_actor
