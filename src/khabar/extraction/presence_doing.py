"""Presence told by what a group does somewhere: "X taxes traders in Y", "X farms along the river". Invariant: the group
does it, in the active voice or as one who is seen, and a preposition of place says where.

Whoever preaches, trains or sells fuel in a town is there, whatever the verb: so any verb will do whose own adjunct
names the place, but those that report violence, speech or a tie, and those that can be done from afar. Of the
codebook's `deeds` the place may also hang on what is done ("collects taxes from herders in Y").
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.codebook.ties import PresenceCue
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.parties import ties_of
from khabar.extraction.presence_cues import CueIndex
from khabar.extraction.presence_places import place_head
from khabar.reading.clauses import ancestors, is_passive, objects
from khabar.reading.model import PlaceMention

__all__ = ["doing_at", "place_of_deed", "sighted", "told_otherwise"]

_WHERE = frozenset(
    {"in", "into", "across", "around", "along", "near", "inside", "throughout", "within", "at", "outside", "over",
     "between", "on", "amid", "beyond"}
)  # fmt: skip
_ON_THE_WAY = ("NOUN", "PROPN", "ADP", "ADJ", "NUM", "DET")
_SIGHTING = frozenset(
    {"see", "spot", "sight", "observe", "encounter", "notice", "report", "document", "detect", "find"}
)
# What can be done, suffered or said about a place from afar, and what no longer lasts.
_FROM_AFAR = frozenset(
    {"advance", "agree", "aid", "aim", "ally", "appear", "arise", "arrive", "ask", "back", "battle", "be", "bear",
     "become", "begin", "believe", "benefit", "broadcast", "call", "carry", "cause", "celebrate", "change", "claim",
     "clash", "collapse", "come", "compete", "condemn", "conduct", "consider", "cooperate", "count", "create",
     "criticise", "criticize", "culminate", "decline", "decrease", "defeat", "demand", "demobilise", "demobilize",
     "demonstrate", "denounce", "depend", "die", "differ", "disarm", "disband", "dissolve", "do", "drive", "emerge",
     "end", "engage", "escalate", "establish", "exploit", "face", "fail", "fall", "feature", "fight", "figure",
     "focus", "follow", "form", "found", "free", "fund", "gain", "get", "give", "go", "graduate", "grow", "happen",
     "have", "head", "help", "hope", "include", "increase", "influence", "inspire", "intend", "intensify",
     "interfere", "intervene", "invest", "involve", "join", "know", "lack", "launch", "lead", "learn", "leave",
     "like", "lose", "make", "marry", "matter", "meet", "merge", "mount", "mourn", "name", "need", "negotiate",
     "occur", "originate", "participate", "perish", "plan", "play", "pose", "prevail", "profit", "promise", "prove",
     "publish", "push", "raise", "rank", "read", "reflect", "regard", "release", "rely", "remain", "represent",
     "result", "return", "rise", "see", "seek", "send", "show", "sign", "specialise", "specialize", "split", "stage",
     "start", "stem", "step", "strike", "study", "style", "succeed", "suffer", "support", "surrender", "take",
     "talk", "target", "tell", "think", "threaten", "turn", "urge", "use", "vote", "vow", "want", "weaken", "win"}
)  # fmt: skip


def told_otherwise(book: Codebook) -> frozenset[str]:
    """Verbs that report violence, speech, a loss of life or a tie, which are read for themselves."""
    words = set(book.verbs)
    tables = [t for name, t in book.tables.items() if name.endswith("transitive")]
    tables += [book.tables[name] for name in ("reporting", "does", "happens") if name in book.tables]
    words.update(phrase[0] for table in tables for phrase in table.phrases())
    words.update(word for stance in book.stances.values() for word in stance)
    words.update(w[0].lower() for p in ties_of(book).patterns if p.pos == "verb" for w in p.words)
    return frozenset(words) | _FROM_AFAR


def doing_at(line: IndexedSentence, i: int, others: frozenset[str]) -> PresenceCue | None:
    """The verb at a token as a cue of presence, where it tells of something that a group does in a place; `others` are
    the verbs that do not.
    """
    token = line.sentence.tokens[i]
    lemma = line.lemmas[i]
    if token.pos != "VERB" or lemma in others or token.dep in ("amod", "compound") or is_passive(line.sentence, i):
        return None
    kids = line.sentence.children[i]
    if token.tag == "VB" and any(line.sentence.tokens[k].tag == "TO" for k in kids):
        return None  # "an operation to isolate X": what is wanted
    where = any(line.sentence.tokens[k].dep == "prep" and line.lemmas[k] in _WHERE for k in kids)
    there = any(line.lemmas[k] == "there" and line.sentence.tokens[k].dep == "advmod" for k in kids)
    return PresenceCue((lemma,), "verbs", "present") if where or there else None


def sighted(line: IndexedSentence, i: int, cues: CueIndex) -> list[int]:
    """Who is seen: the object of a verb of seeing, or its passive subject; empty for other verbs."""
    known = (line.lemmas[i], "verbs") in cues.by_head
    if known or line.lemmas[i] not in _SIGHTING or line.sentence.tokens[i].pos != "VERB":
        return []
    if is_passive(line.sentence, i):
        return [k for k in line.sentence.children[i] if line.sentence.tokens[k].dep == "nsubjpass"]
    return objects(line.sentence, i)


def place_of_deed(line: IndexedSentence, place: PlaceMention, verb: int, *, any_way: bool) -> bool:
    """Whether a place stands in a phrase below a verb: after a preposition of place in what is done ("taxes herders in
    Y"), where `any_way`, or in the verb's own adjunct, however deep ("in the flats of Y").
    """
    tokens = line.sentence.tokens
    below = place_head(line, place)
    if below is None:
        return False
    first = "near" if place.text.lower().startswith("near ") else None
    for above in ancestors(line.sentence, below):
        if tokens[below].dep == "prep" and first is None:
            first = line.lemmas[below]
        if above == verb:
            own = tokens[below].dep == "prep" and line.lemmas[below] in _WHERE and first in (*_WHERE, "of")
            held = tokens[below].dep == "dobj" and first is None
            return own or (any_way and (first in _WHERE or held))
        if tokens[above].pos not in _ON_THE_WAY or tokens[below].dep in ("relcl", "acl", "poss"):
            return False
        below = above
    return False
