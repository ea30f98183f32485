"""The store in PostgreSQL: whose tables they are, what can go wrong, and what the database would do otherwise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import text
from store_samples import EXTRACTOR, bombing, claim, document

from khabar.errors import NoStoreError, StoreError
from khabar.records import EventBody, When
from khabar.store import ClaimFilter, DocumentFilter, open_store
from khabar.store.addresses import beside, without_password
from servers import MISSING, Server

if MISSING:
    pytest.skip(MISSING, allow_module_level=True)

from khabar.store.postgresql import PostgresStore
from khabar.store.psycopg_link import dumps, escaped, loads, unescaped


def _refused(address: str, *, create: bool = True) -> str:
    with pytest.raises(StoreError) as problem:
        open_store(address, create=create)
    said = str(problem.value)
    assert "\n" not in said
    assert problem.value.remedy
    return said


# ------------------------------------------------------------------ whose tables they are


def test_a_missing_store_is_made_only_when_asked(pg_server: Server) -> None:
    with pg_server.database(empty=True) as address:
        with pytest.raises(NoStoreError, match="There is no store in postgresql://"):
            open_store(address, create=False)
        open_store(address).close()
        open_store(address, create=False).close()


def test_tables_of_another_program_are_refused_and_left_alone(pg_server: Server) -> None:
    with pg_server.database(empty=True) as address:
        name = pg_server.name_of(address)
        pg_server.execute("CREATE TABLE documents (title text)", name)
        assert "tables of another program" in _refused(address)
        assert pg_server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name) == [
            ("documents",)
        ]


def test_a_store_of_a_newer_program_is_refused_and_left_alone(pg_server: Server) -> None:
    with pg_server.database(empty=True) as address:
        open_store(address).close()
        name = pg_server.name_of(address)
        pg_server.execute("UPDATE alembic_version SET version_num = '9999'", name)
        assert "newer Khabar (schema 9999" in _refused(address)


def test_a_schema_of_its_own_beside_other_tables(pg_server: Server) -> None:
    with pg_server.database(empty=True) as address:
        name = pg_server.name_of(address)
        pg_server.execute("CREATE TABLE bookmarks (title text)", name)
        with PostgresStore(address, schema="team one") as one, PostgresStore(address, schema="two") as two:
            one.add_document(document())
            assert [d.file for d in one.search("bomb")] == ["one.txt"]
            assert list(two.documents()) == []


def test_an_ordinary_account_may_own_a_base(pg_server: Server) -> None:
    """As the documentation says: an account without further rights, and a database of its own."""
    with pg_server.database(empty=True) as address:
        name = pg_server.name_of(address)
        pg_server.execute("CREATE ROLE ordinary LOGIN")
        pg_server.execute(f"ALTER DATABASE {name} OWNER TO ordinary")
        with open_store(address.replace("postgres@", "ordinary@")) as store:
            store.add_document(document())
            assert [hit.file for hit in store.search("bombs")] == ["one.txt"]
            assert store.check() == []
        pg_server.execute("REASSIGN OWNED BY ordinary TO postgres", name)
        pg_server.execute("DROP ROLE ordinary")


@pytest.mark.parametrize("schema", [None, "new one"])
def test_programs_that_make_the_same_store_at_once_share_it(pg_server: Server, schema: str | None) -> None:
    with pg_server.database(empty=True) as address, ThreadPoolExecutor(4) as pool:

        def make(number: int) -> None:
            with PostgresStore(address, schema=schema) as store:
                store.add_document(document(f"{number}.txt"))

        list(pool.map(make, range(4)))
        with PostgresStore(address, schema=schema) as store:
            assert store.overview().documents == 4
            assert store.check() == []


# ------------------------------------------------------------------ what can go wrong


def test_a_server_or_database_that_is_not_there(pg_server: Server) -> None:
    assert "cannot be reached" in _refused("postgresql://zoe@127.0.0.1:9/khabar?connect_timeout=2")
    missing = _refused(pg_server.address("nowhere"))
    assert "does not exist on its server" in missing
    assert "createdb" in missing
    assert "no address of a database" in _refused("postgresql://zoe@host:port:port/khabar?x=y")


def test_an_account_that_is_not_let_in(pg_server: Server) -> None:
    address = pg_server.address().replace("postgres@", "nobody:secret@")
    said = _refused(address)
    assert "does not let this account in" in said
    assert "secret" not in said


def test_an_account_that_may_only_read(pg_server: Server) -> None:
    with pg_server.database(empty=True) as address:
        name = pg_server.name_of(address)
        open_store(address).close()
        pg_server.execute("CREATE ROLE looker LOGIN")
        pg_server.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker", name)
        with open_store(address.replace("postgres@", "looker@"), create=False) as store:
            assert store.overview().documents == 0
            with pytest.raises(StoreError, match="may not be written by this account"):
                store.add_document(document())
        pg_server.execute("DROP OWNED BY looker", name)
        pg_server.execute("DROP ROLE looker")


def test_an_answer_that_takes_too_long_is_given_up(pg_address: str) -> None:
    with open_store(f"{pg_address}&options=-c%20statement_timeout%3D50") as store:
        with pytest.raises(StoreError, match="took too long"), store._reading() as connection:  # type: ignore[attr-defined]
            connection.execute(text("SELECT pg_sleep(5)"))
        assert store.overview().documents == 0


def test_a_lost_connection_costs_one_question(
    pg_server: Server, pg_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabar.store.psycopg_link._IDLE_SECONDS", 0.0)
    name = pg_address.split("?", maxsplit=1)[0].rpartition("/")[2]
    with open_store(pg_address) as store:
        stream = store.documents()
        store.add_document(document())
        pg_server.disconnect(name)
        assert [d.file for d in stream] == ["one.txt"]  # a connection that was idle is looked at
        held = ExitStack()
        connection = held.enter_context(store._writing())  # type: ignore[attr-defined]
        pg_server.disconnect(name)
        with pytest.raises(StoreError, match=r"connection to postgresql://.* was lost"), held:
            connection.execute(text("SELECT 1"))
        assert store.overview().documents == 1


def test_check_names_indexes_out_of_step(pg_address: str) -> None:
    doc = document()
    with open_store(pg_address) as store:
        store.add_document(doc)
        store.save_claims(doc.id, [bombing(doc)], EXTRACTOR)
        assert store.check() == []
        with store._writing() as connection:  # type: ignore[attr-defined]
            connection.execute(text("DELETE FROM claims_words"))
        assert store.check() == ["The full-text index of claims does not match its table."]


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://zoe:secret@host/base", "postgresql://zoe@host/base"),
        ("postgresql://zoe:se@cret@host:5/base?sslmode=require", "postgresql://zoe@host:5/base?sslmode=require"),
        ("postgresql://host/base?user=zoe&password=secret", "postgresql://host/base?user=zoe"),
        ("postgres://zoe:secret@one:1,two:2/base", "postgres://zoe@one:1,two:2/base"),
        ("postgresql://zoe@/base?host=/tmp/x", "postgresql://zoe@/base?host=/tmp/x"),
        ("postgresql://zoe:secret@[::1/base", "postgresql://…"),
        ("a:b@c.db", "a:b@c.db"),
    ],
)
def test_no_password_is_shown(address: str, shown: str) -> None:
    assert without_password(address) == shown


def test_what_lies_beside_a_base(monkeypatch: pytest.MonkeyPatch) -> None:
    assert str(beside("folder/k.db", "archive")) == "folder/k.db.archive"
    monkeypatch.setenv("KHABAR_FILES", "/srv/khabar")
    assert str(beside("postgresql://zoe@host/base", "archive")) == "/srv/khabar/archive"
    monkeypatch.delenv("KHABAR_FILES")
    own = beside("postgresql://zoe:secret@host/base", "archive")
    assert own == beside("postgresql://zoe@host/base", "archive")
    assert own != beside("postgresql://zoe@host/other", "archive")


# ------------------------------------------------------------------ what the database would do otherwise

_ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from('\0\ufdd201\\"u'), max_size=40)


@given(words=_ANY)
@example(words="\0")
@example(words="\ufdd20")
@example(words='\\u0000 \\\\u0000 "\0"')
def test_any_text_comes_back_from_what_the_database_keeps(words: str) -> None:
    assert unescaped(escaped(words)) == words
    assert "\0" not in escaped(words)
    value = {"a": [words, {words: 1}], "b": None}
    assert loads(dumps(value)) == value
    assert "\\u0000" not in dumps(words).replace("\\\\", "")


def test_a_text_with_nul_characters_is_kept_and_found(pg_address: str) -> None:
    doc = replace(document("nul\0.txt", text="A bomb\0killed two.\ufdd20 It is \\u0000."), title="a\0b")
    with open_store(pg_address) as store:
        store.add_document(doc)
        assert store.document(doc.id) == doc
        assert store.count(DocumentFilter(file="nul\0.txt")) == 1
        assert [hit.snippet for hit in store.search("killed")] == [doc.text]
        assert store.check() == []


def test_everything_comes_in_the_order_of_its_characters(pg_server: Server) -> None:
    """Also where the database sorts by a language."""
    with pg_server.database(empty=True) as address:
        name = pg_server.name_of(address)
        open_store(address).close()
        other = pg_server.execute(
            "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'",
            name,
        )
        assert other == [(0,)]
        with open_store(address) as store:
            for file in ("b.txt", "a.txt", "B.txt", "_.txt", "é.txt"):
                store.add_problem(file, "It is empty.")
            assert [p.file[0] for p in store.problems()] == ["B", "_", "a", "b", "é"]


def test_many_rows_come_by_copy_as_they_come_one_by_one(pg_address: str) -> None:
    doc = document()
    days = [f"2019-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 11)]
    many = [claim(doc, "A bomb", EventBody("bombing"), when=When(day, day, "day")) for day in days]
    with open_store(pg_address) as store:
        store.add_document(doc)
        store.save_claims(doc.id, many, EXTRACTOR)
        assert {c.id: c for c in store.claims()} == {c.id: c for c in many}
        assert store.count(ClaimFilter(text="bombing")) == store.count(ClaimFilter(types=("bombing",)))
        assert store.check() == []
