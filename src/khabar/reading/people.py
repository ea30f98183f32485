"""Names of persons nobody listed, and short forms of names given in full before.

Invariant: a full name has two words or more and the parser's or a title's word for it; a short form ("Ramzi", "Asif")
is only read after the full name, and stands for the last one that has the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from khabar.reading.actor_spans import Spans
from khabar.reading.actor_words import (
    COMMON_NAMES,
    HONORIFICS,
    NAME_PARTICLES,
    NOT_IN_NAMES,
    NOT_NOUNS,
    PERSON_OWNS,
    PERSON_ROLES,
    PERSON_SUFFERS,
    PERSON_VERBS,
    SENTENCE_STARTERS,
    STRONG_TITLES,
    TITLES,
)
from khabar.reading.definition_words import organisation_kind
from khabar.reading.model import ActorMention, Definition, Sentence, Token
from khabar.reading.place_words import place_words
from khabar.reading.spelling import plain

__all__ = ["full_names", "short_names", "with_full_names"]

_OTHER = frozenset(["GPE", "LOC", "FAC", "DATE", "NORP", "TIME", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "PRODUCT"])
# Buildings that bear a person's name are no mention of the person.
_NAMED_FOR = re.compile(
    r"(?i:shrine|mausoleum|mosque|church|cathedral|tomb|mazar|temple|statue) "
    r"of (?:an? |the )?(?:\w+ )?(?i:saint )?(?:Baba )?\Z"
)
_ODD = re.compile(r"[^\w\s.'’‘`-]|\d")
_PORTFOLIOS = frozenset(["affairs", "defence", "defense", "interior", "state"])  # "Secretary of State X"
_TITLE_BEFORE = re.compile(r"([A-Z][a-z]+)\.? \Z")
_NAME_AFTER = re.compile(r"(?:[ \t\u00a0]+|-)(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z]")
_UNIT_AFTER = re.compile(
    r"(?:[’'‘`]s)? (?:district|province|valley|city|town|village|area|region|tribe|clan|agency|street|road|chapter|"
    r"faction|branch|wing|group|cell|network|school|college|hospital|mosque|shrine)\b"
)


def full_names(text: str, sentence: Sentence, taken: Spans, places: Spans) -> Iterator[ActorMention]:
    """Persons named in full in one parsed sentence, places and known actors left out."""
    for run in (_without_people(sentence, _trimmed(run)) for run in _runs(sentence)):
        if not run or not _is_name(sentence, run, places):
            continue
        start, end = run[0].start, run[-1].end
        named_for = _UNIT_AFTER.match(text, end) or _NAMED_FOR.search(text, max(0, start - 40), start)
        if taken.free(start, end) and not named_for:
            surface = text[start:end]
            yield ActorMention(start, end, surface, " ".join(surface.split()), None, "person", "statistical")


def _runs(sentence: Sentence) -> Iterator[list[Token]]:
    """Stretches of capitalised proper nouns, with the particles between them."""
    run: list[Token] = []
    for token in sentence.tokens:
        word = token.text
        named = token.pos == "PROPN" or token.ent == "PERSON"
        if (word[:1].isupper() and named and plain(word) not in NOT_NOUNS) or (
            run and (word in NAME_PARTICLES or token.ent == "PERSON") and word != "'s" and word not in ",("
        ):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _trimmed(run: list[Token]) -> list[Token]:
    """The run without what comes before a title ("Foreign Office Minister X" is X) and without loose ends."""
    titles = [i for i, t in enumerate(run) if plain(t.text) in TITLES or plain(t.text) in _PORTFOLIOS]
    if titles and titles[-1] + 1 < len(run):
        run = run[titles[-1] + 1 :]
    while run and (plain(run[0].text) in TITLES or not run[0].text[0].isalpha()):
        run = run[1:]
    while run and (run[-1].text in NAME_PARTICLES or not run[-1].text[0].isupper()):
        run = run[:-1]
    return run


def _without_people(sentence: Sentence, run: list[Token]) -> list[Token]:
    """The run without the people somebody is said to come from: "the Uzbek X" is X."""
    before = sentence.tokens[run[0].i - 1].text.lower() if run and run[0].i else ""
    if before != "the" or len(run) < 3 or not any(t.ent == "PERSON" for t in run[1:]):
        return run
    return run[1:] if run[0].text.lower() in place_words().demonyms else run


def _is_name(sentence: Sentence, run: list[Token], places: Spans) -> bool:
    words = [plain(t.text) for t in run if t.text[0].isalpha()]
    text = " ".join(t.text for t in run)
    shouted = all(t.text.isupper() for t in sentence.tokens if t.text.isalpha())
    if (
        _ODD.search(text)
        or sum(w not in NAME_PARTICLES for w in words) > 6
        or any(w in NOT_IN_NAMES for w in words)
        or organisation_kind(text)
    ):
        return False
    if not shouted and any(t.text.isupper() and len(t.text) > 2 for t in run):
        return False  # an acronym among the words
    place = places.at(run[0].start) or places.at(run[-1].start)
    if place and place.start <= run[0].start and place.end >= run[-1].end:
        return False
    before = sentence.tokens[run[0].i - 1] if run[0].i else None
    if before is not None and before.lemma.lower() == "the":
        return False
    entities = {t.ent for t in run}
    if all(t.start == run[i - 1].end for i, t in enumerate(run) if i):  # one word; "Rad-ul-Fasad" is one too
        strong = before is not None and plain(before.text) in STRONG_TITLES and before.text[:1].isupper()
        return strong and len(words) == 1 and len(words[0]) > 2 and not place and entities <= {"PERSON", ""}
    if sentence.heading and "PERSON" not in entities:
        return False
    if "PERSON" in entities and not entities & _OTHER and not shouted:  # in capitals everything looks like a name
        return True
    if _acts(sentence, run) and not entities & _OTHER and not shouted:
        return True
    return _has_role(sentence, run, before) and not (place and entities & _OTHER)


def _acts(sentence: Sentence, run: list[Token]) -> bool:
    """Whether two or more unknown words are the subject of what only people do, or those by whom it is done."""
    last = run[-1]
    governor = sentence.tokens[last.head]
    if len(run) < 2 or any(t.pos != "PROPN" for t in run if t.text[0].isupper()):
        return False
    if last.dep in ("nsubj", "nsubjpass"):
        return governor.lemma.lower() in (PERSON_VERBS if last.dep == "nsubj" else PERSON_SUFFERS)
    if last.dep != "pobj":
        return False
    above = sentence.tokens[governor.head]
    if governor.lemma.lower() == "by":
        return governor.dep == "agent" and above.lemma.lower() in PERSON_VERBS
    return governor.lemma.lower() == "of" and above.lemma.lower() in PERSON_OWNS


def _has_role(sentence: Sentence, run: list[Token], before: Token | None) -> bool:
    """Whether a title stands before the name, an honorific begins it, or a role stands beside it."""
    if before is not None and (plain(before.text) in TITLES or before.lemma.lower() in PERSON_ROLES):
        return True
    last = run[-1]
    beside = {sentence.tokens[c].lemma.lower() for c in sentence.children[last.i] if sentence.tokens[c].dep == "appos"}
    if last.dep == "appos":
        beside.add(sentence.tokens[last.head].lemma.lower())
    return bool(beside & PERSON_ROLES) or plain(run[0].text) in HONORIFICS


def with_full_names(mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """`mentions` with "President Tarin" given the name of the one person named in full whose last word it is."""
    full: dict[str, set[tuple[str, str | None]]] = {}
    for mention in mentions:
        if mention.kind == "person" and " " in mention.text and mention.how != "described":
            full.setdefault(plain(mention.text.split()[-1]), set()).add((mention.name, mention.id))
    return [_completed(mention, full.get(plain(mention.text), set())) for mention in mentions]


def _completed(mention: ActorMention, known: set[tuple[str, str | None]]) -> ActorMention:
    if mention.how != "statistical" or " " in mention.text or len(known) != 1:
        return mention
    [(name, actor)] = known
    return replace(mention, name=name, id=actor, how="surname")


def short_names(text: str, taken: Spans, definitions: Sequence[Definition], places: Spans) -> Iterator[ActorMention]:
    """Later mentions of persons by one word of their names, each linked to the last full name that has the word."""
    parts: dict[str, list[ActorMention]] = {}
    ordinary = COMMON_NAMES | HONORIFICS | TITLES | NOT_IN_NAMES
    for person in _full(taken.mentions, definitions):
        for word in re.findall(r"[^\W\d_]+", person.text):
            if plain(word) not in ordinary and len(word) > 2 and word[0].isupper():
                parts.setdefault(word, []).append(person)
    if not parts:
        return
    yield from _repeated(text, taken, {p.text: p for ps in reversed(parts.values()) for p in reversed(ps)})
    pattern = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, parts), key=len, reverse=True)) + r")\b")
    for match in pattern.finditer(text):
        start, end = _with_article(text, match.start()), match.end()
        earlier = [p for p in parts[match.group()] if p.end <= start]
        if not earlier or not taken.free(start, end) or not _alone(text, start, end):
            continue
        place = places.at(match.start())
        if place and (place.end > end or place.start < start or _UNIT_AFTER.match(text, end)):
            continue
        if place and _after_preposition(text, start):
            continue
        person = max(earlier, key=lambda p: p.start)
        yield ActorMention(start, end, text[start:end], person.name, person.id, "person", "surname")


def _repeated(text: str, taken: Spans, persons: Mapping[str, ActorMention]) -> Iterator[ActorMention]:
    """The full names again, where the parser did not take them for persons or the sentence was not parsed."""
    forms = sorted(
        (r"\s+".join(map(re.escape, name.split())) for name in persons if " " in name), key=len, reverse=True
    )
    for match in re.finditer(r"\b(?:" + "|".join(forms) + r")\b", text) if forms else ():
        person = persons.get(match.group()) or persons.get(" ".join(match.group().split()))
        if person and taken.free(*match.span()) and not _NAME_AFTER.match(text, match.end()):
            yield replace(person, start=match.start(), end=match.end(), text=match.group())


def _full(mentions: Iterable[ActorMention], definitions: Sequence[Definition]) -> Iterator[ActorMention]:
    seconds = {(d.second.start, d.second.end): d.first for d in definitions} | {
        (d.first.start, d.first.end): d.second for d in definitions if d.second.id
    }
    for mention in mentions:
        if (
            mention.kind == "person" and mention.how in ("dictionary", "statistical", "defined") and " " in mention.text
        ) or ((mention.start, mention.end) in seconds and mention.kind == "person"):
            yield mention


def _with_article(text: str, start: int) -> int:
    return start - 3 if text[max(0, start - 3) : start].lower() in ("al-", "el-") else start


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the word is no part of a longer name."""
    if _NAME_AFTER.match(text, end) or _UNIT_AFTER.match(text, end) or text[end : end + 1] == "-":
        return False
    before = _TITLE_BEFORE.search(text, max(0, start - 20), start)
    if before is None or plain(before.group(1)) in TITLES | HONORIFICS:
        return text[start - 1 : start] not in ("-", "_") if start else True
    return before.group(1) in SENTENCE_STARTERS or before.group().endswith(". ")  # the word before ends a sentence


def _after_preposition(text: str, start: int) -> bool:
    return bool(re.search(r"\b(?:in|at|near|from|of|to|across|around)\s\Z", text[max(0, start - 8) : start]))
