"""Commands with which a coder decides about claims from the terminal, and a team codes twice and compares.

Invariant: nothing is overwritten; every decision is an entry of the journal of reviews, and so is its undoing.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from khabar.cli.guard import guarded
from khabar.cli.options import (
    ByOption,
    CodebookOption,
    FormatOption,
    LimitOption,
    NoteOption,
    OutputOption,
    StoreOption,
    existing_store,
    settings_with,
)
from khabar.cli.output import Format, note, write_rows
from khabar.errors import SettingsError
from khabar.records import Review
from khabar.settings import Settings

__all__ = ["review_app"]

review_app = typer.Typer(
    help="Decide about claims: accept, correct, reject, undo; code twice and compare.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

ClaimArgument = Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id, or the beginning of it.")]
BatchOption = Annotated[str, typer.Option("--batch", help="The name of what is coded together.")]


@review_app.command("list")
@guarded
def list_(
    user: Annotated[str | None, typer.Option("--user", help="Only decisions of this person.")] = None,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List what was decided about claims, the latest first; `khabar queue` lists what waits."""
    from khabar.export.reviews import REVIEW_COLUMNS, review_json, review_row
    from khabar.store.review_questions import ReviewFilter

    with existing_store(store) as base:
        found = reversed(list(base.reviews(ReviewFilter(user=user, limit=limit))))
        shape = review_json if form in (Format.json, Format.jsonl) else review_row
        shown = ("number", "by", "decision", "undoes", "claim", "proposed", "accepted", "note")
        written = write_rows(map(shape, found), REVIEW_COLUMNS, form, output, shown)
    if form is Format.table:
        note(f"{written} decision{'' if written == 1 else 's'}.")


@review_app.command("show")
@guarded
def show(claim: ClaimArgument, store: StoreOption = None) -> None:
    """Show a claim value by value, with its passage, what was proposed, and what was decided about it."""
    from khabar.benches import bench_of
    from khabar.review.acts import entry_of
    from khabar.review.values import values_of

    with existing_store(store) as base:
        found = base.claim(claim)
        entry = entry_of(bench_of(base, found.passages[0].document), found.id)
    typer.echo(f"{entry.claim.kind} {entry.claim.id} ({entry.state}, version {entry.version})")
    for passage in entry.claim.passages:
        typer.echo(f"  “{passage.quote}”")
    before, now = values_of(entry.proposal), values_of(entry.claim)
    for path in dict.fromkeys([*before, *now]):
        told = now.get(path, "")
        was = f"   (proposed: {before.get(path, 'nothing')})" if before.get(path, "") != told else ""
        typer.echo(f"  {path:28} {told}{was}")
    for review in entry.history:
        why = f": {review.note}" if review.note else ""
        typer.echo(f"  review {review.number}, {review.at[:16]}, {review.user}: {_said(review)}{why}")


def _said(review: Review) -> str:
    return f"undo {review.undoes}" if review.undoes is not None else review.decision


@review_app.command("accept")
@guarded
def accept(
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="Ids of claims, or their beginnings.")],
    why: NoteOption = "",
    by: ByOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Accept claims as they stand: they are coded from now on, whatever their confidence and any later run."""
    _decide("accept", claims, {}, why, by, settings_with(store, codebook))


@review_app.command("reject")
@guarded
def reject(
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="Ids of claims, or their beginnings.")],
    why: NoteOption = "",
    by: ByOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Reject claims: they leave their incidents, and no later run brings them back."""
    _decide("reject", claims, {}, why, by, settings_with(store, codebook))


@review_app.command("correct")
@guarded
def correct(
    claim: ClaimArgument,
    values: Annotated[
        list[str],
        typer.Option("--set", help="A value: killed.best=12, type=arson, places.0.name=; empty takes it out."),
    ],
    why: NoteOption = "",
    by: ByOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Correct values of a claim; the others stay. What was proposed is kept beside. `khabar review show` names them."""
    told = {}
    for said in values:
        path, equals, value = said.partition("=")
        if not equals or not path.strip():
            raise SettingsError(f"--set {said!r} names no value.", "Write --set killed.best=12.")
        told[path.strip()] = value
    _decide("correct", [claim], told, why, by, settings_with(store, codebook))


def _decide(act: str, claims: list[str], values: dict[str, str], why: str, by: str | None, settings: Settings) -> None:
    from khabar.deciding import Desk
    from khabar.review.acts import Act

    user = by or settings.user
    with existing_store(settings.store) as base:
        desk = Desk(base, settings)
        for key in claims:
            found = base.claim(key)
            bench = desk.bench(found.passages[0].document)
            [kept] = desk.keep(bench, [Act(act, user, found.id, values=values, note=why, partly=True)])
            typer.echo(f"review {kept.number}: {kept.decision} {kept.target}")
    typer.echo(f"To take it back: khabar review undo {kept.number}")


@review_app.command("undo")
@guarded
def undo(
    number: Annotated[
        int | None, typer.Argument(metavar="NUMBER", help="A review of the list. Default: your last one that stands.")
    ] = None,
    by: ByOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Take a decision about a claim back: what was there before is there again. An undoing can be undone, too."""
    from khabar.deciding import Desk

    settings = settings_with(store, codebook)
    with existing_store(store) as base:
        kept = Desk(base, settings).take_back(by or settings.user, number)
    typer.echo(f"review {kept.number}: review {kept.undoes} is undone")


@review_app.command("assign")
@guarded
def assign(
    coders: Annotated[str, typer.Option("--coders", help="Names, with commas between them.")],
    documents: Annotated[
        list[str] | None, typer.Argument(metavar="DOCUMENT…", help="Ids; without any every n-th report that is read.")
    ] = None,
    every: Annotated[int, typer.Option("--every", min=1, help="Take every n-th report.")] = 1,
    batch: BatchOption = "",
    machine: Annotated[
        bool, typer.Option("--machine/--blind", help="Whether coders begin with the machine's claims.")
    ] = False,
    by: ByOption = None,
    store: StoreOption = None,
) -> None:
    """Give reports to coders: with --batch to be coded apart from each other, else to be reviewed."""
    from khabar.deciding import Desk
    from khabar.records import Assignment

    settings = settings_with(store)
    names = [name.strip() for name in coders.split(",") if name.strip()]
    with existing_store(store) as base:
        desk = Desk(base, settings)
        task, user = "coding" if batch else "review", by or settings.user
        keys = desk.sample(every, documents or ())
        given = desk.assign([Assignment(key, name, task, user, batch, machine) for key in keys for name in names])
    note(f"{len(given)} assignment{'' if len(given) == 1 else 's'}: {len(keys)} reports, {', '.join(names)}.")


@review_app.command("assignments")
@guarded
def assignments(
    user: Annotated[str | None, typer.Option("--user", help="Only those of this coder.")] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List which report is given to whom, and what is finished."""
    from khabar.export.reviews import ASSIGNMENT_COLUMNS, assignment_json
    from khabar.store.review_questions import AssignmentFilter

    with existing_store(store) as base:
        rows = map(assignment_json, base.assignments(AssignmentFilter(user=user)))
        written = write_rows(rows, ASSIGNMENT_COLUMNS, form, output)
    if form is Format.table:
        note(f"{written} assignment{'' if written == 1 else 's'}.")


@review_app.command("agreement")
@guarded
def agreement(
    batch: BatchOption = "",
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """Krippendorff's alpha and F1 of every value: between the coders of a batch, and of each with the machine."""
    from khabar.benches import agreements_of
    from khabar.export.reviews import AGREEMENT_COLUMNS, agreement_row
    from khabar.store.review_questions import AssignmentFilter

    settings = settings_with(store)
    with existing_store(store) as base:
        batches = list(dict.fromkeys(a.batch for a in base.assignments(AssignmentFilter(task="coding"))))
        chosen = batch or (batches[-1] if batches else "")
        if chosen not in batches:
            raise SettingsError(
                f"There is no batch {chosen!r}.", "Make one: khabar review assign --batch NAME --coders A,B"
            )
        rows: list[dict[str, Any]] = [
            {"between": f"{left} and {right}" if left != right else "coders", **agreement_row(row)}
            for left, right, _reports, found in agreements_of(base, chosen, settings.doubt)
            for row in found
        ]
        written = write_rows(rows, AGREEMENT_COLUMNS, form, output)
    if form is Format.table and not written:
        note(f"No report of {chosen} has a finished coding yet.")
