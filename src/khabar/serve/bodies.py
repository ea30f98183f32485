"""How much may be sent, and how slowly. Invariant: no page waits for a body that is larger or slower than this, and
none is kept in memory beyond it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LARGEST", "PATIENCE", "Bodies"]

LARGEST = 1_000_000
"""Bytes of a request: a form with thousands of ids has some hundred thousand. Reports come in by `khabar add`."""

PATIENCE = 30.0
"""Seconds for the whole of a body."""


class Bodies:
    """Refuses a body of more than `largest` bytes with 413, before it is read where its length is told; and one that
    takes more than `patience` seconds with 408.
    """

    def __init__(
        self,
        app: ASGIApp,
        answer: Callable[[Request, int, str], Response],
        largest: int = LARGEST,
        patience: float = PATIENCE,
    ) -> None:
        self._app = app
        self._answer = answer
        self._largest = largest
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is small and quick enough."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _told_length(scope) > self._largest:
            response = self._answer(Request(scope), 413, self._too_large())
            response.headers["Connection"] = "close"  # what is still to come is not read
            await response(scope, receive, send)
            return
        await self._app(scope, self._measured(receive), send)

    def _measured(self, receive: Receive) -> Receive:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        size = 0
        whole = False

        async def measured() -> Message:
            nonlocal size, whole
            if whole:  # from here on, one waits for the other side to go away
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), until - loop.time())
            except TimeoutError:
                words = f"That took more than {self._patience:g} seconds to arrive."
                raise HTTPException(408, words, {"Connection": "close"}) from None
            if message["type"] == "http.request":
                size += len(message.get("body", b""))
                if size > self._largest:
                    raise HTTPException(413, self._too_large(), {"Connection": "close"})
                whole = not message.get("more_body", False)
            return message

        return measured

    def _too_large(self) -> str:
        return f"More than {self._largest // 1000:,} kB cannot be sent here."


def _told_length(scope: Scope) -> int:
    """The length that the request states; 0 where it states none or no number."""
    told = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(told[0]) if told and told[0].isdigit() and len(told[0]) < 20 else 0
