"""Forks the `khabar` command from a process that has loaded it. A line of JSON on standard input asks for one command,
a line on standard output says how it ended.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from typing import Any, NoReturn

# What commands load as they need it; nothing of this is used here, so that every command starts from the same state.
LOADED = (
    "khabar.__main__",
    "khabar.cli.main",
    "khabar.pipeline",
    "khabar.store.sqlite",
    "khabar.extraction.extractor",
    "khabar.serve.app",
    "khabar.shaping",
    "spacy",
)


def main() -> None:
    """Load, then serve until standard input ends."""
    for name in LOADED:
        __import__(name)
    gc.freeze()
    _say({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _command(asked)
        _say({"code": _ended(child, asked["limit"])})


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _ended(child: int, limit: float) -> int | None:
    """The exit code of a command, negative for a signal; None where it was still at work after `limit` seconds."""
    until = time.monotonic() + limit
    pause = 0.001
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause)
        pause = min(0.02, pause * 1.5)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _command(asked: dict[str, Any]) -> NoReturn:
    """Become the command: its folder, its environment, its files, its arguments."""
    os.setsid()
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    for number, name, flags in (
        (0, "stdin", os.O_RDONLY),
        (1, "stdout", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, "stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        file = os.open(asked[name], flags, 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in ((0, "r"), (1, "w"), (2, "w"))
    )
    sys.argv = ["khabar", *asked["arguments"]]
    code = 1
    try:
        from khabar.__main__ import main as khabar

        khabar()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - a traceback is what the tests look for
        sys.excepthook(*sys.exc_info())
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = 120
    os._exit(code)


if __name__ == "__main__":
    main()
