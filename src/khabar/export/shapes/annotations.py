"""Rows as annotations on the archived texts. Invariant: each is a W3C Web Annotation (Recommendation of 23 February
2017): a quote selector and a position selector on a text named by its hash.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from khabar import __version__
from khabar.export.shapes.leaving import Leaving
from khabar.export.shapes.parts import Row
from khabar.export.shapes.provenance import Provenance
from khabar.records import Claim, Passage
from khabar.text import content_id

__all__ = ["annotations_of", "collection_end", "collection_start"]

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def collection_start(label: str) -> str:
    """The opening of a page of annotations; a comma-separated list and `collection_end` follow."""
    head = {"@context": _CONTEXT, "id": f"urn:khabar:annotations:{content_id(label, 16)}", "type": "AnnotationPage"}
    return json.dumps({**head, "label": label}, ensure_ascii=False)[:-1] + ', "items": ['


def collection_end() -> str:
    """The closing of the page."""
    return "]}"


def annotations_of(
    shape: str, row: Row, claims: dict[str, Claim], provenance: Provenance, leaving: Leaving
) -> Iterator[dict[str, Any]]:
    """One annotation for each passage behind a row, with the cells it carries as bodies."""
    cells: dict[Passage, dict[str, Any]] = {}
    speakers: dict[Passage, str | None] = {}
    for column, keys in row.claims.items():
        if row.values.get(column) is None:
            continue
        for claim in (claims[key] for key in keys if key in claims):
            for passage in claim.passages:
                cells.setdefault(passage, {})[column] = row.values[column]
                speakers[passage] = claim.speaker.name if claim.speaker else None
    for passage, found in cells.items():
        yield _annotation(shape, row, passage, found, speakers[passage], provenance, leaving)


def _annotation(
    shape: str,
    row: Row,
    passage: Passage,
    cells: dict[str, Any],
    speaker: str | None,
    provenance: Provenance,
    leaving: Leaving,
) -> dict[str, Any]:
    key = content_id(f"{shape}|{row.id}|{passage.document}|{passage.start}|{passage.end}", 16)
    target: dict[str, Any] = {
        "source": f"urn:sha256:{passage.document}",
        "selector": [
            {"type": "TextQuoteSelector", "exact": leaving.told(row.subject, passage.quote)},
            {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
        ],
    }
    if address := provenance.address(passage.document):
        target["canonical"] = address
    said = leaving.told(row.subject, speaker) if speaker else None
    publisher = provenance.publisher(passage.document)
    return {
        "id": f"urn:khabar:annotation:{key}",
        "type": "Annotation",
        "motivation": "tagging",
        "generator": {"id": "urn:khabar", "type": "Software", "name": f"Khabar {__version__}"},
        "body": [
            *(_body("tagging", f"{shape} {row.id}: {column} = {value}") for column, value in cells.items()),
            *([_body("describing", f"said by {said}")] if said else []),
            *([_body("describing", f"published by {publisher}")] if publisher else []),
        ],
        "target": target,
    }


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}
