"""Whose presence a cue tells of. Invariant: a group of the sentence, or people whose words tell them to be armed.

The group stands before or behind the cue ("an X base", "a base of X"), does what its clause says, or suffers it
("driven out"). A group without a name ("the rebels", "small bands of insurgents") stands under its own words.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.codebook.ties import PresenceCue
from khabar.extraction.clausal import clause_verb
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.parties import Parties, armed, ties_of
from khabar.extraction.presence_cues import thing_there
from khabar.extraction.presence_places import PARTITIVE
from khabar.extraction.slots import doers
from khabar.reading.clauses import agents, ancestors, is_passive, objects, phrase_span, prepositional
from khabar.reading.model import ActorMention

__all__ = ["PresentGroups"]

_BEFORE = ("poss", "compound", "nmod", "amod")
_WHOSE = ("of", "by", "for", "to")  # "a base of X", "home to X"
_KEEPING = frozenset(
    {"lose", "leave", "cede", "relinquish", "abandon", "vacate", "quit"}
)  # verbs of absence whose object is the place, not the group
_BANDS = frozenset(
    {"band", "group", "cell", "pocket", "remnant", "unit", "column", "faction", "militia", "force", "man", "youth"}
)
_OF_A_LEADER = frozenset(
    {"faction", "wing", "dissident", "loyalist", "militia", "band", "splinter", "fighter", "rebel"}
)
_PLURAL = ("NNS", "NNPS")


class PresentGroups:
    """Answers for one indexed reading."""

    def __init__(self, index: Indexed) -> None:
        self._index = index
        self._parties = Parties(index)
        self._militant = ties_of(index.codebook).lists.get("militant", frozenset())

    def unnamed(self, line: IndexedSentence) -> bool:
        """Whether a sentence tells of armed people without naming their group."""
        plural = any(self._is_armed(line, t.i) for t in line.sentence.tokens if t.tag in _PLURAL)
        return plural or any(line.lemmas[t.i] in _OF_A_LEADER and _possessed(line, t.i) for t in line.sentence.tokens)

    def of(self, line: IndexedSentence, i: int, cue: PresenceCue) -> list[ActorMention]:
        """The groups whose presence the cue at a token tells of."""
        own = line.actor_at(i)
        if own is not None and armed(own):
            return [own]
        sentence = line.sentence
        noun = cue.pos in ("nouns", "held")
        if noun:
            heads = [k for k in sentence.children[i] if sentence.tokens[k].dep in _BEFORE and k < i]
            last = i + 2 * cue.words.count("of")  # "area of operations of X"
            found = self.standing(line, [*heads, *prepositional(sentence, last, *_WHOSE), *_running(line, i)])
            if found:
                return found
        verb = clause_verb(line, i)
        if noun and (sentence.tokens[verb].pos not in ("VERB", "AUX") or not self._keeps(line, i, verb)):
            return []
        return self.standing(line, _doers(line, verb, cue))

    def _keeps(self, line: IndexedSentence, i: int, verb: int) -> bool:
        """True if who does the verb has what the cue names: not of who attacks a base, or claims a raid on one."""
        tokens = line.sentence.tokens
        book = self._index.codebook
        violent = any(len(trigger.words) == 1 for trigger in book.verbs.get(line.lemmas[verb], ()))
        if violent or line.lemmas[verb] in book.stances.get("claimed", ()):
            return False
        at = i
        while tokens[at].dep == "conj":
            at = tokens[at].head
        hangs_on = tokens[tokens[at].head].head
        return tokens[at].dep != "pobj" or tokens[hangs_on].pos not in ("NOUN", "PROPN")

    def standing(self, line: IndexedSentence, heads: Sequence[int]) -> list[ActorMention]:
        """The groups that the phrases of these heads stand for."""
        found: list[ActorMention] = []
        for head in (h for top in heads for h in _whole(line, top)):
            stand = self._parties.of(line, head, ("organization",)) or _owning(line, head) or self._by_kind(line, head)
            found += [m for m in stand if m not in found]
        return [m for m in found if line.sentence.start <= m.start < line.sentence.end]

    def _by_kind(self, line: IndexedSentence, head: int) -> list[ActorMention]:
        """A group without a name: "local insurgents", "small armed bands", "Qari Hekmat's faction"."""
        led = line.lemmas[head] in _OF_A_LEADER and _possessed(line, head)
        theirs = any(line.sentence.tokens[k].tag == "PRP$" for k in line.sentence.children[head])
        named = theirs or any(armed(m) for m in line.actors)  # whose they are is said, if not here
        plural = line.sentence.tokens[head].tag in _PLURAL and self._is_armed(line, head) and not named
        if line.actor_at(head) is not None or not (led or plural):
            return []
        start, end = phrase_span(line.sentence, head)
        words = self._index.reading.text[start:end]
        return [ActorMention(start, end, words, " ".join(words.split()), None, "organization", "described")]

    def _is_armed(self, line: IndexedSentence, head: int) -> bool:
        """True of "rebels", of "armed bands" and of "bands of rebels"."""
        lemma = line.lemmas[head]
        if line.actor_at(head) is not None:
            return False
        if lemma not in _BANDS:
            return lemma in self._militant
        below = [*line.sentence.children[head], *prepositional(line.sentence, head, "of")]
        return any(line.lemmas[k] in self._militant for k in below)


def _whole(line: IndexedSentence, head: int) -> list[int]:
    """What a quantity is taken of: "most of its fighters"; else the head itself."""
    counting = line.lemmas[head] in PARTITIVE or line.sentence.tokens[head].pos == "NUM"
    parts = prepositional(line.sentence, head, "of") if counting else []
    return parts or [head]


def _owning(line: IndexedSentence, head: int) -> list[ActorMention]:
    """The group that people belong to, by whatever noun they are called: "its men", "X boys", "X, whose chiefs …"."""
    tokens = line.sentence.tokens
    if line.actor_at(head) is not None or tokens[head].pos != "NOUN":
        return []
    kids = [k for k in line.sentence.children[head] if tokens[k].dep in ("poss", "compound")]
    if any(tokens[k].tag == "WP$" for k in kids):
        kids += [tokens[a].head for a in ancestors(line.sentence, head) if tokens[a].dep == "relcl"][:1]
    return [m for k in kids if (m := line.actor_at(k)) is not None and armed(m)]


def _possessed(line: IndexedSentence, head: int) -> bool:
    """True of "X's faction", where X is a name."""
    kids = line.sentence.children[head]
    return any(line.sentence.tokens[k].dep == "poss" and line.sentence.tokens[k].pos == "PROPN" for k in kids)


def _running(line: IndexedSentence, i: int) -> list[int]:
    """Who runs or owns it: "camps run by X", "a cell belonging to X"."""
    verbs = [k for k in line.sentence.children[i] if line.sentence.tokens[k].dep in ("acl", "relcl")]
    return [h for k in verbs for h in (*agents(line.sentence, k), *prepositional(line.sentence, k, "to", "with", "by"))]


def _doers(line: IndexedSentence, verb: int, cue: PresenceCue) -> list[int]:
    sentence = line.sentence
    there = thing_there(line, verb)
    if there:
        return there
    token = sentence.tokens[verb]
    if is_passive(sentence, verb):
        by = agents(sentence, verb) if cue.status == "present" else []
        return by or doers(line, verb) or [token.head, *_joined(line, verb)]
    if cue.status == "absent" and cue.pos == "verbs" and objects(sentence, verb) and token.lemma not in _KEEPING:
        things = objects(sentence, verb)  # "cleared X of the group"
        return [*things, *(h for t in (verb, *things) for h in prepositional(sentence, t, "of", "from"))]
    return doers(line, verb)


def _joined(line: IndexedSentence, verb: int) -> list[int]:
    """What a participle before a noun is joined with, and the name after that noun: "the Iraq-based group X"."""
    sentence = line.sentence
    token = sentence.tokens[verb]
    joined = [k for k in sentence.children[verb] if sentence.tokens[k].dep in ("npadvmod", "compound", "nmod")]
    named = sentence.tokens[token.head]
    return [*joined, *([named.head] if named.dep in ("compound", "nmod") else [])]
