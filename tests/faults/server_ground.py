"""Bases in PostgreSQL that are to be hurt: a database each, copied from a template by the server."""

from __future__ import annotations

import shutil
from pathlib import Path

from khabar.store.addresses import beside
from servers import Server

__all__ = ["ServerGround"]


class ServerGround:
    """Databases on a server; originals lie in the user's data folder, which is `folder` here (XDG_DATA_HOME)."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self._server = folder, server

    def address(self, name: str) -> str:
        """The address of an empty database of that name, made where it is not there."""
        database = _named(name)
        if not self._server.execute(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"):  # noqa: S608
            self._server.execute(f"CREATE DATABASE {database} TEMPLATE template0")
        return self._server.address(database)

    def copy(self, prototype: str, to: str) -> str:
        """A copy of the database and of what belongs to it, under a name; gives its address."""
        original, database = Server.name_of(prototype), _named(to)
        self._server.disconnect(original)
        self._server.execute(f"CREATE DATABASE {database} TEMPLATE {original}")
        address = self._server.address(database)
        for what in ("archive", "memory"):
            if beside(prototype, what).is_dir():
                shutil.copytree(beside(prototype, what), beside(address, what))
        return address

    def drop(self, address: str) -> None:
        """Remove the database, whoever is still in it, and what belongs to it."""
        self._server.execute(f"DROP DATABASE IF EXISTS {Server.name_of(address)} WITH (FORCE)")
        shutil.rmtree(beside(address, "archive").parent, ignore_errors=True)


def _named(name: str) -> str:
    return f"faults_{name.replace('-', '_').replace(' ', '_')}"
