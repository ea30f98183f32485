"""Questions about one parsed sentence: who does it, to whom, where the phrase ends. Invariant: pure functions of a
`Sentence`; token indexes in, token indexes out; an unparsed sentence answers nothing.

Labels are ClearNLP's as spaCy's English models give them (nsubj, nsubjpass, dobj, agent, prep, pobj, relcl …).
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.reading.model import Sentence

__all__ = [
    "agents",
    "ancestors",
    "apposed",
    "conjuncts",
    "descendants",
    "governors",
    "is_negated",
    "is_passive",
    "modals",
    "objects",
    "phrase",
    "phrase_span",
    "prepositional",
    "subjects",
    "verb_chain",
]

_SUBJECTS = ("nsubj", "csubj")
_PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
_CONTROLLED = ("xcomp", "advcl", "conj", "pcomp")
_NEGATIVE = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "nobody", "none"})


def is_passive(sentence: Sentence, verb: int) -> bool:
    """True of "was killed", "killed by", and of a bare participle after a noun ("a bus carrying …, ambushed by …")."""
    kids = sentence.children[verb]
    tokens = sentence.tokens
    if any(tokens[k].dep in ("nsubjpass", "auxpass", "agent") for k in kids):
        return True
    if any(tokens[k].dep in _SUBJECTS or (tokens[k].dep == "aux" and tokens[k].lemma == "have") for k in kids):
        return False
    token = tokens[verb]
    if token.tag != "VBN":
        return False
    if token.dep in ("acl", "amod"):
        return True
    if token.dep == "conj":
        head = tokens[token.head]
        return head.tag == "VBN" and is_passive(sentence, head.i) and not objects(sentence, verb)
    return False


def subjects(sentence: Sentence, verb: int) -> list[int]:
    """Heads of the grammatical subject with its conjuncts, also through coordination, control and relative clauses.

    For a passive verb these are the patients. "…, killing 32" gives the subject of the main verb; "the cell which
    attacked" gives "cell".
    """
    return _subjects(sentence, verb, set())


def _subjects(sentence: Sentence, verb: int, seen: set[int]) -> list[int]:
    if verb in seen:
        return []
    seen.add(verb)
    tokens = sentence.tokens
    token = tokens[verb]
    own = [k for k in sentence.children[verb] if tokens[k].dep in (*_SUBJECTS, *_PASSIVE_SUBJECTS)]
    if own:
        # "the cell which attacked": the relative pronoun stands for the noun the clause hangs on
        heads = [token.head if tokens[k].tag in ("WDT", "WP") and token.dep == "relcl" else k for k in own]
        return [found for head in heads for found in (head, *conjuncts(sentence, head))]
    if token.dep in ("acl", "relcl") and token.tag in ("VBG", "VBN", "VBD", "VB", "VBZ", "VBP"):
        return [token.head]
    if token.dep in _CONTROLLED and token.head != verb:
        return _controller(sentence, verb, seen)
    return []


def _controller(sentence: Sentence, verb: int, seen: set[int]) -> list[int]:
    """The understood subject of a verb that has none of its own.

    Beside a passive, "…, killing 32" is what the agent did; "… after killing 32" is what the one who suffered it had
    done.
    """
    tokens = sentence.tokens
    token = tokens[verb]
    above = token.head
    if tokens[above].pos in ("ADP", "SCONJ"):
        above = tokens[above].head
    if token.dep == "xcomp":
        direct = [k for k in sentence.children[above] if tokens[k].dep == "dobj"]
        if direct:
            return direct
    if tokens[above].pos not in ("VERB", "AUX"):
        return []
    if token.dep not in ("conj", "pcomp") and token.tag == "VBG" and is_passive(sentence, above):
        return agents(sentence, above)
    return _subjects(sentence, above, seen)


def agents(sentence: Sentence, verb: int) -> list[int]:
    """Heads of the by-phrase of a passive verb, with conjuncts."""
    found: list[int] = []
    for k in sentence.children[verb]:
        token = sentence.tokens[k]
        if token.dep == "agent" or (token.dep == "prep" and token.lemma == "by"):
            for p in sentence.children[k]:
                if sentence.tokens[p].dep == "pobj":
                    found += [p, *conjuncts(sentence, p)]
    return found


def objects(sentence: Sentence, verb: int) -> list[int]:
    """Heads of the direct object with its conjuncts."""
    found: list[int] = []
    for k in sentence.children[verb]:
        if sentence.tokens[k].dep in ("dobj", "obj"):
            head = _before_place(sentence, k)
            found += [head, *conjuncts(sentence, head)]
    return found


def _before_place(sentence: Sentence, head: int) -> int:
    """The nurse of "kidnapped a nurse near Goma", where the parser took "near Goma" for a name that she precedes."""
    tokens = sentence.tokens
    if not tokens[head].text.startswith("near ") or head == 0:
        return head
    before = tokens[head - 1]
    return before.i if before.head == head and before.dep in ("compound", "amod", "nmod") else head


def prepositional(sentence: Sentence, head: int, *prepositions: str) -> list[int]:
    """Heads of the objects of the given prepositions (all where none is given) that hang on `head`, with conjuncts."""
    found: list[int] = []
    for k in sentence.children[head]:
        token = sentence.tokens[k]
        if token.dep not in ("prep", "agent", "dative") or (prepositions and token.lemma.lower() not in prepositions):
            continue
        for p in sentence.children[k]:
            inner = sentence.tokens[p]
            if inner.dep == "pobj":
                noun = _before_place(sentence, p)
                found += [noun, *conjuncts(sentence, noun)]
            elif inner.dep == "prep":
                found += [q for q in sentence.children[p] if sentence.tokens[q].dep == "pobj"]
    return found


def conjuncts(sentence: Sentence, head: int) -> list[int]:
    """The further members of a coordination that `head` begins."""
    found: list[int] = []
    stack = [head]
    while stack:
        for k in sentence.children[stack.pop()]:
            if sentence.tokens[k].dep == "conj":
                found.append(k)
                stack.append(k)
    return sorted(found)


def apposed(sentence: Sentence, head: int) -> list[int]:
    """Heads in apposition to `head`, in both directions."""
    found = [k for k in sentence.children[head] if sentence.tokens[k].dep == "appos"]
    if sentence.tokens[head].dep == "appos":
        found.append(sentence.tokens[head].head)
    return found


def descendants(sentence: Sentence, head: int) -> list[int]:
    """`head` and every token below it, in text order."""
    found: list[int] = []
    stack = [head]
    while stack:
        top = stack.pop()
        found.append(top)
        stack.extend(sentence.children[top])
    return sorted(found)


def ancestors(sentence: Sentence, token: int) -> Iterator[int]:
    """Heads from the token's own to the root."""
    while sentence.tokens[token].head != token:
        token = sentence.tokens[token].head
        yield token


def governors(sentence: Sentence, token: int) -> list[int]:
    """Verbs above a token, nearest first."""
    return [a for a in ancestors(sentence, token) if sentence.tokens[a].pos in ("VERB", "AUX")]


def verb_chain(sentence: Sentence, verb: int) -> list[int]:
    """A verb and the verbs it is coordinated with or that are participles of the same clause."""
    tokens = sentence.tokens
    top = verb
    while tokens[top].dep == "conj" and tokens[tokens[top].head].pos == "VERB":
        top = tokens[top].head
    chain = [top]
    for k in chain:
        chain += [
            c
            for c in sentence.children[k]
            if tokens[c].pos == "VERB"
            and (tokens[c].dep == "conj" or (tokens[c].dep == "advcl" and tokens[c].tag == "VBG"))
        ]
    return sorted(chain)


def is_negated(sentence: Sentence, token: int) -> bool:
    """True if a verb or noun is negated directly: "did not attack", "no attack", "without injuries", "nobody died"."""
    tokens = sentence.tokens
    for k in sentence.children[token]:
        kid = tokens[k]
        if kid.dep == "neg" or (kid.dep in ("det", "preconj") and kid.lemma.lower() in _NEGATIVE):
            return True
        if kid.dep in (*_SUBJECTS, *_PASSIVE_SUBJECTS) and (
            kid.lemma.lower() in _NEGATIVE
            or any(tokens[d].dep == "det" and tokens[d].lemma.lower() in _NEGATIVE for d in sentence.children[k])
        ):
            return True
    head = tokens[tokens[token].head]
    return tokens[token].dep == "pobj" and head.lemma.lower() == "without"


def modals(sentence: Sentence, verb: int) -> list[str]:
    """Lemmas of the auxiliaries of a verb ("may", "would", "could", "will", "be", "have")."""
    return [
        sentence.tokens[k].lemma.lower()
        for k in sentence.children[verb]
        if sentence.tokens[k].dep in ("aux", "auxpass")
    ]


def phrase(sentence: Sentence, head: int, *, clauses: bool = False) -> list[int]:
    """Tokens of the noun phrase of `head`: modifiers and of-phrases; relative clauses, appositions and coordinated
    members are left out unless `clauses`.
    """
    tokens = sentence.tokens
    left_out = () if clauses else ("relcl", "acl", "appos", "conj", "cc", "advcl", "punct", "prep_clause")
    found = [head]
    stack = [head]
    while stack:
        for k in sentence.children[stack.pop()]:
            if tokens[k].dep in left_out and not (tokens[k].dep == "punct" and tokens[k].text == "-"):
                continue
            if not clauses and tokens[k].dep == "prep" and tokens[k].lemma.lower() != "of":
                continue
            found.append(k)
            stack.append(k)
    return sorted(found)


def phrase_span(sentence: Sentence, head: int, *, clauses: bool = False) -> tuple[int, int]:
    """Reading offsets of the contiguous part of the noun phrase around `head`, without a leading determiner."""
    indexes = set(phrase(sentence, head, clauses=clauses))
    first = last = head
    while first - 1 in indexes:
        first -= 1
    while last + 1 in indexes or (last + 2 in indexes and sentence.tokens[last + 1].text == "-"):
        last += 1
    while first < head and sentence.tokens[first].dep in ("det", "punct", "predet"):
        first += 1
    return sentence.tokens[first].start, sentence.tokens[last].end
