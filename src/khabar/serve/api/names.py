"""Names looked up while a coder types. Invariant: what is offered is what the gazetteer and the list of actors hold."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from khabar.exchange import place_to_json
from khabar.serve.seat import desk_of

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["review"])


@router.get("/places", summary="Places that a name can mean, the likeliest first")
def places(request: Request, text: str = "") -> dict[str, Any]:
    """Up to a dozen places of the gazetteer, in the shape of the claim format."""
    return {"places": [place_to_json(place) for place in desk_of(request).places(text[:80])] if text.strip() else []}


@router.get("/actors/named", summary="Actors with a name that begins so")
def actors(request: Request, text: str = "") -> dict[str, Any]:
    """Up to a dozen actors: those of the base, then those of the dictionary."""
    found = desk_of(request).actors(text[:80]) if text.strip() else []
    return {"actors": [{"name": a.name, "id": a.id, "kind": a.kind} for a in found]}
