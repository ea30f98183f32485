"""Files of every format, made when a test runs by the libraries people make them with."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docx import Document as WordDocument
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from khabar.documents import Origin, ParseOptions, Problem, parse, parse_all
from khabar.records import Document

STORY = (
    "A car bomb exploded near a checkpoint in the town on Friday, police said, and at least nine people were killed. "
    "No group had claimed the attack by the evening, but officials blamed a local faction for it. "
    "Hospitals in the district said that they had treated more than twenty people for their wounds."
)


def read(data: bytes | str, file: str = "report.txt", options: ParseOptions | None = None) -> Document:
    """The one document of a file."""
    raw = data.encode() if isinstance(data, str) else data
    (document,) = parse(raw, Origin(file), options)
    return document


def read_all(data: bytes | str, file: str, options: ParseOptions | None = None) -> tuple[list[Document], list[Problem]]:
    """The documents and the problems of a file with many reports."""
    raw = data.encode() if isinstance(data, str) else data
    items = list(parse_all(raw, Origin(file), options))
    return (
        [item.document for item in items if not isinstance(item, Problem)],
        [item for item in items if isinstance(item, Problem)],
    )


def pdf(pages: list[list[str]], title: str = "", author: str = "") -> bytes:
    """A PDF with the given lines on each page, as a printer sets them."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for lines in pages:
        text = canvas.beginText(60, 780)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked(data: bytes, user: str, owner: str = "owner") -> bytes:
    """The same PDF, encrypted; with an empty `user` password everybody may open it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(user_password=user, owner_password=owner, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(paragraphs: list[str], rows: list[list[str]] | None = None, title: str = "", author: str = "") -> bytes:
    """A Word document of paragraphs and one table."""
    word = WordDocument()
    word.core_properties.title = title
    word.core_properties.author = author
    for paragraph in paragraphs:
        word.add_paragraph(paragraph)
    if rows:
        table = word.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def zip_bomb(megabytes: int) -> bytes:
    """A DOCX whose text part is a few kilobytes and unpacks to `megabytes`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * 1_000_000)
    return out.getvalue()
