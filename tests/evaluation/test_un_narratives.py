"""The measure of narrative summaries, on a made-up list and made-up narratives scored by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabar.evaluation.names import words_of
from khabar.evaluation.un_gold import Entry, Narrative, alias_stretches, links, load_narratives, mentioned, typed_links
from khabar.evaluation.un_narratives import Scores, names_joined, stated
from khabar.records import ActorRef, Claim, Extractor, Passage, Relation, When

OWN = Entry("QDi.900", "KARIM OMAR HADDAD", ("Abu Salih", "Omar Haddad", "Karim the Elder"))
GROUP = Entry("QDe.901", "ANSAR AL-BAHR", ("Helpers of the Sea", "AAB"))
TEXT = (
    "Karim Omar Haddad was listed on 3 May 2010 pursuant to resolution 1904 (2009).\n"
    "Karim Omar Haddad, also known as Abu Salih, is a senior leader of Ansar al-Bahr (AAB) (QDe.901). "
    "Haddad met Abu Salih al-Masri in Gaza. He joined Jund al-Qamar (QDe.902) in 2001.\n"
    "Related listed individuals and entities:\nHelpers of the Sea (QDe.903)"
)
NARRATIVE = Narrative(OWN, "2010-05-03", TEXT)


def claim(kind: str, subject: str, object_: str, when: When | None = None) -> Claim:
    start = TEXT.index(subject)
    end = TEXT.index(object_, start) + len(object_)
    body = Relation(kind, ActorRef(subject, subject), ActorRef(object_, object_))
    passage = Passage("d", start, end, TEXT[start:end])
    return Claim(
        id=f"{kind} {subject} {object_}", kind="relation", passages=(passage,), body=body,
        extractor=Extractor("test", "1", "book@1"), when=when or When(),
    )  # fmt: skip


def figures(claims: list[Claim]) -> dict[str, tuple[float, int]]:
    scores = Scores({e.ref: e for e in (OWN, GROUP)})
    scores.add(NARRATIVE, claims)
    return {f.name: (f.value, f.size) for f in scores.outcome().figures}


def test_gold_aliases_are_other_names_that_stand_alone() -> None:
    assert alias_stretches(OWN, TEXT, words_of(TEXT)) == ["Abu Salih"]  # the short form and what is not said are out
    assert alias_stretches(GROUP, TEXT, words_of(TEXT)) == ["Helpers of the Sea", "AAB"]
    assert alias_stretches(OWN, "Abu Salih fled.", words_of("Abu Salih fled.")) == []


def test_two_persons_are_no_link() -> None:
    text = "Karim Omar Haddad met Tariq Zayn (QDi.904) and is a member of Ansar al-Bahr (QDe.901)."
    one = Narrative(OWN, "2010-05-03", text)
    assert list(mentioned(one)) == ["QDi.904", "QDe.901"]
    assert list(links(one)) == ["QDe.901"]
    group = Narrative(GROUP, "2010-05-03", text)
    assert list(links(group)) == ["QDi.904"]


def test_links_are_of_the_prose() -> None:
    assert list(links(NARRATIVE)) == ["QDe.901", "QDe.902"]
    typed = {link.ref: link.types for link in typed_links(NARRATIVE)}
    assert typed == {"QDe.902": frozenset({"member_of", "merged_into"})}  # the other sentence does not begin plainly


def test_nothing_found() -> None:
    found = figures([])
    assert found["aliases: recall"] == (0.0, 1)
    assert found["aliases of any listed one: recall"] == (0.0, 3)
    assert found["aliases: precision"] == (1.0, 0)
    assert found["listing dates: recall"] == (0.0, 1)
    assert found["linked entries tied: recall"] == (0.0, 2)
    assert found["linked entries: typed F1"] == (0.0, 1)


def test_all_found_and_one_wrong() -> None:
    day = When("2010-05-03", "2010-05-03", "day")
    found = figures(
        [
            claim("alias_of", "Karim Omar Haddad", "Abu Salih"),
            claim("alias_of", "Ansar al-Bahr", "AAB"),
            claim("alias_of", "Haddad met", "Gaza"),
            claim("designated_by", "Karim Omar Haddad", "resolution 1904 (2009)", day),
            claim("leads", "Karim Omar Haddad", "Ansar al-Bahr"),
            claim("member_of", "Haddad", "Jund al-Qamar"),
        ]
    )
    assert found["aliases: recall"] == (1.0, 1)
    assert found["aliases of any listed one: recall"][0] == pytest.approx(2 / 3)
    assert found["aliases: precision"][0] == pytest.approx(2 / 3)
    assert found["listing dates: recall"] == (1.0, 1)
    assert found["listing dates: precision"] == (1.0, 1)
    assert found["linked entries tied: recall"] == (1.0, 2)
    assert found["linked entries: typed F1"] == (1.0, 1)


def test_a_listing_of_another_day_is_wrong() -> None:
    found = figures(
        [claim("designated_by", "Karim Omar Haddad", "resolution", When("2009-01-01", "2009-12-31", "year"))]
    )
    assert found["listing dates: recall"] == (0.0, 1)
    assert found["listing dates: precision"] == (0.0, 1)


def test_a_tie_of_another_type_is_missed_and_wrong() -> None:
    found = figures([claim("funds", "Haddad", "Jund al-Qamar")])
    assert found["linked entries tied: recall"] == (0.5, 2)
    assert found["linked entries: typed F1"] == (0.0, 1)


def test_names_are_joined_over_a_third() -> None:
    pairs = [
        Relation("alias_of", ActorRef(a, a), ActorRef(b, b)) for a, b in (("A One", "B Two"), ("B Two", "C Three"))
    ]
    assert [set(group) for group in names_joined(pairs)] == [{"A One", "B Two", "C Three"}]


def test_stated_needs_a_marker_or_initials_and_whole_names() -> None:
    for subject, object_, right in (
        ("Karim Omar Haddad", "Abu Salih", True),
        ("Ansar al-Bahr", "AAB", True),
        ("Haddad", "Gaza", False),
    ):
        said = claim("alias_of", subject, object_)
        if subject == "Karim Omar Haddad":  # its second mention, beside the marker
            start = TEXT.index("Karim Omar Haddad, also")
            said = Claim(
                id="x", kind="relation", passages=(Passage("d", start, start + 45, TEXT[start : start + 45]),),
                body=said.body, extractor=said.extractor,
            )  # fmt: skip
        assert isinstance(said.body, Relation)
        assert stated(TEXT, said, said.body) is right


def test_rows_of_the_files(tmp_path: Path) -> None:
    row = {
        "ref": "QDe.1", "name": "SALT MARSH FRONT (SMF)", "listed_on": "2015-04-07-04:00", "narrative": "…",
        "aliases": [{"name": "Marsh Front; Men of Salt", "quality": "a.k.a."}, {"name": "Reed Army (Kenya)"}],
    }  # fmt: skip
    path = tmp_path / "n.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    [one] = load_narratives(path)
    assert one.listed_on == "2015-04-07"
    assert one.entry == Entry("QDe.1", "SALT MARSH FRONT", ("SMF", "Marsh Front", "Men of Salt", "Reed Army"))
