"""Finding names that can be places. Invariant: names found are disjoint, in text order, and each is the longest the
gazetteer knows at its position; nothing is chosen here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from khabar.reading.gazetteer import Gazetteer
from khabar.reading.gazetteer_rows import name_key
from khabar.reading.place_forms import FoundName, Words, touches
from khabar.reading.place_modifiers import complete_name, settle_spans
from khabar.reading.place_words import PlaceWords

__all__ = ["find_names"]

# What may stand between two words of one name: blanks, one line break, a hyphen, an apostrophe, a stop after St.
_GAP = re.compile(r"[ \t\u00a0]+|[ \t]*\n[ \t]*|\s?[-–]\s?|['’‘`ʼ]|\.\s?|\s?&\s?")
_STOP_AFTER = ("st", "ste", "mt", "ft", "sta", "sto")
_STATE = re.compile(r",[ \t\n]{1,2}(?P<name>[A-Z]{2}\b(?!\.)|(?:[A-Z]\.\s?[A-Z]|[A-Z][a-z]{1,4})\.)")


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
        if dotted and not touches(spans, name.end, name.end + 1):
            name.end = name.mention_end = name.end + 1  # the last stop of U.S. belongs to the name
        complete_name(words, name, lists)
    return settle_spans(found, spans)


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
        if "&" in gap:
            keys.append("and")
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
