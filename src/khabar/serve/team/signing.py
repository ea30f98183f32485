"""Signing in and out, and one's own account: password, sessions, tokens. Invariant: a secret is shown once, on the page
that answers its making, and is in no address and no log.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from khabar.errors import KhabarError, NotFoundError
from khabar.serve.desk import fields_of, path_within
from khabar.serve.desk_forms import first
from khabar.serve.rendering import render
from khabar.serve.team.entry import LONGEST_TOKEN, TOKEN_DAYS, WHOLE, RefusedError
from khabar.serve.team.gate import Team, cookie_name, who_of
from khabar.serve.team.house import House
from khabar.serve.team.passwords import LONGEST, SHORTEST
from khabar.store.account_questions import SCOPES, Account

__all__ = ["account_of", "address_of", "agent_of", "house_of", "router", "team_of", "with_session"]

router = APIRouter()


def team_of(request: Request) -> Team:
    """The team of the application."""
    team: Team = request.app.state.team
    return team


def house_of(request: Request) -> House | None:
    """The provider of accounts of one's own house, where there is one."""
    house: House | None = request.app.state.house
    return house


def account_of(request: Request) -> Account:
    """The account of the person asking; 401 where nobody signed in."""
    account = who_of(request).account
    if account is None:
        raise HTTPException(401, "Sign in first.")
    return account


def address_of(request: Request) -> str:
    """The address a request comes from; behind a proxy the one the proxy names."""
    return request.client.host if request.client is not None else ""


def agent_of(request: Request) -> str:
    """What a browser says it is."""
    return request.headers.get("user-agent", "")


def with_session(request: Request, to: str, secret: str) -> RedirectResponse:
    """On to a page, with the cookie of a new session."""
    answer = RedirectResponse(to, status_code=303)
    https: bool = request.app.state.https
    # Lax, so that a link to an incident in a mail opens for somebody who signed in; changes are guarded by more.
    answer.set_cookie(
        cookie_name(https=https),
        secret,
        max_age=int(WHOLE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=https,
    )
    return answer


# ------------------------------------------------------------------ in and out


@router.get("/login")
def login(request: Request, back: str = "/") -> Response:
    """The form of name and password."""
    to = path_within(back) or "/"
    if who_of(request).account is not None:
        return RedirectResponse(to, status_code=303)
    return _login(request, to)


def _login(request: Request, back: str, problem: str = "", name: str = "", status: int = 200) -> HTMLResponse:
    return render(request, "login.html", status=status, back=back, problem=problem, name=name, house=house_of(request))


@router.post("/login")
async def sign_in(request: Request) -> Response:
    """Sign in, and go back to the page that was asked for. 401 where name and password do not fit, 429 where there were
    too many tries.
    """
    fields = await fields_of(request)
    name, back = first(fields, "name"), path_within(first(fields, "back")) or "/"
    password = (fields.get("password") or [""])[0]

    def entered() -> Response:
        try:
            secret = team_of(request).entry.sign_in(name, password, address_of(request), agent_of(request))
        except RefusedError as problem:
            page = _login(request, back, str(problem), name, 429 if problem.wait else 401)
            if problem.wait:
                page.headers["Retry-After"] = str(max(1, round(problem.wait)))
            return page
        return with_session(request, back, secret)

    return await run_in_threadpool(entered)


@router.post("/logout")
async def sign_out(request: Request) -> RedirectResponse:
    """End the session of this browser."""
    await fields_of(request)
    await run_in_threadpool(team_of(request).entry.sign_out, who_of(request))
    answer = RedirectResponse("/login", status_code=303)
    https: bool = request.app.state.https
    answer.delete_cookie(cookie_name(https=https), httponly=True, samesite="lax", secure=https)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


# ------------------------------------------------------------------ one's own account


@router.get("/account")
def account(request: Request, done: str = "") -> HTMLResponse:
    """Who one is here, and what one may do; password, sessions and tokens."""
    return _account(request, done=done)


def _account(request: Request, *, done: str = "", problem: str = "") -> HTMLResponse:
    who, base = who_of(request), team_of(request).base
    own = account_of(request)
    return render(
        request,
        "account.html",
        status=422 if problem else 200,
        account=own,
        here_now=who.session.number if who.session else 0,
        sessions=base.sessions(own.name),
        tokens=[(token, team_of(request).entry.stands(token)) for token in base.tokens(own.name)],
        scopes=SCOPES,
        days=TOKEN_DAYS,
        most_days=LONGEST_TOKEN,
        shortest=SHORTEST,
        longest=LONGEST,
        done=_DONE.get(done, ""),
        problem=problem,
    )


_DONE = {
    "password": "The password is new, and you are signed out everywhere else.",
    "sessions": "You are signed out there.",
    "token": "The token is revoked.",
}


@router.post("/account/password")
async def password(request: Request) -> Response:
    """Set one's own password; all other sessions end."""
    fields = await fields_of(request)
    old, new, again = ((fields.get(name) or [""])[0] for name in ("old", "new", "again"))

    def changed() -> Response:
        if new != again:
            return _account(request, problem="The new password was typed in two ways. Type it twice.")
        try:
            secret = team_of(request).entry.change_password(who_of(request), old, new, address_of(request))
        except RefusedError as problem:
            words = str(problem) if problem.wait else "The old password is another."
            return _account(request, problem=words)
        except KhabarError as problem:
            return _account(request, problem=str(problem))
        return with_session(request, "/account?done=password", secret)

    return await run_in_threadpool(changed)


@router.post("/account/sessions/end")
async def end_sessions(request: Request) -> Response:
    """End one session (`number`), or all but this one."""
    fields = await fields_of(request)
    number = first(fields, "number")
    only = int(number) if number.isdecimal() else None
    await run_in_threadpool(team_of(request).entry.end_sessions, who_of(request), only)
    return RedirectResponse("/account?done=sessions", status_code=303)


@router.post("/account/tokens")
async def make_token(request: Request) -> Response:
    """Make a token; it is shown on the page that comes, and never again."""
    fields = await fields_of(request)
    days = first(fields, "days")

    def made() -> Response:
        own = account_of(request)
        try:
            secret, token = team_of(request).entry.make_token(
                own.name, first(fields, "label"), first(fields, "scope"), int(days) if days.isdecimal() else 0, own.name
            )
        except KhabarError as problem:
            return _account(request, problem=str(problem))
        return render(request, "token.html", secret=secret, token=token)

    return await run_in_threadpool(made)


@router.post("/account/tokens/{number}/revoke")
async def revoke_token(request: Request, number: int) -> Response:
    """Revoke an own token."""
    await fields_of(request)
    own = account_of(request).name
    try:
        await run_in_threadpool(team_of(request).entry.revoke_token, number, own, own)
    except NotFoundError as problem:
        raise HTTPException(404, str(problem)) from problem
    return RedirectResponse("/account?done=token", status_code=303)
