"""What somebody says that armed groups are or have become. Invariant: the speaker is told, is not the group itself, and
the group, named or not, is what is spoken of.

Who studies armed groups may say anything of them ("said a researcher"); so may whoever is said to think or argue it.
Of others, officials and residents among them, only what a group is or was called counts: the rest is mostly news.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.extraction.indexed import IndexedSentence
from khabar.reading.clauses import descendants, is_negated, is_passive, objects, phrase_span, prepositional, subjects
from khabar.reading.model import ActorMention

__all__ = ["called", "judged", "unnamed_groups"]

_STUDYING = frozenset(
    {"researcher", "analyst", "expert", "scholar", "professor", "lecturer", "academic", "historian", "specialist",
     "observer", "economist", "anthropologist", "scientist", "author"}
)  # fmt: skip
_THINKING = frozenset(
    {"argue", "write", "believe", "think", "reckon", "contend", "observe", "suggest", "conclude", "assess", "caution",
     "note", "judge", "opine", "fear", "suspect", "consider", "explain", "concede"}
)  # fmt: skip
_SPEAKING = frozenset(
    {"say", "tell", "add", "insist", "maintain", "admit", "acknowledge", "stress", "remark", "report"}
)
_CALLING = frozenset(
    {"regard", "see", "view", "consider", "describe", "call", "characterise", "characterize", "portray", "treat",
     "brand", "dismiss", "perceive", "depict", "rate", "deem", "label"}
)  # fmt: skip
_SOURCES = frozenset({"report", "study", "panel", "assessment", "document", "survey", "paper", "dossier", "memo"})
_BEING = frozenset({"be", "remain", "become"})
_BEHIND = frozenset({"behind", "responsible", "involved"})  # who did it is no judgement
_EMPTY = frozenset({"it", "this", "that", "who", "which", "what"})


def judged(line: IndexedSentence, verb: int, groups: Sequence[ActorMention], events: frozenset[str]) -> bool:
    """True of "X has turned into a bureaucracy, said a researcher": present or perfect, with a group as its subject;
    `events` are verbs that report violence.
    """
    tokens = line.sentence.tokens
    said = tokens[tokens[verb].head]
    if tokens[verb].dep != "ccomp" or tokens[verb].pos not in ("VERB", "AUX") or said.pos != "VERB":
        return False
    speakers = [s for s in subjects(line.sentence, said.i) if line.lemmas[s] not in _EMPTY]
    if not speakers or not (_studies(line, speakers) or _may_judge(line, verb, said.i, speakers, events)):
        return False
    finite = [verb, *(k for k in line.sentence.children[verb] if tokens[k].dep == "aux")]
    present = any(tokens[k].tag in ("VBZ", "VBP") for k in finite)
    told = line.lemmas[verb] in _BEING and tokens[verb].tag == "VBD" and said.tag == "VBD"  # "said that X was weak"
    heads = subjects(line.sentence, verb) if present or told else []
    return any(g.start <= tokens[k].start < g.end for h in heads for k in _of(line, h) for g in groups)


def _studies(line: IndexedSentence, speakers: Sequence[int]) -> bool:
    return any(line.lemmas[s] in _STUDYING for s in speakers)


def _of(line: IndexedSentence, head: int) -> list[int]:
    """The head of a subject and the names that it is of: "the strength of X", "X's leaders"."""
    kids = [k for k in line.sentence.children[head] if line.sentence.tokens[k].dep in ("poss", "compound", "nmod")]
    return [head, *kids, *prepositional(line.sentence, head, "of")]


def _may_judge(line: IndexedSentence, verb: int, said: int, speakers: Sequence[int], events: frozenset[str]) -> bool:
    """Whether what is said is an opinion: it is thought, or it says what a group is."""
    if any((m := line.actor_at(s)) is not None and m.kind == "organization" for s in speakers):
        return False  # what a group says of another is its claim
    if line.lemmas[verb] in events or any(line.lemmas[k] in _BEHIND for k in line.sentence.children[verb]):
        return False
    if line.lemmas[said] in _THINKING:
        return True
    completed = any(line.sentence.tokens[k].dep in ("attr", "acomp") for k in line.sentence.children[verb])
    known = any(line.lemmas[s] in _SOURCES or line.actor_at(k) is not None for s in speakers for k in _of(line, s))
    return known and line.lemmas[said] in _SPEAKING and line.lemmas[verb] in _BEING and completed


def called(line: IndexedSentence, verb: int, groups: Sequence[ActorMention]) -> list[ActorMention]:
    """The group that somebody is said to see as something: "analysts regard X as a spent force"."""
    sentence = line.sentence
    if line.lemmas[verb] not in _CALLING or sentence.tokens[verb].pos != "VERB" or is_negated(sentence, verb):
        return []
    if is_passive(sentence, verb) or not any(line.lemmas[s] not in _EMPTY for s in subjects(sentence, verb)):
        return []
    heads = objects(sentence, verb)
    as_what = prepositional(sentence, verb, "as") + [p for h in heads for p in prepositional(sentence, h, "as")]
    as_what += [k for k in sentence.children[verb] if sentence.tokens[k].dep == "oprd"]
    small = [k for k in sentence.children[verb] if sentence.tokens[k].dep == "ccomp" and k > verb]
    if line.lemmas[verb] in ("call", "consider", "deem", "label") and not heads:
        heads = [h for k in small for h in subjects(sentence, k)]  # a clause without a verb: "called X a menace"
        as_what += small
    if not any(line.actor_at(k) is None for k in as_what):
        return []
    inside = {t for h in heads for t in descendants(sentence, h)}
    return [g for g in groups if any(t in inside for t in line.tokens_of(g))][:1]


def unnamed_groups(line: IndexedSentence, militant: frozenset[str]) -> list[ActorMention]:
    """Groups that a sentence only calls by what they are, in the plural: "the jihadists", "local insurgents"."""
    found: list[ActorMention] = []
    for token in line.sentence.tokens:
        if token.tag != "NNS" or line.lemmas[token.i] not in militant or line.actor_at(token.i) is not None:
            continue
        start, end = phrase_span(line.sentence, token.i)
        words = " ".join(t.text for t in line.sentence.tokens if start <= t.start < end)
        found.append(ActorMention(start, end, words, words, None, "organization", "described"))
    return found
