"""The workbench as a web application, for one person or for a team. Invariant: it answers from a `View`; changes are
made through a `Desk` alone, by its own pages alone; every page works without script, and nothing is loaded from another
host.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from khabar import __version__
from khabar.comparing.ask import Comparisons
from khabar.errors import KhabarError, NotFoundError
from khabar.serve.api import compare as api_compare
from khabar.serve.api import decisions as api_decisions
from khabar.serve.api import export as api_export
from khabar.serve.api import groups as api_groups
from khabar.serve.api import ledger as api_ledger
from khabar.serve.api import map as api_map
from khabar.serve.api import names as api_names
from khabar.serve.api import reviews as api_reviews
from khabar.serve.api import routes as api
from khabar.serve.api import texts as api_texts
from khabar.serve.api import timeline as api_timeline
from khabar.serve.bodies import Bodies
from khabar.serve.door import LOOPBACK, Conditions, Door
from khabar.serve.pages import (
    access,
    actors,
    codings,
    compare,
    contradictions,
    decisions,
    documents,
    export,
    genealogy,
    incident,
    incidents,
    ledger,
    network,
    overview,
    queue,
    reference,
    search,
    statements,
    theme,
    timeline,
)
from khabar.serve.pages import desk as reading_desk
from khabar.serve.pages import map as map_page
from khabar.serve.rendering import Renderer, render
from khabar.serve.seat import Desk, alone
from khabar.serve.team import administration, signing, visiting
from khabar.serve.team.entry import NOBODY
from khabar.serve.team.gate import Gate, Team
from khabar.serve.team.house import House
from khabar.settings import DOUBT
from khabar.store.base import View

__all__ = ["create_app", "create_team_app"]

_TRIED = Conditions(("testserver", *LOOPBACK))  # the name by which a client within this process calls it


def create_app(
    base: View,
    *,
    conditions: Conditions = _TRIED,
    doubt: float = DOUBT,
    desk: Desk | None = None,
    user: str = "user",
    rule: str | None = None,
) -> FastAPI:
    """The application over an open base, reached under `conditions`. Claims below the confidence `doubt` wait in the
    review queue. Decisions are made at the `desk` in the name of `user`; without one the base is only read.
    Values are shown by `rule`, else by the rule of the base.
    """
    app = _application(conditions, doubt, rule)
    app.state.seating = alone(base, desk, user)
    app.add_middleware(Bodies, answer=_answer)
    app.add_middleware(Door, conditions=conditions, answer=_answer)
    return app


def create_team_app(
    team: Team,
    *,
    conditions: Conditions = _TRIED,
    doubt: float = DOUBT,
    rule: str | None = None,
    house: House | None = None,
) -> FastAPI:
    """The application for people with accounts: everybody sees and does what the table of rights gives their role.
    `house` is the provider of accounts of one's own house, where there is one.
    """
    app = _application(conditions, doubt, rule)
    app.state.seating = lambda _request: team.seat(NOBODY)  # who is refused at the door is not looked up
    app.state.team = team
    app.state.house = house
    app.include_router(signing.router, include_in_schema=False)
    app.include_router(visiting.router, include_in_schema=False)
    app.include_router(administration.router, include_in_schema=False)
    app.add_middleware(Gate, team=team, answer=_answer, https=conditions.https)
    app.add_middleware(Bodies, answer=_answer)
    app.add_middleware(Door, conditions=replace(conditions, private=True), answer=_answer)
    return app


def _application(conditions: Conditions, doubt: float, rule: str | None) -> FastAPI:
    app = FastAPI(
        title="Khabar",
        version=__version__,
        description="Sourced conflict events: every value with the passage it came from.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # FastAPI's own pages load scripts from another host
        redoc_url=None,
    )
    app.state.doubt = doubt
    app.state.rule = rule
    app.state.https = conditions.https
    app.state.renderer = Renderer()
    app.state.comparisons = Comparisons()
    for page in (
        overview,
        incidents,
        incident,
        map_page,
        actors,
        genealogy,
        network,
        documents,
        export,
        contradictions,
        compare,
        ledger,
        decisions,
        queue,
        reference,
        search,
        statements,
        theme,
        timeline,
    ):
        app.include_router(page.router, include_in_schema=False)
    app.include_router(reading_desk.router, include_in_schema=False)
    app.include_router(access.router, include_in_schema=False)
    app.include_router(codings.router, include_in_schema=False)
    app.include_router(api_compare.router)
    app.include_router(api_decisions.router)
    app.include_router(api_export.router)
    app.include_router(api_names.router)
    app.include_router(api_reviews.router)
    app.include_router(api_groups.router)
    app.include_router(api_ledger.router)
    app.include_router(api_map.router)
    app.include_router(api_texts.router)
    app.include_router(api_timeline.router)
    app.include_router(api.router)
    static = Path(__file__).parent / "static"
    if static.is_dir():  # built by `make web`; pages are readable without it
        app.mount("/static", StaticFiles(directory=static), name="static")
    app.add_exception_handler(KhabarError, _khabar_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _bad_question)
    return app


def _khabar_error(request: Request, error: Exception) -> Response:
    """What is not there is 404; everything else about the base is 500 with its own words."""
    status = 404 if isinstance(error, NotFoundError) else 500
    return _answer(request, status, str(error))


def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else str(error)
    return _answer(request, status, "There is no such page." if status == 404 else detail)


def _bad_question(request: Request, error: Exception) -> Response:
    """A filter that cannot be understood: which one, and why."""
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    words = "; ".join(f"{p['loc'][-1]}: {p['msg'].removeprefix('Value error, ')}" for p in problems)
    return _answer(request, 422, f"The filter cannot be used ({words}). Correct it, or leave it empty.")


def _answer(request: Request, status: int, message: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status_code=status)
    return render(request, "error.html", status=status, message=message)
