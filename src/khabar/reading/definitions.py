"""Names which a text introduces itself. Invariant: both names of a definition stand in the text, side by side.

Forms read: a name with its short form in brackets ("Harbour Workers' Front (HWF)") or after a slash, "X alias Y", "X,
also known as Y", "Y, another name for X", "X, whose real name is Y", "X, formerly called Y", "X renamed itself Y", and
a group's or a person's second name in brackets. A short form must be known for the same actor or spell the initials of
the name before it; credits, dates, ages and names of places in brackets define nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from khabar.reading.actor_words import CREDITS, TITLES
from khabar.reading.definition_page import Page
from khabar.reading.definition_words import (
    BRACKET,
    GLOSS,
    KUNYA,
    MARKER,
    OPENING,
    OR,
    REMARK,
    SLASH,
    WORD,
    names_place,
    organisation_kind,
)
from khabar.reading.model import ActorMention, Definition
from khabar.reading.spelling import plain

__all__ = ["NewNames", "find_definitions"]


@dataclass(frozen=True, slots=True)
class NewNames:
    """Definitions in text order, and the names among them which the dictionary does not give to their actor."""

    definitions: tuple[Definition, ...]
    names: tuple[ActorMention, ...]


def find_definitions(text: str, mentions: Sequence[ActorMention]) -> NewNames:
    """The definitions of `text`, given the dictionary's `mentions` in it (sorted, disjoint)."""
    page = Page(text, mentions)
    found: list[Definition] = []
    for definition in sorted([*_brackets(page), *_glosses(page), *_markers(page)], key=lambda d: d.start):
        if not found or definition.start >= found[-1].end or _goes_on(found[-1], definition):
            found.append(definition)
    known = {(m.start, m.end, m.id) for m in mentions}
    new = [m for d in found for m in (d.first, d.second) if (m.start, m.end, m.id) not in known]
    return NewNames(tuple(found), tuple(new))


def _goes_on(last: Definition, following: Definition) -> bool:
    """Whether a definition gives a further name of the one defined last: "X, also known as Y and Z"."""
    return following.first == last.first and following.second.start >= last.end


# ------------------------------------------------------------------ short forms in brackets


def _brackets(page: Page) -> Iterator[Definition]:
    for match in chain(BRACKET.finditer(page.text), OR.finditer(page.text), SLASH.finditer(page.text)):
        short, at = match["short"], match.start("short")
        if sum(c.isupper() for c in short) < 2 and page.starting(at) is None:
            continue
        remark = REMARK.search(page.text, max(0, match.start() - 45), match.start())
        end = remark.start() if remark else match.start()
        long = page.ending(end)
        if long is None:
            long = _spelled_out(page, end, short)
        elif not _belongs(page, long, short, at):
            continue
        if long is None or (short in CREDITS and long.how != "defined"):
            continue
        given = page.starting(at)
        same = given is not None and (given.id == long.id and given.id is not None)
        second = given if given is not None and same else page.made(at, at + len(short), long.kind, long)
        kind = "acronym" if not (given and same and given.how == "dictionary") else "alias"
        yield Definition(long.start, match.end(), long, second, kind)


def _belongs(page: Page, long: ActorMention, short: str, at: int) -> bool:
    """Whether the bracket after a known name holds a short form of it."""
    given = page.starting(at)
    if given is not None and given.id is not None and given.id == long.id:
        return True
    return short not in CREDITS and (_initials_fit(short, long.text) or _same_initials(short, long))


def _same_initials(short: str, long: ActorMention) -> bool:
    """Whether the short form has a group's initials in the order of another language (GIA, the Armed Islamic Group), or
    those of the name without "Organization of".
    """
    if long.kind != "organization" or not short.isupper() or len(short) < 3:  # two letters fit too much
        return False
    initials = [w[0].upper() for w in re.split(r"[\s-]+", long.text) if w[:1].isupper()]
    rest = iter(initials)
    return sorted(short) == sorted(initials) or all(c in rest for c in short)


def _spelled_out(page: Page, end: int, short: str) -> ActorMention | None:
    """The unlisted organisation whose initials the bracket at `end` gives: as few words as spell it."""
    run = page.run_before(end)
    if run is None or short in CREDITS:
        return None
    starts = [m.start() for m in re.finditer(WORD, page.text[run[0] : run[1]])]
    for offset in reversed(starts):
        start = run[0] + offset
        name = page.text[start : run[1]]
        if len(name) > len(short) + 2 and _initials_fit(short, name):
            kind = organisation_kind(name)
            return page.made(start, run[1], kind) if kind else None
    return None


def _initials_fit(short: str, name: str) -> bool:
    """Whether the letters of `short` are met in order in `name`, the capitals each at the start of a word."""
    letters = [c for c in short if c.isalpha()]
    words = [w for w in re.split(r"[\s\-–/’'‘]+", name) if w]
    if not letters or not words or plain(letters[0]) != plain(words[0])[:1]:
        return False
    return _spell(letters, words)


def _spell(letters: list[str], words: list[str]) -> bool:
    """Letters go to the starts of words in order; small words may be passed over, a word may give three."""
    if not letters:
        return len([w for w in words if w[:1].isupper()]) <= 1
    if not words:
        return False
    word = plain(words[0])
    for taken in range(min(len(letters), 3), 0, -1):
        piece = "".join(plain(c) for c in letters[:taken])
        if (word.startswith(piece) or (taken > 1 and word[:1] == piece[:1] and _within(piece, word))) and _spell(
            letters[taken:], words[1:]
        ):
            return True
    return not words[0][:1].isupper() and _spell(letters, words[1:])


def _within(piece: str, word: str) -> bool:
    at = 0
    for letter in piece:
        at = word.find(letter, at) + 1
        if at == 0:
            return False
    return True


# ------------------------------------------------------------------ whole names in brackets


def _glosses(page: Page) -> Iterator[Definition]:
    """A second name in brackets after a group's or a person's: a translation, a kunya, the name people use."""
    for match in GLOSS.finditer(page.text):
        long = page.ending(match.start())
        start, end = match.span("name")
        if page.text[start:end].lower().startswith("the "):
            start += 4
        run = page.run_from(start)
        if long is None and (KUNYA.match(page.text, start) or match["tongue"] or match["said"]):
            before = page.run_before(match.start())
            long = _unlisted(page, *before) if before else None
        if long is None or run is None or long.kind == "state":
            continue
        whole = run[1] == end or (match["quote"] is not None and len(page.text[start:end].split()) > 1)
        given = page.starting(start)
        told = bool(match["said"] or match["tongue"] or (match["quote"] and long.kind == "organization"))
        kunya = long.kind == "person" and KUNYA.match(page.text, start) is not None
        group = long.kind == "organization" and given is not None and given.kind == "organization" and given.end == end
        if not whole or not (told or kunya or group) or page.text[start:end] == long.text:
            continue
        second = given if given is not None and given.end == end else page.made(start, end, long.kind)
        joined = _joined(long, second)
        if joined:
            yield Definition(long.start, match.end(), joined[0], joined[1], "alias")


# ------------------------------------------------------------------ "alias", "also known as", "another name for"


def _markers(page: Page) -> Iterator[Definition]:
    for match in MARKER.finditer(page.text):
        opening = OPENING.search(page.text, max(0, match.start() - 60), match.start())
        if opening is None or (match["marker"].startswith("known") and "," not in opening.group()):
            continue  # "the group known as the Tigers" introduces one name, not two
        if "called" in match["marker"] and not re.search(r"[,(]|\bis\b|\bwas\b|\bwere\b", opening.group()):
            continue  # "prosecutors also called X" as a witness
        first, second = _left(page, opening.start()), _right(page, match.end())
        if first is None or second is None:
            continue
        first = _body_too(page, first, second)
        kind = "former" if match["marker"].startswith(("formerly", "previously")) else "alias"
        for name in (second, *_listed_after(page, second)):
            joined = _joined(first, name)
            if joined:
                yield Definition(first.start, name.end, joined[0], joined[1], kind)


def _body_too(page: Page, first: ActorMention, second: ActorMention) -> ActorMention:
    """A name nobody knows, which is "also known as the … Bureau" or as a known group, is a body's and no person's."""
    unknown = first.id is None and first.kind == "person" and page.ending(first.end) is None
    body = page.starting(second.start) is not None or page.text[: second.start].endswith("the ")
    return replace(first, kind=second.kind) if unknown and body and second.kind != "person" else first


def _left(page: Page, end: int) -> ActorMention | None:
    for at in (end, end - 1):
        if at == end or page.text[at : at + 1] in ")”\"’'":
            known = page.ending(at)
            if known:
                return known
            run = page.run_before(at)
            if run:
                return _unlisted(page, *run)
    return None


def _right(page: Page, start: int) -> ActorMention | None:
    known = page.starting(start)
    if known:
        return known
    run = page.run_from(start)
    if run is None:
        return None
    joint = page.text.find(" and ", *run)
    if joint > 0 and organisation_kind(page.text[run[0] : run[1]]) is None:
        run = (run[0], joint)  # two names of a person
    return _unlisted(page, *run)


def _listed_after(page: Page, name: ActorMention) -> list[ActorMention]:
    """The second of two other names, where the clause closes behind it: "also known as Abu Omar and the Smith, …"."""
    match = re.compile(r" (?:and|or) (?:as )?(?:the )?").match(page.text, name.end)
    run = page.run_from(match.end()) if match and name.kind == "person" else None
    if run is None or page.text[run[1] : run[1] + 1] not in (",", ")", ";"):
        return []
    other = _unlisted(page, *run)
    return [other] if other is not None and other.kind == "person" else []


def _unlisted(page: Page, start: int, end: int) -> ActorMention | None:
    name = page.text[start:end]
    if name.endswith(("’s", "'s", "‘s")):
        end -= 2
        name = name[:-2]
    words = name.split()
    while len(words) > 1 and plain(words[0]) in TITLES:
        start += name.index(words[1], len(words[0]))
        name = page.text[start:end]
        words = words[1:]
    if organisation_kind(name) is None and names_place(name):
        return None
    return page.made(start, end, organisation_kind(name) or "person")


def _joined(first: ActorMention, second: ActorMention) -> tuple[ActorMention, ActorMention] | None:
    """Both names as names of one actor; None where the dictionary holds them to be two, or they are of two kinds."""
    if first.kind == "state" or second.kind == "state" or first.text == second.text:
        return None
    if first.id is None and second.id is None and not (" " in first.text or " " in second.text):
        return None  # "Grodno, also known as Hrodna": nothing says that they are actors
    if first.id and second.id:
        return (first, second) if first.id == second.id else None
    if first.id or (not second.id and first.kind != "person") or (not second.id and second.kind == "person"):
        leader, follower = first, second
    elif second.id:
        leader, follower = second, first
    else:
        return None
    if leader.id is None and follower.kind != leader.kind:
        return None
    same = replace(follower, name=leader.name, id=leader.id, kind=leader.kind, how="defined")
    return (leader, same) if leader is first else (same, leader)
