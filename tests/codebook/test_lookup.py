from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khabar.codebook.load import load_codebook
from khabar.codebook.lookup import PhraseTable, Prefilter, stems

BOOK = load_codebook()
WORDS = sorted({t.head for t in BOOK.triggers if len(t.words) == 1 and t.head.isalpha()})


def test_the_longest_expression_wins() -> None:
    table = PhraseTable([(("station",), "place"), (("police", "station"), "police")])
    assert list(table.find(["the", "police", "station"])) == [(1, 2, "police")]
    assert list(table.find(["bus", "station"])) == [(1, 1, "place")]
    assert "station" in table
    assert "police" not in table


def test_the_first_value_of_an_expression_holds() -> None:
    assert PhraseTable([(("base",), "one"), (("base",), "two")]).get("base") == "one"


def test_a_prefilter_looks_at_word_beginnings_only() -> None:
    quick = Prefilter(stems("raid"))
    assert quick.matches("Raids followed")
    assert quick.matches("raid")
    assert not quick.matches("They were afraid")


@given(st.sampled_from(WORDS), st.sampled_from(["", "s", "ed", "ing"]), st.text(max_size=20), st.text(max_size=20))
def test_no_inflected_trigger_is_passed_over(word: str, ending: str, before: str, after: str) -> None:
    form = word[:-1] + ending if word.endswith("e") and ending in ("ed", "ing") else word + ending
    if word.endswith("y") and ending == "ed":
        form = word[:-1] + "ied"
    assert BOOK.matters(f"{before} {form} {after}")


def test_irregular_forms_matter() -> None:
    for text in ("He was shot.", "It blew up.", "Two were stabbed.", "Gunmen struck.", "Many lives were lost."):
        assert BOOK.matters(text), text


def test_sentences_without_violence_do_not_matter() -> None:
    for text in ("The budget was read in the assembly.", "Wheat prices rose again.", "She became a judge in May."):
        assert not BOOK.matters(text), text
