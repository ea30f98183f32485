"""What people decide: from what was typed to a base put together anew.

Invariant: a decision is kept with the claims it is about, never with the id of an incident, because that id changes
with the claims; and after each decision the base is what a resolution of all claims and all standing decisions gives.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.coding import Progress, silent
from khabar.errors import NotFoundError, SettingsError
from khabar.export.decisions import Entry
from khabar.reading.actors import actors_by_id
from khabar.records import Actor, Asked, Claim, Decision, Event, Party
from khabar.resolution.decisions import consistent, judgements_of, not_undone, taken_back
from khabar.reviewing import ReviewDesk, renew
from khabar.settings import Settings
from khabar.store.base import Store, View
from khabar.store.questions import ClaimFilter, EventFilter
from khabar.text import fold

__all__ = ["Desk", "decide", "journal", "keep_decision"]

_Sides = tuple[tuple[Party, ...], ...]


def decide(base: Store, asked: Asked, settings: Settings, progress: Progress = silent) -> Decision:
    """Keep a decision, put the base together anew, and give the decision as it was kept.

    NotFoundError where an incident, claim or actor is not there (an incident that got another report has another id),
    SettingsError where what is asked makes no sense.
    """
    kept = keep_decision(base, asked)
    renew(base, settings, progress)
    return kept


def keep_decision(base: Store, asked: Asked) -> Decision:
    """Keep a decision, and leave it to others to put the base together anew; errors as of `decide`."""
    if asked.act == "undo":
        decision = Decision("undo", asked.by, note=asked.note, undoes=_to_undo(base, asked.keys))
    else:
        decision = Decision(asked.act, asked.by, _sides(base, asked), asked.note)
    return base.add_decision(decision)


class Desk(ReviewDesk):
    """Where people decide about a base: about claims (`ReviewDesk`), and about incidents and actors."""

    def decide(self, asked: Asked) -> Decision:
        """As `decide`."""
        with self.one:
            kept = keep_decision(self.base, asked)
        renew(self.base, self.settings)  # while others go on deciding: it is done once for all who wait
        return kept

    def journal(self) -> list[Entry]:
        """As `journal`."""
        return journal(self.base, self.settings.doubt)


# ------------------------------------------------------------------ what was typed


def _to_undo(base: View, keys: Sequence[str]) -> int:
    """The number of the decision to undo: the one named, else the last that stands."""
    if len(keys) > 1:
        raise SettingsError("Only one decision is undone at a time.", "Give one number, or none for the last.")
    every = {d.number: d for d in base.decisions()}
    undone_by = _undone_by(list(every.values()))
    if not keys:
        standing = not_undone(every.values())
        if not standing:
            raise NotFoundError("There is no decision to undo.", "`khabar judge list` shows what was decided.")
        return standing[-1].number
    number = int(keys[0]) if keys[0].isdecimal() else 0
    if number not in every:
        raise NotFoundError(f"There is no decision {keys[0]!r}.", "`khabar judge list` shows them with their numbers.")
    if number in undone_by:
        raise SettingsError(
            f"Decision {number} is undone already, by decision {undone_by[number]}.",
            f"Undo {undone_by[number]} to have it back.",
        )
    return number


def _undone_by(decisions: Sequence[Decision]) -> dict[int, int]:
    """The decisions that do not stand, undoings too, and by which undoing each was undone."""
    found: dict[int, int] = {}
    for decision in sorted(decisions, key=lambda d: -d.number):
        if decision.undoes is not None and decision.number not in found:
            found[decision.undoes] = decision.number
    return found


def _sides(base: View, asked: Asked) -> _Sides:
    """What a decision is about."""
    if asked.act == "split":
        return _split(base, asked.keys)
    if asked.act != "merge" and len(asked.keys) != len(("left", "right")):
        raise SettingsError(f"`{asked.act}` is about two things.", "Give two incidents, two claims, or two actors.")
    if len(set(asked.keys)) < len(("left", "right")):
        raise SettingsError(f"`{asked.act}` is about two things or more.", "Give two incidents, or two actors.")
    records = [_record(base, key) for key in asked.keys]
    if len({isinstance(record, Actor) for record in records}) > 1:
        raise SettingsError("An actor and an incident are never the same.", "Give two of one kind.")
    if len({record.id for record in records}) < len(records):
        return _one_record(asked, records[0])
    sides = tuple(_side(base, record) for record in records)
    _no_overlap(sides)
    return sides


def _no_overlap(sides: _Sides) -> None:
    keys = [party.key for side in sides for party in side]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise SettingsError(f"{twice} stands on both sides.", "Give things that have nothing in common.")


def _one_record(asked: Asked, record: Event | Claim | Actor) -> _Sides:
    """Two keys of one record: two names of one actor may be told apart; anything else says nothing."""
    names = {fold(name.text): name.text for name in record.names} if isinstance(record, Actor) else {}
    typed = [names.get(fold(key)) for key in asked.keys]
    if asked.act not in ("different", "unsure") or None in typed or len(set(typed)) < len(typed):
        raise SettingsError(f"{' and '.join(asked.keys)} are one already.", "Nothing needs to be decided.")
    return tuple((Party(name),) for name in typed if name is not None)


def _split(base: View, keys: Sequence[str]) -> _Sides:
    """The members named, and the rest of the incident or actor."""
    if len(keys) < len(("whole", "member")):
        raise SettingsError("`split` needs an incident and claims of it.", "Or an actor and names of it.")
    whole = _record(base, keys[0])
    if isinstance(whole, Claim):
        raise SettingsError(f"{keys[0]} is one claim.", "Give an incident and claims of it.")
    parties = _names(whole) if isinstance(whole, Actor) else _side(base, whole)
    chosen = [_member(base, whole, parties, key) for key in keys[1:]]
    rest = tuple(party for party in parties if party not in chosen)
    if not rest:
        raise SettingsError(f"Nothing would be left of {keys[0]}.", "Name some of its members, not all.")
    return tuple(dict.fromkeys(chosen)), rest


def _member(base: View, whole: Event | Actor, parties: Sequence[Party], key: str) -> Party:
    """The member of an incident or actor that a key means."""
    if isinstance(whole, Actor):
        found = [party for party in parties if fold(party.key) == fold(key)]
    else:
        claim = base.claim(key)
        found = [party for party in parties if party.key == claim.id]
    if not found:
        raise NotFoundError(f"{key} is not part of {whole.id}.", f"`khabar show {whole.id}` lists its members.")
    return found[0]


def _record(base: View, key: str) -> Event | Claim | Actor:
    """The incident, claim or actor that a key means."""
    try:
        record = base.find(key).record
    except NotFoundError as problem:
        try:
            record = base.actor(key)
        except NotFoundError as other:
            if "could be any of" in other.message:
                raise other from None
            remedy = "An incident's id changes when reports join or leave it; list the incidents again."
            raise NotFoundError(problem.message, remedy) from None
    if not isinstance(record, (Event, Claim, Actor)):
        raise SettingsError(f"{key} is neither an incident, a claim nor an actor.", "`khabar show` tells what it is.")
    return record


def _side(base: View, record: Event | Claim | Actor) -> tuple[Party, ...]:
    """A record as one side of a decision: all claims of an incident, all names of an actor."""
    if isinstance(record, Event):
        return tuple(map(_party, base.claims(ClaimFilter(event=record.id))))
    if isinstance(record, Claim):
        if not base.count(EventFilter(claim=record.id)):
            raise SettingsError(f"Claim {record.id} is part of no incident.", "Totals and plans are none.")
        return (_party(record),)
    listed = record.id in actors_by_id()
    found = [name.text for name in record.names if not listed or name.source == "corpus"]
    return tuple(Party(key) for key in dict.fromkeys([*([record.id] if listed else []), *found]))


def _names(actor: Actor) -> tuple[Party, ...]:
    """All names of an actor, to be parted; of several that differ in case or accents alone the first."""
    return tuple(Party(name) for name in {fold(n.text): n.text for n in reversed(actor.names)}.values())


def _party(claim: Claim) -> Party:
    passage = claim.passages[0]
    return Party(claim.id, passage.document, passage.start, passage.end)


# ------------------------------------------------------------------ the journal


def journal(base: View, doubt: float) -> list[Entry]:
    """All decisions in their order, with what became of each; `doubt` is the confidence from which claims count."""
    every = list(base.decisions())
    undone = _undone_by(every)
    documents = sorted({p.document for d in every for side in d.sides for p in side if p.document is not None})
    claims = [c for key in documents for c in base.claims(ClaimFilter(document=key, coded=doubt))]
    judgements = judgements_of(every, claims)
    held = consistent(judgements)
    number = {d.at: d.number for d in every}
    said = {number[j.when] for j in judgements}
    kept = {number[j.when] for j in held.judgements}
    against = {key: {later} for key, later in taken_back(not_undone(every)).items()}
    for overruled in held.overruled:
        against.setdefault(number[overruled.judgement.when], set()).update(number[when] for when in overruled.by)

    def entry(decision: Decision) -> Entry:
        key = decision.number
        if key in undone:
            return Entry(decision, "undone", (undone[key],))
        if decision.act != "undo" and key not in said and key not in against:
            return Entry(decision, "nothing left")
        if key in against:
            return Entry(decision, "partly overruled" if key in kept else "overruled", tuple(sorted(against[key])))
        return Entry(decision, "holds")

    return [entry(decision) for decision in every]
