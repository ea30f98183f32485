"""A report as PDF, set by typst. Invariant: the text comes from data, never from markup, so that no word of a source
can be taken for a command; made twice, it is the same bytes.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from khabar.errors import ExportError
from khabar.report.build import anchor_of
from khabar.report.html import drawn
from khabar.report.lists import lists_of
from khabar.report.model import Piece, Report

__all__ = ["pdf"]


def pdf(report: Report) -> bytes:
    """The report as PDF; ExportError where it cannot be set."""
    import typst

    with tempfile.TemporaryDirectory(prefix="khabar-report-") as folder:
        place = Path(folder)
        (place / "report.typ").write_bytes((files("khabar.report") / "templates" / "report.typ").read_bytes())
        (place / "report.json").write_text(json.dumps(_data(report, place), ensure_ascii=False), encoding="utf-8")
        try:
            made: bytes = typst.compile(str(place / "report.typ"), root=folder, format="pdf", ignore_system_fonts=True)
        except typst.TypstError as problem:
            raise ExportError(
                f"the report could not be set as PDF: {problem}.", "Write it as HTML instead."
            ) from problem
    return made


def _data(report: Report, place: Path) -> dict[str, Any]:
    """What the template reads: the report, each number with the anchor of its list, pictures as files."""
    data = asdict(report)
    data["headline"] = [_piece(p) for p in report.headline]
    data["lists"] = lists_of(report)
    for section, shown in zip(data["sections"], report.sections, strict=True):
        section["paragraphs"] = [[_piece(p) for p in pieces] for pieces in shown.paragraphs]
        for table, rows in zip(section["tables"], shown.tables, strict=True):
            table["rows"] = [[_piece(cell) for cell in row] for row in rows.rows]
        section["pictures"] = []
        for picture in shown.pictures:
            name = f"{picture.name}.svg"
            (place / name).write_text(drawn(picture), encoding="utf-8")
            section["pictures"].append({"file": name, "title": picture.title, "note": picture.note})
    return data


def _piece(piece: Piece) -> Any:
    if isinstance(piece, str):
        return piece
    return {"words": piece.words, "anchor": anchor_of(piece.incidents) if piece.incidents else None}
