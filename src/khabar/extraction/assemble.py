"""Drafts to claims. Invariant: a claim of an event names something that can be checked: a date, a place, an actor or
a toll.

The confidence of the rule itself, a feature that `khabar.extraction.confidence` weighs, is 0.4 for a report at all,
and more for each of type, time, place, actor and toll that syntax attached to it (inherited ones count half); less
where the type is unspecific or the stance hedged.
"""

from __future__ import annotations

from khabar import __version__
from khabar.codebook.model import Codebook
from khabar.extraction.drafts import DraftAttribution, EventDraft
from khabar.extraction.ground import Draft
from khabar.extraction.indexed import Indexed
from khabar.records import ActorRef, Attribution, Claim, EventBody, Extractor, Passage, When

__all__ = ["VERSION", "claim_of", "confidence", "is_accident", "is_report"]

VERSION = __version__  # rules change with releases; documents read by another version are read again
_UNREAL = ("hypothetical", "predicted", "planned", "negated")


def is_report(draft: EventDraft) -> bool:
    """False for words that name no event of their own: a bare mention, a weak word without actor or toll, a threat."""
    hits = [h for u in draft.units for h in u.hits]
    triggers = [h.trigger for h in hits if h.trigger is not None]
    own_place = any(not p.inherited for p in draft.places)
    harmed = any(count.high != 0 for count, _span in draft.tolls.values())
    told = harmed or bool(draft.attributions) or bool(draft.targets)
    if draft.modality == "hypothetical":
        return False
    if draft.modality in _UNREAL:
        return draft.aggregate is None and own_place and bool(draft.when_span or draft.targets)
    if draft.varies:
        return bool(draft.tolls)
    if not triggers:
        sited = own_place or draft.when_span is not None
        named = not draft.unspecific and draft.stated
        return (harmed and ((sited and _violent(draft)) or named)) or (bool(draft.tolls) and sited and named)
    if all(t.frame.weak for t in triggers) and not (harmed or draft.attributions or draft.targets):
        return False
    if draft.aggregate is not None:
        dated = draft.when_span is not None
        summed = draft.aggregate > 1 or (own_place and dated)  # "Kenya saw 22 attacks in 2014"
        return (told or summed) and (own_place or dated or bool(draft.attributions))
    if draft.state_action and not (own_place or draft.when_span is not None or draft.attributions):
        return draft.stated or (bool(draft.targets) and any(p.inherited for p in draft.places))
    return told or own_place or draft.when_span is not None


def _violent(draft: EventDraft) -> bool:
    """True if a bare report of deaths tells of violence: a doer, a weapon, or people killed (not only dead)."""
    if draft.attributions or draft.weapon is not None or not draft.unspecific:
        return True
    return any(h.part == "transitive" and h.effect == "killed" for u in draft.units for h in u.hits)


def is_accident(draft: EventDraft, book: Codebook) -> bool:
    """True for deaths in a crash, a flood or an illness, where nobody and no weapon is named."""
    triggers = [h.trigger for h in draft.unit.hits if h.trigger is not None]
    if (
        draft.attributions
        or draft.weapon is not None
        or any(t.event is not None and not t.frame.weak for t in triggers)
    ):
        return False
    lemmas = draft.unit.line.lemmas
    if any(w in book.tables["attackers"] for w in lemmas) or not draft.unspecific:
        return False
    tokens = draft.unit.line.sentence.tokens
    shots = {t.i for t in tokens if t.pos == "VERB" and lemmas[t.i] in book.verbs}  # "police fired" is no fire
    shots |= {t.i for t in tokens if t.dep == "dobj" and t.head in shots}  # nor is that of "opened fire"
    return any(last not in shots for _first, last, _name in book.tables["accidents"].find(lemmas))


def claim_of(draft: EventDraft, index: Indexed) -> Draft:
    """The claim of a draft with its evidence spans, for `ground`."""
    tolls = {key: count for key, (count, _span) in draft.tolls.items()}
    body = EventBody(
        type=draft.type,
        subtype=draft.subtype,
        aggregate=draft.aggregate,
        places=tuple(p.place for p in draft.places),
        attributions=tuple(_attribution(a) for a in draft.attributions),
        targets=tuple(t for t, _span in draft.targets),
        weapon=draft.weapon[0] if draft.weapon else None,
        **tolls,
    )
    start, end = draft.evidence[0]
    claim = Claim(
        id="draft",
        kind="event",
        passages=(Passage(index.reading.document.id, start, end, index.reading.text[start:end]),),
        body=body,
        extractor=Extractor("rules", VERSION, index.codebook.key),
        speaker=draft.speaker,
        stance=draft.stance,
        modality=draft.modality,
        when=_happened(draft),
        confidence=confidence(draft),
    )
    hit = draft.unit.line.sentence.tokens[draft.unit.hits[0].token]
    support = [*draft.support, *(a.span for a in draft.attributions)]
    support += [draft.when_span] if draft.when_span else []
    support += [p.span for p in draft.places]
    return Draft(claim, tuple(draft.evidence), tuple(support), (hit.start, hit.end))


def _happened(draft: EventDraft) -> When:
    """When it was; not later than the day of the count where that is all there is ("the toll rose to 31 on Sunday")."""
    if draft.counted_on is None or draft.when_span != draft.counted_on:
        return draft.when
    return When(None, draft.when.latest, "unknown", draft.when.text)


def _attribution(draft: DraftAttribution) -> Attribution:
    actor = ActorRef(draft.text, draft.name, draft.id, draft.kind)
    return Attribution(actor, draft.stance, draft.role, draft.by, draft.channel)


def confidence(draft: EventDraft) -> float:
    """How much of the claim syntax attached, from 0 to 1, as the module's docstring says."""
    score = 0.4
    score += 0.05 if draft.unspecific else 0.15
    score += 0.1 if draft.when_span and not draft.when_inherited else 0.0
    if draft.places:
        score += 0.15 if any(not p.inherited for p in draft.places) else 0.07
    score += 0.1 if draft.attributions else 0.0
    score += 0.1 if draft.tolls else 0.0
    score -= 0.1 if draft.stance == "hedged" else 0.0
    return round(min(score, 0.95), 2)
