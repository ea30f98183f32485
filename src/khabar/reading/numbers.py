"""Numbers of a text as bounds. Invariant: mentions are sorted and disjoint; bounds are in order.

Conventions (the words, then low, best, high; "-" where the words leave it open):

| words | low | best | high |
|---|---|---|---|
| 61; forty-three; a dozen; a couple | 61 | 61 | 61 |
| at least, no fewer than, more than, over 80; 80 or more | 80 | 80 | - |
| about, around, some, nearly, almost 30; 30 or so | - | 30 | - |
| up to, as many as, at most, not more than, fewer than 50 (the highest figure is also the figure given) | - | 50 | 50 |
| between 20 and 30; 20 to 30; 20-30; 59, 60 or 61 | 20 | - | 30 |
| dozens 24, scores 40, tens 20, hundreds or several hundred 200, thousands 2000, several, a few 3 | 24 | - | - |

A plural without a number is at least two of its unit, as the field's coders read it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from khabar.reading.model import CountMention
from khabar.reading.number_forms import (
    ALTERNATIVES,
    AND,
    ARTICLE,
    CHANGE,
    LARGEST,
    LEAST_AFTER,
    MOST_AFTER,
    NUMBER,
    OR_FEWER,
    OR_MORE,
    OR_SO,
    ORDINAL,
    QUALIFIER,
    QUALIFIER_OF,
    TO,
    TOKEN,
    TRIGGERS,
    VAGUE,
)
from khabar.reading.number_kinds import follows_word, kind_of
from khabar.reading.number_words import (
    MAGNITUDES,
    ORDINAL_WORDS,
    PEOPLE,
    PERSON,
    SMALL_NUMBERS,
    VAGUE_NUMBERS,
    words_value,
)
from khabar.records import Count

__all__ = ["find_counts"]

_FROM = re.compile(r"\bfrom\s\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as written: its place, value (None for a fraction's exact value is cut) and whether it is whole."""

    start: int
    end: int
    value: int
    whole: bool = True


def find_counts(
    text: str, spans: Sequence[tuple[int, int]] | None = None, taken: Sequence[tuple[int, int]] = ()
) -> list[CountMention]:
    """Every number of `text`, or of its stretches `spans` (sentences, in order), as bounds with its kind.

    `taken` are spans of dates and names: a number inside one is kind "part" (or "year"). The span covers the number
    and its qualifier ("at least 29"). `a`, `an` and "another" before a person are kind "article", count 1.
    """
    occupied = sorted(taken)
    starts = [s for s, _ in occupied]
    mentions: list[CountMention] = []
    for begin, end in [(0, len(text))] if spans is None else spans:
        done = begin
        for token in TOKEN.finditer(text, begin, end):
            start = token.start()
            if start < done or (token.lastindex is None and token.group() not in TRIGGERS):
                continue
            inside = bisect_right(starts, start) - 1
            # a number inside a date or name does not reach out of it: "14 July 2023 - Nine people" is no range
            stop = occupied[inside][1] if inside >= 0 and start < occupied[inside][1] <= end else end
            mention = _read(text, start, stop, done)
            if mention is None:
                continue
            k = bisect_right(starts, mention.end - 1) - 1
            if k >= 0 and occupied[k][1] > start and mention.kind not in ("year", "ordinal", "article"):
                mention = CountMention(start, mention.end, text[start : mention.end], mention.count, "part")
            mentions.append(mention)
            done = mention.end
    return mentions


def _read(text: str, start: int, end: int, floor: int) -> CountMention | None:
    """The number mention whose number begins at `start`; qualifiers are sought back to `floor`."""
    vague = VAGUE.match(text, start, end)
    if vague is not None and (found := _vague(text, vague, floor)) is not None:
        return found
    ordinal = ORDINAL.match(text, start, end)
    if ordinal is not None:
        value = _ordinal_value(ordinal.group())
        return _mention(text, start, ordinal.end(), (value, value, value), "ordinal")
    number = _number(text, start, end)
    if number is None:
        return _article(text, start, end)
    return _bounded(text, number, end, floor)


def _number(text: str, start: int, end: int) -> _Number | None:
    found = NUMBER.match(text, start, end)
    if found is None:
        return None
    if found["words"]:
        words = re.sub(r"[\s-]+", " ", found["words"].lower().replace(",", " ")).split()
        if words[0] == "half" or words[:2] == ["one", "half"]:
            return _Number(start, found.end(), {"dozen": 12}.get(words[-1], MAGNITUDES.get(words[-1], 0)) // 2)
        if words[1:4] == ["and", "a", "half"]:
            return _Number(start, found.end(), (2 * SMALL_NUMBERS[words[0]] + 1) * MAGNITUDES[words[-1]] // 2)
        value = words_value(words)
        return None if value is None or value > LARGEST else _Number(start, found.end(), value)
    parts = re.fullmatch(r"([\d,]+)(\.\d+)?[\s-]*([A-Za-z]*)", found["figures"])
    if parts is None:
        return None
    word = parts[3].lower()
    scale = {"": 1, "m": 10**6, "k": 1000, "dozen": 12}.get(word) or MAGNITUDES[word]
    exact = (
        float(parts[1].replace(",", "") + (parts[2] or "")) * scale
        if parts[2]
        else int(parts[1].replace(",", "")) * scale
    )
    if exact > LARGEST:
        return _Number(start, found.end(), 0, whole=False)
    return _Number(start, found.end(), int(exact + 1e-6), whole=not parts[2] or scale > 1)


def _bounded(text: str, number: _Number, end: int, floor: int) -> CountMention | None:
    """A number with its qualifier and, where it is the first of a range, the last of it."""
    window = max(floor, number.start - 28)
    qualifier = QUALIFIER.search(text[window : number.start]) if follows_word(text, number.start) else None
    kind = QUALIFIER_OF[re.sub(r"\s+", " ", qualifier["q"].lower())] if qualifier else ""
    last = _range_end(text, number, end, kind)
    if kind == "between" and (last is None or CHANGE.search(text[max(floor, number.start - 100) : number.start])):
        qualifier, kind, last = None, "", None  # "the toll rose from 16 to 24" is no range
    number = _scaled(text, number, last)
    start = window + qualifier.start("q") if qualifier else number.start
    stop = last.end if last else number.end
    falls = last is not None and last.value <= number.value
    if falls and _FROM.search(text[max(floor, number.start - 6) : number.start]):
        last, falls = None, False  # "lowered from 359 to 253": two numbers, one after the other
    sort = kind_of(
        text, number.start, stop if not falls else number.end, whole=number.whole and (last is None or last.whole)
    )
    if falls:
        return _mention(text, number.start, last.end if last else stop, (number.value,) * 3, "part")
    if sort in ("part", "year", "age", "time"):
        return _mention(text, number.start, stop, _between(number, last if sort == "age" else None), sort)
    if last is not None:
        bounds: tuple[int | None, int | None, int | None] = _between(number, last)
        if kind == "over" or kind == "least":
            bounds = (number.value, None, last.value)
        return _mention(text, start, stop, bounds, sort)
    bounds, stop = _with_tail(text, number, kind, stop)
    return _mention(text, start, stop, bounds, sort)


def _scaled(text: str, number: _Number, last: _Number | None) -> _Number:
    """The first of "five to six thousand" in thousands too."""
    if last is None:
        return number
    scale = MAGNITUDES.get(text[last.start : last.end].lower().split()[-1], 0)
    alone = text[number.start : number.end].lower().split()[-1] not in MAGNITUDES
    if scale and alone and number.value < last.value // scale:
        return replace(number, value=number.value * scale)
    return number


def _between(number: _Number, last: _Number | None) -> tuple[int | None, int | None, int | None]:
    return (number.value, None, last.value) if last else (number.value,) * 3


def _range_end(text: str, number: _Number, end: int, kind: str) -> _Number | None:
    """The last number of "20 to 30", "20-30", "between 20 and 30", "59, 60 or 61"; also of "3-1", which is no range."""
    glue = TO.match(text, number.end, end)
    if glue is None and kind == "between":
        glue = AND.match(text, number.end, end)
    if glue is not None:
        return _number(text, glue.end(), end) if TOKEN.match(text, glue.end(), end) else None
    at = number
    for _ in range(4):
        comma = ALTERNATIVES.match(text, at.end, end)
        following = _number(text, comma.end(), end) if comma else None
        if comma is None or following is None or following.value <= at.value:
            return None
        if "or" in comma.group().lower():
            return following
        at = following
    return None


def _with_tail(
    text: str, number: _Number, kind: str, stop: int
) -> tuple[tuple[int | None, int | None, int | None], int]:
    """Bounds by the qualifier before or, without one, the tail after ("or more", "or so", "-odd", "+")."""
    value = number.value
    if not kind:
        for pattern, tail_kind in ((OR_MORE, "over"), (OR_SO, "about"), (OR_FEWER, "most")):
            tail = pattern.match(text, number.end)
            if tail is not None:
                kind, stop = tail_kind, tail.end()
        if not kind and LEAST_AFTER.match(text, number.end):
            kind = "least"
        elif not kind and MOST_AFTER.match(text, number.end):
            kind = "most"
    bounds: dict[str, tuple[int | None, int | None, int | None]] = {
        "least": (value, value, None),
        "over": (value, value, None),
        "about": (None, value, None),
        "most": (None, value, value),
    }
    return bounds.get(kind, (value, value, value)), stop


def _vague(text: str, found: re.Match[str], floor: int) -> CountMention | None:
    start = found.start()
    if found["two"]:
        return _mention(text, start, found.end(), (2, 2, 2), "cardinal")
    if found["few"]:
        return _mention(text, start, found.end(), (3, None, None), _vague_kind(text, found))
    if found["big"]:
        unit = found["big"].lower().rstrip("s")
        scale = {"dozen": 12, "score": 20}.get(unit) or MAGNITUDES[unit]
        low = 2 * scale * (MAGNITUDES[found["more"].lower()] if found["more"] else 1)
        return _mention(text, start, found.end(), (low, None, None), _vague_kind(text, found))
    unit = found["unit"].lower()
    if unit == "scores" and not re.match(
        r"\s(?:of|more|others|were|dead|killed|injured|wounded|people)\b",
        text[found.end() : found.end() + 9],
        re.IGNORECASE,
    ):
        return None
    low = VAGUE_NUMBERS[unit]
    if found["of"]:
        low *= MAGNITUDES[found["of"].lower().rstrip("s")]
    qualifier = QUALIFIER.search(text[max(floor, start - 28) : start])
    if qualifier:
        start = max(floor, start - 28) + qualifier.start("q")
    return _mention(text, start, found.end(), (low, None, None), _vague_kind(text, found))


def _vague_kind(text: str, found: re.Match[str]) -> str:
    sort = kind_of(text, found.start(), found.end())
    return "vague" if sort in ("cardinal", "year", "part") else sort


def _article(text: str, start: int, end: int) -> CountMention | None:
    """`a`, `an` or `another` before a noun for one person, at most three words on."""
    found = ARTICLE.match(text, start, end)
    if found is None:
        return None
    words = found[1].lower().split()
    for k, word in enumerate(words):
        if word in PERSON:
            after = words[k + 1] if k + 1 < len(words) else ""
            # "a police officer" but not "a soldier killing" cut short: a noun that itself counts people goes on
            return (
                None if after in PERSON or after in PEOPLE else _mention(text, start, found.end(), (1, 1, 1), "article")
            )
        if word in ("of", "the", "and", "in", "on", "for", "to", "by", "with", "at"):
            return None
    return None


def _ordinal_value(text: str) -> int:
    if text[0].isdigit():
        return int(re.sub(r"\D", "", text))
    words = re.split(r"[-\s]+", text.lower())
    return sum(SMALL_NUMBERS.get(w, 0) for w in words[:-1]) + ORDINAL_WORDS[words[-1]]


def _mention(
    text: str, start: int, end: int, bounds: tuple[int | None, int | None, int | None], kind: str
) -> CountMention:
    words = text[start:end]
    return CountMention(start, end, words, Count(*bounds, text=words), kind)
