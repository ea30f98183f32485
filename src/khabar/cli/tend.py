"""Commands that tend the installation: doctor, codebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from khabar.cli.guard import guarded
from khabar.cli.options import (
    CodebookOption,
    OutputOption,
    StoreOption,
    settings_with,
)
from khabar.cli.output import note, write_lines
from khabar.errors import SettingsError

__all__ = ["codebook_app", "doctor"]

codebook_app = typer.Typer(help="Check or show a codebook.", no_args_is_help=True, rich_markup_mode=None)


def doctor(store: StoreOption = None) -> None:
    """Say what is installed, what is missing, and the remedy."""
    from khabar.cli.health import examine

    bad = 0
    for finding in examine(settings_with(store)):
        bad += not finding.good and not finding.optional
        mark = "ok     " if finding.good else "missing" if not finding.optional else "note   "
        typer.echo(f"{mark} {finding.what}: {finding.says}" + (f" {finding.remedy}" if finding.remedy else ""))
    if bad:
        raise typer.Exit(1)


@codebook_app.command("check")
@guarded
def codebook_check(
    path: Annotated[list[Path] | None, typer.Argument(help="Codebook files. Default: the built-in ones.")] = None,
) -> None:
    """Find typos, patterns that can never match and missing mappings, and say where."""
    from khabar.codebook.check import check_codebook
    from khabar.codebook.load import book_names

    found = 0
    for book in [str(p) for p in path] if path else book_names():
        for finding in check_codebook(book):
            found += 1
            typer.echo(f"{finding.file}:{finding.line}: {finding.message} {finding.remedy}".rstrip())
    if found:
        note(f"khabar: {found} findings.")
        raise typer.Exit(1)
    note("No findings.")


@codebook_app.command("show")
@guarded
def codebook_show(
    key: Annotated[str | None, typer.Argument(help="An event or relation type; leave it out for the list.")] = None,
    codebook: CodebookOption = None,
    output: OutputOption = None,
) -> None:
    """Show the types of a codebook with their definitions."""
    from khabar.codebook.load import load_codebook

    book = load_codebook(codebook or settings_with().codebook or "political-violence")
    types: dict[str, Any] = {**book.events, **book.relations}
    if key is None:
        write_lines((f"{name:22} {kind.label}: {kind.definition}" for name, kind in types.items()), output)
        return
    if key not in types:
        raise SettingsError(f"{book.key} has no type {key!r}.", "`khabar codebook show` lists them.")
    write_lines(_type_lines(types[key]), output)


def _type_lines(kind: Any) -> Iterator[str]:
    yield f"{kind.id}: {kind.label}"
    yield f"  {kind.definition}"
    for name in ("parent", "direction"):
        if getattr(kind, name, None):
            yield f"  {name}: {getattr(kind, name)}"
    for name in ("include", "exclude"):
        for rule in getattr(kind, name, ()):
            yield f"  {name}: {rule}"
    for scheme, codes in getattr(kind, "codes", {}).items():
        yield f"  {scheme}: " + ", ".join(f"{k} {v}" for k, v in codes.items())
