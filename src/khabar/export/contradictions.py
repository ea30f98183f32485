"""Contradictions as rows and JSON objects. Invariant: each side stands with its claims and the passages they quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from khabar.export.words import one_line
from khabar.records import Claim, Contradiction
from khabar.store.base import View
from khabar.store.questions import ClaimFilter

__all__ = ["CONTRADICTION_COLUMNS", "contradiction_json", "contradiction_row", "with_claims"]

CONTRADICTION_COLUMNS = ("id", "kind", "title", "sides", "claims", "quotes", "reconcilers", "note", "subject")

_AT_ONCE = 200  # contradictions whose claims are asked for together


def with_claims(base: View, found: Iterable[Contradiction]) -> Iterator[tuple[Contradiction, Mapping[str, Claim]]]:
    """Each contradiction with its claims by id; some hundreds are held at a time."""
    held: list[Contradiction] = []
    for contradiction in found:
        held.append(contradiction)
        if len(held) == _AT_ONCE:
            yield from _filled(base, held)
            held = []
    yield from _filled(base, held)


def _filled(base: View, held: list[Contradiction]) -> Iterator[tuple[Contradiction, Mapping[str, Claim]]]:
    ids = tuple(dict.fromkeys(key for c in held for side in c.sides for key in side.claims))
    claims = {claim.id: claim for claim in base.claims(ClaimFilter(ids=ids))} if ids else {}
    for contradiction in held:
        yield contradiction, claims


def contradiction_row(contradiction: Contradiction, claims: Mapping[str, Claim]) -> dict[str, Any]:
    """A contradiction with the columns of `CONTRADICTION_COLUMNS`; sides are parted by " | ", each with one quote."""
    first = [next((claims[key] for key in side.claims if key in claims), None) for side in contradiction.sides]
    return {
        "id": contradiction.id,
        "kind": contradiction.kind,
        "title": contradiction.title,
        "sides": " | ".join(side.says for side in contradiction.sides),
        "claims": " | ".join("; ".join(side.claims) for side in contradiction.sides),
        "quotes": " | ".join(one_line(c.passages[0].quote) if c else "" for c in first),
        "reconcilers": " | ".join(f"{r.name}: {r.words}" for r in contradiction.reconcilers),
        "note": contradiction.note,
        "subject": contradiction.subject,
    }


def contradiction_json(contradiction: Contradiction, claims: Mapping[str, Claim]) -> dict[str, Any]:
    """A contradiction as a JSON object: `claims` of a side are ids, `evidence` the passages of each of them."""
    return {
        "id": contradiction.id,
        "kind": contradiction.kind,
        "title": contradiction.title,
        "sides": [
            {
                "says": side.says,
                "claims": list(side.claims),
                "evidence": [_evidence(claims[key]) for key in side.claims if key in claims],
            }
            for side in contradiction.sides
        ],
        "reconcilers": [{"name": r.name, "words": r.words} for r in contradiction.reconcilers],
        "note": contradiction.note,
        "subject": contradiction.subject,
    }


def _evidence(claim: Claim) -> dict[str, Any]:
    passage = claim.passages[0]
    return {
        "claim": claim.id,
        "speaker": claim.speaker.name if claim.speaker else None,
        "document": passage.document,
        "start": passage.start,
        "end": passage.end,
        "quote": passage.quote,
    }
