from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.extraction.ground import LONGEST, Draft, ground
from khabar.reading.model import Reading
from khabar.records import Claim, Count, Document, Edit, EventBody, Extractor, Passage, Place, Speaker, Weapon, When
from khabar.text import repaired_text

TEXT = "A report.  Gunmen   killed six farmers near Bamenda on Monday.1 The army said so. " + "Words follow. " * 80


def reading(text: str = TEXT, repairs: tuple[Edit, ...] = ()) -> Reading:
    document = Document(id="d" * 64, text=text, repairs=repairs)
    return Reading(document, repaired_text(document), [])


def draft(body: EventBody, evidence: tuple[tuple[int, int], ...], **more: object) -> Draft:
    claim = Claim(
        id="draft",
        kind="event",
        passages=(Passage("d" * 64, 0, 1, "A"),),
        body=body,
        extractor=Extractor("rules", "1", "b@1"),
    )
    support = more.pop("support", ())
    return Draft(replace(claim, **more), evidence, support)  # type: ignore[arg-type]


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


KILLED = EventBody("armed_assault", killed=Count(6, 6, 6, "six farmers"))


def test_a_grounded_claim_quotes_its_document() -> None:
    done = ground([draft(KILLED, (span("Gunmen   killed six farmers near Bamenda"),))], reading())
    [claim] = done.claims
    assert done.refused == []
    assert claim.passages[0].quote == "Gunmen   killed six farmers near Bamenda"
    assert len(claim.id) == 16


def test_letters_that_look_alike_say_the_same_and_stay_as_they_were_written() -> None:
    other = TEXT.replace("six farmers", "six f\u0430rm\u0435rs")
    [claim] = ground([draft(KILLED, (span("Gunmen   killed six f\u0430rm\u0435rs", other),))], reading(other)).claims
    assert claim.passages[0].quote == "Gunmen   killed six f\u0430rm\u0435rs"


@pytest.mark.parametrize(
    "wrong",
    [
        EventBody("armed_assault", killed=Count(7, 7, 7, "seven farmers")),
        EventBody("armed_assault", places=(Place("Bafoussam", "Bafoussam"),)),
        EventBody("armed_assault", weapon=Weapon("rifles")),
    ],
)
def test_what_the_text_does_not_say_is_refused(wrong: EventBody) -> None:
    done = ground([draft(wrong, (span("Gunmen   killed six farmers near Bamenda"),))], reading())
    assert done.claims == []
    assert "does not say" in str(done.refused[0])


def test_a_value_from_elsewhere_needs_its_own_passage() -> None:
    where = (span("Gunmen   killed six farmers"),)
    about = {"when": When("2018-05-07", "2018-05-07", "day", "Monday"), "speaker": Speaker("The army")}
    assert ground([draft(KILLED, where, **about)], reading()).claims == []
    more = (span("Monday"), span("The army"))
    [claim] = ground([draft(KILLED, where, support=more, **about)], reading()).claims
    assert [p.quote for p in claim.passages] == ["Gunmen   killed six farmers", "Monday", "The army"]


def test_equal_claims_are_one() -> None:
    one = draft(KILLED, (span("killed six farmers"),))
    assert len(ground([one, one], reading()).claims) == 1


def test_offsets_are_of_the_archived_text_also_after_repairs() -> None:
    repairs = (Edit(17, 20, " ", "blanks"), Edit(TEXT.index(".1") + 1, TEXT.index(".1") + 2, "", "note"))
    repaired = reading(repairs=repairs)
    [claim] = ground([draft(KILLED, (span("Gunmen killed six farmers", repaired.text),))], repaired).claims
    assert claim.passages[0].quote == "Gunmen   killed six farmers"


@given(st.integers(0, len(TEXT) - 2), st.integers(1, len(TEXT)))
def test_every_passage_is_a_short_slice_of_the_text(start: int, length: int) -> None:
    end = min(start + length, len(TEXT))
    done = ground([draft(EventBody("other"), ((start, end),))], reading())
    for claim in done.claims:
        for passage in claim.passages:
            assert TEXT[passage.start : passage.end] == passage.quote
            assert len(passage.quote) <= LONGEST
            assert start <= passage.start < passage.end <= end
