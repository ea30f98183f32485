"""Exports as downloads. Invariant: what the command writes, with the same filters; names of private persons never leave
this way, and a file is whole before its first byte is sent.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from khabar.codebook.load import load_codebook
from khabar.errors import NotFoundError, SettingsError
from khabar.export.conduct import pseudonyms_of
from khabar.export.shapes.leaving import Leaving
from khabar.export.shapes.outputs import file_names, write_files
from khabar.export.shapes.profiles import PROFILES, profile_named
from khabar.plugins import plugin_names
from khabar.serve.filters import IncidentQuery
from khabar.serve.rendering import doubt_of
from khabar.serve.seat import base_of
from khabar.shaping import Wanted, every_shape, material_of, shape_named

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["export"])

_BLOCK = 1 << 16
_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
}


class ExportQuery(IncidentQuery):
    """Filters of incidents, and what is asked of a shape."""

    profile: str = Field("internal", description=f"Which allegations leave: {', '.join(PROFILES)}.")
    part: Literal["table", "losses", "provenance", "annotations"] = Field(
        "table", description="The table, what was lost, what each cell rests on, or Web Annotations."
    )
    option: list[str] = Field([], description="Options of the shape; /api/export lists them.")


@router.get("/export", summary="The shapes in which the base can be downloaded")
def shapes() -> dict[str, Any]:
    """Name, title, options, columns and rules of loss of every shape."""
    return {
        "shapes": [
            {
                "name": shape.name,
                "title": shape.title,
                "ending": shape.ending,
                "options": dict(shape.options),
                "columns": [{"name": c.name, "type": c.type, "says": c.says, "fill": c.fill} for c in shape.columns],
                "losses": [{"kind": r.kind, "rule": r.key, "says": r.says} for r in shape.losses],
            }
            for shape in every_shape()
        ]
    }


@router.get("/export/{name}", summary="The base in another data set's shape, or what that shape cannot hold")
def export(request: Request, name: str, asked: Annotated[ExportQuery, Query()]) -> StreamingResponse:
    """The file of one part. 404: there is no such shape; 422: no such profile or option."""
    if name not in plugin_names("exporters"):
        raise NotFoundError(f"There is no shape {name!r}.", "/api/export lists them.")
    base, book, shape = base_of(request), load_codebook(), shape_named(name)
    where = replace(asked.where(base), limit=None, offset=0, order="oldest")
    try:
        wanted = Wanted(where, profile_named(asked.profile), asked.rule or None, frozenset(asked.option))
        material = material_of(base, book, shape, wanted)
    except SettingsError as problem:
        raise HTTPException(422, str(problem)) from problem
    folder = tempfile.TemporaryDirectory()
    try:
        output = Path(folder.name) / f"{name}.{shape.ending}"
        leaving = Leaving(shape, material, pseudonyms_of(base, book.relations, doubt_of(request)))
        write_files(shape, material, leaving, output, annotations=asked.part == "annotations")
        path = file_names(output, annotations=asked.part == "annotations")[asked.part]
    except BaseException:
        folder.cleanup()
        raise
    headers = {"Content-Disposition": f'attachment; filename="{path.name}"'}
    kind = _TYPES.get(path.suffix, "application/octet-stream")
    return StreamingResponse(_blocks(path, folder), media_type=kind, headers=headers)


def _blocks(path: Path, folder: tempfile.TemporaryDirectory[str]) -> Iterator[bytes]:
    """The file piece by piece; the folder goes away with the last of them, also where the reader went away."""
    with folder, path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
