"""Commands that keep a base safe: check, backup, restore. Invariant: none of them changes the base they look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from khabar.cli.options import StoreOption, existing_store, settings_with
from khabar.cli.output import note, progress_bar
from khabar.store.addresses import beside

__all__ = ["backup", "check", "restore"]

FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="The file of the backup, for example khabar.backup.")
]


def check(store: StoreOption = None) -> None:
    """Look for damage: of the file, of records, of originals; name each fault and what mends it. Changes nothing."""
    from khabar.documents import Archive
    from khabar.keeping import examine

    found = 0
    with existing_store(store) as base:
        with progress_bar("checking") as progress:
            for fault in examine(base, Archive(beside(base.address, "archive")), progress):
                found += 1
                typer.echo(fault)
        overview = base.overview()
    if found:
        note(f"khabar: {found} fault{'' if found == 1 else 's'} in {base.address}.")
        raise typer.Exit(1)
    claims = sum(overview.claims.values())
    typer.echo(f"No faults: {overview.documents} documents with their originals, {claims} claims.")


def backup(
    file: FileArgument,
    verify: Annotated[bool, typer.Option("--verify", help="Write nothing: verify the backup FILE.")] = False,
    store: StoreOption = None,
) -> None:
    """Write the base, as it is at this moment, with its originals into one file, and verify it. Others may go on."""
    from khabar.documents import Archive
    from khabar.keeping import verify_backup, write_backup

    if verify:
        with progress_bar("verifying") as progress:
            manifest = verify_backup(file, progress)
        typer.echo(f"{file} is whole: {manifest.told}.")
        return
    address = settings_with(store).store
    existing_store(address).close()
    with progress_bar("backing up") as progress:
        done = write_backup(address, Archive(beside(address, "archive")), file, progress)
    size = file.stat().st_size / 1_000_000
    typer.echo(f"{file} holds {done.manifest.told}; {size:,.1f} MB, verified.")
    for fault in done.faults:
        note(f"khabar: {fault}")
    if done.faults:
        raise typer.Exit(1)


def restore(file: FileArgument, store: StoreOption = None) -> None:
    """Make the base of a backup anew where no base is, after verifying all of it."""
    from khabar.keeping import restore_backup

    address = settings_with(store).store
    with progress_bar("restoring") as progress:
        manifest = restore_backup(file, address, progress)
    typer.echo(f"{address} holds {manifest.told}.")
    for id_ in manifest.missing:
        note(f"khabar: the original of document {id_[:12]} was missing when the backup was made.")
