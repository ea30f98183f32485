"""How the server listens. Invariant: nobody holds a connection without asking something in good time, and however many
come, a bounded number is held.

The server library waits without end for the first line of a request; whoever opens connections and sends a letter a
minute ("slowloris") would take them all.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import ASGIApp

__all__ = ["HEAD_SECONDS", "MOST_AT_ONCE", "listening"]

HEAD_SECONDS = 15.0
"""Seconds for the first lines of a request, from the opening of the connection or its first byte."""

MOST_AT_ONCE = 300
"""Connections held; whoever comes beyond is told 503."""

_LARGEST_HEAD = 65_536  # bytes of address and headers: an address may hold a long filter
_KEPT_SECONDS = 10  # for a connection whose request is answered
_STOPPING_SECONDS = 30  # for requests at work when the server is stopped


def listening(app: ASGIApp, *, head_seconds: float = HEAD_SECONDS, most: int = MOST_AT_ONCE, **options: Any) -> Any:
    """The configuration of a uvicorn server for `app`; `options` are uvicorn's own."""
    import uvicorn

    return uvicorn.Config(
        app,
        http=_hurried(head_seconds),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=most,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        timeout_keep_alive=_KEPT_SECONDS,
        timeout_graceful_shutdown=_STOPPING_SECONDS,
        **options,
    )


def _hurried(seconds: float) -> type[asyncio.Protocol]:
    """The protocol of uvicorn, ending connections on which no whole head of a request came within `seconds`."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Hurried(H11Protocol):
        _waiting: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            if self._waiting is None and not self._at_work():
                self._wait()
            super().data_received(data)
            if self._at_work():
                self._calm()

        def connection_lost(self, exc: Exception | None) -> None:
            self._calm()
            super().connection_lost(exc)

        def _at_work(self) -> bool:
            return self.cycle is not None and not self.cycle.response_complete

        def _wait(self) -> None:
            self._waiting = self.loop.call_later(seconds, self._give_up)

        def _calm(self) -> None:
            if self._waiting is not None:
                self._waiting.cancel()
                self._waiting = None

        def _give_up(self) -> None:
            self._waiting = None
            if not self._at_work() and not self.transport.is_closing():
                self.transport.close()

    return Hurried
