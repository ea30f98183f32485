"""Work on a cluster, in actors of Ray. Invariant: the same steps and the same policy as in processes of this machine,
so the same outcomes; nothing is sent to anybody but the cluster.

An actor is a process that loads its models once and then takes item after item. What it may cost and what becomes of
an item whose actor dies is settled by `khabar.engine.crew`, for both engines alike. Ray's own retries are off.
"""

from __future__ import annotations

import os
import pickle
import shutil
import socket
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from khabar import __version__
from khabar.engine.crew import Answer, Crew, ask, in_words
from khabar.engine.engine import Outcome
from khabar.engine.limits import Limits, confine
from khabar.errors import KhabarError, SettingsError

__all__ = ["RayEngine", "connected"]

Item = TypeVar("Item")
Result = TypeVar("Result")

_PORT = 6379
_CONNECT_SECONDS = 5.0
_START_SECONDS = 180.0  # until the first actor is ready: a cluster may have to start a machine
_STORE_BYTES = 256_000_000  # shared memory of a cluster of our own: what passes through it is small
_OURS = {
    "RAY_USAGE_STATS_ENABLED": "0",  # no word to the makers of Ray
    # Ray's own processes start slowly on a busy machine; workers that nobody asked for yet would make them slower.
    "RAY_agent_register_timeout_ms": "60000",
    "RAY_prestart_worker_first_driver": "0",
    "RAY_enable_worker_prestart": "0",
}


class RayEngine:
    """Maps a step over items in actors of a Ray cluster.

    Without an address a cluster of this machine alone is started for each `map`, and stopped after it; a cluster that
    the program is connected to already is used as it is.
    """

    def __init__(
        self, processes: int | None = None, *, limits: Limits | None = None, address: str | None = None
    ) -> None:
        """`processes` is the number of actors, one processor each; None for all processors of the cluster."""
        if processes is not None and processes < 1:
            raise ValueError(f"processes must be at least 1, not {processes}")
        self._processes = processes
        self._limits = limits or Limits()
        self._address = address

    def map(
        self,
        step: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        setup: Callable[[], None] | None = None,
        ordered: bool = True,
    ) -> Iterator[Outcome[Item, Result]]:
        """The outcome of `step` for every item; see `khabar.engine.engine.Engine`."""
        with connected(self._address, self._processes) as ray:
            size = int(ray.cluster_resources().get("CPU", 0))
            if size < 1:
                raise SettingsError("the Ray cluster has no processor to work on.", "Start a machine with processors.")
            place = _Actors(ray, step, setup, self._limits)
            crew = Crew(place, min(size, self._processes or size), self._limits, alone=False)
            yield from crew.map(items, ordered=ordered)


# ------------------------------------------------------------------ the cluster


@contextmanager
def connected(address: str | None, processes: int | None) -> Iterator[Any]:
    """Ray, connected to the cluster at the address, or to one of this machine alone, which ends with this.

    SettingsError where Ray is not installed or the cluster does not answer.
    """
    os.environ.update(_OURS)
    try:
        import ray
    except ImportError as problem:
        raise SettingsError("the ray engine needs Ray.", "Install it with: pip install 'khabar[ray]'") from problem
    if ray.is_initialized():
        yield ray
        return
    # What Ray tells of its actors goes to standard output, where listings go; how they end is told in outcomes.
    ray._private.worker._worker_logs_enabled = False  # noqa: SLF001 - Ray has no setting for it
    folder = tempfile.mkdtemp(prefix="khabar-ray-") if address is None else None
    try:
        _init(ray, address, processes, folder)
        yield ray
    finally:
        ray.shutdown()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _init(ray: Any, address: str | None, processes: int | None, folder: str | None) -> None:
    """Start a cluster of our own in the folder, or connect to the one at the address."""
    if address is None:
        here = {"num_cpus": processes, "include_dashboard": False, "object_store_memory": _STORE_BYTES}
        options: dict[str, Any] = {**here, "_temp_dir": folder}
    else:
        _reach(address)
        options = {"address": address}
    try:
        ray.init(logging_level="ERROR", log_to_driver=False, **options)
    except Exception as problem:  # whatever it is: Ray raises plain exceptions too
        words = " ".join(str(problem).split())[:200]
        raise SettingsError(
            f"the Ray cluster at {address or 'this machine'} cannot be used ({words}).",
            "Look at `ray status` there, or use --engine local.",
        ) from problem


def _reach(address: str) -> None:
    """SettingsError where nobody answers, said at once; Ray itself tries for minutes."""
    if "://" not in address and ":" not in address:
        return  # "auto": the cluster of this machine
    host, _, port = address.rpartition("://")[2].rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), _CONNECT_SECONDS).close()
    except (OSError, ValueError, OverflowError) as problem:
        raise SettingsError(
            f"no Ray cluster answers at {address}.", "Start one with `ray start --head`, or leave --address out."
        ) from problem


# ------------------------------------------------------------------ in the actor


class _Actor:
    """What runs in the cluster: prepared once, then asked item after item."""

    def prepare(self, version: str, parts: bytes) -> tuple[type[KhabarError], str, str] | None:
        """Load what the step needs; None where it is ready, else why it never will be."""
        if version != __version__:
            words = f"The cluster has khabar {__version__}, this machine {version}."
            return KhabarError, words, "Install the same version on both."
        try:
            self._step, setup, self._limits = pickle.loads(parts)  # noqa: S301 - from our own driver
            confine(self._limits.memory)
            if setup is not None:
                setup()
        except KhabarError as problem:
            return type(problem), problem.message, problem.remedy
        except Exception as problem:  # noqa: BLE001 - told to the driver, which raises it
            return KhabarError, f"A worker process could not start: {in_words(problem)}", ""
        return None

    def work(self, message: bytes) -> tuple[bytes | None, str | None, bool]:
        """The answer to one item; a result that cannot travel is an error like any other."""
        answer = ask(lambda item: pickle.dumps(self._step(pickle.loads(item))), message, self._limits)  # noqa: S301
        return answer.result, answer.error, answer.spent


# ------------------------------------------------------------------ in the driver


class _Worker:
    """One actor, and what it was asked: the first question is to prepare itself."""

    def __init__(self, ray: Any, actor: Any, prepared: Any) -> None:
        self._ray = ray
        self._actor = actor
        self._end = "was lost"
        self._ready = False
        self.asked: deque[Any] = deque([prepared])

    def give(self, item: Any) -> None:
        """Hand over one item."""
        self.asked.append(self._actor.work.remote(pickle.dumps(item)))

    def heard(self) -> Answer | None:
        """What it says to the oldest question; None where it is gone."""
        try:
            said = self._ray.get(self.asked.popleft())
        except self._ray.exceptions.RayError as problem:
            if "No module named 'khabar'" in str(problem):
                self._end = "found no khabar on its machine, ended"
            return None
        if self._ready:
            result, error, spent = said
            return Answer(None if result is None else pickle.loads(result), error, spent)  # noqa: S301 - our own actor
        self._ready = True
        kind, words, remedy = said or (None, "", "")
        return Answer(refusal=kind(words, remedy) if kind else None)

    def dismiss(self, *, kill: bool) -> str:  # noqa: ARG002 - an actor holds nothing that could be lost
        """Make sure that the actor is gone; how it ended, in words."""
        self.asked.clear()
        with suppress(self._ray.exceptions.RayError, ValueError):
            self._ray.kill(self._actor)
        return self._end


class _Actors:
    """The actors of one call of `map`."""

    def __init__(self, ray: Any, step: Any, setup: Callable[[], None] | None, limits: Limits) -> None:
        self._ray = ray
        self._make = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Actor)
        self._parts = pickle.dumps((step, setup, limits))
        self._heard = False

    def start(self) -> _Worker:
        """A new actor."""
        actor = self._make.remote()
        return _Worker(self._ray, actor, actor.prepare.remote(__version__, self._parts))

    def listen(self, workers: Sequence[_Worker], seconds: float | None) -> list[tuple[_Worker, Answer | None]]:
        """Wait until one of the actors speaks or ends, at most so long."""
        asked = {worker.asked[0]: worker for worker in workers if worker.asked}
        patience = seconds if self._heard else _START_SECONDS
        spoken, _ = self._ray.wait(list(asked), num_returns=1, timeout=patience)
        if spoken:  # perhaps not alone
            spoken, _ = self._ray.wait(list(asked), num_returns=len(asked), timeout=0)
        elif not self._heard:
            raise SettingsError(
                f"the Ray cluster had no processor free for {_START_SECONDS:.0f} seconds.",
                "Stop what else runs there, or try again later.",
            )
        self._heard = True
        return [(asked[ref], asked[ref].heard()) for ref in spoken]
