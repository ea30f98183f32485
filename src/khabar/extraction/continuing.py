"""One incident told in several sentences. Invariant: two reports are joined only if nothing they say speaks against
it, and the later one points back (a definite mention, a bare toll); disagreeing tolls stay two claims.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.codebook.model import Codebook
from khabar.extraction.agreement import agrees
from khabar.extraction.drafts import EventDraft
from khabar.extraction.pointing import is_definite, is_part, points_back, says_another, says_which
from khabar.extraction.timing import disjoint, width
from khabar.extraction.where import same_area
from khabar.reading.clauses import agents, is_passive, subjects
from khabar.records import When

__all__ = [
    "find_antecedent",
    "find_beaten_off",
    "find_variant",
    "inherit_from_series",
    "join",
    "near",
    "vary",
]

_FORMERLY = frozenset({"earlier", "previously", "initially"})
_FAR = 6  # sentences that a definite mention reaches back
_NEXT = 1  # sentences that "the camp" reaches back to "the base"
_NEAR = 2  # sentences that a bare toll reaches back


def find_antecedent(draft: EventDraft, earlier: list[EventDraft], book: Codebook) -> EventDraft | None:
    """The latest earlier incident that a report continues, or None."""
    back = points_back(draft, book)
    bare = not any(h.trigger is not None for h in draft.unit.hits)
    for other in reversed(earlier):
        distance = draft.sentence - other.last_sentence
        if distance > _FAR:
            return None
        if other.heading or _superseded(other):
            continue
        if other.aggregate is not None:
            if distance <= _NEAR and _same_series(draft, other):
                return other
            continue
        if distance > (_NEAR if bare else _FAR):
            return None
        if is_part(draft) and _part_of(draft, other):
            return other
        if back and agrees(draft, other, book) and (not says_which(draft) or _shares(draft, other)):
            return other
        if not back and _goes_on(draft, other, distance, book):
            return other
        if back and bare:
            return None
    return None


def _goes_on(draft: EventDraft, other: EventDraft, distance: int, book: Codebook) -> bool:
    """True if a report without a word that points back still goes on about the incident before."""
    if _hours_later(draft):
        return False
    if distance <= _NEXT and (_unagented(draft, other) or _tells_how(draft, other, book)):
        return True
    known = _same_target(draft, other, book) or (distance <= _NEXT and _sequel(draft, other))
    return known and agrees(draft, other, book)


def find_beaten_off(draft: EventDraft, earlier: list[EventDraft]) -> EventDraft | None:
    """The attack told as foiled although the attackers came, of which a bare toll right after tells the victims."""
    last = next((d for d in reversed(earlier) if not d.heading), None)
    if last is None or last.modality != "foiled" or "attackers_killed" not in last.tolls:
        return None
    bare = not any(h.trigger is not None for h in draft.unit.hits) and draft.modality == "actual"
    harmed = draft.tolls.keys() & {"killed", "injured"}
    return last if bare and harmed and draft.sentence - last.last_sentence <= _NEAR else None


def _superseded(draft: EventDraft) -> bool:
    """True of "Police had earlier put the number at 18": what is told next goes on about the newer report."""
    line = draft.unit.line
    return draft.varies and any(line.sentence.tokens[i].text.lower() in _FORMERLY for i in draft.unit.tokens)


def _part_of(part: EventDraft, whole: EventDraft) -> bool:
    """True if a report of one place can be of an incident in several: no day and no country speaks against it, and no
    number exceeds that of the whole.
    """
    if part.modality != whole.modality or not whole.tolls:
        return False
    if part.when_span and whole.when_span and disjoint(part.when, whole.when):
        return False
    countries = [{p.place.country for p in d.places if p.place.country} for d in (part, whole)]
    if all(countries) and not countries[0] & countries[1]:
        return False
    both = part.tolls.keys() & whole.tolls.keys()
    return all((part.tolls[k][0].low or 0) <= (whole.tolls[k][0].low or whole.tolls[k][0].best or 0) for k in both)


def _same_target(one: EventDraft, two: EventDraft, book: Codebook) -> bool:
    """As in "Militants stormed the hospital": a definite target that the earlier report names, or, told right after it,
    one of its kind ("the camp" after "the base at X").
    """
    line = one.unit.line
    tokens = line.sentence.tokens
    definite: set[str] = set()
    bare: set[str] = set()
    for _target, span in one.targets:
        heads = [t.i for t in tokens if span[0] <= t.start < span[1] and is_definite(line, t.i)]
        definite |= {line.lemmas[h] for h in heads}
        bare |= {line.lemmas[h] for h in heads if tokens[h].start == span[0]}
    kinds = {c.id for c in book.targets.values() if any(site[-1] in bare for site in c.sites)}
    after = one.sentence - two.last_sentence <= _NEXT
    return bool(definite & _words(two)) or (after and bool(kinds & {t.category for t, _s in two.targets if t.category}))


def _same_series(draft: EventDraft, other: EventDraft) -> bool:
    """As in "A majority of the attacks" after "nine attacks"; "the attack" after "its deadliest attacks, which left
    71 dead".
    """
    if draft.when_span is not None or draft.tolls.keys() & other.tolls.keys() or says_which(draft):
        return False
    nouns = [h for h in draft.unit.hits if h.is_noun]
    if not nouns or not all(is_definite(draft.unit.line, h.token) for h in nouns):
        return False
    if draft.aggregate is not None:
        return not any(not p.inherited for p in draft.places)
    return (
        other.aggregate == -1
        and other.when_span is None
        and other.last_sentence == draft.sentence - 1
        and bool(other.tolls)
    )


def _shares(one: EventDraft, two: EventDraft) -> bool:
    """True if two reports name the same place or the same thing attacked."""
    if same_area([p for p in one.places if not p.inherited], two.places):
        return True
    first, second = _words(one), _words(two)
    return bool(first & second)


def _words(draft: EventDraft) -> set[str]:
    """Nouns of places and targets, names as they stand."""
    found: set[str] = set()
    for _value, span in (
        *((t, s) for t, s in draft.targets),
        *((p.place, p.span) for p in draft.places if not p.inherited),
    ):
        for unit in draft.units:
            line = unit.line
            found |= {
                line.lemmas[t.i]
                for t in line.sentence.tokens
                if span[0] <= t.start < span[1] and t.pos in ("NOUN", "PROPN")
            }
    return found


def _sequel(one: EventDraft, two: EventDraft) -> bool:
    """True if a report without date and place of its own goes on about the people of the sentence before: a cell is
    busted, "eight cell members were arrested".
    """
    if one.when_span is not None or any(not p.inherited for p in one.places) or not one.tolls:
        return False
    if one.unit.line.sentence.paragraph != two.units[-1].line.sentence.paragraph:
        return False
    both = one.state_action and two.state_action
    return both and bool(_words(one) & _words(two))


def _hours_later(draft: EventDraft) -> bool:
    """True of "Hours later a bomber …", "Two days later gunmen …": a time of its own, counted from what was told."""
    lemmas = draft.unit.line.lemmas[:5]
    return any(word in ("hour", "day", "week") and "later" in lemmas[k + 1 : k + 2] for k, word in enumerate(lemmas))


def _unagented(one: EventDraft, two: EventDraft) -> bool:
    """As in "A guard was shot dead as he ran" right after an abduction: a harm without doer, day and place, of which
    the report before says nothing yet.
    """
    line = one.unit.line
    if one.when_span is not None or one.state_action or two.state_action or one.modality != two.modality:
        return False
    if any(not p.inherited for p in one.places) or not one.tolls or one.tolls.keys() & two.tolls.keys():
        return False
    if one.aggregate is not None or one.unit.line.sentence.paragraph != two.units[-1].line.sentence.paragraph:
        return False
    passive = [is_passive(line.sentence, h.token) and not agents(line.sentence, h.token) for h in one.unit.hits]
    return all(passive) and two.modality == "actual" and not two.heading


def _tells_how(one: EventDraft, two: EventDraft, book: Codebook) -> bool:
    """As in "The toll of the blasts in X rose to 31 on Sunday. Two women detonated their vests on Saturday": the second
    sentence tells what the first only names, and when it was.
    """
    named = all(h.is_noun or h.trigger is None for h in two.unit.hits)
    open_day = two.when_said or two.when_span is None or width(two.when.earliest, two.when.latest) > 1
    if not named or one.when_span is None or not open_day or not one.unit.hits:
        return False
    if any(not p.inherited and p.place.country for p in one.places) or says_another(one):
        return False
    related = two.unspecific or book.is_a(one.type, two.type) or book.is_a(two.type, one.type)
    doing = any(h.trigger is not None and not h.is_noun for h in one.unit.hits)
    return doing and related and bool(two.tolls) and agrees(one, two, book)


def vary(draft: EventDraft, other: EventDraft) -> None:
    """Make a report of the same incident with another toll a claim of its own, which takes type, time and place from
    it.
    """
    if draft.unspecific or not any(h.trigger is not None for h in draft.unit.hits):
        draft.type, draft.subtype, draft.unspecific = other.type, other.subtype, other.unspecific
    draft.state_action = other.state_action
    if draft.when_span is None or (draft.when_said and other.when_span is not None and not other.when_said):
        draft.when, draft.when_span, draft.when_inherited, draft.when_said = other.when, other.when_span, True, False
    if not any(not p.inherited for p in draft.places):
        draft.places = [replace(p, inherited=True) for p in other.places]
    elif not any(p.place.country for p in draft.places):
        draft.places += [replace(p, inherited=True) for p in other.places if p.place.country]
    draft.support += [p.span for p in other.places] + ([other.when_span] if other.when_span else [])
    draft.varies = True
    if draft.when_span is not None and not draft.when_said and (other.when_span is None or other.when_said):
        other.when, other.when_span, other.when_inherited, other.when_said = draft.when, draft.when_span, True, False
        other.support.append(draft.when_span)


_MEMBERS = frozenset({"first", "second", "third", "fourth", "latter", "former"})


def inherit_from_series(draft: EventDraft, earlier: list[EventDraft]) -> None:
    """As in "The first attack" of "two attacks by X in Y": doers and place of the series, where the report does not
    differ.
    """
    line = draft.unit.line
    nouns = [h.token for h in draft.unit.hits if h.is_noun]
    alone = any(
        line.lemmas[s] in _MEMBERS for h in draft.unit.hits if not h.is_noun for s in subjects(line.sentence, h.token)
    )  # "the first killed ten, the second eight"
    if not alone and not any(line.lemmas[k] in _MEMBERS for n in nouns for k in line.sentence.children[n]):
        return
    for other in reversed(earlier):
        if draft.sentence - other.last_sentence > _FAR:
            return
        if other.aggregate is None and (not alone or (other.tolls and not _of_series(other))):
            continue
        if alone and draft.unspecific:
            draft.type, draft.subtype, draft.unspecific = other.type, other.subtype, other.unspecific
        if alone and draft.when_span is None:
            draft.when, draft.when_span, draft.when_inherited = other.when, other.when_span, True
        own = [p for p in draft.places if not p.inherited]
        known = {a.name for a in draft.attributions}
        draft.attributions += [a for a in other.attributions if a.name not in known]
        if same_area(own, other.places) is not False:
            names = {p.place.name for p in draft.places}
            draft.places += [replace(p, inherited=True) for p in other.places if p.place.name not in names]
        draft.support += [a.span for a in other.attributions] + [p.span for p in other.places]
        return


def _of_series(draft: EventDraft) -> bool:
    """True if a report was of several incidents of which one has been told since: "Two bombs went off. The first …"."""
    line = draft.unit.line
    several = [s for h in draft.unit.hits for s in subjects(line.sentence, h.token) if line.plural(s)]
    return (
        len(draft.units) > 1
        and bool(several)
        and any(
            line.lemmas[s] in _MEMBERS
            for u in draft.units[1:]
            for h in u.hits
            for s in subjects(u.line.sentence, h.token)
            for line in (u.line,)
        )
    )


def near(draft: EventDraft, other: EventDraft) -> bool:
    """True if a report that only says who claims an incident may mean `other`: told shortly before, and no named
    place or thing attacked that `other` does not know.
    """
    if draft.sentence - other.last_sentence > _FAR:
        return False
    named = any(not p.inherited for p in draft.places) or bool(draft.targets)
    kinds = {t.category for t, _s in draft.targets if t.category} & {t.category for t, _s in other.targets}
    return not named or bool(kinds) or _shares(draft, other) or not any(not p.inherited for p in other.places)


def find_variant(draft: EventDraft, earlier: list[EventDraft], book: Codebook) -> EventDraft | None:
    """The latest earlier incident that a report continues but for its toll."""
    if not draft.stated or draft.aggregate is not None:
        return None
    back = points_back(draft, book)
    for other in reversed(earlier):
        if draft.sentence - other.last_sentence > _FAR:
            return None
        if not (back or _same_target(draft, other, book)):
            continue
        if other.aggregate is None and not other.heading and agrees(draft, other, book, tolls=False):
            return other if not says_which(draft) or _shares(draft, other) else None
    return None


def _tighter(one: When, two: When) -> bool:
    return width(one.earliest, one.latest) < width(two.earliest, two.latest)


def join(kept: EventDraft, later: EventDraft, book: Codebook) -> None:
    """Add to `kept` what a later report of the same incident says; what it already has stays."""
    if kept.aggregate is not None and later.aggregate is None:
        kept.aggregate = None
        kept.type, kept.subtype, kept.unspecific = later.type, later.subtype, later.unspecific
    kept.units += later.units
    kept.evidence += [s for s in later.evidence if s not in kept.evidence]
    kept.support += later.support
    struck_back = later.state_action and not kept.state_action
    if struck_back:
        pass
    elif (kept.unspecific and not later.unspecific) or (later.type != kept.type and book.is_a(later.type, kept.type)):
        kept.type, kept.subtype, kept.unspecific = later.type, later.subtype, later.unspecific
    if later.when_span is not None and (
        kept.when_span is None
        or kept.when_inherited
        or (kept.when_said and not later.when_said)
        or (not later.when_said and not disjoint(kept.when, later.when) and _tighter(later.when, kept.when))
    ):
        kept.when, kept.when_span, kept.when_inherited = later.when, later.when_span, later.when_inherited
        kept.when_said = later.when_said
    names = {p.place.name for p in kept.places}
    kept.places += [p for p in later.places if p.place.name not in names and (not p.inherited or not kept.places)]
    known = {(a.name, a.stance) for a in kept.attributions}
    if not struck_back:
        kept.attributions += [a for a in later.attributions if (a.name, a.stance) not in known]
    have = {t.text for t, _s in kept.targets}
    kept.targets += [(t, s) for t, s in later.targets if t.text not in have]
    kept.weapon = kept.weapon or later.weapon
    for told, value in () if is_part(later) else later.tolls.items():
        key = "attackers_killed" if struck_back and told == "killed" else told
        mine = kept.tolls.get(key)
        if mine is None or (mine[0].best is None and value[0].best is not None):
            kept.tolls[key] = value
