"""Commands with which a person decides what is one incident or one actor, and takes it back.

Invariant: nothing is overwritten; every decision is an entry of the journal, and so is its undoing.
"""

from __future__ import annotations

from typing import Annotated

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
from khabar.export.decisions import DECISION_COLUMNS, decision_json, decision_row, sides_words
from khabar.records import ACTS, VERDICTS, Asked, Decision
from khabar.store.base import View
from khabar.store.questions import EventFilter

__all__ = ["judge_app"]

judge_app = typer.Typer(
    help="Say what is one incident or one actor and what is not, and take it back.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Thing = "An incident's or a claim's id, or an actor's name or id."
LeftArgument = Annotated[str, typer.Argument(metavar="LEFT", help=_Thing)]
RightArgument = Annotated[str, typer.Argument(metavar="RIGHT", help="The other one, of the same kind.")]


@judge_app.command("same")
@guarded
def same(
    left: LeftArgument,
    right: RightArgument,
    why: NoteOption = "",
    by: ByOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Two are one incident, or one actor, whatever the rules find."""
    _decide("same", (left, right), why, by, codebook, store)


@judge_app.command("different")
@guarded
def different(
    left: LeftArgument,
    right: RightArgument,
    why: NoteOption = "",
    by: ByOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Two are not the same, and stay apart in every later run. Two names of one actor become two actors."""
    _decide("different", (left, right), why, by, codebook, store)


@judge_app.command("unsure")
@guarded
def unsure(
    left: LeftArgument,
    right: RightArgument,
    why: NoteOption = "",
    by: ByOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Nobody can tell whether two are the same: no rule joins them, and they are shown as perhaps the same."""
    _decide("unsure", (left, right), why, by, codebook, store)


@judge_app.command("merge")
@guarded
def merge(
    keys: Annotated[list[str], typer.Argument(metavar="INCIDENT…", help="Two incidents or more; or actors.")],
    why: NoteOption = "",
    by: ByOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Make one incident of several, with all their claims; reports that come later join it as they would its parts."""
    _decide("merge", tuple(keys), why, by, codebook, store)


@judge_app.command("split")
@guarded
def split(
    whole: Annotated[str, typer.Argument(metavar="INCIDENT", help="The incident to part; or an actor.")],
    members: Annotated[list[str], typer.Argument(metavar="CLAIM…", help="Its claims that go together elsewhere.")],
    why: NoteOption = "",
    by: ByOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Part an incident in two: the claims named, and the rest. Of an actor, the names named and the rest."""
    _decide("split", (whole, *members), why, by, codebook, store)


@judge_app.command("undo")
@guarded
def undo(
    number: Annotated[
        str | None, typer.Argument(metavar="NUMBER", help="A decision of the list. Default: the last that stands.")
    ] = None,
    why: NoteOption = "",
    by: ByOption = None,
    codebook: CodebookOption = None,
    store: StoreOption = None,
) -> None:
    """Take a decision back: the base is again as if it had not been made. An undoing can be undone, too."""
    _decide("undo", (number,) if number is not None else (), why, by, codebook, store)


@judge_app.command("list")
@guarded
def list_(
    act: Annotated[str | None, typer.Option(help=f"Only {', '.join(ACTS)}.")] = None,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List the decisions, the latest first, with what became of each."""
    from khabar.cli.asked import word
    from khabar.deciding import journal

    word("--act", act, ACTS)
    with existing_store(store) as base:
        found = [e for e in reversed(journal(base, settings_with(store).doubt)) if act in (None, e.decision.act)]
        shape = decision_json if form in (Format.json, Format.jsonl) else decision_row
        rows = map(shape, found[:limit])
        written = write_rows(rows, DECISION_COLUMNS, form, output)
    if form is Format.table:
        note(f"{written} decision{'' if written == 1 else 's'}.")


def _decide(act: str, keys: tuple[str, ...], why: str, by: str | None, codebook: str | None, store: str | None) -> None:
    from khabar.deciding import decide

    settings = settings_with(store, codebook)
    who = by or settings.user
    if who.startswith("rule:"):
        raise SettingsError(f"--by is {who!r}.", "Names that begin with rule: are the program's own.")
    with existing_store(store) as base:
        kept = decide(base, Asked(act, keys, who, why), settings)
        for line in _outcome(base, kept):
            typer.echo(line)


def _outcome(base: View, decision: Decision) -> list[str]:
    """What was decided, and which incidents hold the claims it was about."""
    if decision.act == "undo":
        undone = next(d for d in base.decisions() if d.number == decision.undoes)
        return [f"decision {decision.number}: decision {undone.number} ({undone.act}) is undone", *_now(base, undone)]
    verdict = "" if decision.act in VERDICTS else f" ({decision.verdict})"
    said = f"decision {decision.number}: {decision.act}{verdict} {sides_words(decision)}"
    return [said, *_now(base, decision), f"To take it back: khabar judge undo {decision.number}"]


def _now(base: View, decision: Decision) -> list[str]:
    claims = [party.key for side in decision.sides for party in side if party.document is not None]
    events = {e.id: e for key in claims for e in base.events(EventFilter(claim=key))}
    return [f"  incident {e.id}: {_many(e.claims, 'claim')} of {_many(e.documents, 'report')}" for e in events.values()]


def _many(things: tuple[str, ...], noun: str) -> str:
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"
