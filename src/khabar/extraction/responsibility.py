"""Claims of responsibility, blame, suspicion and denial. Invariant: each becomes an attribution of the incidents it
is about, with who says so and through which channel, and its sentence becomes further evidence of theirs.
"""

from __future__ import annotations

from khabar.codebook.model import AttributionPattern, Codebook
from khabar.extraction.certainty import failed, held_by, uncertain, unsaid
from khabar.extraction.charged import charged_persons
from khabar.extraction.claim_nouns import find_noun_claims
from khabar.extraction.claimants import Claimant, channel_of, claimants, said_by
from khabar.extraction.deeds import may_be
from khabar.extraction.drafts import DraftAttribution, Responsibility
from khabar.extraction.identified import apposed_attackers, name_at_end
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.own_words import claiming
from khabar.extraction.plain_wording import not_excluded, plainly_claimed, said_alike, suspecting
from khabar.extraction.speakers import speaker_of
from khabar.extraction.standing import behalf, served, stands
from khabar.extraction.subject_matter import About, directly, subject_matter, worded
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import descendants, is_negated, objects
from khabar.reading.model import ActorMention

__all__ = ["find_responsibilities", "unclaimed"]

_SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_WHETHER = frozenset({"whether", "if"})
_NOBODY = frozenset({"no", "nobody", "none", "neither", "nor", "few"})


def find_responsibilities(line: IndexedSentence, hits: list[Hit], index: Indexed) -> list[Responsibility]:
    """Every claim, blame, suspicion or denial of a sentence, in text order."""
    book = index.codebook
    found: list[Responsibility] = []
    words = frozenset(line.lemmas)
    for token in line.sentence.tokens:
        if token.pos not in ("VERB", "AUX", "NOUN"):
            continue
        fitting = (p for p in book.attributions_of.get(line.lemmas[token.i], ()) if worded(words, p))
        made = next((m for p in fitting if (m := _match(line, token.i, p, hits, index)) is not None), None)
        if made is not None:
            found.append(made)
    span = (line.sentence.start, line.sentence.end)
    found += [Responsibility(c.attributions, c.event, False, span, c.noun) for c in find_noun_claims(line, hits, index)]
    found += [Responsibility((_asserted(p),), event, False, span, event) for p, event in name_at_end(line, hits, book)]
    found += [Responsibility((_asserted(p),), None, False, span, 0, True, lone=True) for p in apposed_attackers(line)]
    found += charged_persons(line, hits, index.reading.text)
    found += said_alike(line, found, index)
    return (found or plainly_claimed(line, book)) + suspecting(line) + not_excluded(line, index)


def unclaimed(line: IndexedSentence, hits: list[Hit], book: Codebook) -> set[int | None]:
    """Tokens of the event nouns that somebody is said not to claim: they name an event told elsewhere."""
    verbs = {p.verb for p in book.attributions if p.stance == "claimed"}
    found: set[int | None] = set()
    for hit in hits:
        verb = line.sentence.tokens[hit.token].head
        object_ = hit.is_noun and line.sentence.tokens[hit.token].dep == "dobj"
        if object_ and line.lemmas[verb] in verbs and is_negated(line.sentence, verb):
            found.add(hit.token)
    return found


def _asserted(person: ActorMention) -> DraftAttribution:
    return DraftAttribution(person.text, person.name, person.id, person.kind, "asserted", (person.start, person.end))


def _match(
    line: IndexedSentence, verb: int, pattern: AttributionPattern, hits: list[Hit], index: Indexed
) -> Responsibility | None:
    sentence, book, text = line.sentence, index.codebook, index.reading.text
    inside = descendants(sentence, verb)
    about = None if _unsettled(line, verb, pattern, book) else subject_matter(line, verb, pattern, hits, index)
    if about is None:
        return None
    who = (behalf(line, inside) if pattern.stance == "claimed" else []) or stands(line, verb, pattern)
    if not who or any(line.lemmas[k] in _NOBODY for w in who for k in (w, *sentence.children[w])):
        return None
    stance = _stance(line, verb, pattern, about, book, text)
    actors = _actors(line, verb, pattern, who, stance, index) if stance is not None else []
    if not actors or stance is None:
        return None
    by = said_by(line, verb, pattern, [c.actor for c in actors], book, text)
    own = claiming(line, verb, actors, index) if (pattern.stance, stance) == ("asserted", "blamed") else []
    if own or any(c.partner for c in actors):
        actors, stance = own or actors, "claimed" if own else stance
        by = actors[0].actor.name
    channel = channel_of(line, inside, book, text)
    own_words = stance in ("claimed", "denied") and pattern.who == "subject"
    said = tuple(
        DraftAttribution(
            c.actor.text,
            c.actor.name,
            c.actor.id,
            c.actor.kind,
            stance,
            (c.actor.start, c.actor.end),
            role=pattern.role,
            by=(by if c.partner else c.actor.name) if own_words else by,
            channel=c.channel or channel,
        )
        for c in actors
    )
    return _about(line, verb, about, said, hits)


def _about(
    line: IndexedSentence, verb: int, about: About, said: tuple[DraftAttribution, ...], hits: list[Hit]
) -> Responsibility:
    """The attributions with the incident, or incidents, that the verb is about."""
    sentence, event = line.sentence, about.event
    inside = descendants(sentence, verb)
    two = any(line.lemmas[i] in ("both", "either", "neither") and i > verb for i in inside)
    plural = two or (event is not None and sentence.tokens[event].tag == "NNS")
    nouns = [h.token for h in hits if h.is_noun and h.token != event and h.token > verb] if event else []
    also = tuple(e for e in nouns if e in inside and directly(line, verb, e))
    span = (sentence.start, sentence.end)
    told = None if about.pronoun else event
    return Responsibility(said, told, plural, span, verb, about.pronoun, also, two, about.lone)


def _unsettled(line: IndexedSentence, verb: int, pattern: AttributionPattern, book: Codebook) -> bool:
    """True where nobody claims or blames: "whether X did it", "may claim it", "blamed the police for failing"."""
    marks = [k for k in line.sentence.children[verb] if line.sentence.tokens[k].dep == "mark"]
    if any(line.lemmas[k] in _WHETHER for k in marks):
        return True  # "it is not clear whether X did it"
    if pattern.stance == "blamed":
        return failed(line, verb) or _rejected(line, verb, book)
    if pattern.stance == "claimed":
        return _no_claim(line, verb, pattern) or may_be(line, verb, book) or unsaid(line, verb)
    return False


def _actors(
    line: IndexedSentence, verb: int, pattern: AttributionPattern, who: list[int], stance: str, index: Indexed
) -> list[Claimant]:
    """Whom the heads stand for, with those for whom it was done; the owner of a spokesman that the parser cut off."""
    found = claimants(line, [*who, *served(line, verb)] if pattern.stance == "asserted" else who, index, stance)
    if found or pattern.stance != "claimed":
        return found
    cut = ("dep", "ROOT")  # "a spokesman for X, Y, rang …"
    told = [t.i for t in line.sentence.tokens[:verb] if line.lemmas[t.i] in _SPOKESMEN and t.dep in cut]
    return claimants(line, told, index, stance)


def _rejected(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    """True for the blame of "rejected any insinuation that linked the attack to it"."""
    charge = held_by(line, verb, book) if line.sentence.tokens[verb].dep in ("acl", "relcl") else None
    return charge is not None and charge.stance is None


def _no_claim(line: IndexedSentence, verb: int, pattern: AttributionPattern) -> bool:
    """True for "has made no claim", "took no responsibility"."""
    near = (o for o in objects(line.sentence, verb) if line.lemmas[o] in pattern.about)
    return any(is_negated(line.sentence, o) for o in near)


def _stance(
    line: IndexedSentence, verb: int, pattern: AttributionPattern, about: About, book: Codebook, text: str
) -> str | None:
    """The stance of a pattern, turned by a negation; None where a denial is denied."""
    if is_negated(line.sentence, verb):
        return "denied" if pattern.stance == "asserted" else None  # "has not claimed it" is no denial
    if about.negated:
        return None if pattern.stance == "denied" else "denied"
    if pattern.stance != "asserted":
        return pattern.stance
    if line.sentence.tokens[verb].dep == "ccomp" and _doubting(line, verb, book):
        if is_negated(line.sentence, line.sentence.tokens[verb].head):
            return None  # "nobody thinks that X did it"
        return "suspected"  # "officials think that X did it"
    if line.sentence.tokens[verb].dep == "ccomp" and _excluding(line, verb):
        return None  # that somebody else rules it out is not X's denial
    if line.sentence.tokens[verb].dep == "xcomp" and _doubting(line, verb, book):
        return None if is_negated(line.sentence, line.sentence.tokens[verb].head) else "suspected"
    charge = held_by(line, verb, book)
    if charge is not None:
        return charge.stance
    saying = speaker_of(line, verb, book, text)
    if saying is not None and saying.stance == "denied":  # "denied that X did it", "have not confirmed that X did it"
        return "denied" if saying.verb in book.stances.get("denied", ()) else None
    if saying is not None and saying.verb in book.stances.get("suspected", ()):
        return "suspected"
    if uncertain(line, verb, book):
        return "suspected"
    return "asserted" if saying is None else "blamed"


def _doubting(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    return line.lemmas[line.sentence.tokens[verb].head] in book.stances.get("suspected", frozenset())


def _excluding(line: IndexedSentence, verb: int) -> bool:
    """As in "he ruled out that X was behind it", "officials excluded that it was X"."""
    above = line.sentence.tokens[verb].head
    if line.lemmas[above] in ("exclude", "dispute"):
        return True
    return line.lemmas[above] == "rule" and any(line.lemmas[k] == "out" for k in line.sentence.children[above])
