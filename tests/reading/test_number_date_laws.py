"""What holds of every text: mentions in order, text as sliced, bounds never backwards, time linear."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.reading.dates import find_dates
from khabar.reading.model import CountMention, DateMention, Mention
from khabar.reading.numbers import find_counts
from khabar.records import DATE_PRECISIONS, Interval

PUBLICATIONS = [
    Interval("2017-05-15", "2017-05-15"),
    Interval("2017-05-01", "2017-05-31"),
    Interval("2020-01-01", "2020-12-31"),
    Interval("2020-08-03", None),
    Interval(None, "2019-02-28"),
    Interval("2020-02-29", "2020-02-29"),
    Interval(),
]
ANCHORS = {"absolute", "published", "previous", "recurring", "open"}
RELATIONS = {"", "after", "before", "since", "until"}
KINDS = {
    "cardinal", "vague", "article", "ordinal", "percent", "money", "measure", "age", "time", "year", "part",
}  # fmt: skip

WORDS = r"""12 3 31 29 2016 1999 2,000 1,20,000 05/06/2017 2017-05-03 24-25 May March July Feb. SEPT Monday Friday Wed
    on in of the by since until before after from to between and or , ( ) - – . ' last next this same that following day
    night week month year years days hours ago later earlier early late mid- end quarter half first second Q1 summer
    spring 1990s today yesterday recently Christmas Easter Ramadan two five twenty hundred thousand dozen dozens several
    few a an at least more than over about up as many 59 60 61 km % $ aged -year-old people soldier killed 9/11 AK-47
    No. 999"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n", " "])
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(PIECES, max_size=30).map(" ".join),
    st.lists(PIECES, max_size=20).map("".join),
)


def ordered(mentions: list[DateMention] | list[CountMention], text: str) -> None:
    last = 0
    for mention in mentions:
        assert isinstance(mention, Mention)
        assert last <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        last = mention.end


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(PUBLICATIONS))
def test_date_mentions_are_ordered_and_never_run_backwards(text: str, published: Interval) -> None:
    mentions = find_dates(text, published)
    ordered(mentions, text)
    for mention in mentions:
        Interval(mention.earliest, mention.latest)  # RecordError where it runs backwards
        assert mention.precision in DATE_PRECISIONS
        assert mention.anchor in ANCHORS
        assert mention.relation in RELATIONS
        if published.latest is None and mention.anchor == "open":
            assert mention.earliest is None
            assert mention.latest is None


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_count_mentions_are_ordered_and_bounded(text: str) -> None:
    mentions = find_counts(text)
    ordered(mentions, text)
    for mention in mentions:
        assert mention.kind in KINDS
        assert mention.count.text == mention.text


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map(" ".join), st.lists(PIECES, min_size=1, max_size=12).map(" ".join))
def test_mentions_stay_inside_the_stretches_they_are_sought_in(one: str, other: str) -> None:
    text = one + other
    spans = [(0, len(one)), (len(one), len(text))]
    for mention in [*find_dates(text, PUBLICATIONS[0], spans), *find_counts(text, spans)]:
        assert mention.end <= len(one) or mention.start >= len(one)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "a ",
        "two ",
        "hundred and ",
        "early ",
        "the end of ",
        "12 ",
        "12-",
        "on ",
        "May ",
        "\n",
        " ",
        "2016 to ",
        "Monday, ",
        "three days after ",
        "5/",
        "59, ",
        "more than ",
        "an armed man ",
        "(",
        "twenty-",
        "from 3 to ",
    ],
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    begin = time.process_time()
    find_dates(text, PUBLICATIONS[0])
    find_counts(text)
    assert time.process_time() - begin < 8  # about one second on a quiet laptop; quadratic time would take minutes
