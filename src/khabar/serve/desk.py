"""Decisions that come in over the web. Invariant: only pages of this very server may ask for a change.

A page of another site can make a browser post to this machine. Browsers say where a request comes from, in `Origin` and
`Sec-Fetch-Site`, and no page can forge either. Programs that are no browsers send neither and are let in: whoever can
run them here could change the base without us.
"""

from __future__ import annotations

from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from fastapi import Request
from starlette.exceptions import HTTPException

from khabar.errors import NotFoundError, SettingsError
from khabar.export.decisions import Entry
from khabar.records import ACTS, Asked, Decision

__all__ = ["Desk", "asked_by_form", "asked_by_json", "decided", "desk_of"]

_LARGEST = 200_000  # bytes of a question: ids of some thousand claims
_LONGEST = 2_000  # characters of a note


class Desk(Protocol):
    """Where decisions are made and kept."""

    def decide(self, asked: Asked) -> Decision:
        """Keep a decision and put the base together anew."""

    def journal(self) -> list[Entry]:
        """All decisions in their order, with what became of each."""


def desk_of(request: Request) -> Desk:
    """The desk of the application; 403 where it was opened for reading only."""
    desk: Desk | None = request.app.state.desk
    if desk is None:
        raise HTTPException(403, "This base is open for reading only.")
    return desk


def decided(request: Request, asked: Asked) -> Decision:
    """Make a decision. 409 where what it is about is not there any more, 422 where it makes no sense."""
    try:
        return desk_of(request).decide(asked)
    except NotFoundError as problem:
        raise HTTPException(409, f"{problem} The base may have changed since this page was loaded.") from problem
    except SettingsError as problem:
        raise HTTPException(422, str(problem)) from problem


async def asked_by_form(request: Request) -> Asked:
    """What a form of ours asks for: fields act, keys (repeated) and note."""
    fields = parse_qs((await _body(request)).decode("utf-8", "replace"))
    return _asked(request, (fields.get("act") or [""])[0], fields.get("keys", []), (fields.get("note") or [""])[0])


async def asked_by_json(request: Request) -> Asked:
    """What a JSON object asks for: {"act", "keys": […], "note"}."""
    import json

    try:
        said: Any = json.loads(await _body(request))
    except ValueError:
        said = None
    keys = said.get("keys", []) if isinstance(said, dict) else None
    if not isinstance(keys, list) or not all(isinstance(key, (str, int)) for key in keys):
        raise HTTPException(422, 'Send a JSON object: {"act": "merge", "keys": ["…", "…"], "note": "…"}.')
    return _asked(request, str(said.get("act", "")), [str(key) for key in keys], str(said.get("note") or ""))


def _asked(request: Request, act: str, keys: list[str], note: str) -> Asked:
    if act not in ACTS:
        raise HTTPException(422, f"There is no decision {act!r}. Use one of {', '.join(ACTS)}.")
    user: str = request.app.state.user
    return Asked(act, tuple(key.strip() for key in keys if key.strip()), user, note.strip()[:_LONGEST])


async def _body(request: Request) -> bytes:
    _same_site(request)
    desk_of(request)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise HTTPException(413, "That is too long.")
    return body


def _same_site(request: Request) -> None:
    """403 for a request that a page of another site made."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")
    if foreign or site not in (None, "same-origin", "none"):
        raise HTTPException(403, "Another site asked for this change. Decide on a page of Khabar itself.")
