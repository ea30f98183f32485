"""Web pages to text: the article without menus and links, and what the page says about itself.

Invariant: paragraphs, headings and list items are parted by blank lines; markup never gets into the text.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from khabar.documents.dates import parse_date
from khabar.documents.decode import decode
from khabar.documents.model import Draft, Origin
from khabar.documents.sniff import HTML
from khabar.errors import DocumentError

__all__ = ["html_draft", "html_text"]

_LARGEST = 5_000_000  # bytes without inlined images: finding the article in a bigger page takes minutes
_INLINED = re.compile(rb"data:[\w.+/-]{1,60};base64,[A-Za-z0-9+/=%\s]*")
_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul title
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SILENT_TAGS = """
    script style noscript template svg math head iframe object select button
"""
_SILENT = frozenset(_SILENT_TAGS.split())
_VOID_TAGS = """
    area base br col embed hr img input link meta param source track wbr
"""
_VOID = frozenset(_VOID_TAGS.split())
_BLANK = re.compile(r"[ \t\r\n\f]+")
_SPACE = re.compile(r"\s+")


def html_draft(data: bytes, origin: Origin) -> Draft:
    """The article of a page, by trafilatura; a page in which it finds none gives all its visible text."""
    markup = _INLINED.sub(b"", data)
    if len(markup) > _LARGEST:
        raise DocumentError(
            f"{origin.file}: the page is larger than {_LARGEST // 1_000_000} MB.",
            "Save the article alone, or as plain text.",
        )
    import trafilatura

    try:
        page: Any = trafilatura.bare_extraction(
            markup,
            url=origin.url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params=_DATES | {"url": origin.url},
        )
    except MemoryError:
        raise  # told by the worker, with its limit
    except Exception as problem:  # a parser of broken pages may fail in any way; the next file must go on
        raise DocumentError(
            f"{origin.file}: the page cannot be parsed ({type(problem).__name__}).", "Save it as plain text."
        ) from problem
    text = (getattr(page, "text", None) or "").strip()
    if not text:
        text = html_text(decode(markup, origin.file))
    return Draft(
        original=data,
        text=text.replace("\n", "\n\n") if page is not None and page.text else text,
        media_type=HTML,
        title=getattr(page, "title", None),
        author=getattr(page, "author", None),
        publisher=getattr(page, "sitename", None),
        url=origin.url or getattr(page, "url", None),
        published=parse_date(page.date) if page is not None and page.date else None,
    )


# Only dates the page itself declares: a guess from its text would be a date of the story.
_DATES: dict[str, object] = {"extensive_search": False, "original_date": True}


def html_text(markup: str) -> str:
    """All visible text of a fragment or page; never fails, whatever the markup."""
    reader = _Visible()
    try:
        reader.feed(markup)
        reader.close()
    except (AssertionError, ValueError):
        pass  # the standard parser gives up on a few malformed declarations; what it has read so far stays
    return _SPACE.sub(_gap, "".join(reader.pieces)).strip()


def _gap(space: re.Match[str]) -> str:
    """A blank line for white space with more than one line end; other white space as it is."""
    return "\n\n" if space.group().count("\n") > 1 else space.group()


class _Visible(HTMLParser):
    """Collects text, with a blank line for every block and a line end for `br`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (the parser's form)
        if tag in _SILENT and tag not in _VOID:
            self._silent.append(tag)
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in _BLOCKS:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in _BLOCKS:
            self.pieces.append("\n\n")
            if tag in ("body", "html", "article"):
                self._silent.clear()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(_BLANK.sub(" ", data))
