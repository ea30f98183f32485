"""What goes wrong in PostgreSQL, in words. Invariant: one line with a remedy, and never a password.

The server's own words may be in the language of the server, so its codes are what is looked at; only what fails before
a server answers has no code.
"""

from __future__ import annotations

import re

from khabar.errors import StoreError

__all__ = ["postgresql_error"]

_BUSY = ("{} is being written by another program.", "Wait until it has finished, then try again.")
_UNREACHED = ("{} cannot be reached.", "Check host and port in the address, and that the server runs.")
_PASSWORD = (
    "{} does not let this account in.",
    "Check the account and its password; a password is best kept in PGPASSWORD or ~/.pgpass.",
)
_ABSENT = ("{} does not exist on its server.", "Make the database (createdb NAME), or correct the address.")
_RIGHTS = ("{} may not be written by this account.", "Ask the owner of the database to grant the rights.")
_FULL = ("{} cannot grow: the disk of the server is full.", "Make room there, then run the command again.")
_MANY = ("{} has no connection left.", "Wait, or raise max_connections of the server.")
_DAMAGED = ("{} is damaged.", "Restore it from a backup.")
_LOST = ("The connection to {} was lost.", "Run the command again; nothing is half written.")

_CODES = {
    "57014": ("{} took too long to answer.", "Ask for less, or raise statement_timeout in the address."),
    "55P03": _BUSY,
    "40001": _BUSY,
    "40P01": _BUSY,
    "53100": _FULL,
    "53300": _MANY,
    "42501": _RIGHTS,
    "25006": ("{} can only be read.", "Give the address of the primary server."),
    "22P05": ("{} cannot hold every character.", "Make a database in UTF-8: createdb -E UTF8 -T template0 NAME."),
    "22003": ("{} cannot hold a number this large.", "Correct the number in the document."),
    "54000": ("{} cannot hold a text this long.", "Split the document."),
    "3D000": _ABSENT,
    "3F000": ("{} has no schema to keep tables in.", "Ask its owner for CREATE on the schema public."),
    "57P03": ("{} is starting or stopping.", "Wait a moment, then try again."),
}
_CLASSES = {
    "08": _LOST,
    "23": ("{} refused a record that does not fit the others in it.", "Run `khabar run` again."),
    "28": _PASSWORD,
    "53": ("The server of {} has too little memory or disk.", "Make room there, then run the command again."),
    "57": _LOST,
    "58": ("{} cannot be read or written: the disk of its server reports an error.", "Check the disk."),
    "XX": _DAMAGED,
}
# What libpq says before the server gives a code; the first that fits.
_WORDS = (
    (re.compile(r"database \S+ does not exist"), _ABSENT),
    (re.compile(r"password|authentication|role \S+ does not exist|pg_hba"), _PASSWORD),
    (re.compile(r"too many clients|remaining connection slots"), _MANY),
    (re.compile(r"starting up|shutting down|recovery mode"), _CODES["57P03"]),
    (re.compile(r"closed the connection|terminating connection|connection is lost|connection is closed"), _LOST),
)


def postgresql_error(address: str, cause: Exception) -> StoreError:
    """The StoreError of an exception of psycopg; `address` is one without password."""
    code = getattr(cause, "sqlstate", None) or ""
    words = str(cause)
    found = _CODES.get(code) or _CLASSES.get(code[:2])
    if found is None and type(cause).__name__ in ("OperationalError", "ConnectionTimeout", "InterfaceError"):
        found = next((entry for pattern, entry in _WORDS if pattern.search(words)), _UNREACHED)
    if found is None:
        line = words.splitlines()[0] if words else type(cause).__name__
        return StoreError(f"{address} cannot be used: {line}.", "Run `khabar doctor`.")
    message, remedy = found
    detail = f" ({words.splitlines()[0]})" if code[:2] == "23" else ""
    return StoreError(message.format(address) + detail, remedy)
