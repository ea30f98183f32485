"""Commands for other people's records: import them, list them, compare a base with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from khabar.cli.asked import country_code, day, word
from khabar.cli.guard import guarded
from khabar.cli.options import (
    CodebookOption,
    FormatOption,
    LimitOption,
    OutputOption,
    SinceOption,
    StoreOption,
    UntilOption,
    existing_store,
    settings_with,
)
from khabar.cli.output import Format, note, progress_bar, write_rows
from khabar.errors import NotFoundError
from khabar.records import ReferenceSet
from khabar.store.base import Store, View
from khabar.store.opening import open_store

__all__ = ["compare", "import_app"]

import_app = typer.Typer(
    help="Take in other people's records, to compare with: they never mix with claims of reports.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The file as its publisher gives it.")]
VersionOption = Annotated[
    str | None, typer.Option("--version", help="Its release, where the file does not say it (22.1).")
]
_SHOWN = 5  # problems told at once
_STEP = 500  # rows between two words of progress


@import_app.command("ucdp-ged")
@guarded
def import_ged(file: FileArgument, version: VersionOption = None, store: StoreOption = None) -> None:
    """Import events of the UCDP Georeferenced Event Dataset (CSV)."""
    with open_store(settings_with(store).store) as base:
        _import(base, "ucdp-ged", file, version)


@import_app.command("un-list")
@guarded
def import_un_list(
    file: FileArgument,
    version: VersionOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """Import the UN Security Council's consolidated list (XML or JSON lines); tells what changed since the last."""
    from khabar.comparing.lists import listings_of_base, renew_names

    with open_store(settings_with(store).store) as base:
        kept = _import(base, "un-list", file, version)
        if kept is None:
            return
        renew_names(base)
        found = listings_of_base(base, kept)
        _changed(base, kept, form, output)
    sure = {listing.actor.id for listing in found if listing.verdict == "same"}
    offered = [listing for listing in found if listing.verdict != "same"]
    note(f"{len(sure)} actors of your base are on it; {len(offered)} more may be: khabar compare un-list")


def _changed(base: View, version: ReferenceSet, form: Format, output: Path | None) -> bool:
    """Write what a version changed, as rows; False where it is the first one."""
    from khabar.comparing.changes import CHANGE_COLUMNS, change_row, changes_of

    before, found = changes_of(base, version)
    if before is None:
        return False
    write_rows(map(change_row, found), CHANGE_COLUMNS, form, output)
    numbers = Counter(change.change for change in found)
    told = ", ".join(f"{numbers[name]} {name}" for name in ("added", "changed", "delisted"))
    note(f"Since {before.version or before.file}: {told}.")
    return True


@import_app.command("changes")
@guarded
def import_changes(
    name: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A version, by its file, id or day. Default: the newest.")
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """What an imported version of the UN list changed: additions, changes and delistings."""
    from khabar.comparing.listings import list_order

    with existing_store(store) as base:
        every = list_order(base.reference_sets())
        fits = [s for s in every if name is None or name in (s.id, s.file, s.version)]
        if not fits:
            which = f"There is no version {name!r} of the list." if name else "No list is imported."
            raise NotFoundError(which, "`khabar import un-list FILE` takes one in.")
        if not _changed(base, fits[-1], form, output):
            note(f"{fits[-1].file} is the first version; there is nothing before it.")


@import_app.command("list")
@guarded
def import_list(form: FormatOption = Format.table, output: OutputOption = None, store: StoreOption = None) -> None:
    """List what was imported, with version, licence and numbers."""
    from khabar.comparing.tables import SET_COLUMNS, set_row

    with existing_store(store) as base:
        found = write_rows(map(set_row, base.reference_sets()), SET_COLUMNS, form, output, SET_COLUMNS[:-1])
    if form is Format.table:
        note(f"{found} imported file{'' if found == 1 else 's'}.")


@import_app.command("forget")
@guarded
def import_forget(
    name: Annotated[str, typer.Argument(metavar="FILE", help="Its file name, or the beginning of its id.")],
    store: StoreOption = None,
) -> None:
    """Take an imported file out again, and what it gave to actors."""
    from khabar.comparing.lists import renew_names

    with existing_store(store) as base:
        every = [s for s in base.reference_sets() if name == s.file or (len(name) > _STEM and s.id.startswith(name))]
        if len(every) != 1:
            which = f"{name!r} could be any of {', '.join(s.id for s in every)}." if every else f"There is no {name!r}."
            raise NotFoundError(which, "`khabar import list` shows what was imported.")
        base.forget_reference(every[0].id, settings_with().user)
        if every[0].shape == "un-list":
            renew_names(base)
        note(f"{every[0].file} is taken out.")


_STEM = 5  # characters of an id that are too few


def _import(base: Store, shape: str, file: Path, version: str | None) -> ReferenceSet | None:
    """Keep a file, and say what became of it; None where it was there already."""
    from khabar.imports.shapes import open_reference, shape_named

    about, rows = open_reference(shape_named(shape), file, version)
    by = settings_with().user
    run = base.begin_run(f"import {shape}", by)
    with progress_bar("importing") as tell:
        kept = base.add_reference(about, _told(rows, tell), by)
    base.end_run(run, {"records": kept.records, "problems": kept.problems} if kept else {}, by)
    if kept is None:
        note(f"{file.name} is imported already; nothing changed.")
        return None
    note(f"{kept.records} records of {kept.title}{f' {kept.version}' if kept.version else ''}. {kept.licence}")
    for problem in base.reference_problems(kept.id)[:_SHOWN]:
        note(f"{kept.file}:{problem.line}: {problem.message} {problem.remedy}")
    if kept.problems:
        more = f" The first {_SHOWN} are above." if kept.problems > _SHOWN else ""
        note(f"{kept.problems} rows could not be read and were left out.{more}")
    return kept


def _told(rows: Iterable[Any], tell: Any) -> Iterator[Any]:
    for number, row in enumerate(rows, 1):
        if number % _STEP == 0:
            tell(number, 0, "importing")
        yield row


# ------------------------------------------------------------------ compare


def compare(
    name: Annotated[str, typer.Argument(metavar="REF", help="A data set (ucdp-ged, un-list), or one imported file.")],
    only: Annotated[
        str | None, typer.Option("--only", help="same, unsure, only_mine or only_theirs; several parted by commas.")
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Only how many of theirs you have, and they of yours: by year, area, kind."),
    ] = False,
    country: Annotated[str | None, typer.Option(help="Only this country (two-letter code), on both sides.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Set your incidents against an imported data set: what both have, where they differ and why, and the rest."""
    from khabar.codebook.load import DEFAULT, load_codebook
    from khabar.comparing.ask import Comparisons
    from khabar.comparing.compare import Within
    from khabar.comparing.model import VERDICTS
    from khabar.comparing.tables import (
        COMPARE_COLUMNS,
        COVERAGE_COLUMNS,
        coverage_rows,
        row_json,
        row_table,
        summary_words,
    )
    from khabar.export.conduct import pseudonyms_of

    wanted = [word("--only", each.strip(), VERDICTS) for each in only.split(",")] if only else list(VERDICTS)
    within = Within(day("--since", since), day("--until", until), country_code("--country", country))
    settings = settings_with(store, codebook)
    with existing_store(store) as base:
        book = load_codebook(settings.codebook or DEFAULT)
        if name == _LIST:
            _compare_list(base, wanted, limit, form, output)
            return
        with progress_bar("comparing") as tell:
            tell(0, 0, "comparing")
            found = Comparisons().of(base, name, book, within)
        if coverage:
            write_rows(coverage_rows(found), COVERAGE_COLUMNS, form, output)
            return
        if form is Format.table and not only:
            wanted = [v for v in wanted if v != "only_theirs"]
        rows = [row for row in found.rows if row.verdict in wanted][:limit]
        shape = row_json if form in (Format.json, Format.jsonl) else row_table
        pseudonyms = pseudonyms_of(base, book.relations, settings.doubt)
        write_rows((pseudonyms.applied(shape(row)) for row in rows), COMPARE_COLUMNS, form, output, _COMPARED)
    if form is Format.table:
        for line in summary_words(found):
            note(line)


def _compare_list(base: View, wanted: Sequence[str | None], limit: int | None, form: Format, out: Path | None) -> None:
    """The actors of the base that the newest list surely or perhaps means."""
    from khabar.comparing.listings import latest_list
    from khabar.comparing.lists import LISTING_COLUMNS, listing_row, listings_of_base

    version = latest_list(base.reference_sets())
    if version is None:
        raise NotFoundError("No list is imported.", "`khabar import un-list FILE` takes one in.")
    found = [listing for listing in listings_of_base(base, version) if listing.verdict in wanted][:limit]
    write_rows(map(listing_row, found), LISTING_COLUMNS, form, out)
    if form is Format.table:
        sure = sum(listing.verdict == "same" for listing in found)
        note(f"{sure} actors of your base are on the list {version.version}; {len(found) - sure} may be.")


_LIST = "un-list"
_COMPARED = (
    "verdict", "date_mine", "date_theirs", "place_mine", "place_theirs", "killed_mine", "killed_theirs", "differences",
    "why", "incident", "record",
)  # fmt: skip
