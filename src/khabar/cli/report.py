"""The command `khabar report`. Invariant: the same base and options give the same bytes, the day of making aside; a
report appears whole or not at all, and names of private persons leave only on the operator's word, which is logged.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from khabar.cli.asked import country_code, day
from khabar.cli.options import CodebookOption, OutputOption, RuleOption, StoreOption, settings_with
from khabar.cli.output import note, progress_bar, write_bytes, write_lines
from khabar.errors import SettingsError
from khabar.store.opening import open_store

__all__ = ["report"]

_Made = str | bytes | dict[str, str]  # a text, a file, or several tables by name


class Form(StrEnum):
    """How a report is written."""

    html = "html"
    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"
    csv = "csv"


def report(
    period: Annotated[str, typer.Argument(help="2016, 2016-10, 2016-Q4 or 2016-10-01/2016-10-15.", show_default=False)],
    country: Annotated[list[str] | None, typer.Option(help="Only this country (two letters); may be repeated.")] = None,
    admin1: Annotated[str | None, typer.Option(help="Only this province or state, by name.")] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help="Only this type; may be repeated.")] = None,
    actor: Annotated[str | None, typer.Option(help="Only with this actor (id or name).")] = None,
    rule: RuleOption = None,
    form: Annotated[
        Form | None, typer.Option("--format", "-f", help="How it is written. Default: by the ending of -o, else html.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="The title. Default: Security report, and the area.")] = None,
    profile: Annotated[
        str, typer.Option("--profile", help="internal, or public: who is blamed is named from two origins on.")
    ] = "internal",
    names: Annotated[bool, typer.Option("--names", help="Keep names of private persons; this is logged.")] = False,
    made: Annotated[str | None, typer.Option("--made", help="The day it is made, as it says. Default: today.")] = None,
    output: OutputOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Write the periodic security report: what happened in a period, every number with its incidents and sources."""
    from khabar.codebook.load import DEFAULT, load_codebook
    from khabar.export.shapes.profiles import profile_named
    from khabar.report.asked import Asked, period_of
    from khabar.report.build import build_report

    settings = settings_with(store, codebook, rule=rule)
    shape = _form(form, output)
    book = load_codebook(settings.codebook or DEFAULT)
    with open_store(settings.store, create=False) as base:
        asked = Asked(
            period=period_of(period),
            made=day("--made", made) or datetime.now(UTC).date().isoformat(),
            countries=tuple(code for c in country or () if (code := country_code("--country", c))),
            admin1=admin1,
            types=tuple(type_ or ()),
            actor=base.actor(actor).id if actor else None,
            rule=settings.rule,
            title=title,
            names=names,
            origins=profile_named(profile).origins,
        )
        with progress_bar("report") as progress:
            written = build_report(base, book, asked, settings.doubt, progress)
        run = base.begin_run(f"report{' --names' if names else ''}", settings.user)
        base.end_run(run, {"incidents": len(written.incidents)}, settings.user)
    _write(_maker(shape)(written), output)
    where = f" in {output}" if output and str(output) != "-" else ""
    note(f"{written.title}, {written.period}: {len(written.incidents)} incidents{where}.")


def _form(form: Form | None, output: Path | None) -> Form:
    """The form asked for, or that of the file's ending."""
    if form is not None:
        return form
    ending = output.suffix.removeprefix(".").lower() if output is not None else ""
    if not ending:
        return Form.html
    if ending not in Form.__members__:
        known = ", ".join(Form.__members__)
        raise SettingsError(f"{output} has an ending that no form has.", f"Say which with --format: {known}.")
    return Form(ending)


def _maker(form: Form) -> Callable[..., _Made]:
    """What makes this form of a report."""
    from khabar.report import docx, html, pdf, sheets

    makers: dict[Form, Callable[..., _Made]] = {
        Form.html: html.html,
        Form.pdf: pdf.pdf,
        Form.docx: docx.docx,
        Form.xlsx: sheets.xlsx,
        Form.csv: sheets.csv_files,
    }
    return makers[form]


def _write(made: _Made, output: Path | None) -> None:
    if isinstance(made, bytes):
        write_bytes(made, output)
    elif isinstance(made, str):
        write_lines([made], output)
    else:
        _write_tables(made, output)


def _write_tables(tables: dict[str, str], output: Path | None) -> None:
    """A file a table into the folder that `-o` names."""
    if output is None or str(output) == "-":
        raise SettingsError("several CSV files cannot go to standard output.", "Name a folder with -o.")
    output.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        write_lines([text.removesuffix("\n")], output / name)
