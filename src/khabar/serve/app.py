"""The workbench as a web application. Invariant: it answers from a `View`; changes are made through a `Desk` alone, by
its own pages alone; every page works without script, and nothing is loaded from another host.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

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
from khabar.serve.desk import Desk
from khabar.serve.pages import (
    actors,
    codings,
    compare,
    contradictions,
    decisions,
    documents,
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
from khabar.settings import DOUBT
from khabar.store.base import View

__all__ = ["create_app"]

_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "testserver")


def create_app(
    base: View,
    *,
    hosts: tuple[str, ...] = _LOOPBACK,
    doubt: float = DOUBT,
    desk: Desk | None = None,
    user: str = "user",
    rule: str | None = None,
) -> FastAPI:
    """The application over an open base. `hosts` are the host names it answers to; others get 400, so that a web page
    elsewhere cannot reach it through a name that points at this machine. Claims below the confidence `doubt` wait in
    the review queue. Decisions are made at the `desk` in the name of `user`; without one the base is only read.
    Values are shown by `rule`, else by the rule of the base.
    """
    app = FastAPI(
        title="Khabar",
        version=__version__,
        description="Sourced conflict events: every value with the passage it came from.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # FastAPI's own pages load scripts from another host
        redoc_url=None,
    )
    app.state.base = base
    app.state.doubt = doubt
    app.state.desk = desk
    app.state.user = user
    app.state.rule = rule
    app.state.renderer = Renderer()
    app.state.comparisons = Comparisons()
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.middleware("http")(_with_headers)
    for page in (
        overview,
        incidents,
        incident,
        map_page,
        actors,
        genealogy,
        network,
        documents,
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


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


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
