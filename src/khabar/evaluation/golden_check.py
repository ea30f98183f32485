"""Golden cases checked against themselves. Invariant: a flawless case can be met, by claims of this codebook."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from khabar.codebook.model import Codebook
from khabar.evaluation.golden import Case, find_quote
from khabar.evaluation.golden_fields import COUNTS, triples
from khabar.records.vocabulary import (
    ATTRIBUTION_ROLES,
    ATTRIBUTION_STANCES,
    MODALITIES,
    PRESENCE_STATUSES,
    STANCES,
    STATEMENT_KINDS,
)

__all__ = ["flaws"]

_COMMON = {"kind", "quote", "modality", "stance", "when", "speaker"}
_KEYS: dict[str, set[str]] = {
    "event": _COMMON | {"type", "places", "country", "attributions", "aggregate", "targets", *COUNTS},
    "relation": _COMMON | {"type", "subject", "object"},
    "presence": _COMMON | {"actor", "place", "status"},
    "statement": _COMMON | {"statement", "about", "quantity"},
}


def flaws(case: Case, book: Codebook) -> list[str]:
    """What is wrong with a case: unknown keys and words, quotes that its text does not contain, bounds out of order."""
    found = []
    if not case.claims and not case.forbidden:
        found.append(f"{case.name}: expects nothing and forbids nothing")
    for expected in (*case.claims, *case.forbidden):
        kind = expected.get("kind", "")
        where = f"{case.name}: {expected.get('quote', '')!r}"
        if kind not in _KEYS:
            found.append(f"{where}: unknown kind {kind!r}")
            continue
        unknown = set(expected) - _KEYS[kind]
        if unknown:
            found.append(f"{where}: unknown keys {sorted(unknown)}")
        if find_quote(case.text, str(expected.get("quote", ""))) is None:
            found.append(f"{where}: the quote is not in the text")
        found.extend(f"{where}: {flaw}" for flaw in (*_count_flaws(expected), *_word_flaws(kind, expected, book)))
    return found


def _count_flaws(expected: Mapping[str, Any]) -> list[str]:
    found = []
    for key in (*COUNTS, "quantity"):
        for triple in triples(expected.get(key)):
            numbers = [n for n in triple if isinstance(n, int | float)]
            if len(triple) != 3 or numbers != sorted(numbers):
                found.append(f"{key} is not low, best, high")
    return found


def _words(kind: str, book: Codebook) -> dict[str, Collection[str]]:
    """The closed lists that hold the values of a kind's fields."""
    own: dict[str, dict[str, Collection[str]]] = {
        "event": {"type": book.events},
        "relation": {"type": book.relations},
        "presence": {"status": PRESENCE_STATUSES},
        "statement": {"statement": STATEMENT_KINDS},
    }
    return {"modality": MODALITIES, "stance": STANCES, **own[kind]}


def _word_flaws(kind: str, expected: Mapping[str, Any], book: Codebook) -> list[str]:
    found: list[str] = []
    for key, words in _words(kind, book).items():
        value = expected.get(key, [])
        found.extend(
            f"{key}: {word!r} is not in the vocabulary"
            for word in (value if isinstance(value, list) else [value])
            if word not in words
        )
    for _, stances, *role in expected.get("attributions") or ():
        found.extend(f"attribution {s!r} is not a stance" for s in stances.split("|") if s not in ATTRIBUTION_STANCES)
        found.extend(f"attribution role {r!r} is not one" for r in role if r not in ATTRIBUTION_ROLES)
    return found
