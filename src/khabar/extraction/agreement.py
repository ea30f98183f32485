"""Whether two reports can be of one incident. Invariant: pure questions about two drafts; silence never speaks against.

Type, day, place, modality and tolls may each contradict; what a report leaves open contradicts nothing.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.drafts import EventDraft
from khabar.extraction.pointing import is_definite, some_of_them, strikes_attackers
from khabar.extraction.timing import apart, disjoint
from khabar.extraction.where import same_area
from khabar.reading.clauses import objects, subjects
from khabar.records import Count

__all__ = ["agrees"]

_STALE = 92  # days after an incident in which something new is still said of it


def agrees(one: EventDraft, two: EventDraft, book: Codebook, *, tolls: bool = True) -> bool:
    """True if two reports can be of one incident: type, time, place, modality and (if asked) `tolls` do not
    contradict.
    """
    if one.aggregate is not None or two.aggregate is not None or one.modality != two.modality:
        return False
    if not _same_type(one, two, book):
        return False
    said = one.when_said or two.when_said
    dated = one.when_span is not None and two.when_span is not None
    if dated and disjoint(one.when, two.when) and (not said or apart(one.when, two.when) > _STALE):
        return False
    own = [p for p in one.places if not p.inherited]
    if same_area(own, two.places) is False:
        return False
    if one.state_action and not two.state_action:
        return True  # forces strike the attackers down: these dead are not those of the attack
    return not tolls or all(_same_count(one.tolls[k][0], two.tolls[k][0]) for k in one.tolls.keys() & two.tolls.keys())


def _same_type(one: EventDraft, two: EventDraft, book: Codebook) -> bool:
    if one.state_action != two.state_action:
        return one.state_action and _only_attackers(one, book)
    if one.unspecific or two.unspecific:
        return True
    if some_of_them(one.unit.line, [h.token for h in one.unit.hits if h.trigger is not None]):
        return True
    if not any(h.trigger is not None for h in one.unit.hits) and not one.state_action:
        return True  # a bare toll: the type of "fourteen died and all gunmen were killed" is only a cue's
    if one.state_action and two.state_action:
        return True
    return book.is_a(one.type, two.type) or book.is_a(two.type, one.type)


def _only_attackers(draft: EventDraft, book: Codebook) -> bool:
    """True if forces strike down "the attacker" of an incident told before."""
    line = draft.unit.line
    heads = [
        p
        for h in draft.unit.hits
        if not h.is_noun
        for p in (*objects(line.sentence, h.token), *subjects(line.sentence, h.token))
    ]
    attackers = book.tables["attackers"]
    if strikes_attackers(draft, book):
        return True
    return bool(draft.tolls) and any(line.lemmas[h] in attackers and is_definite(line, h) for h in heads)


def _same_count(one: Count, two: Count) -> bool:
    if one.best is None or two.best is None:
        return True
    return one.best == two.best
