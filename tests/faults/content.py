"""What a base holds, as plain values that can be compared. Invariant: two bases of the same reports, claims and
decisions have equal content, whenever and however often they were made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from khabar.documents import Archive
from khabar.errors import DocumentError
from khabar.store.addresses import beside
from khabar.store.base import Store, View
from khabar.store.questions import ClaimFilter
from khabar.store.review_questions import AssignmentFilter, ReviewFilter

__all__ = ["archive_faults", "content", "differences", "faults"]


def content(base: View) -> dict[str, list[Any]]:
    """Everything in a base but the moments at which it was written."""
    documents = [replace(d, retrieved_at=None) for d in base.documents()]
    claims = list(base.claims(ClaimFilter()))
    references = base.reference_sets()
    return {
        "documents": documents,
        "origins": [[(o.file, o.external_id, o.url) for o in base.origins(d.id)] for d in documents],
        "states": [(row.id, row.state, row.claims) for row in base.document_list()],
        "claims": claims,
        "links": sorted(base.links([c.id for c in claims]), key=repr),
        "events": sorted(base.events(), key=lambda e: e.id),
        "actors": sorted(base.actors(), key=repr),
        "judgements": sorted((replace(j, when="") for j in base.judgements()), key=repr),
        "contradictions": sorted(base.contradictions(), key=lambda c: c.id),
        "copies": base.copies(),
        "decisions": [replace(d, at="") for d in base.decisions()],
        "reviews": [replace(r, at="") for r in base.reviews(ReviewFilter())],
        "standing": sorted(base.standings([c.id for c in claims]).items()),
        "assignments": [replace(a, at="") for a in base.assignments(AssignmentFilter())],
        "references": [replace(r, imported_at="") for r in references],
        "records": [record for r in references for record in base.reference_records(r.id)],
    }


def differences(found: Mapping[str, list[Any]], meant: Mapping[str, list[Any]]) -> list[str]:
    """In which parts two contents differ, and by how many records; empty where they are the same."""
    said = []
    for name, should in meant.items():
        has = found[name]
        if has != should:
            lost = sum(one not in has for one in should)
            new = sum(one not in should for one in has)
            said.append(f"{name}: {len(has)} instead of {len(should)} ({lost} lost, {new} that should not be)")
    return said


def archive_faults(base: View, archive: Archive) -> list[str]:
    """Documents whose original is not in the archive, or not what it was."""
    found = []
    for row in base.document_list():
        try:
            archive.get(row.id)
        except DocumentError as problem:
            found.append(str(problem))
    return found


def faults(base: Store) -> list[str]:
    """Whatever is wrong inside a base or among its originals."""
    return [*base.check(), *archive_faults(base, Archive(beside(base.address, "archive")))]
