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
from khabar.extraction.plain_wording import not_excluded, plainly_claimed, said_alike, suspecting
from khabar.extraction.speakers import speaker_of
from khabar.extraction.standing import behalf, served, stands
from khabar.extraction.subject_matter import About, directly, subject_matter
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import descendants, is_negated, objects
from khabar.reading.model import ActorMention

__all__ = ["find_responsibilities", "unclaimed"]

_UNSIGNED = frozenset(
    {"caller", "leaflet", "letter", "message", "communique", "communiqué", "note", "pamphlet", "email"}
)
_SOMEBODY = frozenset({"man", "woman", "person", "somebody"})
_SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_WHETHER = frozenset({"whether", "if"})
_NOBODY = frozenset({"no", "nobody", "none", "neither", "nor", "few"})


def find_responsibilities(line: IndexedSentence, hits: list[Hit], index: Indexed) -> list[Responsibility]:
    """Every claim, blame, suspicion or denial of a sentence, in text order."""
    book = index.codebook
    found: list[Responsibility] = []
    patterns: dict[str, list[AttributionPattern]] = {}
    for pattern in book.attributions:
        patterns.setdefault(pattern.verb, []).append(pattern)
    for token in line.sentence.tokens:
        if token.pos not in ("VERB", "AUX", "NOUN") or line.lemmas[token.i] not in patterns:
            continue
        for pattern in patterns[line.lemmas[token.i]]:
            made = _match(line, token.i, pattern, hits, index)
            if made is not None:
                found.append(made)
                break
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
    if any(line.lemmas[k] in _WHETHER and sentence.tokens[k].dep == "mark" for k in sentence.children[verb]):
        return None  # "it is not clear whether X did it"
    about = subject_matter(line, verb, pattern, hits, index)
    if about is None or (pattern.stance == "blamed" and failed(line, verb)):
        return None
    if pattern.stance == "claimed" and _no_claim(line, verb, pattern):
        return None
    if pattern.stance == "claimed" and (may_be(line, verb, book) or unsaid(line, verb)):
        return None
    who = (behalf(line, inside) if pattern.stance == "claimed" else []) or stands(line, verb, pattern)
    if not who or any(line.lemmas[k] in _NOBODY for w in who for k in (w, *sentence.children[w])):
        return None
    stance = _stance(line, verb, pattern, about, book, text)
    if stance is None:
        return None
    if pattern.stance == "asserted":
        who = [*who, *served(line, verb)]
    actors = claimants(line, who, index, stance)
    if not actors and pattern.stance == "claimed":  # "a spokesman for X, Y, rang …", which the parser took apart
        told = [t.i for t in sentence.tokens[:verb] if line.lemmas[t.i] in _SPOKESMEN and t.dep in ("dep", "ROOT")]
        actors = claimants(line, told, index, stance)
    if not actors:
        return None
    by = said_by(line, verb, pattern, [c.actor for c in actors], book, text)
    if pattern.stance == "asserted" and stance == "blamed" and _own_account(line, verb, actors, index):
        stance, by = "claimed", actors[0].actor.name
    channel = channel_of(line, inside, book, text)
    if any(c.partner for c in actors):
        by = actors[0].actor.name
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
    event = about.event
    two = any(line.lemmas[i] in ("both", "either", "neither") and i > verb for i in inside)
    plural = two or (event is not None and sentence.tokens[event].tag == "NNS")
    nouns = [h.token for h in hits if h.is_noun]
    also = (
        tuple(e for e in nouns if e != event and e in inside and e > verb and directly(line, verb, e)) if event else ()
    )
    return Responsibility(
        said,
        None if about.pronoun else event,
        plural,
        (sentence.start, sentence.end),
        verb,
        about.pronoun,
        also,
        two,
        about.lone,
    )


def _no_claim(line: IndexedSentence, verb: int, pattern: AttributionPattern) -> bool:
    """True for "has made no claim", "took no responsibility"."""
    near = (o for o in objects(line.sentence, verb) if line.lemmas[o] in pattern.about)
    return any(is_negated(line.sentence, o) for o in near)


def _own_account(line: IndexedSentence, verb: int, actors: list[Claimant], index: Indexed) -> bool:
    """True for "the raid was the work of its battalion, X said": whose doing it was, he says himself."""
    saying = speaker_of(line, verb, index.codebook, index.reading.text)
    if saying is None or saying.speaker is None:
        return False
    known = {c.actor.name for c in actors}
    if saying.speaker.actor in known or not known.isdisjoint(saying.beside):
        return True
    words = set(saying.speaker.name.lower().split())
    himself = any(line.lemmas[t.head] == "call" and t.text.lower() == "himself" for t in line.sentence.tokens)
    return bool(words & _UNSIGNED) or (bool(words & _SOMEBODY) and himself)  # "a man calling himself Y said X did it"


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
