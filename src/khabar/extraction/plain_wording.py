"""Claims and suspicions in a row of words, where the parser saw no clause. Invariant: the words stand side by side, and
the actor among them is a group that the text names.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.codebook.model import Codebook
from khabar.extraction.affiliation import is_group
from khabar.extraction.claimants import claimants
from khabar.extraction.drafts import DraftAttribution, Responsibility
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.reading.clauses import is_negated, is_passive, objects, prepositional, subjects

__all__ = ["not_excluded", "plainly_claimed", "said_alike", "suspecting"]

_SAYING = frozenset({"say", "claim", "announce", "declare", "do"})
_EXCLUDING = frozenset({"exclude", "discount", "dismiss"})
_PARTS = frozenset({"involvement", "role", "hand", "possibility", "link", "connection", "participation"})
_SOME = frozenset({"some", "many", "most", "others", "other", "police", "several"})
_CLAIMING = ("claim", "claims", "claimed", "claiming", "took", "takes", "take")


def plainly_claimed(line: IndexedSentence, book: Codebook) -> list[Responsibility]:
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


def said_alike(line: IndexedSentence, before: list[Responsibility], index: Indexed) -> list[Responsibility]:
    """As in "X said it was behind the raid; Y said the same": Y claims what X claims."""
    told = next((r for r in reversed(before) if r.attributions[0].stance in ("claimed", "denied")), None)
    for token in line.sentence.tokens:
        if told is None or token.i < told.verb or line.lemmas[token.i] not in _SAYING:
            continue
        if not any(
            line.lemmas[k] in ("same", "likewise", "so") for k in line.sentence.children[token.i] if k > token.i
        ):
            continue
        stance, known = told.attributions[0].stance, {a.name for a in told.attributions}
        who = [c.actor for c in claimants(line, subjects(line.sentence, token.i), index, stance)]
        made = tuple(
            DraftAttribution(a.text, a.name, a.id, a.kind, stance, (a.start, a.end), by=a.name)
            for a in who
            if a.name not in known
        )
        if made:
            return [replace(told, attributions=made, verb=token.i)]
    return []


def not_excluded(line: IndexedSentence, index: Indexed) -> list[Responsibility]:
    """As in "did not rule out the involvement of X", "a role of X cannot be excluded"."""
    sentence = line.sentence
    for token in sentence.tokens:
        ruled = line.lemmas[token.i] == "rule" and any(line.lemmas[k] == "out" for k in sentence.children[token.i])
        if not (ruled or line.lemmas[token.i] in _EXCLUDING) or not is_negated(sentence, token.i):
            continue
        things = [*objects(sentence, token.i), *(subjects(sentence, token.i) if is_passive(sentence, token.i) else ())]
        groups: list[int] = []
        for head in things:
            if line.lemmas[head] not in _PARTS:
                continue
            owners = [k for k in sentence.children[head] if sentence.tokens[k].dep in ("poss", "compound")]
            owners += prepositional(sentence, head, "of", "by", "to", "with")
            groups += owners
        clauses = [k for k in sentence.children[token.i] if sentence.tokens[k].dep == "ccomp"]
        groups += [s for k in clauses if _answers(line, k) for s in subjects(sentence, k)]
        if groups:
            who = [c.actor for c in claimants(line, groups, index, "suspected")]
            made = tuple(DraftAttribution(a.text, a.name, a.id, a.kind, "suspected", (a.start, a.end)) for a in who)
            if made:
                return [Responsibility(made, None, False, (sentence.start, sentence.end), token.i, True)]
    return []


def _answers(line: IndexedSentence, clause: int) -> bool:
    """True for the clause of "did not rule out that X was behind it"."""
    return line.lemmas[clause] == "involve" or any(
        line.lemmas[k] in ("behind", "responsible", "involved") for k in line.sentence.children[clause]
    )


def suspecting(line: IndexedSentence) -> list[Responsibility]:
    """As in "and some suspect X", where the parser took the verb for an adjective."""
    tokens = line.sentence.tokens
    for actor in line.actors:
        first = line.first_token(actor)
        if first is None or first < 2 or not is_group(actor):
            continue
        word, before = tokens[first - 1], tokens[first - 2]
        if word.text.lower() != "suspect" or word.pos == "VERB":
            continue
        if before.tag in ("NNS", "NNPS", "PRP") or line.lemmas[before.i] in _SOME:
            by = before.text if before.tag in ("NNS", "NNPS") else None
            made = DraftAttribution(
                actor.text, actor.name, actor.id, actor.kind, "suspected", (actor.start, actor.end), by=by
            )
            return [Responsibility((made,), None, False, (line.sentence.start, line.sentence.end), word.i, True)]
    return []
