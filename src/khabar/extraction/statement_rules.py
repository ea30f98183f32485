"""Statements met in the words of a sentence: forecasts, warnings, advice, accusations, assessments. Invariant: every
rule looks at one sentence, and gives the token that says it and the groups it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from khabar.codebook.model import Codebook
from khabar.extraction.accusations import accusations
from khabar.extraction.clausal import clause_tokens, clause_top, clause_verb
from khabar.extraction.estimates import find_estimate
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.judged import called, judged, unnamed_groups
from khabar.extraction.parties import Parties, armed, ties_of
from khabar.extraction.slots import doers
from khabar.extraction.statement_words import Said, Words, about_in
from khabar.reading.clauses import (
    ancestors,
    descendants,
    is_negated,
    modals,
    subjects,
)
from khabar.reading.model import ActorMention

__all__ = ["find_statements"]

_ENOUGH = 2  # cues that make an assessment
_DEGREES = ("JJR", "JJS", "RBR", "RBS")  # "stronger than", "the most dangerous"
_ONCE = frozenset({"those", "then", "every", "each", "often", "usually", "earlier", "once", "formerly"})
_ABLE = frozenset({"able", "unable", "ready", "willing", "free", "capable", "weaker", "stronger"})
_CHANCES = frozenset({"risk", "danger", "possibility", "fear", "likelihood", "chance", "prospect", "probability"})


def find_statements(line: IndexedSentence, words: Words, index: Indexed) -> Iterator[Said]:
    """Every statement that a sentence's words are a sign of, in no particular order; presence is read elsewhere."""
    parties = Parties(index)
    groups = [m for m in line.actors if armed(m)]
    weights: dict[int, list[int]] = {}
    for count in line.counts:
        yield from find_estimate(line, count, words, groups, index)
    for token in line.sentence.tokens:
        if token.pos == "AUX" or token.tag == "MD":
            yield from _auxiliary(line, token.i, words, groups)
        for kind in words.at(line, token.i):
            if kind == "accusation":
                yield from accusations(line, token.i, parties)
            elif kind != "assessment":
                yield from _announced(line, token.i, kind, groups)
            elif not _inside_name(line, token.i):
                weights.setdefault(clause_top(line, token.i), []).append(token.i)
        if groups and token.tag in _DEGREES:
            weights.setdefault(clause_top(line, token.i), []).append(token.i)
        if groups and token.pos in ("VERB", "AUX"):
            yield from _opinion(line, token.i, groups, index.codebook)
    if not groups:
        yield from _of_unnamed(line, words, index.codebook)
    yield from _assessments(line, weights, groups, index.codebook)


def _assessments(
    line: IndexedSentence, weights: Mapping[int, Sequence[int]], groups: Sequence[ActorMention], book: Codebook
) -> Iterator[Said]:
    """Clauses with enough words of judgement; `weights` has the words of each clause by its head."""
    for tokens in weights.values():
        about = about_in(line, tokens[0], groups)
        telling = [t for t in tokens if line.lemmas[t] not in book.stances.get("claimed", ())]
        enough = len(set(tokens)) >= _ENOUGH or any(_characterised(line, t, about) for t in telling)
        if about and enough and _states(line, tokens, book):
            yield Said("assessment", tokens[0], tuple(about))


def _opinion(line: IndexedSentence, i: int, groups: Sequence[ActorMention], book: Codebook) -> Iterator[Said]:
    """What somebody thinks of a group, or calls it."""
    seen = called(line, i, groups)
    if seen:
        yield Said("assessment", i, tuple(seen), spoken=True)
    elif judged(line, i, groups, frozenset(book.verbs)):
        yield Said("assessment", i, tuple(about_in(line, i, groups)))


def _of_unnamed(line: IndexedSentence, words: Words, book: Codebook) -> Iterator[Said]:
    """What is judged or advised about "the jihadists", where the sentence names no group."""
    groups = unnamed_groups(line, ties_of(book).lists.get("militant", frozenset()))
    for token in line.sentence.tokens if groups else ():
        yield from _opinion(line, token.i, groups, book)
        if token.tag == "MD":
            yield from _auxiliary(line, token.i, words, groups)
        if token.pos == "VERB" and "recommendation" in words.at(line, token.i):
            yield from _announced(line, token.i, "recommendation", groups)


def _announced(line: IndexedSentence, i: int, kind: str, groups: Sequence[ActorMention]) -> Iterator[Said]:
    """Forecasts, warnings, advice and words of presence by the word that announces them."""
    verb = line.sentence.tokens[i].pos == "VERB" and line.sentence.tokens[i].dep not in ("acomp", "oprd")
    about = about_in(line, i, groups)
    if kind == "forecast" and _predicts(line, i):
        what = i if about or verb else _content(line, i)  # "it is likely that X will …" speaks of X below
        about = about or _below(line, i, groups)
        if about:
            yield Said(kind, what, tuple(about), spoken=verb)
    elif kind in ("warning", "recommendation") and groups and verb and _addressed(line, i, kind):
        yield Said(kind, i, tuple(groups), spoken=line.lemmas[i] != "need")
    elif kind == "recommendation" and groups and not verb and _demanded(line, i):
        yield Said(kind, i, tuple(groups), spoken=True)
    elif kind in ("assertion_of_presence", "denial_of_presence") and about and _presence_word(line, i):
        yield Said(kind, i, tuple(about), spoken=verb)


def _content(line: IndexedSentence, i: int) -> int:
    """The verb of the clause that a word says to be likely; the word itself where there is none."""
    tokens = line.sentence.tokens
    kids = (*line.sentence.children[i], *line.sentence.children[tokens[i].head])
    return next((k for k in kids if tokens[k].dep == "ccomp"), i)


def _addressed(line: IndexedSentence, verb: int, kind: str) -> bool:
    """True of "urged X to act", "warned that", "warned of"; not of forces that advise others, nor of what is denied."""
    tokens = line.sentence.tokens
    below = line.sentence.children[verb]
    content = [k for k in below if tokens[k].dep in ("xcomp", "ccomp") or _with_that(line, k)]
    told = any(tokens[k].dep == "ccomp" and tokens[k].tag in ("VBZ", "VBD") for k in content)  # "advocates that X is"
    return not is_negated(line.sentence, verb) and (kind == "warning" or (bool(content) and not told))


def _with_that(line: IndexedSentence, k: int) -> bool:
    """True of "that Y open talks", where the parser takes the verb for an adjective of its object."""
    kids = line.sentence.children[k]
    return line.sentence.tokens[k].dep == "dobj" and any(line.sentence.tokens[j].dep == "mark" for j in kids)


def _demanded(line: IndexedSentence, i: int) -> bool:
    """True of "it is essential that": what is called essential is a clause."""
    tokens = line.sentence.tokens
    token = tokens[i]
    clauses = (*line.sentence.children[i], *line.sentence.children[token.head])
    return token.dep in ("acomp", "ROOT") and any(tokens[k].dep in ("ccomp", "xcomp", "csubj") for k in clauses)


def _inside_name(line: IndexedSentence, i: int) -> bool:
    return line.actor_at(i) is not None or line.place_at(i) is not None


def _below(line: IndexedSentence, i: int, groups: Sequence[ActorMention]) -> list[ActorMention]:
    """Groups in what a word governs: "it is likely that X …"."""
    inside = set(descendants(line.sentence, clause_verb(line, i)))
    return [m for m in groups if any(t in inside for t in line.tokens_of(m))]


def _states(line: IndexedSentence, tokens: Sequence[int], book: Codebook) -> bool:
    """True if the clause judges or sums up; a report of deaths, one in the simple past with a day, and what a person
    did or is are no assessments.
    """
    harm = (book.tables.get("killed.transitive"), book.tables.get("injured.transitive"))
    if any(t is not None and line.lemmas[i] in t for i in clause_tokens(line, tokens[0]) for t in harm):
        return False
    verb = clause_verb(line, clause_top(line, tokens[0]))
    if line.lemmas[verb] in book.stances.get("claimed", ()):
        return False
    if any(_person(line, head) for head in doers(line, verb)):
        return False
    past = line.sentence.tokens[verb].tag == "VBD"
    return not (past and any(d.precision == "day" for d in line.dates))


def _characterised(line: IndexedSentence, token: int, about: Sequence[ActorMention]) -> bool:
    """True of a word in a clause in the present or perfect whose subject is the group: it says what the group is like
    now; a word in a clause beside the main one does not.
    """
    if any(line.sentence.tokens[a].dep in ("acl", "relcl", "advcl") for a in (token, *ancestors(line.sentence, token))):
        return False
    verb = clause_verb(line, clause_top(line, token))
    tokens = line.sentence.tokens
    finite = [verb, *(k for k in line.sentence.children[verb] if tokens[k].dep in ("aux", "auxpass"))]
    told = tokens[verb].dep == "ccomp" and tokens[tokens[verb].head].tag == "VBD"  # "said that X was weaker than ever"
    if not any(tokens[k].tag in ("VBZ", "VBP", *(("VBD",) if told else ())) for k in finite):
        return False
    subject = {t for h in doers(line, verb) for t in descendants(line.sentence, h)}
    return any(t in subject for m in about for t in line.tokens_of(m))


def _person(line: IndexedSentence, head: int) -> bool:
    mention = line.actor_at(head)
    return line.lemmas[head] in ("he", "she", "who", "we", "i", "you") or (
        mention is not None and mention.kind == "person"
    )


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


def _auxiliary(line: IndexedSentence, i: int, words: Words, groups: Sequence[ActorMention]) -> Iterator[Said]:
    """Forecasts and recommendations by an auxiliary verb: "X will attack", "the state must act"."""
    sentence = line.sentence
    token = sentence.tokens[i]
    full = next((k for k in sentence.children[i] if sentence.tokens[k].dep == "xcomp"), None)  # "ought to act"
    if full is not None and token.lemma.lower() in words.auxiliaries.get("recommendation", ()) and groups:
        yield Said("recommendation", full, tuple(groups))
    verb = token.head
    if token.dep != "aux" or sentence.tokens[verb].pos not in ("VERB", "AUX") or "have" in modals(sentence, verb):
        return
    if token.lemma.lower() in words.auxiliaries.get("recommendation", ()) and groups and subjects(sentence, verb):
        yield Said("recommendation", verb, tuple(groups))
    elif token.lemma.lower() in words.auxiliaries.get("forecast", ()) and not _habitual(line, verb):
        about = about_in(line, verb, groups)
        speakers = any(line.lemmas[s] in ("we", "i", "you") for s in subjects(sentence, verb))  # "we will": a promise
        able = any(line.lemmas[k] in _ABLE for k in line.sentence.children[verb])
        said = line.lemmas[verb] != "be" or able  # "may not be able to", not "will be 40"
        if about and said and not speakers and not (_governed(line, verb) or _once(line, verb)):
            yield Said("forecast", verb, tuple(about))


def _habitual(line: IndexedSentence, verb: int) -> bool:
    """True of conditions and purposes: "so that it could", "if it would"; not of "a risk that it will"."""
    token = line.sentence.tokens[verb]
    if token.dep in ("relcl", "acl") and line.lemmas[token.head] in _CHANCES:
        return False
    return token.dep in ("advcl", "relcl", "acl", "pcomp")


def _once(line: IndexedSentence, verb: int) -> bool:
    """True of the "would" of past habit ("in those years X would …"): no condition, nobody who says it, a past time."""
    tokens = line.sentence.tokens
    if tokens[verb].dep in ("ccomp", "conj") or not any(
        line.lemmas[k] == "would" for k in line.sentence.children[verb]
    ):
        return False
    inside = descendants(line.sentence, verb)
    if any(line.lemmas[k] in ("if", "unless", "without", "otherwise", "likely", "probably") for k in inside):
        return False
    return any(line.sentence.tokens[k].text.lower() in _ONCE for k in inside)


def _governed(line: IndexedSentence, verb: int) -> bool:
    """True of an announced intention: "announced they would merge"."""
    return any(
        line.lemmas[a] in ("announce", "vow", "promise", "agree", "decide", "deny")
        for a in ancestors(line.sentence, verb)
    )
