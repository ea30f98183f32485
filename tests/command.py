"""The real command, run as a user runs it: a process of its own in a folder, with its words and its exit code.

Most of a short command's time goes to loading it. So commands are forked from a process that has loaded the program and
done nothing else (`command_host`); who asks for it, or gives other settings of Python, gets a new interpreter.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

__all__ = ["khabar"]

_LIMIT = 240  # seconds


def khabar(
    folder: Path, *arguments: str, code: int = 0, env: dict[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run the real command in `folder`; it must end with `code`, and never with a traceback."""
    done = _run(folder, arguments, dict(os.environ) if env is None else env, options)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, f"ended with {done.returncode}: {done.stderr}\n{done.stdout}"
    return done


def _run(
    folder: Path, arguments: tuple[str, ...], env: dict[str, str], options: dict[str, Any]
) -> subprocess.CompletedProcess[str]:
    if (
        hasattr(os, "fork")
        and not set(options) - {"input"}
        and _python(env) == _python(os.environ)
        and _one.acquire(False)
    ):
        try:
            return _host().run(folder, arguments, env, options.get("input"))
        finally:
            _one.release()
    command = [sys.executable, "-m", "khabar", *arguments]
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=_LIMIT, check=False, **options
    )


def _python(env: Any) -> dict[str, str]:
    """What an interpreter reads when it starts."""
    return {name: value for name, value in env.items() if name.startswith(("PYTHON", "LD_", "LC_", "LANG", "COVERAGE"))}


class _Host:
    """A process that has the program loaded, and forks a command at a time."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="khabar-commands-")
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("command_host.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._process.stdout.readline()  # it is ready

    def run(
        self, folder: Path, arguments: tuple[str, ...], env: dict[str, str], given: str | None
    ) -> subprocess.CompletedProcess[str]:
        """Fork a command and wait until it ended."""
        files = {name: Path(self._folder.name) / name for name in ("stdin", "stdout", "stderr")}
        files["stdin"].write_text(given or "", encoding="utf-8")
        asked = {"cwd": str(folder), "arguments": arguments, "env": env, "limit": _LIMIT}
        self._process.stdin.write(json.dumps({**asked, **{n: str(p) for n, p in files.items()}}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        said = [files[name].read_text(encoding="utf-8") for name in ("stdout", "stderr")]
        if answer["code"] is None:
            raise subprocess.TimeoutExpired(["khabar", *arguments], _LIMIT, *said)
        return subprocess.CompletedProcess(["khabar", *arguments], answer["code"], *said)

    def close(self) -> None:
        """End it."""
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._folder.cleanup()


_one = threading.Lock()
_hosts: dict[int, _Host] = {}


def _host() -> _Host:
    """The host of this process: a worker of the tests has its own."""
    if os.getpid() not in _hosts:
        _hosts[os.getpid()] = _Host()
        atexit.register(_hosts[os.getpid()].close)
    return _hosts[os.getpid()]
