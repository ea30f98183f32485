"""What in a message could fill a slot. Invariant: a candidate's words stand in the message.

A candidate is a phrase as it would be written into a slot: without article, number and title; of a person the name, of
a listed organisation its own words. Its mentions in one message are one candidate with the features of all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from khabar.evaluation.muc4_features import of_candidate, of_mention
from khabar.evaluation.muc4_messages import Message
from khabar.evaluation.templates import normal
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.reading.clauses import phrase_span
from khabar.reading.place_words import place_words

__all__ = ["Candidate", "candidates"]

_BEFORE = ("compound", "amod", "nmod", "npadvmod", "punct", "advmod")
_NOUNS = ("NOUN", "PROPN")
_STANDING_FOR = ("definite", "pronoun")
_LONGEST = 80  # characters of a phrase with what follows its head


@dataclass(slots=True)
class Candidate:
    """Something that a message may say of an incident: the slot, its words, the head's lemma, what tells whether it
    fills the slot, and the numbers of the sentences that mention it.
    """

    slot: str
    text: str
    lemma: str
    features: set[str] = field(default_factory=set)
    sentences: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A mention as a slot may have it: what it is of (mentions of one actor are of the same), its words ('' where it
    only stands for a name), and its form.
    """

    of: str
    text: str
    form: str


def candidates(message: Message, slots: Sequence[str]) -> list[Candidate]:
    """Every candidate of every slot, in text order."""
    found: dict[tuple[str, str], Candidate] = {}
    texts: dict[tuple[str, str], list[str]] = {}
    for line in message.index.sentences:
        for token in line.sentence.tokens:
            if not _refers(line, token.i):
                continue
            features = of_mention(message, line, token.i)
            for slot in slots:
                for phrase in _phrases(message, line, token.i, slot):
                    key = slot, phrase.of
                    made = found.setdefault(key, Candidate(slot, "", line.lemmas[token.i]))
                    made.features |= features
                    made.features.add(phrase.form)
                    made.sentences.append(line.index)
                    texts.setdefault(key, []).append(phrase.text)
    for key, candidate in found.items():
        candidate.text = _text(candidate.slot, texts[key])
        candidate.features |= of_candidate(candidate.text, candidate.sentences)
    return [candidate for candidate in found.values() if normal(candidate.text)]


def _refers(line: IndexedSentence, i: int) -> bool:
    """True for nouns, for pronouns that stand for an actor, and of the words of a name for the last alone."""
    token, actor = line.sentence.tokens[i], line.actor_at(i)
    if actor is None:
        return token.pos in _NOUNS
    return line.tokens_of(actor)[-1] == i and token.pos in (*_NOUNS, "PRON")


def _text(slot: str, texts: Sequence[str]) -> str:
    """Of a person the fullest name, else the words most used, the first of equals."""
    if slot == "Victim":
        return max(texts, key=lambda t: len(t.split()))
    counts = Counter(text for text in texts if text)
    return max(counts, key=lambda t: counts[t], default="")


def _phrases(message: Message, line: IndexedSentence, i: int, slot: str) -> Iterator[_Phrase]:
    """The phrases of a head as a slot may have them; none where such a head never stands there."""
    actor, place = line.actor_at(i), line.place_at(i)
    if slot == "Victim":
        yield from _names(message, line, i)
        return
    if (
        slot == "PerpOrg"
        and actor is not None
        and actor.kind in ("organization", "agency")
        and actor.how != "described"
    ):
        text = "" if actor.how in _STANDING_FOR else actor.text
        yield _Phrase(normal(actor.name), text, f"form {actor.how}")
        return
    if line.sentence.tokens[i].pos not in _NOUNS:
        return
    if slot == "Weapon":
        if message.index.codebook.arms.ending_at(line.lemmas, i) is None:
            return
    elif _forms_the_next(line, i) or (place is not None and slot != "Target"):
        return
    if slot == "Target" and actor is not None and actor.kind == "person":
        return
    text = message.index.reading.text
    start, end = _span(line, i)
    yield _Phrase(normal(text[start:end]), text[start:end], "form plain")
    if slot in ("PerpInd", "Target"):
        first, last = phrase_span(line.sentence, i)
        longer = text[min(first, start) : max(last, end)]
        if longer != text[start:end] and len(longer) < _LONGEST:
            yield _Phrase(normal(longer), longer, "form with of")


def _forms_the_next(line: IndexedSentence, i: int) -> bool:
    """True for a noun that only helps to form the next one: "car" in "car bomb"."""
    token = line.sentence.tokens[i]
    return token.dep in ("compound", "nmod") and token.head > i and line.actor_at(i) is None


def _span(line: IndexedSentence, i: int) -> Span:
    """Reading offsets of a head with the words before it that describe it; no article, number, owner or title."""
    tokens = line.sentence.tokens
    first = i
    while first > 0 and (
        tokens[first - 1].dep in _BEFORE
        and tokens[first - 1].tag != "CD"
        and _under(line, first - 1, i)
        and line.count_at(first - 1) is None
    ):
        first -= 1
    while first < i and (tokens[first].dep in ("punct", "advmod") or tokens[first].pos in ("PUNCT", "DET")):
        first += 1
    return tokens[first].start, tokens[i].end


def _under(line: IndexedSentence, i: int, head: int) -> bool:
    for _step in range(4):
        if i == head:
            return True
        i = line.sentence.tokens[i].head
    return i == head


def _names(message: Message, line: IndexedSentence, i: int) -> Iterator[_Phrase]:
    """The person that a head names or stands for."""
    tokens = line.sentence.tokens
    actor = line.actor_at(i)
    if actor is not None:
        name = _without_title(actor.name) if actor.kind == "person" and actor.how != "described" else ""
        if name:
            text = "" if actor.how in _STANDING_FOR else _without_title(actor.text)
            yield _Phrase(normal(name), text, f"form {actor.how}")
    elif line.place_at(i) is None and tokens[i].pos == "PROPN":
        first = i
        while first > 0 and tokens[first - 1].text[:1].isupper() and _under(line, first - 1, i):
            first -= 1
        name = _without_title(message.index.reading.text[tokens[first].start : tokens[i].end])
        if name:
            yield _Phrase(normal(name), name, "form capitals")


def _without_title(name: str) -> str:
    """A person's name without what stands before it; '' for an acronym."""
    words = name.split()
    titles = place_words().titles
    while words and (words[0].lower().strip(".,") in titles or not words[0][0].isupper()):
        words = words[1:]
    return " ".join(words) if words and not words[0].isupper() else ""
