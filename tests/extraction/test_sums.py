"""What number is said of a sum, in whatever way the sentence says it."""

from __future__ import annotations

import pytest

from khabar.extraction.indexed import index_reading
from khabar.extraction.sums import exceeded, respective, stated_sum


@pytest.mark.parametrize(
    ("text", "word", "number"),
    [
        ("The death toll from the bombing in Jos rose to 64.", "toll", "64"),
        ("Doctors in Aden put the number of dead at 31 after the attack.", "dead", "31"),
        ("The toll of the attack in Herat is now 14.", "toll", "14"),
        ("A tenth death brought the toll of the shooting in Bern to ten.", "toll", "ten"),
        ("Death toll in Kismayo bombing climbs to 22", "toll", "22"),
        ("The toll of the bombing in Jos topped 40.", "toll", "40"),
    ],
)
def test_the_number_of_a_sum(read, book, text: str, word: str, number: str) -> None:
    [line] = index_reading(read(text), book).sentences
    tokens = line.sentence.tokens
    [found] = stated_sum(line, next(t.i for t in tokens if t.text == word))
    assert tokens[found].text == number
    assert exceeded(line, found) is ("topped" in text)


def test_no_sum_no_number(read, book) -> None:
    [line] = index_reading(read("The dead of the attack in Jos included 12 pupils."), book).sentences
    assert stated_sum(line, 1) == []


def test_respectively_gives_each_its_own(read, book) -> None:
    text = "The number of dead and wounded in the bombing in Herat rose to 12 and 31 respectively."
    [line] = index_reading(read(text), book).sentences
    words = [t.i for t in line.sentence.tokens if t.text in ("dead", "wounded")]
    assert [line.sentence.tokens[n].text for n in respective(line, words).values()] == ["12", "31"]
    assert respective(line, words[:1]) == {}
