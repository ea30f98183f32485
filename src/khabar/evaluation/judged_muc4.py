"""The incidents of a MUC-4 key, as far as they can be held against claims. Invariant: a slot with alternatives accepts
any of them; an incident lies where the words of its targets and victims stand in the message. How sure the key is of
the perpetrator follows other rules than our stances, so stances are not judged.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from khabar.evaluation.judged_events import Incident, Span
from khabar.evaluation.muc4 import KeyDocument, KeyTemplate

__all__ = ["TYPES", "muc4_incidents"]

TYPES = {
    "bombing": ("bombing", "suicide_bombing", "shelling", "landmine", "airstrike"),
    "kidnapping": ("abduction", "hostage"),
    "arson": ("arson",),
    "attack": (
        "armed_assault", "assassination", "ambush", "stabbing", "execution", "clash", "raid", "shelling", "airstrike",
        "landmine", "vehicle_attack", "bombing",
    ),
}  # fmt: skip
"""The codebook's types that stand for an incident type of MUC-4; its two others (robbery, work stoppage) have none."""

_ANCHORS = ("PHYS TGT: ID", "HUM TGT: NAME", "HUM TGT: DESCRIPTION")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d{2})")
_KIND = re.compile(r"\([^)]{0,200}\)")


def muc4_incidents(document: KeyDocument) -> list[Incident]:
    """The incidents of a message whose types the codebook knows."""
    return [_incident(t, document.text) for t in document.templates if any(name in TYPES for name in t.types)]


def _incident(template: KeyTemplate, text: str) -> Incident:
    accused = [frozenset(m for m in f.mentions if m) for f in template.fills("PERP: ORGANIZATION ID")]
    return Incident(
        spans=tuple(_spans(template, text)),
        types=tuple(dict.fromkeys(t for name in template.types for t in TYPES.get(name, ()))),
        when=_when(template),
        slack=7,
        places=tuple(_places(template)),
        attributions=tuple((names, ()) for names in accused) or None,
    )


def _spans(template: KeyTemplate, text: str) -> Iterator[Span]:
    """Where the words of the fills stand; each stretch is one mention."""
    for slot in _ANCHORS:
        for fill in template.fills(slot):
            for mention in fill.mentions:
                words = r"\s+".join(re.escape(w) for w in mention.split())
                if words:
                    yield from (hit.span() for hit in re.finditer(rf"(?<!\w){words}(?!\w)", text))


def _when(template: KeyTemplate) -> tuple[str | None, str | None] | None:
    """A single day or a pair of days; "- 04 MAR 90" (no later than) leaves the first day open."""
    for fill in template.fills("INCIDENT: DATE"):
        for label in fill.labels[:1]:
            days = [_iso(*found) for found in _DAY.findall(label)]
            if not days or None in days:
                return None
            if len(days) == 1:
                return (None, days[0]) if label.lstrip().startswith("-") else (days[0], days[0])
            return min(filter(None, days)), max(filter(None, days))
    return None


def _iso(day: str, month: str, year: str) -> str | None:
    number = _MONTHS.index(month) + 1 if month in _MONTHS else 0
    if number == 0 or not 1 <= int(day) <= monthrange(1900 + int(year), number)[1]:
        return None
    return f"19{year}-{number:02d}-{int(day):02d}"


def _places(template: KeyTemplate) -> Iterator[str]:
    """Every place of the slot, from country to street ("PERU: LIMA (CITY)"); none where only the country is keyed,
    since a claim may well say more.
    """
    for fill in template.fills("INCIDENT: LOCATION"):
        named = [_KIND.sub("", part) for label in (*fill.labels, *fill.mentions) for part in label.split(":")]
        if len(named) > 1:
            yield from (name.strip() for part in named for name in re.split(r"\s-\s|/", part) if name.strip())
