"""Statements: what somebody says about the conflict beyond incidents and ties, each with its passage and speaker."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.records import STANCES, STATEMENT_KINDS
from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, Pages
from khabar.serve.rendering import render
from khabar.serve.seat import base_of
from khabar.serve.text_filters import StatementQuery
from khabar.store.questions import ContradictionFilter

__all__ = ["router"]

router = APIRouter()


@router.get("/statements")
def statements(request: Request, asked: Annotated[StatementQuery, Query()]) -> HTMLResponse:
    """A page of statements, each with the contradictions it stands in."""
    base = base_of(request)
    where = asked.where(base)
    claims = list(base.claims(where))
    ids = tuple(claim.id for claim in claims)
    against = list(base.contradictions(ContradictionFilter(claims=ids))) if ids else []
    return render(
        request,
        "statements.html",
        asked=asked,
        actor=base.actor(asked.actor) if asked.actor else None,
        claims=claims,
        sources=sources_of(base, claims),
        against={key: [c for c in against if any(key in side.claims for side in c.sides)] for key in ids},
        kinds=STATEMENT_KINDS,
        stances=STANCES,
        pages=Pages(asked.page, base.count(where), PAGE_SIZE),
        values=asked.model_dump(exclude={"page"}),
    )
