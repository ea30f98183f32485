"""Whom a harm befell, and how many the text says they were. Invariant: heads of nouns or numbers in the syntax of
the word of harm; where the parser lost the subject or hung a number elsewhere, only patterns named here find it again.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import ancestors, is_passive, objects, phrase, prepositional, subjects
from khabar.reading.model import CountMention

__all__ = ["alternative", "count_at", "count_of", "patients", "sufferers"]

_TOLL_KINDS = ("cardinal", "vague")
_MEASURES = frozenset({"family", "total", "group", "number", "team", "couple", "crowd"})
_SUMS = frozenset({"number", "toll", "count", "tally", "figure", "total", "dead"})
_SETS = frozenset(
    {
        "raise",
        "rise",
        "revise",
        "put",
        "reach",
        "climb",
        "lower",
        "cut",
        "increase",
        "bring",
        "stand",
        "jump",
        "go",
        "give",
        "count",
        "update",
    }
)


def patients(unit: Unit, hit: Hit, book: Codebook) -> list[list[int]]:
    """Groups of heads: the members of one group are coordinated and add up."""
    line, verb = unit.line, hit.token
    sentence = line.sentence
    if hit.part in ("transitive", "states", "nouns") and not (hit.trigger and hit.is_noun):
        stated = _stated(line, verb)
        if stated:
            return [stated]
    if hit.part == "transitive" and _participle(line, verb):
        return [_with_state(line, verb)]
    if hit.part == "transitive":
        if is_passive(sentence, verb) or (not objects(sentence, verb) and sentence.tokens[verb].tag == "VBN"):
            bare = _number_before(line, verb) or (not is_passive(sentence, verb) and _loose_object(line, verb))
            return [bare or list(dict.fromkeys(sufferers(line, verb, book))) or _lost_subject(line, verb)]
        return [objects(sentence, verb) or _loose_object(line, verb)]
    if hit.part == "intransitive":
        return [list(dict.fromkeys(subjects(sentence, verb)))]
    if hit.part == "states":
        return [_with_state(line, verb)]
    if hit.part == "losses":
        return [[verb] if count_of(line, verb) is not None else prepositional(sentence, verb, "of")]
    return _of_noun(unit, hit)


def alternative(unit: Unit, hit: Hit) -> bool:
    """As in "Killed or wounded 50": neither number is told."""
    line = unit.line
    tokens = line.sentence.tokens
    kids = line.sentence.children[hit.token]
    if any(line.lemmas[k] == "or" and tokens[k].dep == "cc" for k in kids):
        return any(h.effect not in (None, hit.effect) and tokens[h.token].head == hit.token for h in unit.hits)
    head = tokens[hit.token].head
    if tokens[hit.token].dep == "conj" and head != hit.token:
        return any(line.lemmas[k] == "or" and tokens[k].dep == "cc" for k in line.sentence.children[head])
    return False


def _participle(line: IndexedSentence, verb: int) -> bool:
    """As in "72 killed", "340 injured": a participle right after its number."""
    token = line.sentence.tokens[verb]
    if token.tag not in ("VBN", "VBD") or verb == 0 or count_at(line, verb - 1) is None:
        return False
    return not any(line.sentence.tokens[k].dep in ("auxpass", "dobj") for k in line.sentence.children[verb])


def _stated(line: IndexedSentence, word: int) -> list[int]:
    """As in "The number of people killed rose to 24", "put the dead at 128", "the toll reached 30": the number said
    of a sum.
    """
    sentence = line.sentence
    tokens = sentence.tokens
    above = [word, *ancestors(sentence, word)][:5]
    total = next((a for a in above if line.lemmas[a] in _SUMS and tokens[a].pos in ("NOUN", "ADJ", "PROPN")), None)
    if total is None:
        return []
    verb = next((a for a in (total, *ancestors(sentence, total)) if tokens[a].pos in ("VERB", "AUX")), None)
    if verb is None or line.lemmas[verb] not in _SETS:
        return []
    direct = [o for o in objects(sentence, verb) if o != total and count_at(line, o)]
    numbers = direct or [p for p in prepositional(sentence, verb, "to", "at") if count_of(line, p)]
    numbers = numbers or [p for p in prepositional(sentence, total, "to", "at") if count_of(line, p)]
    if numbers:
        return numbers[:1]
    for i in range(verb + 1, len(tokens)):  # wherever the parser hung "to 253"
        if tokens[i - 1].text.lower() in ("to", "at") and count_at(line, i):
            return [i]
    return []


def _loose_object(line: IndexedSentence, verb: int) -> list[int]:
    """A bare number right after the verb ("injuring 112"), whatever the parser made of it."""
    for i in range(verb + 1, min(verb + 6, len(line.lemmas))):
        mention = line.count_at(i)
        if mention is not None and mention.kind in _TOLL_KINDS:
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


def _with_state(line: IndexedSentence, state: int) -> list[int]:
    """As in "Left 71 soldiers dead and 12 wounded", "29 dead": the nearest number before the word."""
    sentence = line.sentence
    token = sentence.tokens[state]
    for i in range(state - 1, max(-1, state - 7), -1):
        mention = line.count_at(i)
        if mention is not None and mention.kind in _TOLL_KINDS:
            nouns = [j for j in range(i + 1, state) if sentence.tokens[j].pos == "NOUN"]
            return [nouns[-1] if nouns else i]
        if sentence.tokens[i].pos in ("VERB", "PUNCT") or (sentence.tokens[i].pos == "ADJ" and i != state - 1):
            break
    if token.dep in ("acomp", "attr", "oprd"):
        return [
            s for s in subjects(sentence, token.head) if line.count_at(s) or sentence.tokens[s].pos in ("NOUN", "PROPN")
        ]
    if token.dep in ("nsubj", "dobj", "pobj"):
        found = [i for i in phrase(sentence, state) if line.count_at(i) is not None]
        return [state] if found else []
    return []


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
    if victims:
        return [victims]
    verb = sentence.tokens[noun].head
    if sentence.tokens[noun].dep == "dobj" and line.lemmas[verb] in ("have", "suffer", "sustain", "receive"):
        return [[s for s in subjects(sentence, verb) if count_of(line, s) is not None]]
    return []


def count_at(line: IndexedSentence, i: int) -> CountMention | None:
    """The number at a token if it can count people: a cardinal or a vague one."""
    mention = line.count_at(i)
    return mention if mention is not None and mention.kind in _TOLL_KINDS else None


def count_of(line: IndexedSentence, head: int) -> CountMention | None:
    """The number that a noun carries, or is."""
    own = count_at(line, head)
    if own is not None:
        return own
    best: CountMention | None = None
    for i in phrase(line.sentence, head):
        if i < head and line.sentence.tokens[i].dep in (
            "nummod",
            "quantmod",
            "amod",
            "det",
            "advmod",
            "compound",
            "nmod",
            "predet",
        ):
            best = count_at(line, i) or best
    if best is None and line.lemmas[head] in _MEASURES:
        inner = prepositional(line.sentence, head, "of")
        best = count_at(line, inner[0]) or count_of(line, inner[0]) if inner and inner[0] != head else None
    return best
