"""The pages of signing in at the provider of one's house. Invariant: an account opens for its subject alone."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from khabar.errors import KhabarError, SettingsError
from khabar.serve.desk import path_within
from khabar.serve.rendering import render
from khabar.serve.team.house import UNDER_WAY, House, Person
from khabar.serve.team.signing import agent_of, house_of, team_of, with_session
from khabar.store.account_questions import Account
from khabar.store.base import Store

__all__ = ["router"]

router = APIRouter()

_MOST = 1000  # people of one name


def _house(request: Request) -> House:
    house = house_of(request)
    if house is None:
        raise HTTPException(404)
    return house


def _cookie(request: Request) -> str:
    https: bool = request.app.state.https
    return "__Host-house" if https else "house"


def _redirect(request: Request) -> str:
    """The address of this workbench that the provider sends people back to; its host was checked at the door."""
    scheme = "https" if request.app.state.https else "http"
    return f"{scheme}://{request.headers['host']}/login/house/back"


@router.get("/login/house")
async def begin(request: Request, back: str = "/") -> Response:
    """On to the provider of the house."""
    house, to = _house(request), path_within(back) or "/"

    def begun() -> Response:
        try:
            address, cookie = house.begin(_redirect(request), to)
        except KhabarError as problem:
            return _refused(request, str(problem))
        answer = RedirectResponse(address, status_code=303)
        https: bool = request.app.state.https
        # Lax: the provider's page sends the browser back here
        answer.set_cookie(_cookie(request), cookie, max_age=UNDER_WAY, httponly=True, samesite="lax", secure=https)
        return answer

    return await run_in_threadpool(begun)


@router.get("/login/house/back")
async def come_back(request: Request) -> Response:
    """Back from the provider: sign in whom it named. 403 where nobody here is that person."""
    house = _house(request)

    def entered() -> Response:
        base = team_of(request).base
        try:
            cookie = request.cookies.get(_cookie(request), "")
            person, back = house.end(cookie, _redirect(request), dict(request.query_params))
        except KhabarError as problem:
            base.append_audit("", "refuse sign in", "", {"house": problem.message})
            return _refused(request, str(problem))
        account = base.account_of_subject(person.subject)
        if account is None and house.create:
            account = _created(base, person)
        if account is None or account.disabled:
            base.append_audit("", "refuse sign in", account.name if account else "", {"subject": person.subject})
            words = f"Nobody here signs in as {person.subject}. Ask an administrator."
            return _refused(request, words, 403)
        answer = with_session(
            request, path_within(back) or "/", team_of(request).entry.begin_session(account, agent_of(request))
        )
        https: bool = request.app.state.https
        answer.delete_cookie(_cookie(request), httponly=True, samesite="lax", secure=https)
        return answer

    return await run_in_threadpool(entered)


def _refused(request: Request, problem: str, status: int = 401) -> Response:
    return render(request, "login.html", status=status, back="/", problem=problem, name="", house=True)


def _created(base: Store, person: Person) -> Account:
    """A new reader; under another name where somebody has that one already."""
    taken = {account.name for account in base.accounts()}
    names = (person.name if n == 1 else f"{person.name}-{n}" for n in range(1, _MOST))
    name = next((name for name in names if name not in taken), None)
    if name is None:
        raise SettingsError(f"There are too many called {person.name}.", "Make the account by hand.")
    return base.add_account(Account(name, "reader", subject=person.subject), "", "provider of the house")
