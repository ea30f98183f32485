"""Accusations met in the words of a sentence. Invariant: a group is accused, or somebody is accused of standing behind
one; who is charged in a court is no party.
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.parties import Parties, armed
from khabar.extraction.statement_words import Said
from khabar.reading.clauses import agents, descendants, is_negated, is_passive, objects, prepositional, subjects

__all__ = ["accusations"]


def accusations(line: IndexedSentence, i: int, parties: Parties) -> Iterator[Said]:
    """Somebody is said by a named speaker to be behind violence, or a state to be behind a group, at a token."""
    token = line.sentence.tokens[i]
    if token.pos == "VERB":
        yield from _accusing(line, i, parties)
    elif token.pos == "NOUN":
        inside = set(descendants(line.sentence, i))
        groups = [m for m in line.actors if armed(m) and any(t in inside for t in line.tokens_of(m))]
        if groups and any(line.sentence.tokens[k].dep in ("acl", "relcl", "prep") for k in line.sentence.children[i]):
            yield Said("accusation", i, tuple(groups))
    elif token.pos == "ADJ":
        yield from _responsible(line, i, parties)


def _accusing(line: IndexedSentence, i: int, parties: Parties) -> Iterator[Said]:
    """As in "X accuses Y of …", "Y was accused by X", "X alleges that Y …"."""
    sentence = line.sentence
    if line.lemmas[i] == "charge" and not _charged_group(line, i, parties):
        return
    heads = subjects(sentence, i) if is_passive(sentence, i) else objects(sentence, i)
    found = [m for h in heads for m in parties.of(line, h)]
    found = found or [m for h in heads for m in line.actors_in_phrase(h)]
    groups = [m for m in line.actors if armed(m)]
    if found and not is_negated(sentence, i):
        everybody = (*found, *(m for m in groups if m not in found))
        yield Said("accusation", i, everybody, spoken=not is_passive(sentence, i) or bool(agents(sentence, i)))
        return
    said = [k for k in sentence.children[i] if sentence.tokens[k].dep in ("ccomp", "dobj")]
    inside = {t for k in said for t in descendants(sentence, k)}
    named = [m for m in groups if any(t in inside for t in line.tokens_of(m))]
    if named or (groups and line.lemmas[i] in ("accuse", "blame")):
        yield Said("accusation", i, tuple(named or groups), spoken=True)


def _charged_group(line: IndexedSentence, verb: int, parties: Parties) -> bool:
    """True of "charges X with recruiting children": a group is accused, while a court charges persons."""
    heads = subjects(line.sentence, verb) if is_passive(line.sentence, verb) else objects(line.sentence, verb)
    group = any(armed(m) and m.kind == "organization" for h in heads for m in parties.of(line, h))
    return group and any(line.lemmas[k] == "with" for k in line.sentence.children[verb])


def _responsible(line: IndexedSentence, i: int, parties: Parties) -> Iterator[Said]:
    """As in "X is responsible for", "involved in", and "Z holds X responsible for"."""
    sentence = line.sentence
    token = sentence.tokens[i]
    above = sentence.tokens[token.head]
    held = token.dep in ("amod", "oprd") and above.dep == "dobj" and line.lemmas[above.head] == "hold"
    if not held and token.dep not in ("acomp", "ROOT", "oprd", "acl"):
        return
    heads = [token.head] if held else subjects(sentence, token.head)
    found = [m for h in heads for m in parties.of(line, h) if armed(m)]
    if found and prepositional(sentence, i, "in", "for"):
        yield Said("accusation", above.head if held else i, tuple(found), spoken=held)
