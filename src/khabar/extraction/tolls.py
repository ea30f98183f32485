"""Who died, was hurt, arrested or taken, in numbers. Invariant: a number is a toll only if syntax ties it to a word of harm and
what it counts is people.

"13 people, including six policemen" is 13; "X, Y and three others" is 5; a named victim or "a police officer" is 1; a bare
plural ("militants") is at least 2.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import ancestors, descendants, is_passive, objects, phrase, prepositional, subjects
from khabar.reading.model import CountMention
from khabar.records import Count

__all__ = ["Toll", "read_tolls", "sufferers"]

_TOLL_KINDS = ("cardinal", "vague")
_PLURAL_PRONOUNS = frozenset({"they", "them", "those", "other", "all", "some", "many", "several", "most", "both"})
_SINGULAR = frozenset({"he", "she", "him", "her", "who"})
_NAMES = frozenset({"person", "organization", "agency", "state"})


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of people with what happened to them. `attackers`: they belong to those who attacked.

    `further`: "one more", "another two", to be added to a number told before. `head` is the token of the people counted, `span` the reading offsets of the words that give the number.
    """

    effect: str
    count: Count
    attackers: bool
    head: int
    span: Span
    bare: bool = False
    further: bool = False


def read_tolls(unit: Unit, book: Codebook) -> list[Toll]:
    """Every toll of a unit, in text order."""
    found: list[Toll] = []
    for hit in unit.hits:
        if hit.trigger is not None and hit.trigger.frame.deadly:
            found += [
                _bomber(unit.line, s, hit, book)
                for s in subjects(unit.line.sentence, hit.token)[:1]
                if s in unit.tokens
            ]
        if hit.effect is None or _alternative(unit, hit):
            continue
        groups = _patients(unit, hit, book)
        for group in groups:
            found += _tolls(unit, hit, [p for p in group if p in unit.tokens], book)
    return found


def _bomber(line: IndexedSentence, head: int, hit: Hit, book: Codebook) -> Toll:
    """Those who blow themselves up die: one, or as many as the text counts."""
    number = _number(line, head, hit, book)
    token = line.sentence.tokens[head]
    count, span, bare = number if number is not None else (Count(1, 1, 1), (token.start, token.end), True)
    words = line_text(line, span)
    return Toll("killed", Count(count.low, count.best, count.high, words), True, head, span, bare)


def _alternative(unit: Unit, hit: Hit) -> bool:
    """ "Killed or wounded 50": neither number is told."""
    line = unit.line
    tokens = line.sentence.tokens
    kids = line.sentence.children[hit.token]
    if any(line.lemmas[k] == "or" and tokens[k].dep == "cc" for k in kids):
        return any(h.effect not in (None, hit.effect) and tokens[h.token].head == hit.token for h in unit.hits)
    head = tokens[hit.token].head
    if tokens[hit.token].dep == "conj" and head != hit.token:
        return any(line.lemmas[k] == "or" and tokens[k].dep == "cc" for k in line.sentence.children[head])
    return False


# ------------------------------------------------------------------ whom the harm befell


def _patients(unit: Unit, hit: Hit, book: Codebook) -> list[list[int]]:
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
            return [_own(line, sufferers(line, verb, book)) or _lost_subject(line, verb)]
        return [objects(sentence, verb) or _loose_object(line, verb)]
    if hit.part == "intransitive":
        return [_own(line, subjects(sentence, verb))]
    if hit.part == "states":
        return [_with_state(line, verb)]
    if hit.part == "losses":
        return [[verb] if _count_of(line, verb) is not None else prepositional(sentence, verb, "of")]
    return _of_noun(unit, hit)


def _participle(line: IndexedSentence, verb: int) -> bool:
    """ "72 killed", "340 injured": a participle right after its number."""
    token = line.sentence.tokens[verb]
    if token.tag not in ("VBN", "VBD") or verb == 0 or _count(line, verb - 1) is None:
        return False
    return not any(line.sentence.tokens[k].dep in ("auxpass", "dobj") for k in line.sentence.children[verb])


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


def _stated(line: IndexedSentence, word: int) -> list[int]:
    """ "The number of people killed rose to 24", "put the dead at 128", "the toll reached 30": the number said of a sum."""
    sentence = line.sentence
    tokens = sentence.tokens
    above = [word, *ancestors(sentence, word)][:5]
    total = next((a for a in above if line.lemmas[a] in _SUMS and tokens[a].pos in ("NOUN", "ADJ", "PROPN")), None)
    if total is None:
        return []
    verb = next((a for a in (total, *ancestors(sentence, total)) if tokens[a].pos in ("VERB", "AUX")), None)
    if verb is None or line.lemmas[verb] not in _SETS:
        return []
    direct = [o for o in objects(sentence, verb) if o != total and _count(line, o)]
    numbers = direct or [p for p in prepositional(sentence, verb, "to", "at") if _count_of(line, p)]
    numbers = numbers or [p for p in prepositional(sentence, total, "to", "at") if _count_of(line, p)]
    if numbers:
        return numbers[:1]
    for i in range(verb + 1, len(tokens)):  # wherever the parser hung "to 253"
        if tokens[i - 1].text.lower() in ("to", "at") and _count(line, i):
            return [i]
    return []


def _own(line: IndexedSentence, heads: list[int]) -> list[int]:
    return list(dict.fromkeys(heads))


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
    return [o for o in objects(sentence, above) if o < verb and _count_of(line, o) is not None]


def _with_state(line: IndexedSentence, state: int) -> list[int]:
    """ "Left 71 soldiers dead and 12 wounded", "29 dead": the nearest number before the word."""
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
    """ "The killing of X", "X's murder", "75 deaths", "the toll rose to 75"."""
    line, noun = unit.line, hit.token
    sentence = line.sentence
    if hit.trigger is not None:
        victims = prepositional(sentence, noun, "of")
        victims += [k for k in sentence.children[noun] if sentence.tokens[k].dep == "poss"]
        return [victims] if victims else []
    own = [i for i in phrase(sentence, noun) if i <= noun and _count(line, i)]
    if own and line.lemmas[noun] != "toll":
        return [[noun]]
    victims = [v for v in prepositional(sentence, noun, "of") if _count_of(line, v) is not None]
    if victims:
        return [victims]
    verb = sentence.tokens[noun].head
    if sentence.tokens[noun].dep == "dobj" and line.lemmas[verb] in ("have", "suffer", "sustain", "receive"):
        return [[s for s in subjects(sentence, verb) if _count_of(line, s) is not None]]
    return []


# ------------------------------------------------------------------ how many


def _tolls(unit: Unit, hit: Hit, heads: list[int], book: Codebook) -> list[Toll]:
    """The toll of those attacked and that of the attackers, of one group of heads."""
    assert hit.effect is not None
    line = unit.line
    if hit.part not in ("nouns", "losses"):
        events = {h.token for h in unit.hits if h.is_noun}
        heads = [h for h in heads if not _not_people(line, h, book) and h not in events]
    found: list[Toll] = _among(line, hit, heads, book)
    sides: dict[bool, list[tuple[int, Count, Span, bool]]] = {False: [], True: []}
    joined = any(line.lemmas[k] == "and" for h in heads for k in line.sentence.children[h])
    for head in heads:
        number = _number(line, head, hit, book)
        if number is None:
            continue
        count, span, bare = number
        sides[_is_attacker(line, head, book)].append((head, count, span, bare))
    for attackers in (False, True):
        counted = sides[attackers] if joined else sides[attackers][:1]
        if any(not bare for _h, _c, _s, bare in counted):  # "52 people, women and children among them" are 52
            counted = [c for c in counted if not (c[3] and c[1].best is None)]
        if counted:
            total = _sum([c for _h, c, _s, _b in counted])
            span = (min(s[0] for _h, _c, s, _b in counted), max(s[1] for _h, _c, s, _b in counted))
            count = Count(*total, line_text(line, span))
            found.append(
                Toll(
                    hit.effect,
                    count,
                    attackers,
                    counted[0][0],
                    span,
                    all(b for _h, _c, _s, b in counted),
                    _further(line, counted[0][0]),
                )
            )
    return found


def _among(line: IndexedSentence, hit: Hit, heads: list[int], book: Codebook) -> list[Toll]:
    """ "20 people, including the bomber": an attacker among those counted."""
    if hit.effect != "killed":
        return []
    tokens = line.sentence.tokens
    for head in heads:
        if _count_of(line, head) is None:
            continue
        for i in descendants(line.sentence, head):
            marked = tokens[i].dep in ("appos", "pobj") and (
                tokens[i].head == head or line.lemmas[tokens[i].head] in ("include", "including")
            )
            if i != head and marked and line.lemmas[i] in book.tables["attackers"]:
                number = _number(line, i, hit, book)
                if number is not None:
                    return [
                        Toll(
                            "killed",
                            Count(number[0].low, number[0].best, number[0].high, line_text(line, number[1])),
                            True,
                            i,
                            number[1],
                        )
                    ]
    return []


def _further(line: IndexedSentence, head: int) -> bool:
    return any(
        line.lemmas[k] in ("more", "another", "further", "additional", "third") for k in line.sentence.children[head]
    )


def line_text(line: IndexedSentence, span: Span) -> str:
    """The words of a stretch of a sentence, rebuilt with their own spaces."""
    pieces: list[str] = []
    last = None
    for token in line.sentence.tokens:
        if token.start >= span[0] and token.end <= span[1]:
            if last is not None:
                pieces.append(" " * (token.start - last))
            pieces.append(token.text)
            last = token.end
    return "".join(pieces)


def _sum(counts: list[Count]) -> tuple[int | None, int | None, int | None]:
    def add(values: list[int | None]) -> int | None:
        return None if any(v is None for v in values) else sum(v for v in values if v is not None)

    return add([c.low for c in counts]), add([c.best for c in counts]), add([c.high for c in counts])


def _number(line: IndexedSentence, head: int, hit: Hit, book: Codebook) -> tuple[Count, Span, bool] | None:
    mention = _count_of(line, head)
    if mention is not None:
        sentence = line.sentence
        end = max(mention.end, sentence.tokens[head].end)
        if mention.count.best == 1 and mention.text.lower() == "one":
            return mention.count, (mention.start, end), False
        return mention.count, (mention.start, end), False
    token = line.sentence.tokens[head]
    span = (token.start, token.end)
    actor = line.actor_at(head)
    group = (
        actor is not None
        and actor.how == "described"
        and (line.lemmas[head] in book.people or line.lemmas[head] in book.tables["attackers"])
    )
    if actor is not None and not group:
        return (Count(1, 1, 1), (actor.start, actor.end), True) if actor.kind == "person" else None
    lemma = line.lemmas[head]
    if token.pos == "PROPN" and not group:
        return (Count(1, 1, 1), span, True) if token.ent in ("PERSON", "") and not line.place_at(head) else None
    if token.pos == "PRON":
        return (Count(1, 1, 1), span, True) if lemma in _SINGULAR and token.tag != "WP" else None
    known = lemma in book.people or lemma in book.tables["attackers"]
    if not known and (hit.effect != "killed" or lemma in book.sites or line.plural(head) or hit.part == "intransitive"):
        return None
    if line.plural(head):
        return Count(2, None, None), span, True
    article = [k for k in line.sentence.children[head] if line.sentence.tokens[k].dep in ("det", "poss", "nummod")]
    if article and lemma not in ("police", "army", "military", "personnel", "crowd", "community", "public", "family"):
        first = min(line.sentence.tokens[k].start for k in article)
        return Count(1, 1, 1), (min(first, token.start), token.end), True
    return None


def _count(line: IndexedSentence, i: int) -> CountMention | None:
    mention = line.count_at(i)
    return mention if mention is not None and mention.kind in _TOLL_KINDS else None


def _count_of(line: IndexedSentence, head: int) -> CountMention | None:
    """The number that a noun carries, or is."""
    own = _count(line, head)
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
            best = _count(line, i) or best
    if best is None and line.lemmas[head] in _MEASURES:
        inner = prepositional(line.sentence, head, "of")
        best = _count(line, inner[0]) or _count_of(line, inner[0]) if inner and inner[0] != head else None
    return best


_MEASURES = frozenset({"family", "total", "group", "number", "team", "couple", "crowd"})


def _not_people(line: IndexedSentence, head: int, book: Codebook) -> bool:
    lemma = line.lemmas[head]
    return lemma in book.tables["not_people"] and lemma not in book.people


def _is_attacker(line: IndexedSentence, head: int, book: Codebook) -> bool:
    words = [line.lemmas[i] for i in phrase(line.sentence, head) if line.sentence.tokens[i].dep != "pobj"]
    attackers = book.tables["attackers"]
    if line.lemmas[head] in attackers:
        return True
    plural = line.sentence.tokens[head].tag in ("NNS", "NNPS")
    apposed = [
        k
        for k in line.sentence.children[head]
        if line.sentence.tokens[k].dep == "appos" and (line.sentence.tokens[k].tag in ("NNS", "NNPS")) == plural
    ]
    return any(line.lemmas[k] in attackers for k in apposed) or (
        line.lemmas[head] in ("suspect",) and any(w in attackers for w in words)
    )
