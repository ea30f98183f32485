"""Whom a harm befell, and how many the text says they were. Invariant: heads of nouns or numbers in the syntax of
the word of harm; where the parser lost the subject or hung a number elsewhere, only patterns named here find it again.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.sums import count_at, count_of, stated_sum
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import conjuncts, descendants, is_passive, objects, phrase, prepositional, subjects

__all__ = ["ANYBODY", "alternative", "is_stated_sum", "patients", "sufferers"]

_BEDS = frozenset({"leave", "be", "remain", "put", "land", "stay", "lie", "keep"})  # "left three in hospital"
# Nouns so wide that what follows them in a list says who they were: "killed ten people, six women and four men".
ANYBODY = frozenset({"people", "person", "civilian", "other", "victim", "individual", "casualty", "passenger"})


def is_stated_sum(unit: Unit, hit: Hit) -> bool:
    """True if a harm's number is said of a sum ("the number killed rose to 24"): it then stands for all others."""
    told_of = hit.part == "intransitive" and unit.line.sentence.tokens[hit.token].dep == "relcl"  # "people who died"
    if not (told_of or hit.part in ("transitive", "states", "nouns")) or (hit.trigger is not None and hit.is_noun):
        return False
    own = hit.token > 0 and count_at(unit.line, hit.token - 1) is not None  # "45 hurt"
    return not own and bool(stated_sum(unit.line, hit.token))


def patients(unit: Unit, hit: Hit, book: Codebook) -> list[list[int]]:
    """Groups of heads: the members of one group are coordinated and add up."""
    if is_stated_sum(unit, hit):
        return [stated_sum(unit.line, hit.token)]
    return [_with_lost_members(unit.line, hit.token, group, book) for group in _patients(unit, hit, book)]


def _patients(unit: Unit, hit: Hit, book: Codebook) -> list[list[int]]:
    line, verb = unit.line, hit.token
    sentence = line.sentence
    left = _left_behind(line, verb if hit.first < 0 else hit.first)
    if hit.part in ("transitive", "states") and left:
        return [left]
    if hit.part == "transitive" and _participle(line, verb):
        return [_with_state(line, verb)]
    if hit.part == "transitive":
        if _took_for_participle(line, verb):
            return [objects(sentence, verb)]
        if is_passive(sentence, verb) or (not objects(sentence, verb) and sentence.tokens[verb].tag == "VBN"):
            bare = _number_before(line, verb) or (not is_passive(sentence, verb) and _loose_object(line, verb))
            found = bare or _inverted(line, verb) or list(dict.fromkeys(sufferers(line, verb, book)))
            return [found or _lost_subject(line, verb)]
        return [objects(sentence, verb) or _loose_object(line, verb)]
    if hit.part == "intransitive":
        return [list(dict.fromkeys(subjects(sentence, verb)))]
    if hit.part == "states":
        return [_with_state(line, verb, hit.first)]
    if hit.part == "losses":
        return [[verb] if count_of(line, verb) is not None else prepositional(sentence, verb, "of")]
    return _of_noun(unit, hit)


def _with_lost_members(line: IndexedSentence, verb: int, heads: list[int], book: Codebook) -> list[int]:
    """Heads with the members of their coordination that the parser hung on the verb ("killed a couple and their three
    children", "a judge, his driver and a guard died") or took for an apposition ("three women, two children and a man
    were killed").
    """
    if not heads:
        return heads
    tokens = line.sentence.tokens
    last = max(heads)
    nominal = ("NOUN", "NUM", "PROPN")
    if any(tokens[h].tag in ("WP", "WDT") for h in heads) and tokens[verb].dep == "relcl":
        return [_first_named(line, tokens[verb].head)]  # "the man whom police shot dead"
    found = [
        k
        for k in line.sentence.children[verb]
        if k > last > verb and tokens[k].dep == "conj" and tokens[k].pos in nominal and _counted(line, k)
    ]
    found += [
        k
        for k in line.sentence.children[verb]
        if k < min(heads) < verb and tokens[k].dep in ("npadvmod", "dep", "nmod") and line.lemmas[k] in book.people
    ]
    found += _so_did(line, verb)
    for head in heads:
        found += _listed(line, head)
    return sorted({*heads, *found}) if found else heads


def _first_named(line: IndexedSentence, head: int) -> int:
    """Of "141 people, 132 of them pupils, whom …" the people: a clause behind an apposition is about the whole."""
    top = head
    while line.sentence.tokens[top].dep == "appos":
        top = line.sentence.tokens[top].head
    return top if count_of(line, top) is not None else head


def _so_did(line: IndexedSentence, verb: int) -> list[int]:
    """As in "A guard died and so did two customers": further people to whom the same befell."""
    return [
        s
        for k in line.sentence.children[verb]
        if line.lemmas[k] == "do" and any(line.lemmas[j] in ("so", "as") for j in line.sentence.children[k])
        for s in line.sentence.children[k]
        if line.sentence.tokens[s].dep in ("nsubj", "dobj", "attr") and _counted(line, s)
    ]


def _counted(line: IndexedSentence, head: int) -> bool:
    articles = (k for k in line.sentence.children[head] if line.sentence.tokens[k].dep in ("det", "poss"))
    return count_of(line, head) is not None or any(True for _ in articles)


def _listed(line: IndexedSentence, head: int) -> list[int]:
    """The further members of a list whose second member the parser took for an apposition to the first."""
    tokens = line.sentence.tokens
    first = next((k for k in line.sentence.children[head] if tokens[k].dep == "appos" and k > head), None)
    if first is None or not _counted(line, head):
        return []
    members = [first, *conjuncts(line.sentence, first)]
    below = descendants(line.sentence, first)
    marks = {tokens[k].text for k in range(head + 1, below[0])}
    joined = any(line.lemmas[k] == "and" for k in range(first, members[-1]))
    if not joined or len(members) < 2 or marks != {","} or not all(_counted(line, m) for m in members):
        return []
    after = tokens[below[-1] + 1].text if below[-1] + 1 < len(tokens) else "."
    if after in (",", "-", "–", "—", ")"):
        return []  # "12 people, eight women and four men, were killed"
    total = [count.count.best or 0 for m in (head, *members) if (count := count_of(line, m)) is not None]
    anybody = line.lemmas[head] in ANYBODY
    told_again = after in (".", ";") or (len(total) > 1 and total[0] == sum(total[1:]))
    return [] if anybody and told_again else members


def _inverted(line: IndexedSentence, verb: int) -> list[int]:
    """As in "Killed in the bombing were 11 policemen"."""
    tokens = line.sentence.tokens
    if any(tokens[k].dep in ("nsubj", "nsubjpass") for k in line.sentence.children[verb]):
        return []
    being = [k for k in (*line.sentence.children[verb], tokens[verb].head) if k > verb and line.lemmas[k] == "be"]
    if any(k < verb and line.lemmas[k] == "be" for k in line.sentence.children[verb]):
        return []
    found = [k for b in being for k in (*line.sentence.children[b], b + 1, b + 2) if b < k < len(tokens)]
    return [k for k in found if tokens[k].pos in ("NOUN", "NUM") and count_of(line, k) is not None][:1]


def alternative(unit: Unit, hit: Hit) -> bool:
    """As in "Killed or wounded 50", "50 killed and wounded": neither number is told."""
    line = unit.line
    tokens = line.sentence.tokens
    kids = line.sentence.children[hit.token]
    if _together(unit, hit):
        return True
    if any(line.lemmas[k] == "or" and tokens[k].dep == "cc" for k in kids):
        return any(h.effect not in (None, hit.effect) and tokens[h.token].head == hit.token for h in unit.hits)
    head = tokens[hit.token].head
    if tokens[hit.token].dep == "conj" and head != hit.token:
        return any(line.lemmas[k] == "or" and tokens[k].dep == "cc" for k in line.sentence.children[head])
    return False


def _together(unit: Unit, hit: Hit) -> bool:
    """True of both words of "130 people killed and wounded", "50 dead and injured": one number before two harms."""
    line = unit.line
    around = {h.token for h in unit.hits if h.effect in ("killed", "injured") and abs(h.token - hit.token) == 2}
    for first in (min(hit.token, other) for other in around):
        if line.lemmas[first + 1] == "and" and line.sentence.tokens[first].tag in ("VBN", "VBD", "JJ"):
            begin = next((i for i in range(first - 1, max(-1, first - 4), -1) if count_at(line, i)), None)
            alone = line.sentence.tokens[first].dep in ("acl", "amod", "acomp", "oprd", "advcl", "dep", "xcomp")
            after = first + 3
            told = after < len(line.lemmas) and count_at(line, after) is not None
            return begin is not None and alone and not told
    return False


def _took_for_participle(line: IndexedSentence, verb: int) -> bool:
    """True of "a missile fired from a drone killed six people": a main verb that the parser took for a participle of
    the noun before it, since it has an object and nobody by whom it was done.
    """
    token = line.sentence.tokens[verb]
    kids = line.sentence.children[verb]
    passive = any(line.sentence.tokens[k].dep in ("auxpass", "agent") for k in kids)
    return token.dep == "acl" and token.tag in ("VBN", "VBD") and not passive and bool(objects(line.sentence, verb))


def _left_behind(line: IndexedSentence, state: int) -> list[int]:
    """As in "leaving a voter and two workers injured": several people, coordinated, and what they were left as."""
    tokens = line.sentence.tokens
    last = state - 1
    while last > 0 and tokens[last].pos == "ADV":
        last -= 1
    if last < 0 or tokens[last].dep != "conj" or count_at(line, last) is not None:  # "two dead and three in hospital"
        return []
    first = last
    while tokens[first].dep == "conj":
        first = tokens[first].head
    if tokens[first].dep != "dobj" or line.lemmas[tokens[first].head] != "leave":
        return []
    return [first, *(k for k in conjuncts(line.sentence, first) if k < state)]


def _participle(line: IndexedSentence, verb: int) -> bool:
    """As in "72 killed", "14 others wounded": a participle right after its number, or after the noun that has it."""
    token = line.sentence.tokens[verb]
    if token.tag not in ("VBN", "VBD") or verb == 0:
        return False
    before = line.sentence.tokens[verb - 1]
    numbered = before.pos == "NOUN" and before.dep == "nsubj" and count_of(line, verb - 1) is not None
    if count_at(line, verb - 1) is None and not (numbered and _loose_object(line, verb) == []):
        return False
    return not any(line.sentence.tokens[k].dep in ("auxpass", "dobj") for k in line.sentence.children[verb])


def _loose_object(line: IndexedSentence, verb: int) -> list[int]:
    """A bare number right after the verb ("injuring 112") or a name after "shot dead", wherever the parser hung it."""
    tokens = line.sentence.tokens
    after = verb + 2
    if after < len(tokens) and tokens[verb + 1].text.lower() == "dead" and tokens[after].pos == "PROPN":
        while after + 1 < len(tokens) and tokens[after + 1].pos == "PROPN":
            after += 1
        return [after]
    for i in range(verb + 1, min(verb + 6, len(line.lemmas))):
        mention = line.count_at(i)
        if mention is not None and count_at(line, i) is not None:
            head = line.sentence.tokens[i].head
            return [head] if head > i and head - i < 4 and line.sentence.tokens[head].pos == "NOUN" else [i]
        if line.sentence.tokens[i].pos in ("VERB", "PUNCT", "NOUN"):
            break
    return []


def _number_before(line: IndexedSentence, verb: int) -> list[int]:
    """A bare number before the auxiliary that the parser made no subject: "… and over 102 were injured"."""
    tokens = line.sentence.tokens
    first = min((k for k in line.sentence.children[verb] if tokens[k].dep in ("aux", "auxpass")), default=0)
    if first == 0 or any(tokens[k].dep in ("nsubj", "nsubjpass") for k in line.sentence.children[verb]):
        return []
    return [first - 1] if count_at(line, first - 1) is not None else []


def sufferers(line: IndexedSentence, verb: int, book: Codebook) -> list[int]:
    """Heads of the patient of a passive verb; "… and the attacker, …, was shot dead" also where the parser lost it."""
    sentence = line.sentence
    tokens = sentence.tokens
    own = any(tokens[k].dep == "nsubjpass" for k in sentence.children[verb])
    passive = any(tokens[k].dep == "auxpass" for k in sentence.children[verb])
    if passive and not own and tokens[verb].dep == "conj":
        first = min(tokens[verb].head, verb)
        near = [
            i for i in range(first + 1, verb) if line.lemmas[i] in book.tables["attackers"] and tokens[i].pos == "NOUN"
        ]
        alone = [i for i in near if tokens[i].dep == "conj"]
        if alone:
            return alone[:1]
    return subjects(sentence, verb)


def _lost_subject(line: IndexedSentence, verb: int) -> list[int]:
    """A counted noun that the parser hung on the reporting verb: "Reports say 70 persons, …, were killed"."""
    sentence = line.sentence
    above = sentence.tokens[verb].head
    if sentence.tokens[verb].dep != "ccomp":
        return []
    return [o for o in objects(sentence, above) if o < verb and count_of(line, o) is not None]


def _with_state(line: IndexedSentence, state: int, first: int | None = None) -> list[int]:
    """As in "Left 71 soldiers dead and 12 wounded", "29 dead", "20 in hospital": the nearest number before the word, or
    before the `first` of several.
    """
    sentence = line.sentence
    token = sentence.tokens[state]
    begin = state if first is None or first < 0 else first
    if begin < state and not _lying(line, begin):
        return []
    for i in range(begin - 1, max(-1, begin - 7), -1):
        mention = line.count_at(i)
        if mention is not None and count_at(line, i) is not None:
            nouns = [j for j in range(i + 1, begin) if sentence.tokens[j].pos == "NOUN"]
            return [nouns[-1] if nouns else i]
        if sentence.tokens[i].pos in ("VERB", "PUNCT") or (sentence.tokens[i].pos == "ADJ" and i != begin - 1):
            break
    lain = sentence.tokens[begin].head
    if begin < state and sentence.tokens[lain].pos in ("VERB", "AUX"):  # "33 remain in hospital"
        return [s for s in subjects(sentence, lain) if count_of(line, s) is not None]
    if token.dep in ("acomp", "attr", "oprd"):
        return [
            s for s in subjects(sentence, token.head) if line.count_at(s) or sentence.tokens[s].pos in ("NOUN", "PROPN")
        ]
    if token.dep in ("nsubj", "dobj", "pobj"):
        found = [i for i in phrase(sentence, state) if line.count_at(i) is not None]
        return [state] if found else []
    return []


def _lying(line: IndexedSentence, first: int) -> bool:
    """True of "in hospital" where it says how somebody fared: "left three in hospital", "two dead and three in
    hospital".
    """
    tokens = line.sentence.tokens
    above = tokens[first].head
    above = tokens[above].head if tokens[above].dep == "dobj" else above
    return line.lemmas[above] in _BEDS or (first > 0 and count_at(line, first - 1) is not None)


def _with_harm(line: IndexedSentence, noun: int) -> list[int]:
    """As in "four people with wounds", "treated 45 people for burns"."""
    sentence = line.sentence
    before = sentence.tokens[sentence.tokens[noun].head]
    if sentence.tokens[noun].dep != "pobj" or before.lemma.lower() not in ("with", "for"):
        return []
    above = before.head
    if sentence.tokens[above].pos == "VERB":
        heads = subjects(sentence, above) if is_passive(sentence, above) else objects(sentence, above)
    else:
        heads = [above]
    return [h for h in heads if count_of(line, h) is not None]


def _of_noun(unit: Unit, hit: Hit) -> list[list[int]]:
    """As in "The killing of X", "X's murder", "75 deaths", "the toll rose to 75"."""
    line, noun = unit.line, hit.token
    sentence = line.sentence
    if hit.trigger is not None:
        victims = prepositional(sentence, noun, "of")
        victims += [k for k in sentence.children[noun] if sentence.tokens[k].dep == "poss"]
        return [victims] if victims else []
    own = [i for i in phrase(sentence, noun) if i <= noun and count_at(line, i)]
    if own and line.lemmas[noun] != "toll":
        return [[noun]]
    victims = [v for v in prepositional(sentence, noun, "of") if count_of(line, v) is not None]
    victims = victims or [v for v in prepositional(sentence, noun, "to") if count_of(line, v) is not None]
    if not victims and noun + 2 < len(sentence.tokens) and sentence.tokens[noun + 1].text == "to":
        victims = [noun + 2] if count_at(line, noun + 2) is not None else []  # "… and injuries to 30"
    victims = victims or _with_harm(line, noun)
    if victims:
        return [victims]
    verb = sentence.tokens[noun].head
    if sentence.tokens[noun].dep == "dobj" and line.lemmas[verb] in ("have", "suffer", "sustain", "receive"):
        return [[s for s in subjects(sentence, verb) if count_of(line, s) is not None]]
    return []
