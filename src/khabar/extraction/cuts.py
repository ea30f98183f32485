"""Where a sentence begins to tell of another incident. Invariant: a cut has a reason named here, and each is a
question about the edge of the syntax tree above one token.

Two reports stay together unless something parts them: "after" and its like (but not where the one is the outcome of the
other), a relative clause about somebody, a coordinate clause with a date, a place or a speaker of its own, coordinate
nouns that each say whom they hit, or an ordinal ("the first attack").
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import descendants, objects, subjects

__all__ = ["cuts", "time_before"]

# Prepositions and conjunctions that lead to another incident than the one they hang on.
_PARTING = frozenset(
    {"after", "before", "following", "since", "despite", "besides", "like", "unlike", "although", "though", "whereas",
     "until", "than", "if", "because", "over", "for"}
)  # fmt: skip
_ALWAYS = _PARTING - {"over", "for"}
_EVENT_PREPOSITIONS = frozenset({"of", "on", "in", "at", "against", "by"})
_HARMS = frozenset({"killed", "injured"})
_THEM = frozenset({"he", "she", "they"})
_OBJECTS = frozenset({"him", "her", "them"})
_LINKING = frozenset({"involve", "link", "accuse", "suspect", "want", "implicate", "convict", "blame"})
_SELVES = frozenset({"himself", "herself", "themselves"})
_SPANS = frozenset({"minute", "hour", "day", "week", "month", "year", "moment"})
_ORDINALS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "another", "other", "separate", "latter", "former"}
)


def cuts(line: IndexedSentence, hits: list[Hit], book: Codebook) -> set[int]:
    """Tokens of a sentence that are cut off from their head: what hangs below them tells of another incident."""
    found: set[int] = set()
    held = _holders(line, hits)
    tokens = line.sentence.tokens
    for token in tokens:
        i = token.i
        if token.head == i or i not in held:
            continue
        if (
            _ordinal(line, i, hits)
            or (_parting(line, i, held) and not _outcome(line, i, hits, book))
            or _coordinate(line, i, held, hits)
            or _told_otherwise(line, i, hits, book)
            or _about_somebody(line, i, held, hits)
        ):
            found.add(i)
    return found


def _outcome(line: IndexedSentence, i: int, hits: list[Hit], book: Codebook) -> bool:
    """True if a clause of "after" tells what the main clause is the outcome of: "Four died and nine were hurt after a
    bomb went off", "all attackers were killed after they had shot six people", "… before he killed himself".
    """
    inside = set(descendants(line.sentence, i))
    within = [h for h in hits if h.token in inside]
    outside = [h for h in hits if h.token not in inside]
    if any(line.lemmas[o] in _SELVES for h in within for o in objects(line.sentence, h.token)):
        return True
    introduced = {line.lemmas[i], *(line.lemmas[k] for k in line.sentence.children[i])}
    if "before" in introduced and within and all(_struck_down(line, h) for h in within):
        return True
    if not introduced & {"after", "following"} or time_before(line, min(inside)):
        return False
    if not any(h.trigger for h in within):
        return False
    meant = [s for h in within for s in subjects(line.sentence, h.token)]
    if meant and all(line.lemmas[s] in _THEM for s in meant):  # "shot dead after he had stabbed two people"
        return True
    if not all(h.trigger is None and h.effect in _HARMS for h in outside):
        return False
    dated = [line.first_token(d) in inside for d in line.dates if d.end > line.dateline]
    if len(set(dated)) > 1:
        return False
    struck = all(
        line.lemmas[p] in book.tables["attackers"]
        for h in outside
        for p in (objects(line.sentence, h.token) or subjects(line.sentence, h.token))
    )
    return struck or not any(h.effect in _HARMS for h in within)


def _struck_down(line: IndexedSentence, hit: Hit) -> bool:
    """True of "being shot dead" in "killed three guards before being shot dead", and of "an officer shot him": the
    doers of the main clause.
    """
    met = objects(line.sentence, hit.token)
    if met and all(line.lemmas[m] in _THEM | _OBJECTS for m in met):
        return hit.effect == "killed" or hit.trigger is not None
    kids = line.sentence.children[hit.token]
    passive = any(line.sentence.tokens[k].dep == "auxpass" for k in kids)
    own = [k for k in kids if line.sentence.tokens[k].dep in ("nsubj", "nsubjpass")]
    return hit.effect == "killed" and passive and all(line.lemmas[k] in _THEM for k in own)


def _told_otherwise(line: IndexedSentence, i: int, hits: list[Hit], book: Codebook) -> bool:
    """True of the second of two speakers who each give a number of the same harm: "the ministry said nine died, but
    the group said it had killed 40".
    """
    tokens = line.sentence.tokens
    if (
        tokens[i].dep not in ("conj", "advcl")
        or line.lemmas[i] not in book.tables["reporting"]
        or not _own_subject(line, i)
    ):
        return False
    inside = set(descendants(line.sentence, i))
    here = {h.effect for h in hits if h.token in inside} & _HARMS
    there = {h.effect for h in hits if h.token not in inside}
    return bool(here & there) and any(line.count_at(k) is not None for k in inside)


def _ordinal(line: IndexedSentence, i: int, hits: list[Hit]) -> bool:
    """As in "… two attacks, with the first attack hitting …": a member of a series is its own incident."""
    first, last = sorted((i, line.sentence.tokens[i].head))
    for hit in hits:
        if not hit.is_noun or i not in (hit.token, line.sentence.tokens[hit.token].head):
            continue
        if any(line.lemmas[k] in _ORDINALS for k in line.sentence.children[hit.token]):
            return any(h.is_noun and h is not hit and h.token < hit.token for h in hits) and last > first
    return False


def _holders(line: IndexedSentence, hits: list[Hit]) -> dict[int, int]:
    """Tokens with a hit at or below them, and how many."""
    held: dict[int, int] = {}
    tokens = line.sentence.tokens
    for hit in hits:
        i = hit.token
        held[i] = held.get(i, 0) + 1
        while tokens[i].head != i:
            i = tokens[i].head
            held[i] = held.get(i, 0) + 1
    return held


def _parting(line: IndexedSentence, i: int, held: dict[int, int]) -> bool:
    """As in "… after the attack", "although … blamed": the word itself, or a clause that it introduces."""
    token = line.sentence.tokens[i]
    if token.dep in ("prep", "agent") and line.lemmas[i] in _ALWAYS:
        return not _lasting(line, i)
    if line.lemmas[i] == "compare" or (line.lemmas[i] == "from" and line.lemmas[token.head] in ("up", "down")):
        return True  # "seven clashes, compared with 18 in May"
    if token.dep == "prep" and line.lemmas[i] in _PARTING:
        head = line.lemmas[token.head]
        return head in ("arrest", "detain", "capture", "wanted", "jail", "convict", "sentence", "arrested")
    if token.dep in ("advcl", "ccomp", "parataxis", "pcomp"):
        marks = [k for k in line.sentence.children[i] if line.sentence.tokens[k].dep in ("mark", "advmod", "prep")]
        if any(line.lemmas[k] in _ALWAYS for k in marks):
            return True
    if token.dep in ("conj", "parataxis", "ccomp") and held[i] < held[token.head]:
        first, last = sorted((i, token.head))
        return any(line.sentence.tokens[k].text == ";" for k in range(first, last))
    return False


def _lasting(line: IndexedSentence, preposition: int) -> bool:
    """True of "after a three-hour battle": how long the same incident took."""
    tokens = line.sentence.tokens
    for noun in line.sentence.children[preposition]:
        if tokens[noun].dep != "pobj" or line.lemmas[preposition] not in ("after", "following"):
            continue
        article = any(line.lemmas[k] == "a" for k in line.sentence.children[noun])
        long = any(
            line.lemmas[k] in _SPANS or line.lemmas[k].rpartition("-")[2] in _SPANS
            for k in line.sentence.children[noun]
            if k < noun
        )
        return article and long
    return False


def _coordinate(line: IndexedSentence, i: int, held: dict[int, int], hits: list[Hit]) -> bool:
    """Coordinate clauses with dates or places of their own; coordinate event nouns that each say whom they hit."""
    tokens = line.sentence.tokens
    token = tokens[i]
    if token.dep not in ("conj", "ccomp", "parataxis", "advcl") or held[i] >= held[token.head]:
        return False
    if token.pos in ("VERB", "AUX"):
        inside = set(descendants(line.sentence, i))
        outside = set(descendants(line.sentence, token.head)) - inside
        if not any(h.token in outside for h in hits):
            return False
        return _differ(line, inside, outside) if token.dep != "advcl" or _own_subject(line, i) else False
    if token.pos == "ADP" and tokens[token.head].pos == "ADP":  # "for the assault and for a bombing in Jos"
        below = {h.token for h in hits if h.is_noun}
        return any(k in below for k in line.sentence.children[i]) and any(
            k in below for k in line.sentence.children[token.head]
        )
    at = {h.token: h for h in hits}
    here, there = at.get(i), at.get(token.head)
    if here is not None and there is None and here.is_noun and tokens[token.head].pos == "VERB":
        first = min(token.head, i)  # the parser hung "and the killing of Y" on the verb over "the murder of X"
        there = next((h for h in reversed(hits) if first < h.token < i and h.is_noun), None)
        return there is not None and _has_own(line, i) and _has_own(line, there.token)
    if here is None or there is None or here.trigger is None or there.trigger is None:
        return False
    return _has_own(line, i) and (_has_own(line, token.head) or here.trigger.event != there.trigger.event)


def _own_subject(line: IndexedSentence, i: int) -> bool:
    return any(line.sentence.tokens[k].dep in ("nsubj", "nsubjpass") for k in line.sentence.children[i])


def _has_own(line: IndexedSentence, i: int) -> bool:
    kids = line.sentence.children[i]
    return any(line.sentence.tokens[k].dep == "prep" and line.lemmas[k] in _EVENT_PREPOSITIONS for k in kids)


def _differ(line: IndexedSentence, inside: set[int], outside: set[int]) -> bool:
    """True if two clauses name different days, or both a place and not the same, or one says "another"."""
    dates = [(line.first_token(d), (d.earliest, d.latest)) for d in line.dates if d.end > line.dateline]
    here = {v for t, v in dates if t in inside}
    there = {v for t, v in dates if t in outside}
    if here and there and not here & there:
        return True
    if any(line.lemmas[i] in ("another", "separate", "separately", "elsewhere") for i in inside if not _many(line, i)):
        return True
    places = [(line.first_token(p), p) for p in line.places if p.end > line.dateline]
    near = {p.place.name for t, p in places if t in inside and p.place.precision != "country"}
    far = {p.place.name for t, p in places if t in outside and p.place.precision != "country"}
    return bool(near and far and not near & far and here and there)


def _many(line: IndexedSentence, word: int) -> bool:
    """True of "separate" in "two separate blasts": apart from each other, not from what was told."""
    head = line.sentence.tokens[word].head
    return line.lemmas[word] == "separate" and line.sentence.tokens[head].tag == "NNS"


def _about_somebody(line: IndexedSentence, i: int, held: dict[int, int], hits: list[Hit]) -> bool:
    """A relative clause or participle that tells what somebody did on another occasion."""
    tokens = line.sentence.tokens
    token = tokens[i]
    if token.dep == "advcl" and token.tag == "VBN" and line.lemmas[i] in _LINKING and held[i] < held[token.head]:
        return any(tokens[k].dep == "prep" for k in line.sentence.children[i])  # "arrested two men suspected of …"
    if token.dep not in ("relcl", "acl") or (held[i] >= held[tokens[i].head] and not _held_above(line, i, held)):
        return False
    head = token.head
    if any(h.token == head for h in hits):
        return False
    events_inside = any(h.trigger is not None and h.token in set(descendants(line.sentence, i)) for h in hits)
    if not events_inside:
        return False
    person = line.actor_at(head) is not None or line.lemmas[head] in (
        "man",
        "woman",
        "commander",
        "leader",
        "cell",
        "group",
    )
    perfect = any(line.lemmas[k] == "have" and tokens[k].dep == "aux" for k in line.sentence.children[i])
    linked = line.lemmas[i] in _LINKING
    if _struck(line, head, hits) and not (perfect and _dated_apart(line, i)):
        return False
    return linked or (person and (perfect or token.dep == "relcl"))


def _dated_apart(line: IndexedSentence, i: int) -> bool:
    """True if a clause has a date and the rest of the sentence has another."""
    inside = set(descendants(line.sentence, i))
    dated = {line.first_token(d) in inside for d in line.dates if d.end > line.dateline}
    return len(dated) > 1


def _struck(line: IndexedSentence, head: int, hits: list[Hit]) -> bool:
    """True if the somebody is killed in the main clause: "a man who stabbed two people was shot dead"."""
    return any(
        h.effect == "killed" and head in (*subjects(line.sentence, h.token)[:1], *objects(line.sentence, h.token))
        for h in hits
    )


def _held_above(line: IndexedSentence, i: int, held: dict[int, int]) -> bool:
    """True if something outside the clause reports too."""
    tokens = line.sentence.tokens
    inside = held[i]
    while tokens[i].head != i:
        i = tokens[i].head
    return held[i] > inside


def time_before(line: IndexedSentence, word: int) -> int:
    """The first token of "…, hours after …", or 0: the clause behind it tells of another time."""
    if word == 0 or line.lemmas[word - 1] not in _SPANS:
        return 0
    start = word - 1
    while start > 0 and line.sentence.tokens[start - 1].pos in ("NUM", "DET", "ADJ", "ADV"):
        start -= 1
    return start
