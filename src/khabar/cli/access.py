"""Commands about who may see what, and who did what: restrict, audit."""

from __future__ import annotations

from typing import Annotated

import typer

from khabar.cli.guard import guarded
from khabar.cli.options import (
    ByOption,
    FormatOption,
    LimitOption,
    OutputOption,
    SinceOption,
    StoreOption,
    existing_store,
    settings_with,
)
from khabar.cli.output import Format, note, write_rows
from khabar.errors import SettingsError

__all__ = ["audit_app", "group_names", "restrict"]

audit_app = typer.Typer(
    help="See who did what, and whether the log of it is as it was written.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_COLUMNS = ("number", "at", "by", "act", "subject", "details", "before", "hash")
_SHOWN = ("number", "at", "by", "act", "subject", "details")
_LONGEST_GROUP = 60  # characters


@audit_app.command("verify")
@guarded
def verify(
    expect: Annotated[
        str | None, typer.Option("--expect", help="A hash that an earlier check printed; it must still be in the log.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Check the log from its first line to its last, with the decisions it seals; exit with 1 at what does not fit.

    Keep the hash it prints elsewhere and give it next time: then it is noticed, too, if the end was cut off or all of
    it was written anew.
    """
    with existing_store(store) as base:
        found = base.audit_state(expect.strip().lower() if expect else None)
    if found.fault:
        typer.echo(f"The audit log does not hold: {found.fault}.")
        raise typer.Exit(1)
    typer.echo(f"{found.lines} line{'' if found.lines == 1 else 's'}, each follows the one before it.")
    typer.echo(f"Hash of the last line: {found.head}")


@audit_app.command("list")
@guarded
def list_(
    who: Annotated[str | None, typer.Option("--who", help="Only what this person did.")] = None,
    act: Annotated[str | None, typer.Option("--act", help="Only this: decide, review, restrict, …")] = None,
    since: SinceOption = None,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List who did what, the oldest first; with --limit the last ones."""
    from khabar.cli.asked import day
    from khabar.store.access_questions import AuditFilter
    from khabar.store.chain import canonical

    where = AuditFilter(by=who, act=act, since=day("--since", since), limit=limit)
    plain = form in (Format.json, Format.jsonl)
    with existing_store(store) as base:
        rows = (
            {name: getattr(line, name) for name in _COLUMNS}
            | {"details": line.details if plain else canonical(line.details)}
            for line in base.audit(where)
        )
        written = write_rows(rows, _COLUMNS, form, output, _SHOWN)
    if form is Format.table:
        note(f"{written} line{'' if written == 1 else 's'}.")


def restrict(
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT…", help="Ids of documents, or their beginnings.")],
    group: Annotated[list[str] | None, typer.Option("--group", help="A group that may see them; repeatable.")] = None,
    opened: Annotated[bool, typer.Option("--open", help="Everybody may see them again.")] = False,
    by: ByOption = None,
    store: StoreOption = None,
) -> None:
    """Let only the people of a group see documents, and all that follows from them, at `khabar serve --team`.

    Whoever can read the store file itself still reads everything in it.
    """
    groups = group_names(group or ())
    if bool(groups) == opened:
        raise SettingsError("Nothing says who may see them.", "Give --group NAME, or --open for everybody.")
    with existing_store(store) as base:
        keys = list(dict.fromkeys(base.document(key).id for key in documents))
        base.restrict(keys, groups, by or settings_with(store).user)
    who = f"only {' and '.join(groups)} may see" if groups else "everybody may see"
    note(f"{who} {len(keys)} document{'' if len(keys) == 1 else 's'}.")


def group_names(given: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The groups named, each once, sorted; SettingsError where one is no name."""
    for name in given:
        if not name.strip() or name != name.strip() or not name.isprintable() or len(name) > _LONGEST_GROUP:
            raise SettingsError(f"--group is {name!r}.", f"Give a name of up to {_LONGEST_GROUP} characters.")
    return tuple(sorted(set(given)))
