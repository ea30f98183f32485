"""A sum and the number said of it: "the toll rose to 24", "put the dead at 128", "32 and 133 respectively".

Invariant: pure functions of a sentence; a number is said of a sum only by a verb of the list here, or by its place
behind "to" or "at".
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.extraction.indexed import IndexedSentence
from khabar.reading.clauses import ancestors, conjuncts, objects, prepositional
from khabar.reading.model import CountMention

__all__ = ["count_at", "count_of", "exceeded", "reckons", "respective", "stated_sum"]

_TOLL_KINDS = ("cardinal", "vague")
_MEASURES = frozenset({"family", "total", "group", "number", "team", "couple", "crowd", "body", "corpse"})
_SUMS = frozenset({"number", "toll", "count", "tally", "figure", "total", "dead"})
_SETS = frozenset(
    {"raise", "rise", "revise", "put", "reach", "climb", "lower", "cut", "increase", "bring", "stand", "jump", "go",
     "give", "count", "update", "take", "total", "number", "soar", "grow", "mount", "hit", "drop", "fall", "reduce"}
)  # fmt: skip
_EXCEEDS = frozenset({"exceed", "top", "pass", "surpass"})
_COUNTING = ("nummod", "quantmod", "amod", "det", "advmod", "compound", "nmod", "predet")


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
    for k in _modifiers(line, head):
        best = count_at(line, k) or best
    if best is None and line.lemmas[head] in _MEASURES:
        inner = prepositional(line.sentence, head, "of")
        best = count_at(line, inner[0]) or count_of(line, inner[0]) if inner and inner[0] != head else None
    return best


def _modifiers(line: IndexedSentence, head: int) -> list[int]:
    """Tokens before a noun that can number it, with what numbers them ("at least [60] others")."""
    found: list[int] = []
    stack = [head]
    while stack:
        for k in line.sentence.children[stack.pop()]:
            if k < head and line.sentence.tokens[k].dep in _COUNTING:
                found.append(k)
                stack.append(k)
    return sorted(found)


def stated_sum(line: IndexedSentence, word: int) -> list[int]:
    """The head of the number said of the sum that `word` is or stands under; none where nothing is said of a sum."""
    sentence = line.sentence
    tokens = sentence.tokens
    beside = _beside(line, word)
    if beside is not None:
        return [beside]
    above = [word, *ancestors(sentence, word)][:5]
    total = next((a for a in above if line.lemmas[a] in _SUMS and tokens[a].pos in ("NOUN", "ADJ", "PROPN")), None)
    if total is None:
        return _put_at(line, word)
    verb = _verb_of(line, total)
    if verb is None:
        return []
    if line.lemmas[verb] == "be":
        if tokens[total].dep != "nsubj" or tokens[total].head != verb:
            return []
        said = [k for k in sentence.children[verb] if k > verb and tokens[k].dep == "attr" and count_of(line, k)][:1]
        return [member for k in said for member in (k, *conjuncts(sentence, k))]
    direct = [o for o in objects(sentence, verb) if o != total and count_at(line, o)]
    numbers = [p for p in prepositional(sentence, verb, "to", "at") if count_of(line, p)]
    numbers = direct or numbers or [p for p in prepositional(sentence, total, "to", "at") if count_of(line, p)]
    if numbers:
        return numbers[:1]
    for i in range(verb + 1, len(tokens)):  # wherever the parser hung "to 253"
        if tokens[i - 1].text.lower() in ("to", "at") and count_at(line, i):
            return [i]
    return []


def _beside(line: IndexedSentence, word: int) -> int | None:
    """The number right behind "at" or "to" after a word of harm: "put the dead at 33, …, and the injured at 74"."""
    tokens = line.sentence.tokens
    if word + 2 >= len(tokens) or tokens[word + 1].text.lower() not in ("at", "to"):
        return None
    if not any(lemma in _SETS for lemma in line.lemmas[:word]):
        return None
    return next((i for i in range(word + 2, min(word + 5, len(tokens))) if count_at(line, i) is not None), None)


def _put_at(line: IndexedSentence, word: int) -> list[int]:
    """As in "put at 40 the soldiers killed": the number said of the people that a participle tells of."""
    token = line.sentence.tokens[word]
    people = line.sentence.tokens[token.head]
    if token.dep != "acl" or people.dep != "dobj" or line.lemmas[people.head] not in _SETS or count_of(line, people.i):
        return []
    return [p for p in prepositional(line.sentence, people.head, "to", "at") if count_at(line, p)][:1]


def _verb_of(line: IndexedSentence, total: int) -> int | None:
    """The verb that says a number of a sum; in a heading also where the parser took it for a noun ("climbs to 22")."""
    tokens = line.sentence.tokens
    verb = next((a for a in (total, *ancestors(line.sentence, total)) if tokens[a].pos in ("VERB", "AUX")), None)
    if verb is not None and line.lemmas[verb] in (*_SETS, *_EXCEEDS, "be"):
        return verb
    for i in range(total + 1, len(tokens) - 1):
        if line.lemmas[i] in _SETS and tokens[i].pos in ("NOUN", "VERB") and tokens[i + 1].text.lower() in ("to", "at"):
            return i
    return None


def reckons(line: IndexedSentence, verb: int) -> bool:
    """True of a verb that says how a count stands: "the toll rose", "raised the number of dead", "gave figures"."""
    if line.lemmas[verb] not in _SETS:
        return False
    tokens = line.sentence.tokens
    said = [k for k in line.sentence.children[verb] if tokens[k].dep in ("nsubj", "nsubjpass", "dobj")]
    counted = [p for p in prepositional(line.sentence, verb, "to", "at") if count_at(line, p)]
    return any(line.lemmas[k] in _SUMS or (counted and _suffered(line, k)) for k in said)


def _suffered(line: IndexedSentence, people: int) -> bool:
    """True of the people in "put at 40 the soldiers killed"."""
    tokens = line.sentence.tokens
    return any(tokens[k].dep == "acl" and tokens[k].tag == "VBN" for k in line.sentence.children[people])


def exceeded(line: IndexedSentence, number: int) -> bool:
    """True of the number in "the toll topped 100"."""
    return any(line.lemmas[a] in _EXCEEDS for a in list(ancestors(line.sentence, number))[:2])


def respective(line: IndexedSentence, words: Sequence[int]) -> dict[int, int]:
    """The number that belongs to each of `words` in "dead and wounded … 32 and 133 respectively", by order; empty
    unless as many numbers as words stand coordinated before "respectively".
    """
    marks = [i for i, lemma in enumerate(line.lemmas) if lemma == "respectively"]
    if not marks:
        return {}
    for i in range(marks[0]):
        numbers = [i, *(k for k in conjuncts(line.sentence, i) if count_at(line, k))]
        if count_at(line, i) and len(numbers) > 1 and numbers[-1] < marks[0] and len(numbers) == len(words):
            return dict(zip(sorted(words), numbers, strict=True))
    return {}
