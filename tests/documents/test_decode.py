from __future__ import annotations

import random

import pytest

from khabar.documents.decode import decode
from khabar.errors import DocumentError

WESTERN = "The café’s owner – a naïve man – said “no” to the coöperation, and the police said the same. " * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_western_text_is_decoded_whatever_its_encoding(encoding: str) -> None:
    assert decode(WESTERN.encode(encoding), "a.txt") == WESTERN


def test_utf_8_keeps_its_mark_and_line_ends_so_that_offsets_hold() -> None:
    data = b"\xef\xbb\xbfone\r\ntwo\rthree\n"
    assert decode(data, "a.txt") == "\ufeffone\r\ntwo\rthree\n"


def test_another_script_in_an_old_code_page_is_detected() -> None:
    text = "Полиция сообщила, что в городе произошёл взрыв и погибли люди, а ответственность никто не взял. " * 4
    assert decode(text.encode("cp1251"), "a.txt") == text


def test_a_damaged_byte_does_not_turn_utf_8_into_something_else() -> None:
    data = WESTERN.encode() * 3 + b"\xff" + b" and on."
    assert decode(data, "a.txt") == WESTERN * 3 + "\ufffd and on."


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        random.Random(5).randbytes(4000),
        b"\x00" * 100,
        b"\xff\xfe\x00\xd8" * 9,
        b"\xff\xfeabc",
    ],
    ids=["every byte", "noise", "zeros", "lone surrogates", "half a character"],
)
def test_binary_data_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"junk\.txt.*(binary|damaged|broken)") as caught:
        decode(data, "junk.txt")
    assert caught.value.remedy
