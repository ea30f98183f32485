"""Event claims of a reading, by the rules of a codebook. Invariant: a pure function; the same reading gives the same
claims.

1. Every parsed sentence is searched for reporting words and parted into units, one incident each.
2. A unit becomes a draft: type, who, whom, where, when, how many, whether it happened, and who says so.
3. A draft that points back is joined to the incident it continues; the title is joined to the body.
4. Claims of responsibility, blame and denial are added to the incidents they are about.
5. What is left without date, place or actor inherits them from its surroundings, and is grounded in the text.
"""

from __future__ import annotations

from bisect import bisect_right

from khabar.codebook.model import Codebook
from khabar.extraction.agreement import agrees
from khabar.extraction.assemble import claim_of, is_accident, is_report
from khabar.extraction.claimed_events import apply, tells_of_another
from khabar.extraction.continuing import (
    find_antecedent,
    find_beaten_off,
    find_variant,
    inherit_from_series,
    join,
    near,
    vary,
)
from khabar.extraction.drafts import EventDraft
from khabar.extraction.figurative import is_figurative
from khabar.extraction.ground import Draft, ground
from khabar.extraction.indexed import Indexed, IndexedSentence, Span, index_reading
from khabar.extraction.kinds import cue_types
from khabar.extraction.modality import simulated
from khabar.extraction.pointing import is_definite, points_back
from khabar.extraction.read_unit import complete, did_harm, place, place_as, read_unit
from khabar.extraction.responsibility import find_responsibilities, unclaimed
from khabar.extraction.timing import disjoint, is_before, told_before
from khabar.extraction.triggers import find_hits
from khabar.extraction.units import Unit, split_units
from khabar.reading.clauses import ancestors, descendants, phrase, subjects
from khabar.reading.model import Reading
from khabar.records import Claim

__all__ = ["event_drafts", "extract_events"]

_TELLING = 2  # sentences after an incident in which "the bomber" is the one who did it
_RECENT = 40  # incidents before or after, among which the same one is looked for


def extract_events(reading: Reading, codebook: Codebook) -> list[Claim]:
    """Every event that the reading reports, grounded, in text order."""
    return ground(event_drafts(index_reading(reading, codebook)), reading).claims


def event_drafts(index: Indexed) -> list[Draft]:
    """Drafts of the event claims of an indexed reading, not yet grounded."""
    found: list[EventDraft] = []
    reported: set[int] = set()
    for line in index.sentences:
        if line.sentence.tokens:
            _read_sentence(index, line.index, found, reported)
    kept = [d for d in _without_titles(found, index.codebook) if is_report(d)]
    for draft in kept:
        complete(draft, index)
    return [claim_of(draft, index) for draft in kept]


def _read_sentence(index: Indexed, number: int, found: list[EventDraft], reported: set[int]) -> None:
    line, book = index.sentence(number), index.codebook
    hits = find_hits(line, book)
    real = [hit for hit in hits if not is_figurative(line, hit, book)]
    if len(real) < len(hits):  # deaths beside a figure of speech or an accident are the accident's
        hits = real if any(h.trigger is not None for h in real) else []
    said = find_responsibilities(line, hits, index)
    if (not hits and not said) or simulated(line, book):
        _tell_how(line, found, book)
        return
    claimed = {r.event for r in said} | unclaimed(line, hits, book)
    by_token: dict[int, EventDraft] = {}
    for unit in split_units(line, hits, book):
        draft = _settled(read_unit(unit, index), index, found, reported, only_claimed=_only(unit, claimed))
        if draft is not None:
            by_token.update({h.token: draft for h in unit.hits})
    if any(d.tolls or d.when_span or d.attributions for d in by_token.values()):
        reported.add(number)
    about: list[EventDraft] = []
    for responsibility in said:
        about = apply(responsibility, line, found, by_token, about, book)


def _tell_how(line: IndexedSentence, found: list[EventDraft], book: Codebook) -> None:
    """As in "The suicide bomber was a girl of 14": what is said of the attacker tells of which type the attack was."""
    last = next((d for d in reversed(found) if not d.heading), None)
    if last is None or last.aggregate is not None or last.state_action or last.modality != "actual":
        return
    if line.index - last.last_sentence > _TELLING or line.sentence.heading or simulated(line, book):
        return
    about = [t.i for t in line.sentence.tokens if t.dep in ("nsubj", "nsubjpass") and is_definite(line, t.i)]
    about = [i for i in about if line.lemmas[i] in book.tables["attackers"]]
    if not about:
        return
    told = Unit(line, frozenset(phrase(line.sentence, about[0])), [])
    kind = last.type if not last.unspecific else None
    for cue in cue_types(told, book):
        if book.events[cue].violent and (kind is None or (cue != kind and book.is_a(cue, kind))):
            last.type, last.subtype, last.unspecific = cue, None, False
            last.evidence.append((line.sentence.start, line.sentence.end))
            return


def _only(unit: Unit, claimed: set[int | None]) -> bool:
    """True if a unit does no more than name the event that somebody claims or is blamed for."""
    return all(h.token in claimed for h in unit.hits)


def _settled(
    draft: EventDraft, index: Indexed, found: list[EventDraft], reported: set[int], *, only_claimed: bool
) -> EventDraft | None:
    """The incident that a draft continues, or itself as a new one; None if it names nothing."""
    book = index.codebook
    if only_claimed and draft.when_span is not None:
        draft.when_said = draft.when_said or not _own_day(draft) or _day_may_be_said(draft, found, book)
    if only_claimed:
        draft.places = [p for p in draft.places if not _of_claimant(draft, p.span)]
    if is_accident(draft, book) or not (draft.tolls or any(h.trigger is not None for h in draft.unit.hits)):
        return None
    beaten = find_beaten_off(draft, found)
    if beaten is not None:
        did_harm(beaten, book)
    earlier = find_antecedent(draft, found, book)
    if earlier is not None:
        join(earlier, draft, book)
        return earlier
    another = only_claimed and any(tells_of_another(draft.unit.line, h.token) for h in draft.unit.hits)
    if another and draft.when_span is None and not draft.tolls:
        return None
    if only_claimed and draft.aggregate is None and not another:
        known = next(
            (
                d
                for d in reversed(found[-_RECENT:])
                if d.aggregate is None and not d.heading and near(draft, d) and agrees(draft, d, book)
            ),
            None,
        )
        if known is not None:
            join(known, draft, book)
            return known
    if only_claimed and _says_nothing(draft, book):
        return None
    other = find_variant(draft, found, book)
    if other is not None:
        vary(draft, other)
        _date_as(other, draft)
    else:
        if draft.aggregate is not None:  # what is summed up may have been spoken of, if only no incident was told
            reported = {u.line.index for d in found if d.aggregate is None and is_report(d) for u in d.units}
        place(draft, index, reported, found)
        _date_as_told(draft, index, reported)
        inherit_from_series(draft, found)
    found.append(draft)
    return draft


def _says_nothing(draft: EventDraft, book: Codebook) -> bool:
    """True of a claimed event without day, place and toll that is a total or points back."""
    if draft.when_span is not None or draft.places or draft.tolls:
        return False
    return draft.aggregate == -1 or points_back(draft, book)


def _date_as_told(draft: EventDraft, index: Indexed, reported: set[int]) -> None:
    """Give an incident without a date the day on which its doers came, told in the sentence before."""
    if draft.when_span is not None or draft.modality != "actual":
        return
    if draft.aggregate == -1:
        return
    before = told_before(draft.unit, index, reported, total=draft.aggregate is not None)
    if before is not None:
        draft.when, draft.when_span, draft.when_inherited = before.when, before.span, True


def _date_as(other: EventDraft, draft: EventDraft) -> None:
    """Give an incident without a date, or with that of somebody's saying so, the date of the report that repeats it."""
    own = draft.when_span is not None and not draft.when_inherited and not draft.when_said
    if own and (other.when_span is None or other.when_said):
        other.when, other.when_span, other.when_inherited, other.when_said = draft.when, draft.when_span, True, False
        other.support += draft.evidence


def _of_claimant(draft: EventDraft, span: Span) -> bool:
    """True for the place of "a letter sent to a paper in Rome claimed the attack": it says where the letter went."""
    line = draft.unit.line
    tokens = line.sentence.tokens
    inside = {t.i for t in tokens if t.start >= span[0] and t.end <= span[1]}
    claiming = {tokens[h.token].head for h in draft.unit.hits if h.is_noun and tokens[h.token].dep == "dobj"}
    return any(inside & set(descendants(line.sentence, s)) for v in claiming for s in subjects(line.sentence, v))


def _own_day(draft: EventDraft) -> bool:
    """False for the day of the claim: "a message posted on Thursday ascribed the attack to X"."""
    line, span = draft.unit.line, draft.when_span
    nouns = {h.token for h in draft.unit.hits if h.is_noun}
    first = next((t.i for t in line.sentence.tokens if span is not None and t.start >= span[0]), 0)
    return not nouns or not nouns.isdisjoint((first, *ancestors(line.sentence, first)))


def _day_may_be_said(draft: EventDraft, found: list[EventDraft], book: Codebook) -> bool:
    """True for "X claimed the attack on Tuesday" after an attack of Sunday: Tuesday is the day of the claim."""
    line, span = draft.unit.line, draft.when_span
    nouns = [h.token for h in draft.unit.hits if h.is_noun]
    last = max(nouns, default=len(line.lemmas))
    after = any(t.start >= span[0] and t.i > last for t in line.sentence.tokens) if span is not None else False
    told = next((d for d in reversed(found) if d.aggregate is None and not d.heading), None)
    dated = told is not None and told.when_span is not None and not told.when_said and near(draft, told)
    dated = dated and points_back(draft, book)
    return after and dated and told is not None and disjoint(draft.when, told.when) and is_before(told.when, draft.when)


def _without_titles(found: list[EventDraft], book: Codebook) -> list[EventDraft]:
    """Drafts of the body, and of headings only where the text below does not tell the incident."""
    body = [d for d in found if not d.heading]
    at = [d.sentence for d in body]

    def telling(title: EventDraft) -> EventDraft | None:
        first = bisect_right(at, title.sentence)
        return next((b for b in body[first : first + _RECENT] if agrees(title, b, book)), None)

    kept = []
    for draft in found:
        below = telling(draft) if draft.heading else None
        if below is None:
            kept.append(draft)
        else:
            place_as(below, draft)
    return kept
