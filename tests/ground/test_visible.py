from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from khabar.records import Interval, Passage
from khabar.visible import HIDDEN, all_visible, visible


def test_signs_that_cannot_be_seen_are_shown() -> None:
    assert visible("a\x00b\x1b[31m\x7f\u202ec\u2069") == f"a␀b␛[31m␡{HIDDEN}c{HIDDEN}"


def test_what_is_written_in_any_script_stays() -> None:
    for text in ("a\tb\r\nc", "خبر", "پاک\u200cستان", "हिन्दी\u200d", "Zürich – “x”", "😀", "\u200e(a)\u200f"):
        assert visible(text) is text


@given(st.text())
def test_offsets_stay_and_nothing_hidden_is_left(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    for before, after in zip(text, shown, strict=True):
        assert before == after or after in (HIDDEN, "\ufffd", "␡") or "␀" <= after <= "␟"
        assert after in "\t\n\r" or unicodedata.category(after) not in ("Cc", "Cs")


def test_markup_stays_markup_and_lists_are_gone_through() -> None:
    assert isinstance(visible(Markup("<b>\x00</b>")), Markup)
    assert all_visible({"a": ["\x00", 1, None, {"b": ("\u202e",)}]}) == {"a": ["␀", 1, None, {"b": (HIDDEN,)}]}
    assert all_visible(Interval("2019-03-04", None)) == Interval("2019-03-04", None)
    assert all_visible(Passage("d", 0, 1, "\x1b")) == Passage("d", 0, 1, "␛")
