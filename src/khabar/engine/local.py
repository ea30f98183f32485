"""Work on this machine, in processes. Invariant: a process that dies costs the item it worked on, nothing else.

Each worker answers item by item over a pipe of its own. So the item a dead worker was at is known, and how long it
has been at it; the items waiting behind it go to another worker. Processes are spawned, not forked: a fork would
copy open database handles and threads.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from khabar.engine.engine import Outcome
from khabar.errors import KhabarError

__all__ = ["LocalEngine"]

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 3  # items a worker holds: one at work, the others so that it never waits for us
_WINDOW = 16  # items a worker that are read but not given back, while a slow one holds up the order
_GRACE_SECONDS = 2.0  # for a stopped process to end


class LocalEngine:
    """Maps a step over items in `processes` worker processes; with one process, in this one.

    `timeout` is in seconds an item, None for no limit; it needs worker processes, because nothing can stop a step
    in this one.
    """

    def __init__(self, processes: int = 1, *, timeout: float | None = None) -> None:
        """`processes` is at least 1."""
        if processes < 1:
            raise ValueError(f"processes must be at least 1, not {processes}")
        self._processes = processes
        self._timeout = timeout

    def map(
        self,
        step: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        setup: Callable[[], None] | None = None,
    ) -> Iterator[Outcome[Item, Result]]:
        """The outcome of `step` for every item, in order; see `khabar.engine.engine.Engine`.

        An item whose worker was killed is tried once more with nothing else at work, in case the two together took
        too much memory.
        """
        if self._processes == 1:
            return _map_here(step, items, setup)
        return _Crew(step, setup, self._processes, self._timeout).map(items)


def _map_here(
    step: Callable[[Item], Result], items: Iterable[Item], setup: Callable[[], None] | None
) -> Iterator[Outcome[Item, Result]]:
    if setup is not None:
        setup()
    for item in items:
        try:
            outcome = Outcome(item, step(item))
        except Exception as problem:  # noqa: BLE001 - one item's fault, whatever it is, must not cost the others
            outcome = Outcome(item, None, _in_words(problem))
        yield outcome


def _in_words(problem: BaseException) -> str:
    """One line for people: our own errors as they are; a fault nobody foresaw with its type."""
    if isinstance(problem, KhabarError):
        return str(problem)
    if isinstance(problem, MemoryError):
        return "There was not enough memory. Use fewer processes, or split the document."
    return " ".join(f"Unforeseen {type(problem).__name__}: {problem}".split())


# ------------------------------------------------------------------ in the worker process


def _work(pipe: Connection, step: Callable[[Any], Any], setup: Callable[[], None] | None) -> None:
    """Answer items until this process is stopped. The first message says that the worker is ready, or why not."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; whoever started us stops us
    inbox: SimpleQueue[bytes] = SimpleQueue()
    # Read in a thread: if both sides waited for the other to take a long message, neither would go on.
    Thread(target=_receive, args=(pipe, inbox), daemon=True).start()
    try:
        if setup is not None:
            setup()
    except KhabarError as problem:
        pipe.send((type(problem), problem.message, problem.remedy))
        return
    except Exception as problem:  # noqa: BLE001 - told to the process that asked, which raises it
        pipe.send((KhabarError, f"A worker process could not start: {_in_words(problem)}", ""))
        return
    with suppress(OSError):  # nobody listens any more
        pipe.send(None)
        while True:
            pipe.send_bytes(_answer(step, inbox.get()))


def _receive(pipe: Connection, inbox: SimpleQueue[bytes]) -> None:
    with suppress(EOFError, OSError):
        while True:
            inbox.put(pipe.recv_bytes())
    os._exit(0)  # the program that asked is gone, perhaps killed: do not go on in the dark


def _answer(step: Callable[[Any], Any], message: bytes) -> bytes:
    try:
        return bytes(ForkingPickler.dumps((step(pickle.loads(message)), None)))  # noqa: S301 - from our own process
    except Exception as problem:  # noqa: BLE001 - one item's fault, whatever it is, must not cost the others
        return bytes(ForkingPickler.dumps((None, _in_words(problem))))


# ------------------------------------------------------------------ in the process that asks


@dataclass(slots=True)
class _Job:
    """One item on its way. `index` is its place in the input; `deaths` counts workers that ended while at it."""

    index: int
    item: Any
    deaths: int = 0


@dataclass(slots=True)
class _Worker:
    """One process, our end of its pipe, and the jobs it holds; the first of them is the one it works on."""

    process: SpawnProcess
    pipe: Connection
    jobs: deque[_Job] = field(default_factory=deque)
    ready: bool = False
    since: float = 0.0


class _Crew:
    """The workers of one call of `map`, and the order book."""

    def __init__(
        self, step: Callable[[Any], Any], setup: Callable[[], None] | None, processes: int, timeout: float | None
    ) -> None:
        self._step = step
        self._setup = setup
        self._processes = processes
        self._timeout = timeout
        self._workers: list[_Worker] = []
        self._waiting: deque[_Job] = deque()  # to be done, by anyone
        self._suspects: deque[_Job] = deque()  # a worker died of them: to be done alone
        self._done: dict[int, Outcome[Any, Any]] = {}  # finished before their turn

    def map(self, items: Iterable[Any]) -> Iterator[Outcome[Any, Any]]:
        """Outcomes in the order of `items`."""
        source = enumerate(items)
        read = given = 0
        exhausted = False
        try:
            while True:
                while not exhausted and read - given < self._processes * _WINDOW:
                    entry = next(source, None)
                    if entry is None:
                        exhausted = True
                        break
                    self._waiting.append(_Job(*entry))
                    read += 1
                self._hand_out()
                while given in self._done:
                    yield self._done.pop(given)
                    given += 1
                if exhausted and given == read:
                    return
                if any(worker.jobs for worker in self._workers):
                    self._collect()  # else all that was read is given back, and nobody would ever speak
        finally:
            self._stop()

    def _hand_out(self) -> None:
        """Give every worker something to do; one suspect alone, when nothing else is at work."""
        busy = any(worker.jobs for worker in self._workers)
        if self._suspects:
            if not busy:
                self._give(self._workers[0] if self._workers else self._start(), self._suspects.popleft())
            return
        if busy and any(job.deaths for worker in self._workers for job in worker.jobs):
            return
        while self._waiting:
            worker = min(self._workers, key=lambda w: len(w.jobs), default=None)
            if (worker is None or worker.jobs) and len(self._workers) < self._processes:
                worker = self._start()
            if worker is None or len(worker.jobs) >= _AHEAD:
                return
            self._give(worker, self._waiting.popleft())

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._step, self._setup), daemon=True)
        process.start()
        theirs.close()  # or its end would never be seen
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _give(self, worker: _Worker, job: _Job) -> None:
        if not worker.jobs:
            worker.since = time.monotonic()
        worker.jobs.append(job)
        with suppress(OSError):  # it has died; `_collect` sees that too and gives its jobs to others
            worker.pipe.send(job.item)

    def _collect(self) -> None:
        """Wait until a worker says something, ends, or takes too long."""
        pipes = {worker.pipe: worker for worker in self._workers}
        ready = wait(list(pipes), self._patience())
        for pipe in ready:
            worker = pipes[pipe]  # type: ignore[index]
            try:
                message = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
            else:
                self._note(worker, message)
        if not ready and self._timeout is not None:
            for worker in list(self._workers):
                if worker.ready and worker.jobs and time.monotonic() - worker.since >= self._timeout:
                    self._give_up(worker)

    def _patience(self) -> float | None:
        if self._timeout is None:
            return None
        begun = [worker.since for worker in self._workers if worker.ready and worker.jobs]
        return max(0.0, min(begun) + self._timeout - time.monotonic()) if begun else None

    def _note(self, worker: _Worker, message: Any) -> None:
        worker.since = time.monotonic()
        if not worker.ready:
            if message is not None:
                kind, words, remedy = message
                raise kind(words, remedy)
            worker.ready = True
            return
        result, error = message
        job = worker.jobs.popleft()
        self._done[job.index] = Outcome(job.item, result, error)

    def _bury(self, worker: _Worker) -> None:
        """A worker has ended by itself: the job it was at is suspect, the jobs behind it go to others."""
        ready, jobs = worker.ready, worker.jobs
        end = self._dismiss(worker, kill=False)
        if not ready:
            raise KhabarError(f"A worker process {end} before its first item.", "Try with KHABAR_PROCESSES=1.")
        if not jobs:
            return
        job = jobs.popleft()
        job.deaths += 1
        if job.deaths < 2:
            self._suspects.append(job)
        else:
            error = f"The process that worked on it {end}, twice. It may need more memory than there is; split it."
            self._done[job.index] = Outcome(job.item, None, error)
        self._waiting.extendleft(reversed(jobs))

    def _give_up(self, worker: _Worker) -> None:
        """Stop a worker whose item takes too long."""
        job = worker.jobs.popleft()
        self._done[job.index] = Outcome(job.item, None, f"It took longer than {self._timeout:g} seconds.")
        self._waiting.extendleft(reversed(worker.jobs))
        self._dismiss(worker, kill=True)

    def _dismiss(self, worker: _Worker, *, kill: bool) -> str:
        """Make sure that a process is gone; how it ended, in words."""
        self._workers.remove(worker)
        worker.pipe.close()
        if kill:
            worker.process.kill()  # a worker holds nothing that could be lost
        worker.process.join(_GRACE_SECONDS)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        code = worker.process.exitcode
        worker.process.close()
        if code is not None and code < 0:
            return f"was killed (signal {-code})"
        return f"ended (exit status {code})"

    def _stop(self) -> None:
        for worker in list(self._workers):
            self._dismiss(worker, kill=True)
