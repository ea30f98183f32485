"""The `khabar` command. Invariant: bad input ends in one line on standard error and a non-zero exit, never a traceback;
nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

import click
import typer

from khabar import __version__
from khabar.cli import build, look, tend
from khabar.errors import KhabarError

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
    app.command(name, rich_help_panel=panel)(command)


_add(_BUILD, "demo", build.demo)
_add(_BUILD, "add", build.add)
_add(_BUILD, "run", build.run)
_add(_BUILD, "extract", build.extract)
_add(_LOOK, "incidents", look.incidents)
_add(_LOOK, "actors", look.actors)
_add(_LOOK, "claims", look.claims)
_add(_LOOK, "contradictions", look.contradictions)
_add(_LOOK, "documents", look.documents)
_add(_LOOK, "show", look.show)
_add(_TEND, "serve", tend.serve)
_add(_TEND, "export", tend.export)
_add(_TEND, "doctor", tend.doctor)
app.add_typer(tend.codebook_app, name="codebook", rich_help_panel=_TEND)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 something could not be done, 2 wrong usage, 130 interrupted."""
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def _run(arguments: list[str]) -> int:
    try:
        code = app(args=arguments, standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted; what was finished is kept. Run the same command again to go on.")
        return 130
    except KhabarError as problem:
        _say(str(problem))
        return 1
    except BrokenPipeError:
        # The reader of our output went away (`khabar claims | head`): not an error, but the rest must not be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        name = f"{problem.filename}: " if problem.filename else ""
        _say(f"{name}{problem.strerror or problem}. Check the path, its permissions and the free space of the disk.")
        return 1
    return code if isinstance(code, int) else 0


def _say(message: str) -> None:
    sys.stderr.write(f"khabar: {message}\n")
