"""Decisions that come in over the web. Invariant: only pages of this very server may ask for a change.

A page of another site can make a browser post to this machine. Three things keep it out: browsers say where a request
comes from (`khabar.serve.door`); every form of ours carries a token that another site cannot read, and a cookie that
browsers do not send from other sites carries the same.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import Request
from starlette.exceptions import HTTPException

from khabar.errors import ConflictError, NotFoundError, RecordError, SettingsError
from khabar.records import ACTS, Asked, Decision
from khabar.serve.seat import desk_of, seat_of, user_of

__all__ = [
    "TOKEN",
    "asked_by_form",
    "asked_by_json",
    "decided",
    "fields_of",
    "form_of",
    "json_of",
    "path_within",
    "refused",
    "token_of",
]

_LARGEST = 200_000  # bytes of a question: ids of some thousand claims
_LONGEST = 2_000  # characters of a note

TOKEN = "csrf"  # noqa: S105 (a name, no secret)
"""Name of the cookie and of the field of every form. Scripts send JSON, which no form can."""


def token_of(request: Request) -> str:
    """The token of this browser's forms: that of its session or its cookie, else a new one."""
    own = seat_of(request).token
    if own:
        return own
    held = request.cookies.get(TOKEN, "")
    return held if len(held) >= len(secrets.token_urlsafe()) else secrets.token_urlsafe()


def path_within(address: str) -> str | None:
    """The address if it is a path of this site."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    return address if inside and address.isprintable() else None


def refused(problem: Exception) -> HTTPException:
    """The answer to what cannot be done: 409 where the base changed meanwhile, 422 where it makes no sense."""
    if isinstance(problem, (NotFoundError, ConflictError)):
        return HTTPException(409, f"{problem} The base may have changed since this page was loaded.")
    return HTTPException(422, str(problem))


def decided(request: Request, asked: Asked) -> Decision:
    """Make a decision. 409 where what it is about is not there any more, 422 where it makes no sense."""
    try:
        return desk_of(request).decide(asked)
    except (NotFoundError, SettingsError, RecordError) as problem:
        raise refused(problem) from problem


async def asked_by_form(request: Request) -> tuple[Asked, Mapping[str, list[str]]]:
    """What a form of ours asks for: fields act, keys (repeated) and note; with all its fields."""
    fields = await form_of(request)
    keys = fields.get("keys", [])
    return _asked(request, (fields.get("act") or [""])[0], keys, (fields.get("note") or [""])[0]), fields


async def asked_by_json(request: Request) -> Asked:
    """What a JSON object asks for: {"act", "keys": […], "note"}."""
    said = await json_of(request)
    keys = said.get("keys", [])
    if not isinstance(keys, list) or not all(isinstance(key, (str, int)) for key in keys):
        raise HTTPException(422, 'Send a JSON object: {"act": "merge", "keys": ["…", "…"], "note": "…"}.')
    return _asked(request, str(said.get("act", "")), [str(key) for key in keys], str(said.get("note") or ""))


def _asked(request: Request, act: str, keys: list[str], note: str) -> Asked:
    if act not in ACTS:
        raise HTTPException(422, f"There is no decision {act!r}. Use one of {', '.join(ACTS)}.")
    return Asked(act, tuple(key.strip() for key in keys if key.strip()), user_of(request), note.strip()[:_LONGEST])


async def form_of(request: Request) -> dict[str, list[str]]:
    """The fields of a form for which one needs a desk; 403 for a form without the token of this browser."""
    desk_of(request)
    return await fields_of(request)


async def fields_of(request: Request) -> dict[str, list[str]]:
    """The fields of any form of ours; 403 for a form without the token of this browser."""
    fields = parse_qs((await _body(request)).decode("utf-8", "replace"), keep_blank_values=True)
    _our_token(request, (fields.pop(TOKEN, None) or [""])[0])
    return fields


async def json_of(request: Request) -> dict[str, Any]:
    """The JSON object of a request; 422 where it is none."""
    import json

    desk_of(request)
    try:
        said: Any = json.loads(await _body(request))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise HTTPException(422, 'Send a JSON object, for example {"act": "undo", "keys": [1]}.')
    return said


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise HTTPException(413, "That is too long.")
    return body


def _our_token(request: Request, said: str) -> None:
    """403 for a form without the token of its session, or of its cookie; where there are no accounts, only for that of
    a browser.
    """
    seat = seat_of(request)
    by_browser = seat.team or "origin" in request.headers or "sec-fetch-site" in request.headers
    held = seat.token or request.cookies.get(TOKEN, "")
    if by_browser and not (held and secrets.compare_digest(held.encode(), said.encode())):
        raise HTTPException(403, "This form is out of date. Load the page again, and decide then.")
