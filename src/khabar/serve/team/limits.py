"""How often somebody may try a password. Invariant: each try that failed makes the next wait longer, for the account
and for the address it came from, whether or not there is such an account; a try that has to wait is not looked at.

Kept in memory: a restart forgives. Many processes would each count for themselves.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

__all__ = ["Limits"]

_FREE = {"account": 5, "address": 20}  # tries that failed before the first wait; a house may share one address
_FIRST, _LONGEST = 2.0, 900.0  # seconds: the first wait, doubled by every failure up to the longest
_FORGIVEN = 3600.0  # seconds without a failure after which all is forgotten
_REMEMBERED = 20_000  # names and addresses; the ones that failed longest ago go first


@dataclass(slots=True)
class _Failures:
    number: int = 0
    last: float = 0.0


class Limits:
    """Counts failures under an injected clock (seconds that only grow)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failed: OrderedDict[tuple[str, str], _Failures] = OrderedDict()
        self._one = Lock()

    def begin(self, account: str, address: str) -> float:
        """Begin a try: 0 where it may be looked at, else the seconds to wait. It counts as failed until `succeeded`, so
        that many at the same time count as many.
        """
        with self._one:
            wait = max(self._left("account", account), self._left("address", address))
            if wait > 0:
                return wait
            for key in (("account", account), ("address", address)):
                held = self._failed.pop(key, None) or _Failures()
                forgiven = self._clock() - held.last > _FORGIVEN
                self._failed[key] = _Failures(1 if forgiven else held.number + 1, self._clock())
            while len(self._failed) > _REMEMBERED:
                self._failed.popitem(last=False)
            return 0.0

    def succeeded(self, account: str, address: str) -> None:
        """Forget the failures of an account; of an address this one try alone, for it may try other accounts."""
        with self._one:
            self._failed.pop(("account", account), None)
            held = self._failed.get(("address", address))
            if held is not None:
                held.number -= 1

    def _left(self, kind: str, name: str) -> float:
        held = self._failed.get((kind, name))
        if held is None or held.number < _FREE[kind]:
            return 0.0
        doublings = min(held.number - _FREE[kind], 20)
        due = held.last + min(_LONGEST, _FIRST * 2.0**doublings)
        return max(0.0, due - self._clock())
