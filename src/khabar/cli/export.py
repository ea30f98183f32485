"""The command `khabar export`. Invariant: files appear whole or not at all, private persons keep their names only on
the operator's word, and every export is logged with what was asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from khabar.cli.asked import country_code, day, known_type
from khabar.cli.look import files_of
from khabar.cli.options import (
    OutputOption,
    RuleOption,
    SinceOption,
    StoreOption,
    TextOption,
    UntilOption,
    settings_with,
)
from khabar.cli.output import Format, note, progress_bar, write_lines, write_rows
from khabar.cli.shown import incidents_shown
from khabar.codebook.model import Codebook
from khabar.errors import SettingsError
from khabar.exchange import claim_to_json
from khabar.export.claims import CLAIM_COLUMNS, claim_row, with_documents
from khabar.export.conduct import Pseudonyms, pseudonyms_of
from khabar.export.incidents import INCIDENT_COLUMNS, incident_json, incident_row
from khabar.settings import Settings
from khabar.store.base import Store, View
from khabar.store.opening import open_store
from khabar.store.questions import ClaimFilter, EventFilter

__all__ = ["export"]

_OWN = {"csv": "Khabar's own incidents or claims (--what), one row each", "jsonl": "the same as JSON lines, in full"}


class What(StrEnum):
    """What the shapes csv and jsonl write."""

    incidents = "incidents"
    claims = "claims"


def export(
    shape: Annotated[str | None, typer.Argument(help="A shape; --list names them.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the shapes and what each can be asked for.")] = False,
    what: Annotated[What, typer.Option("--what", help="For csv and jsonl: incidents or claims.")] = What.incidents,
    type_: Annotated[str | None, typer.Option("--type", help="Only incidents of this type of the codebook.")] = None,
    country: Annotated[str | None, typer.Option(help="Only of this country (two-letter code).")] = None,
    admin1: Annotated[str | None, typer.Option(help="Only of this province or state, by name.")] = None,
    actor: Annotated[str | None, typer.Option(help="Only with this actor (id or name).")] = None,
    min_killed: Annotated[int | None, typer.Option(help="At least this many killed.", min=0, max=1_000_000_000)] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    rule: RuleOption = None,
    profile: Annotated[
        str, typer.Option("--profile", help="internal, public, or one of the project file: which allegations leave.")
    ] = "internal",
    names: Annotated[bool, typer.Option("--names", help="Keep names of private persons; this is logged.")] = False,
    annotations: Annotated[
        bool, typer.Option("--annotations", help="Also OUTPUT.annotations.jsonld: W3C Web Annotations of the texts.")
    ] = False,
    with_: Annotated[
        list[str] | None, typer.Option("--with", help="An option of the shape; --list names them.")
    ] = None,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """Write the base in another data set's shape, with what was lost and what every cell rests on."""
    from khabar.codebook.load import DEFAULT, load_codebook

    if list_ or shape is None:
        write_lines(_shape_lines(), output if list_ else None)
        if not list_:
            raise SettingsError("no shape was named.", "Name one of these, for example `khabar export acled -o a.csv`.")
        return
    settings = settings_with(store, rule=rule)
    book = load_codebook(settings.codebook or DEFAULT)
    with open_store(settings.store, create=False) as base:
        where = EventFilter(
            types=(type_,) if type_ else (),
            country=country_code("--country", country),
            admin1=admin1,
            actor=base.actor(actor).id if actor else None,
            min_killed=min_killed,
            since=day("--since", since),
            until=day("--until", until),
            text=text,
        )
        pseudonyms = Pseudonyms(()) if names else pseudonyms_of(base, book.relations, settings.doubt)
        if shape in _OWN:
            done = _own(base, shape, what, where, settings, pseudonyms, output)
        else:
            asked = _Asked(profile, frozenset(with_ or ()), annotations)
            done = _shaped(base, book, shape, asked, where, settings, pseudonyms, output)
        command = " ".join(["export", *done.words, *(["--names"] if names else [])])
        base.end_run(base.begin_run(command, settings.user), done.counts, settings.user)
        if type_ and not any(done.counts.values()):
            known_type(type_, settings.codebook)
    kept = "with all names" if names else f"{len(pseudonyms)} private persons pseudonymised"
    note(f"{done.told}, {kept}.")
    for line in done.lines:
        note(line)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked of a shape."""

    profile: str
    options: frozenset[str]
    annotations: bool


@dataclass(frozen=True, slots=True)
class _Done:
    """What was written: words and numbers for the log, and for people."""

    words: tuple[str, ...]
    counts: dict[str, int]
    told: str
    lines: tuple[str, ...] = ()


# ------------------------------------------------------------------ shapes


def _shape_lines() -> Iterator[str]:
    from khabar.shaping import every_shape

    for name, title in _OWN.items():
        yield f"{name:14} {title}"
    for shape in every_shape():
        yield f"{shape.name:14} {shape.title}"
        for option, meaning in shape.options.items():
            yield f"{'':14}   --with {option}: {meaning}"


def _shaped(
    base: Store,
    book: Codebook,
    name: str,
    asked: _Asked,
    where: EventFilter,
    settings: Settings,
    pseudonyms: Pseudonyms,
    output: Path | None,
) -> _Done:
    from khabar.export.shapes.leaving import Leaving
    from khabar.export.shapes.outputs import file_names, write_files, write_stream
    from khabar.export.shapes.profiles import profile_named
    from khabar.export.shapes.project import load_project
    from khabar.plugins import plugin_names
    from khabar.shaping import Wanted, material_of, shape_named

    if name not in (known := [*_OWN, *plugin_names("exporters")]):
        raise SettingsError(f"there is no shape {name!r}.", f"Use one of {', '.join(known)}.")
    shape = shape_named(name)
    project = load_project(settings.project)
    expectation = project.expected_of(shape.name, [column.name for column in shape.columns])
    wanted = Wanted(where, profile_named(asked.profile, project.profiles), settings.rule, asked.options)
    material = material_of(base, book, shape, wanted)
    leaving = Leaving(shape, material, pseudonyms)
    with progress_bar(f"export {name}") as tell:
        total = base.count(where)
        material.tell = lambda done: tell(done, total, f"export {name}")
        if output is None or str(output) == "-":
            summary = write_stream(shape, material, leaving, sys.stdout.buffer, expectation=expectation)
            told = f"{summary.rows} rows written"
        elif output.exists() and not output.is_file() and not output.is_dir():
            with output.open("wb") as out:  # a device or a named pipe, which no file may take the place of
                summary = write_stream(shape, material, leaving, out, expectation=expectation)
            told = f"{summary.rows} rows written"
        else:
            summary = write_files(
                shape, material, leaving, output, expectation=expectation, annotations=asked.annotations
            )
            files = ", ".join(p.name for p in file_names(output, annotations=asked.annotations).values())
            told = f"{summary.rows} rows written to {files}"
    lost = sorted(summary.losses.items(), key=lambda item: (item[0][0] != "left out", item[0][0], -item[1]))
    return _Done(
        (name, f"--profile {asked.profile}"),
        {"rows": summary.rows, "left out": summary.left_out},
        told,
        tuple(f"  {kind}: {rule} {n}" for (kind, rule), n in lost),
    )


# ------------------------------------------------------------------ Khabar's own rows


def _own(
    base: View,
    shape: str,
    what: What,
    where: EventFilter,
    settings: Settings,
    pseudonyms: Pseudonyms,
    output: Path | None,
) -> _Done:
    form = Format.csv if shape == "csv" else Format.jsonl
    if what is What.incidents:
        files = files_of(base)
        made = incident_row if form is Format.csv else incident_json
        rows: Iterable[dict[str, Any]] = (made(e, files) for e in incidents_shown(base, where, settings))
        columns = INCIDENT_COLUMNS
    else:
        if where != EventFilter():
            raise SettingsError("Filters are of incidents.", "Leave them out, or leave --what claims out.")
        rows, columns = _claims(base, form, settings.doubt), CLAIM_COLUMNS
    written = write_rows((pseudonyms.applied(row) for row in rows), columns, form, output)
    return _Done((what.value,), {what.value: written}, f"{written} {what.value} written")


def _claims(base: View, form: Format, doubt: float) -> Iterator[dict[str, Any]]:
    """The claims that are coded; those a person has still to look at stay in the base."""
    for claim, document in with_documents(base, base.claims(ClaimFilter(coded=doubt))):
        yield claim_row(claim, document) if form is Format.csv else claim_to_json(claim, document)
