"""Time expressions against the table of `cases/dates.yml`, which a coder can read and extend."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.reading.dates import find_dates
from khabar.reading.model import DateMention
from khabar.records import Interval

TABLE = yaml.safe_load((Path(__file__).parent / "cases" / "dates.yml").read_text(encoding="utf-8"))


def interval(words: str) -> Interval:
    if words in ("open", "?"):
        return Interval()
    first, dots, last = words.partition("..")
    return Interval(first or None, last or None) if dots else Interval(first, first)


def written(mention: DateMention) -> str:
    """A mention in the notation of the table."""
    if mention.earliest is None and mention.latest is None:
        bounds = "?"
    elif mention.earliest == mention.latest:
        bounds = str(mention.earliest)
    else:
        bounds = f"{mention.earliest or ''}..{mention.latest or ''}"
    anchor = "" if mention.anchor == "absolute" and not mention.relation else mention.anchor
    return " ".join(f"{mention.text} = {bounds} {mention.precision} {anchor} {mention.relation}".split(" ")).rstrip()


def cases() -> list[Any]:
    failing = {(str(f["published"]), f["text"]): f["cause"] for f in TABLE["known_failures"]}
    rows = []
    for group in TABLE["groups"]:
        published = str(group["published"])
        for text, expected in group["cases"].items():
            cause = failing.get((published, text))
            marks = [pytest.mark.xfail(reason=cause, strict=True)] if cause else []
            rows.append(pytest.param(published, text, expected, marks=marks, id=f"{published}: {text[:60]}"))
    return rows


@pytest.mark.parametrize(("published", "text", "expected"), cases())
def test_every_time_expression_is_read_as_the_table_says(published: str, text: str, expected: list[str]) -> None:
    assert [written(m) for m in find_dates(text, interval(published))] == expected


def test_only_the_stretches_asked_for_are_read() -> None:
    text = "On 5 May 2016 it rained. On 6 May 2016 it snowed."
    found = find_dates(text, Interval(), [(25, len(text))])
    assert [m.text for m in found] == ["6 May 2016"]


def test_a_mention_never_reaches_over_two_stretches() -> None:
    text = "They met on Monday 5 May 2016 came later."
    cut = text.index(" 5 May")
    assert [m.text for m in find_dates(text, Interval(), [(0, cut), (cut, len(text))])] == ["Monday", "5 May 2016"]


def test_publication_caps_the_past() -> None:
    for mention in find_dates(
        "This week, this month, this year, in May and today.", Interval("2017-05-15", "2017-05-15")
    ):
        assert mention.latest == "2017-05-15", mention.text


def test_the_table_is_as_large_as_promised() -> None:
    texts = [text for group in TABLE["groups"] for text in group["cases"]]
    assert len(texts) >= 120
    assert not re.search(r"[\u0600-\u06ff]", "".join(texts))
