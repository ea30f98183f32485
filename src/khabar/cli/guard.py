"""How a command ends. Invariant: bad input gives one line on standard error and a non-zero exit, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps

import typer

from khabar.errors import KhabarError, broken_installation
from khabar.visible import visible

__all__ = ["guarded"]


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """The command, ending with 1 where something could not be done and with 130 where it was interrupted."""

    @wraps(command)
    def run(*args: object, **options: object) -> None:
        try:
            command(*args, **options)
        except KeyboardInterrupt:
            _say("interrupted; what was finished is kept. Run the same command again to go on.")
            raise typer.Exit(130) from None
        except KhabarError as problem:
            _say(str(problem))
            raise typer.Exit(1) from None
        except ImportError as problem:
            _say(broken_installation(problem))
            raise typer.Exit(1) from None
        except BrokenPipeError:
            _drop_output()  # the reader of our output went away (`khabar claims | head`): no error
            raise typer.Exit(0) from None
        except OSError as problem:
            name = f"{problem.filename}: " if problem.filename else ""
            _say(f"{name}{problem.strerror or problem}. Check the path, its permissions and the disk's free space.")
            _drop_output()
            raise typer.Exit(1) from None

    return run


def _drop_output() -> None:
    """What is still in the buffer cannot be written; left there, it would fail once more at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return  # standard output is no file, as in tests


def _say(message: str) -> None:
    sys.stderr.write(f"khabar: {visible(' '.join(message.splitlines()))}\n")
