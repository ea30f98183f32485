"""Workers that may die, and the order book of what they do. Invariant: every item gives exactly one outcome.

Whatever a worker is (a process here, an actor of a cluster), the policy is this one. A worker answers item by item in
the order it was given them, so the item that a dead one worked on is known, and how long it has been at it; the items
waiting behind it go to another worker.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from khabar.engine.engine import Outcome
from khabar.engine.limits import Limits
from khabar.errors import KhabarError, broken_installation

__all__ = ["Answer", "Crew", "Worker", "Workplace", "ask", "in_words"]

_AHEAD = 3  # items a worker holds: one at work, the others so that it never waits for us
_WINDOW = 16  # items a worker that are read but not given back, while a slow one holds up the order
_TRIES = 2  # workers that may die of one item
_FULL = "There was not enough memory"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says. The first answer of each says that it is ready, or, with `refusal`, why it never will be.

    `spent` says that it should not go on (its memory is full).
    """

    result: Any = None
    error: str | None = None
    spent: bool = False
    refusal: KhabarError | None = None


class Worker(Protocol):
    """Somebody who takes items one after the other, and answers in their order."""

    def give(self, item: Any) -> None:
        """Hand over one item. Nothing is raised where the worker is dead: the workplace tells."""

    def dismiss(self, *, kill: bool) -> str:
        """Make sure that it is gone, at once with `kill`; how it ended, in words: "was killed (signal 9)"."""


class Workplace(Protocol):
    """Where workers are found, and heard."""

    def start(self) -> Worker:
        """A new worker, at first not ready."""

    def listen(self, workers: Sequence[Any], seconds: float | None) -> list[tuple[Any, Answer | None]]:
        """Wait until one of these workers speaks or ends, at most so long; what was said, None where it has ended."""


def in_words(problem: BaseException) -> str:
    """One line for people: our own errors as they are; a fault nobody foresaw with its type."""
    if isinstance(problem, KhabarError):
        return str(problem)
    if isinstance(problem, ImportError):
        return broken_installation(problem)
    if isinstance(problem, MemoryError):
        return f"{_FULL}. Use fewer processes, or split the document."
    return " ".join(f"Unforeseen {type(problem).__name__}: {problem}".split())


def ask(step: Any, item: Any, limits: Limits) -> Answer:
    """What the step says of an item: how every worker works, whatever and wherever it is."""
    try:
        return Answer(step(item))
    except MemoryError as problem:
        if limits.memory is None:
            return Answer(error=in_words(problem), spent=True)
        size = f"{limits.memory / 1e9:.3g} GB"
        return Answer(error=f"{_FULL}: it took more than {size}. Raise KHABAR_MEMORY, or split it.", spent=True)
    except Exception as problem:  # noqa: BLE001 - one item's fault, whatever it is, must not cost the others
        return Answer(error=in_words(problem))


@dataclass(slots=True)
class _Job:
    """One item on its way. `index` is its place in the input; `deaths` counts workers that ended while at it."""

    index: int
    item: Any
    deaths: int = 0


@dataclass(slots=True)
class _Post:
    """One worker and the jobs it holds; the first of them is the one it works on, `since` when."""

    worker: Worker
    jobs: deque[_Job] = field(default_factory=deque)
    ready: bool = False
    since: float = 0.0


class Crew:
    """Up to `size` workers of one call of `map`.

    With `alone` an item whose worker died is tried once more with nothing else at work, in case the two together took
    too much memory of one machine.
    """

    def __init__(self, place: Workplace, size: int, limits: Limits, *, alone: bool) -> None:
        self._place = place
        self._size = size
        self._seconds = limits.seconds
        self._alone = alone
        self._posts: list[_Post] = []
        self._waiting: deque[_Job] = deque()  # to be done, by anyone
        self._suspects: deque[_Job] = deque()  # a worker died of them: to be done alone
        self._done: dict[int, Outcome[Any, Any]] = {}  # finished, not given back yet

    def map(self, items: Iterable[Any], *, ordered: bool) -> Iterator[Outcome[Any, Any]]:
        """Outcomes in the order of `items`, or as they come."""
        source = enumerate(items)
        read = given = 0
        exhausted = False
        try:
            while True:
                while not exhausted and read - given < self._size * _WINDOW:
                    entry = next(source, None)
                    if entry is None:
                        exhausted = True
                        break
                    self._waiting.append(_Job(*entry))
                    read += 1
                self._hand_out()
                while self._done and (not ordered or given in self._done):
                    yield self._done.pop(given if ordered else next(iter(self._done)))
                    given += 1
                if exhausted and given == read:
                    return
                if self._waiting or self._suspects or self._busy():
                    self._collect()  # else all that was read is given back, and nobody would ever speak
        finally:
            self._stop()

    def _busy(self) -> bool:
        return any(post.jobs for post in self._posts)

    def _hand_out(self) -> None:
        """Give every worker that is ready something to do, and start those there is work for; a suspect goes alone."""
        if self._suspects:
            self._hand_out_suspect()
            return
        if self._alone and any(job.deaths for post in self._posts for job in post.jobs):
            return
        while self._waiting:
            # Of an item that a worker died at, nobody knows whether its answer was under way: it is tried by itself, so
            # that a second death is its own.
            open_ = (p for p in self._posts if p.ready and not any(job.deaths for job in p.jobs))
            free = min(open_, key=lambda p: len(p.jobs), default=None)
            starting = sum(not post.ready for post in self._posts)
            if (free is None or free.jobs) and len(self._posts) < self._size and starting < len(self._waiting):
                self._start()
            elif free is None or len(free.jobs) >= _AHEAD or (free.jobs and self._waiting[0].deaths):
                return
            else:
                self._give(free, self._waiting.popleft())

    def _hand_out_suspect(self) -> None:
        if self._busy():
            return
        free = next((post for post in self._posts if post.ready), None)
        if free is not None:
            self._give(free, self._suspects.popleft())
        elif not self._posts:
            self._start()

    def _start(self) -> None:
        self._posts.append(_Post(self._place.start()))

    def _give(self, post: _Post, job: _Job) -> None:
        if not post.jobs:
            post.since = time.monotonic()
        post.jobs.append(job)
        post.worker.give(job.item)

    def _collect(self) -> None:
        """Wait until a worker says something, ends, or takes too long."""
        by_worker = {id(post.worker): post for post in self._posts}
        for worker, answer in self._place.listen([post.worker for post in self._posts], self._patience()):
            post = by_worker[id(worker)]
            if answer is None:
                self._bury(post)
            else:
                self._note(post, answer)
        if self._seconds is not None:
            for post in list(self._posts):
                if post.ready and post.jobs and time.monotonic() - post.since >= self._seconds:
                    self._give_up(post)

    def _patience(self) -> float | None:
        if self._seconds is None:
            return None
        begun = [post.since for post in self._posts if post.ready and post.jobs]
        return max(0.0, min(begun) + self._seconds - time.monotonic()) if begun else None

    def _note(self, post: _Post, answer: Answer) -> None:
        post.since = time.monotonic()
        if not post.ready:
            if answer.refusal is not None:
                raise answer.refusal
            post.ready = True
            return
        job = post.jobs.popleft()
        self._done[job.index] = Outcome(job.item, answer.result, answer.error)
        if answer.spent:
            self._dismiss(post, kill=True)

    def _bury(self, post: _Post) -> None:
        """A worker has ended by itself: the job it was at is suspect, the jobs behind it go to others."""
        suspect = post.jobs.popleft() if post.jobs else None
        end = self._dismiss(post, kill=False)
        if not post.ready:
            raise KhabarError(f"A worker process {end} before its first item.", "Try with KHABAR_PROCESSES=1.")
        if suspect is None:
            return
        suspect.deaths += 1
        if suspect.deaths >= _TRIES:
            error = f"The process that worked on it {end}, twice. It may need more memory than there is; split it."
            self._done[suspect.index] = Outcome(suspect.item, None, error)
        elif self._alone:
            self._suspects.append(suspect)
        else:
            self._waiting.appendleft(suspect)

    def _give_up(self, post: _Post) -> None:
        """Stop a worker whose item takes too long."""
        job = post.jobs.popleft()
        error = f"It took longer than {self._seconds:g} seconds. Raise KHABAR_TIMEOUT, or split it."
        self._done[job.index] = Outcome(job.item, None, error)
        self._dismiss(post, kill=True)

    def _dismiss(self, post: _Post, *, kill: bool) -> str:
        """Let a worker go; what it holds goes to others."""
        self._posts.remove(post)
        self._waiting.extendleft(reversed(post.jobs))
        post.jobs.clear()
        return post.worker.dismiss(kill=kill)

    def _stop(self) -> None:
        for post in list(self._posts):
            self._dismiss(post, kill=True)
