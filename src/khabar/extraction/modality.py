"""Whether it happened: actual, attempted, planned, foiled, predicted, hypothetical or negated. Invariant: the words
that govern a report in syntax decide, the nearest to the actual world last: what was foiled was planned before.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import ancestors, is_negated, modals

__all__ = ["modality_of", "simulated"]

_STRENGTH = ("foiled", "negated", "predicted", "hypothetical", "planned", "attempted")
_GOVERNED = frozenset(
    "xcomp dobj obj pobj acl ccomp nsubjpass advcl compound nsubj pcomp relcl prep conj".split()  # noqa: SIM905
)
_EPISTEMIC = ("may", "might")
_BORNE = ("dobj", "nsubj", "nsubjpass")
_SUBJECTLIKE = ("nsubj", "relcl", "advcl")


def modality_of(unit: Unit, hit: Hit, book: Codebook) -> str:
    """The modality of one report of a unit."""
    line = unit.line
    sentence = line.sentence
    found: set[str] = set()
    if is_negated(sentence, hit.token):
        found.add("negated")
    if _conditional(line, hit.token, book):
        found.add("hypothetical")
    _own_auxiliaries(line, hit.token, book, found)
    below = hit.token
    for above in ancestors(sentence, hit.token):
        dep = sentence.tokens[below].dep
        if above not in unit.tokens or (line.lemmas[above] == "deny" and dep in ("ccomp", "xcomp")):
            break
        if dep in _GOVERNED:
            _above(line, above, below, book, found)
            if dep in _BORNE and _told_of(line, hit.token, below, book):
                _own_auxiliaries(line, above, book, found)
        if dep in ("ccomp", "relcl"):
            break
        below = above
    return next((name for name in _STRENGTH if name in found), "actual")


def _above(line: IndexedSentence, above: int, below: int, book: Codebook, found: set[str]) -> None:
    """What a word that governs the report adds: its own meaning, or the negation of a light verb."""
    sentence = line.sentence
    word = book.modality.words.get(line.lemmas[above])
    if line.lemmas[above] == "be" and sentence.tokens[below].dep == "xcomp" and sentence.tokens[below].tag == "VB":
        found.add("planned")  # "they are to hold talks"
    if word is not None and word != "negated" and _governs(line, above, below, word):
        found.add(word)
    elif sentence.tokens[above].pos in ("VERB", "AUX") and sentence.tokens[below].dep in _BORNE:
        said = line.lemmas[above] in book.stances.get("claimed", ())
        found.update({"negated"} if is_negated(sentence, above) and not said else ())


def _told_of(line: IndexedSentence, event: int, noun: int, book: Codebook) -> bool:
    """True if the noun is the event, or so many of it; "the trial over the bombings will open" tells of a trial."""
    above = list(ancestors(line.sentence, event))
    between = above[: above.index(noun)] if noun in above else []
    over = any(line.lemmas[k] == "over" for k in between)
    return event == noun or line.lemmas[noun] in book.tables["quantities"] or not over


def _conditional(line: IndexedSentence, token: int, book: Codebook) -> bool:
    """As in "If rebels attacked …", "every time a market is bombed …"."""
    sentence = line.sentence
    for above in (token, *ancestors(sentence, token)):
        if _inverted(line, above) or any(_inverted(line, k) for k in sentence.children[above] if k < above):
            return True
        for k in sentence.children[above]:
            if sentence.tokens[k].dep in ("mark", "advmod") and line.lemmas[k] in book.modality.conditions:
                return True
        if sentence.tokens[above].dep in ("relcl", "advcl") and line.lemmas[sentence.tokens[above].head] == "time":
            time = sentence.tokens[above].head
            return any(line.lemmas[k] in book.modality.conditions for k in sentence.children[time])
    return False


def _inverted(line: IndexedSentence, verb: int) -> bool:
    """As in "Had the bomb gone off, …", "Should they attack, …": the auxiliary stands before its subject."""
    tokens = line.sentence.tokens
    if tokens[verb].dep != "advcl":
        return False
    first = min(line.sentence.children[verb], default=verb)
    subject = next((k for k in line.sentence.children[verb] if tokens[k].dep in ("nsubj", "nsubjpass")), verb)
    return tokens[first].dep == "aux" and line.lemmas[first] in ("have", "should") and first < subject < verb


def _governs(line: IndexedSentence, above: int, below: int, word: str) -> bool:
    """True if the modal word stands over the report: "planned an attack", "plans to attack", "the attack was
    foiled".
    """
    tokens = line.sentence.tokens
    dep = tokens[below].dep
    if dep == "advcl" and tokens[below].tag == "VB" and tokens[above].pos == "VERB":
        return word in ("foiled", "planned", "attempted")  # "foiled a plot to bomb …", as the parser may hang it
    if dep in _SUBJECTLIKE and tokens[above].pos == "VERB":
        return False
    if dep == "conj":
        return False
    if word == "foiled":
        return tokens[above].pos in ("VERB", "NOUN")
    if tokens[above].pos in ("NOUN", "PROPN", "ADJ"):
        return dep in ("acl", "prep", "pobj", "compound", "xcomp")
    if word == "planned" and tokens[above].dep == "conj" and _done(line, above):
        return False
    if word == "planned" and any(tokens[k].dep == "conj" for k in line.sentence.children[above]):
        return False
    return dep in ("xcomp", "dobj", "obj", "ccomp", "nsubjpass", "pcomp", "prep", "pobj")


def _done(line: IndexedSentence, verb: int) -> bool:
    return line.lemmas[line.sentence.tokens[verb].head] in ("execute", "carry")


def _own_auxiliaries(line: IndexedSentence, verb: int, book: Codebook, found: set[str]) -> None:
    words = modals(line.sentence, verb)
    have = "have" in words
    for word in words:
        if word in book.modality.predicted_auxiliaries:
            found.add("predicted")
        elif word in book.modality.hypothetical_auxiliaries and (not have or word not in _EPISTEMIC):
            found.add("hypothetical")  # "would have killed", but "may have killed" leaves open that it did


def simulated(line: IndexedSentence, book: Codebook) -> bool:
    """True if the sentence tells of an exercise or a story."""
    table = book.tables["simulations"]
    for first, last, _name in table.find(line.lemmas):
        token = line.sentence.tokens[last]
        if token.pos in ("NOUN", "PROPN") and (last > first or line.lemmas[last] not in ("exercise", "play", "film")):
            return True
        if token.pos == "NOUN" and any(
            line.lemmas[k] in ("mock", "military", "training") for k in line.sentence.children[last]
        ):
            return True
    return False
