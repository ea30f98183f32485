"""Headlines of GED rows: which are asked, and their score on claims made by hand."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from by_hand import claim_in
from khabar.errors import EvaluationError
from khabar.evaluation.headlines import Headline, read_headlines, score_headlines
from khabar.evaluation.resolved import Resolved, resolve_texts
from khabar.evaluation.system import GoldText, System
from khabar.records import Count, Document, EventBody
from khabar.resolution.model import Resolution
from khabar.settings import load_settings

COLUMNS = ("id", "source_headline", "source_date", "date_start", "date_end", "adm_1")


def ged(tmp_path: Path, *rows: tuple[str, ...]) -> Path:
    path = tmp_path / "ged.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows])
    return path


def headline(text: str, row: str, day: str = "2013-03-05", province: str = "North") -> Headline:
    return Headline(text, day, row, day, province)


def test_headlines_are_those_that_tell_of_one_row_soon_after(tmp_path: Path) -> None:
    path = ged(
        tmp_path,
        ("", "#description", "", "", "", ""),
        ("1", "Bomb kills two in Gaddar;Second thoughts a year on;(Updating toll)", "2013-03-05;2014-03-05;2013-03-05",
         "2013-03-05 00:00", "2013-03-05 00:00", "North"),
        ("2", "Two blasts shake the north;Raid on camp kills five", "2013-03-06;2013-03-06", "2013-03-06 00:00",
         "2013-03-06 00:00", "North"),
        ("3", "Two blasts shake the north", "2013-03-06", "2013-03-06 00:00", "2013-03-06 00:00", "North"),
        ("4", "Shells fall on a village;and more", "2013-03-09", "2013-03-09 00:00", "2013-03-09 00:00", "South"),
        ("5", "Gunmen kill a guard here;Gunmen kill a guard here", "2013-03-09;2013-03-10", "2013-03-09 00:00",
         "2013-03-09 00:00", "South"),
    )  # fmt: skip
    assert [(h.row, h.text, h.day) for h in read_headlines(path)] == [
        ("1", "Bomb kills two in Gaddar", "2013-03-05"),
        ("2", "Raid on camp kills five", "2013-03-06"),
        ("5", "Gunmen kill a guard here", "2013-03-09"),
    ]


def test_no_event_has_more_than_four(tmp_path: Path) -> None:
    texts = [f"Bomb number {n} kills some" for n in range(7)]
    path = ged(tmp_path, ("1", ";".join(texts), ";".join(["2013-03-05"] * 7), "2013-03-05", "2013-03-05", "North"))
    assert [h.text for h in read_headlines(path)] == texts[:4]


def test_another_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"other\.csv has no column"):
        read_headlines(path)


def test_figures_are_as_counted_by_hand() -> None:
    # Rows A (three headlines, one of which tells nothing), B of the next day, C of another province.
    asked = [
        headline("Bomb kills two in Gaddar", "A"),
        headline("Blast in Gaddar kills three", "A", "2013-03-05"),
        headline("A minister regrets it all", "A"),
        headline("Shots kill one in Gaddar", "B", "2013-03-06"),
        headline("Shells kill one far away", "C", "2013-03-05", "South"),
    ]
    events = ["one", "two", None, "one", "one"]
    answers, event_of = [], dict[str, str]()
    for number, (h, event) in enumerate(zip(asked, events, strict=True)):
        body = EventBody("bombing", killed=Count(number + 1, number + 1, number + 1, "some"))
        claims = [claim_in(h.text, h.text, body, f"d{number}", id=f"c{number}")] if event else []
        answers.append((Document(f"d{number}", h.text), claims))
        event_of |= {f"c{number}": event} if event else {}
    outcome = score_headlines(asked, Resolved(answers, Resolution(), event_of))
    figures = {f.name: (f.value, f.size) for f in outcome.figures}
    # Labelled pairs: A1-A2 missed; A1-B put together; A2-B apart. C is of another province: no pair.
    assert figures["pairs of headlines"] == (0, 1)
    assert figures["near misses kept apart"] == (0.5, 2)
    assert figures["headlines that tell an incident"] == (0.8, 5)
    # B³: clusters {A1, B, C}, {A2}. Precision (1/3 + 1/3 + 1/3 + 1) / 4, recall (1/2 + 1/2 + 1 + 1) / 4.
    precision, recall = 0.5, 0.75
    assert figures["B³ of headlines"] == (pytest.approx(2 * precision * recall / (precision + recall)), 4)
    assert figures["headlines that tell an incident, months not looked at"][1] == 0
    assert {(s.kind, s.cause) for s in outcome.slips} == {
        ("missed", "another toll, kept apart"),
        ("false", "another toll, put together"),
    }


def test_even_months_have_figures_and_no_slips() -> None:
    asked = [headline("Bomb kills two in Gaddar", "A", "2013-04-05"), headline("It kills three", "A", "2013-04-05")]
    answers = [
        (Document(f"d{n}", h.text), [claim_in(h.text, h.text, EventBody("bombing"), f"d{n}", id=f"c{n}")])
        for n, h in enumerate(asked)
    ]
    outcome = score_headlines(asked, Resolved(answers, Resolution(), {"c0": "one", "c1": "two"}))
    figures = {f.name: (f.value, f.size) for f in outcome.figures}
    assert figures["pairs of headlines, months not looked at"] == (0, 1)
    assert outcome.slips == ()


def test_texts_are_resolved_as_in_a_run() -> None:
    system = System(replace(load_settings(), processes=1))
    texts = [
        GoldText("A suicide bomber killed 31 people at a bus station in Quetta on 3 May 2016.", "a.txt", "2016-05-04"),
        GoldText("On 3 May 2016 a bomber killed 31 at Quetta's bus station, police said.", "b.txt", "2016-05-05"),
        GoldText("Gunmen killed four men in Herat on 9 July 2016.", "c.txt", "2016-07-10"),
    ]
    resolved = resolve_texts(texts, system)
    events = [{resolved.event_of[c.id] for c in claims if c.id in resolved.event_of} for _, claims in resolved.answers]
    assert [len(found) for found in events] == [1, 1, 1]
    assert events[0] == events[1] != events[2]
