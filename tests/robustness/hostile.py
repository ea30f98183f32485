"""A small base in which every text that others wrote is hostile: markup, formulas, control characters, signs that turn
the direction of writing, other scripts' look-alikes. Invariant: one claim of each kind, so that every page has
something to show.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from khabar.codebook.load import load_codebook
from khabar.documents.archive import Archive
from khabar.exchange import claim_id
from khabar.pipeline import resolve_base
from khabar.records import (
    ActorRef,
    Attribution,
    Claim,
    ClaimBody,
    Count,
    Document,
    EventBody,
    Extractor,
    Interval,
    Passage,
    Place,
    Presence,
    Relation,
    Speaker,
    Statement,
    When,
)  # fmt: skip
from khabar.settings import DOUBT
from khabar.store.opening import open_store
from khabar.text import sha256

__all__ = ["MARK", "NAMES", "hostile_base"]

MARK = "alert(4711)"
"""What would run in a browser if something were not escaped."""

NAMES = {
    "script": f"<script>{MARK}</script> Front",
    "handler": f'"><img src=x onerror={MARK}> Brigade',
    "quote": f"' onmouseover='{MARK}' Army",
    "svg": f"<svg/onload={MARK}>",
    "link": f"javascript:{MARK}",
    "template": "{{7*191}}${7*191}#{7*191}<%=7*191%>{% raise %}",
    "formula": '=HYPERLINK("http://example.org","x")',
    "turned": "Red \u202eFront\u202c of \u2066Example\u2069",
    "control": "Nul\x00 Esc\x1b[31m Bell\x07 Del\x7f \x9b31m",
    "lookalike": "\u0410hm\u0430d \u0415xample",  # Cyrillic A, a and E
    "separator": "a\u2028b\u2029c\u0085d",
}
_CODER = Extractor("hand", "1", "political-violence@1")
_KINDS: dict[type[ClaimBody], str] = {
    EventBody: "event", Relation: "relation", Presence: "presence", Statement: "statement"
}  # fmt: skip


def hostile_base(folder: Path) -> str:
    """Make the base in `folder`, put together; its address."""
    address = str(folder / "hostile.db")
    book = load_codebook()
    coder = replace(_CODER, codebook=f"{book.key}")
    with open_store(address) as base:
        archive = Archive(Path(f"{address}.archive"))
        for number, name in enumerate(NAMES.values()):
            document = _document(number, name)
            archive.put(document.text.encode())
            base.add_document(document)
            base.save_claims(document.id, _claims(document, name, number, coder), coder)
        resolve_base(base, book, DOUBT)
    return address


def _document(number: int, name: str) -> Document:
    text = f"Report {number}. {name} bombed {name}, killing {number + 3} people. {name} leads it. {name} denied it."
    return Document(
        id=sha256(text.encode()), text=text, file=f"{number}-{name}.txt", external_id=name, title=name, author=name,
        publisher=name, url=f"http://example.org/{number}" if number % 2 else f"javascript:{MARK}", language="en",
        genre="news", published=Interval("2019-03-04", "2019-03-04"), published_by="metadata",
        retrieved_at="2026-01-01T00:00:00+00:00", media_type="text/plain",
    )  # fmt: skip


def _claims(document: Document, name: str, number: int, coder: Extractor) -> list[Claim]:
    group = ActorRef(name, name, None)
    other = ActorRef("Example Union", "Example Union", None)
    place = Place(name, name, 1000 + number, country="PK", admin1=name, latitude=30.0 + number, longitude=67.0)
    event = EventBody(
        "bombing", subtype=None, places=(place,), attributions=(Attribution(group, "claimed", by=name, channel=name),),
        killed=Count(number + 3, number + 3, number + 3, f"{number + 3} people"),
    )  # fmt: skip
    bodies: list[tuple[ClaimBody, str]] = [
        (event, f"{name} bombed {name}"),
        (Relation("led", group, other), f"{name} leads it."),
        (Presence(group, place, "present"), f"killing {number + 3} people"),
        (Statement("accusation", (group,)), f"{name} denied it."),
    ]
    made = []
    for body, words in bodies:
        start = document.text.index(words)
        passage = Passage(document.id, start, start + len(words), words)
        when = When("2019-03-03", "2019-03-03", "day", name)
        claim = Claim(
            id="-", kind=_KINDS[type(body)], passages=(passage,), body=body, extractor=coder,  # type: ignore[arg-type]
            speaker=Speaker(name), when=when, confidence=0.9,
        )  # fmt: skip
        made.append(replace(claim, id=claim_id(claim)))
    return made
