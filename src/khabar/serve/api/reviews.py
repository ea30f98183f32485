"""Reviewing as JSON. Invariant: whatever desk and queue can do, a program can; the same checks stand before both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from khabar.benches import agreements_of, bench_of
from khabar.errors import ConflictError, KhabarError
from khabar.exchange import claim_to_json
from khabar.export.claims import with_documents
from khabar.export.doubts import QUEUE_COLUMNS, queue_json, queue_row
from khabar.export.reviews import agreement_row, assignment_json, entry_json, review_json
from khabar.export.tables import csv_lines
from khabar.records import Assignment, Draft
from khabar.review.acts import Act
from khabar.review.bench import entries_of
from khabar.review.order import reason_of, weight_of
from khabar.serve.desk import json_of, refused
from khabar.serve.desk_forms import blind_of, coding_of, named
from khabar.serve.queue_filters import QueueQuery
from khabar.serve.rendering import doubt_of
from khabar.serve.seat import base_of, desk_of, user_of
from khabar.store.review_questions import AssignmentFilter, ReviewFilter

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["review"])

_DRAFT = 20_000  # characters of a form
_FEW = 200  # reviews on a page


def _body(required: list[str], **properties: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "required": required, "properties": properties}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
_VALUES = {
    "type": "object",
    "additionalProperties": _TEXT,
    "description": "Values by path: killed.best, places.0.name.",
}
_ACT = _body(
    ["act"],
    act={"type": "string", "enum": ["accept", "correct", "reject", "add"]},
    target={**_TEXT, "description": "The claim; nothing to add one."},
    kind={**_TEXT, "description": "Kind of the claim to add."},
    values=_VALUES,
    evidence={"type": "object", "description": "Passages of single values: {killed: [120, 135]}."},
    note=_TEXT,
    seen={**_NUMBER, "description": "The version of the claim that was seen; 409 where it is not the last."},
    coding={**_NUMBER, "description": "An own coding; without it the base."},
)


@router.get("/queue", summary="What waits for a person, the most doubtful and weightiest first, a page at a time")
def queue(request: Request, asked: Annotated[QueueQuery, Query()]) -> dict[str, Any]:
    """`total` counts all that wait; a page of 50 of `claims`, `pairs` or `contradictions`, whichever was asked for."""
    base, doubt, user = base_of(request), doubt_of(request), user_of(request)
    if asked.what == "pairs":
        pairs = [{"event": e.id, "unsure_with": list(e.unsure_with)} for e in base.events(asked.pairs())]
        return {"total": base.count(asked.pairs()), "page": asked.page, "pairs": pairs}
    if asked.what == "contradictions":
        found = [
            {"id": c.id, "kind": c.kind, "subject": c.subject, "title": c.title}
            for c in base.contradictions(asked.contradictions())
        ]
        return {"total": base.count(asked.contradictions()), "page": asked.page, "contradictions": found}
    where = asked.claims(doubt, user)
    claims = []
    for claim, document in with_documents(base, base.claims(where)):
        state = base.standings([claim.id]).get(claim.id, ("", 0))[0]
        weight = weight_of(claim, state)
        more = {
            "reason": reason_of(claim, doubt, state),
            "doubt": round(weight.doubt, 3),
            "stakes": round(weight.stakes, 3),
        }
        claims.append({**queue_json(claim, document, doubt), **more})
    return {"total": base.count(where), "page": asked.page, "threshold": doubt, "claims": claims}


@router.get("/queue.csv", summary="All doubtful claims that a filter keeps, as CSV")
def queue_csv(request: Request, asked: Annotated[QueueQuery, Query()]) -> StreamingResponse:
    """The doubtful claims with what is doubtful in words, the weightiest first."""
    base, doubt = base_of(request), doubt_of(request)
    where = replace(asked.claims(doubt, user_of(request)), limit=None, offset=0)
    rows = (queue_row(claim, document, doubt) for claim, document in with_documents(base, base.claims(where)))
    lines: Iterator[str] = (f"{line}\n" for line in csv_lines(rows, QUEUE_COLUMNS))
    headers = {"Content-Disposition": 'attachment; filename="queue.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/documents/{key}/claims", summary="The claims of a document with what was decided about each")
def claims(request: Request, key: str, coding: int | None = None) -> dict[str, Any]:
    """`entries`: what stands, what was proposed, its state, its version, and the review that holds."""
    base = base_of(request)
    given = coding_of(request, coding) if coding is not None else None
    document = base.document(key).id
    blind = blind_of(request, document) if given is None else None
    if blind is not None:
        raise HTTPException(403, f"You code this report apart from others. Ask for coding={blind.number}.")
    bench = bench_of(base, document, given.number if given else None)
    return {"document": bench.document.id, "entries": [entry_json(entry) for entry in entries_of(bench)]}


@router.post(
    "/documents/{key}/reviews",
    summary="Decide about a claim of a document, or add one",
    status_code=201,
    openapi_extra=_ACT,
    response_model=None,
)
async def review(request: Request, key: str) -> Response | dict[str, Any]:
    """The review as it was kept. Values that are not named stay as they are. 409 with what stands now (`current`) where
    somebody else decided meanwhile; 422 where it makes no sense.
    """
    said = await json_of(request)
    return await run_in_threadpool(_reviewed, request, key, said)


def _reviewed(request: Request, key: str, said: dict[str, Any]) -> Response | dict[str, Any]:
    desk, base = desk_of(request), base_of(request)
    number = said.get("coding")
    given = coding_of(request, number) if isinstance(number, int) else None
    bench = desk.bench(base.document(key).id, given.number if given else None)
    act = named(desk, _act(said, user_of(request)), bench)
    try:
        [kept] = desk.keep(bench, [act])
    except ConflictError as problem:
        now = desk.bench(bench.document.id, bench.coding)
        current = next((entry_json(e) for e in entries_of(now) if act.target in (e.target, e.claim.id)), None)
        return JSONResponse({"error": str(problem), "current": current, "yours": said}, status_code=409)
    except KhabarError as problem:
        raise refused(problem) from problem
    return review_json(kept)


def _act(said: dict[str, Any], user: str) -> Act:
    values, evidence = said.get("values") or {}, said.get("evidence") or {}
    good = isinstance(values, dict) and isinstance(evidence, dict)
    spans = {}
    for slot, span in evidence.items() if good else ():
        good = good and isinstance(span, list) and len(span) == 2 and all(isinstance(n, int) for n in span)
        spans[str(slot)] = tuple(span) if good else (0, 0)
    seen = said.get("seen")
    if not good or not isinstance(seen, (int, type(None))):
        raise HTTPException(422, 'Send {"act": "correct", "target": "…", "values": {"killed.best": "12"}}.')
    return Act(
        str(said.get("act", "")),
        user,
        str(said.get("target") or ""),
        str(said.get("kind") or "event"),
        {str(path): "" if value is None else str(value) for path, value in values.items()},
        spans,
        str(said.get("note") or ""),
        seen,
        partly=True,
    )


@router.get("/reviews", summary="What was decided about claims, the latest first")
def reviews(request: Request, document: str = "", user: str = "", limit: int = _FEW) -> dict[str, Any]:
    """Reviews of the base with proposal and acceptance; those of blind codings are not listed."""
    base = base_of(request)
    key = base.document(document).id if document else None
    where = ReviewFilter(document=key, user=user or None, limit=max(1, min(limit, 10 * _FEW)))
    return {"reviews": [review_json(found) for found in reversed(list(base.reviews(where)))]}


@router.post(
    "/reviews/undo",
    summary="Take back a review",
    status_code=201,
    openapi_extra=_body([], number={**_NUMBER, "description": "Nothing for your last one."}, coding=_NUMBER),
)
async def undo(request: Request) -> dict[str, Any]:
    """The undoing as it was kept; it is a review itself, and can be taken back."""
    said = await json_of(request)
    number, coding = said.get("number"), said.get("coding")
    if not isinstance(number, (int, type(None))) or not isinstance(coding, (int, type(None))):
        raise HTTPException(422, 'Send {"number": 12}, or {} for your last review.')

    def kept() -> dict[str, Any]:
        given = coding_of(request, coding) if coding is not None else None
        where = ReviewFilter(coding=given.number if given else None)
        try:
            return review_json(desk_of(request).take_back(user_of(request), number, where))
        except KhabarError as problem:
            raise refused(problem) from problem

    return await run_in_threadpool(kept)


@router.put(
    "/documents/{key}/drafts/{target}",
    summary="Keep what is typed in a form and not decided yet",
    openapi_extra=_body(["values"], values=_VALUES, coding=_NUMBER),
)
async def draft(request: Request, key: str, target: str) -> dict[str, Any]:
    """Kept for the coder at work until it is decided; without values what was kept is forgotten."""
    said = await json_of(request)
    values = said.get("values")
    if not isinstance(values, dict) or sum(len(str(k)) + len(str(v)) for k, v in values.items()) > _DRAFT:
        raise HTTPException(422, f"Send the values of one form, at most {_DRAFT} characters.")
    coding = said.get("coding") if isinstance(said.get("coding"), int) else None

    def kept() -> None:
        given = coding_of(request, coding) if coding is not None else None
        told = {str(path): str(value) for path, value in values.items()}
        document = base_of(request).document(key).id
        desk_of(request).save_draft(
            Draft(document, target[:80], user_of(request), told, given.number if given else None)
        )

    await run_in_threadpool(kept)
    return {"kept": bool(values)}


@router.get("/assignments", summary="Which document is given to whom, for what")
def assignments(request: Request, user: str = "", batch: str = "") -> dict[str, Any]:
    """Reviews, codings and adjudications in the order they were given; `done_at` is null until one is finished."""
    found = base_of(request).assignments(AssignmentFilter(user=user or None, batch=batch or None))
    return {"assignments": [assignment_json(one) for one in found]}


@router.post(
    "/assignments",
    summary="Give documents to coders",
    status_code=201,
    openapi_extra=_body(
        ["coders"],
        coders={"type": "array", "items": _TEXT},
        task={"type": "string", "enum": ["review", "coding"]},
        batch=_TEXT,
        documents={"type": "array", "items": _TEXT, "description": "Ids; without any every n-th that is read."},
        every=_NUMBER,
        sees_machine={"type": "boolean", "description": "Whether a coding begins with the machine's claims."},
    ),
)
async def assign(request: Request) -> dict[str, Any]:
    """The assignments as they were kept."""
    said = await json_of(request)
    coders, keys = said.get("coders") or [], said.get("documents") or []
    if not isinstance(coders, list) or not isinstance(keys, list) or not coders:
        raise HTTPException(422, 'Send {"coders": ["amal", "zoe"], "task": "coding", "batch": "pilot", "every": 10}.')

    def kept() -> dict[str, Any]:
        desk, user = desk_of(request), user_of(request)
        task, batch = str(said.get("task") or "coding"), str(said.get("batch") or "")
        sees = said.get("sees_machine") is True
        try:
            chosen = desk.sample(int(said.get("every") or 1), [str(key) for key in keys])
            given = [Assignment(key, str(coder), task, user, batch, sees) for key in chosen for coder in coders]
            return {"assignments": [assignment_json(one) for one in desk.assign(given)]}
        except KhabarError as problem:
            raise refused(problem) from problem

    return await run_in_threadpool(kept)


@router.get("/agreement", summary="How far the coders of a batch agree with each other and with the machine")
def agreement(request: Request, batch: str) -> dict[str, Any]:
    """Krippendorff's alpha (null where it is not defined) and F1, value by value."""
    found = agreements_of(base_of(request), batch, doubt_of(request))
    return {
        "batch": batch,
        "agreements": [
            {"left": left, "right": right, "reports": reports, "values": [agreement_row(row) for row in rows]}
            for left, right, reports, rows in found
        ],
    }


@router.get("/claims/{key}/history", summary="What was decided about one claim, the latest first")
def history(request: Request, key: str) -> dict[str, Any]:
    """Also what was undone, and the undoings; proposal and acceptance side by side."""
    base = base_of(request)
    found = base.claim(key)
    stands = base.standings([found.id]).get(found.id)
    past = list(base.reviews(ReviewFilter(target=found.id)))
    return {
        "claim": claim_to_json(found),
        "state": stands[0] if stands else "proposed",
        "reviews": [review_json(one) for one in reversed(past)],
    }
