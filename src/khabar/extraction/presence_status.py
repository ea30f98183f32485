"""Whether a group is said to be there: present, absent, denied, claimed or hedged. Invariant: the words that govern the
cue in syntax decide; what the world is like does not.

Negation reaches a cue through verbs and adjectives that imply it (Karttunen 1971): who "failed to gain a foothold" has
none. Doubt and denial reach it through the nouns that hold what is said ("no evidence that", "reports of").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.codebook.lookup import Phrase
from khabar.codebook.ties import PresenceCue
from khabar.extraction.chains import said_by
from khabar.extraction.clausal import clause_verb
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.parties import ties_of
from khabar.extraction.presence_cues import CueIndex, cue_at, thing_there
from khabar.extraction.slots import doers
from khabar.extraction.ties import Voice
from khabar.reading.clauses import ancestors, descendants, is_negated
from khabar.reading.model import ActorMention

__all__ = ["Told", "told_by"]

_NEGATIVE = frozenset({"no", "not", "n't", "never", "neither", "nor", "none", "nobody", "without", "longer"})
_IMPLYING_NOT = frozenset({"fail", "cease", "stop", "unable", "unsuccessful", "refrain", "quit", "struggle"})
_EVIDENCE = frozenset({"evidence", "sign", "proof", "indication", "trace", "hint", "record"})
_SEEN = frozenset({"sign", "trace"})  # who finds none of these in a place says that nothing is there
_SCANT = frozenset({"little", "scant", "few", "hardly", "no", "without"})
_FEARING = frozenset({"fear", "worry", "suspect", "speculate", "rumour", "rumor", "concern", "speculation"})
_CARRYING = ("dobj", "ccomp", "xcomp", "pobj", "prep", "acl", "pcomp", "attr", "conj", "relcl", "nsubjpass", "acomp")
_NEGATED_PATH = ("dobj", "pcomp", "prep", "acomp", "xcomp", "attr", "oprd", "advmod", "nsubjpass")
_UNREAL = ("predicted", "hypothetical", "planned", "attempted")
_UNSURE = ("hedged", "suspected")
_WITHHELD = frozenset({"haven", "safe-haven", "sanctuary", "refuge", "shelter", "foothold", "control", "space", "base"})
_DESTROYING = frozenset({"destroy", "dismantle", "lose", "clear"})


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a presence, and whose voice says it; `admitted` where somebody acknowledges or confirms it,
    `lost` where the group is told to have been there before.
    """

    status: str
    voice: Voice
    admitted: bool = False
    lost: bool = False


def told_by(
    line: IndexedSentence, i: int, met: tuple[PresenceCue, CueIndex], actor: ActorMention, voice: Voice, index: Indexed
) -> Told:
    """The status of a group's presence at a cue, in the voice that speaks there or that of who denies or admits it."""
    cue, cues = met
    denying = _governed_by(line, i, _words(index, "denial_of_presence"))
    if denying is not None and line.lemmas[i] in _WITHHELD and line.sentence.tokens[i].head == denying:
        return Told("hedged", replace(voice, stance="asserted"))  # "to deny X a safe haven" is to keep it from X
    if denying is not None:
        return Told("denied", _spoken(line, denying, voice, index))
    admitting = _governed_by(line, i, _words(index, "assertion_of_presence"))
    if admitting is not None:
        voice = _spoken(line, admitting, voice, index)
    lost = cue.status == "absent" or _lost(line, i, cue, cues)
    return Told(_status(line, i, lost, voice, actor), voice, admitting is not None, lost)


def _status(line: IndexedSentence, i: int, lost: bool, voice: Voice, actor: ActorMention) -> str:
    negated = _negated(line, i, actor)
    absent = negated != lost
    if voice.stance == "denied":
        return "denied"
    if _doubted(line, i):
        return "hedged"
    if absent and negated:
        return "denied" if voice.speaker is not None else "absent"
    if lost and (voice.modality in _UNREAL or _purpose(line, i)):
        return "hedged"  # "the campaign to drive X out of Y"
    if absent:
        return "absent"
    if voice.stance in _UNSURE or voice.modality in _UNREAL or _feared(line, i):
        return "hedged"
    own = voice.speaker is not None and voice.speaker.actor == actor.name
    return "claimed" if own or voice.stance == "claimed" else "present"


def _negated(line: IndexedSentence, i: int, actor: ActorMention) -> bool:
    """A "no", "not" or "no longer" at the cue or at what governs it, or a word that implies it: "was unable to".

    Where the group stands inside the cue's own phrase ("the presence of X") only "there is" governs it: who does not
    discuss a presence does not say that there is none.
    """
    sentence = line.sentence
    if _only_bounded(line):
        return False
    if is_negated(sentence, i) or _none_seen(line, i) or any(is_negated(sentence, k) for k in thing_there(line, i)):
        return True
    within = _within(line, i, actor)
    below = i
    for above in (i, *ancestors(sentence, i)):
        if above != i and (
            sentence.tokens[below].dep not in _NEGATED_PATH or (within and not thing_there(line, above))
        ):
            return False
        implied = above != i and line.lemmas[above] in _IMPLYING_NOT
        kids = sentence.children[above]
        if implied or is_negated(sentence, above) or any(_no_longer(line, k) for k in kids):
            return True
        if any(line.lemmas[k] == "neither" for k in kids):
            return True
        below = above
    return False


def _only_bounded(line: IndexedSentence) -> bool:
    """True of a sentence whose only "no" bounds a number: "no more than fifty of its men remain"."""
    words = [t.text.lower() for t in line.sentence.tokens]
    bounds = [k for k, word in enumerate(words[:-2]) if word == "no" and words[k + 2] == "than"]
    return bool(bounds) and sum(word in _NEGATIVE for word in words) == len(bounds)


def _within(line: IndexedSentence, i: int, actor: ActorMention) -> bool:
    """Whether the group stands in the cue's phrase alone, and is not the subject too ("X has no base of its own")."""
    sentence = line.sentence
    inside = set(descendants(sentence, i))
    if sentence.tokens[i].pos not in ("NOUN", "PROPN") or not any(t in inside for t in line.tokens_of(actor)):
        return False
    heads = [line.actor_at(h) for h in doers(line, clause_verb(line, i)) if h not in inside]
    return all(m is None or m.name != actor.name for m in heads)


def _no_longer(line: IndexedSentence, k: int) -> bool:
    word = line.sentence.tokens[k].text.lower()
    return word in ("longer", "more") and any(line.lemmas[n] in ("no", "any", "not") for n in line.sentence.children[k])


def _lost(line: IndexedSentence, i: int, cue: PresenceCue, cues: CueIndex) -> bool:
    """True of "lost its stronghold", "pushed out of its mainstay": the verb takes the place away."""
    verb = clause_verb(line, i)
    if cue.pos not in ("nouns", "held") or verb == i:
        return False
    taken = cue_at(line, verb, cues)
    if taken is not None and taken.pos == "verbs" and taken.status == "absent":
        return True
    return line.lemmas[verb] in _DESTROYING


def _purpose(line: IndexedSentence, i: int) -> bool:
    """True of an infinitive that says what something is for: it has not happened by that."""
    verb = clause_verb(line, i)
    token = line.sentence.tokens[verb]
    return token.tag == "VB" and token.dep in ("acl", "advcl", "xcomp", "relcl")


def _doubted(line: IndexedSentence, i: int) -> bool:
    """As in "there is little evidence that X has bases in Y"."""
    sentence = line.sentence
    below = i
    for above in ancestors(sentence, i):
        if line.lemmas[above] in _EVIDENCE:
            seen = line.lemmas[above] in _SEEN and sentence.tokens[below].dep == "prep"
            return not seen and any(line.lemmas[k] in _SCANT for k in sentence.children[above])
        below = above
    return False


def _none_seen(line: IndexedSentence, i: int) -> bool:
    """As in "found no trace of X in Y"."""
    tokens = line.sentence.tokens
    of = tokens[i].head
    if tokens[i].dep != "pobj" or line.lemmas[of] != "of":
        return False
    seen = tokens[of].head
    return line.lemmas[seen] in _SEEN and is_negated(line.sentence, seen)


def _feared(line: IndexedSentence, i: int) -> bool:
    """As in "residents fear that X has cells in Y", "the suspected presence of X"."""
    sentence = line.sentence
    below = i
    for above in ancestors(sentence, i):
        if line.lemmas[above] in _FEARING and sentence.tokens[below].dep in _CARRYING:
            return True
        below = above
    return any(line.lemmas[k] in _FEARING and sentence.tokens[k].dep == "amod" for k in sentence.children[i])


# ------------------------------------------------------------------ who denies or admits it


def _words(index: Indexed, kind: str) -> tuple[Phrase, ...]:
    rule = ties_of(index.codebook).statements.get(kind)
    return (*rule.words["verbs"], *rule.words["nouns"]) if rule is not None else ()


def _governed_by(line: IndexedSentence, i: int, words: tuple[Phrase, ...]) -> int | None:
    """The word of denial or admission over a cue, through the nouns and clauses that hold what is denied."""
    sentence = line.sentence
    below = i
    for above in ancestors(sentence, i):
        if sentence.tokens[below].dep not in _CARRYING:
            return None
        if _is_one(line, above, words) and sentence.tokens[above].dep != "amod":
            return None if is_negated(sentence, above) else above
        below = above
    return None


def _is_one(line: IndexedSentence, i: int, words: tuple[Phrase, ...]) -> bool:
    return any(
        line.lemmas[i] == phrase[0] and all(w in line.lemmas[i + 1 : i + 4] for w in phrase[1:]) for phrase in words
    )


def _spoken(line: IndexedSentence, word: int, voice: Voice, index: Indexed) -> Voice:
    """Who denies or admits is the speaker; who reports that, is the chain it came through."""
    stance = "asserted" if voice.stance == "denied" else voice.stance
    return said_by(line, word, replace(voice, stance=stance), index.reading.text)
