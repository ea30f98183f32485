"""The command that moves a base to another store."""

from __future__ import annotations

from typing import Annotated

import typer

from khabar.cli.guard import guarded
from khabar.cli.output import note, progress_bar
from khabar.store.opening import open_store

__all__ = ["store_app"]

store_app = typer.Typer(help="Move a base from one store to another.", no_args_is_help=True, rich_markup_mode=None)


@store_app.callback()
def _group() -> None:
    pass


@store_app.command("copy")
@guarded
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A store file, or a postgresql:// address.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The same; it must not hold anything yet.")],
    hashes: Annotated[bool, typer.Option("--hashes", help="Print the hash of every table.")] = False,
) -> None:
    """Copy a base with its originals: from a file to PostgreSQL, back, or to another file.

    Every table is compared afterwards, by the number of its rows and a hash of what they hold. A copy that is
    interrupted leaves an empty store; run the command again.
    """
    from khabar.keeping.copying import copy_base

    with (
        open_store(source, create=False) as old,
        open_store(target) as new,
        progress_bar("copying") as progress,
    ):
        done = copy_base(old, new, progress)
        shown = new.address
    for fault in done.faults:
        note(f"khabar: {fault}")
    if hashes:
        for name, held in done.tables.items():
            typer.echo(f"{name:24} {held.rows:>10} {held.hash}")
    typer.echo(f"{shown} holds {done.rows} rows of {len(done.tables)} tables and {done.originals} originals, compared.")
    if done.faults:
        raise typer.Exit(1)
