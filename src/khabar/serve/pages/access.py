"""Who may see a document, changed on its page. Invariant: only documents that whoever asks can see."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from khabar.serve.desk import form_of
from khabar.serve.desk_forms import first
from khabar.serve.seat import desk_of, user_of

__all__ = ["router"]

router = APIRouter()

_LONGEST = 60  # characters of a group's name


@router.post("/documents/{key}/access")
async def access(request: Request, key: str) -> RedirectResponse:
    """Let only the groups named (with commas between them) see a document; without any, everybody."""
    groups = [name.strip() for name in first(await form_of(request), "groups").split(",") if name.strip()]
    if not all(name.isprintable() and len(name) <= _LONGEST for name in groups):
        raise HTTPException(422, f"A group's name has up to {_LONGEST} characters.")
    await run_in_threadpool(desk_of(request).restrict, key, groups, user_of(request))
    return RedirectResponse("/documents", status_code=303)
