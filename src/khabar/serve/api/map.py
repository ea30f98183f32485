"""The map's data. Invariant: counts come from the store's own questions; no incident is read to draw it."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse

from khabar.export.tables import csv_lines
from khabar.maps.gathering import gather
from khabar.maps.shapes import load_shapes, shapes_file
from khabar.serve.filters import IncidentQuery
from khabar.serve.kept import kept
from khabar.serve.mapped import AREA_COLUMNS, area_row, areas_of
from khabar.serve.seat import base_of
from khabar.store.base import View
from khabar.store.questions import EventFilter

__all__ = ["router"]

router = APIRouter(prefix="/api/map", tags=["read"])

_A_YEAR = "public, max-age=31536000, immutable"


@router.get("", summary="Where the incidents are that a filter keeps: counts by place and month, as the map draws them")
def placed(request: Request, asked: Annotated[IncidentQuery, Query()]) -> Response:
    """`places` are rows of `place_columns`; `counts` are columns: the number of the place, the first and last month the
    incidents may lie in (months since January of the year 0: 2016-10 is 24201; null is open), and how many. An
    incident with several places counts at each. `order`, `page` and `rule` change nothing.
    """
    base = base_of(request)
    where = asked.where(base)
    body, mark = kept(base, ("map", where), lambda: _drawn(base, where))
    headers = {"ETag": mark, "Cache-Control": "private, no-cache"}  # browsers ask each time whether it is still so
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _drawn(base: View, where: EventFilter) -> tuple[bytes, str]:
    """The answer, and a mark that changes with it."""
    found = gather(base.sites(where), base.placed(where), load_shapes())
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


@router.get("/areas.csv", summary="Incidents by country and province, and how closely their places are known, as CSV")
def areas(request: Request, asked: Annotated[IncidentQuery, Query()]) -> StreamingResponse:
    """One row an area; a row without a province is the whole country. An incident counts once in each."""
    found = areas_of(base_of(request).place_totals(asked.where(base_of(request))))
    lines = (f"{line}\n" for line in csv_lines((area_row(area) for area in found), AREA_COLUMNS))
    headers = {"Content-Disposition": 'attachment; filename="areas.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/shapes", summary="Outlines of countries and provinces (Natural Earth, public domain), as TopoJSON")
def shapes(v: str = "") -> Response:
    """Two collections, `countries` and `units`. They are no statement about any border. With `v`, the version that the
    map's page names, browsers keep the answer for a year.
    """
    body, version = shapes_file()
    headers = {"Content-Encoding": "gzip", "ETag": f'"{version}"'}
    if v == version:
        headers["Cache-Control"] = _A_YEAR
    return Response(body, media_type="application/json", headers=headers)
