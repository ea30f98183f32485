"""Decisions that come in over the web. Invariant: only pages of this very server may ask for a change.

A page of another site can make a browser post to this machine. Three things keep it out: browsers say where a request
comes from, in `Origin` and `Sec-Fetch-Site`; every form of ours carries a token that another site cannot read, and a
cookie that browsers do not send from other sites carries the same. Programs that are no browsers send none of these
and are let in: whoever can run them here could change the base without us.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from fastapi import Request
from starlette.exceptions import HTTPException

from khabar.codebook.model import Codebook
from khabar.errors import ConflictError, NotFoundError, RecordError, SettingsError
from khabar.export.decisions import Entry
from khabar.records import ACTS, ActorRef, Asked, Assignment, Claim, Decision, Draft, Place, Review
from khabar.review.acts import Act
from khabar.review.bench import Bench
from khabar.store.review_questions import ReviewFilter

__all__ = [
    "TOKEN",
    "Desk",
    "asked_by_form",
    "asked_by_json",
    "decided",
    "desk_of",
    "form_of",
    "json_of",
    "path_within",
    "refused",
    "token_of",
    "user_of",
]

_LARGEST = 200_000  # bytes of a question: ids of some thousand claims
_LONGEST = 2_000  # characters of a note
_LONGEST_NAME = 60  # characters of a coder's name

TOKEN = "csrf"  # noqa: S105 (a name, no secret)
"""Name of the cookie and of the field of every form. Scripts send JSON, which no form can."""


class Desk(Protocol):
    """Where decisions are made and kept."""

    def decide(self, asked: Asked) -> Decision:
        """Keep a decision and put the base together anew."""

    def journal(self) -> list[Entry]:
        """All decisions in their order, with what became of each."""

    def book(self) -> Codebook:
        """The codebook that coders work with."""

    def bench(self, document: str, coding: int | None = None) -> Bench:
        """What lies before a coder: of the base, or of a coding."""

    def keep(self, bench: Bench, acts: Sequence[Act]) -> list[Review]:
        """Keep acts on one document; ConflictError where somebody decided meanwhile."""

    def take_back(self, user: str, number: int | None = None, where: ReviewFilter | None = None) -> Review:
        """Undo a review: that of `number`, else the last of the person's own."""

    def save_draft(self, draft: Draft) -> None:
        """Keep what a coder typed; without a value, forget it."""

    def places(self, text: str) -> list[Place]:
        """Places that a name can mean."""

    def actors(self, text: str) -> list[ActorRef]:
        """Actors with a name that begins so."""

    def assign(self, given: Sequence[Assignment]) -> list[Assignment]:
        """Give documents to coders."""

    def sample(self, every: int, keys: Sequence[str] = ()) -> list[str]:
        """The documents named, else every n-th of those that are read."""

    def adjudicate(self, document: str, batch: str, user: str) -> Assignment:
        """The adjudication of a document of a batch."""

    def finish(self, number: int, user: str) -> Sequence[Claim]:
        """Finish an assignment."""


def desk_of(request: Request) -> Desk:
    """The desk of the application; 403 where it was opened for reading only."""
    desk: Desk | None = request.app.state.desk
    if desk is None:
        raise HTTPException(403, "This base is open for reading only.")
    return desk


def user_of(request: Request) -> str:
    """Who is at work: the name chosen on the queue page, else the one the server was started under.

    It says whose decisions these are, and keeps blind coders apart; it is no password.
    """
    chosen = request.cookies.get("coder", "").strip()
    default: str = request.app.state.user
    good = chosen and chosen.isprintable() and len(chosen) <= _LONGEST_NAME and not chosen.startswith("rule:")
    return chosen if good else default


def token_of(request: Request) -> str:
    """The token of this browser's forms: that of its cookie, else a new one."""
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
    """The fields of a form of ours; 403 for a form of anybody else."""
    _same_site(request)
    fields = parse_qs((await _body(request)).decode("utf-8", "replace"), keep_blank_values=True)
    _our_token(request, (fields.pop(TOKEN, None) or [""])[0])
    return fields


async def json_of(request: Request) -> dict[str, Any]:
    """The JSON object of a request; 422 where it is none, 403 where a page of another site sent it."""
    import json

    _same_site(request)
    try:
        said: Any = json.loads(await _body(request))
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise HTTPException(422, 'Send a JSON object, for example {"act": "undo", "keys": [1]}.')
    return said


async def _body(request: Request) -> bytes:
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


def _our_token(request: Request, said: str) -> None:
    """403 for a browser's form without the token of its cookie."""
    by_browser = "origin" in request.headers or "sec-fetch-site" in request.headers
    held = request.cookies.get(TOKEN, "")
    if by_browser and not (held and secrets.compare_digest(held.encode(), said.encode())):
        raise HTTPException(403, "This form is out of date. Load the page again, and decide then.")
