"""Connections to PostgreSQL. Invariant: any text can be kept and comes back, and a statement never waits without end.

PostgreSQL keeps no NUL character in a text: it is written as two characters that no text of the world uses, and
whoever does use the first of them gets it back as well.
"""

from __future__ import annotations

import json
import re
import time
from functools import partial
from typing import Any

import psycopg
from psycopg import IsolationLevel
from psycopg.types.json import set_json_loads
from psycopg.types.string import StrDumperUnknown, TextLoader
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DisconnectionError

from khabar.store.sql import WRITES

__all__ = ["dumps", "engine_to", "escaped", "loads", "unescaped"]

_ESCAPE = "\ufdd2"  # a Unicode noncharacter, kept for use inside a program
_NUL, _ITSELF = f"{_ESCAPE}0", f"{_ESCAPE}1"
_NUL_IN_JSON = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_WAITS = {"lock_timeout": "60s", "statement_timeout": "10min", "idle_in_transaction_session_timeout": "1h"}
_CONNECT_SECONDS = 10
_IDLE_SECONDS = 1.0  # after which a connection is looked at before it is used
_POOL, _MOST = 5, 50  # connections kept, and at most, for one program
# The schema may not be there yet.
_WRITE_LOCK = "SELECT pg_advisory_xact_lock(hashtext('khabar writes'), hashtext(coalesce(current_schema(), '')))"
_TEXTS = ("text", "varchar", "bpchar", "name")
_compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def escaped(text: str) -> str:
    """A text as PostgreSQL can keep it."""
    if _ESCAPE in text:
        text = text.replace(_ESCAPE, _ITSELF)
    return text.replace("\0", _NUL) if "\0" in text else text


def unescaped(text: str) -> str:
    """The text of what `escaped` gave."""
    return text.replace(_NUL, "\0").replace(_ITSELF, _ESCAPE) if _ESCAPE in text else text


def dumps(value: Any) -> str:
    """A value as JSON that PostgreSQL can look into."""
    text = _compact(value)
    if _ESCAPE in text:
        text = text.replace(_ESCAPE, _ITSELF)
    return _NUL_IN_JSON.sub(rf"\1{_NUL}", text) if "\\u0000" in text else text


def loads(data: str | bytes) -> Any:
    """The value of what `dumps` gave."""
    text = data if isinstance(data, str) else bytes(data).decode()
    if _ESCAPE in text:
        text = text.replace(_NUL, "\\u0000").replace(_ITSELF, _ESCAPE)
    return json.loads(text)


class _Dumper(StrDumperUnknown):
    def dump(self, obj: str) -> Any:
        return super().dump(escaped(obj))


class _Loader(TextLoader):
    def load(self, data: Any) -> str:
        return unescaped(str(data, "utf-8"))


def engine_to(address: str, schema: str | None = None) -> Engine:
    """An engine whose connections go to `address`, and there to `schema`, where it is named."""
    known = psycopg.conninfo.conninfo_to_dict(address)
    waits = " ".join(f"-c {name}={value}" for name, value in _WAITS.items())
    given: dict[str, Any] = {
        "application_name": "khabar",
        "connect_timeout": _CONNECT_SECONDS,
        **known,
        "client_encoding": "UTF8",
        "options": f"{waits} {known.get('options') or ''}" + (f" -c search_path={_quoted(schema)}" if schema else ""),
    }

    def connect() -> psycopg.Connection[Any]:
        connection = psycopg.connect(**given)
        connection.adapters.register_dumper(str, _Dumper)
        for name in _TEXTS:
            connection.adapters.register_loader(name, _Loader)
        set_json_loads(loads, connection)
        return connection

    engine = create_engine(
        "postgresql+psycopg://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=_POOL,
        max_overflow=_MOST - _POOL,
        use_native_hstore=False,
        json_serializer=dumps,
        json_deserializer=loads,
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkout", _look_at)
    event.listen(engine, "checkin", _put_back)
    return engine


def _put_back(_connection: Any, record: Any) -> None:
    record.info["since"] = time.monotonic()


def _look_at(connection: Any, record: Any, _proxy: Any) -> None:
    """See whether a connection that nobody used for a while is still there: the server may have been started anew. The
    pool then makes another.
    """
    if time.monotonic() - record.info.get("since", time.monotonic()) < _IDLE_SECONDS:
        return
    try:
        connection.autocommit = True
        connection.execute("")
        connection.autocommit = False
    except psycopg.Error as problem:
        raise DisconnectionError from problem


def _quoted(name: str) -> str:
    """A name in SQL, as the options of a connection take it."""
    return '"' + name.replace('"', '""').replace("\\", "\\\\").replace(" ", "\\ ") + '"'


def _begin(connection: Connection) -> None:
    raw: Any = connection.connection.dbapi_connection
    writes = bool(connection.get_execution_options().get(WRITES))
    # Kept by the connection and sent with its BEGIN. Reading sees one moment; writing sees, once it has its turn, all
    # that was written before.
    raw.read_only = not writes
    raw.isolation_level = IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
    if writes:
        connection.exec_driver_sql(_WRITE_LOCK)
