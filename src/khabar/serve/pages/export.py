"""What leaves the base, chosen on a page: a shape, what of it, and which allegations. Works without script.

Invariant: the page only chooses; the file itself comes from its permanent address under /api/export.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import Field

from khabar.errors import NotFoundError
from khabar.export.shapes.profiles import PROFILES
from khabar.plugins import plugin_names
from khabar.serve.api.export import ExportQuery
from khabar.serve.rendering import query, render
from khabar.serve.seat import base_of
from khabar.shaping import every_shape, shape_named

__all__ = ["router"]

router = APIRouter()

_PARTS = (
    ("table", "the file itself"),
    ("provenance", "what each cell rests on: claims, offsets, quotes"),
    ("losses", "what this shape cannot hold, a row each"),
    ("annotations", "the passages as Web Annotations"),
)


class ShapeQuery(ExportQuery):
    """An export as the page's form asks for it."""

    shape: str = Field("", description="The shape; the list is under /api/export.")


@router.get("/export")
def export(request: Request, asked: Annotated[ShapeQuery, Query()]) -> HTMLResponse:
    """The shapes, and what can be asked of them, for the incidents that a filter keeps."""
    where = asked.where(base_of(request))
    filters = asked.model_dump(include=set(ExportQuery.model_fields) - {"profile", "part", "option", "page", "order"})
    shapes = every_shape()
    return render(
        request,
        "export.html",
        asked=asked,
        chosen=asked.shape or shapes[0].name,
        total=base_of(request).count(where),
        filters={name: value for name, value in filters.items() if value not in ("", None)},
        shapes=shapes,
        parts=_PARTS,
        profiles=list(PROFILES.values()),
    )


@router.get("/export/file")
def file(asked: Annotated[ShapeQuery, Query()]) -> RedirectResponse:
    """On to the address of the file; options of other shapes than the chosen one are left aside."""
    if asked.shape not in plugin_names("exporters"):
        raise NotFoundError(f"There is no shape {asked.shape!r}.", "Choose one under /export.")
    options = [name for name in asked.option if name in shape_named(asked.shape).options]
    values = asked.model_dump(exclude={"shape", "option", "page", "order"})
    return RedirectResponse(f"/api/export/{asked.shape}?{query(values, option=options or None)}", status_code=303)
