"""A unit made into a draft, and a draft completed from its surroundings. Invariant: `read_unit` looks at its unit
and sentence only; `complete` adds what is inherited and marks it so.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.codebook.model import Codebook
from khabar.extraction.accounts import own_account
from khabar.extraction.aggregates import aggregate_of
from khabar.extraction.drafts import DraftAttribution, EventDraft, Sited
from khabar.extraction.forces import acts_for_state, counter_hits, struck_by_arms
from khabar.extraction.indexed import Indexed
from khabar.extraction.kinds import cue_types, kind_of
from khabar.extraction.modality import modality_of
from khabar.extraction.parts import Part, parts_of
from khabar.extraction.patients import patients
from khabar.extraction.pointing import points_back
from khabar.extraction.spared import spared
from khabar.extraction.speakers import hedged, speaker_of
from khabar.extraction.targets import read_targets, read_weapon
from khabar.extraction.timing import open_date, read_date
from khabar.extraction.tolls import Toll, read_tolls
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.extraction.where import in_town, inherited_places, names_the_town, own_places
from khabar.extraction.who import attributions
from khabar.reading.clauses import ancestors
from khabar.records import Count, Speaker, When

__all__ = ["complete", "did_harm", "place", "place_as", "read_unit"]

_REPELS = frozenset({"repel", "repulse", "beat", "fend", "push"})  # "beat back an attack", "fended off an assault"
_WARDS = frozenset({"hospital", "hospitals", "clinic", "clinics", "infirmary", "ward"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their"})  # name nobody


def read_unit(unit: Unit, index: Indexed) -> EventDraft:
    """Everything that a unit says about its incident."""
    book, text = index.codebook, index.reading.text
    every = parts_of(unit, book)
    counter = counter_hits(unit, every, book) | _struck_down(unit, every, book)
    parts = [p for p in every if p.hit.token not in counter]
    by_state = acts_for_state(unit, parts, book)
    kind = kind_of(unit, [h for h in unit.hits if h.token not in counter], by_state, book)
    known = book.events.get(kind.type)
    state_action = by_state or bool(known and known.state_action)
    mutual = known is not None and known.mutual
    dated = read_date(unit, book.tables["reporting"])
    tolls = read_tolls(unit, book)
    stated = any(not t.bare for t in tolls)
    draft = EventDraft(
        units=[unit],
        evidence=[unit.span],
        type=kind.type,
        subtype=kind.subtype,
        unspecific=kind.unspecific,
        aggregate=aggregate_of(unit, parts, dated, tolls, book),
        attributions=_of_attackers(unit, attributions(unit, parts, book)),
        places=_without_wards(unit, own_places(unit, parts, book, text)),
        targets=read_targets(unit, parts, book, text),
        weapon=read_weapon(unit, book, text),
        state_action=state_action,
        heading=unit.line.sentence.heading,
        stated=stated,
    )
    if dated is not None:
        draft.when, draft.when_span, draft.when_said = dated.when, dated.span, dated.said
        draft.counted_on = dated.span if dated.counted else None
    struck = {p.head for p in every if p.hit.token in counter}
    struck |= {head for h in unit.hits if h.token in counter for group in patients(unit, h, book) for head in group}
    tolls = [replace(t, attackers=True) if t.head in struck and t.effect == "killed" else t for t in tolls]
    by_arms = struck_by_arms(unit, every, book)
    _tolls(draft, tolls, apart=not (state_action or mutual or by_arms), mutual=mutual)
    _voice(draft, book, text)
    kinds = {h.trigger.event for h in unit.hits if h.is_noun and h.trigger is not None}
    if draft.aggregate is not None and (draft.unspecific or len(kinds) > 1):
        draft.type = book.unspecific.aggregate
    _by_modality(draft, book)
    return draft


def _by_modality(draft: EventDraft, book: Codebook) -> None:
    """Bring type and modality together: what was foiled is a foiled plot, unless it did harm; then it was done."""
    known = book.events.get(draft.type)
    of_type = known.of_modality if known is not None else None
    foiled = "foiled" in (draft.modality, of_type)
    if foiled and not draft.state_action and draft.tolls.keys() & {"killed", "injured"}:
        did_harm(draft, book)
        return
    by_modality = next((e.id for e in book.events.values() if e.of_modality == draft.modality), None)
    if by_modality is not None:
        draft.type, draft.unspecific = by_modality, False
    elif of_type is not None:
        draft.modality = of_type


def _without_wards(unit: Unit, places: list[Sited]) -> list[Sited]:
    """Places without the hospital where the injured lie, and its town, if nothing else is told of: "33 remain in
    hospital", "were being treated in hospitals in Erbil".
    """
    if any(h.trigger is not None or h.effect != "injured" for h in unit.hits):
        return places
    line = unit.line
    first = {p.span[0]: t.i for p in places for t in line.sentence.tokens if t.start == p.span[0]}
    lying = {s for s, i in first.items() if any(line.lemmas[a] in _WARDS for a in ancestors(line.sentence, i))}
    kept = [p for p in places if p.span[0] not in lying]
    return [p for p in kept if p.place.text.lower().split()[-1] not in _WARDS]


def did_harm(draft: EventDraft, book: Codebook) -> None:
    """Make what was told as foiled an attack that happened, of the type that its words or cues name."""
    draft.modality = "actual"
    known = book.events.get(draft.type)
    if known is None or known.of_modality is None:
        return
    named = [h.event for h in draft.unit.hits if h.is_noun and h.event is not None and book.events[h.event].violent]
    cues = named or [c for c in cue_types(draft.unit, book) if book.events[c].violent]
    cues = [c for c in cues if book.events[c].of_modality is None]
    draft.type, draft.unspecific = (cues[0], False) if cues else (book.unspecific.incident, True)


def _of_attackers(unit: Unit, found: list[DraftAttribution]) -> list[DraftAttribution]:
    """Without forces that stand beside a deed in which the doer dies: "two of them blew themselves up and the third was
    shot dead by troops" is no bombing by the troops.
    """
    deadly = any(h.trigger is not None and h.trigger.frame.deadly for h in unit.hits)
    return [a for a in found if not deadly or a.kind != "agency" or a.stance != "asserted"]


def _struck_down(unit: Unit, parts: list[Part], book: Codebook) -> set[int]:
    """Tokens of reports that forces struck down who had attacked: "whom police shot after he had stabbed two people",
    "repelled an attack and killed 20 of the attackers".
    """
    line = unit.line
    events = [h for h in unit.hits if h.trigger is not None]
    if any(h.is_noun and line.lemmas[line.sentence.tokens[h.token].head] in _REPELS for h in events):
        return {h.token for h in unit.hits if h.effect == "killed" and not h.is_noun}
    found: set[int] = set()
    for hit in events:
        victims = {patient for group in patients(unit, hit, book) for patient in group} if hit.effect else set()
        doers = [p.head for p in parts if p.hit == hit and p.role == "perpetrator"]
        others = [p.head for p in parts if p.hit != hit and p.role == "perpetrator"]
        pronoun = bool(others) and all(line.lemmas[o] in ("he", "she") for o in others)
        if hit.effect == "killed" and pronoun and len(victims) == 1 and doers:
            found |= {hit.token} if all(line.lemmas[d] in book.tables["state_agents"] for d in doers) else set()
    return found


def _tolls(draft: EventDraft, tolls: list[Toll], *, apart: bool, mutual: bool) -> None:
    """The number said of a sum, else the first exact number of each kind, nobody only where no other is told; attackers
    `apart`, unless forces act (their dead are the militants) or the fight is `mutual` (the dead of both sides add up).
    """
    attacked = True  # the number of the dead so far is that of those attacked
    for toll in tolls:
        key = toll.effect
        if toll.attackers and apart:
            if key != "killed":
                continue
            key = "attackers_killed"
        have = draft.tolls.get(key)
        other_side = have is not None and key == "killed" and not toll.bare and toll.attackers and attacked
        if have is not None and other_side and not apart:
            draft.tolls[key] = (_plus(have[0], toll.count), have[1]) if mutual else (toll.count, toll.span)
            attacked = mutual
        elif have is None or toll.total or have[0].high == 0 or (have[0].best is None and toll.count.best is not None):
            draft.tolls[key] = (toll.count, toll.span)
            attacked = attacked and not toll.attackers
        elif toll.further and have[0].best is not None and toll.count.best is not None:
            draft.tolls[key] = (_plus(have[0], toll.count), have[1])


def _plus(one: Count, more: Count) -> Count:
    """A toll with "one more" added; the words are those of the first number."""
    high = one.high + more.high if one.high is not None and more.high is not None else None
    return Count((one.low or 0) + (more.low or 0), (one.best or 0) + (more.best or 0), high, one.text)


def _voice(draft: EventDraft, book: Codebook, text: str) -> None:
    unit = draft.unit
    told = [h for h in unit.hits if h.trigger is not None]
    first = next((h for h in told if h.trigger is not None and not h.trigger.frame.weak), [*told, *unit.hits][0])
    order = ["foiled", "negated", "predicted", "hypothetical", "planned", "attempted"]
    none = {s.token for s in spared(unit, book)}  # "nobody was hurt" says that something happened
    telling = [h for h in unit.hits if h.token not in none]
    found = {modality_of(unit, h, book) for h in telling if h.trigger is not None or len(telling) == 1}
    draft.modality = (
        "actual" if "actual" in found and "foiled" not in found else next((m for m in order if m in found), "actual")
    )
    saying = speaker_of(unit.line, first.token, book, text)
    if saying is not None and saying.stance == "denied" and _taken_for_granted(unit, first, book):
        saying = None
    if saying is not None:
        draft.speaker = saying.speaker
        draft.stance = saying.stance
        if saying.span is not None:
            draft.support.append(saying.span)
        if saying.speaker is not None:
            after = saying.span is not None and saying.span[0] > unit.line.sentence.tokens[first.token].start
            draft.attributions = [_as_said(a, saying.speaker, saying.beside, after) for a in draft.attributions]
            draft.attributions += own_account(unit, saying.speaker, draft, book)
    elif hedged(unit.line, first.token, book):
        draft.stance = "hedged"
    if draft.stance == "hedged" and draft.speaker is None:
        draft.attributions = [
            replace(a, stance="suspected") if a.stance == "asserted" else a for a in draft.attributions
        ]


def _taken_for_granted(unit: Unit, hit: Hit, book: Codebook) -> bool:
    """True for the event of "denied they were behind a bombing": a part in it is denied, not the event."""
    tokens = unit.line.sentence.tokens
    if not hit.is_noun:
        return False
    verb = next((a for a in ancestors(unit.line.sentence, hit.token) if tokens[a].pos in ("VERB", "AUX")), None)
    return verb is not None and unit.line.lemmas[verb] not in book.stances.get("denied", frozenset())


def _as_said(attribution: DraftAttribution, speaker: Speaker, beside: tuple[str, ...], after: bool) -> DraftAttribution:
    """An attribution in somebody's words: the actor's own are a claim, another's lay blame; a state's acts, and what is
    told first and its source named `after` it ("X raided a village, officials said"), stay asserted.
    """
    own = attribution.name in (speaker.actor, *beside)
    first = speaker.name.lower().split()[:1]
    by = None if first and first[0] in _PRONOUNS else speaker.name
    if attribution.stance != "asserted":
        return replace(attribution, by=attribution.by or by)
    if own:
        return replace(attribution, stance="claimed", by=attribution.name)
    if after or attribution.kind in ("state", "agency"):
        return replace(attribution, by=by)
    return replace(attribution, stance="blamed", by=by)


def place(draft: EventDraft, index: Indexed, reported: set[int], earlier: list[EventDraft]) -> None:
    """Inherit the place from before, not from sentences in `reported`, which tell of other incidents; "the same town"
    is that of the incident told last.
    """
    pointing = any(_definite_facility(draft, p) for p in draft.places)
    own = draft.when_span is not None and not pointing and not points_back(draft, index.codebook)
    apart = reported if own or draft.aggregate is not None else set()
    more = _same_town(draft, earlier) or inherited_places(draft.unit, draft.places, index, apart)
    town = next((p.place for p in more if p.place.country), None)
    if town is not None:  # "the hospital" of a town named before
        draft.places = [p if p.place.country else replace(p, place=in_town(p.place, town)) for p in draft.places]
    draft.places += more
    draft.support += [p.span for p in more]


def _same_town(draft: EventDraft, earlier: list[EventDraft]) -> list[Sited]:
    """The towns of the incident told last, for a report that places itself in "the city"."""
    if any(p.place.country for p in draft.places) or not names_the_town(draft.unit):
        return []
    known = next((d for d in reversed(earlier) if d.aggregate is None and any(_town(p) for p in d.places)), None)
    return [replace(p, inherited=True) for p in known.places if _town(p)] if known is not None else []


def _town(sited: Sited) -> bool:
    return sited.place.country is not None and sited.place.kind != "facility" and sited.place.precision != "country"


def _definite_facility(draft: EventDraft, sited: Sited) -> bool:
    """True for "the camp": one that the text has told of."""
    tokens = draft.unit.line.sentence.tokens
    first = next((t.i for t in tokens if t.start >= sited.span[0]), 0)
    return sited.place.country is None and first > 0 and tokens[first - 1].text.lower() in ("the", "this", "that")


def place_as(draft: EventDraft, title: EventDraft) -> None:
    """Give an incident without a place that of the title which announces it; a facility lies in that place."""
    if any(p.place.country for p in draft.places):
        return
    given = [replace(p, inherited=True) for p in title.places if p.place.country]
    town = next((p.place for p in given if p.place.kind != "facility"), None)
    if town is not None:
        draft.places = [replace(p, place=in_town(p.place, town)) for p in draft.places]
    draft.places += given
    draft.support += [p.span for p in given]


def complete(draft: EventDraft, index: Indexed) -> None:
    """Bound the date where the report gives none."""
    happened = draft.modality in ("actual", "foiled", "attempted")
    if draft.when_span is None:
        draft.when = open_date(index.reading.document) if happened else When()
    elif happened and draft.when.latest is None:  # "hours after the vote", "since it was banned in 2015"
        last = index.reading.document.published.latest
        late = draft.when.earliest is not None and last is not None and last < draft.when.earliest
        draft.when = draft.when if late else replace(draft.when, latest=last)
