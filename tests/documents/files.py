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


def raw_pdf(stream: bytes, filters: bytes = b"/FlateDecode", pages: int = 1) -> bytes:
    """A PDF of which every page is drawn by this one stream, packed as the filters say; /F is a font."""
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + pages))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages),
        b"<</Length %d/Filter%b>>\nstream\n%b\nendstream" % (len(stream), filters, stream),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F %b>>>>/Contents 3 0 R>>" % font] * pages,
    )
    out, places = b"%PDF-1.4\n", b""
    for number, body in enumerate(objects, 1):
        places += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    size = len(objects) + 1
    index = b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\n" % (size, places, size)
    return out + index + b"startxref\n%d\n%%%%EOF" % len(out)


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
