"""Full-text questions: whatever is typed is valid, and a word of a text is found in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import document

from khabar.store import Store, open_store
from khabar.store.fts import fts_query
from khabar.store.words import PART, parts_of
from servers import STORES, Server


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("market bomb", '"market" "bomb"'),
        ('"car bomb" market', '"car bomb" "market"'),
        ("Jamaat-ul-Ahrar", '"Jamaat-ul-Ahrar"'),
        ("Pesh*", '"Pesh*"*'),
        ("title:x OR NOT (y)", '"title:x" "OR" "NOT" "(y)"'),
        ('an "open quote', '"an" "open quote"'),
        ("?? -- **", None),
        ("", None),
        ("a\0b", '"a" "b"'),
    ],
)
def test_what_is_typed_becomes_a_question_of_words(typed: str, query: str | None) -> None:
    assert fts_query(typed) == query


@pytest.fixture(scope="module", params=STORES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            address = str(tmp_path_factory.mktemp("fts") / "k.db")
        else:
            address = stack.enter_context(request.getfixturevalue("pg_server").database())
        store = stack.enter_context(open_store(address))
        store.add_document(document())
        yield store


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.text(alphabet=st.characters(), max_size=40) | st.text(alphabet="ab\"*^-+(){}:.,'AND OR NEAR", max_size=40)
)
def test_any_input_is_a_valid_question(filled: Store, typed: str) -> None:
    for hit in filled.search(typed):
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)


def test_a_very_long_question_is_valid(filled: Store) -> None:
    assert list(filled.search("word " * 50_000)) == []
    assert list(filled.search('"' + "bomb " * 50_000)) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(document().text.split()), min_size=1, max_size=6))
def test_words_of_a_text_are_found_in_it(filled: Store, words: list[str]) -> None:
    hits = list(filled.search(" ".join(word.strip('"') for word in words)))
    assert document().id in {hit.document for hit in hits}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_can_be_kept_and_comes_back(filled: Store, text: str) -> None:
    doc = document(text=text)
    filled.add_document(doc)
    assert filled.document(doc.id).text == text
    assert filled.check() == []


def test_fts5_is_in_this_sqlite() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    connection.close()


_WORDS = ["a", "bomb", "bombs", "bombing", "Bombed", "naïve", "cote", "côte", "Jamaat-ul-Ahrar", "1e5", "10th", "и"]
_WORDS += ["Бомба", "the", "of", "x" * 600]
_OTHERS = ["(", "don't", "and/or", "a.b@c.org", "\u0301", "القاعدة", "नमस्ते"]
_TEXT = st.lists(st.sampled_from(_WORDS + _OTHERS), max_size=12).map(" ".join)
_ASKED = _TEXT | _TEXT.map(lambda text: f'"{text}"') | _TEXT.map(lambda text: f"{text}*")


@pytest.fixture(scope="module")
def both(pg_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    file = tmp_path_factory.mktemp("both") / "k.db"
    with pg_server.database() as address, open_store(file) as one, open_store(address) as two:
        yield one, two


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=_TEXT,
    title=_TEXT,
    asked=st.lists(_TEXT | _TEXT.map(lambda t: f'"{t}"') | _TEXT.map(lambda t: f"{t}*"), max_size=6),
)
def test_both_databases_find_the_same(both: tuple[Store, Store], text: str, title: str, asked: list[str]) -> None:
    doc = document(text=text, title=title)
    for store in both:
        store.add_document(doc)
    for question in [*asked, *_WORDS]:
        one, two = ({hit.document for hit in store.search(question, limit=10_000)} for store in both)
        assert one == two, question


def test_a_phrase_is_found_wherever_it_stands_in_a_long_text(both: tuple[Store, Store]) -> None:
    words = [f"word{n}" for n in range(2000)]
    doc = document("long.txt", text=" ".join(words) + " the" * 2000 + " end")
    for store in both:
        store.add_document(doc)
        for start in range(0, 1990, 37):
            asked = f'"{" ".join(words[start : start + 10])}"'
            assert [hit.document for hit in store.search(asked)] == [doc.id], asked
        assert [hit.document for hit in store.search('"the the end" word7 word1999')] == [doc.id]
        assert list(store.search('"word7 word9"')) == []
        assert [hit.document for hit in store.search(f'"{" ".join(words[:200])}"')] == [doc.id]


@given(words=st.lists(st.sampled_from(["a", "b"]), max_size=900))
def test_every_run_of_words_lies_whole_in_a_part(words: list[str]) -> None:
    numbered = [f"{word}{n}" for n, word in enumerate(words)]
    parts = [list(part) for part in parts_of(numbered)]
    assert all(len(part) <= PART for part in parts)
    for start in range(max(1, len(numbered) - 31)):
        piece = set(numbered[start : start + 32])
        assert any(piece <= set(part) for part in parts) or not piece
