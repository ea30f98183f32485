"""Which incidents a claim of responsibility is about. Invariant: a word in the sentence decides first, then what was
told last; an attribution is added to an incident once for each actor and stance.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.codebook.model import Codebook
from khabar.extraction.assemble import is_report
from khabar.extraction.drafts import DraftAttribution, EventDraft, Responsibility
from khabar.extraction.identified import lone_attacker
from khabar.extraction.indexed import IndexedSentence
from khabar.reading.clauses import descendants, objects, subjects

__all__ = ["apply", "tells_of_another"]

_RECENT = 40  # incidents among which the one meant is looked for
_OTHER = frozenset(
    {"similar", "other", "another", "previous", "earlier", "past", "many", "several", "numerous", "most"}
)
_CHARGES = frozenset(
    {"accusation", "allegation", "charge", "blame", "suggestion", "insinuation", "assertion", "version", "report",
     "claim", "it", "this", "that", "finding"}
)  # fmt: skip
_GAP = 3  # characters between a sentence and the next
_NEAR = 3  # sentences that "he" reaches back
_REACH = 8  # sentences that a claim of responsibility reaches back


def apply(
    found: Responsibility,
    line: IndexedSentence,
    drafts: list[EventDraft],
    by_token: dict[int, EventDraft],
    before: list[EventDraft],
    book: Codebook,
) -> list[EventDraft]:
    """Add the attributions to the incidents they are about, and return these. `before` are those that the sentence's
    previous one was about: "X was suspected of the shooting although officials blamed Y for it".
    """
    if found.lone:
        about = _by_one(line, drafts, book)
    elif before and found.event is None:
        about = before
    else:
        about = _about(found, line, drafts, by_token, book)
    for draft in [*about, *(d for d in _retold(about, drafts) if d not in about)]:
        told = [a for a in found.attributions if not _of_a_state(a) or _accused_here(a, draft, line, found)]
        for attribution in told:
            _attribute(draft, attribution)
        if told and draft.last_sentence != line.index and found.span not in draft.evidence:
            draft.evidence.append(found.span)
    return about


def _retold(about: list[EventDraft], drafts: list[EventDraft]) -> list[EventDraft]:
    """The first reports of those incidents that another toll tells again ("the party says 128 died")."""
    found = []
    for draft in about:
        at = next(k for k, d in enumerate(drafts) if d is draft)
        first = next((d for d in reversed(drafts[max(0, at - _RECENT) : at]) if not d.varies), None)
        if draft.varies and first is not None and first.type == draft.type:
            found.append(first)
    return found


def _by_one(line: IndexedSentence, drafts: list[EventDraft], book: Codebook) -> list[EventDraft]:
    """The incident told last that a single man or woman did: "He was X"."""
    near = [d for d in drafts[-_RECENT:] if line.index - d.last_sentence <= _NEAR]
    return [d for d in near if is_report(d) and lone_attacker(d, book)][-1:]


def _of_a_state(said: DraftAttribution) -> bool:
    """True of a state, and of its forces where they deny: they reject much that nobody lays to them."""
    return said.kind == "state" or (said.kind == "agency" and said.stance == "denied")


def _accused_here(said: DraftAttribution, draft: EventDraft, line: IndexedSentence, found: Responsibility) -> bool:
    """False for what states say of each other elsewhere: blame counts where it names the incident or follows it, a
    denial where the same state was blamed.
    """
    if said.stance == "denied":
        near = line.index - draft.last_sentence <= _NEAR
        named = near and not _answers_charge(line, found)  # "had nothing to do with it", "denied any part"
        return named or any(a.name == said.name for a in draft.attributions)
    follows = line.sentence.start - max(end for _start, end in draft.evidence)
    named = any(  # "accused X of having staged it"
        line.lemmas[i] == "it" and line.sentence.tokens[i].dep in ("dobj", "pobj")
        for i in descendants(line.sentence, found.verb)
    )
    return found.event is not None or named or draft.last_sentence == line.index or follows <= _GAP


def _answers_charge(line: IndexedSentence, found: Responsibility) -> bool:
    """True for "rejected the accusation", "dismissed it": somebody must have been accused."""
    told = objects(line.sentence, found.verb) or subjects(line.sentence, found.verb)
    return any(line.lemmas[o] in _CHARGES for o in told)


def _attribute(draft: EventDraft, new: DraftAttribution) -> None:
    """Add an attribution, or what it says more than the same one has: by whom, through what, in which role."""
    for k, old in enumerate(draft.attributions):
        if (old.name, old.stance) != (new.name, new.stance):
            continue
        if old.role == new.role or "perpetrator" in (old.role, new.role):
            role = new.role if old.role == "perpetrator" else old.role
            draft.attributions[k] = replace(old, role=role, by=old.by or new.by, channel=old.channel or new.channel)
            return
    draft.attributions.append(new)


def _words(text: str) -> set[str]:
    return {w for w in text.lower().split() if len(w) > 2}


def _name_words(line: IndexedSentence, event: int) -> set[str]:
    """Words of the names around an event noun: "kuz", "kunar" of "the Kuz Kunar bombing"."""
    return {
        w
        for i in descendants(line.sentence, event)
        if line.sentence.tokens[i].pos == "PROPN"
        for w in _words(line.sentence.tokens[i].text)
    }


def _parted(line: IndexedSentence, token: int, verb: int) -> bool:
    """True if a semicolon stands between a report and the verb after it."""
    return any(t.text == ";" for t in line.sentence.tokens[token:verb])


def tells_of_another(line: IndexedSentence, event: int) -> bool:
    """True for "similar attacks elsewhere", "a previous bombing": none of those that were told."""
    tokens = line.sentence.tokens
    return any(tokens[k].text.lower() in _OTHER for k in line.sentence.children[event] if k < event)


def _about(
    found: Responsibility,
    line: IndexedSentence,
    drafts: list[EventDraft],
    by_token: dict[int, EventDraft],
    book: Codebook,
) -> list[EventDraft]:
    own = by_token.get(found.event) if found.event is not None else None
    if own is not None and own.modality == "planned" and own.when_span is None:
        own = None  # "denied that they had planned the attack": the one told before
    further = [by_token[e] for e in found.also if e in by_token]
    if own is not None and further:
        return [own, *(d for d in further if d is not own)]
    if own is not None and not found.two and (own.aggregate is None or not found.plural):
        return [own]
    if own is None and found.event is not None and tells_of_another(line, found.event):
        return []
    if found.event is None and not found.pronoun:
        here = [d for d in drafts[-_RECENT:] if d.sentence == line.index and d.aggregate is None]
        here = [d for d in here if any(h.token > found.verb for u in d.units if u.line is line for h in u.hits)]
        if here:
            return here[:1]
    near = [
        d
        for d in drafts[-_RECENT:]
        if line.index - d.last_sentence <= _REACH
        and d.sentence <= line.index
        and not d.heading
        and d.modality == "actual"
        and (is_report(d) or d.sentence == line.index)
    ]
    single = [d for d in near if d.aggregate is None]
    violent = [d for d in single if not d.state_action] or [d for d in single if book.events[d.type].violent]
    if found.two:  # "both attacks", "either attack"
        return violent[-2:]
    if found.plural:
        last = near[-1].unit.line.sentence.paragraph if near else None
        return [d for d in near if d.unit.line.sentence.paragraph == last]
    told = _told(found, line, violent, by_token)
    if not told and not single and found.event is None:  # bombings told as one: "the ministry accuses X"
        told = [d for d in near if d.unit.line.sentence.paragraph == line.sentence.paragraph][-1:]
    return told


def _told(
    found: Responsibility, line: IndexedSentence, violent: list[EventDraft], by_token: dict[int, EventDraft]
) -> list[EventDraft]:
    """Of the incidents told before, the one that a claim of responsibility can mean."""
    if found.pronoun:
        here = [d for t, d in by_token.items() if _parted(line, t, found.verb)]
        if here:  # "a raid killed ten; X claimed that one"
            return here[-1:]
        # "claimed it as revenge for a killing": what was told before, and best what was claimed before
        told = [d for d in violent if d.sentence < line.index] or violent
        return [d for d in told if any(a.stance != "asserted" for a in d.attributions)][-1:] or told[-1:]
    if found.event is not None:
        named = _name_words(line, found.event)
        matching = [
            d for d in violent if named & {w for s in d.places for w in _words(f"{s.place.text} {s.place.name}")}
        ]
        if matching:
            return matching[-1:]
    return violent[-1:]
