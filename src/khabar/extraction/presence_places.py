"""Where a presence is: the places that the words around a cue put it in. Invariant: a place stands below the cue,
beside it or in its clause, with nothing between but parts of places ("the outskirts of X") and quantities of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.codebook.ties import PresenceCue
from khabar.extraction.clausal import clause_verb
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.parties import armed
from khabar.reading.clauses import ancestors, is_passive
from khabar.reading.model import ActorMention, PlaceMention
from khabar.records import Place

__all__ = ["PARTITIVE", "left_or_reached", "place_head", "places_of", "there", "unlisted_places"]

_PREPOSITIONS = frozenset(
    "in out into across within throughout inside outside between of from to around near at on over along for".split()  # noqa: SIM905
)
_TOWARDS = frozenset(
    {"in", "into", "across", "around", "near", "from", "of", "within", "throughout", "inside", "to", "along", "between"}
)
_WAYS = {"from": "from", "out": "from", "to": "to", "into": "to", "toward": "to", "towards": "to", "onto": "to"}
_BEFORE_NAME = ("near ", "around ", "outside ", "north of", "south of", "east of", "west of")
_MODIFYING = ("compound", "npadvmod", "amod", "nmod")  # "the X-based group", "the group's X chapter"
PARTITIVE = frozenset(
    {"number", "total", "handful", "couple", "dozen", "hundred", "thousand", "score", "majority", "host", "range",
     "plethora", "variety", "series", "string", "few", "several", "most", "some", "many", "half", "part", "bulk",
     "rest"}
)  # fmt: skip
_SAID_TO_BE = ("dobj", "nsubj", "nsubjpass")
_SEEN = frozenset({"sign", "trace", "evidence", "proof"})
_INTRODUCING = ("among them", "including", "such as")
_OPEN = ("ADP", "SCONJ", "ADV", "ADJ", "NUM", "DET")  # words that carry on to the name: "most of", "half of"
# Verbs that tell where a part of a group was met: "two cells were uncovered in X".
_MEETING = frozenset(
    {"uncover", "find", "discover", "detect", "identify", "dismantle", "destroy", "bust", "locate", "establish", "open",
     "set", "base", "station", "confirm", "report", "see", "spot", "raid", "build"}
)  # fmt: skip


def places_of(
    line: IndexedSentence,
    i: int,
    cue: PresenceCue,
    actors: Sequence[ActorMention],
    areas: frozenset[str],
    unlisted: Sequence[PlaceMention] = (),
) -> list[PlaceMention]:
    """The places that the cue at a token puts somebody in, in text order; `areas` are words for parts of places,
    `unlisted` the sentence's places that the gazetteer does not have.
    """
    taken = [(a.start, a.end) for a in actors if not _stands_in(line, a, i)]
    free = [p for p in (*line.places, *unlisted) if not any(s <= p.start < e for s, e in taken)]
    chosen = [p for p in free if any(_placed(line, p, top, areas) for top in _counted(line, i))]
    chosen = chosen or [p for p in free if _equated(line, p, i, areas)]
    if not any(p in line.places for p in chosen) and free and cue.pos != "verbs":
        verb = _clause_of_place(line, i, cue)
        said = [p for p in free if p not in chosen and not _subject_after(line, p, i)]
        chosen += [p for p in said if verb is not None and _placed(line, p, verb, areas)]
    chosen += [p for p in free if p not in chosen and any(_named_among(line, p, t, areas) for t in _tops(line, i))]
    found = [p for p in free if p in chosen or _coordinated(line, p, chosen)]
    return sorted(found, key=lambda p: p.start)


def _subject_after(line: IndexedSentence, place: PlaceMention, i: int) -> bool:
    """True of a place that does something, told after the cue: "with an X network nearby, the country offers …"."""
    at = place_head(line, place)
    return at is not None and i < at and line.sentence.tokens[at].dep in ("nsubj", "nsubjpass")


def left_or_reached(line: IndexedSentence, place: PlaceMention) -> str:
    """The way of a movement that the place's preposition tells: "from" it, "to" it, or neither."""
    at = place_head(line, place)
    for above in ancestors(line.sentence, at) if at is not None else ():
        word = line.sentence.tokens[above]
        if word.pos in ("VERB", "AUX"):
            return ""
        if word.lemma.lower() in _WAYS:
            return _WAYS[word.lemma.lower()]
    return ""


def _stands_in(line: IndexedSentence, actor: ActorMention, i: int) -> bool:
    """True of a described group ("TTP factions in X") around the cue: its own words may name the place."""
    return actor.how == "described" and i in line.tokens_of(actor)


def _clause_of_place(line: IndexedSentence, i: int, cue: PresenceCue) -> int | None:
    """The verb that may say where, if the cue does not: "has a base … in X", "was uncovered in X"."""
    if line.actor_at(i) is not None:
        return _met_by(line, i)
    verb = clause_verb(line, i)
    if cue.pos == "nouns" and is_passive(line.sentence, verb) and line.lemmas[verb] not in _MEETING:
        return None  # "the presence of X was discussed in Y"
    return verb


def _tops(line: IndexedSentence, i: int) -> tuple[int, int]:
    return i, clause_verb(line, i)


def _counted(line: IndexedSentence, i: int) -> list[int]:
    """The cue and the words that count it: a place may hang on "number" in "a number of cells in X"."""
    tokens = line.sentence.tokens
    found = [i]
    while tokens[found[-1]].dep == "pobj" and line.lemmas[tokens[found[-1]].head] == "of":
        above = tokens[tokens[found[-1]].head].head
        if line.lemmas[above] not in PARTITIVE or above in found:
            break
        found.append(above)
    return found


def _met_by(line: IndexedSentence, i: int) -> int | None:
    """The verb that a group's part suffers: "cells that were uncovered", "police busted a cell", "there are cells"."""
    tokens = line.sentence.tokens
    for k in line.sentence.children[i]:
        if tokens[k].dep in ("relcl", "acl"):
            return k
    if tokens[i].dep == "pobj" and line.lemmas[tokens[tokens[i].head].head] in _SEEN:
        return tokens[tokens[i].head].head  # "found no trace of X cells in Y"
    return tokens[i].head if tokens[i].dep in ("nsubjpass", "dobj", "attr") else None


def _placed(line: IndexedSentence, place: PlaceMention, top: int, areas: frozenset[str]) -> bool:
    """True if the place stands below `top` after a preposition of place, as what is held, or as the subject said to
    be a hub.
    """
    at = place_head(line, place)
    return at is not None and _stands(line, at, (top, place.text.lower().startswith(_BEFORE_NAME)), areas)


def _stands(line: IndexedSentence, at: int, under: tuple[int, bool], areas: frozenset[str]) -> bool:
    """Whether the head of a place, or of a part of one, stands so; `under` is the top, and whether the place's own
    words hold a preposition.
    """
    tokens = line.sentence.tokens
    top, placed = under
    below = at
    if placed and at == top + 1:
        return True  # "camps near X", whatever the parser hangs the name on
    for above in ancestors(line.sentence, at):
        dep = tokens[below].dep
        within = dep == "poss" and line.lemmas[above] in areas and tokens[above].dep == "pobj"  # "most of X's centre"
        if (dep in ("poss", "relcl") and not within) or (
            dep == "appos" and not placed and line.place_at(above) is None
        ):
            return False
        placed = placed or dep in _SAID_TO_BE
        if dep == "prep":
            word = tokens[below].lemma.lower()
            if word not in _PREPOSITIONS or (word == "from" and line.actor_at(above) is not None):
                return False  # "a delegation of X from Y": where it came from
            placed = True
        if above == top:
            return placed or dep in _MODIFYING
        if _own_affair(line, above, below, top):
            return True
        left = tokens[above].tag == "VBN" and tokens[above].text.lower() == "left"  # "has no fighters left in X"
        if tokens[above].pos not in _OPEN and dep not in ("prt", "conj") and not (left or _part(line, above, areas)):
            return False
        below = above
    return False


def _own_affair(line: IndexedSentence, noun: int, below: int, verb: int) -> bool:
    """True of "runs its affairs from Y": where the parser hangs the place on what is done, which is the doer's own."""
    tokens = line.sentence.tokens
    if tokens[noun].dep != "dobj" or tokens[noun].head != verb or line.lemmas[below] != "from":
        return False
    return any(tokens[k].tag == "PRP$" for k in line.sentence.children[noun])


def _named_among(line: IndexedSentence, place: PlaceMention, top: int, areas: frozenset[str]) -> bool:
    """True of the names behind "in three provinces, among them …", "in towns such as …"."""
    tokens = line.sentence.tokens
    k = line.tokens_of(place)[0] - 1
    while k > 0 and (line.place_at(k) is not None or tokens[k].text in (",", "and", "the")):
        k -= 1
    words = " ".join(t.text.lower() for t in tokens[max(0, k - 1) : k + 1])
    if not words.endswith(_INTRODUCING):
        return False
    k -= 1 if words.endswith("including") else 2
    if k > 0 and tokens[k].text == ",":
        k -= 1
    return k > 0 and line.lemmas[k] in areas and _stands(line, k, (top, False), areas)


def there(line: IndexedSentence, i: int, before: IndexedSentence | None) -> list[PlaceMention]:
    """The place that "there" beside the cue points to: the last one named before it, at most a sentence back."""
    tokens = line.sentence.tokens
    below = (*line.sentence.children[i], *line.sentence.children[clause_verb(line, i)])
    word = next((tokens[k] for k in below if tokens[k].text.lower() == "there" and tokens[k].tag == "RB"), None)
    if word is None:
        return []
    named = [p for p in line.places if p.end <= word.start]
    if not named and before is not None and before.sentence.paragraph == line.sentence.paragraph:
        named = list(before.places)
    return [PlaceMention(word.start, word.end, word.text, replace(p.place, text=word.text)) for p in named[-1:]]


def place_head(line: IndexedSentence, place: PlaceMention) -> int | None:
    """The token of a place's name that all its other tokens hang on."""
    inside = set(line.tokens_of(place))
    return next((t for t in inside if line.sentence.tokens[t].head not in inside), None)


def _part(line: IndexedSentence, token: int, areas: frozenset[str]) -> bool:
    """A part of a place, or a group in "no presence of X in Y", whatever Y hangs on."""
    if line.place_at(token) is not None or line.lemmas[token] in areas:
        return True
    mention = line.actor_at(token)
    return mention is not None and armed(mention)


def _equated(line: IndexedSentence, place: PlaceMention, i: int, areas: frozenset[str]) -> bool:
    """The cue says what the place is: "X, a bastion of the group", "the Houthi-held port of X", "its zone is X"."""
    tokens = line.sentence.tokens
    token = tokens[i]
    if token.dep in ("appos", "amod"):
        return token.head in line.tokens_of(place) or (token.dep == "amod" and _placed(line, place, token.head, areas))
    if token.dep == "nsubj" and line.lemmas[token.head] == "be":
        said = [k for k in line.sentence.children[token.head] if tokens[k].dep == "attr"]
        return any(k in line.tokens_of(place) or _placed(line, place, k, areas) for k in said)
    return False


def _coordinated(line: IndexedSentence, place: PlaceMention, chosen: Sequence[PlaceMention]) -> bool:
    """As in "in X and in the suburbs of Y", where the parser hangs the second preposition on the verb."""
    tokens = line.sentence.tokens
    at = place_head(line, place)
    if at is None or not chosen:
        return False
    for above in ancestors(line.sentence, at):
        token = tokens[above]
        if token.pos not in ("ADP", "NOUN") or token.dep in ("nsubj", "dobj"):
            return False
        if token.dep == "conj" and token.pos == "ADP":
            twins = [t for t in tokens[:above] if t.pos == "ADP" and t.lemma.lower() == token.lemma.lower()]
            first = twins[-1].i if twins else above
            return any(first in ancestors(line.sentence, h) for p in chosen if (h := place_head(line, p)) is not None)
    return False


# ------------------------------------------------------------------ places that no list has


def unlisted_places(line: IndexedSentence, areas: frozenset[str]) -> list[PlaceMention]:
    """Names after a preposition of place that are neither actor, place nor date: small places, forests, mountains.

    They are kept in the text's words, without coordinates: "in Farabougou", "into the Mandara mountains".
    """
    found = []
    for token in line.sentence.tokens:
        if token.dep in ("pobj", "conj") and _located(line, token.i) and _unclaimed(line, token.start, token.end):
            span = _name(line, token.i, areas)
            if span is not None:
                words = " ".join(t.text for t in line.sentence.tokens[span[0] : span[1] + 1])
                start, end = line.sentence.tokens[span[0]].start, line.sentence.tokens[span[1]].end
                found.append(PlaceMention(start, end, words, Place(words, words, precision="region")))
    return found


def _located(line: IndexedSentence, i: int) -> bool:
    tokens = line.sentence.tokens
    first = i
    while tokens[first].dep == "conj":
        first = tokens[first].head
    word = tokens[tokens[first].head]
    owned = word.lemma.lower() == "of" and line.actor_at(word.head) is not None  # "the X of Y": a group and its leader
    return tokens[first].dep == "pobj" and word.lemma.lower() in _TOWARDS and not owned


def _unclaimed(line: IndexedSentence, start: int, end: int) -> bool:
    mentions = (*line.actors, *line.places, *line.dates, *line.counts)
    return not any(m.start < end and start < m.end for m in mentions)


def _name(line: IndexedSentence, head: int, areas: frozenset[str]) -> tuple[int, int] | None:
    """First and last token of the name: capitalised words, with a word for a part of the land behind them."""
    tokens = line.sentence.tokens
    first = head
    while first > 0 and tokens[first - 1].dep in ("compound", "nmod") and _capitalised(tokens[first - 1].text):
        first -= 1
    if not all(_unclaimed(line, t.start, t.end) for t in tokens[first:head]):
        return None
    if line.lemmas[head] in areas and first < head:
        return first, head
    article = any(tokens[k].dep == "det" for k in line.sentence.children[head])
    proper = tokens[head].pos == "PROPN" and _capitalised(tokens[head].text) and not article
    return (first, head) if proper else None


def _capitalised(word: str) -> bool:
    return word[:1].isupper() and not (word.isupper() and len(word) > 1) and word.replace("-", "").isalpha()
