"""Armed groups which no list knows. Invariant: a capitalised name is a group only where the words of the name itself,
or the words that stand beside it somewhere in the document, say so.

1. Runs of capitalised words are cut to names: articles, titles, weekdays and coordinated names apart.
2. Each name gathers what speaks for a group: its own words ("Jaish al-…", "… Liberation Front"), words beside it
   ("the militant group X", "X fighters", "emir of X"), a short form in brackets. Distinct signs add up over the text.
3. Names with enough signs are groups wherever they stand in the text.

Names in capitals throughout are left alone: in a line of capitals nothing tells where a name ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from khabar.reading.actor_spans import Spans
from khabar.reading.actor_words import CREDITS, HONORIFICS, NOT_IN_NAMES, SENTENCE_STARTERS, TITLES
from khabar.reading.group_words import (
    AFTER,
    BEFORE,
    CALENDAR,
    NAME_HEADS,
    NAME_WORDS,
    NOT_GROUPS,
    OPENING,
    PEOPLE,
    QUALIFIERS,
)
from khabar.reading.model import ActorMention, Sentence
from khabar.reading.spelling import plain

__all__ = ["find_groups"]

_CAPITAL = "A-ZÀ-ÖØ-ÞĞİŞČŠŽ"
_WORD = (
    rf"(?:(?:[Aa]l|[Ee]l|an|as|ash|ad|ar|at|ul|ud|ur|wal|l)[-’'‘][’'‘ʼ]?[{_CAPITAL}][\w’'‘ʼ-]*"
    rf"|[{_CAPITAL}][\w’'‘ʼ-]*)"
)
_LINK = (
    r"(?:of the|for the|and the|in the|of|for|and|in|al|el|ul|ud|ur|bin|ibn|e|i|fi|wa|de la|de|del|du|des|pour|et le|"
    r"et|en|y|la|le)"
)
_RUN = re.compile(rf"{_WORD}(?:[ \u00a0]+(?:{_LINK}[ \u00a0]+)?{_WORD}){{0,9}}")
_AND = re.compile(r"[ \u00a0]+and(?:[ \u00a0]+the)?[ \u00a0]+")
_SHORT = re.compile(r"[ \u00a0]?\((?:the |or )?[“\"‘']?([A-Z][A-Za-z-]{1,7})[”\"’']?(?:\)|,)")
_SLASHED = re.compile(r"[ \u00a0]/[ \u00a0]([A-Z]{2,7})\b")
_POSSESSIVE = re.compile(r"[’'‘`](?:s|S)?\Z")
_INSIDE = re.compile(r"[ \u00a0]+in(?:[ \u00a0]+the)?[ \u00a0]+")
_COMPOUND = re.compile(
    r"-(?:(?P<tied>affiliated|linked|aligned|allied|inspired|backed|sponsored|related|associated|led)|"
    r"based|held|controlled|planned|trained|born|style|wide|area)\Z"
)
_SECOND_NAME = re.compile(r"(?<=[^\s-])[ \u00a0]+(?=(?:Al|El)-[A-Z])")
_OF_WHAT = re.compile(
    r"(?:[Ll]iberation|[Rr]esistance|[Jj]ihad|[Mm]artyrs|[Ff]ighters|[Rr]ebels|[Ii]nsurgents|[Mm]embers|[Cc]aliphate|"
    r"[Aa]rmed [Ff]orces)(?= of\b|\Z)"
)
_HEAD = re.compile(r"([^\W_]+)(?= (?:of|for|pour|in)\b|\Z)")  # the last word, and those before "of"
_OF = re.compile(r" (?:of|for|pour|in)\b")
_STRONG_HEADS = frozenset(["army", "movement", "brigade", "battalion", "group"])
_FORCES = re.compile(r"\b(?:air|armed|security|task|special) (?:forces?|group)\b", re.IGNORECASE)
_PERSON_BEFORE = re.compile(
    r"\b(?:leader|emir|amir|commander|spokes(?:man|woman|person)|founder|member|operative|militant|chief|deputy|head|"
    r"financier|facilitator|associate|brother|son|father|cleric|fighter|president|minister|named|individual|brothers|"
    r"Dr|Mr|Mrs|Ms|Gen|Col|Capt|Maj|Lt|Sgt)\.?,? \Z"
)
_ENOUGH = 2  # signs that make a name a group
_FAR = 90  # characters looked at on each side


def find_groups(text: str, sentences: Sequence[Sentence], taken: Spans) -> list[ActorMention]:
    """Names of groups in `text` that are not among the `taken` mentions, one mention for each name where it is first
    seen; the caller finds the other places. Linear in the length of the text.
    """
    signs: dict[str, dict[object, int]] = defaultdict(dict)
    first: dict[str, tuple[int, int]] = {}
    starts = [s.start for s in sentences]
    for start, end in _names(text, taken):
        k = bisect_right(starts, start) - 1
        if k >= 0 and sentences[k].heading:
            continue
        name = " ".join(text[start:end].split())
        first.setdefault(name, (start, end))
        for sign, weight in _signs(text, start, end):
            signs[name][sign] = weight
    found = []
    for name, (start, end) in first.items():
        short = " " not in name and "-" not in name and not (name.isupper() and len(name) > 2)
        if sum(signs[name].values()) >= _ENOUGH + short:
            found.append(ActorMention(start, end, text[start:end], name, None, "organization", "defined"))
    return found


# ------------------------------------------------------------------ names


def _names(text: str, taken: Spans) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(text):
        if run.group().isupper() and " " in run.group():
            continue
        for start, end in _parted(text, run.start(), run.end()):
            span = _trimmed(text, _after_modifier(text, start, end), end)
            if span and _may_be(text[span[0] : span[1]]) and not _known(taken, *span):
                yield span


def _known(taken: Spans, start: int, end: int) -> bool:
    inside = taken.within(start, end)
    return taken.at(start) is not None or bool(inside)


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The run cut at an "and" that joins two names, and before an "in" that tells where."""
    begin = start
    for joint in [*_AND.finditer(text, start, end), None]:
        stop = joint.start() if joint else end
        if joint and not _closed(text[begin:stop]) and not _tells(text[joint.end() : end]):
            continue  # "Front for Justice and Equality"
        if joint and _spelled_whole(text, begin, joint.end(), end):
            continue  # "Reconnaissance and Sabotage Battalion (RSB)"
        yield _without_place(text, begin, stop)
        begin = joint.end() if joint else end


def _spelled_whole(text: str, start: int, second: int, end: int) -> bool:
    """Whether the short form after the run has letters of what stands before the "and" too."""
    short = _SHORT.match(text, end)
    if short is None:
        return False
    letters = [c for c in short[1] if c.isupper()]
    initials = iter(_initials(text[start:end]))
    return len(letters) > len(_initials(text[second:end])) and all(c in initials for c in letters)


def _after_modifier(text: str, start: int, end: int) -> int:
    """Where the name begins in "Kuwaiti Al-X": at its article, unless the words before are a group's ("Jamaat")."""
    second = _SECOND_NAME.search(text, start, end)
    return second.end() if second and not _tells(text[start : second.start()]) else start


def _closed(name: str) -> bool:
    """Whether a name may end here: no "for" or "of" in it asks for two nouns."""
    return not re.search(r" (?:for|of|pour|in)(?: the)? [^ ]+\Z", name)


def _tells(name: str) -> bool:
    words = [plain(w) for part in name.split() for w in part.split("-")]
    return any(w in NAME_WORDS or w in NAME_HEADS for w in words)


def _without_place(text: str, start: int, end: int) -> tuple[int, int]:
    """The name alone of "X in Yemen", unless its short form in brackets has the place too."""
    place = _INSIDE.search(text, start, end)
    short = _SHORT.match(text, end)
    if place is None or (short and _initials(text[start:end]).endswith(short[1][-1].upper())):
        return start, end
    return start, place.start()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name without what only opens the sentence, titles, days and a possessive ending."""
    words = [(m.start(), m.end()) for m in re.finditer(r"[^ \u00a0]+", text[start:end])]
    while words:
        word = text[start + words[0][0] : start + words[0][1]]
        key = plain(word)
        made = _COMPOUND.search(word)
        if made and made["tied"] and len(words) == 1:  # the "AQIM-linked" cell speaks of AQIM
            return start + words[0][0], start + words[0][0] + made.start()
        if made:
            words.pop(0)
            continue
        after = plain(text[start + words[1][0] : start + words[1][1]]) if len(words) > 1 else ""
        if key in QUALIFIERS and after in NAME_HEADS:
            break  # the "Armed Front" is no front that is armed
        known = key in OPENING or key in CALENDAR or word in SENTENCE_STARTERS or key in TITLES
        if not known and word[0].isupper() | word.startswith(("al-", "el-")):
            break
        words.pop(0)
    if not words:
        return None
    begin = start + words[0][0]
    tail = _POSSESSIVE.search(text, begin, end)
    return (begin, tail.start() if tail else end) if end > begin else None


def _may_be(name: str) -> bool:
    """Whether a name can be a group's at all: no person's by its first word, no office, building or day by its last."""
    words = [plain(w) for w in name.split()]
    if len(name) < 3 or name in CREDITS or (len(words) == 1 and (words[0] in NOT_GROUPS or name[0].islower())):
        return False
    told = _tells(name)
    if words[0] in PEOPLE or words[0] in HONORIFICS:  # "Abu Jihad" is a man, the "Abu Sayyaf Group" is none
        return words[-1] in NAME_HEADS or words[-1] in ("brigades", "martyrs", "fighters")
    office = any(w in NOT_IN_NAMES and w not in ("islamic", "state", "muslim", "sunni", "southern", "northern", "east",
                                                 "eastern", "west", "western", "republic") for w in words)  # fmt: skip
    return told or not office or {"islamic", "state"} <= set(words)


# ------------------------------------------------------------------ signs


def _signs(text: str, start: int, end: int) -> Iterator[tuple[object, int]]:
    """What speaks for a group here, each sign with its weight; the same sign twice is one."""
    before = text[max(0, start - _FAR) : start]
    if _PERSON_BEFORE.search(before):
        yield "a person", -_ENOUGH
    own = _own(text[start:end])
    if own and not before.endswith(("“", '"')):
        yield "its words", own
    short = _SHORT.match(text, end) or _SLASHED.match(text, end)
    if short and sum(c.isupper() for c in short[1]) > 1 and short[1][0].upper() == _initials(text[start:end])[:1]:
        yield "a short form", 1
    for i, (pattern, weight) in enumerate(BEFORE):
        if pattern.search(before):
            yield ("before", i), weight
    after = text[end : end + _FAR]
    for i, (pattern, weight) in enumerate(AFTER):
        if pattern.match(after):
            yield ("after", i), weight


def _own(name: str) -> int:
    """What the words of a name say: 2 for a group, 1 for a body of some sort."""
    parts = [plain(p) for w in name.split() for p in re.split(r"[-’'‘]", w) if p]
    if len(parts) < 2 or _OF_WHAT.match(name) or _FORCES.search(name):
        return 0
    first = [plain(p) for w in _OF.split(name)[0].split() for p in re.split(r"[-’'‘]", w)]
    if ("islamic" in parts and "state" in parts) or any(p in NAME_WORDS for p in first):
        return _ENOUGH
    if any(p in NAME_WORDS for p in parts) and any(p in NAME_HEADS for p in (*first, parts[-1])):
        return _ENOUGH  # "Front for the Liberation of X", but no "Concept of Resistance"
    heads = [plain(h) for h in _HEAD.findall(name) if plain(h) in NAME_HEADS]
    qualified = any(p in QUALIFIERS for p in parts)
    if "front" in heads or (heads and qualified and len(parts) > 2):  # "the Red Army" is too short
        return _ENOUGH
    if qualified and heads:
        return 1
    return 1 if parts[0] in ("al", "el") or any(p in _STRONG_HEADS for p in heads) else 0


def _initials(name: str) -> str:
    return "".join(w[0].upper() for w in re.split(r"[ \u00a0-]+", name) if w[:1].isupper())
