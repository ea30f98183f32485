"""Where it happened: facilities in the text's words and gazetteer places of the clause. Invariant: the most specific
place stands first, and a place taken from a heading or an earlier sentence is marked as inherited.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from khabar.codebook.model import Codebook
from khabar.extraction.drafts import Sited
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.parts import Part
from khabar.extraction.units import Unit
from khabar.reading.actor_names import dictionary_adjectives
from khabar.reading.actor_words import PERSON_NOUNS
from khabar.reading.clauses import ancestors, descendants, phrase_span
from khabar.reading.model import PlaceMention
from khabar.records import PLACE_PRECISIONS, Place

__all__ = ["in_town", "inherited_places", "names_the_town", "own_places", "same_area"]

_ORIGIN = frozenset({"from", "to", "of"})
_COMING = frozenset(
    {"hail", "come", "arrive", "return", "travel", "flee", "send", "leave", "visit", "belong", "trip", "delegation"}
)
_LOCATIVE = frozenset({"at", "in", "inside", "outside", "near", "on", "into", "around", "by", "of", "within"})
_OTHER_TIMES = frozenset({"after", "before", "since", "until"})
_TOWNS = frozenset({"town", "city", "village", "district", "province", "neighbourhood", "neighborhood"})
_DIRECTIONS = frozenset({"north", "south", "east", "west", "centre", "center"})
_CARRIED = re.compile(
    r"(?:\b(?:taken|rushed|shifted|transferred|moved|flown|airlifted|evacuated|referred)\b[^,;:]{0,60}\bto"
    r"|\b(?:treated|hospitali[sz]ed|admitted|trained|born|buried)\b[^,;:]{0,60}\b(?:to|in|at))\s[^,;:]{0,40}\Z"
)
# "Ali Amman, 18, of Harrow": an age tells a person, whose name and home are no place of what happened.
_AGED = re.compile(r",\s(?:[a-z]{1,20}\s){0,4}\d{1,2}(?:,|\)|\syears\sold)")
_AT_HOME = re.compile(r",\s(?:[a-z]{1,20}\s){0,4}\d{1,2}(?:\syears\sold)?,?\s(?:of|from)\s\Z")
_NAMED = re.compile(r"[A-Z][\w'’-]{1,30}\s\Z")
_ASIDE = 120  # characters before a place in which a person's name and age stand
_FACILITY = "facility"


def own_places(unit: Unit, parts: list[Part], book: Codebook, text: str) -> list[Sited]:
    """Places of a unit: facilities hit or named after a preposition of place, then gazetteer places by precision."""
    line = unit.line
    tokens = line.sentence.tokens
    # the noun of "US drone strike": the country before it acts, and is not where it happened
    actors = {tokens[p.head].head for p in parts if p.role == "perpetrator" and line.place_at(p.head) is not None}
    sites = (m for m in line.places if _is_site(unit, m, actors) and not _carried_to(text, line, m))
    sites = (m for m in sites if not _of_person(text, line, m))
    named = [Sited(m.place, (m.start, m.end)) for m in sites]
    named = sorted(_distinct(named), key=lambda s: PLACE_PRECISIONS.index(s.place.precision))
    return _facilities(unit, parts, book, text, named) + named


def _distinct(places: list[Sited]) -> list[Sited]:
    seen: set[tuple[str, int | None]] = set()
    kept = []
    for sited in places:
        key = (sited.place.name, sited.place.id)
        if key not in seen:
            seen.add(key)
            kept.append(sited)
    return kept


def _is_site(unit: Unit, mention: PlaceMention, actors: set[int]) -> bool:
    """False for a place outside the unit, inside an actor's name, or one that somebody comes from."""
    line = unit.line
    i = line.first_token(mention)
    tokens = line.sentence.tokens
    last = [t.i for t in tokens if t.start < mention.end and t.end > mention.start]
    if (
        mention.end <= line.dateline
        or i is None
        or not last
        or i not in unit.tokens
        or line.actor_at(last[-1]) is not None
    ):
        return False
    token = tokens[last[-1]]
    head = tokens[token.head]
    if _elsewhere(unit, token.i):
        return False
    if token.dep == "pobj" and line.lemmas[head.i] == "from":
        above = line.lemmas[head.head]
        return head.i != token.head and above not in _COMING
    if token.ent == "PERSON" and token.dep in ("appos", "nsubj", "nsubjpass"):
        return False
    if token.dep in ("compound", "amod", "nmod", "poss"):
        if mention.place.precision == "country" and head.i in actors:
            return False
        actor = line.actor_at(head.i)
        if actor is not None or line.lemmas[head.i] in ("government", "army", "police", "military", "troop", "force"):
            return token.dep == "compound" and line.lemmas[head.i] == "police"
    return True


def _elsewhere(unit: Unit, place: int) -> bool:
    """True for a place of another clause: where somebody hails from or operates ("a commander who operated in X"), or
    what happened before or after ("after he had returned from X").
    """
    line = unit.line
    tokens = line.sentence.tokens
    reports = {h.token for h in unit.hits}
    verbs = {h.token for h in unit.hits if not h.is_noun}
    for above in ancestors(line.sentence, place):
        if above in reports:
            return False
        token = tokens[above]
        if token.pos not in ("VERB", "AUX"):
            continue
        if token.dep in ("relcl", "acl"):
            held = verbs.isdisjoint(descendants(line.sentence, above)) and token.head not in reports
            return held and (line.actor_at(token.head) is not None or _person(line, token.head))
        if token.dep == "advcl" and reports.isdisjoint(descendants(line.sentence, above)):
            marks = {line.lemmas[k] for k in line.sentence.children[above] if tokens[k].dep in ("mark", "advmod")}
            return bool(marks & _OTHER_TIMES)
    return False


def _person(line: IndexedSentence, head: int) -> bool:
    token = line.sentence.tokens[head]
    return token.ent == "PERSON" or line.lemmas[head] in PERSON_NOUNS


def _facilities(unit: Unit, parts: list[Part], book: Codebook, text: str, named: list[Sited]) -> list[Sited]:
    line = unit.line
    hit = {p.head for p in parts if p.role in ("target", "place")}
    town = next((s.place for s in named if s.place.precision != "country"), named[0].place if named else None)
    found: list[Sited] = []
    for head in sorted(unit.tokens):
        token = line.sentence.tokens[head]
        if token.pos not in ("NOUN", "PROPN") or token.dep == "compound" or line.place_at(head) is not None:
            continue
        if book.sites.ending_at(line.lemmas, head) is None or line.actor_at(head) is not None:
            continue
        if head not in hit and not _located(line, head):
            continue
        if line.lemmas[head] == "hospital" and head > 0 and line.lemmas[head - 1] in ("in", "to"):
            continue  # "died in hospital" says how somebody fared; what happened in one happened in "a hospital"
        start, end = phrase_span(line.sentence, head)
        end = _whole_name(line, end)
        if any(s.span[0] <= start < s.span[1] for s in found):
            continue
        land = _land(text[start:end]) if town is None else town
        found.append(Sited(_facility(text[start:end], land), (start, end)))
    return found


def _whole_name(line: IndexedSentence, end: int) -> int:
    """The end of a name that the parser cut in two: "the Shrine of Baba | Shah Nurani"."""
    tokens = line.sentence.tokens
    last = next((t.i for t in tokens if t.end == end), len(tokens))
    while last + 1 < len(tokens) and tokens[last].pos == tokens[last + 1].pos == "PROPN":
        if line.place_at(last + 1) is not None or tokens[last + 1].start > tokens[last].end + 1:
            break
        last += 1
    return tokens[last].end if last < len(tokens) else end


def _land(words: str) -> Place | None:
    """The country of "an Afghan prison", from the adjective alone."""
    if words.lower().split()[-1] in ("embassy", "consulate", "mission"):
        return None  # stands abroad
    known = _adjectives()
    code = next((known[w] for w in words.lower().split() if w in known), None)
    return None if code is None else Place(words, words, kind=_FACILITY, country=code, precision="country")


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    """Country code by adjective: "afghan" to "AF"."""
    return {word.lower(): state.removeprefix("state:") for state, word in dictionary_adjectives().items()}


def _located(line: IndexedSentence, head: int) -> bool:
    token = line.sentence.tokens[head]
    return token.dep in ("pobj", "dobj", "appos") and (
        token.dep != "pobj" or line.lemmas[token.head] in _LOCATIVE - {"of", "by"}
    )


def _facility(words: str, town: Place | None) -> Place:
    name = " ".join(words.split())
    if town is None:
        return Place(words, name, kind=_FACILITY, precision="near")
    return in_town(Place(words, name, kind=_FACILITY, precision="near"), town)


def in_town(facility: Place, town: Place) -> Place:
    """A facility with the country, units and coordinates of its town, near which it is."""
    return replace(town, text=facility.text, name=facility.name, id=None, kind=facility.kind, precision="near")


def inherited_places(unit: Unit, have: list[Sited], index: Indexed, reported: set[int]) -> list[Sited]:
    """Places understood from before: the paragraph's last place if the unit has none, then the section heading's,
    unless it contradicts what the unit says; the dateline only if nothing else tells.
    """
    found: list[Sited] = []
    if not any(s.place.precision != "country" and s.place.country for s in have):
        earlier = _earlier(unit, index, reported)
        if earlier is not None and all(_agree(earlier.place, s.place) for s in have):
            found.append(Sited(earlier.place, (earlier.start, earlier.end), inherited=True))
    heading = index.heading_of(unit.line.index)
    for mention in heading.places[:1] if heading is not None else ():
        everything = [*have, *found]
        known = any(
            mention.place.name in (s.place.name, s.place.admin1) and s.place.name == mention.place.name
            for s in everything
        )
        if not known and all(_agree(mention.place, s.place) for s in everything):
            found.append(Sited(mention.place, (mention.start, mention.end), inherited=True))
    return found


def _earlier(unit: Unit, index: Indexed, reported: set[int]) -> PlaceMention | None:
    line = unit.line
    before = [m for m in line.places if m.end <= line.sentence.tokens[min(unit.tokens)].end]
    candidates = [m for m in before if not _in_actor(line, m) and not _carried_to(index.reading.text, line, m)]
    if _in_some_part(unit):  # "in the west" is no part of the town where the report was written
        candidates = [m for m in candidates if m.end > line.dateline]
    if candidates:
        return candidates[-1]
    for k in range(line.index - 1, -1, -1):
        other = index.sentence(k)
        if other.sentence.paragraph != line.sentence.paragraph:
            return None
        if k in reported:
            continue
        found = [m for m in other.places if not _in_actor(other, m) and m.place.precision != "country"]
        found = [m for m in found if not _carried_to(index.reading.text, other, m)]
        told = [m for m in found if m.end > other.dateline]
        if found:
            return told[0] if told else found[0]
    return None


def _of_person(text: str, line: IndexedSentence, mention: PlaceMention) -> bool:
    """True where a person's age follows, and a name goes before, or where it says what town a person is of."""
    before = text[max(line.sentence.start, mention.start - _ASIDE) : mention.start]
    named = _AGED.match(text, mention.end) and _NAMED.search(before)
    return bool(named or _AT_HOME.search(before))


def _in_some_part(unit: Unit) -> bool:
    """True for "a camp in the west": somewhere in the country that the report is about."""
    line = unit.line
    tokens = line.sentence.tokens
    return any(
        line.lemmas[i] in _DIRECTIONS
        and tokens[i].dep == "pobj"
        and line.lemmas[tokens[i].head] == "in"
        and [line.lemmas[k] for k in line.sentence.children[i]] == ["the"]
        for i in unit.tokens
    )


def names_the_town(unit: Unit) -> bool:
    """True for "in the same town", "another mosque in the city": the place of what was told before."""
    line = unit.line
    tokens = line.sentence.tokens
    for i in unit.tokens:
        if line.lemmas[i] not in _TOWNS or tokens[i].dep != "pobj" or line.lemmas[tokens[i].head] not in ("in", "of"):
            continue
        kids = line.sentence.children[i]
        definite = any(line.lemmas[k] in ("the", "same", "this", "that") for k in kids)
        if definite and all(tokens[k].dep in ("det", "amod") for k in kids) and line.place_at(i) is None:
            return any(line.lemmas[k] not in _DIRECTIONS for k in kids)
    return False


def _carried_to(text: str, line: IndexedSentence, mention: PlaceMention) -> bool:
    """True for the town of "the wounded were shifted to Multan", "are being treated in Multan"."""
    return _CARRIED.search(text[line.sentence.start : mention.start]) is not None


def _in_actor(line: IndexedSentence, mention: PlaceMention) -> bool:
    return any(a.start < mention.end and mention.start < a.end for a in line.actors)


def _agree(first: Place, second: Place) -> bool:
    """False if two places cannot both hold one incident."""
    if first.country and second.country and first.country != second.country:
        return False
    one, two = _province(first), _province(second)
    return not one or not two or one == two


def _province(place: Place) -> str | None:
    return place.admin1 or (place.name if place.precision == "adm1" else None)


def same_area(first: list[Sited], second: list[Sited]) -> bool | None:
    """True if two lists share a place, False if they cannot be one incident's, None if that is open."""
    one = [s.place for s in first if s.place.kind != _FACILITY]
    two = [s.place for s in second if s.place.kind != _FACILITY]
    if not one or not two:
        return None
    if not any(_agree(a, b) for a in one for b in two):
        return False
    fine_one = {p.name for p in one if p.precision in ("exact", "near", "adm2")}
    fine_two = {p.name for p in two if p.precision in ("exact", "near", "adm2")}
    if fine_one & fine_two:
        return True
    if fine_one and fine_two:
        return False
    return True if {p.name for p in one} & {p.name for p in two} else None
