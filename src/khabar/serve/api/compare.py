"""Comparisons with other people's records as JSON and CSV: the twins of the pages under /compare."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from khabar.comparing.changes import CHANGE_COLUMNS, change_row, changes_of
from khabar.comparing.listings import latest_list
from khabar.comparing.lists import LISTING_COLUMNS, listing_row, listings_of_base
from khabar.comparing.tables import COMPARE_COLUMNS, comparison_json, row_json, row_table
from khabar.serve.compare_filters import CompareQuery, asked_of, row_of, rows_of, version_of, whole_of
from khabar.serve.groups import csv_of
from khabar.serve.seat import base_of

__all__ = ["router"]

router = APIRouter(prefix="/api/compare", tags=["compare"])


@router.get("", summary="What was imported: data sets and lists, with version, licence and numbers")
def sets(request: Request) -> dict[str, Any]:
    """Each imported file under `sets`, the oldest import first."""
    return {"sets": [asdict(each) for each in base_of(request).reference_sets()]}


@router.get("/un-list", summary="Actors of the base that the newest imported UN list means, surely or perhaps")
def listed(request: Request) -> dict[str, Any]:
    """`verdict` is same, or unsure where it is only offered; `why` says on what it rests."""
    base = base_of(request)
    version = latest_list(base.reference_sets())
    found = listings_of_base(base, version) if version else []
    return {"version": asdict(version) if version else None, "listings": list(map(listing_row, found))}


@router.get("/un-list.csv", summary="The same as CSV")
def listed_csv(request: Request) -> StreamingResponse:
    """One row an entry and an actor."""
    base = base_of(request)
    version = latest_list(base.reference_sets())
    found = listings_of_base(base, version) if version else []
    return csv_of(request, map(listing_row, found), LISTING_COLUMNS, "un-list")


@router.get("/un-list/{key}.csv", summary="What an imported version of the UN list changed, as CSV")
def changed_csv(request: Request, key: str) -> StreamingResponse:
    """One row an entry that was added, changed or delisted."""
    _before, found = changes_of(base_of(request), version_of(base_of(request), key))
    return csv_of(request, map(change_row, found), CHANGE_COLUMNS, "un-list-changes")


@router.get("/un-list/{key}", summary="What an imported version of the UN list changed")
def changed(request: Request, key: str) -> dict[str, Any]:
    """`before` is the version it is set against, null for the first one."""
    version = version_of(base_of(request), key)
    before, found = changes_of(base_of(request), version)
    return {
        "version": asdict(version),
        "before": asdict(before) if before else None,
        "changes": list(map(change_row, found)),
    }


@router.get("/{name}.csv", summary="A comparison with a data set, as CSV")
def compared_csv(request: Request, name: str, asked: Annotated[CompareQuery, Query()]) -> StreamingResponse:
    """One row an incident, a record, or both; private persons are pseudonymised."""
    found = asked_of(request, name, asked)
    rows = (row for row in found.rows if not asked.verdict or row.verdict == asked.verdict)
    return csv_of(request, map(row_table, rows), COMPARE_COLUMNS, f"compare-{name}")


@router.get("/{name}", summary="A comparison with a data set: coverage, and the rows a page at a time")
def compared(request: Request, name: str, asked: Annotated[CompareQuery, Query()]) -> dict[str, Any]:
    """`total` counts the rows that the filter keeps; `rows` holds one page of 50."""
    found = asked_of(request, name, asked)
    rows, total = rows_of(found, asked)
    return {**comparison_json(found), "total": total, "page": asked.page, "rows": list(map(row_json, rows))}


@router.get("/{name}/{key:path}", summary="One row of a comparison, by the id of its record or its incident")
def one(request: Request, name: str, key: str) -> dict[str, Any]:
    """Both sides field by field, with reasons and how they were compared."""
    return row_json(row_of(whole_of(request, name), key))
