"""Groups taken up again by "the militants", "they", "its": words that the reading leaves open. Invariant: one group
must be meant; where two could be, or another noun stands nearer, the word stays unread.

Only ties, presence and statements look at the sentences laid out here. Who did what in an incident is not read from
such words: the gunmen of a report are often not the group that it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.parties import armed, ties_of
from khabar.extraction.slots import heads_of_mention
from khabar.reading.clauses import ancestors, conjuncts, subjects
from khabar.reading.model import ActorMention, Token

__all__ = ["with_groups_taken_up"]

_BACK = 2  # sentences
_AT_ARMS = frozenset(
    {"militant", "insurgent", "rebel", "jihadist", "jihadi", "guerrilla", "guerilla", "islamist", "separatist",
     "extremist", "terrorist", "fighter", "radical"}
)  # fmt: skip
_THE = frozenset({"the", "these", "those", "this"})
_MANY = frozenset({"they", "them", "their", "themselves"})
_ONE = frozenset({"it", "its", "itself"})
_SUBJECT = ("nsubj", "nsubjpass")
_EMPTY = frozenset({"be", "appear", "seem", "take", "become", "remain", "look"})
_NOBODY = frozenset(
    {"he", "she", "who", "i", "we", "you", "there", "nobody", "everybody", "everyone", "somebody", "someone", "one"}
)
_PEOPLE = frozenset({"man", "people", "soldier", "troop", "civilian", "villager", "resident", "herder", "trader"})
_PLURAL = ("NNS", "NNPS")


def with_groups_taken_up(index: Indexed) -> Indexed:
    """The same reading, laid out with a mention for every such word; sentences without one are shared."""
    militant = ties_of(index.codebook).lists.get("militant", frozenset())
    members = ties_of(index.codebook).lists.get("members", frozenset())
    reporting = index.codebook.tables["reporting"]
    finder = _Finder(militant, members, frozenset(p[0] for p in reporting.phrases()))
    lines: list[IndexedSentence] = []
    for line in index.sentences:
        more = list(finder.of_sentence(line, lines[-_BACK:][::-1])) if line.sentence.tokens else []
        lines.append(replace(line, actors=_sorted(line.actors, more), _actor_at=None) if more else line)
    return replace(index, sentences=lines)


def _sorted(known: Sequence[ActorMention], more: Sequence[ActorMention]) -> list[ActorMention]:
    return sorted([*known, *more], key=lambda m: m.start)


class _Finder:
    """What the words of one sentence take up from before."""

    def __init__(self, militant: frozenset[str], members: frozenset[str], reporting: frozenset[str]) -> None:
        self._militant = militant
        self._members = members
        self._reporting = reporting

    def of_sentence(self, line: IndexedSentence, before: Sequence[IndexedSentence]) -> Iterator[ActorMention]:
        """Mentions for the words of a sentence; `before` are the sentences before it, the last one first."""
        before = [b for b in before if not b.sentence.heading]
        for token in line.sentence.tokens:
            if line.actor_at(token.i) is not None:
                continue
            word = token.text.lower()
            found: ActorMention | None = None
            if self._at_arms(line, token):
                found = self._named_last(line, token, before)
                start = self._first(line, token).start
                how = "definite"
            elif word in _MANY or (word in _ONE and not _expletive(line, token)):
                found = self._meant(line, token, before, many=word in _MANY)
                start, how = token.start, "pronoun"
            if found is not None:
                text = line.sentence.tokens
                words = " ".join(t.text for t in text if start <= t.start < token.end)
                yield ActorMention(start, token.end, words, found.name, found.id, found.kind, how)

    # ------------------------------------------------------------ "the militants"

    def _at_arms(self, line: IndexedSentence, token: Token) -> bool:
        """True of "the militants", "these Islamist fighters": with an article and no name beside it."""
        if token.tag != "NNS" or line.lemmas[token.i] not in _AT_ARMS:
            return False  # "the group" is read with the reading
        kids = line.sentence.children[token.i]
        if not any(line.lemmas[k] in _THE and k < token.i for k in kids):
            return False
        beside = [k for k in kids if line.lemmas[k] not in _THE]
        plain = all(
            line.lemmas[k] in self._militant or line.sentence.tokens[k].pos == "PUNCT" for k in beside if k < token.i
        )
        told = any(line.sentence.tokens[k].dep in ("prep", "relcl", "acl", "appos") for k in beside)
        return plain and not told

    def _first(self, line: IndexedSentence, token: Token) -> Token:
        """The first word of the phrase after its article."""
        kids = [k for k in line.sentence.children[token.i] if k < token.i and line.lemmas[k] not in _THE]
        return line.sentence.tokens[min([*kids, token.i])]

    def _named_last(
        self, line: IndexedSentence, token: Token, before: Sequence[IndexedSentence]
    ) -> ActorMention | None:
        """The one group named before the word, in its sentence or the last one that names any."""
        for place in (line, *before):
            found = _groups(place, token.start if place is line else None)
            if len(found) == 1:
                return found[0]
            if found:
                return self._subject(place, found)
        return None

    def _subject(self, line: IndexedSentence, groups: Sequence[ActorMention]) -> ActorMention | None:
        """The group that is the subject of a sentence's main clause, and the only one to be."""
        heads = [t.i for t in line.sentence.tokens if t.dep in _SUBJECT and line.sentence.tokens[t.head].dep == "ROOT"]
        heads += [c for h in heads for c in conjuncts(line.sentence, h)]
        found = [m for h in heads for m in self._stands(line, h) if m in groups]
        return found[0] if len(found) == 1 else None

    # ------------------------------------------------------------ "they", "its"

    def _meant(
        self, line: IndexedSentence, token: Token, before: Sequence[IndexedSentence], *, many: bool
    ) -> ActorMention | None:
        """The group that is the nearest subject before a pronoun, passing over who only reports what is said of it."""
        if many and any(self._people(line, other) for other in line.sentence.tokens[: token.i]):
            return None
        doing = _doing_it(line, token)
        for other in reversed(line.sentence.tokens[: token.i]):
            if other.dep not in _SUBJECT or other.i in doing:
                continue
            found = self._stands(line, other.i)
            if found:  # "X and Y said that they …" are two
                return found[0] if len(found) == 1 and not (many and self._list(line, other)) else None
            if self._in_the_way(line, other, token, many=many):
                return None
        apart = [m for h in doing if (m := line.actor_at(h)) is not None]
        here = [m for m in _groups(line, token.start) if all(m.name != other.name for other in apart)]
        if here:  # "nobody should trust X; it …"
            return here[0] if len(here) == 1 and not many else None
        return self._of_last(before[0], many=many) if before else None

    def _people(self, line: IndexedSentence, other: Token) -> bool:
        """Whether several people are the object of something, and no group: "his men", whom "them" may mean."""
        if other.tag not in _PLURAL or other.dep not in ("dobj", "pobj", "dative") or self._stands(line, other.i):
            return False
        return line.lemmas[other.i] in self._members or line.lemmas[other.i] in _PEOPLE

    def _of_last(self, line: IndexedSentence, *, many: bool) -> ActorMention | None:
        """The group that the sentence before is about: its subject, or the only one it names beside a person."""
        groups = _groups(line, None)
        if not groups or not line.sentence.tokens:
            return None
        subject = self._subject(line, groups)
        if subject is not None or len(groups) > 1:
            return subject
        main = [t for t in line.sentence.tokens if t.dep in _SUBJECT and line.sentence.tokens[t.head].dep == "ROOT"]
        return None if any(self._fits(line, t, many=many) for t in main) else groups[0]

    def _in_the_way(self, line: IndexedSentence, other: Token, token: Token, *, many: bool) -> bool:
        """Whether a subject that is no group could itself be meant; one who says what the pronoun stands in could not,
        where a plural reports ("residents say they tax …").
        """
        said = any(a == other.head for a in ancestors(line.sentence, token.i))
        if said and other.tag in _PLURAL and line.lemmas[other.head] in self._reporting:
            return False
        return self._fits(line, other, many=many)

    def _fits(self, line: IndexedSentence, other: Token, *, many: bool) -> bool:
        """Whether number and kind let a noun be what the pronoun stands for."""
        mention = line.actor_at(other.i)
        if other.pos == "PRON" and other.tag in ("WDT", "WP", "EX"):
            return False
        if other.text.lower() in _NOBODY:
            return False
        if many:
            return other.tag in _PLURAL or other.text.lower() in _MANY or bool(self._list(line, other))
        person = mention is not None and mention.kind == "person"
        return not person and other.tag not in _PLURAL and other.text.lower() not in _MANY

    def _list(self, line: IndexedSentence, other: Token) -> list[int]:
        return [k for k in line.sentence.children[other.i] if line.sentence.tokens[k].dep == "conj"]

    def _stands(self, line: IndexedSentence, head: int) -> list[ActorMention]:
        """The group of a subject: its own name, or that of whose people or parts it names ("X fighters")."""
        own = line.actor_at(head)
        if own is not None and armed(own):
            return [own]
        if line.lemmas[head] not in self._members and line.lemmas[head] not in ("man", "people", "force", "troop"):
            return []
        beside = [m for k in heads_of_mention(line, head) if (m := line.actor_at(k)) is not None and armed(m)]
        return beside[:1]


def _doing_it(line: IndexedSentence, token: Token) -> list[int]:
    """Who does what is done to a pronoun, and so cannot be meant: X in "X left it", "X put it at forty men"."""
    sentence = line.sentence
    above = sentence.tokens[token.head]
    if token.dep in _SUBJECT and above.pos == "ADJ":  # "holds it responsible"
        return subjects(sentence, above.head)
    return subjects(sentence, above.i) if token.dep == "dobj" and above.pos == "VERB" else []


def _groups(line: IndexedSentence, before: int | None) -> list[ActorMention]:
    """The different groups that a sentence mentions, up to an offset where one is given; the last mention of each."""
    found: dict[str, ActorMention] = {}
    for mention in line.actors:
        vague = mention.how == "described" and mention.id is None
        if armed(mention) and not vague and (before is None or mention.end <= before):
            found[mention.id or mention.name] = mention
    return list(found.values())


def _expletive(line: IndexedSentence, token: Token) -> bool:
    """True of an "it" that stands for nothing, or for what a clause says: "it is likely that …"."""
    if token.text.lower() != "it":
        return False
    tokens = line.sentence.tokens
    verb = tokens[token.head]
    clausal = any(tokens[k].dep in ("ccomp", "csubj", "xcomp") for k in line.sentence.children[verb.i])
    return (
        token.dep == "expl"
        or (token.dep in _SUBJECT and line.lemmas[verb.i] in _EMPTY)
        or (token.dep == "nsubjpass" and clausal)
    )
