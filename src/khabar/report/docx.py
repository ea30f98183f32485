"""A report as a Word document, to be worked on. Invariant: the same parts in the same order as the other forms; numbers
stand as text, and a list at the end says what makes up each.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from khabar.report.html import drawn
from khabar.report.model import Incident, Passage, Piece, Report, Section, Table

__all__ = ["docx"]

_WIDTH = 6.2  # inches of a picture
_SCALE = 2.0  # pixels of a picture for one of its drawing


def docx(report: Report) -> bytes:
    """The report as DOCX."""
    import docx as word

    document = word.Document()
    made = datetime.fromisoformat(report.made).replace(tzinfo=UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.author, about.created, about.modified = f"{report.title}, {report.period}", "Khabar", made, made
    document.add_heading(report.title, 0)
    where = " · ".join(w for w in (report.period, report.area) if w)
    document.add_paragraph(f"{where} · values by the rule “{report.rule}” · made on {report.made}")
    document.add_paragraph(_words(report.headline))
    for section in report.sections:
        _section(document, section)
    _told(document, report)
    document.add_heading("How this was made", 1)
    for note in report.method:
        document.add_paragraph(note)
    for title, incidents in (
        ("Incidents, with their sources", report.incidents),
        ("May lie in the period", report.perhaps),
        ("The period before", report.earlier),
    ):
        _entries(document, title, incidents)
    return _saved(document)


def _section(document: Any, section: Section) -> None:
    document.add_heading(section.title, 1)
    for pieces in section.paragraphs:
        document.add_paragraph(_words(pieces))
    for picture in section.pictures:
        document.add_heading(picture.title, 2)
        document.add_picture(io.BytesIO(_png(drawn(picture))), width=int(_WIDTH * 914_400))
        document.add_paragraph(picture.note, style="Caption")
    for table in section.tables:
        _table(document, table)


def _table(document: Any, table: Table) -> None:
    document.add_heading(table.title, 2)
    grid = document.add_table(rows=1, cols=len(table.columns), style="Light List Accent 1")
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
        cell.text = column
    for row in table.rows:
        for cell, piece in zip(grid.add_row().cells, row, strict=True):
            cell.text = _words([piece])
    if table.note:
        document.add_paragraph(table.note, style="Caption")


def _told(document: Any, report: Report) -> None:
    """Groups, statements and contradictions, each with its passages."""
    if report.ties:
        document.add_heading("Groups", 1)
    for tie in report.ties:
        document.add_heading(f"{tie.when}: {tie.words}", 2)
        _quotes(document, tie.passages)
    if report.statements:
        document.add_heading("What was said", 1)
    for said in report.statements:
        document.add_heading(f"{said.speaker}: {said.kind}", 2)
        _quotes(document, [said.passage])
    if report.clashes:
        document.add_heading("What sources disagree about", 1)
    for clash in report.clashes:
        document.add_heading(clash.title, 2)
        for says, passages in clash.sides:
            document.add_paragraph(says)
            _quotes(document, passages)
        if clash.reconciled:
            document.add_paragraph(f"What may explain it: {'; '.join(clash.reconciled)}", style="Caption")


def _entries(document: Any, title: str, incidents: Sequence[Incident]) -> None:
    if not incidents:
        return
    document.add_heading(title, 1)
    for incident in incidents:
        document.add_heading(f"{incident.number}. {incident.when}, {incident.where}", 2)
        counts = (
            ("Killed", incident.killed),
            ("Injured", incident.injured),
            ("Attackers killed", incident.attackers_killed),
            ("Held responsible", "; ".join(incident.attributed)),
        )
        said = " ".join(f"{name}: {words}." for name, words in counts if words)
        document.add_paragraph(f"{incident.what}. {said} {incident.sources}".replace("  ", " "))
        _quotes(document, incident.passages)


def _quotes(document: Any, passages: Iterable[Passage]) -> None:
    for passage in passages:
        where = ", ".join(w for w in (passage.report, passage.publisher, passage.published) if w)
        by = f"said by {passage.by}; " if passage.by else ""
        document.add_paragraph(f"“{passage.quote}” ({by}{where})", style="Quote")


def _words(pieces: Iterable[Piece]) -> str:
    return "".join(p if isinstance(p, str) else p.words for p in pieces)


def _png(svg: str) -> bytes:
    import vl_convert

    picture: bytes = vl_convert.svg_to_png(svg, scale=_SCALE)
    return picture


def _saved(document: Any) -> bytes:
    """The document's bytes; the parts of a DOCX carry the time of writing, so they are packed again without it."""
    import zipfile

    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as found, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in found.namelist():
            made.writestr(zipfile.ZipInfo(name), found.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
