"""Statement claims: estimates, assessments, forecasts, warnings, advice, accusations, and what is said of presence.

Invariant: a statement is about an actor that its clause mentions, and a clause gives one statement of a kind.

1. Words of the codebook are met; each kind has a rule about what must stand beside them.
2. Presence found in a clause is asserted or denied by whoever speaks there.
3. Where a clause could be several kinds, the more specific one is kept: an assessment only where it is nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from khabar.codebook.lookup import Phrase
from khabar.codebook.model import Codebook
from khabar.codebook.ties import Ties
from khabar.extraction.clausal import clause_span, clause_tokens, clause_top, clause_verb, speech_span
from khabar.extraction.ground import Draft, ground
from khabar.extraction.indexed import Indexed, IndexedSentence, Span, index_reading
from khabar.extraction.parties import Parties, armed, ref, ties_of
from khabar.extraction.presence import Found, find_presence
from khabar.extraction.ties import Voice, claim_draft, speaking, voice_of
from khabar.reading.clauses import (
    ancestors,
    descendants,
    is_negated,
    is_passive,
    modals,
    objects,
    phrase_span,
    prepositional,
    subjects,
)
from khabar.reading.model import ActorMention, CountMention, Reading
from khabar.records import Claim, Quantity, Statement

__all__ = ["Words", "extract_statements", "statement_drafts"]

_ORDER = (
    "denial_of_presence", "estimate", "accusation", "warning", "recommendation", "forecast", "assertion_of_presence",
    "assessment",
)  # fmt: skip
_PARTS = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives", "ADV": "adverbs"}
_ENOUGH = 2  # cues that make an assessment


class Words:
    """Statement cues by kind, part of speech and head word."""

    def __init__(self, ties: Ties) -> None:
        """`ties` is the codebook's section."""
        self._heads: dict[tuple[str, str], list[tuple[str, Phrase]]] = {}
        self.auxiliaries = {kind: frozenset(_singles(r.words["auxiliaries"])) for kind, r in ties.statements.items()}
        self.units = (
            frozenset(_singles(ties.statements["estimate"].words["units"]))
            if "estimate" in ties.statements
            else frozenset()
        )
        self.events = (
            frozenset(_singles(ties.statements["estimate"].words["events"]))
            if "estimate" in ties.statements
            else frozenset()
        )
        for kind, rule in ties.statements.items():
            for part in ("verbs", "nouns", "adjectives", "adverbs"):
                for phrase in rule.words[part]:
                    head = phrase[0] if part == "verbs" else phrase[-1]
                    self._heads.setdefault((part, head.lower()), []).append((kind, phrase))

    def at(self, line: IndexedSentence, i: int) -> list[str]:
        """Kinds of statement that the word at a token can be a sign of."""
        part = _PARTS.get(line.sentence.tokens[i].pos)
        entries = self._heads.get((part or "", line.lemmas[i]), ())
        return [kind for kind, phrase in entries if all(w in line.lemmas[max(0, i - 3) : i + 4] for w in phrase)]


@lru_cache(maxsize=8)
def _words(ties: Ties) -> Words:
    return Words(ties)


def _singles(phrases: Iterable[Phrase]) -> Iterator[str]:
    return (p[0] for p in phrases if len(p) == 1)


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement met at a token of a sentence."""

    kind: str
    token: int
    about: tuple[ActorMention, ...]
    quantity: Quantity | None = None
    voice: Voice | None = None
    spoken: bool = False  # the word is a verb of saying, and its subject the speaker


def extract_statements(reading: Reading, codebook: Codebook) -> list[Claim]:
    """Every statement that the reading holds, grounded, in text order."""
    index = index_reading(reading, codebook)
    return ground(statement_drafts(index, find_presence(index)), reading).claims


def statement_drafts(index: Indexed, presence: Sequence[Found]) -> list[Draft]:
    """Drafts of the statement claims of an indexed reading, not yet grounded; `presence` is what was found of it."""
    words = _words(ties_of(index.codebook))
    by_line: dict[int, list[Found]] = {}
    for item in presence:
        by_line.setdefault(item.line.index, []).append(item)
    drafts: list[Draft] = []
    for line in index.sentences:
        if line.sentence.tokens and line.actors and not line.sentence.heading:
            said = [*_of_presence(by_line.get(line.index, ())), *_of_words(line, words, index)]
            drafts += _drafts(line, said, index)
    return drafts


def _drafts(line: IndexedSentence, said: Sequence[_Said], index: Indexed) -> list[Draft]:
    taken: list[Span] = []
    drafts: list[Draft] = []
    for item in sorted(said, key=lambda s: (_ORDER.index(s.kind), s.token)):
        span = speech_span(line, clause_verb(line, item.token)) if item.spoken else clause_span(line, item.token)
        if any(_overlap(span, other) for other in taken):
            continue
        taken.append(span)
        voice = item.voice or voice_of(line, item.token, index)
        if item.spoken:
            voice = speaking(line, clause_verb(line, item.token), voice, index.reading.text)
        voice = replace(voice, modality="predicted" if item.kind in ("forecast", "warning") else "actual")
        about = tuple(dict.fromkeys(ref(m) for m in item.about if span[0] <= m.start < span[1]))
        body = Statement(item.kind, about, item.quantity)
        drafts.append(claim_draft(index, body, span, voice, 0.6))
    return sorted(drafts, key=lambda d: d.evidence[0])


def _overlap(one: Span, two: Span) -> bool:
    shared = min(one[1], two[1]) - max(one[0], two[0])
    return 2 * shared >= min(one[1] - one[0], two[1] - two[0])


# ------------------------------------------------------------------ presence said


def _of_presence(found: Sequence[Found]) -> Iterator[_Said]:
    for item in found:
        if not item.places and item.status not in ("denied", "absent"):
            continue
        if item.status not in ("denied", "absent") and not item.told:
            continue
        kind = "denial_of_presence" if item.status in ("denied", "absent") else "assertion_of_presence"
        if kind == "denial_of_presence" and not (
            item.voice.stance == "denied" or item.status == "denied" or item.places
        ):
            continue
        yield _Said(kind, item.token, (item.actor,), voice=item.voice)


# ------------------------------------------------------------------ words of the codebook


def _of_words(line: IndexedSentence, words: Words, index: Indexed) -> Iterator[_Said]:
    parties = Parties(index)
    groups = [m for m in line.actors if armed(m)]
    weights: dict[int, list[int]] = {}
    for count in line.counts:
        yield from _estimate(line, count, words, groups, index)
    for token in line.sentence.tokens:
        if token.pos == "AUX" or token.tag == "MD":
            yield from _auxiliary(line, token.i, words, groups)
        for kind in words.at(line, token.i):
            if kind == "accusation":
                yield from _accusation(line, token.i, parties)
            elif kind != "assessment":
                yield from _announced(line, token.i, kind, groups)
            elif not _inside_name(line, token.i):
                weights.setdefault(clause_top(line, token.i), []).append(token.i)
    for tokens in weights.values():
        about = _about(line, tokens[0], groups)
        if about and len(tokens) >= _ENOUGH and _states(line, tokens, index.codebook):
            yield _Said("assessment", tokens[0], tuple(about))


def _announced(line: IndexedSentence, i: int, kind: str, groups: Sequence[ActorMention]) -> Iterator[_Said]:
    """Forecasts, warnings, advice and words of presence by the word that announces them."""
    verb = line.sentence.tokens[i].pos == "VERB"
    about = _about(line, i, groups)
    if kind == "forecast" and _predicts(line, i):
        about = about or _below(line, i, groups)
        if about:
            yield _Said(kind, i, tuple(about), spoken=verb)
    elif kind in ("warning", "recommendation") and groups and verb and not is_negated(line.sentence, i):
        yield _Said(kind, i, tuple(groups), spoken=line.lemmas[i] != "need")
    elif kind in ("assertion_of_presence", "denial_of_presence") and about and _presence_word(line, i):
        yield _Said(kind, i, tuple(about), spoken=verb)


def _about(line: IndexedSentence, i: int, groups: Sequence[ActorMention]) -> list[ActorMention]:
    inside = set(clause_tokens(line, i))
    return [m for m in groups if any(t in inside for t in line.tokens_of(m))]


def _inside_name(line: IndexedSentence, i: int) -> bool:
    return line.actor_at(i) is not None or line.place_at(i) is not None


def _below(line: IndexedSentence, i: int, groups: Sequence[ActorMention]) -> list[ActorMention]:
    """Groups in what a word governs: "it is likely that X …"."""
    inside = set(descendants(line.sentence, clause_verb(line, i)))
    return [m for m in groups if any(t in inside for t in line.tokens_of(m))]


def _states(line: IndexedSentence, tokens: Sequence[int], book: Codebook) -> bool:
    """True if the clause judges or sums up; a report of deaths or one in the simple past with a day is an event."""
    harm = (book.tables.get("killed.transitive"), book.tables.get("injured.transitive"))
    if any(t is not None and line.lemmas[i] in t for i in clause_tokens(line, tokens[0]) for t in harm):
        return False
    verb = clause_verb(line, clause_top(line, tokens[0]))
    past = line.sentence.tokens[verb].tag == "VBD"
    return not (past and any(d.precision == "day" for d in line.dates))


def _presence_word(line: IndexedSentence, i: int) -> bool:
    return "presence" in line.lemmas[max(0, i - 6) : i + 10]


def _predicts(line: IndexedSentence, i: int) -> bool:
    """True of "likely to", "poised to", "expects"; not of "the likely perpetrator"."""
    token = line.sentence.tokens[i]
    if token.pos == "VERB":
        return not is_negated(line.sentence, i)
    if line.sentence.tokens[clause_verb(line, i)].dep in ("relcl", "acl"):
        return False
    kids = {line.sentence.tokens[k].dep for k in line.sentence.children[i]}
    return (token.dep in ("acomp", "attr", "oprd", "ROOT") and bool(kids & {"xcomp", "ccomp", "csubj"})) or (
        token.dep == "acomp" and any(line.sentence.tokens[k].dep == "ccomp" for k in line.sentence.children[token.head])
    )


def _auxiliary(line: IndexedSentence, i: int, words: Words, groups: Sequence[ActorMention]) -> Iterator[_Said]:
    """Forecasts and recommendations by an auxiliary verb: "X will attack", "the state must act"."""
    sentence = line.sentence
    token = sentence.tokens[i]
    verb = token.head
    if token.dep != "aux" or sentence.tokens[verb].pos not in ("VERB", "AUX") or "have" in modals(sentence, verb):
        return
    if token.lemma.lower() in words.auxiliaries.get("recommendation", ()) and groups and subjects(sentence, verb):
        yield _Said("recommendation", verb, tuple(groups))
    elif token.lemma.lower() in words.auxiliaries.get("forecast", ()) and not _habitual(line, verb):
        about = _about(line, verb, groups)
        if about and line.lemmas[verb] != "be" and not _governed(line, verb):
            yield _Said("forecast", verb, tuple(about))


def _habitual(line: IndexedSentence, verb: int) -> bool:
    """True of conditions and purposes: "so that it could", "if it would"."""
    return line.sentence.tokens[verb].dep in ("advcl", "relcl", "acl", "pcomp")


def _governed(line: IndexedSentence, verb: int) -> bool:
    """True of an announced intention: "announced they would merge"."""
    return any(
        line.lemmas[a] in ("announce", "vow", "promise", "agree", "decide", "deny")
        for a in ancestors(line.sentence, verb)
    )


# ------------------------------------------------------------------ accusations and estimates


def _accusation(line: IndexedSentence, i: int, parties: Parties) -> Iterator[_Said]:
    """Somebody is said by a named speaker to be behind violence, or a state to be behind a group."""
    sentence = line.sentence
    token = sentence.tokens[i]
    if token.pos == "VERB":
        heads = subjects(sentence, i) if is_passive(sentence, i) else objects(sentence, i)
        found = [m for h in heads for m in parties.of(line, h)]
        found = found or [m for h in heads for m in line.actors_in_phrase(h)]
        if found and not is_negated(sentence, i):
            everybody = (*found, *(m for m in line.actors if armed(m) and m not in found))
            yield _Said("accusation", i, everybody, spoken=not is_passive(sentence, i))
        elif line.lemmas[i] in ("accuse", "blame") and any(armed(m) for m in line.actors):
            yield _Said("accusation", i, tuple(m for m in line.actors if armed(m)), spoken=True)
    elif token.pos == "ADJ" and token.dep in ("acomp", "ROOT", "oprd", "acl"):
        heads = subjects(sentence, token.head)
        found = [m for h in heads for m in parties.of(line, h) if armed(m)]
        if found and prepositional(sentence, i, "in", "for"):
            yield _Said("accusation", i, tuple(found))


def _estimate(
    line: IndexedSentence, count: CountMention, words: Words, groups: Sequence[ActorMention], index: Indexed
) -> Iterator[_Said]:
    """Numbers of a group's people: how many it has, recruited, sent. Tolls are events, not estimates."""
    if count.kind not in ("cardinal", "vague") or not groups:
        return
    sentence = line.sentence
    at = next((t for t in reversed(line.tokens_of(count)) if sentence.tokens[t].pos in ("NUM", "NOUN", "ADJ")), None)
    if at is None:
        return
    head = at
    for above in (at, *ancestors(sentence, at)):
        if sentence.tokens[above].pos in ("NOUN", "PROPN") and above != at:
            head = above
            break
        if sentence.tokens[above].pos in ("VERB", "AUX"):
            break
    verb = clause_verb(line, head)
    about = _about(line, head, groups)
    unit = line.lemmas[head]
    people = unit in words.units or _nationals(line, head)
    if head == at and not people:
        subject = next((s for s in subjects(sentence, verb) if line.lemmas[s] == "number"), None)
        people = subject is not None
        head = subject if subject is not None else head
    told = people and "estimate" in words.at(line, verb)
    if not about or not (told or (unit in words.events and "accord" in line.lemmas)):
        return
    start, end = phrase_span(sentence, head, clauses=False)
    text = index.reading.text[start:end]
    number = count.count
    measured = Quantity(number.low, number.best, number.high, unit=" ".join(text.split()))
    yield _Said("estimate", head, tuple(about), measured, spoken=line.lemmas[verb] in ("estimate", "put"))


def _nationals(line: IndexedSentence, head: int) -> bool:
    token = line.sentence.tokens[head]
    return token.tag == "NNPS" or (token.tag == "NNS" and token.text[:1].isupper())
