"""Gold tables of expressions: a sentence, and what each expression in it means in one written line.

Invariant: expected and found lines are paired by the words they quote, each at most once, in the order of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from khabar.errors import RecordError
from khabar.evaluation.model import Outcome, Slip
from khabar.evaluation.score import Share, phenomena_table

__all__ = ["ExpressionCase", "load_table", "score_table"]

Reader = Callable[["ExpressionCase"], Sequence[str]]
Meaning = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ExpressionCase:
    """One sentence of a table under the phenomenon it stands for (`about`), published when (as written), with its
    expected lines "words = meaning"; `cause` says why it is read wrongly today, where it is.
    """

    about: str
    published: str
    text: str
    expected: tuple[str, ...]
    cause: str | None = None


def load_table(path: Path) -> tuple[ExpressionCase, ...]:
    """The cases of a table, in its order. RecordError for a table without groups or a sentence that stands twice."""
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    if "groups" not in table:
        raise RecordError(f"{path} has no groups.", "Give each group `about` and `cases`.")
    failing = {(str(f.get("published", "open")), f["text"]): f["cause"] for f in table.get("known_failures") or ()}
    cases: dict[tuple[str, str], ExpressionCase] = {}
    for group in table["groups"]:
        published = str(group.get("published", "open"))
        for text, expected in group["cases"].items():
            key = (published, text)
            if key in cases:
                raise RecordError(f"{path} has the sentence {text!r} twice.", "Leave one of the two.")
            cases[key] = ExpressionCase(group["about"], published, text, tuple(expected), failing.get(key))
    if stray := failing.keys() - cases.keys():
        raise RecordError(f"{path} explains a sentence it does not have: {min(stray)[1]!r}.", "Take it out.")
    return tuple(cases.values())


def score_table(cases: Sequence[ExpressionCase], read: Reader, meaning: Meaning, name: str) -> Outcome:
    """How many expressions are right: the figure `name`, and a table by phenomenon.

    `read` gives the found lines of a case; `meaning` what of a line's right side counts. An expression is wrong that
    is missed, found where none is, or found with another meaning; a sentence without expressions counts as one case.
    """
    whole, parts, slips = Share(), defaultdict[str, Share](Share), []
    for case in cases:
        for line, found in _paired(case.expected, read(case)):
            right = line is not None and found is not None and meaning(_said(line)) == meaning(_said(found))
            whole.add(right)
            parts[case.about].add(right)
            if not right:
                slips.append(_slip(case, line, found))
        if not case.expected:
            whole.add(right=True)
            parts[case.about].add(right=True)
    return Outcome((whole.figure(name),), tuple(slips), (phenomena_table(parts),))


def _paired(expected: Sequence[str], found: Sequence[str]) -> list[tuple[str | None, str | None]]:
    left = list(found)
    pairs: list[tuple[str | None, str | None]] = []
    for line in expected:
        same = next((other for other in left if _words(other) == _words(line)), None)
        pairs.append((line, same))
        if same is not None:
            left.remove(same)
    return pairs + [(None, other) for other in left]


def _words(line: str) -> str:
    return line.rpartition(" = ")[0]


def _said(line: str) -> str:
    return line.rpartition(" = ")[2]


def _slip(case: ExpressionCase, line: str | None, found: str | None) -> Slip:
    kind = "wrong" if line and found else "missed" if line else "false"
    cause = case.cause or {"missed": "not found", "false": "found where none is", "wrong": "another meaning"}[kind]
    return Slip(case.about, kind, line or found or "", cause, line or "", found or "", case.text)
