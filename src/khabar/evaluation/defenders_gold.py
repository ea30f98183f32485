"""The questionnaire of HRDsAttack about each of its reports. Invariant: what the coders left open or unknown is None.

The files are JSON lists: `sample` has the page (title, text with simple tags, day of publication), `merged_sample` the
answers of its coders put together.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DefenderReport", "load_defenders"]

_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_NOTHING = frozenset(("", "none", "unknown", "nan"))


@dataclass(frozen=True, slots=True)
class DefenderReport:
    """A report and its questionnaire; None where the gold leaves a question open. `victims` are
    those it names.
    """

    id: str
    text: str
    published: str | None
    perpetrator: bool
    perpetrator_type: str
    violations: frozenset[str]
    year: int | None
    month: int | None
    day: int | None
    city: str | None
    region: str | None
    country: str | None
    victims: tuple[str, ...]


def load_defenders(path: Path) -> tuple[DefenderReport, ...]:
    """The reports of a file of HRDsAttack with the merged answers of its coders."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(_report(row["sample"], row["merged_sample"]) for row in rows)


def _report(sample: Mapping[str, object], answers: Mapping[str, object]) -> DefenderReport:
    victims = answers["victims"]
    violations = answers["violation_types"]
    named = [_said(v.get("victim_name")) for v in victims] if isinstance(victims, list) else []
    return DefenderReport(
        id=str(sample["Input.GLOBALEVENTID"]),
        text=_plain(str(sample["Input.title"]), str(sample["Input.article_interface"])),
        published=_said(str(sample["Input.publish_date"])[:10]),
        perpetrator=bool(answers["perpetrator_mention"]),
        perpetrator_type=_said(answers["perpetrator_type"]) or "",
        violations=frozenset(map(str, violations)) if isinstance(violations, list) else frozenset(),
        year=_number(answers["year"]),
        month=_month(answers["month"]),
        day=_number(answers["date"]),
        city=_said(answers["city"]),
        region=_said(answers["region"]),
        country=_said(answers["country"]),
        victims=tuple(name for name in dict.fromkeys(named) if name),
    )


def _said(value: object) -> str | None:
    words = str(value).strip()
    return None if words.lower() in _NOTHING else words


def _number(value: object) -> int | None:
    words = _said(value)
    return int(float(words)) if words and re.fullmatch(r"\d+(?:\.0)?", words) else None


def _month(value: object) -> int | None:
    words = (_said(value) or "").lower()
    return _MONTHS.index(words) + 1 if words in _MONTHS else _number(value)


def _plain(title: str, page: str) -> str:
    """Title and paragraphs of a page of which only simple tags are left."""
    body = re.sub(r"<br\s*/?>|</p>|</li>|</h\d>", "\n\n", page)
    body = html.unescape(re.sub(r"<[^<>]*>", " ", body))
    return title + "\n\n" + re.sub(r"[^\S\n]+", " ", re.sub(r"\n\s*\n\s*", "\n\n", body)).strip()
