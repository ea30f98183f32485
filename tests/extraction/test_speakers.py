from __future__ import annotations

import pytest

from khabar.extraction.indexed import index_reading
from khabar.extraction.speakers import speaker_of
from khabar.extraction.triggers import find_hits


@pytest.mark.parametrize(
    ("text", "name", "stance"),
    [
        ("The minister said gunmen had killed six farmers.", "minister", "asserted"),
        ("The minister claimed that six militants had been arrested.", "minister", "claimed"),
        ("According to the army, gunmen killed six farmers.", "army", "asserted"),
        ("Gunmen killed six farmers, the governor said.", "governor", "asserted"),
    ],
)
def test_speakers_and_their_stance(read, book, text: str, name: str, stance: str) -> None:
    reading = read(text)
    [line] = index_reading(reading, book).sentences
    saying = speaker_of(line, find_hits(line, book)[0].token, book, reading.text)
    assert saying is not None
    assert saying.speaker is not None
    assert name in saying.speaker.name
    assert saying.stance == stance


def test_an_unnamed_report_is_hedged(read, book) -> None:
    reading = read("It was reported that gunmen killed six farmers.")
    [line] = index_reading(reading, book).sentences
    saying = speaker_of(line, find_hits(line, book)[0].token, book, reading.text)
    assert saying is not None
    assert saying.speaker is None
    assert saying.stance == "hedged"


def test_the_document_itself_speaks(read, book) -> None:
    reading = read("Gunmen killed six farmers near Bamenda.")
    [line] = index_reading(reading, book).sentences
    assert speaker_of(line, find_hits(line, book)[0].token, book, reading.text) is None
