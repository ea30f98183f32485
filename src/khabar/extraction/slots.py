"""Who stands where around a word: subjects meant, owners, names in apposition, complements of a noun.

Invariant: pure functions of a sentence and its mentions; token indexes in, token indexes out.
"""

from __future__ import annotations

from khabar.extraction.indexed import IndexedSentence
from khabar.reading.clauses import (
    agents,
    ancestors,
    apposed,
    conjuncts,
    is_negated,
    is_passive,
    objects,
    prepositional,
    subjects,
)

__all__ = [
    "clause_subject",
    "completing",
    "doers",
    "heads_of_mention",
    "listed_with",
    "named_under",
    "owners",
    "patients",
    "said_of",
]

_VERBAL = ("VERB", "AUX")
_BEING = frozenset({"be", "is", "was", "are", "were", "been", "being", "become", "remain"})
_TAKING_OVER = frozenset({"replace", "succeed", "act", "serve", "work"})  # "as" then speaks of the subject
_GOING_BY = frozenset({"under", "use", "using", "by", "adopt", "assume"})
_NAMING = frozenset({"call", "name", "style", "dub", "know", "term", "christen"})
_NOMINAL = ("NOUN", "PROPN", "PRON", "ADJ")


def doers(line: IndexedSentence, verb: int) -> list[int]:
    """Subjects of a verb, also where an adjective governs it ("has been able to attract"), and of "who" clauses the
    person meant rather than the group named last ("Y, a commander of X, who had defected").
    """
    sentence = line.sentence
    token = sentence.tokens[verb]
    found = subjects(sentence, verb)
    if not found and token.dep in ("xcomp", "ccomp", "pcomp", "advcl"):
        above = next((a for a in ancestors(sentence, verb) if sentence.tokens[a].pos in _VERBAL), None)
        found = subjects(sentence, above) if above is not None else []
    clause = next((a for a in (verb, *ancestors(sentence, verb)) if sentence.tokens[a].dep == "relcl"), None)
    if clause is not None and found == [sentence.tokens[clause].head]:
        who = any(sentence.tokens[k].text.lower() == "who" for k in sentence.children[clause])
        return [_person_meant(line, found[0])] if who else found
    return found


def _person_meant(line: IndexedSentence, antecedent: int) -> int:
    mention = line.actor_at(antecedent)
    if mention is None or mention.kind == "person":
        return antecedent
    for above in ancestors(line.sentence, antecedent):
        other = line.actor_at(above)
        if other is not None and other.kind == "person":
            return above
        if line.sentence.tokens[above].pos in _VERBAL:
            break
    return antecedent


def patients(line: IndexedSentence, verb: int) -> list[int]:
    """Heads of what a passive verb is done to, also of a participle after its noun ("a group led by X")."""
    sentence = line.sentence
    token = sentence.tokens[verb]
    named = _named_before_participle(line, verb)
    own = [named] if named is not None else doers(line, verb)
    if not own and token.dep in ("acl", "relcl", "amod"):
        own = [token.head]
    return own


def _named_before_participle(line: IndexedSentence, verb: int) -> int | None:
    """The group right before ", led by Y", where the parser hangs the participle on the main verb."""
    tokens = line.sentence.tokens
    if tokens[verb].dep != "advcl" or tokens[verb].tag != "VBN" or verb < 2 or tokens[verb - 1].text != ",":
        return None
    j = verb - 3 if tokens[verb - 2].text == ")" else verb - 2
    return j if j >= 0 and line.actor_at(j) is not None else None


def completing(line: IndexedSentence, head: int, preposition: str) -> list[int]:
    """Objects of a preposition on the verb or on the nouns that complete it ("the oath of allegiance to X")."""
    sentence = line.sentence
    found: list[int] = []
    stack = [head]
    for _ in range(12):
        if not stack:
            break
        top = stack.pop(0)
        found += prepositional(sentence, top, preposition)
        for k in sentence.children[top]:
            dep = sentence.tokens[k].dep
            inside = dep == "pobj" and line.actor_at(k) is None
            chained = dep == "prep" and sentence.tokens[k].lemma.lower() in ("of", "in", "as", "out", "by", preposition)
            if inside or chained or dep in ("dobj", "attr", "oprd", "acomp", "prt", "advmod"):
                stack.append(k)
            if dep == "prt" and line.lemmas[k] == preposition:  # "turned on X"
                found += [j for j in sentence.children[k] if sentence.tokens[j].dep == "pobj"]
            elif line.actor_at(k) is not None and _taken_for_verb(line, k, preposition):
                found.append(k)
    return list(dict.fromkeys(found))


def _taken_for_verb(line: IndexedSentence, k: int, preposition: str) -> bool:
    """True of a name behind "to" that the parser takes for an infinitive."""
    tokens = line.sentence.tokens
    return tokens[k].pos == "VERB" and any(
        tokens[j].dep == "aux" and line.lemmas[j] == preposition for j in line.sentence.children[k]
    )


def owners(line: IndexedSentence, noun: int) -> list[int]:
    """Whose the noun is: "X's chief", "its chief", "X chief", and the name left of a title ("X leader Y")."""
    sentence = line.sentence
    found = [k for k in sentence.children[noun] if sentence.tokens[k].dep == "poss" and k < noun]
    found += [c for k in found for c in conjuncts(sentence, k)]
    if found:
        return found
    own = line.actor_at(noun)  # "military leader" may be a mention itself
    beside = [k for k in sentence.children[noun] if k < noun and line.actor_at(k) not in (None, own)]
    if beside:
        return [k for k in beside if sentence.tokens[k].dep in ("compound", "nmod", "amod", "npadvmod")]
    j = noun - 1
    while j >= 0 and sentence.tokens[j].pos in ("ADJ", "NOUN") and line.actor_at(j) in (None, own) and noun - j <= 3:
        j -= 1
    if j >= 0 and line.actor_at(j) is not None and sentence.tokens[j].pos in ("PROPN", "NOUN", "ADJ"):
        return [j]
    if j >= 1 and sentence.tokens[j].tag == "POS" and line.actor_at(j - 1) is not None:
        return [j - 1]
    return []


def said_of(line: IndexedSentence, noun: int) -> list[int]:
    """Whom the noun names: in apposition, as a predicate, before a name ("emir X"), or after "as"."""
    sentence = line.sentence
    token = sentence.tokens[noun]
    after = _name_after(line, noun)
    if after is not None:
        return [after]
    before = _name_before(line, noun)
    if before is not None:
        return [before] if line.actor_at(before) is not None else []
    found = [k for k in apposed(sentence, noun) if _refers(line, k) and not is_negated(sentence, k)]
    if found:
        return [c for k in found for c in (k, *(conjuncts(sentence, k) if k > noun else ()))]
    if token.dep in ("compound", "nmod", "amod") and token.head > noun and line.actor_at(token.head) is not None:
        return [token.head]
    mention = line.actor_at(noun + 1)
    if mention is not None and mention.kind == "person" and mention.how != "pronoun":
        return [noun + 1]
    top = sentence.tokens[_first_of_list(line, noun)]
    if top.dep in ("attr", "oprd", "conj", "prep") and line.lemmas[top.head] in _BEING:
        return subjects(sentence, top.head)
    if token.dep == "pobj" and line.lemmas[token.head] == "as":
        verb = sentence.tokens[token.head].head
        if is_passive(sentence, verb) or line.lemmas[verb] in _TAKING_OVER:
            return doers(line, verb)
        return objects(sentence, verb) or doers(line, verb)
    if token.dep in ("oprd", "dobj", "attr", "xcomp") and sentence.tokens[token.head].pos == "VERB":
        verb = token.head
        named = doers(line, verb) if is_passive(sentence, verb) else objects(sentence, verb)
        return [k for k in named if k != noun and line.actor_at(k) is not None]
    own = line.actor_at(noun)
    if (
        own is not None
        and own.how == "described"
        and own.kind == "person"
        and own.name != own.text
        and own.id is not None
    ):
        return [noun]
    return []


def _first_of_list(line: IndexedSentence, noun: int) -> int:
    """The noun that leads the coordination or the "one of" that a noun stands in: "a founder and leader of X", "one of
    the leaders of X".
    """
    tokens = line.sentence.tokens
    top = noun
    while tokens[top].dep == "conj" and tokens[tokens[top].head].pos in ("NOUN", "PROPN"):
        top = tokens[top].head
    above = tokens[top].head
    if tokens[top].dep == "pobj" and line.lemmas[above] in ("of", "among"):
        one = tokens[above].head
        if line.lemmas[one] in ("one", "some", "several") or tokens[one].tag == "CD":
            return one
        if line.lemmas[above] == "among" and line.lemmas[one] in _BEING:
            return above
    return top


def _name_after(line: IndexedSentence, noun: int) -> int | None:
    """The name right behind "the leader of X,", whatever the parser hung it on."""
    tokens = line.sentence.tokens
    for head in prepositional(line.sentence, noun, "of"):
        mention = line.actor_at(head)
        comma = line.tokens_of(mention)[-1] + 1 if mention is not None else head + 1
        if comma + 1 < len(tokens) and tokens[comma].text == ",":
            named = line.actor_at(comma + 1)
            if named is not None and named.kind == "person" and named.how not in ("pronoun", "described"):
                return comma + 1
    return None


def _refers(line: IndexedSentence, k: int) -> bool:
    return line.actor_at(k) is not None or line.sentence.tokens[k].pos in ("PROPN", "NOUN")


def clause_subject(line: IndexedSentence, noun: int) -> list[int]:
    """The subject of the clause that the noun stands in: "X carried out the attack in collusion with Y"."""
    for above in ancestors(line.sentence, noun):
        if line.sentence.tokens[above].pos in _VERBAL:
            return agents(line.sentence, above) or subjects(line.sentence, above)
    return []


def named_under(line: IndexedSentence, noun: int) -> list[int]:
    """The name behind "under the name (of)", "using the alias": one that somebody goes by."""
    sentence = line.sentence
    token = sentence.tokens[noun]
    before = [line.lemmas[j] for j in range(max(0, noun - 3), noun)]
    if not _GOING_BY & {*before, line.lemmas[token.head]}:
        return []
    after = noun + 1
    if after + 1 < len(sentence.tokens) and line.lemmas[after] in ("of", ",", "“", '"'):
        after += 1
    return [after] if after < len(sentence.tokens) and line.actor_at(after) is not None else []


def listed_with(line: IndexedSentence, head: int) -> list[int]:
    """Further members of a list whose second the parser took for an apposition: "A, the B and C" are three groups."""
    own = line.actor_at(head)
    if own is None:
        return []
    found: list[int] = []
    for k in line.sentence.children[head]:
        other = line.actor_at(k)
        rest = conjuncts(line.sentence, k)
        apart = other is not None and other.kind == own.kind and (other.id, other.name) != (own.id, own.name)
        if line.sentence.tokens[k].dep == "appos" and k > head and apart and rest:
            found += [k, *rest]
    return found


def heads_of_mention(line: IndexedSentence, head: int) -> list[int]:
    """Tokens below a noun phrase's head that can name whom it stands for: of-phrases, names beside it, appositions."""
    sentence = line.sentence
    found = [*owners(line, head), *prepositional(sentence, head, "of"), *apposed(sentence, head)]
    found += [k for k in sentence.children[head] if sentence.tokens[k].dep in ("compound", "nmod", "amod", "appos")]
    found += _called(line, head)
    return [k for k in dict.fromkeys(found) if sentence.tokens[k].pos in _NOMINAL]


def _called(line: IndexedSentence, head: int) -> list[int]:
    """The name in "a group calling itself X", "an outfit known as X"."""
    sentence = line.sentence
    verbs = [
        k for k in sentence.children[head] if sentence.tokens[k].dep in ("acl", "relcl") and line.lemmas[k] in _NAMING
    ]
    found = [k for verb in verbs for k in sentence.children[verb] if sentence.tokens[k].dep in ("oprd", "dobj", "attr")]
    return [*found, *(p for verb in verbs for p in prepositional(sentence, verb, "as", "under"))]


def _name_before(line: IndexedSentence, noun: int) -> int | None:
    """The name that a phrase between commas follows: "X, a commander of Y", whatever the parser hung it on.

    A name nobody recognised is given too: the phrase then speaks of nobody else.
    """
    tokens = line.sentence.tokens
    j = noun - 1
    while j > 0 and tokens[j].pos in ("ADJ", "DET", "NOUN", "ADV", "NUM") and noun - j < 6 and line.actor_at(j) is None:
        j -= 1
    if j < 1 or tokens[j].text not in (",", "(", "–", "—") or j == noun - 1:
        return None
    mention = line.actor_at(j - 1)
    if mention is None:
        return j - 1 if tokens[j].text == "," and tokens[j - 1].tag == "NNP" and line.place_at(j - 1) is None else None
    return j - 1 if mention.how not in ("pronoun", "described") else None
