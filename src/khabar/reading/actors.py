"""Actors named on the surface of a text. Invariant: mentions are sorted, do not overlap, and point at their words.

`ActorDictionary.find` goes by the dictionary alone; what each name stands for is decided from the whole document,
because acronyms are shared (ELN in Colombia and Bolivia) and names are repeated (Jundullah in Pakistan and in Iran).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from khabar.reading.actor_names import ADJECTIVE, Lexicon, Name, Occurrence, actors_by_id, dictionary_lexicon
from khabar.reading.model import ActorMention
from khabar.records import Actor

__all__ = ["ActorDictionary", "actors_by_id"]

# After these words a capital "IS" is an emphasised verb, not a name.
_BEFORE_VERB = re.compile(r"\b(?:it|this|that|he|she|there|what|which|who|where|how|why|when)\s\Z", re.IGNORECASE)
_NAME_GOES_ON = re.compile(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z]+")


class ActorDictionary:
    """The names of actors of public record, and what a text's words stand for among them."""

    def __init__(self, lexicon: Lexicon, actors: Mapping[str, Actor]) -> None:
        self._lexicon = lexicon
        self.actors = actors

    @staticmethod
    def load() -> ActorDictionary:
        """The dictionary that comes with Khabar; read once a process. ReadingError if its file is broken."""
        return _loaded()

    def find(self, text: str) -> list[ActorMention]:
        """Organizations, agencies and persons of the dictionary in `text`, longest names first, in text order.

        A name that several actors bear and the document does not settle has `id` None. States are left out: a country's
        name is an actor only where it acts, see `khabar.reading.states`.
        """
        return [m for m in self.settle(text, self._lexicon.scan(text)) if m.kind != "state"]

    def settle(self, text: str, occurrences: Iterable[Occurrence]) -> list[ActorMention]:
        """Every occurrence as a mention of the actor which the document speaks for.

        States are included, and adjectives of states with `how` "adjective".
        """
        found = list(occurrences)
        context = self._context(found)
        mentions = (self._settled(text, occurrence, context) for occurrence in found)
        return [m for m in mentions if m is not None]

    def _context(self, found: Sequence[Occurrence]) -> Counter[str]:
        """How often each country (by code) and each actor (by id) is named without doubt."""
        counts: Counter[str] = Counter()
        for _, _, names in found:
            actors = {n.actor for n in names if not n.context}
            if len(actors) == 1 and len({n.actor for n in names}) == 1:
                [actor] = actors
                counts[actor] += 1
                if actor.startswith("state:"):
                    counts[actor[6:]] += 1
        return counts

    def _settled(self, text: str, occurrence: Occurrence, context: Counter[str]) -> ActorMention | None:
        start, end, names = occurrence
        surface = text[start:end]
        chosen = self._choice(names, context)
        if not chosen:
            return None
        if surface == "IS" and _BEFORE_VERB.search(text, max(0, start - 8), start):
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


@lru_cache(maxsize=1)
def _loaded() -> ActorDictionary:
    return ActorDictionary(dictionary_lexicon(), actors_by_id())
