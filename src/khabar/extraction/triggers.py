"""Words of the codebook met in a sentence. Invariant: a word inside a name reports nothing, and each word reports
once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from khabar.codebook.lookup import Phrase, PhraseTable
from khabar.codebook.model import Codebook, Trigger
from khabar.extraction.indexed import IndexedSentence
from khabar.reading.clauses import agents, is_passive, objects, prepositional, subjects

__all__ = ["Hit", "find_hits"]

# Nouns that name something about an event, where the event word before them still reports it.
_ABOUT = frozenset({"victim", "survivor", "scene", "site", "spree", "suspect", "toll"})


_MEMORIALS = frozenset({"anniversary", "commemoration", "remembrance", "memorial", "memory", "tribute"})
_REMAINS = frozenset({"body", "corpse"})  # of people, or of members of a parliament
_DEAD_BODIES = frozenset(
    {"dead", "charred", "burnt", "burned", "mutilated", "lifeless", "headless", "decapitated", "beheaded", "more",
     "other", "further", "least", "most", "many", "unidentified", "mangled", "bloodied"}
)  # fmt: skip
# Words that a crime without a deed hangs on.
_CHARGES = frozenset(
    {"charge", "convict", "accuse", "acquit", "indict", "suspicion", "sentence", "jail", "try", "wanted", "guilty",
     "conviction", "trial", "arraign", "case", "suspect", "investigate", "allegation", "accusation", "crime"}
)  # fmt: skip

_PREPOSITIONS = frozenset({"on", "at", "upon", "into", "of", "out", "with"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A token that reports an event (`trigger`) or a harm (`effect` with the `part` of its word list), or both; with
    part "either" a word for the killed and injured together ("casualties"). `first` is the first token of its words.
    """

    token: int
    trigger: Trigger | None = None
    effect: str | None = None
    part: str = ""
    first: int = -1

    @property
    def roles(self) -> Mapping[str, str]:
        """Roles of the trigger's frame; none for a bare word of harm."""
        return self.trigger.frame.roles if self.trigger is not None else {}

    @property
    def event(self) -> str | None:
        """The event type that the trigger names, or None."""
        return self.trigger.event if self.trigger is not None else None

    @property
    def is_noun(self) -> bool:
        """True where the event is named by a noun."""
        return self.trigger is not None and self.trigger.pos == "noun"


def find_hits(line: IndexedSentence, book: Codebook) -> list[Hit]:
    """Every reporting word of a sentence, in text order; longest expressions first, none inside another."""
    hits: list[Hit] = []
    tokens = line.sentence.tokens
    lemmas = line.lemmas
    verbs, nouns = book.verbs, book.nouns
    taken: set[int] = set()
    for first, last, _name in book.tables["not_events"].find(lemmas):
        taken.update(range(first, last + 1))
    for token in reversed(tokens):  # a noun expression ends at its head: from the right, the longest is met first
        i = token.i
        if i in taken:
            continue
        lemma = lemmas[i]
        hit: Hit | None = None
        participle = token.pos in ("ADJ", "NOUN") and token.tag in ("VBN", "VBD", "JJ")
        if lemma in verbs and (token.pos == "VERB" or participle):
            hit = _verb(line, i, verbs[lemma], book)
        if hit is None and _shot(line, i):
            dead = (t for t in verbs.get("shoot", ()) if t.words[1:] == (lemma,))
            hit = next((Hit(i, trigger, first=i - 1) for trigger in dead), None)
        if hit is None and token.pos in ("NOUN", "PROPN", "ADJ", "VERB") and lemma in nouns:
            hit = _noun(line, i, nouns[lemma])
        hit = _with_effect(line, i, hit, book)
        if hit is not None:
            hits.append(hit)
            taken.update(range(hit.first, i) if hit.is_noun else ())
    hits.reverse()
    struck = {h.token for h in hits if h.part == "transitive"}
    hits = [h for h in hits if h.part != "states" or tokens[h.token].head not in struck or _apart(line, h.token)]
    return _without_light(line, hits, book)


def _stands(line: IndexedSentence, first: int, phrase: Phrase) -> bool:
    return all(line.sentence.tokens[first + n].text.lower() == word for n, word in enumerate(phrase))


def _apart(line: IndexedSentence, state: int) -> bool:
    """True if a state beside a word of harm tells of others: "13 dead, 70 hurt", "shot and left for dead"."""
    return line.sentence.tokens[state].dep == "conj" or (state > 0 and line.count_at(state - 1) is not None)


def _without_light(line: IndexedSentence, hits: list[Hit], book: Codebook) -> list[Hit]:
    """As in "Executed a mass shooting", "staged an ambush": the noun reports, the verb only carries it."""
    nouns = {h.token for h in hits if h.is_noun}
    if not nouns:
        return hits
    does = book.tables["does"]
    return [
        h
        for h in hits
        if h.is_noun
        or line.lemmas[h.token] not in does
        or (not nouns.intersection(objects(line.sentence, h.token)) and not _first_member(line, h.token, nouns))
    ]


def _first_member(line: IndexedSentence, verb: int, nouns: set[int]) -> bool:
    """True of "planned" in "planned and executed operations"."""
    return any(
        line.sentence.tokens[k].dep == "conj" and nouns.intersection(objects(line.sentence, k))
        for k in line.sentence.children[verb]
    )


def _verb(line: IndexedSentence, i: int, triggers: Iterable[Trigger], book: Codebook) -> Hit | None:
    for trigger in sorted(triggers, key=lambda t: t.words[-1] in _PREPOSITIONS):  # "fire rocket" before "fire at"
        if "object" not in trigger.frame.roles and len(trigger.words) == 1 and _says_something(line, i):
            continue  # "demonstrated its strength", "demonstrates that there is" are no demonstrations
        if len(trigger.words) == 1 or _beside(line, i, trigger.words[1:]):
            if len(trigger.words) > 1 and trigger.words[-1] in book.people and not _suffers(line, i, trigger.words[-1]):
                continue  # "seized arms from students" takes nobody away
            named = trigger.words[-1] in book.arms or trigger.words[-1] in book.nouns
            if named and trigger.frame.roles.get("subject") == "weapon" and not _by_arms(line, i, book):
                continue  # "the police destroyed a bomb"
            return Hit(i, trigger, first=i)
    return None


def _shot(line: IndexedSentence, i: int) -> bool:
    """True of "dead" in "gunmen shot dead a judge" where the parser took it for the verb."""
    before = line.sentence.tokens[i - 1] if i else None
    own = bool(objects(line.sentence, i)) and bool(subjects(line.sentence, i))
    return before is not None and before.text.lower() == "shot" and before.pos != "VERB" and own


def _suffers(line: IndexedSentence, verb: int, people: str) -> bool:
    """True if people are what a verb is done to, its object or passive subject."""
    sentence = line.sentence
    heads = [*objects(sentence, verb), *(subjects(sentence, verb) if is_passive(sentence, verb) else ())]
    heads += [p for h in heads for p in prepositional(sentence, h, "of")]
    return any(line.lemmas[h] == people for h in heads)


def _by_arms(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    """True if arms or an explosion are what does it, or by what it is done."""
    sentence = line.sentence
    heads = [*agents(sentence, verb)] if is_passive(sentence, verb) else [*subjects(sentence, verb)]
    heads += [p for h in heads for p in prepositional(sentence, h, "of")]
    blasts = {h for h in heads if any(len(t.words) == 1 for t in book.nouns.get(line.lemmas[h], ()))}
    return any(h in blasts or line.lemmas[h] in book.arms for h in heads)


def _says_something(line: IndexedSentence, i: int) -> bool:
    kids = line.sentence.children[i]
    return bool(objects(line.sentence, i)) or any(line.sentence.tokens[k].dep == "ccomp" for k in kids)


def _beside(line: IndexedSentence, i: int, words: Phrase) -> bool:
    """True if the further words of an expression stand among the verb's dependents, or right after it."""
    kids = line.sentence.children[i]
    direct = {line.lemmas[k] for k in kids} | {line.sentence.tokens[k].text.lower() for k in kids}
    near = set(direct)
    for k in kids:
        near.update(line.lemmas[g] for g in line.sentence.children[k])
        near.update(line.lemmas[p] for p in prepositional(line.sentence, k, "of"))  # "dozens of shells fell"
    for j in range(i + 1, min(i + 4, len(line.lemmas))):
        near |= {line.lemmas[j], line.sentence.tokens[j].text.lower()}
    return all(w.lower() in (direct if w.lower() in _PREPOSITIONS else near) for w in words)


def _noun(line: IndexedSentence, i: int, triggers: Iterable[Trigger]) -> Hit | None:
    token = line.sentence.tokens[i]
    if token.pos == "VERB" and token.tag != "VBG":
        return None
    if token.pos == "VERB" and token.dep in ("ROOT", "advcl", "conj", "relcl", "acl", "xcomp", "ccomp", "pcomp"):
        return None
    if line.actor_at(i) is not None or line.place_at(i) is not None:
        return None
    head = line.lemmas[token.head]
    if token.dep == "attr" and not _dated_attribute(line, i):
        return None
    if token.dep == "compound" and token.head > i and head not in _ABOUT and not line.sentence.heading:
        return None
    if _charge(line, i) or _commemorated(line, i):
        return None
    for trigger in triggers:
        first = i - len(trigger.words) + 1
        if first >= 0 and all(_same(line, first + n, w) for n, w in enumerate(trigger.words)):
            return Hit(i, trigger, first=first)
    return None


def _charge(line: IndexedSentence, i: int) -> bool:
    """True of the crime in "convicted of murder", "on suspicion of murder", which names no deed; not of "convicted of
    the murder of a judge".
    """
    tokens = line.sentence.tokens
    first = i
    while tokens[first].dep == "conj":
        first = tokens[first].head
    if tokens[first].dep != "pobj":
        return False
    above = tokens[tokens[first].head].head
    charging = (above, tokens[above].head) if tokens[above].dep == "dobj" else (above,)  # "convicted a man of murder"
    if not any(line.lemmas[word] in _CHARGES for word in charging):
        return False
    return not any(
        tokens[k].dep in ("det", "poss", "prep", "relcl", "acl", "nummod") for k in line.sentence.children[i]
    )


def _commemorated(line: IndexedSentence, i: int) -> bool:
    """True of "the anniversary of the bombings": what is kept in mind is told of only where more is said of it."""
    tokens = line.sentence.tokens
    if tokens[i].dep != "pobj" or line.lemmas[tokens[tokens[i].head].head] not in _MEMORIALS:
        return False
    below = line.sentence.children[i]
    more = any(tokens[k].dep in ("prep", "relcl", "acl", "nummod", "poss", "appos") for k in below)
    return not more and not any(d.start <= tokens[k].start < d.end for k in below for d in line.dates)


def _dated_attribute(line: IndexedSentence, i: int) -> bool:
    """False for "this is an attack on the minister's record": a predicate noun with a singular indefinite article."""
    verb = line.sentence.tokens[i].head
    article = any(line.lemmas[k] in ("a", "an") for k in line.sentence.children[i])
    return not article or line.sentence.tokens[verb].tag in ("VBD", "VBN")


def _same(line: IndexedSentence, i: int, word: str) -> bool:
    return line.lemmas[i] == word.lower() or line.sentence.tokens[i].text.lower() == word.lower()


def _with_effect(line: IndexedSentence, i: int, hit: Hit | None, book: Codebook) -> Hit | None:
    """The hit with the harm its word tells of; the frame's own effect comes first."""
    if hit is not None and hit.trigger is not None and hit.trigger.frame.effect:
        part = "transitive" if hit.trigger.pos == "verb" else "nouns"
        return Hit(i, hit.trigger, hit.trigger.frame.effect, part, hit.first)
    token = line.sentence.tokens[i]
    lemma = line.lemmas[i]
    harm = lemma in book.harm_words or token.text.lower() in book.harm_words  # most words tell none
    for effect in book.effects if harm else ():
        tables = book.tables
        if token.pos == "VERB":
            for part in ("intransitive", "transitive", "witnessed"):
                table = tables[f"{effect}.{part}"]
                if lemma in table or (lemma in table.beginnings and _expression(line, i, table.phrases())):
                    suffered = "transitive" if part == "witnessed" else part
                    return Hit(i, hit.trigger if hit else None, effect, suffered, hit.first if hit else i)
        if token.pos in ("ADJ", "NOUN", "VERB", "ADV") and hit is None:
            first = _ending(line, i, tables[f"{effect}.states"])
            if first is not None:
                return Hit(i, None, effect, "states", first)
        if (
            token.pos in ("NOUN", "PROPN")
            and lemma in tables[f"{effect}.nouns"]
            and line.actor_at(i) is None
            and not _charge(line, i)
            and not _inside(line, i, tables[f"{effect}.nouns"])
            and (lemma not in _REMAINS or _human(line, i))
        ):
            return Hit(i, hit.trigger if hit else None, effect, "nouns", hit.first if hit else i)
        if token.pos == "NOUN" and lemma in tables[f"{effect}.losses"]:
            verb = token.head
            if line.lemmas[verb] in tables[f"{effect}.loss_verbs"]:
                return Hit(i, None, effect, "losses", i)
    return _without_word_of_harm(line, i, book) if hit is None else hit


def _without_word_of_harm(line: IndexedSentence, i: int, book: Codebook) -> Hit | None:
    """The hit of "casualties", and of people who "are being treated"."""
    if line.lemmas[i] == "treat" and _in_care(line, i):
        return Hit(i, None, "injured", "transitive", i)
    if line.sentence.tokens[i].pos == "NOUN" and line.lemmas[i] in book.tables["casualties"]:
        return Hit(i, None, None, "either", i)
    return None


def _in_care(line: IndexedSentence, verb: int) -> bool:
    """True of "over 60 people are being treated", of no illness and in no manner."""
    tokens = line.sentence.tokens
    kids = line.sentence.children[verb]
    being = any(tokens[k].text.lower() == "being" for k in kids)
    subject = next((k for k in kids if tokens[k].dep == "nsubjpass"), None)
    further = any(tokens[k].dep in ("prep", "advmod") and line.lemmas[k] in ("for", "like", "as", "with") for k in kids)
    return (
        being
        and not further
        and subject is not None
        and any(line.count_at(k) is not None for k in (subject, *line.sentence.children[subject]))
    )


def _human(line: IndexedSentence, i: int) -> bool:
    """True of "at least 70 bodies", "22 charred bodies"; not of "three elected bodies", "a body of experts"."""
    kids = line.sentence.children[i]
    if any(line.sentence.tokens[k].dep == "compound" for k in kids):
        return False
    said = [k for k in kids if line.sentence.tokens[k].dep == "amod" and line.count_at(k) is None]
    return line.plural(i) and all(line.lemmas[k] in _DEAD_BODIES for k in said)


def _ending(line: IndexedSentence, i: int, states: PhraseTable) -> int | None:
    """The first token of a state ("dead", "in hospital") that ends at a token."""
    tokens = line.sentence.tokens
    word = tokens[i].text.lower()
    if word in states:
        return i
    for phrase in states.ended_by(word):
        first = i - len(phrase) + 1
        if first >= 0 and _stands(line, first, phrase):
            return first
    return None


def _inside(line: IndexedSentence, i: int, nouns: PhraseTable) -> bool:
    """As in "Death" in "death toll": the noun it qualifies tells the same harm."""
    token = line.sentence.tokens[i]
    return token.dep == "compound" and line.lemmas[token.head] in nouns


def _expression(line: IndexedSentence, i: int, phrases: Iterable[Phrase]) -> bool:
    return any(len(p) > 1 and p[0] == line.lemmas[i] and _beside(line, i, p[1:]) for p in phrases)
