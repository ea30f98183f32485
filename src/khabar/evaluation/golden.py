"""Golden cases: what a coder would code in a short text, and what not. Invariant: a field the case leaves out is not
checked; a count written as null must be absent. `eval/golden/README.md` describes the format.

An expected claim is met by a claim of its kind whose evidence overlaps the quote (by half of the shorter of the two)
and whose stated fields agree. One claim may meet several expected ones only if it agrees with each of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from khabar.evaluation.golden_fields import difference
from khabar.records import Claim, Document, EventBody, Relation

__all__ = ["Case", "compare", "find_quote", "overlaps"]


@dataclass(frozen=True, slots=True)
class Case:
    """One text with the claims expected in it and the claims that must not be made.

    `name` is the report's, or "phenomenon/id"; `published` an ISO date, None where nobody knows.
    """

    name: str
    text: str
    file: str
    published: str | None
    claims: tuple[Mapping[str, Any], ...]
    forbidden: tuple[Mapping[str, Any], ...]


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Offsets of `quote` in `text`, where runs of spaces and line ends match each other; None if it is not there."""
    words = quote.split()
    if not words:
        return None
    hit = re.search(r"\s+".join(re.escape(word) for word in words), text)
    return hit.span() if hit else None


# ------------------------------------------------------------------ comparing


def compare(case: Case, claims: Sequence[Claim], document: Document) -> list[str]:
    """Every miss of `claims` against the case, as one readable line each; an empty list is a full match."""
    misses: list[str] = []
    for expected in case.claims:
        misses.extend(_miss(expected, claims, document.text))
    for rule in case.forbidden:
        misses.extend(_breach(rule, claims, document.text))
    return [f"{case.name}: {miss}" for miss in misses]


def _miss(expected: Mapping[str, Any], claims: Sequence[Claim], text: str) -> list[str]:
    quote = find_quote(text, expected["quote"])
    short = _short(expected["quote"])
    if quote is None:
        return [f"the quote {short} is not in the document's text"]
    near = [c for c in claims if c.kind == expected["kind"] and any(overlaps(quote, p) for p in _spans(c))]
    if not near:
        return [f"no {expected['kind']} claim covers {short}"]
    best = min((_differences(expected, claim, claims) for claim in near), key=len)
    return [f"{difference}, in {short}" for difference in best]


def _breach(rule: Mapping[str, Any], claims: Sequence[Claim], text: str) -> list[str]:
    """Claims that the case forbids: of the kind, lying mostly inside the quote, agreeing with every stated field."""
    quote = find_quote(text, rule["quote"])
    if quote is None:
        return [f"the quote {_short(rule['quote'])} is not in the document's text"]
    found = []
    for claim in claims:
        inside = all(2 * _shared(quote, span) >= span[1] - span[0] for span in _spans(claim))
        if claim.kind == rule["kind"] and inside and not _differences(rule, claim, [claim]):
            found.append(f"must not be coded as {_describe(claim)}: {_short(rule['quote'])}")
    return found


def _differences(expected: Mapping[str, Any], claim: Claim, claims: Sequence[Claim]) -> list[str]:
    pairs = ((key, difference(key, value, claim, claims)) for key, value in expected.items())
    return [f"{key}: {words}" for key, words in pairs if words]


def _spans(claim: Claim) -> list[tuple[int, int]]:
    return [(p.start, p.end) for p in claim.passages]


def _shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """True if two spans share at least half of the characters of the shorter one."""
    shorter = min(one[1] - one[0], other[1] - other[0])
    return 2 * _shared(one, other) >= shorter


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return f"'{words if len(words) <= 60 else words[:57] + '…'}'"


def _describe(claim: Claim) -> str:
    body = claim.body
    what = body.type if isinstance(body, EventBody | Relation) else claim.kind
    return f"{claim.modality} {what}"
