"""What tells whether a message has an incident of a type, and whether a phrase fills a slot of it. Invariant: features
are of the message's words and grammar and of Khabar's claims about it; none is of the key.

A feature is a short phrase ("claim bombing", "0 dobj < kidnap"); its weight is in the model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from khabar.evaluation.muc4_messages import EventClaim, Message
from khabar.evaluation.templates import normal
from khabar.extraction.indexed import IndexedSentence
from khabar.reading.clauses import is_passive

__all__ = ["for_type", "of_candidate", "of_mention", "of_message"]

_NOUNS = ("NOUN", "PROPN")
_OPENING = 3  # sentences that a report of an incident opens with
_NEW, _RECENT = 14, 62  # days; the task leaves out what is older than two months


def for_type(features: Iterable[str], kind: str) -> set[str]:
    """Features as those of a template of type `kind`: what names that type is said of "this", and what the phrase is
    counts for that type apart.
    """
    made = {f"type {kind}"}
    for feature in features:
        made.add(feature)
        if feature.endswith(kind):
            made.add(f"{feature.removesuffix(kind)}this")
        elif feature.partition(" ")[0] in _BY_TYPE:
            made.add(f"{kind}: {feature}")
    return made


_BY_TYPE = ("site", "people", "arms", "attackers", "state_agents", "actor")


# ------------------------------------------------------------------ a message


def of_message(message: Message) -> set[str]:
    """What tells which incidents a message has: its words, those it opens with, its claims and reporting words."""
    found: set[str] = set()
    for line in message.index.sentences:
        text = message.index.reading.text[line.sentence.start : line.sentence.end]
        words = {word for word in normal(text).split() if not word.isdigit()}
        found.update(f"word {word}" for word in words)
        if line.index < _OPENING:
            found.update(f"opening {word}" for word in words)
    counts = Counter(f"report {kind}" for kind in message.reports.values())
    for event in message.claims:
        counts.update(_of_claim(event, message))
    for name, count in counts.items():
        found.update(f"{least} of {name}" for least in (1, 2, 3, 5) if count >= least)
    return found


def _of_claim(event: EventClaim, message: Message) -> Iterator[str]:
    kind = event.type or event.body.type
    yield f"claim {kind}"
    yield f"claim {event.claim.modality} {kind}"
    if event.body.aggregate is not None or event.claim.modality != "actual":
        return
    yield f"incident {kind}"
    yield from (f"incident on {t.category} {kind}" for t in event.body.targets)
    yield from (f"incident by {a.actor.kind} {kind}" for a in event.body.attributions)
    published = message.index.reading.document.published.latest
    if event.claim.when.earliest and published:
        age = (date.fromisoformat(published) - date.fromisoformat(event.claim.when.earliest)).days
        yield f"incident {'new' if age <= _NEW else 'recent' if age <= _RECENT else 'old'} {kind}"
    else:
        yield f"incident undated {kind}"


# ------------------------------------------------------------------ a phrase


def of_mention(message: Message, line: IndexedSentence, i: int) -> set[str]:
    """What one mention, by its head, tells."""
    found = set(_of_words(message, line, i))
    found.update(_of_grammar(message, line, i))
    found.update(_of_surroundings(message, line, i))
    for event in message.at.get(line.index, ()):
        found.update(_of_role(event, normal(line.sentence.tokens[i].text)))
    return found


def of_candidate(text: str, sentences: Sequence[int]) -> set[str]:
    """What all mentions of a phrase tell together."""
    return {f"times {min(len(sentences), 4)}", f"words {min(len(text.split()), 5)}", f"first in {min(sentences[0], 5)}"}


def _of_words(message: Message, line: IndexedSentence, i: int) -> Iterator[str]:
    tokens, lemmas, book = line.sentence.tokens, line.lemmas, message.index.codebook
    actor, place = line.actor_at(i), line.place_at(i)
    if actor is None and tokens[i].pos == "NOUN":
        yield f"head {lemmas[i]}"
    for k in line.sentence.children[i]:
        if tokens[k].dep in ("amod", "compound", "nmod") and k < i:
            yield f"before {lemmas[k]}"
        elif tokens[k].dep == "det":
            yield f"det {lemmas[k]}"
        elif tokens[k].dep in ("poss", "relcl", "acl", "appos"):
            yield f"has {tokens[k].dep}"
        elif tokens[k].dep == "prep":
            yield f"with {lemmas[k]}"
    for name, table in (("site", book.sites), ("people", book.people), ("arms", book.arms)):
        found = table.ending_at(lemmas, i)
        if found is not None:
            yield f"{name} {found[1]}"
            yield f"{name} any"
    yield from (name for name in ("attackers", "state_agents", "groups") if lemmas[i] in book.tables[name])
    yield f"pos {tokens[i].pos} {'plural' if line.plural(i) else 'one'}"
    if actor is not None:
        yield f"actor {actor.kind}"
        yield f"actor {actor.kind} {actor.how} {'listed' if actor.id else 'new'}"
    if place is not None:
        yield f"place {place.place.precision}"
    if tokens[i].text[:1].isupper():
        yield "acronym" if tokens[i].text.isupper() else "capital"


def _of_grammar(message: Message, line: IndexedSentence, i: int) -> Iterator[str]:
    """The relation to the words above, through coordination and apposition, up to the first that reports an event."""
    tokens, lemmas = line.sentence.tokens, line.lemmas
    top = i
    while tokens[top].dep in ("conj", "appos") and tokens[tokens[top].head].pos in _NOUNS:
        yield f"is {tokens[top].dep}"
        top = tokens[top].head
    for step in range(3):
        above, relation = tokens[top].head, tokens[top].dep
        if above == top:
            yield f"{step} root"
            return
        if relation == "pobj":
            relation, above = lemmas[above], tokens[above].head
        elif relation == "nsubj" and is_passive(line.sentence, above):
            relation = "nsubjpass"
        kind = message.reports.get((line.index, above), "")
        yield f"{step} {relation}"
        if step == 0 or kind:
            yield f"{step} {relation} < {lemmas[above]}"
        if step == 0 and tokens[above].pos == "VERB":
            beside = (k for k in line.sentence.children[above] if k != top)
            yield from (f"beside {tokens[k].dep} {lemmas[k]}" for k in beside if tokens[k].dep in _SIDES)
        if kind:
            yield f"{step} {relation} of {kind}"
            yield f"{step} {relation} of a report"
            return
        top = above


_SIDES = ("dobj", "nsubj", "nsubjpass")


def _of_surroundings(message: Message, line: IndexedSentence, i: int) -> Iterator[str]:
    tokens, lemmas = line.sentence.tokens, line.lemmas
    yield from (f"word {step} {lemmas[i + step]}" for step in (-2, -1, 1, 2) if 0 <= i + step < len(lemmas))
    yield from (f"verb {lemmas[token.i]}" for token in tokens if token.pos == "VERB")
    yield f"sentence {line.index if line.index < 4 else 'later' if line.index < 10 else 'last'}"
    yield from (f"beside {kind}" for (number, _), kind in message.reports.items() if number == line.index)
    if line.index not in message.at:
        yield "no claim"


def _of_role(event: EventClaim, word: str) -> Iterator[str]:
    """What a claim in the same sentence says, and which part the word has in it."""
    kind, body = event.type or event.body.type, event.body
    yield f"claim {event.claim.modality}"
    yield f"claim {kind}"
    if any(word in normal(target.text).split() for target in body.targets):
        yield "target of any"
        yield f"target of {kind}"
    for attribution in body.attributions:
        if word in normal(attribution.actor.text):
            yield "perpetrator"
            yield f"perpetrator {attribution.stance}"
    if body.weapon is not None and word in normal(body.weapon.text).split():
        yield "weapon"
    if event.claim.speaker is not None and word in normal(event.claim.speaker.name).split():
        yield "speaker"
