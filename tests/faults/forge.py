"""Processes to be killed. Invariant: each command is a process of its own, begun from one that has loaded the program,
so that a random moment falls into its work and not into its start.

Run as a program (`python -m faults.forge`) it forks a process for every line of JSON it is given; `Forge` talks to it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

__all__ = ["Ended", "Forge", "Started"]

_TESTS = Path(__file__).parents[1]
_PATIENCE = 240.0  # seconds for a command that nobody kills


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code (minus the signal that killed it) and what it had written by then."""

    code: int
    out: str
    err: str
    pid: int = 0

    @property
    def killed(self) -> bool:
        """Whether SIGKILL came before its end."""
        return self.code == -signal.SIGKILL


@dataclass(slots=True)
class Started:
    """A command at work."""

    pid: int
    forge: Forge
    folder: Path
    number: int

    def signal(self, number: int) -> None:
        """Send it a signal; it is not gone before `wait`, so this reaches nobody else."""
        os.kill(self.pid, number)

    def said(self) -> str:
        """What it wrote to standard error so far."""
        return (self.folder / f"{self.number}.err").read_text("utf-8", "replace")

    def wait(self, timeout: float = _PATIENCE) -> Ended:
        """Wait for its end; a command that lasts longer than `timeout` seconds is killed, and that is an error."""
        told = self.forge.ask({"op": "wait", "pid": self.pid, "timeout": timeout})
        out, err = (self.folder / f"{self.number}.{name}" for name in ("out", "err"))
        ended = Ended(told["code"], *(path.read_text("utf-8", "replace") for path in (out, err)), self.pid)
        out.unlink()
        err.unlink()
        if told["late"]:
            raise TimeoutError(f"A command did not end within {timeout:g} seconds: {ended.err[-500:]}")
        return ended


class Forge:
    """The program with everything loaded, from which commands are begun; what they print goes to files in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begun = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "faults.forge"],
            cwd=_TESTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "KHABAR_TIMEOUT": "0", "KHABAR_MEMORY": "0"},
        )  # fmt: skip
        try:
            self.ask({"op": "ready"})
        except BaseException:
            self.close()
            raise

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Tell it one thing, and hear what came of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("The process that begins commands has ended.")
        return json.loads(line)

    def start(
        self, arguments: Sequence[str | Path], folder: Path, *, limit: int | None = None, clock: float = 0.0, **env: str
    ) -> Started:
        """Begin `khabar ARGUMENTS` in `folder`; with `limit` no file of it may grow beyond so many bytes, and its clock
        goes so many seconds before or after that of the machine.
        """
        self._begun += 1
        for name in ("out", "err"):  # here, because the command may be killed before its first word
            (self._folder / f"{self._begun}.{name}").touch()
        told = self.ask({
            "op": "start", "arguments": [str(a) for a in arguments], "folder": str(folder), "limit": limit, "env": env,
            "clock": clock,
            "out": str(self._folder / f"{self._begun}.out"), "err": str(self._folder / f"{self._begun}.err"),
        })  # fmt: skip
        return Started(told["pid"], self, self._folder, self._begun)

    def run(self, arguments: Sequence[str | Path], folder: Path, *, code: int | None = 0, **options: Any) -> Ended:
        """Run a command to its end, which must be with `code` (None: any), and never with a traceback."""
        ended = self.start(arguments, folder, **options).wait()
        assert "Traceback" not in ended.err, ended.err
        assert code in (None, ended.code), f"{arguments} ended with {ended.code}: {ended.err}{ended.out}"
        return ended

    def timed(self, arguments: Sequence[str | Path], folder: Path) -> float:
        """The seconds that a command takes when nobody disturbs it."""
        begun = time.perf_counter()
        self.run(arguments, folder)
        return time.perf_counter() - begun

    def close(self) -> None:
        """End the process; commands it began have ended before."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


# ------------------------------------------------------------------ the process that forks


def _load(folder: Path) -> None:
    """Everything that commands load when they begin, by running each once on a base of one report."""
    from khabar.__main__ import main

    report, store, out = folder / "report.txt", folder / "k.db", open(os.devnull, "w")  # noqa: PTH123, SIM115
    report.write_text("Two gunmen attacked a bus in Quetta on 3 May 2017. Police said the attack killed three people.")
    for arguments in (
        ["add", str(report)], ["run", "--processes", "1"], ["judge", "list"], ["review", "list"],
        ["export", "acled", "-o", str(folder / "a.csv")], ["backup", str(folder / "k.backup")], ["check"],
    ):  # fmt: skip
        with redirect_stdout(out), redirect_stderr(out), suppress(SystemExit):
            main([*arguments, "--store", str(store)])
    gc.collect()
    gc.freeze()
    out.close()


def _begin(told: Mapping[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        code = _child(told)
    finally:
        os._exit(code)


def _child(told: Mapping[str, Any]) -> int:
    os.setsid()
    os.chdir(told["folder"])
    os.environ.update(told["env"])
    for number, name in ((1, "out"), (2, "err")):
        handle = os.open(told[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(handle, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if told["limit"] is not None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (told["limit"], told["limit"]))
    _shift(told["clock"])
    from khabar.__main__ import main

    sys.argv = ["khabar", *told["arguments"]]
    code: object = 0
    try:
        main(told["arguments"])
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - printed, as Python itself would
        import traceback

        traceback.print_exc()
        code = 1
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 120  # as Python itself does
    return code if isinstance(code, int) else int(code is not None)


def _shift(seconds: float) -> None:
    """Let the store's clock go wrong, as that of a machine does whose battery is empty."""
    if seconds:
        from khabar.store import rows

        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                return super().now(tz) + timedelta(seconds=seconds)

        rows.datetime = Clock  # type: ignore[misc, attr-defined]


def _wait(pid: int, timeout: float) -> dict[str, Any]:
    until = time.monotonic() + timeout
    late = False
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return {"code": os.waitstatus_to_exitcode(status), "late": late}
        if time.monotonic() > until and not late:
            late = True
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)


def _serve() -> None:
    with TemporaryDirectory() as folder:
        _load(Path(folder))
    for line in sys.stdin:
        told = json.loads(line)
        answer: dict[str, Any] = {}
        if told["op"] == "start":
            answer = {"pid": _begin(told)}
        elif told["op"] == "wait":
            answer = _wait(told["pid"], told["timeout"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
