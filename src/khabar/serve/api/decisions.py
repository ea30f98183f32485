"""Decisions and reasons as JSON. Invariant: whatever a page can ask for, a program can; the same door checks both."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from khabar.export.decisions import DECISION_COLUMNS, compared_json, compared_of, decision_json, decision_row
from khabar.serve.desk import asked_by_json, decided
from khabar.serve.groups import csv_of
from khabar.serve.seat import base_of, desk_of

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["decide"])

_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["act"],
                    "properties": {
                        "act": {"type": "string", "enum": ["same", "different", "unsure", "merge", "split", "undo"]},
                        "keys": {
                            "type": "array",
                            "items": {"type": "string"},
                            "description": "Ids of incidents or claims, or names of actors; for split the whole, then "
                            "its members; for undo the number of a decision, or nothing for the last.",
                        },
                        "note": {"type": "string", "description": "Why, in the person's words."},
                    },
                }
            }
        },
    }
}


@router.get("/decisions", summary="What people decided, the latest first, with what became of each")
def decisions(request: Request) -> dict[str, Any]:
    """`state` is holds, undone, overruled, partly overruled or nothing left; `state_by` names the later decisions."""
    entries = desk_of(request).journal()
    return {"decisions": [decision_json(entry) for entry in reversed(entries)]}


@router.get("/decisions.csv", summary="The same as CSV")
def decisions_csv(request: Request) -> StreamingResponse:
    """One row a decision, the latest first; private persons are pseudonymised."""
    return csv_of(request, map(decision_row, reversed(desk_of(request).journal())), DECISION_COLUMNS, "decisions")


@router.post("/decisions", summary="Decide, or undo a decision", status_code=201, openapi_extra=_BODY)
async def decide(request: Request) -> dict[str, Any]:
    """The decision as it was kept. 409: what it is about is not there any more; 422: it makes no sense."""
    asked = await asked_by_json(request)
    kept = await run_in_threadpool(decided, request, asked)
    entries = await run_in_threadpool(desk_of(request).journal)
    return next(decision_json(entry) for entry in entries if entry.decision.number == kept.number)


@router.get("/incidents/{key}/why", summary="Why reports are one incident, and why others are not")
def why(request: Request, key: str) -> dict[str, Any]:
    """Each pair with its verdict, its score and what was compared, in words; pairs with other incidents come last."""
    base = base_of(request)
    event = base.event(key)
    pairs = compared_of(base, event)
    documents = {c.passages[0].document for pair in pairs for c in pair.claims}
    files = {id_: base.document(id_).file for id_ in documents}
    return {"id": event.id, "pairs": [compared_json(pair, files) for pair in pairs]}
