"""PDF to text. Invariant: pages are parted by form feeds, so that page heads and feet can be told from the report;
a file that needs a password is refused with one line.

The creation date of the file is not taken for the publication date: it is often that of a scan or reprint.
"""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any

from khabar.documents.model import Draft, Origin
from khabar.documents.sniff import PDF
from khabar.errors import DocumentError

__all__ = ["pdf_draft"]

_MOST_PAGES = 3_000


def pdf_draft(data: bytes, origin: Origin, longest_text: int) -> Draft:
    """The text of all pages and the file's title and author; DocumentError if encrypted, damaged or endless."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every flaw it mends
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        _unlock(reader, origin)
        text = _pages(reader, origin, longest_text)
        facts = reader.metadata
        title, author = _fact(facts, "title"), _fact(facts, "author")
    except (DocumentError, MemoryError):
        raise
    except (PyPdfError, DependencyError) as problem:
        raise _damaged(origin, problem) from problem
    except Exception as problem:  # a parser of broken files may fail in any way; the next file must go on
        raise _damaged(origin, problem) from problem
    return Draft(data, text, PDF, title=title, author=author, firm=False)


def _unlock(reader: Any, origin: Origin) -> None:
    """Decrypt a file whose password is empty, as of files that may be read and not changed."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(
            f"{origin.file}: the PDF is encrypted and needs a password.", "Save a copy without password and add that."
        )


def _damaged(origin: Origin, problem: Exception) -> DocumentError:
    reason = " ".join(str(problem).split())[:80] or type(problem).__name__
    return DocumentError(
        f"{origin.file}: the PDF is damaged ({reason}).", "Open it and save it again, or save its text."
    )


def _pages(reader: Any, origin: Origin, longest_text: int) -> str:
    if len(reader.pages) > _MOST_PAGES:
        raise DocumentError(
            f"{origin.file}: the PDF has more than {_MOST_PAGES} pages.", "Split it into single reports."
        )
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(page.extract_text().replace("\f", "\n"))
        size += len(pages[-1])
        if size > longest_text:
            raise DocumentError(
                f"{origin.file}: the PDF holds more than {longest_text:,} characters.", "Split it into single reports."
            )
    return _sound("\f".join(pages)) if any(page.strip() for page in pages) else ""


def _sound(text: str) -> str:
    """Lone surrogates, which broken font tables give, cannot be stored as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8") if any("\ud800" <= c <= "\udfff" for c in text) else text


def _fact(facts: Any, name: str) -> str | None:
    value = getattr(facts, name, None) if facts is not None else None
    return _sound(str(value)).strip() or None if value else None
