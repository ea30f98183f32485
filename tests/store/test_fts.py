"""Full-text questions: whatever is typed is valid, and a word of a text is found in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import document

from khabar.store import Store, open_store
from khabar.store.fts import fts_query


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


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("fts") / "k.db") as store:
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
