"""How many people a noun stands for, and on which side they were. Invariant: a number, a name, an article or a bare
plural says it; what is a thing, a place or an unknown number says nothing.

"60 goats" are no people, "a police officer" is one, "both guards" are two, "guards" at least two; "the 847 flight" and
"how many people" give no number.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.extraction.spared import has_no
from khabar.extraction.sums import count_at, count_of
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import is_passive, phrase, prepositional, subjects
from khabar.reading.model import CountMention
from khabar.records import Count

__all__ = ["Headcount", "headcount", "is_attacker", "line_text", "not_people", "selves"]

_SINGULAR = frozenset({"he", "she", "him", "her", "who"})
_SELVES = frozenset({"himself", "herself", "itself", "themselves"})  # who kills himself is an attacker
_ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth"})
_SOME = frozenset({"number", "group", "team", "crowd", "range"})  # "a number of workers" are more than one
_BODIES = frozenset(
    {
        "police",
        "army",
        "military",
        "personnel",
        "crowd",
        "community",
        "public",
        "family",
        "rest",
        "remainder",
        "half",
        "majority",
    }
)


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many the noun at token `head` says, the reading offsets of the words, and whether no number is written
    (`bare`).
    """

    head: int
    count: Count
    span: Span
    bare: bool = False


def selves(line: IndexedSentence, head: int) -> Headcount | None:
    """Those who kill themselves, for "himself" and its like; None for other words."""
    if line.lemmas[head] not in _SELVES:
        return None
    token = line.sentence.tokens[head]
    several = line.lemmas[head] == "themselves"
    count = Count(2, None, None, token.text) if several else Count(1, 1, 1, token.text)
    return Headcount(head, count, (token.start, token.end), bare=True)


def headcount(line: IndexedSentence, head: int, hit: Hit, book: Codebook, *, company: bool = False) -> Headcount | None:
    """How many people a head of a noun phrase says; `company`: people stand beside it."""
    if _one_more(line, head):
        token = line.sentence.tokens[head]
        return Headcount(head, Count(1, 1, 1), (token.start, token.end), bare=True)
    if line.lemmas[head] in _ORDINALS and prepositional(line.sentence, head, "of"):
        return None  # "a third of the crew"
    mention = count_of(line, head)
    if has_no(line, head) or _asked(line, head) or (mention is not None and _one_number(line, head, mention, book)):
        return None
    if mention is not None:
        return Headcount(head, mention.count, (mention.start, max(mention.end, line.sentence.tokens[head].end)))
    group = _described_group(line, head, book)
    token = line.sentence.tokens[head]
    if not group and (line.actor_at(head) is not None or token.pos in ("PROPN", "PRON")):
        return _somebody(line, head, book)
    lemma = line.lemmas[head]
    known = company or lemma in book.people or lemma in book.tables["attackers"]
    unlike = (
        (hit.effect != "killed" and not _wounded(line, head, hit))
        or lemma in book.sites
        or line.plural(head)
        or hit.part == "intransitive"
    )
    if not known and (unlike or _by_a_thing(line, hit, book)):
        return None
    return _people(line, head)


def _one_more(line: IndexedSentence, head: int) -> bool:
    """True of "a third was hurt", "another died": one more of those counted before; not of "a third of the crew"."""
    token = line.sentence.tokens[head]
    article = any(line.lemmas[k] == "a" for k in line.sentence.children[head])
    alone = not prepositional(line.sentence, head, "of") and token.dep in ("nsubj", "nsubjpass", "conj", "dobj")
    return alone and ((line.lemmas[head] in _ORDINALS and article) or line.lemmas[head] == "another")


def _wounded(line: IndexedSentence, head: int, hit: Hit) -> bool:
    """True of "wounded a tax collector": a thing is damaged, not wounded."""
    article = any(line.lemmas[k] == "a" for k in line.sentence.children[head])
    return hit.part == "transitive" and line.lemmas[hit.token] in ("wound", "injure") and article


def _by_a_thing(line: IndexedSentence, hit: Hit, book: Codebook) -> bool:
    """True of "rain killed the match": neither people nor arms did it, so its victim may be no person either."""
    if hit.is_noun or is_passive(line.sentence, hit.token):
        return False
    doers = subjects(line.sentence, hit.token)
    tables = (book.people, book.arms, book.tables["attackers"], book.tables["state_agents"], book.nouns)
    known = any(line.lemmas[d] in table for d in doers for table in tables)
    named = any(line.actor_at(d) is not None or line.sentence.tokens[d].pos in ("PRON", "PROPN") for d in doers)
    return bool(doers) and not known and not named


def _described_group(line: IndexedSentence, head: int, book: Codebook) -> bool:
    actor = line.actor_at(head)
    people = line.lemmas[head] in book.people or line.lemmas[head] in book.tables["attackers"]
    return actor is not None and actor.how == "described" and people


def _somebody(line: IndexedSentence, head: int, book: Codebook) -> Headcount | None:
    """One person, by name or pronoun."""
    token = line.sentence.tokens[head]
    actor = line.actor_at(head)
    one = Count(1, 1, 1)
    if actor is not None:
        return Headcount(head, one, (actor.start, actor.end), bare=True) if actor.kind == "person" else None
    if token.pos == "PRON":
        said = line.lemmas[head] in _SINGULAR and token.tag != "WP"
    else:
        thing = line.lemmas[head] in book.tables["not_people"] or line.lemmas[head] in book.sites
        said = not thing and token.ent in ("PERSON", "") and not line.place_at(head)
    return Headcount(head, one, (token.start, token.end), bare=True) if said else None


def _people(line: IndexedSentence, head: int) -> Headcount | None:
    """People by a noun without a number: "a number of workers", "guards", "both guards", "a guard"."""
    tokens = line.sentence.tokens
    token = tokens[head]
    kids = line.sentence.children[head]
    if token.dep == "compound" and tokens[token.head].text.startswith("near "):  # "a nurse near Goma" as one name
        kids = (*kids, *line.sentence.children[token.head])
    if line.lemmas[head] in _SOME:
        plural = [p for p in prepositional(line.sentence, head, "of") if line.plural(p)]
        return (
            Headcount(head, Count(2, None, None), (token.start, tokens[plural[0]].end), bare=True) if plural else None
        )
    if line.plural(head):
        both = next((k for k in kids if line.lemmas[k] == "both"), None)
        if both is not None:
            return Headcount(head, Count(2, 2, 2), (tokens[both].start, token.end))
        return Headcount(head, Count(2, None, None), (token.start, token.end), bare=True)
    article = [k for k in kids if tokens[k].dep in ("det", "poss", "nummod")]
    if article and line.lemmas[head] not in _BODIES:
        first = min(tokens[k].start for k in article)
        return Headcount(head, Count(1, 1, 1), (min(first, token.start), token.end), bare=True)
    return None


def _one_number(line: IndexedSentence, head: int, mention: CountMention, book: Codebook) -> bool:
    """True of "the 847 flight": more than one are never said of a singular noun, unless it is a word for several."""
    token = line.sentence.tokens[head]
    if token.tag not in ("NN", "NNP") or not 0 <= token.start - mention.end <= 1:
        return False
    several = line.lemmas[head] in book.people or line.lemmas[head] in book.tables["attackers"]
    return (mention.count.best or 0) > 1 and not several and token.text[-1] != "s"


def _asked(line: IndexedSentence, head: int) -> bool:
    """True of "how many people": their number is what is not known."""
    kids = [k for k in line.sentence.children[head] if line.lemmas[k] == "many"]
    return any(line.lemmas[j] == "how" for k in kids for j in line.sentence.children[k])


def not_people(line: IndexedSentence, head: int, book: Codebook) -> bool:
    """True of nouns whose number is never that of victims: vehicles, animals, attacks."""
    lemma = line.lemmas[head]
    return lemma in book.tables["not_people"] and lemma not in book.people


def is_attacker(line: IndexedSentence, head: int, book: Codebook) -> bool:
    """True of those who attacked: "gunmen", "two of the attackers", "20 enemy dead"."""
    words = [line.lemmas[i] for i in phrase(line.sentence, head) if line.sentence.tokens[i].dep != "pobj"]
    attackers = book.tables["attackers"]
    if line.lemmas[head] in attackers:
        return True
    if count_at(line, head) is not None or line.lemmas[head] not in book.people:  # "two of the attackers"
        of = prepositional(line.sentence, head, "of")
        return any(line.lemmas[p] in attackers for p in of) or "enemy" in words
    plural = line.sentence.tokens[head].tag in ("NNS", "NNPS")
    apposed = [
        k
        for k in line.sentence.children[head]
        if line.sentence.tokens[k].dep == "appos" and (line.sentence.tokens[k].tag in ("NNS", "NNPS")) == plural
    ]
    return any(line.lemmas[k] in attackers for k in apposed) or (
        line.lemmas[head] == "suspect" and any(w in attackers for w in words)
    )


def line_text(line: IndexedSentence, span: Span) -> str:
    """The words of a stretch of a sentence, rebuilt with their own spaces."""
    pieces: list[str] = []
    last = None
    for token in line.sentence.tokens:
        if token.start >= span[0] and token.end <= span[1]:
            if last is not None:
                pieces.append(" " * (token.start - last))
            pieces.append(token.text)
            last = token.end
    return "".join(pieces)
