"""Templates to pages. Invariant: everything from a document is escaped; only templates write HTML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from khabar import __version__
from khabar.charts import svg
from khabar.exchange import body_to_json
from khabar.export.decisions import state_words
from khabar.export.doubts import doubt_words, percent, share_of
from khabar.export.words import bounds_words, claim_words, interval_words, one_line, reports_words, value_words
from khabar.maps.countries import country_name
from khabar.records import When
from khabar.resolution.total_words import coverage_words, stated_words
from khabar.resolution.wording import event_words, period
from khabar.serve.desk import TOKEN, token_of
from khabar.serve.evidence import distinct, quotes_of, said_of
from khabar.serve.seat import seat_of
from khabar.text import file_name
from khabar.visible import visible

__all__ = ["Renderer", "Theme", "doubt_of", "render"]

Theme = Literal["light", "dark"]


class Renderer:
    """The template environment, made once for an application."""

    def __init__(self) -> None:
        here = Path(__file__).parent
        self._templates = Environment(
            loader=FileSystemLoader(here / "templates"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            finalize=lambda value: visible(value) if isinstance(value, str) else value,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(
            bounds=bounds_words,
            claim_words=claim_words,
            coverage_words=coverage_words,
            event_words=event_words,
            file_name=file_name,
            interval=lambda i: interval_words(i.earliest, i.latest),
            label=lambda text: str(text).replace("_", " "),
            one_line=one_line,
            period=period,
            percent=lambda share: _unbroken(percent(share)),
            parts=lambda claim: list(body_to_json(claim.body).values()),
            reports=reports_words,
            path=lambda text: quote(str(text), safe=":"),
            stated_words=stated_words,
            unbroken=_unbroken,
            value=value_words,
            when_words=lambda value: period(When(value["earliest"], value["latest"])),
        )
        self._templates.globals.update(
            version=__version__,
            has_script=(here / "static" / "khabar.js").is_file(),
            has_style=(here / "static" / "khabar.css").is_file(),
            query=query,
            distinct=distinct,
            quotes_of=quotes_of,
            said_of=said_of,
            share_of=share_of,
            doubt_words=doubt_words,
            state_words=state_words,
            zip=zip,
            drawn=svg,
            country=country_name,
        )

    def page(self, template: str, values: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
        """The page of a template filled with `values`."""
        return HTMLResponse(self._templates.get_template(template).render(values), status_code=status)


def _unbroken(text: str) -> str:
    """The text with its figures and their signs kept on one line."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def query(values: Mapping[str, Any], **changes: Any) -> str:
    """A query string of the values that are set, with changes; `None` takes a value out."""
    merged = {**values, **changes}
    return urlencode({k: v for k, v in merged.items() if v not in (None, "", 0)}, doseq=True)


def doubt_of(request: Request) -> float:
    """The confidence below which claims are left to a person."""
    doubt: float = request.app.state.doubt
    return doubt


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of a template, answered with `status`; it knows the path of the request, for the navigation,
    and the reader's choice of colours.
    """
    renderer: Renderer = request.app.state.renderer
    asked = f"?{request.url.query}" if request.url.query else ""
    chosen = request.cookies.get("theme")
    frame = {
        "here": request.url.path,
        "here_again": request.url.path + asked,
        "theme": chosen if chosen in get_args(Theme) else None,
        "doubt": doubt_of(request),
    }
    seat, token = seat_of(request), token_of(request)
    person = {"csrf": token, "user": seat.user, "may_decide": seat.desk is not None, "may": seat.may, "team": seat.team}
    page = renderer.page(template, {**frame, **person, "status": status, **values}, status=status)
    if not seat.token and request.cookies.get(TOKEN) != token:
        https: bool = request.app.state.https
        page.set_cookie(TOKEN, token, httponly=True, samesite="strict", secure=https)
    return page
