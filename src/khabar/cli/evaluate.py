"""The command that says how good Khabar is: `khabar evaluate`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from khabar.cli.options import CodebookOption, FormatOption, OutputOption, ProcessesOption, settings_with
from khabar.cli.output import Format, note, progress_bar, write_lines, write_rows
from khabar.errors import EvaluationError

__all__ = ["evaluate"]

_NAMES = typer.Argument(metavar="[MEASURE…]", help="Only these measures. Default: all whose data are here.")
_GOLD = typer.Option("--gold", help="Folder of gold and floors. Default: `eval` here, else in Khabar's checkout.")
_CASES = typer.Option("--cases", help="Measure on your own cases in this folder instead (see eval/golden/README.md).")
_ERRORS = typer.Option("--errors", help="List misses and false finds with their sentence, grouped by cause.")
_CHECK = typer.Option("--check", help="End with 1 where a figure is below its floor.")
_RAISE = typer.Option("--raise", help="Raise the floors to what is measured, and take over data that changed.")
_LOWER = typer.Option("--lower", help="Let the floors of the named measures go down; needs --reason.")
_REASON = typer.Option("--reason", help="Why a floor goes down; kept in the file.")
_NOTE = typer.Option("--note", help="Write the method note with all figures into this file.")


def evaluate(
    names: Annotated[list[str] | None, _NAMES] = None,
    gold: Annotated[Path | None, _GOLD] = None,
    cases: Annotated[Path | None, _CASES] = None,
    errors: Annotated[bool, _ERRORS] = False,
    check: Annotated[bool, _CHECK] = False,
    raised: Annotated[bool, _RAISE] = False,
    lower: Annotated[bool, _LOWER] = False,
    reason: Annotated[str | None, _REASON] = None,
    method_note: Annotated[Path | None, _NOTE] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    codebook: CodebookOption = None,
    processes: ProcessesOption = None,
) -> None:
    """Measure every ability on gold that people made: figures with their size, data, day and floor."""
    from khabar.evaluation.gate import breaches, load_floors, reset, write_floors
    from khabar.evaluation.gold import Gold, find_gold
    from khabar.evaluation.note import note_lines
    from khabar.evaluation.rows import FIGURE_COLUMNS, SLIP_COLUMNS, figure_rows, slip_rows
    from khabar.evaluation.run import chosen, measure_all, own_cases
    from khabar.evaluation.system import System

    _refuse(names, cases, method_note, floors_asked=check or raised or lower)
    if lower and not (reason and names):
        raise EvaluationError(
            "a floor goes down only by name and with a reason.", 'Give MEASURE --lower --reason "why".'
        )
    if cases:  # needs nothing of Khabar's own gold, so that it works wherever Khabar is installed
        where, floors, measures = Gold(cases.resolve().parent, None), {}, [own_cases(cases)]
    else:
        where = find_gold(gold)
        floors, measures = load_floors(where.floors), chosen(names or [])
    system = System(settings_with(None, codebook, processes))
    with progress_bar("measuring") as progress:
        measured = list(measure_all(measures, where, system, progress))
    day = datetime.now(UTC).date().isoformat()
    if errors:
        shown = ("measure", "cause", "cases", "kind", "place", "expected", "found", "sentence")
        write_rows(slip_rows(measured), SLIP_COLUMNS, form, output, shown)
    else:
        rows = figure_rows(measured, floors, day)
        write_rows(rows, FIGURE_COLUMNS, form, output, ("measure", "figure", "value", "floor", "cases", "note"))
    for one in measured:
        if one.outcome is None:
            note(f"khabar: {one.measure.name} was not measured: its data ({one.measure.source}) are not here.")
    if raised or lower:
        floors = reset(measured, floors, reason if lower else None)
        write_floors(where.floors, floors)
    if method_note:
        write_lines(note_lines(measured, floors, where.own, day), method_note)
    if check:
        found = breaches(measured, floors)
        for breach in found:
            note(f"khabar: {breach.measure}: {breach.message}")
        if found:
            raise typer.Exit(1)


def _refuse(names: list[str] | None, cases: Path | None, method_note: Path | None, *, floors_asked: bool) -> None:
    """EvaluationError for options that do not go together."""
    if cases and (names or method_note or floors_asked):
        raise EvaluationError("own cases have no floors and no note.", "Give --cases alone, or with --errors.")
    if method_note and names:
        raise EvaluationError("the method note needs every measure.", "Leave the names out.")
