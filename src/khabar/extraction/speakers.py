"""Who says it. Invariant: the document's own voice is None; a speaker is words of the text, with the chain they came
through.

Shared by all extractors: `speaker_of` for one token of a sentence, `stance_of` for the stance its wording gives.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.reading.actor_names import dictionary_actors
from khabar.reading.clauses import ancestors, apposed, descendants, is_negated, phrase_span, subjects
from khabar.reading.model import ActorMention
from khabar.records import Speaker

__all__ = ["Saying", "hedged", "speaker_of"]

_SOURCES = frozenset({"according"})
_UNNAMED = frozenset({"it", "that", "this", "there"})
_RELATIVE = frozenset({"who", "which", "whom"})


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says something and with what verb; `speaker` is None for an unnamed source ("it was reported"), `beside` are
    the actors who say so with them ("doctors and the group said").
    """

    speaker: Speaker | None
    verb: str
    span: Span | None
    stance: str
    beside: tuple[str, ...] = ()


def speaker_of(line: IndexedSentence, token: int, book: Codebook, text: str) -> Saying | None:
    """The speaker of what is said at a token, or None where the document speaks itself."""
    found = [
        s
        for s in (_above(line, token, book, text), _according(line, token, text), _beside(line, token, book, text))
        if s
    ]
    if not found:
        return None
    first = found[0]
    for second in found[1:]:
        if first.speaker is not None and second.speaker is not None and first.speaker.name != second.speaker.name:
            chain = Speaker(first.speaker.name, first.speaker.actor, first.speaker.role, second.speaker.name)
            return Saying(chain, first.verb, first.span, first.stance)
    return first


def _above(line: IndexedSentence, token: int, book: Codebook, text: str) -> Saying | None:
    """A reporting verb that governs the clause: "the minister claimed that six had been arrested"."""
    sentence = line.sentence
    below = token
    for above in ancestors(sentence, token):
        dep = sentence.tokens[below].dep
        if sentence.tokens[above].pos == "VERB" and line.lemmas[above] in book.tables["reporting"]:
            object_ = dep in ("ccomp", "xcomp") or (dep == "dobj" and line.lemmas[above] in ("report", "confirm"))
            if object_ and not _leads(line, above, below) and not _owns(line, above, below):
                return _saying(line, above, book, text)
        below = above
    return None


def _leads(line: IndexedSentence, above: int, below: int) -> bool:
    """True for "claimed responsibility" and its like, whose object is no speech."""
    return line.lemmas[above] in ("claim", "find", "put", "point", "hold") and line.sentence.tokens[below].dep in (
        "dobj",
        "xcomp",
    )


def _owns(line: IndexedSentence, above: int, below: int) -> bool:
    """True for "…; X has claimed it": the verb has an object of its own, so the clause is not what it says."""
    tokens = line.sentence.tokens
    return line.lemmas[above] in ("claim", "report", "deny") and any(
        k != below and tokens[k].dep == "dobj" for k in line.sentence.children[above]
    )


def _beside(line: IndexedSentence, token: int, book: Codebook, text: str) -> Saying | None:
    """A reporting verb in parenthesis: "…, the minister said", where the parser hung it on the clause or the
    reverse.
    """
    sentence = line.sentence
    for above in (token, *ancestors(sentence, token)):
        for kid in sentence.children[above]:
            other = sentence.tokens[kid]
            if (
                other.dep in ("parataxis", "ccomp", "advcl")
                and other.pos == "VERB"
                and line.lemmas[kid] in book.tables["reporting"]
            ):
                inside = descendants(sentence, kid)
                has_object = any(sentence.tokens[k].dep in ("dobj", "ccomp", "xcomp") for k in sentence.children[kid])
                quote = other.dep == "parataxis" or (other.dep == "advcl" and _as(line, kid))
                if token not in inside and quote and not has_object:
                    return _saying(line, kid, book, text)
    return None


def _as(line: IndexedSentence, verb: int) -> bool:
    return any(line.lemmas[k] == "as" for k in line.sentence.children[verb])


def _saying(line: IndexedSentence, verb: int, book: Codebook, text: str) -> Saying | None:
    sentence = line.sentence
    word = line.lemmas[verb]
    stance = "denied" if is_negated(sentence, verb) else _stance(word, book)
    heads = [h for h in subjects(sentence, verb) if line.lemmas[h] not in _RELATIVE]
    for head in heads:
        if line.lemmas[head] in _UNNAMED:
            return Saying(None, word, None, "hedged")
        made = _speaker(line, head, text)
        if made is not None:
            more = [m for h in heads if h != head and (m := line.actor_at(h)) is not None]
            more += _behind(line, head, book)
            return Saying(made[0], word, made[1], stance, tuple(m.name for m in more))
    return None


def _behind(line: IndexedSentence, head: int, book: Codebook) -> list[ActorMention]:
    """The group whose outlet speaks: "Islamic State's agency Amaq", and Amaq where the list knows whose it is."""
    if not any(word in book.tables["channels"] for word in line.lemmas[head : head + 2]):
        return []
    near = [m for h in (head, *apposed(line.sentence, head)) for m in line.actors_in_phrase(h)]
    known = dictionary_actors()
    owners = [a.parent for m in near if (a := known.get(m.id or "")) is not None and a.parent is not None]
    parents = [known[o] for o in owners if o in known]
    return near + [replace(near[0], name=p.names[0].text, id=p.id) for p in parents]


def _stance(word: str, book: Codebook) -> str:
    if word in book.stances.get("denied", ()):
        return "denied"
    if word in ("claim", "allege", "boast", "insist", "maintain"):
        return "claimed"
    if word in book.stances.get("hedged", ()) or word in book.stances.get("suspected", ()):
        return "hedged"
    return "asserted"


def _speaker(line: IndexedSentence, head: int, text: str) -> tuple[Speaker, Span] | None:
    sentence = line.sentence
    token = sentence.tokens[head]
    if token.pos not in ("NOUN", "PROPN", "PRON", "NUM"):  # "one of them said"
        return None
    start, end = phrase_span(sentence, head)
    actor = line.actor_at(head)
    if actor is not None:
        start, end = min(start, actor.start), max(end, actor.end)
    role = None
    for other in apposed(sentence, head):
        first, last = phrase_span(sentence, other)
        if sentence.tokens[other].pos == "PROPN" and token.pos == "NOUN":
            role = text[start:end]
            start, end = first, last
            actor = line.actor_at(other) or actor
        elif sentence.tokens[other].pos == "NOUN":
            role = text[first:last]
    mentions = line.actors_in_phrase(head)
    name = actor or (mentions[0] if mentions else None)
    return Speaker(text[start:end], name.name if name else None, role), (start, end)


def _according(line: IndexedSentence, token: int, text: str) -> Saying | None:
    """As in "According to X", and "in a report by X" is not meant."""
    sentence = line.sentence
    for i, lemma in enumerate(line.lemmas):
        if lemma != "accord" and lemma not in _SOURCES:
            continue
        for to in sentence.children[i]:
            for head in sentence.children[to]:
                if sentence.tokens[head].dep == "pobj" and head != token:
                    made = _speaker(line, head, text)
                    if made is not None:
                        return Saying(made[0], "accord", made[1], "asserted")
    return None


def hedged(line: IndexedSentence, token: int, book: Codebook) -> bool:
    """True if a hedging adverb stands beside the report: "reportedly", "allegedly"."""
    words = book.stances.get("hedged", frozenset())
    sentence = line.sentence
    near = [token, *(a for a in ancestors(sentence, token) if sentence.tokens[a].pos == "VERB")][:2]
    return any(
        line.lemmas[k] in words and sentence.tokens[k].dep in ("advmod", "amod")
        for n in near
        for k in sentence.children[n]
    )
