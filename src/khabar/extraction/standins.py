"""Nouns and pronouns that stand for a group told of before, or describe one without a name. Invariant: "the militants",
"their spokesman" and "it" are the group that the text spoke of last, and nobody where that is not clear; a described
group is told by a word of its own ("separatists", "a criminal gang") and never by "militants" alone.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from khabar.extraction.affiliation import GROUP_NOUNS, acronym, is_group, words_between
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.reading.clauses import ancestors, phrase, prepositional
from khabar.reading.model import ActorMention

__all__ = ["both_meant", "described_group", "group_meant", "last_named", "leading", "speaks_for", "understood"]

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "same"})
_OWN = frozenset({"its", "their", "his", "her", "our"})
_FIGHTERS = frozenset(
    {"militant", "rebel", "insurgent", "guerrilla", "jihadist", "jihadi", "islamist", "separatist", "extremist",
     "fighter", "militiaman", "paramilitary", "terrorist", "secessionist"}
)  # fmt: skip
_VAGUE = frozenset(
    {
        "unknown",
        "unidentified",
        "unnamed",
        "armed",
        "militant",
        "suspected",
        "several",
        "many",
        "some",
        "local",
        "other",
    }
)
_OUTLAWS = frozenset(
    {"bandit", "dacoit", "rustler", "pirate", "gang", "gangster", "cell", "herder", "herdsman", "cartel", "squad",
     "vigilante", "mercenary", "trafficker", "smuggler", "republican", "loyalist", "dissident", "nationalist",
     "settler", "anarchist", "supremacist", "hardliner", "warlord", "network", "criminal", "tribesman", "poacher",
     "hunter", "clansman", "pastoralist"}
)  # fmt: skip
_MOUTHPIECES = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "leader", "commander", "chief", "emir", "head", "leadership", "wing",
     "statement", "communique", "communiqué", "message", "website", "channel", "agency", "mouthpiece",
     "representative", "envoy", "name", "behalf", "video", "recording", "letter", "leaflet", "claim", "deputy",
     "founder", "member", "fighter", "man", "source", "radio", "station", "command", "council", "office", "account",
     "newspaper"}
)  # fmt: skip
_SIGNED = frozenset({"sign", "attribute", "ascribe", "issue", "release", "post", "publish", "send", "put", "circulate"})
_REACH = 3  # sentences back in which the group is named that a noun or a pronoun stands for


def understood(line: IndexedSentence, head: int, index: Indexed) -> list[ActorMention]:
    """The group that "it", "they" or "their" stands for."""
    return _spoken_of(line, line.sentence.tokens[head].start, index)


def group_meant(line: IndexedSentence, head: int, index: Indexed) -> list[ActorMention]:
    """The group that "the group", "the same outfit", "the rebels", "his organisation" stands for."""
    lemma, kids = _noun(line, head), {line.lemmas[k] for k in line.sentence.children[head]}
    if lemma in GROUP_NOUNS and not line.plural(head):
        fits = bool(kids & (_DEFINITE | _OWN))
    else:
        fits = lemma in _FIGHTERS and line.plural(head) and bool(kids & _DEFINITE)
    if not fits:
        return []
    accusers: set[int] = set()
    if line.sentence.tokens[head].dep in ("dobj", "pobj"):  # "X laid it at the door of the militants": not X
        accusers = {s for a in ancestors(line.sentence, head) for s in line.sentence.children[a]}
        accusers = {s for s in accusers if line.sentence.tokens[s].dep == "nsubj"}
    return _spoken_of(line, line.sentence.tokens[head].start, index, accusers)


def _noun(line: IndexedSentence, head: int) -> str:
    """The dictionary form, also of "the Islamists", which the tagger takes for a name."""
    lemma = line.lemmas[head]
    return lemma[:-1] if line.sentence.tokens[head].tag == "NNPS" and lemma.endswith("s") else lemma


def speaks_for(line: IndexedSentence, head: int) -> list[int]:
    """Whose spokesman, leader or statement a noun is: heads of "the rebels' leader", "a spokesman for the group"."""
    if line.lemmas[head] not in _MOUTHPIECES:
        return []
    named = [p for p in prepositional(line.sentence, head, "in", "under") if line.lemmas[p] in ("name", "behalf")]
    owners = [k for k in line.sentence.children[head] if line.sentence.tokens[k].dep in ("poss", "compound")]
    signed = [
        k for k in line.sentence.children[head] if line.sentence.tokens[k].dep == "acl" and line.lemmas[k] in _SIGNED
    ]
    owners += [p for k in signed for p in prepositional(line.sentence, k, "by", "to", "from")]
    further = [p for p in prepositional(line.sentence, head, "on", "in", "at") if line.lemmas[p] in _MOUTHPIECES]
    named += [head] if line.lemmas[head] in ("name", "behalf") else []
    owners += [k for n in named for k in line.sentence.children[n] if line.sentence.tokens[k].dep == "poss"]
    owners += [p for n in named for p in prepositional(line.sentence, n, "of")]  # "a statement in its name"
    owners += [o for p in further for o in speaks_for(line, p)]  # "a statement on the website of X"
    return [*owners, *prepositional(line.sentence, head, "of", "for", "from", "by")]


def described_group(line: IndexedSentence, head: int) -> ActorMention | None:
    """A group without a name: "Tuareg separatists", "a local criminal gang"; not "militants", "the group"."""
    token = line.sentence.tokens[head]
    lemma, kids = _noun(line, head), line.sentence.children[head]
    if lemma not in _FIGHTERS | _OUTLAWS | GROUP_NOUNS or any(line.lemmas[k] in _DEFINITE | _OWN for k in kids):
        return None
    near = ("amod", "compound", "nmod") if lemma in _FIGHTERS else ("amod", "compound", "nmod", "acl", "relcl", "prep")
    told = [k for k in kids if line.sentence.tokens[k].dep in near and line.lemmas[k] not in _VAGUE]
    if token.pos not in ("NOUN", "PROPN") or not told or not (line.plural(head) or lemma in _OUTLAWS | GROUP_NOUNS):
        return None
    inside = phrase(line.sentence, head)
    first = last = head
    while first - 1 in inside and line.lemmas[first - 1] not in ("a", "an", "some", "other"):
        first -= 1
    while last + 1 in inside:
        last += 1
    start, end = line.sentence.tokens[first].start, line.sentence.tokens[last].end
    words = words_between(line, start, end)
    return ActorMention(start, end, words, words, None, "organization", "described")


def both_meant(line: IndexedSentence, index: Indexed) -> list[ActorMention]:
    """The two groups of "Both denied it": those of the nearest sentence before, if it names two."""
    for number in range(line.index - 1, max(-1, line.index - 1 - _REACH), -1):
        other = index.sentence(number)
        named = {m.name: m for m in leading(other, [m for m in other.actors if is_group(m)])}
        if named:
            return list(named.values()) if len(named) == 2 else []
    return []


def last_named(line: IndexedSentence, index: Indexed) -> list[ActorMention]:
    """The group of "the latter": the one that the sentence before names last."""
    before = index.sentence(line.index - 1).actors if line.index else []
    return [m for m in before if is_group(m)][-1:]


def _spoken_of(
    line: IndexedSentence, start: int, index: Indexed, accusers: AbstractSet[int] = frozenset()
) -> list[ActorMention]:
    """The group named last before an offset in the sentence, else the only one of the nearest sentence that names any,
    or the one that is its subject.
    """
    here = leading(line, [m for m in line.actors if m.end <= start and is_group(m)])
    here = [m for m in here if accusers.isdisjoint(line.tokens_of(m))]
    here = here or [m for m in _letters(line) if m.end <= start]
    if here:
        return here[-1:]
    for number in range(line.index - 1, max(-1, line.index - 1 - _REACH), -1):
        other = index.sentence(number)
        named = {m.name: m for m in leading(other, [m for m in other.actors if is_group(m)]) or _letters(other)}
        if len(named) > 1:
            return _subject(other, list(named.values()))
        if named:
            return list(named.values())
    return []


def _letters(line: IndexedSentence) -> list[ActorMention]:
    """Groups of a sentence that only letters name: "the MNLA"."""
    found = [acronym(line, t.i) for t in line.sentence.tokens if t.pos == "PROPN" and t.text.isupper()]
    return [m for m in found if m is not None]


def _subject(line: IndexedSentence, groups: list[ActorMention]) -> list[ActorMention]:
    """The one group among several that is the subject of the sentence."""
    tokens = line.sentence.tokens
    top = {t.i for t in tokens if t.dep in ("nsubj", "nsubjpass") and tokens[t.head].dep == "ROOT"}
    found = [m for m in groups if top & set(line.tokens_of(m))]
    coordinated = any(tokens[k].dep == "conj" for t in top for k in line.sentence.children[t])
    return found if len(found) == 1 and not coordinated else []


def leading(line: IndexedSentence, mentions: list[ActorMention]) -> list[ActorMention]:
    """Without the wholes of which a part is named: of "the X faction of Y" and "X, a splinter of Y" only X."""
    kept: list[ActorMention] = []
    for mention in mentions:
        between = [t for t in line.sentence.tokens if kept and kept[-1].end <= t.start < mention.start]
        words = {line.lemmas[t.i] for t in between}
        whole = kept and words & GROUP_NOUNS and "of" in words and not any(t.pos == "VERB" for t in between)
        if not whole:
            kept.append(mention)
    return kept
