"""Finding names that can be places. Invariant: names found are disjoint, in text order, and each is the longest the
gazetteer knows at its position; nothing is chosen here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from khabar.reading.gazetteer import Candidate, Gazetteer
from khabar.reading.gazetteer_build import name_key
from khabar.reading.place_words import PlaceWords, place_words

__all__ = ["FoundName", "Words", "complete_name", "find_names", "names_at", "read_words", "settle_spans"]

_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one name: blanks, one line break, a hyphen, an apostrophe, a stop after St.
_GAP = re.compile(r"[ \t\u00a0]+|[ \t]*\n[ \t]*|\s?[-–]\s?|['’‘`ʼ]|\.\s?")
_BLANK = re.compile(r"[ \t\u00a0]+|[ \t]*\n[ \t]*|[ \t\u00a0]?-")
_STOP_AFTER = ("st", "ste", "mt", "ft", "sta", "sto")

_STATE = re.compile(r",[ \t\n]{1,2}(?P<name>[A-Z]{2}\b(?!\.)|(?:[A-Z]\.\s?[A-Z]|[A-Z][a-z]{1,4})\.)")
_TRIBAL = re.compile(r"[ \t]+(?:tribal|autonomous|federal)(?=[ \t])", re.IGNORECASE)
_BORDER = re.compile(r"(?:ian|i)?[ \t\u00a0]+(?:border|frontier)\b", re.IGNORECASE)
_POINT = (
    r"(?:far[- ])?(?:(?:north|south|mid)(?:[- ]?(?:east|west|central))?|east|west|central|centre|center|upper|lower)"
    r"(?:ern)?"
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


@dataclass(slots=True)
class Words:
    """The words of a text by position: `starts[i]:ends[i]` is word i, `keys[i]` its folded form."""

    text: str
    starts: list[int]
    ends: list[int]
    forms: list[str]
    capitals: float  # the share of words over two letters written all in capitals

    def index_at(self, offset: int) -> int:
        """Index of the last word that starts at or before `offset`, -1 before the first."""
        return bisect_right(self.starts, offset) - 1


@dataclass(slots=True)
class FoundName:
    """A name that can be a place.

    `start:end` is the bare name, `first` and `last` its words; `mention_start:mention_end` takes in modifiers; `unit`
    is the unit word beside it or '', `kinds` the kinds it calls for; `modifier` one of '', near, part, border; `before`
    and `after` are the neighbouring words in lower case where only blanks part them, `left` and `right` those
    capitalised words that are neither common words nor places; `capitals` is true where the text around is in capitals;
    `shared` where the unit word stands after a later name of the same list; `outside` where the text names a containing
    place that holds none of the candidates.
    """

    start: int
    end: int
    first: int
    last: int
    key: str
    candidates: tuple[Candidate, ...]
    mention_start: int
    mention_end: int
    unit: str = ""
    kinds: tuple[str, ...] = ()
    modifier: str = ""
    before: str = ""
    after: str = ""
    left: str = ""
    right: str = ""
    capitals: bool = False
    shared: bool = False
    outside: bool = False
    inside: list[FoundName] = field(default_factory=list)  # names the text itself gives as containing this one


def read_words(text: str) -> Words:
    """Split `text` into words of letters and digits."""
    starts, ends, forms = [], [], []
    upper = long = 0
    for match in _WORD.finditer(text):
        form = match.group()
        starts.append(match.start())
        ends.append(match.end())
        forms.append(form)
        if len(form) > 2:
            long += 1
            upper += form.isupper()
    return Words(text, starts, ends, forms, upper / long if long else 0.0)


def find_names(
    words: Words, taken: Sequence[tuple[int, int]], gazetteer: Gazetteer, lists: PlaceWords
) -> list[FoundName]:
    """Every longest name of the gazetteer in the text which begins with a capital and touches no span of `taken`."""
    blocked = _blocked_words(words, taken)
    spans = sorted(taken)
    found: list[FoundName] = []
    i, total = 0, len(words.forms)
    while i < total:
        if blocked[i] or not words.forms[i][0].isupper():
            i += 1
            continue
        name = _longest_at(words, i, blocked, gazetteer, lists)
        if name is None:
            i += 1
            continue
        if not any(name.key in known for known in (lists.not_places, lists.demonyms, lists.regional)):
            found.append(name)
        i = name.last + 1
        state = _state_after(words, name, gazetteer)
        if state:
            found.append(state)
            i = state.last + 1
    for name in found:
        dotted = words.text[name.end - 2 : name.end - 1] == "." and words.text[name.end : name.end + 1] == "."
        if dotted and not _touches(spans, name.end, name.end + 1):
            name.end = name.mention_end = name.end + 1  # the last stop of U.S. belongs to the name
        complete_name(words, name, lists)
    return settle_spans(found, spans)


def names_at(
    words: Words, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, lists: PlaceWords
) -> list[FoundName | None]:
    """The names in the given spans, each the longest the gazetteer knows inside its span; None where it knows none."""
    names: list[FoundName | None] = []
    for start, end in spans:
        inside = range(max(0, words.index_at(start)), words.index_at(end - 1) + 1)
        found = _longest_between(words, [i for i in inside if words.ends[i] > start], gazetteer)
        if found:
            complete_name(words, found, lists)
        names.append(found)
    return names


def _longest_between(words: Words, inside: Sequence[int], gazetteer: Gazetteer) -> FoundName | None:
    for count in range(len(inside), 0, -1):
        for k in range(len(inside) - count + 1):
            first, last = inside[k], inside[k + count - 1]
            form = words.text[words.starts[first] : words.ends[last]]
            acronym = form.replace(".", "")
            dotted = f"=,{words.text[words.starts[first] : words.ends[last] + 1]}"
            exact = [k for k in (f"={acronym}", dotted) if acronym[:1].isupper() and gazetteer.candidates(k)]
            key = exact[0] if exact else name_key(form)
            candidates = gazetteer.candidates(key)
            if candidates:
                start, end = words.starts[first], words.ends[last]
                return FoundName(start, end, first, last, key, candidates, start, end)
    return None


def complete_name(words: Words, name: FoundName, lists: PlaceWords) -> None:
    """Fill in what stands beside the name: neighbours, unit word, modifier."""
    _neighbours(words, name, lists)
    _modifiers(words.text, name, lists)


def _blocked_words(words: Words, taken: Sequence[tuple[int, int]]) -> bytearray:
    blocked = bytearray(len(words.forms))
    for start, end in taken:
        i = max(0, words.index_at(start))
        while i < len(blocked) and words.starts[i] < end:
            if words.ends[i] > start:
                blocked[i] = 1
            i += 1
    return blocked


def _longest_at(
    words: Words, first: int, blocked: bytearray, gazetteer: Gazetteer, lists: PlaceWords
) -> FoundName | None:
    form = words.forms[first]
    key = name_key(form)
    capitals = form.isupper() and (words.capitals > 0.6 or _shouting(words, first))
    exact = gazetteer.candidates(f"={form}") if form.isupper() and len(form) <= 5 and not capitals else ()
    most = gazetteer.longest(key)
    if most == 0 and not exact:
        return None
    last, keys, ends = first, [key], [(first, key)]
    while len(keys) < most and last + 1 < len(words.forms) and not blocked[last + 1]:
        gap = words.text[words.ends[last] : words.starts[last + 1]]
        following = words.forms[last + 1]
        if not _joins(gap, words.forms[last], following, lists):
            break
        last += 1
        keys.append(name_key(following))
        if following[0].isupper() or following[0].isdigit() or gap in "'’‘`ʼ-":
            ends.append((last, " ".join(keys)))
    for last, key in reversed(ends):
        if last == first and form.isupper() and not capitals and len(form) <= 4:
            break  # an acronym in a text with small letters: only listed ones
        candidates = gazetteer.candidates(key)
        if candidates:
            start, end = words.starts[first], words.ends[last]
            return FoundName(start, end, first, last, key, candidates, start, end, capitals=capitals)
    if exact:
        start, end = words.starts[first], words.ends[first]
        return FoundName(start, end, first, first, f"={form}", exact, start, end)
    return None


def _state_after(words: Words, name: FoundName, gazetteer: Gazetteer) -> FoundName | None:
    """The abbreviated state after a comma: "Austin, TX", "Mobile, Ala."."""
    match = _STATE.match(words.text, name.end)
    candidates = gazetteer.candidates(f"=,{match['name']}") if match else ()
    if not match or not candidates or (name.capitals and match["name"].isalpha()):
        return None
    start, end = match.span("name")
    return FoundName(
        start, end, words.index_at(start), words.index_at(end - 1), f"=,{match['name']}", candidates, start, end
    )


def _shouting(words: Words, i: int) -> bool:
    """Whether the words around word `i` are in capitals too: a headline or a dateline in capitals, not an acronym."""
    around = [words.forms[j] for j in range(max(0, i - 3), min(len(words.forms), i + 4)) if j != i]
    long = [w for w in around if len(w) > 2 and not w.isdigit()]
    return len(long) > 1 and sum(w.isupper() for w in long) > len(long) / 2


def _joins(gap: str, before: str, after: str, lists: PlaceWords) -> bool:
    if len(gap) > 4 or not _GAP.fullmatch(gap):
        return False
    if gap[0] == "." and before.lower() not in _STOP_AFTER and len(before) > 1:
        return False
    if after[0].isupper() or after[0].isdigit():
        return True
    return after in lists.links or gap in "'’‘`ʼ-"


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
        if name.mention_start < edge or _touches(spans, name.mention_start, name.start):
            name.mention_start = name.start
        following = found[i + 1].start if i + 1 < len(found) else len(name.key) + name.mention_end
        if name.mention_end > following or _touches(spans, name.end, name.mention_end):
            name.mention_end = name.end
        edge = name.mention_end
    return list(found)


def _touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    if start >= end:
        return False
    k = bisect_right(spans, (end - 1, 1 << 60)) - 1
    return any(spans[j][1] > start for j in range(max(0, k - 2), k + 1))
