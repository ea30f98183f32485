"""Actors named on the surface of a text. Invariant: mentions are sorted, do not overlap, and point at their words.

`ActorDictionary.find` goes by the dictionary alone; what each name stands for is decided from the whole document,
because acronyms are shared (ELN in Colombia and Bolivia) and names are repeated (Jundullah in Pakistan and in Iran).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from khabar.reading.actor_names import ADJECTIVE, Lexicon, Name, Occurrence, dictionary_actors, dictionary_lexicon
from khabar.reading.actor_spans import Spans
from khabar.reading.anaphora import definite_mentions, pronoun_mentions
from khabar.reading.definitions import find_definitions
from khabar.reading.factions import definite_parts, described_parts
from khabar.reading.groups import find_groups
from khabar.reading.model import ActorMention, Definition, Sentence
from khabar.reading.people import full_names, short_names, with_full_names
from khabar.reading.roles import role_mentions
from khabar.reading.states import acting_states, force_actors, state_phrases
from khabar.records import Actor
from khabar.text import fold

__all__ = ["ActorDictionary", "ActorsRead", "actors_by_id", "complete_actors", "read_actors"]

# After these words a capital "IS" is an emphasised verb, not a name; after the latter only in a text that has the name
# nowhere else ("denied that IS was there").
_BEFORE_VERB = re.compile(r"\b(?:it|this|he|she|there|what|who)\s\Z", re.IGNORECASE)
_BEFORE_EITHER = re.compile(r"\b(?:that|which|where|how|why|when)\s\Z", re.IGNORECASE)
_SURELY_NAME = re.compile(r"\b(?:of|to|by|from|with|for|the|an|against) IS\b|\(IS\)")
_NAME_GOES_ON = re.compile(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z]+")


class ActorDictionary:
    """The names of actors of public record, and what a text's words stand for among them."""

    def __init__(self, lexicon: Lexicon, actors: Mapping[str, Actor]) -> None:
        self.lexicon = lexicon
        self.actors = actors

    @staticmethod
    def load(only_states: bool = False) -> ActorDictionary:
        """The dictionary that comes with Khabar; read once a process. ReadingError if its file is broken.

        With `only_states` groups and persons are left out: what a text says of them must then come from the text.
        """
        return _loaded(only_states)

    def find(self, text: str) -> list[ActorMention]:
        """Organizations, agencies and persons of the dictionary in `text`, longest names first, in text order.

        A name that several actors bear and the document does not settle has `id` None. States are left out: a country's
        name is an actor only where it acts, see `khabar.reading.states`.
        """
        return [m for m in self.settle(text, self.lexicon.scan(text)) if m.kind != "state"]

    def settle(self, text: str, occurrences: Iterable[Occurrence]) -> list[ActorMention]:
        """Every occurrence as a mention of the actor which the document speaks for.

        States are included, and adjectives of states with `how` "adjective".
        """
        found = list(occurrences)
        context = self._context(found)
        mentions = (self._settled(text, occurrence, context) for occurrence in found)
        return [m for m in mentions if m is not None]

    def _context(self, found: Sequence[Occurrence]) -> Counter[str]:
        """How often each country (by code, or by an actor of it) and each actor (by id) is named without doubt."""
        counts: Counter[str] = Counter()
        for _, _, names in found:
            actors = {n.actor for n in names if not n.context}
            if len(actors) == 1 and len({n.actor for n in names}) == 1:
                [actor] = actors
                counts[actor] += 1
                country = actor[6:] if actor.startswith("state:") else self.actors[actor].country
                if country:
                    counts[country] += 1
        return counts

    def _settled(self, text: str, occurrence: Occurrence, context: Counter[str]) -> ActorMention | None:
        start, end, names = occurrence
        surface = text[start:end]
        chosen = self._choice(names, context)
        if not chosen:
            return None
        if surface == "IS" and _BEFORE_VERB.search(text, max(0, start - 8), start):
            return None
        if surface == "IS" and _BEFORE_EITHER.search(text, max(0, start - 8), start) and not _SURELY_NAME.search(text):
            return None
        actors = {n.actor for n in chosen}
        if len(actors) > 1:
            kind = self.actors[chosen[0].actor].kind
            return ActorMention(
                start, end, surface, surface, None, kind, "acronym" if chosen[0].match == "exact" else "dictionary"
            )
        actor = self.actors[chosen[0].actor]
        if actor.kind == "person" and _NAME_GOES_ON.match(text, end):
            return None  # "Hafiz Saeed" in "Hafiz Saeed Ahmed" is another man's name
        how = ADJECTIVE if chosen[0].kind == ADJECTIVE else "acronym" if chosen[0].kind == "acronym" else "dictionary"
        return ActorMention(start, end, surface, actor.names[0].text, actor.id, actor.kind, how)

    def _choice(self, names: Sequence[Name], context: Counter[str]) -> list[Name]:
        """The names of the actor the document speaks for; of several actors if it does not settle which."""
        scored = []
        for name in names:
            country = self.actors[name.actor].country
            weight = sum(context[c] for c in name.context or ([country] if country else ()))
            if not name.context or weight or context[name.actor]:
                scored.append(((context[name.actor] > 0, weight, not name.context), name))
        best = max((score for score, _ in scored), default=None)
        return [name for score, name in scored if score == best]


@lru_cache(maxsize=2)
def _loaded(only_states: bool) -> ActorDictionary:
    return ActorDictionary(dictionary_lexicon(only_states), actors_by_id())


@lru_cache(maxsize=1)
def actors_by_id() -> Mapping[str, Actor]:
    """Every actor of the dictionary under its id, the forces of every state among them."""
    return {**force_actors(), **dictionary_actors()}


# ------------------------------------------------------------------ reading a document


@dataclass(frozen=True, slots=True)
class ActorsRead:
    """Actors found on the surface: `mentions` (sorted, disjoint) and the `definitions` of the text itself.

    `countries` are names and adjectives of states which only syntax can make actors.
    """

    mentions: tuple[ActorMention, ...]
    definitions: tuple[Definition, ...]
    countries: tuple[ActorMention, ...] = ()


def read_actors(text: str, sentences: Sequence[Sentence] = (), dictionary: ActorDictionary | None = None) -> ActorsRead:
    """Actors of `text` by the dictionary and by the names it introduces itself; needs no syntax.

    With `sentences`, names which would run over the end of a sentence are left out.
    """
    dictionary = dictionary or ActorDictionary.load()
    settled = dictionary.settle(text, dictionary.lexicon.scan(text))
    ends = [s.end for s in sentences]
    settled = [m for m in settled if not ends or bisect_right(ends, m.start) == bisect_left(ends, m.end)]
    phrases, bare = state_phrases(text, settled)
    named = [m for m in settled if m.kind != "state" or not (m.id or "").startswith("state:")]
    named = _merged(named, phrases)
    named = _merged(named, _introduced(text, find_groups(text, sentences, Spans(named))))
    introduced = find_definitions(text, named)
    if introduced.names:
        named = _merged(named, _introduced(text, introduced.names))
    mentions = described_parts(text, named, dictionary.actors)
    taken = Spans(mentions)
    countries = tuple(m for m in bare if taken.free(m.start, m.end))
    return ActorsRead(tuple(mentions), introduced.definitions, countries)


def _introduced(text: str, names: Sequence[ActorMention]) -> list[ActorMention]:
    """Every occurrence in `text` of the names it introduces."""
    meant: dict[str, ActorMention] = {}
    lexicon = Lexicon()
    for mention in names:
        key = f"{mention.kind}:{mention.id or fold(mention.name)}"
        meant[key] = mention
        short = " " not in mention.text and sum(c.isupper() for c in mention.text) > 1
        lexicon.add(Name(key, mention.text, "alias", "exact" if short else "title", ()))
    return [
        replace(meant[found[0].actor], start=start, end=end, text=text[start:end], how="defined")
        for start, end, found in lexicon.scan(text)
    ]


def _merged(mentions: Sequence[ActorMention], stronger: Sequence[ActorMention]) -> list[ActorMention]:
    """Both in text order; where they overlap the stronger stay, unless they lie inside a longer mention."""
    taken = Spans(mentions)
    kept = []
    for mention in stronger:
        around = taken.at(mention.start) or taken.at(mention.end - 1)
        longer = around is not None and around.end - around.start > mention.end - mention.start
        if not longer:
            kept.append(mention)
    strong = Spans(kept)
    return sorted([*(m for m in mentions if strong.free(m.start, m.end)), *kept], key=lambda m: m.start)


def complete_actors(
    text: str, sentences: Sequence[Sentence], found: ActorsRead, places: Iterable[tuple[int, int]] = ()
) -> list[ActorMention]:
    """All actor mentions of a parsed document, sorted and disjoint: those found on the surface, and these.

    1. States where they act. 2. Persons nobody listed. 3. Short forms of names given in full. 4. People and bodies said
    by their role. 5. "The group" and the like. 6. Pronouns. `places` are spans of place names, which are no persons.
    """
    taken = Spans(found.mentions)
    known = {*places, *((c.start, c.end) for c in found.countries)}
    where = Spans([ActorMention(start, end, text[start:end], "", None, "", "") for start, end in sorted(known)])
    _take(taken, acting_states(sentences, found.countries))
    parsed = [(i, s) for i, s in enumerate(sentences) if s.tokens]
    for _, sentence in parsed:
        _take(taken, full_names(text, sentence, taken, where))
    taken = Spans(with_full_names(taken.mentions))
    _take(taken, list(short_names(text, taken, found.definitions, where)))
    for _, sentence in parsed:
        _take(taken, role_mentions(text, sentence, taken))
    _take(taken, definite_mentions(text, sentences, taken))
    taken = _with_parts(taken, definite_parts(text, taken.mentions, actors_by_id()))
    genders: dict[str, str] = {}
    for position, _ in parsed:
        _take(taken, pronoun_mentions(sentences, position, taken, genders))
    return list(taken.mentions)


def _with_parts(taken: Spans, parts: Sequence[ActorMention]) -> Spans:
    """The mentions with these in the place of those that they hold."""
    free = Spans(parts)
    return Spans([*(m for m in taken.mentions if free.free(m.start, m.end)), *parts]) if parts else taken


def _take(taken: Spans, mentions: Iterable[ActorMention]) -> None:
    for mention in mentions:
        taken.add(mention)
