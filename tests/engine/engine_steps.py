"""Steps for the engine's tests: worker processes import them by name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from khabar.errors import DocumentError, ReadingError

_loaded: list[int] = []


def double(number: int) -> int:
    return number * 2


def load() -> None:
    _loaded.append(os.getpid())


def times_loaded(_: int) -> tuple[int, int]:
    return os.getpid(), len(_loaded)


def fail_to_load() -> None:
    raise ReadingError("The model is missing.", "Install it.")


def die_while_loading() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse_odd(number: int) -> int:
    if number % 2:
        raise DocumentError(f"{number} is odd.", "Give an even one.")
    return number


def stumble(number: int) -> int:
    if number == 3:
        raise MemoryError
    return 10 // (number - 2)


def die_on_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_the_first_time(path: Path) -> str:
    if path.name.startswith("poison") and not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


def exit_on_seven(number: int) -> int:
    if number == 7:
        os._exit(3)
    return number


def sleep_on_five(number: int) -> int:
    if number == 5:
        time.sleep(60)
    return number


def eat_on_five(number: int) -> int:
    eaten = []
    while number == 5:
        eaten.append(bytes(50_000_000))  # taken, not written on: where all are busy, memory comes slowly
    return number


def all_that_can_go_wrong(number: int) -> int:
    """A poisoned item, one that hangs, one that eats memory and one that kills its worker."""
    if number == 10:
        raise DocumentError(f"{number} is a bad number.", "Give a better one.")
    if number == 20:
        time.sleep(60)
    if number == 40:
        os.kill(os.getpid(), signal.SIGKILL)
    return eat_on_five(5) if number == 30 else number


def slow_first(number: int) -> int:
    time.sleep(0.5 if number == 0 else 0)
    return number


def blow_up(text: str) -> str:
    return text * 2


def unpicklable(number: int) -> object:
    return (lambda: number) if number == 1 else number


def report_and_sleep(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    time.sleep(60)
