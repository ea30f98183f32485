"""The `khabar` command. Invariant: nothing heavy is imported before a command needs it, so that `--help` is quick."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import typer

from khabar import __version__
from khabar.cli import (
    access,
    build,
    evaluate,
    export,
    judge,
    keep,
    ledger,
    look,
    moving,
    queue,
    reference,
    report,
    review,
    serving,
    team,
    tend,
)
from khabar.cli.guard import guarded

__all__ = ["app", "main"]

app = typer.Typer(
    name="khabar",
    help="Turns news and analyst reports about political violence into a sourced conflict-event base.",
    epilog="Start with `khabar demo`, or with your own folder: khabar add my-articles/ && khabar run && khabar serve.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"khabar {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", help="Print the version and stop.", callback=_version, is_eager=True
    ),
) -> None:
    pass


_BUILD = "Build the base"
_LOOK = "Look at it"
_TEND = "Tend it"


def _add(panel: str, name: str, command: Callable[..., None]) -> None:
    app.command(name, rich_help_panel=panel)(guarded(command))


_add(_BUILD, "demo", build.demo)
_add(_BUILD, "add", build.add)
_add(_BUILD, "run", build.run)
_add(_BUILD, "extract", build.extract)
_add(_LOOK, "incidents", look.incidents)
_add(_LOOK, "actors", look.actors)
_add(_LOOK, "claims", look.claims)
_add(_LOOK, "contradictions", ledger.contradictions)
_add(_LOOK, "positions", ledger.positions)
_add(_LOOK, "totals", ledger.totals)
_add(_LOOK, "documents", look.documents)
_add(_LOOK, "queue", queue.queue)
_add(_LOOK, "show", look.show)
_add(_LOOK, "compare", reference.compare)
app.add_typer(reference.import_app, name="import", rich_help_panel=_BUILD)
_add(_TEND, "restrict", access.restrict)
app.add_typer(moving.store_app, name="store", rich_help_panel=_TEND)
app.add_typer(access.audit_app, name="audit", rich_help_panel=_TEND)
app.add_typer(judge.judge_app, name="judge", rich_help_panel=_TEND)
app.add_typer(review.review_app, name="review", rich_help_panel=_TEND)
_add(_TEND, "serve", serving.serve)
app.add_typer(team.account_app, name="account", rich_help_panel=_TEND)
app.add_typer(team.token_app, name="token", rich_help_panel=_TEND)
_add(_TEND, "export", export.export)
_add(_TEND, "report", report.report)
_add(_TEND, "evaluate", evaluate.evaluate)
_add(_TEND, "check", keep.check)
_add(_TEND, "backup", keep.backup)
_add(_TEND, "restore", keep.restore)
_add(_TEND, "doctor", tend.doctor)
app.add_typer(tend.codebook_app, name="codebook", rich_help_panel=_TEND)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 something could not be done, 2 wrong usage, 130 interrupted."""
    app(args=None if arguments is None else list(arguments), prog_name="khabar")
