"""Golden cases: what a coder would code in a short text, and what not. Invariant: a field the case leaves out is not
checked; a count written as null must be absent. `README.md` beside this file describes the format.

An expected claim is met by a claim of its kind whose evidence overlaps the quote (by half of the shorter of the two)
and whose stated fields agree. One claim may meet several expected ones only if it agrees with each of them.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from golden_fields import COUNTS, difference, triples

from khabar.records import Claim, Document, EventBody, Relation
from khabar.records.vocabulary import (
    ATTRIBUTION_ROLES,
    ATTRIBUTION_STANCES,
    MODALITIES,
    PRESENCE_STATUSES,
    STANCES,
    STATEMENT_KINDS,
)

__all__ = ["HERE", "Case", "compare", "find_quote", "flaws", "load_micro_cases", "load_reports", "overlaps"]

HERE = Path(__file__).resolve().parent
COMMON = {"kind", "quote", "modality", "stance", "when", "speaker"}
KEYS: dict[str, set[str]] = {
    "event": COMMON | {"type", "places", "country", "attributions", "aggregate", "targets", *COUNTS},
    "relation": COMMON | {"type", "subject", "object"},
    "presence": COMMON | {"actor", "place", "status"},
    "statement": COMMON | {"statement", "about", "quantity"},
}

WORDS: dict[str, Collection[str]] = {"modality": MODALITIES, "stance": STANCES}
CODEBOOK: dict[str, list[str]] = yaml.safe_load((HERE / "vocabulary.yml").read_text(encoding="utf-8"))
TYPES: dict[str, dict[str, Collection[str]]] = {
    "event": {"type": CODEBOOK["event"]},
    "relation": {"type": CODEBOOK["relation"]},
    "presence": {"status": PRESENCE_STATUSES},
    "statement": {"statement": STATEMENT_KINDS},
}


@dataclass(frozen=True)
class Case:
    """One text with the claims expected in it and the claims that must not be made."""

    name: str
    text: str
    file: str
    published: str | None
    claims: tuple[Mapping[str, Any], ...]
    forbidden: tuple[Mapping[str, Any], ...]


# ------------------------------------------------------------------ loading


def load_reports(folder: Path, samples: Path) -> list[Case]:
    """The cases of `folder/*.yml`, each about one report of the sample folder `samples`."""
    cases = []
    for path in sorted(folder.glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        text = _report_text(samples.parent, data["document"])
        cases.append(_case(path.stem, text, data["document"], data))
    return cases


def load_micro_cases(folder: Path) -> list[Case]:
    """The cases of `folder/*.yml`: one file a phenomenon, with the texts inside."""
    cases = []
    for path in sorted(folder.glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in data["cases"]:
            name = f"{path.stem}/{row['id']}"
            cases.append(_case(name, row["text"].strip(), f"{path.stem}-{row['id']}.txt", row))
    return cases


def _case(name: str, text: str, file: str, data: Mapping[str, Any]) -> Case:
    published = data.get("published")
    return Case(
        name=name,
        text=text,
        file=file,
        published=None if published is None else str(published),
        claims=tuple(data.get("claims") or ()),
        forbidden=tuple(data.get("not") or ()),
    )


def _report_text(root: Path, document: str) -> str:
    """The text of `reports/x.txt`, of `reports/x.jsonl#id`, or of `reports/x.csv#3` (the third row)."""
    file, _, row = document.partition("#")
    path = root / file
    if path.suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return next(str(r["text"]) for r in rows if r["id"] == row)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))[int(row) - 1]["Body"]
    return path.read_text(encoding="utf-8")


# ------------------------------------------------------------------ the gold checked against itself


def flaws(case: Case) -> list[str]:
    """What is wrong with a case itself: unknown keys, quotes that its text does not contain, bounds out of order."""
    found = []
    if not case.claims and not case.forbidden:
        found.append(f"{case.name}: expects nothing and forbids nothing")
    for expected in (*case.claims, *case.forbidden):
        kind = expected.get("kind", "")
        where = f"{case.name}: {expected.get('quote', '')!r}"
        if kind not in KEYS:
            found.append(f"{where}: unknown kind {kind!r}")
            continue
        unknown = set(expected) - KEYS[kind]
        if unknown:
            found.append(f"{where}: unknown keys {sorted(unknown)}")
        if find_quote(case.text, str(expected.get("quote", ""))) is None:
            found.append(f"{where}: the quote is not in the text")
        found.extend(f"{where}: {flaw}" for flaw in (*_count_flaws(expected), *_word_flaws(kind, expected)))
    return found


def _count_flaws(expected: Mapping[str, Any]) -> list[str]:
    found = []
    for key in (*COUNTS, "quantity"):
        for triple in triples(expected.get(key)):
            numbers = [n for n in triple if isinstance(n, int | float)]
            if len(triple) != 3 or numbers != sorted(numbers):
                found.append(f"{key} is not low, best, high")
    return found


def _word_flaws(kind: str, expected: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for key, words in {**WORDS, **TYPES.get(kind, {})}.items():
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
