"""Word documents to text. Invariant: nothing is unpacked before the sizes its directory states are found harmless.

Creation and change dates of the file are not taken for the publication date.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from khabar.documents.model import Draft, Origin
from khabar.documents.sniff import DOCX
from khabar.errors import DocumentError

__all__ = ["docx_draft"]

_LARGEST = 200_000_000  # bytes unpacked, in all
_LARGEST_PART = 100_000_000  # bytes of the text part, of which a tree several times its size is built
_RATIO = 150  # unpacked to packed; office documents have 5 to 20
_HARMLESS = 5_000_000  # bytes under which any ratio is accepted
_MOST_PARTS = 5_000


def docx_draft(data: bytes, origin: Origin) -> Draft:
    """Paragraphs and table rows in order, parted by blank lines, and the properties title and author."""
    _check_sizes(data, origin)
    from docx import Document

    try:
        document = Document(BytesIO(data))
        text = "\n\n".join(_paragraphs(document))
        facts = document.core_properties
        title, author = facts.title.strip(), facts.author.strip()
    except MemoryError:
        raise  # told by the worker, with its limit
    except Exception as problem:  # a parser of broken files may fail in any way; the next file must go on
        raise DocumentError(
            f"{origin.file}: the DOCX file is damaged ({type(problem).__name__}).", "Open it and save it again."
        ) from problem
    return Draft(data, text, DOCX, title=title or None, author=author or None, firm=False)


def _check_sizes(data: bytes, origin: Origin) -> None:
    """Refuse a file that would unpack into far more than it holds; the zip reader holds members to the stated sizes."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise DocumentError(
            f"{origin.file}: the DOCX file is damaged ({problem}).", "Open it and save it again."
        ) from problem
    total = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    largest = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    bloated = total > _HARMLESS and total / packed > _RATIO
    if len(parts) > _MOST_PARTS or total > _LARGEST or largest > _LARGEST_PART or bloated:
        raise DocumentError(
            f"{origin.file}: the DOCX file would unpack to {total // 1_000_000} MB from {len(data) // 1000} kB.",
            "It is damaged or a trap: save the text you trust as plain text.",
        )


def _paragraphs(document: Any) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells: list[str] = []
                for cell in row.cells:
                    words = " ".join(cell.text.split())
                    if words and (not cells or cells[-1] != words):  # merged cells come once for every column
                        cells.append(words)
                if cells:
                    yield " | ".join(cells)
        elif block.text.strip():
            yield block.text.replace("\f", "\n")
