"""The base beside other people's records: data sets of incidents, and the UN list with its versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.comparing.alone import ALONE
from khabar.comparing.changes import changes_of
from khabar.comparing.compare import reference_named
from khabar.comparing.listings import latest_list, list_order
from khabar.comparing.lists import listings_of_base
from khabar.comparing.model import MATCHED, VERDICTS, Row
from khabar.comparing.sides import REASONS
from khabar.comparing.tables import FIELDS, sides_of, summary_words
from khabar.records import Claim
from khabar.resolution.ledger.reconcilers import RECONCILERS
from khabar.serve.compare_filters import CompareQuery, asked_of, row_of, rows_of, version_of, whole_of
from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, Pages
from khabar.serve.rendering import render
from khabar.serve.seat import base_of
from khabar.store.base import View
from khabar.store.questions import ClaimFilter

__all__ = ["router"]

router = APIRouter()

_WORDS = {
    "same": "Both have it",
    "unsure": "Perhaps both have it",
    "only_mine": "Only your base has it",
    "only_theirs": "Only the data set has it",
}
_MEANINGS = {**ALONE, **{r.name: r.meaning for r in RECONCILERS}, **REASONS}
_SHOWN = 20  # problems told of a file


@router.get("/compare")
def compared(request: Request) -> HTMLResponse:
    """What was imported, each with its origin, and what to do with it."""
    base = base_of(request)
    sets = base.reference_sets()
    problems = {each.id: base.reference_problems(each.id)[:_SHOWN] for each in sets if each.problems}
    lists = list_order(sets)
    data_sets = dict.fromkeys(s.shape for s in sets if s not in lists)
    return render(request, "compare_index.html", sets=sets, lists=lists, data_sets=list(data_sets), problems=problems)


@router.get("/compare/un-list")
def listed(request: Request, verdict: str = "") -> HTMLResponse:
    """Which actors of the base the newest list means, surely or perhaps."""
    base = base_of(request)
    version = latest_list(base.reference_sets())
    found = listings_of_base(base, version) if version else []
    shown = [listing for listing in found if not verdict or listing.verdict == verdict]
    return render(
        request, "compare_list.html", edition=version, found=shown, versions=list_order(base.reference_sets())
    )


@router.get("/compare/un-list/{key}")
def changed(request: Request, key: str) -> HTMLResponse:
    """What one imported version of the list changed."""
    base = base_of(request)
    version = version_of(base, key)
    before, found = changes_of(base, version)
    return render(request, "compare_changes.html", edition=version, before=before, changes=found)


@router.get("/compare/{name}")
def comparison(request: Request, name: str, asked: Annotated[CompareQuery, Query()]) -> HTMLResponse:
    """The base against a data set: coverage, reasons, and the rows with both sides field by field."""
    found = asked_of(request, name, asked)
    rows, total = rows_of(found, asked)
    return render(
        request,
        "compare.html",
        found=found,
        told=summary_words(found)[:2],
        pairs=[row for row in rows if row.verdict in MATCHED],
        alone=[(row, *sides_of(row)) for row in rows if row.verdict not in MATCHED],
        numbers={v: sum(row.verdict == v for row in found.rows) for v in VERDICTS},
        words=_WORDS,
        meanings=_MEANINGS,
        fields=FIELDS,
        coverage={by: [row for row in found.coverage.rows if row.by == by] for by in ("area", "year", "kind")},
        pages=Pages(asked.page, total, PAGE_SIZE),
        values=asked.model_dump(exclude={"page"}),
    )


@router.get("/compare/{name}/{key:path}")
def one(request: Request, name: str, key: str) -> HTMLResponse:
    """One row by the id of its record or its incident: both sides, how they were compared, and what each rests on."""
    found = whole_of(request, name)
    row = row_of(found, key)
    claims = _claims(base_of(request), row)
    mine, theirs = sides_of(row)
    return render(
        request,
        "compare_one.html",
        found=found,
        row=row,
        mine=mine,
        theirs=theirs,
        words=_WORDS,
        meanings=_MEANINGS,
        fields=FIELDS,
        claims=claims,
        sources=sources_of(base_of(request), claims),
        licence=reference_named(base_of(request), name)[0].licence,
    )


def _claims(base: View, row: Row) -> list[Claim]:
    return list(base.claims(ClaimFilter(event=row.mine.id))) if row.mine else []
