"""JSON with a checksum says what was given, to everybody, and never what a flipped bit makes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.store.sealed import AlteredError, dumps, loads

VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_what_was_given_comes_back_here_and_elsewhere(value: Any) -> None:
    assert loads(dumps(value)) == value
    assert json.loads(dumps(value)) == value


@given(VALUES)
def test_what_an_earlier_release_wrote_is_read(value: Any) -> None:
    assert loads(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) == value


@pytest.mark.slow
@given(st.dictionaries(st.text(), VALUES, min_size=1), st.data())
def test_a_flipped_bit_is_noticed(value: dict[str, Any], data: st.DataObject) -> None:
    whole = bytearray(dumps(value).encode("utf-8", "surrogatepass"))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        text = whole.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return  # the database itself says so
    with pytest.raises(AlteredError):
        loads(text)
