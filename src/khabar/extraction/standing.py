"""Where in a sentence the one stands who claims, is blamed or denies. Invariant: heads as token indexes, in the order
of the roles; who they are is settled elsewhere.
"""

from __future__ import annotations

from khabar.codebook.model import AttributionPattern
from khabar.extraction.affiliation import is_group, written_name
from khabar.extraction.identified import named_after_colon
from khabar.extraction.indexed import IndexedSentence
from khabar.reading.clauses import agents, ancestors, is_passive, objects, prepositional, subjects

__all__ = ["behalf", "served", "stands"]

_HANGING = ("xcomp", "pcomp", "prep", "acl", "relcl", "advcl", "acomp", "dobj", "attr", "dative")
_TOGETHER = frozenset({"together", "jointly", "along"})
_HELP = frozenset({"help", "support", "assistance", "aid", "backing", "complicity"})
_REPRESENTING = frozenset({"speak", "represent"})


def stands(line: IndexedSentence, verb: int, pattern: AttributionPattern) -> list[int]:
    """Heads where the actor of a pattern stands: its subject or object, in the active or passive, or behind a
    preposition.
    """
    sentence = line.sentence
    passive = is_passive(sentence, verb)
    if pattern.stance == "suspected" and pattern.who == "subject":
        return subjects(sentence, verb)
    if pattern.who == "attr":
        return [k for k in sentence.children[verb] if sentence.tokens[k].dep == "attr"]
    if pattern.who not in ("subject", "object"):
        # "the work of X", "typical of X"
        said = [k for k in sentence.children[verb] if sentence.tokens[k].dep in ("attr", "acomp")]
        things = [*objects(sentence, verb), *prepositional(sentence, verb, "into")]  # "looking into links to X"
        if pattern.who == "on":  # "laid the blame on X", "blamed the attack on X"; not "an attack on X"
            things = [o for o in things if line.lemmas[o] in pattern.about]
        named = [k for k in sentence.children[verb] if sentence.tokens[k].dep == "oprd"] if pattern.who == "by" else []
        named += [p for k in named for p in prepositional(sentence, k, "of")]  # "called it an act of war by X"
        named += prepositional(sentence, verb, "at") if "door" in pattern.about else []  # "at the door of X"
        near = (verb, *things, *said, *named)
        found = [p for n in near for p in prepositional(sentence, n, pattern.who)]
        return found or (_as_hung(line, verb) or named_after_colon(line, verb) if pattern.who == "as" else [])
    if pattern.who == "subject":
        return agents(sentence, verb) if passive else _speaking(line, verb, pattern)
    on = prepositional(sentence, verb, "on") if pattern.verb == "blame" else []  # "blamed the attack on X"
    if passive:
        return on or subjects(sentence, verb)
    found = objects(sentence, verb)
    found = found or [k for k in sentence.children[verb] if sentence.tokens[k].dep == "oprd" and line.actor_at(k)]
    found += [k for k in sentence.children[verb] if sentence.tokens[k].dep == "conj" and _misplaced(line, verb, k)]
    if any(line.lemmas[o] == "other" for o in found) and any(t.text.lower() == "each" for t in sentence.tokens):
        return subjects(sentence, verb)  # "X and Y blamed each other"
    # "holds X responsible", where X, or the second of two, is the subject of a clause without a verb
    small = [k for k in sentence.children[verb] if sentence.tokens[k].pos == "ADJ"]
    found += [n for k in small for n in sentence.children[k] if sentence.tokens[n].dep == "nsubj"]
    return on or found


def _speaking(line: IndexedSentence, verb: int, pattern: AttributionPattern) -> list[int]:
    """The subject of a verb; of "telephoned reporters to claim …" the one who telephoned."""
    sentence = line.sentence
    found = subjects(sentence, verb)
    above = sentence.tokens[verb].head
    told = sentence.tokens[verb].dep == "xcomp" and set(found) <= set(objects(sentence, above))
    found = subjects(sentence, above) if told and found else found
    if not found and verb and (named := line.actor_at(verb - 1)) is not None and is_group(named):
        found = [verb - 1]  # "In a statement to the press X said", which the parser took apart
    hanging = pattern.stance in ("claimed", "denied")
    if (hanging and not found) or (hanging and _on_a_message(line, verb, found)):
        found = _above(line, verb) or found
    return found + [p for v in (verb, *_spoken_clauses(line, verb)) for p in _jointly(line, v)]


def _as_hung(line: IndexedSentence, verb: int) -> list[int]:
    """The name of "was named by prosecutors as X", where the parser hung it on the prosecutors."""
    return [p for k in agents(line.sentence, verb) for p in prepositional(line.sentence, k, "as")]


def _on_a_message(line: IndexedSentence, verb: int, found: list[int]) -> bool:
    """True for "a message to say", "a communique denying any part": who issued it speaks."""
    token = line.sentence.tokens[verb]
    return token.dep in ("acl", "relcl") and token.tag in ("VB", "VBG") and found == [token.head]


def _above(line: IndexedSentence, verb: int) -> list[int]:
    """Who speaks in "was quick to deny", "lost no time in saying", "put out a message to say": the nearest subject."""
    below = verb
    for above in ancestors(line.sentence, verb):
        if line.sentence.tokens[below].dep not in _HANGING:
            return []
        verbal = line.sentence.tokens[above].pos in ("VERB", "AUX")
        found = subjects(line.sentence, above) if verbal and not is_passive(line.sentence, above) else []
        if found:
            return found
        below = above
    return []


def _spoken_clauses(line: IndexedSentence, verb: int) -> list[int]:
    near = line.sentence.children[verb]
    kids = [*near, *(c for k in near if line.lemmas[k] == "of" for c in line.sentence.children[k])]
    return [k for k in kids if line.sentence.tokens[k].dep in ("ccomp", "xcomp", "pcomp")]


def _jointly(line: IndexedSentence, verb: int) -> list[int]:
    """The group of "together with X", "jointly with X"."""
    return [
        p
        for k in line.sentence.children[verb]
        if line.lemmas[k] == "with" and any(line.lemmas[c] in _TOGETHER for c in (k - 1, *line.sentence.children[k]))
        for p in line.sentence.children[k]
        if line.sentence.tokens[p].dep == "pobj"
    ]


def _misplaced(line: IndexedSentence, verb: int, k: int) -> bool:
    """True for Y in "blamed them and Y", which the parser joined to the verb."""
    return k > verb and line.sentence.tokens[k].pos == "PROPN" and bool(objects(line.sentence, verb))


def behalf(line: IndexedSentence, inside: list[int]) -> list[int]:
    """The group for which somebody claims: "on behalf of X", "in the name of X", "said he spoke for X and claimed"."""
    sentence = line.sentence
    spoken = [
        p
        for t in sentence.tokens
        if line.lemmas[t.i] in _REPRESENTING
        for p in (
            *prepositional(sentence, t.i, "for"),
            *(objects(sentence, t.i) if line.lemmas[t.i] != "speak" else ()),
        )
        if _group_at(line, p)
    ]
    named = [
        p
        for i in inside
        if line.lemmas[i] in ("behalf", "name") and line.sentence.tokens[i].dep == "pobj"
        for p in prepositional(line.sentence, i, "of")
    ]
    named += [
        k
        for t in sentence.tokens
        if line.lemmas[t.i] in ("name", "behalf") and t.dep == "pobj" and line.lemmas[t.head] in ("in", "on")
        for k in sentence.children[t.i]
        if line.lemmas[k] in ("its", "their")
    ]
    named += [p for i in inside if line.lemmas[i] == "sign" for p in agents(line.sentence, i)]
    return spoken or [p for p in named if line.lemmas[p] in ("its", "their") or _group_at(line, p)]


def served(line: IndexedSentence, verb: int) -> list[int]:
    """The group of "carried it out for X", "with help from Y"."""
    sentence = line.sentence
    found = prepositional(sentence, verb, "for")
    helped = [p for p in prepositional(sentence, verb, "with") if line.lemmas[p] in _HELP]
    found += [p for h in helped for p in prepositional(sentence, h, "from", "of", "by")]
    return [p for p in found if _group_at(line, p)]


def _group_at(line: IndexedSentence, head: int) -> bool:
    """True for the name of a group, also of one that no list knows ("a letter in the name of the X Y Brigades")."""
    mention = line.actor_at(head)
    return is_group(mention) if mention is not None else written_name(line, head) is not None
