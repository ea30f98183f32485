"""Light or dark, as the reader chose. Invariant: the choice is a cookie of this site and changes nothing but looks.

The server writes it into the page, so that no page flashes in the other colours and none needs a script for it.
"""

from __future__ import annotations

from typing import get_args
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from khabar.serve.rendering import Theme

__all__ = ["router"]

router = APIRouter()

_YEAR = 365 * 24 * 3600
_LARGEST = 10_000  # bytes of the form: an address may hold a long filter


@router.post("/theme")
async def theme(request: Request) -> RedirectResponse:
    """Keep the choice `to` and go `back`; any other word than light or dark forgets it, and the system decides."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise HTTPException(413, "That is too long.")
    fields = parse_qs(body.decode("utf-8", "replace"))
    answer = RedirectResponse(_within(fields.get("back", ["/"])[0]), status_code=303)
    to = fields.get("to", [""])[0]
    if to in get_args(Theme):
        answer.set_cookie("theme", to, max_age=_YEAR, httponly=True, samesite="strict", secure=request.app.state.https)
    else:
        answer.delete_cookie("theme")
    return answer


def _within(address: str) -> str:
    """The address if it is a path of this site, else the first page."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    return address if inside and address.isprintable() else "/"
