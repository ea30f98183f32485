"""What stands beside a place name and changes what it means. Invariant: a modifier never reaches into another name.

Unit words ("district", "valley"), nearness ("the outskirts of", "25 km north of"), parts ("north-western"), borders,
and the capitalised neighbours which make a name part of a person's or a body's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from khabar.reading.place_forms import FoundName, Words, touches
from khabar.reading.place_words import PlaceWords, place_words

__all__ = ["complete_name", "settle_spans"]

_BLANK = re.compile(r"[ \t\u00a0]+|[ \t]*\n[ \t]*|[ \t\u00a0]?-")
_TRIBAL = re.compile(r"[ \t]+(?:tribal|autonomous|federal)(?=[ \t])", re.IGNORECASE)
_BORDER = re.compile(r"(?:ian|i)?[ \t\u00a0]+(?:border|frontier)\b", re.IGNORECASE)
_POINT = (
    r"(?:(?:far[- ])?(?:(?:north|south|mid)(?:[- ]?(?:east|west|central))?|east|west|central|centre|center|upper|lower)"
    r"(?:ern)?|(?-i:[NS][EW]))"
)
_SPACE = r"(?:[ \t\u00a0]+|[ \t]*\n[ \t]*)"


@lru_cache(maxsize=1)
def _after_pattern() -> re.Pattern[str]:
    units = "|".join(sorted(place_words().units, key=len, reverse=True))
    return re.compile(rf"{_SPACE}(?P<unit>{units})(?P<many>s|ies)?\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _before_pattern() -> re.Pattern[str]:
    """What stands before a name and changes what it means: nearness, a border, a part, a unit word."""
    units = "|".join(sorted(place_words().units, key=len, reverse=True))
    return re.compile(
        rf"""(?<![\w-])(?:
      (?P<near>(?:the[ ])?(?:outskirts|suburbs?|vicinity|environs|edge|edges|out-skirts)[ ]of
        |near|close[ ]to|outside(?:[ ]of)?|nearby
        |(?:about[ ]|some[ ]|around[ ])?[\w.,]+[ -]?(?:km|kms|kilomet(?:er|re)s?|miles?)[ ]
          (?:\([^()]*\)[ ])?(?:(?:to[ ]the[ ])?(?:{_POINT})[ ])?(?:of|from|outside)
        |(?:just[ ])?(?:to[ ]the[ ])?{_POINT}[ ]of)
     |(?P<border>(?:the[ ])?(?:border|frontier)[ ](?:areas?|regions?|zones?|districts?)?[ ]?(?:of|with|between))
     |(?P<part>(?:the[ ])?{_POINT}[ ](?:part|parts|areas?|region)[ ]of|the[ ]{_POINT}[ ]of|(?:the[ ])?{_POINT})
     |(?P<unit>(?:the[ ])?(?:{units})(?:[ ]of)?)
    ){_SPACE}(?:the[ ])?\Z""",
        re.IGNORECASE | re.VERBOSE,
    )


def complete_name(words: Words, name: FoundName, lists: PlaceWords) -> None:
    """Fill in what stands beside the name: neighbours, unit word, modifier."""
    _neighbours(words, name, lists)
    _modifiers(words.text, name, lists)


def _neighbours(words: Words, name: FoundName, lists: PlaceWords) -> None:
    text = words.text
    if name.first > 0:
        form = words.forms[name.first - 1]
        if _BLANK.fullmatch(text[words.ends[name.first - 1] : name.start]) or text[
            words.ends[name.first - 1] : name.start
        ] in (". ", "."):
            name.before = form.lower()
            if (
                text[words.ends[name.first - 1]] != "."
                or name.before in ("gen", "col", "lt", "mr", "mrs", "ms", "dr")
                or len(form) == 1
            ):
                name.left = _name_like(form, name.capitals, lists)
            else:
                name.before = ""
    if name.last + 1 < len(words.forms):
        form = words.forms[name.last + 1]
        if _BLANK.fullmatch(text[name.end : words.starts[name.last + 1]]):
            name.after = form.lower()
            name.right = _name_like(form, name.capitals, lists)


def _name_like(form: str, capitals: bool, lists: PlaceWords) -> str:
    """The neighbour where it looks like part of a person's or body's name; in capitals only given names do."""
    low = form.lower()
    if not form[0].isupper() or low in lists.demonyms or low in lists.units:
        return ""
    if low in lists.given:
        return low
    return "" if capitals or low in lists.common or (form.isupper() and len(form) > 1) else low


def _modifiers(text: str, name: FoundName, lists: PlaceWords) -> None:
    tribal = _TRIBAL.match(text, name.end)
    after = _after_pattern().match(text, tribal.end() if tribal else name.end)
    if after and _fits(name, lists, after["unit"].lower(), strictly=False):
        name.unit = after["unit"].lower()
        name.kinds = lists.units[name.unit]
        if not after["many"]:
            name.mention_end = after.end()
    elif border := _BORDER.match(text, name.end):
        name.modifier, name.mention_end = "border", border.end()
    window = text[max(0, name.start - 70) : name.start]
    before = _before_pattern().search(window) if window[-1:].isspace() else None
    if before is None:
        return
    begin = name.start - len(window) + before.start()
    kind = before.lastgroup
    if kind == "unit":
        unit = before["unit"].lower().removeprefix("the ").removesuffix(" of")
        if not name.unit and unit not in ("camp", "port") and _fits(name, lists, unit, strictly=True):
            name.unit, name.kinds = unit, lists.units[unit]
            if unit in lists.shown:
                name.mention_start = begin
    elif kind == "near" and before.group().lower().rstrip().endswith(" the"):
        return  # "outside the Punjab assembly": near something else
    elif kind and not name.modifier:
        name.modifier, name.mention_start = kind, begin


def _fits(name: FoundName, lists: PlaceWords, unit: str, *, strictly: bool) -> bool:
    """Whether a place of that name can be such a unit; strictly where the unit word stands before the name."""
    kinds = lists.units[unit]
    if strictly or unit in ("region", "area", "division", "state"):
        kinds = kinds[:2] if unit in ("region", "area") else kinds[:1]
    return any(c.kind in kinds for c in name.candidates)


def settle_spans(found: Sequence[FoundName], taken: Sequence[tuple[int, int]]) -> list[FoundName]:
    """The same names in text order, modifiers given up where they would reach into another name or a span taken."""
    spans = sorted(taken)
    edge = 0
    for i, name in enumerate(found):
        if name.mention_start < edge or touches(spans, name.mention_start, name.start):
            name.mention_start = name.start
        following = found[i + 1].start if i + 1 < len(found) else len(name.key) + name.mention_end
        if name.mention_end > following or touches(spans, name.end, name.mention_end):
            name.mention_end = name.end
        edge = name.mention_end
    return list(found)
