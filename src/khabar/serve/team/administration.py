"""Accounts, for administrators. Invariant: an administrator gives a new password, and sees no old one; accounts are
disabled, never deleted.
"""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from khabar.errors import KhabarError, NotFoundError
from khabar.serve.desk import fields_of
from khabar.serve.desk_forms import first
from khabar.serve.rendering import render
from khabar.serve.team.passwords import generated
from khabar.serve.team.signing import account_of, team_of
from khabar.store.account_questions import ROLES, Account, Change, checked_groups, checked_name

__all__ = ["router"]

router = APIRouter()

_DOES = {
    "reader": "reads everything that is open to their groups, and exports it",
    "coder": "also decides about claims, incidents and groups, and codes what is given to them",
    "reviewer": "also gives out work, settles differences, and takes back anybody's decisions",
    "admin": "also administers accounts",
}


@router.get("/accounts")
def accounts(request: Request, done: str = "") -> HTMLResponse:
    """Who has an account, with role and groups; the form that makes one."""
    return _accounts(request, done=done)


def _accounts(request: Request, *, done: str = "", problem: str = "") -> HTMLResponse:
    base = team_of(request).base
    every = base.accounts()
    return render(
        request,
        "accounts.html",
        status=422 if problem else 200,
        accounts=every,
        tokens={one.name: sum(t.account == one.name and not t.revoked_at for t in base.tokens()) for one in every},
        roles=_DOES,
        done=f"{done} is changed." if any(one.name == done for one in every) else "",
        problem=problem,
    )


@router.post("/accounts")
async def add(request: Request) -> Response:
    """Make an account with a generated password, shown once on the page that comes."""
    fields = await fields_of(request)

    def added() -> Response:
        try:
            made = Account(checked_name(first(fields, "name")), _role(fields), checked_groups(_groups(fields)))
            secret = generated()
            hashed = team_of(request).entry.hashed(secret)
            team_of(request).base.add_account(made, hashed, account_of(request).name)
        except KhabarError as problem:
            return _accounts(request, problem=str(problem))
        return render(request, "password.html", name=made.name, secret=secret, new=True)

    return await run_in_threadpool(added)


@router.post("/accounts/{name}")
async def change(request: Request, name: str) -> Response:
    """Change role and groups of an account, and whether anybody can sign in to it."""
    fields = await fields_of(request)

    def changed() -> Response:
        try:
            wanted = Change(_role(fields), checked_groups(_groups(fields)), first(fields, "disabled") == "yes")
            team_of(request).base.change_account(name, wanted, account_of(request).name)
        except NotFoundError as problem:
            raise HTTPException(404, str(problem)) from problem
        except KhabarError as problem:
            return _accounts(request, problem=str(problem))
        return RedirectResponse("/accounts?done=" + name, status_code=303)

    return await run_in_threadpool(changed)


@router.post("/accounts/{name}/password")
async def new_password(request: Request, name: str) -> Response:
    """Give an account a new password, shown once on the page that comes; it is signed out everywhere."""
    await fields_of(request)

    def given() -> Response:
        secret = generated()
        hashed = team_of(request).entry.hashed(secret)
        try:
            team_of(request).base.change_account(name, Change(password=hashed), account_of(request).name)
        except NotFoundError as problem:
            raise HTTPException(404, str(problem)) from problem
        return render(request, "password.html", name=name, secret=secret, new=False)

    return await run_in_threadpool(given)


@router.post("/accounts/{name}/sessions")
async def end_sessions(request: Request, name: str) -> Response:
    """Sign an account out everywhere, and revoke its tokens."""
    await fields_of(request)

    def ended() -> Response:
        by, base, entry = account_of(request).name, team_of(request).base, team_of(request).entry
        try:
            base.account(name)
        except NotFoundError as problem:
            raise HTTPException(404, str(problem)) from problem
        base.close_sessions(name, by)
        for token in base.tokens(name):
            entry.revoke_token(token.number, by)
        return RedirectResponse("/accounts?done=" + name, status_code=303)

    return await run_in_threadpool(ended)


def _role(fields: Mapping[str, list[str]]) -> str:
    role = first(fields, "role")
    if role not in ROLES:
        raise HTTPException(422, f"There is no role {role!r}. Use one of {', '.join(ROLES)}.")
    return role


def _groups(fields: Mapping[str, list[str]]) -> list[str]:
    return first(fields, "groups").split(",")
