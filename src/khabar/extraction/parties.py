"""Who a phrase stands for in a tie. Invariant: a party is an actor mention of the reading, or a described group whose
words stand in the sentence.

A phrase stands for its own mention; for the group whose people or parts it names ("the leaders of X", "the X
leadership"); for the list of groups it points back to ("these organisations"); or for a described group ("local
militant groups").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from khabar.codebook.model import Codebook
from khabar.codebook.ties import Ties
from khabar.extraction.indexed import Indexed, IndexedSentence, Span
from khabar.extraction.slots import heads_of_mention, listed_with
from khabar.reading.actors import actors_by_id
from khabar.reading.clauses import ancestors, apposed, conjuncts, descendants, phrase_span, subjects
from khabar.reading.model import ActorMention
from khabar.records import ActorRef

__all__ = ["Parties", "armed", "described_span", "ref", "ties_of"]

_RELATIVE = ("WDT", "WP", "WP$")
_POINTING = frozenset({"these", "those", "both", "such"})
_GROUPS = frozenset({"group", "organisation", "organization", "outfit", "faction", "militia", "movement"})
_LISTS = frozenset({"list", "blacklist", "register"})
_NUMBERS = {"two": 2, "three": 3, "four": 4, "both": 2, "pair": 2, "duo": 2, "trio": 3}
_SUMMED = re.compile(r"\)?\s*[,–—(-]\s*(?:the |both )?")
_LISTED = re.compile(r"[\s,()]*(?:and )?(?:the )?\(?")
_BACK = 2  # sentences back in which the list is sought that "these groups" points to


def ties_of(book: Codebook) -> Ties:
    """The codebook's ties; an empty section where it has none."""
    return book.ties if isinstance(book.ties, Ties) else Ties()


def armed(mention: ActorMention) -> bool:
    """True of an organised group that is no office of a state."""
    return mention.kind == "organization"


def ref(mention: ActorMention) -> ActorRef:
    """A mention as a claim names it."""
    return ActorRef(mention.text, mention.name, mention.id, mention.kind)


def described_span(line: IndexedSentence, mention: ActorMention) -> Span:
    """The words of a mention; for a group without a name of its own ("six IS cells in Lahore") its whole phrase."""
    if mention.how != "described" or mention.kind != "organization":
        return mention.start, mention.end
    tokens = line.tokens_of(mention)
    inside = set(tokens)
    head = next((t for t in reversed(tokens) if line.sentence.tokens[t].head not in inside), None)
    if head is None:
        return mention.start, mention.end
    start, end = phrase_span(line.sentence, head)
    counted = [t for t in line.sentence.tokens[:head] if t.start >= start and t.text.lower() == "total"]
    if counted:  # "a total of six cells" are six cells
        start = line.sentence.tokens[min(counted[-1].i + 2, head)].start
    after = next((k for k in line.sentence.children[head] if k > head and line.sentence.tokens[k].dep == "prep"), None)
    if after is not None and line.lemmas[after] in ("in", "from") and line.sentence.tokens[after].start <= end + 1:
        end = line.sentence.tokens[descendants(line.sentence, after)[-1]].end
    return min(start, mention.start), max(end, mention.end)


class Parties:
    """Answers for one indexed reading."""

    def __init__(self, index: Indexed) -> None:
        self._index = index
        lists = ties_of(index.codebook).lists
        self._members = lists.get("members", frozenset())
        self._militant = lists.get("militant", frozenset())

    def of(self, line: IndexedSentence, head: int, kinds: Iterable[str] = ()) -> list[ActorMention]:
        """The actors of the given kinds (any where none is given) that the phrase of `head` stands for."""
        allowed = tuple(kinds)
        return [m for m in self._stands_for(line, head, allowed) if not allowed or m.kind in allowed]

    def _stands_for(self, line: IndexedSentence, head: int, allowed: tuple[str, ...]) -> list[ActorMention]:
        own = line.actor_at(head)
        lemma = line.lemmas[head]
        if own is not None and (not allowed or own.kind in allowed):
            vague = own.how == "described" and own.id is None and own.name[:1].islower()
            if not vague or "person" in allowed:
                return [own]
        if line.sentence.tokens[head].tag in _RELATIVE:
            return []
        if lemma in ("they", "them") and own is None:
            return self._announcers(line, head, allowed)
        if (
            lemma in _NUMBERS
            and own is None
            and line.sentence.tokens[head].dep in ("nsubj", "nsubjpass", "dobj", "pobj")
        ):
            return self._counted(line, head)
        if lemma in self._members or own is not None:
            named = [m for m in self._beside(line, head) if m.kind == "person" and "person" in allowed]
            if named:
                return named
            found = self._named_before(line, head) or self._inside(line, head, allowed) or self._pointed_at(line, head)
            return found or self._described(line, head) or ([own] if own is not None else [])
        return self._beside(line, head) or (_country(line, head) if "state" in allowed else [])

    def _inside(self, line: IndexedSentence, head: int, allowed: tuple[str, ...]) -> list[ActorMention]:
        """Groups named in the phrase: before the noun, after "of", in apposition; with their coordinated members."""
        found: list[ActorMention] = []
        for k in heads_of_mention(line, head):
            mention = line.actor_at(k)
            if mention is None and line.lemmas[k] in _GROUPS:
                found += [m for m in self._pointed_at(line, k) if m not in found]
            for other in (k, *conjuncts(line.sentence, k)):
                mention = line.actor_at(other)
                if mention is not None and mention not in found and (not allowed or mention.kind in allowed):
                    found.append(mention)
        return found

    def _beside(self, line: IndexedSentence, head: int) -> list[ActorMention]:
        """The name in apposition to a phrase that is no mention itself: "the outfit's rival, X"."""
        for k in apposed(line.sentence, head):
            heads = (k, *(conjuncts(line.sentence, k) if k > head else ()))  # "the brothers X and Y"
            named = [m for h in heads if (m := line.actor_at(h)) is not None]
            if named:
                return named
        return []

    def _announcers(self, line: IndexedSentence, head: int, allowed: tuple[str, ...]) -> list[ActorMention]:
        """Who "they" are in what somebody announces: "X and Y announced they would merge"."""
        sentence = line.sentence
        verbs = [a for a in ancestors(sentence, head) if sentence.tokens[a].pos == "VERB"]
        for below, above in pairwise(verbs):
            if sentence.tokens[below].dep == "ccomp":
                heads = [h for h in subjects(sentence, above) if h != head]
                return [m for h in heads for m in self.of(line, h, allowed)]
        return []

    def _named_before(self, line: IndexedSentence, head: int) -> list[ActorMention]:
        """The names that a phrase with "groups" sums up: "X and Y, the two groups that split from Z"."""
        token = line.sentence.tokens[head]
        if line.lemmas[head] not in _GROUPS or token.tag != "NNS":
            return []
        at = phrase_span(line.sentence, head)[0]
        found: list[ActorMention] = []
        for mention in reversed([m for m in line.actors if m.end <= at]):
            between = self._index.reading.text[mention.end : at]
            fits = _LISTED.fullmatch if found else _SUMMED.fullmatch
            if not fits(between):
                break
            found.append(mention)
            at = mention.start
        return found[::-1]

    def _pointed_at(self, line: IndexedSentence, head: int) -> list[ActorMention]:
        """The groups listed in a sentence before, for "these organisations"."""
        sentence = line.sentence
        if line.lemmas[head] not in _GROUPS or sentence.tokens[head].tag != "NNS":
            return []
        if not any(line.lemmas[k] in _POINTING for k in sentence.children[head]):
            return []
        for back in range(1, _BACK + 1):
            number = line.index - back
            if number < 0 or self._index.sentence(number).sentence.paragraph != sentence.paragraph:
                return []
            listed = _list_of_groups(self._index.sentence(number))
            if listed:
                return listed
        return []

    def _counted(self, line: IndexedSentence, head: int) -> list[ActorMention]:
        """The groups that "the two" or "both" stands for: as many as the sentence before names, or those it lists."""
        if line.index == 0 or any(line.sentence.tokens[k].dep == "prep" for k in line.sentence.children[head]):
            return []
        before = self._index.sentence(line.index - 1)
        if before.sentence.paragraph != line.sentence.paragraph:
            return []
        number = _NUMBERS[line.lemmas[head]]
        named = {m.id or m.name: m for m in reversed(before.actors) if armed(m)}
        for found in (_list_of_groups(before), sorted(named.values(), key=lambda m: m.start)):
            if len(found) == number:
                return found
        return []

    def _described(self, line: IndexedSentence, head: int) -> list[ActorMention]:
        """A group without a name that its words tell to be armed: "like-minded local militant groups"."""
        token = line.sentence.tokens[head]
        if line.lemmas[head] not in _GROUPS or token.tag != "NNS":
            return []
        kids = {line.lemmas[k] for k in line.sentence.children[head] if k < head}
        if not kids & self._militant:
            return []
        start, end = phrase_span(line.sentence, head)
        text = self._index.reading.text[start:end]
        return [ActorMention(start, end, text, " ".join(text.split()), None, "organization", "described")]


def _country(line: IndexedSentence, head: int) -> list[ActorMention]:
    """A country or its capital that does or suffers something, or owns a list, stands for its state; where something
    happens it does not.
    """
    token = line.sentence.tokens[head]
    mention = line.place_at(head)
    above = line.sentence.tokens[token.head].head if token.dep == "pobj" else token.head
    listing = token.dep in ("compound", "poss", "nmod", "pobj") and line.lemmas[above] in _LISTS
    acting = token.dep in ("nsubj", "conj") or (token.dep == "pobj" and line.lemmas[token.head] == "by") or listing
    if mention is None or mention.place.country is None:
        return []
    country = mention.place.precision == "country"
    if not (acting or (country and token.dep in ("nsubjpass", "dobj"))) or not (country or mention.capital):
        return []
    made = f"state:{mention.place.country}"
    known = actors_by_id().get(made)
    name = known.names[0].text if known is not None and not country else mention.place.name
    return [ActorMention(mention.start, mention.end, mention.text, name, made, "state", "dictionary")]


def _list_of_groups(line: IndexedSentence) -> list[ActorMention]:
    """The longest coordination of groups in a sentence, in text order; empty if none has two members."""
    best: Sequence[ActorMention] = ()
    for token in line.sentence.tokens:
        if token.dep == "conj":
            continue
        heads = (token.i, *conjuncts(line.sentence, token.i), *listed_with(line, token.i))
        if len(heads) > 1:
            found = [m for m in (line.actor_at(h) for h in heads) if m is not None and armed(m)]
            distinct = {m.name: m for m in reversed(found)}
            if len(distinct) > max(1, len(best)):
                best = sorted(distinct.values(), key=lambda m: m.start)
    return list(best)
