"""Work on this machine, in processes. Invariant: a process that dies costs the item it worked on, nothing else.

Each worker has a pipe of its own. Processes are spawned, not forked: a fork would copy open database handles and
threads.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from khabar.engine.crew import Answer, Crew, ask, in_words
from khabar.engine.engine import Outcome
from khabar.engine.limits import Limits, confine
from khabar.errors import KhabarError, SettingsError

__all__ = ["LocalEngine"]

Item = TypeVar("Item")
Result = TypeVar("Result")

_GRACE_SECONDS = 2.0  # for a stopped process to end
_MOST = 4  # processes, where nobody asked for a number: each takes some hundred megabytes


class LocalEngine:
    """Maps a step over items in worker processes; with one process and no limits, in this one.

    Limits need a process of their own, because nothing can stop a step in this one.
    """

    def __init__(
        self, processes: int | None = None, *, limits: Limits | None = None, address: str | None = None
    ) -> None:
        """`processes` is at least 1; None for one a processor, at most 4. SettingsError where an address is given."""
        if processes is not None and processes < 1:
            raise ValueError(f"processes must be at least 1, not {processes}")
        if address is not None:
            raise SettingsError(f"the local engine has no address {address}.", "Use --engine ray with --address.")
        self._processes = processes or min(_MOST, os.cpu_count() or 1)
        self._limits = limits or Limits()

    def map(
        self,
        step: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        setup: Callable[[], None] | None = None,
        ordered: bool = True,
    ) -> Iterator[Outcome[Item, Result]]:
        """The outcome of `step` for every item; see `khabar.engine.engine.Engine`."""
        if self._processes == 1 and not self._limits:
            return _map_here(step, items, setup)
        place = _Processes(step, setup, self._limits)
        return Crew(place, self._processes, self._limits, alone=True).map(items, ordered=ordered)


def _map_here(
    step: Callable[[Item], Result], items: Iterable[Item], setup: Callable[[], None] | None
) -> Iterator[Outcome[Item, Result]]:
    if setup is not None:
        setup()
    for item in items:
        answer = ask(step, item, Limits())
        yield Outcome(item, answer.result, answer.error)


# ------------------------------------------------------------------ in the worker process


def _work(pipe: Connection, step: Callable[[Any], Any], setup: Callable[[], None] | None, limits: Limits) -> None:
    """Answer items until this process is stopped. The first message says that the worker is ready, or why not."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; whoever started us stops us
    inbox: SimpleQueue[bytes] = SimpleQueue()
    # Read in a thread: if both sides waited for the other to take a long message, neither would go on.
    Thread(target=_receive, args=(pipe, inbox), daemon=True).start()
    confine(limits.memory)
    try:
        if setup is not None:
            setup()
    except KhabarError as problem:
        pipe.send((type(problem), problem.message, problem.remedy))
        return
    except Exception as problem:  # noqa: BLE001 - told to the process that asked, which raises it
        pipe.send((KhabarError, f"A worker process could not start: {in_words(problem)}", ""))
        return
    with suppress(OSError):  # nobody listens any more
        pipe.send(None)
        while True:
            pipe.send_bytes(_answer(step, inbox.get(), limits))


def _receive(pipe: Connection, inbox: SimpleQueue[bytes]) -> None:
    with suppress(EOFError, OSError):
        while True:
            inbox.put(pipe.recv_bytes())
    os._exit(0)  # the program that asked is gone, perhaps killed: do not go on in the dark


def _answer(step: Callable[[Any], Any], message: bytes, limits: Limits) -> bytes:
    """The answer to one message; a result that cannot travel is an error like any other."""

    def whole(message: bytes) -> bytes:
        return bytes(ForkingPickler.dumps(step(pickle.loads(message))))  # noqa: S301 - from our own process

    answer = ask(whole, message, limits)
    return bytes(ForkingPickler.dumps((answer.result, answer.error, answer.spent)))


# ------------------------------------------------------------------ in the process that asks


class _Worker:
    """One process, and our end of its pipe."""

    def __init__(self, process: SpawnProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.ready = False

    def give(self, item: Any) -> None:
        """Hand over one item."""
        with suppress(OSError):  # it has died; `listen` sees that too
            self.pipe.send(item)

    def heard(self) -> Answer | None:
        """What it says next; None where it has ended."""
        try:
            message = self.pipe.recv()
        except (EOFError, OSError):
            return None
        if self.ready:
            result, error, spent = message
            return Answer(None if result is None else pickle.loads(result), error, spent)  # noqa: S301 - our own
        self.ready = True
        kind, words, remedy = message or (None, "", "")
        return Answer(refusal=kind(words, remedy) if kind else None)

    def dismiss(self, *, kill: bool) -> str:
        """Make sure that the process is gone; how it ended, in words."""
        self.pipe.close()
        if kill:
            self.process.kill()  # a worker holds nothing that could be lost
        self.process.join(_GRACE_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        code = self.process.exitcode
        self.process.close()
        if code is not None and code < 0:
            return f"was killed (signal {-code})"
        return f"ended (exit status {code})"


class _Processes:
    """The worker processes of one call of `map`."""

    def __init__(self, step: Callable[[Any], Any], setup: Callable[[], None] | None, limits: Limits) -> None:
        self._given = (step, setup, limits)

    def start(self) -> _Worker:
        """A new process."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, *self._given), daemon=True)
        process.start()
        theirs.close()  # or its end would never be seen
        return _Worker(process, ours)

    def listen(self, workers: Sequence[_Worker], seconds: float | None) -> list[tuple[_Worker, Answer | None]]:
        """Wait until one of the workers speaks or ends, at most so long."""
        pipes: dict[Any, _Worker] = {worker.pipe: worker for worker in workers}
        return [(pipes[pipe], pipes[pipe].heard()) for pipe in wait(list(pipes), seconds)]
