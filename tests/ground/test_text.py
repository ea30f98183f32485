from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import RecordError
from khabar.records import Document, Edit
from khabar.text import Repaired, content_id, fold, repaired_text


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(min_size=1, max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    edits = [
        Edit(start, end, draw(st.text(max_size=4)), "drawn") for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return text, edits


@given(edited_texts())
def test_every_repaired_character_maps_back_to_the_characters_it_came_from(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    repaired = Repaired(text, edits)
    for position in range(len(repaired.text)):
        start, end = repaired.span(position, position + 1)
        assert 0 <= start <= end <= len(text)
        untouched = not any(e.start <= start < e.end or (e.start == start and e.replacement) for e in edits)
        if untouched:
            assert text[start:end] == repaired.text[position]


@given(edited_texts(), st.data())
def test_spans_keep_their_order(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    repaired = Repaired(*case)
    if len(repaired.text) < 2:
        return
    a = data.draw(st.integers(0, len(repaired.text) - 2))
    b = data.draw(st.integers(a + 1, len(repaired.text) - 1))
    assert repaired.span(a, a + 1)[0] <= repaired.span(b, b + 1)[0]
    whole = repaired.span(a, b + 1)
    assert whole[0] <= repaired.span(a, a + 1)[0]
    assert whole[1] >= repaired.span(b, b + 1)[1]


def test_a_glued_footnote_digit_is_left_out_and_the_quote_is_the_original() -> None:
    text = "It ended in July 2016.1 Nobody came."
    repaired = Repaired(text, [Edit(22, 23, "", "footnote")])
    assert repaired.text == "It ended in July 2016. Nobody came."
    start, end = repaired.span(0, len(repaired.text))
    assert text[start:end] == text


def test_a_run_of_blanks_is_one_blank_and_maps_to_the_whole_run() -> None:
    repaired = Repaired("a \u00a0 b", [Edit(1, 4, " ", "blanks")])
    assert repaired.text == "a b"
    assert repaired.span(1, 2) == (1, 4)
    assert repaired.span(2, 3) == (4, 5)


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(RecordError, match="overlap"):
        Repaired("abcdef", [Edit(0, 3, "", ""), Edit(2, 4, "", "")])


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (0, 9)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(RecordError):
        Repaired("abc", []).span(*span)


def test_boilerplate_is_a_paragraph_break_and_swallows_the_repairs_inside_it() -> None:
    document = Document(
        id="d",
        text="News.\nRelated posts  here\nMore news.",
        repairs=(Edit(19, 21, " ", "blanks"),),
        skipped=((6, 26),),
    )
    assert repaired_text(document).text == "News.\n\n\nMore news."


_LINE = "The bombers came from the valley and were seen at the"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{_LINE}\nmarket.", f"{_LINE} market."),
        (f"{_LINE}\n{_LINE}\nmarket.", f"{_LINE} {_LINE} market."),
        ("Bomber hits market\nBy A. Reporter", "Bomber hits market\nBy A. Reporter"),
        (f"{_LINE}.\n\nThe next day", f"{_LINE}.\n\nThe next day"),
        (f"{_LINE}\n- a market\n  a bridge", f"{_LINE}\n- a market\n  a bridge"),
        (f"{_LINE}:\nKabul", f"{_LINE}:\nKabul"),
    ],
)
def test_a_wrapped_line_runs_on_and_a_short_one_a_list_or_a_blank_line_does_not(text: str, read: str) -> None:
    repaired = repaired_text(Document(id="d", text=text))
    assert repaired.text == read
    assert repaired.span(0, len(read)) == (0, len(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lashkar-e-Jhangvi", "lashkar e jhangvi"), ("Al-Qaïda", "AL QAIDA"), ("  U.S. ", "u s")],
)
def test_fold_compares_names_without_case_accents_and_punctuation(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_content_ids_do_not_depend_on_key_order_and_differ_for_different_content() -> None:
    assert content_id({"a": 1, "b": [2]}) == content_id({"b": [2], "a": 1})
    assert content_id({"a": 1}) != content_id({"a": "1"})
