"""One incident told in several sentences. Invariant: two reports are joined only if nothing they say speaks against it, and the
later one points back (a definite mention, a bare toll); disagreeing tolls stay two claims.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.drafts import EventDraft
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.timing import disjoint
from khabar.extraction.where import same_area
from khabar.reading.clauses import phrase, subjects
from khabar.records import Count

__all__ = ["agrees", "find_antecedent", "join", "points_back"]

_DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their", "these", "those"})
_FAR = 6  # sentences that a definite mention reaches back
_NEAR = 2  # sentences that a bare toll reaches back
_NEW = frozenset({"another", "second", "third", "separate", "similar", "earlier", "previous", "other", "identical", "last"})


def points_back(draft: EventDraft, book: Codebook) -> bool:
    """True if a report refers to an incident told before: "the attack", "the bomber", "the toll", a toll alone."""
    unit = draft.unit
    line = unit.line
    events = [h for h in unit.hits if h.trigger is not None]
    if any(line.lemmas[i] in _NEW for h in events for i in phrase(line.sentence, h.token) if i <= h.token):
        return False
    if not events:
        return True
    nouns = [h for h in events if h.is_noun]
    verbs = [h for h in events if not h.is_noun]
    if verbs and not nouns:
        return any(
            line.lemmas[s] in book.tables["attackers"] and _definite(line, s) for h in verbs for s in subjects(line.sentence, h.token)
        )
    return _definite(line, nouns[0].token)


def _definite(line: IndexedSentence, head: int) -> bool:
    tokens = line.sentence.tokens
    kids = line.sentence.children[head]
    if any(tokens[k].dep in ("det", "poss") and (line.lemmas[k] in _DEFINITE or tokens[k].dep == "poss") for k in kids):
        return True
    return tokens[head].text[:1].isupper() and tokens[head].pos == "NOUN" and head == 0 and False


def find_antecedent(draft: EventDraft, earlier: list[EventDraft], book: Codebook) -> EventDraft | None:
    """The latest earlier incident that a report continues, or None."""
    back = points_back(draft, book)
    bare = not any(h.trigger is not None for h in draft.unit.hits)
    for other in reversed(earlier):
        distance = draft.sentence - other.last_sentence
        if other.aggregate is not None or other.heading:
            continue
        if distance > (_NEAR if bare else _FAR):
            return None
        if back and agrees(draft, other, book):
            return other
        if back and bare:
            return None
    return None


def agrees(one: EventDraft, two: EventDraft, book: Codebook) -> bool:
    """True if two reports can be of one incident: type, time, place, modality and tolls do not contradict."""
    if one.aggregate is not None or two.aggregate is not None or one.modality != two.modality:
        return False
    if not _same_type(one, two, book):
        return False
    if one.when_span and two.when_span and disjoint(one.when, two.when):
        return False
    own = [p for p in one.places if not p.inherited]
    if same_area(own, two.places) is False:
        return False
    return all(_same_count(one.tolls[k][0], two.tolls[k][0]) for k in one.tolls.keys() & two.tolls.keys())


def _same_type(one: EventDraft, two: EventDraft, book: Codebook) -> bool:
    if one.unspecific or two.unspecific:
        return one.state_action == two.state_action or not (one.unspecific and two.unspecific)
    if one.state_action and two.state_action:
        return True
    return book.is_a(one.type, two.type) or book.is_a(two.type, one.type)


def _same_count(one: Count, two: Count) -> bool:
    if one.best is None or two.best is None:
        return True
    return one.best == two.best


def join(kept: EventDraft, later: EventDraft, book: Codebook) -> None:
    """Add to `kept` what a later report of the same incident says; what it already has stays."""
    kept.units += later.units
    kept.evidence += [s for s in later.evidence if s not in kept.evidence]
    kept.support += later.support
    if (kept.unspecific and not later.unspecific) or (later.type != kept.type and book.is_a(later.type, kept.type)):
        kept.type, kept.subtype, kept.unspecific = later.type, later.subtype, later.unspecific
    if later.when_span is not None and (kept.when_span is None or kept.when_inherited):
        kept.when, kept.when_span, kept.when_inherited = later.when, later.when_span, later.when_inherited
    names = {p.place.name for p in kept.places}
    kept.places += [p for p in later.places if p.place.name not in names and (not p.inherited or not kept.places)]
    known = {(a.name, a.stance) for a in kept.attributions}
    kept.attributions += [a for a in later.attributions if (a.name, a.stance) not in known]
    have = {t.text for t, _s in kept.targets}
    kept.targets += [(t, s) for t, s in later.targets if t.text not in have]
    kept.weapon = kept.weapon or later.weapon
    for key, value in later.tolls.items():
        mine = kept.tolls.get(key)
        if mine is None or (mine[0].best is None and value[0].best is not None):
            kept.tolls[key] = value
