"""Addresses of stores, and what lies beside a store. Invariant: what is shown or logged of an address never holds a
password.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from khabar.settings import load_settings

__all__ = ["beside", "is_server", "places_of", "without_password"]

_SERVER = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
_SECRET = {"password", "sslpassword"}


def is_server(address: str) -> bool:
    """Whether an address is that of a PostgreSQL database, and not a file path."""
    return _SERVER.match(address) is not None


def without_password(address: str) -> str:
    """The address as it may be shown."""
    if not is_server(address):
        return address
    try:
        parts = urlsplit(address)
        user, at, place = parts.netloc.rpartition("@")
        asked = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return f"{address.partition('://')[0]}://…"
    kept = [(name, value) for name, value in asked if name.lower() not in _SECRET]
    query = parts.query if kept == asked else urlencode(kept, quote_via=quote, safe="/")
    return urlunsplit((parts.scheme, f"{user.partition(':')[0]}{at}{place}", parts.path, query, ""))


def beside(address: str, what: str) -> Path:
    """The folder of what belongs to a store and lies outside of it: `archive` (originals) or `memory`.

    It lies next to a file. For a database it is in the folder that KHABAR_FILES names, else in one of the user's own
    for this address.
    """
    if not is_server(address):
        return Path(f"{address}.{what}")
    return (load_settings().files or _own_folder(without_password(address))) / what


def places_of(address: str) -> frozenset[Path]:
    """The files and folders that a store is kept in: no reports for another one."""
    around = {beside(address, what) for what in ("archive", "memory")}
    if not is_server(address):
        around |= {Path(f"{address}{end}") for end in ("", "-wal", "-shm", "-journal")}
    return frozenset(path.absolute() for path in around)


def _own_folder(address: str) -> Path:
    from platformdirs import user_data_path

    name = hashlib.sha256(address.encode()).hexdigest()[:12]
    return user_data_path("khabar", appauthor=False) / "bases" / name
