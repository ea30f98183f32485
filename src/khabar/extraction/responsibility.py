"""Claims of responsibility, blame, suspicion and denial. Invariant: each becomes an attribution of the incidents it
is about, with who says so and through which channel, and its sentence becomes further evidence of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.codebook.model import AttributionPattern, Codebook
from khabar.extraction.drafts import DraftAttribution, EventDraft
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.extraction.speakers import speaker_of
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import (
    agents,
    ancestors,
    apposed,
    conjuncts,
    descendants,
    is_negated,
    is_passive,
    objects,
    phrase_span,
    prepositional,
    subjects,
)
from khabar.reading.model import ActorMention

__all__ = ["Responsibility", "apply", "find_responsibilities"]

_PRONOUNS = frozenset({"it", "this", "that", "them", "both"})
_RECENT = 40  # incidents among which the one meant is looked for
_REACH = 8  # sentences that a claim of responsibility reaches back
_NOBODY = frozenset({"no", "nobody", "none"})


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Actors with a stance, and the token of the event noun they are said to have to do with, if one is named; `also`
    are further event nouns ("for the assault and for a bombing").
    """

    attributions: tuple[DraftAttribution, ...]
    event: int | None
    plural: bool
    span: Span
    verb: int
    pronoun: bool = False
    also: tuple[int, ...] = ()


def find_responsibilities(line: IndexedSentence, hits: list[Hit], book: Codebook, text: str) -> list[Responsibility]:
    """Every claim, blame, suspicion or denial of a sentence, in text order."""
    found: list[Responsibility] = []
    events = {h.token: h for h in hits if h.is_noun or line.sentence.tokens[h.token].dep == "pcomp"}
    patterns: dict[str, list[AttributionPattern]] = {}
    for pattern in book.attributions:
        patterns.setdefault(pattern.verb, []).append(pattern)
    for token in line.sentence.tokens:
        if token.pos not in ("VERB", "AUX", "NOUN") or line.lemmas[token.i] not in patterns:
            continue
        for pattern in patterns[line.lemmas[token.i]]:
            made = _match(line, token.i, pattern, events, book, text)
            if made is not None:
                found.append(made)
                break
    return found or _plainly(line, book)


_CLAIMING = ("claim", "claims", "claimed", "claiming", "took", "takes", "take")


def _plainly(line: IndexedSentence, book: Codebook) -> list[Responsibility]:
    """As in "IS claims responsibility": a name, the verb and the noun in a row, where the parser saw no clause."""
    nouns = {w for p in book.attributions if p.stance == "claimed" for w in p.about}
    tokens = line.sentence.tokens
    for actor in line.actors:
        after = [t for t in tokens if t.start >= actor.end][:4]
        words = [t.text.lower() for t in after]
        if actor.kind == "organization" and words and words[0] in _CLAIMING and nouns.intersection(words[1:]):
            made = DraftAttribution(
                actor.text, actor.name, actor.id, actor.kind, "claimed", (actor.start, actor.end), by=actor.name
            )
            return [Responsibility((made,), None, False, (line.sentence.start, line.sentence.end), after[0].i)]
    return []


def _match(
    line: IndexedSentence, verb: int, pattern: AttributionPattern, events: dict[int, Hit], book: Codebook, text: str
) -> Responsibility | None:
    sentence = line.sentence
    inside = descendants(sentence, verb)
    event = _event(line, verb, events, inside)
    if pattern.about == ("event",):
        named = event is not None and _directly(line, verb, event)
        if not named and not any(line.lemmas[o] in _PRONOUNS for o in objects(sentence, verb)):
            return None
    elif pattern.about != ("any",) and not any(
        line.lemmas[i] in pattern.about and _own_words(line, verb, i) for i in inside
    ):
        return None
    if pattern.stance == "asserted" and _thought(line, verb, book):
        return None
    who = _who(line, verb, pattern)
    if not who or any(line.lemmas[k] in _NOBODY for w in who for k in (w, *sentence.children[w])):
        return None
    mentions = _mentions(line, who)
    if not mentions:
        return None
    stance = pattern.stance
    if is_negated(sentence, verb):
        stance = "denied"
    if stance == "asserted" and speaker_of(line, verb, book, text) is not None:
        stance = "blamed"
    by = _by(line, verb, pattern, mentions, book, text)
    channel = _channel(line, inside, book, text)
    own_words = stance in ("claimed", "denied") and pattern.who == "subject"
    said = tuple(
        DraftAttribution(
            m.text,
            m.name,
            m.id,
            m.kind,
            stance,
            (m.start, m.end),
            by=m.name if own_words else by,
            channel=channel,
        )
        for m in mentions
    )
    plural = any(line.sentence.tokens[i].tag == "NNS" for i in ([event] if event is not None else ())) or any(
        line.lemmas[i] == "both" and i > verb for i in inside
    )
    also = (
        tuple(e for e in events if e != event and e in inside and e > verb and _directly(line, verb, e))
        if event
        else ()
    )
    pronoun = event is None or any(line.lemmas[o] in _PRONOUNS for o in objects(sentence, verb))
    return Responsibility(said, None if pronoun else event, plural, (sentence.start, sentence.end), verb, pronoun, also)


def _own_words(line: IndexedSentence, verb: int, word: int) -> bool:
    """False for "the official said that X was behind it": the word is about another subject."""
    tokens = line.sentence.tokens
    for above in ancestors(line.sentence, word):
        if above == verb:
            return True
        if tokens[above].pos in ("VERB", "AUX"):
            for k in line.sentence.children[above]:
                if tokens[k].dep in ("nsubj", "nsubjpass") and tokens[k].pos != "PRON":
                    return False
    return word == verb


def _thought(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    """As in "X was thought to be responsible": the verb above says how sure it is."""
    above = line.lemmas[line.sentence.tokens[verb].head]
    return line.sentence.tokens[verb].dep == "xcomp" and above in book.stances.get("suspected", frozenset())


def _event(line: IndexedSentence, verb: int, events: dict[int, Hit], inside: list[int]) -> int | None:
    """The event noun that a verb is about: the one with the fewest verbs between, then the first after it."""
    best: tuple[int, int] | None = None
    for token in events:
        if token not in inside:
            continue
        between = 0
        for above in ancestors(line.sentence, token):
            if above == verb:
                break
            between += line.sentence.tokens[above].pos in ("VERB", "AUX")
        if between <= 1 and (best is None or (between, abs(token - verb)) < (best[0], abs(best[1] - verb))):
            best = (between, token)
    return best[1] if best else None


def _directly(line: IndexedSentence, verb: int, event: int) -> bool:
    """True if the event noun is the object of the verb, or after a preposition of it."""
    tokens = line.sentence.tokens
    i = event
    while tokens[i].dep == "conj" and tokens[i].head != i:
        i = tokens[i].head
    head = tokens[i].head
    if tokens[i].dep in ("dobj", "obj", "nsubjpass"):
        return head == verb
    while tokens[head].dep == "conj" and tokens[head].pos == "ADP":
        head = tokens[head].head
    return tokens[i].dep == "pobj" and tokens[head].head == verb


def _who(line: IndexedSentence, verb: int, pattern: AttributionPattern) -> list[int]:
    sentence = line.sentence
    passive = is_passive(sentence, verb)
    if pattern.stance == "suspected" and pattern.who == "subject":
        return subjects(sentence, verb)
    if pattern.who == "to":
        return prepositional(sentence, verb, "to")
    if pattern.who == "of":
        return [p for o in objects(sentence, verb) for p in prepositional(sentence, o, "of")]
    if pattern.who == "subject":
        return agents(sentence, verb) if passive else subjects(sentence, verb)
    if passive:
        return subjects(sentence, verb)
    found = objects(sentence, verb)
    if not found:  # "holds X responsible", where X is the subject of a clause without a verb
        small = [k for k in sentence.children[verb] if sentence.tokens[k].pos == "ADJ"]
        found = [n for k in small for n in sentence.children[k] if sentence.tokens[n].dep == "nsubj"]
    if pattern.verb == "blame":
        for k in sentence.children[verb]:  # "blamed the attack on X"
            if line.lemmas[k] == "on":
                found = [p for p in sentence.children[k] if sentence.tokens[p].dep == "pobj"]
    return found


def _mentions(line: IndexedSentence, heads: list[int]) -> list[ActorMention]:
    """Actors that heads stand for: a group by its name or by its commander or spokesman, a person only by name."""
    found: list[ActorMention] = []
    for head in heads:
        for h in (head, *conjuncts(line.sentence, head)):
            own = line.actor_at(h)
            named = own is not None and own.how != "described" and own.kind != "person"
            near = [own] if named and own is not None else line.actors_in_phrase(h)
            if not near:
                near = [m for a in apposed(line.sentence, h) for m in line.actors_in_phrase(a)]
            groups = [m for m in near if m.kind == "organization"]
            for m in groups[:1] if not named else near:
                if m not in found and m.kind != "state":
                    found.append(m)
            if not groups and not named:
                found += [m for m in near if m.kind == "person" and m.how != "described" and m not in found]
    return found


def _by(
    line: IndexedSentence,
    verb: int,
    pattern: AttributionPattern,
    mentions: list[ActorMention],
    book: Codebook,
    text: str,
) -> str | None:
    """Who says so: the subject of blaming, else the speaker of the sentence."""
    if pattern.who == "object" and not is_passive(line.sentence, verb):
        for head in subjects(line.sentence, verb):
            actor = line.actor_at(head)
            start, end = phrase_span(line.sentence, head)
            return actor.name if actor is not None else text[start:end]
    if pattern.who == "object":
        for head in agents(line.sentence, verb):
            start, end = phrase_span(line.sentence, head)
            return text[start:end]
    saying = speaker_of(line, verb, book, text)
    if saying is not None and saying.speaker is not None and saying.speaker.actor not in {m.name for m in mentions}:
        return saying.speaker.name
    return None


def _channel(line: IndexedSentence, inside: list[int], book: Codebook, text: str) -> str | None:
    """As in "Through Amaaq", "in a statement on Telegram"."""
    tokens = line.sentence.tokens
    table = book.tables["channels"]
    for i in inside:
        if tokens[i].dep != "pobj" or line.lemmas[tokens[i].head] not in ("through", "via", "in", "on", "by", "from"):
            continue
        words = phrase_words(line, i)
        if any(w in table for w in words) or table.ending_at(line.lemmas, i) is not None:
            start, end = phrase_span(line.sentence, i)
            return text[start:end]
    return None


def phrase_words(line: IndexedSentence, head: int) -> list[str]:
    """Lower-case words of the noun phrase of a head."""
    start, end = phrase_span(line.sentence, head)
    return [t.text.lower() for t in line.sentence.tokens if t.start >= start and t.end <= end]


def apply(
    found: Responsibility,
    line: IndexedSentence,
    drafts: list[EventDraft],
    by_token: dict[int, EventDraft],
    before: list[EventDraft],
) -> list[EventDraft]:
    """Add the attributions to the incidents they are about, and return these. `before` are those that the sentence's
    previous one was about: "X was suspected of the shooting although officials blamed Y for it".
    """
    about = before if before and found.event is None else _about(found, line, drafts, by_token)
    for draft in about:
        for attribution in found.attributions:
            known = [
                k
                for k, a in enumerate(draft.attributions)
                if a.name == attribution.name and a.stance == attribution.stance
            ]
            if known:
                old = draft.attributions[known[0]]
                draft.attributions[known[0]] = replace(
                    old, by=old.by or attribution.by, channel=old.channel or attribution.channel
                )
                continue
            draft.attributions.append(attribution)
        if draft.last_sentence != line.index and found.span not in draft.evidence:
            draft.evidence.append(found.span)
    return about


def _words(text: str) -> set[str]:
    return {w for w in text.lower().split() if len(w) > 2}


def _name_words(line: IndexedSentence, event: int) -> set[str]:
    """Words of the names around an event noun: "kuz", "kunar" of "the Kuz Kunar bombing"."""
    return {
        w
        for i in descendants(line.sentence, event)
        if line.sentence.tokens[i].pos == "PROPN"
        for w in _words(line.sentence.tokens[i].text)
    }


def _about(
    found: Responsibility, line: IndexedSentence, drafts: list[EventDraft], by_token: dict[int, EventDraft]
) -> list[EventDraft]:
    further = [by_token[e] for e in found.also if e in by_token]
    if found.event is not None and found.event in by_token and further:
        return [by_token[found.event], *(d for d in further if d is not by_token[found.event])]
    if found.event is not None and found.event in by_token:
        own = by_token[found.event]
        if own.aggregate is None or not found.plural:
            return [own]
    here = [
        d
        for d in drafts[-_RECENT:]
        if d.sentence == line.index
        and d.aggregate is None
        and any(h.token > found.verb for u in d.units if u.line is line for h in u.hits)
    ]
    if found.event is None and here and not found.pronoun:
        return here[:1]
    near = [
        d
        for d in drafts[-_RECENT:]
        if line.index - d.last_sentence <= _REACH
        and d.sentence <= line.index
        and not d.heading
        and d.modality == "actual"
    ]
    if not near:
        return []
    if found.plural:
        last = near[-1].unit.line.sentence.paragraph
        return [d for d in near if d.unit.line.sentence.paragraph == last]
    violent = [d for d in near if d.aggregate is None and not d.state_action]
    if found.pronoun:  # "claimed it as revenge for a killing": what was told before, and best what was claimed before
        told = [d for d in violent if d.sentence < line.index] or violent
        return [d for d in told if any(a.stance != "asserted" for a in d.attributions)][-1:] or told[-1:]
    if found.event is not None:
        named = _name_words(line, found.event)
        matching = [
            d for d in violent if named & {w for s in d.places for w in _words(f"{s.place.text} {s.place.name}")}
        ]
        if matching:
            return matching[-1:]
    return violent[-1:]
