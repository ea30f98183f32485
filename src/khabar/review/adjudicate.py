"""From two codings of a report to one that enters the base. Invariant: nothing that coders differ on is settled by the
machine; what both say alike needs no further decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.exchange import claim_as_kept
from khabar.records import Claim, Review
from khabar.review.agreement import paired, slots_of
from khabar.review.bench import PLAIN, Bench, Entry, entries_of
from khabar.standing import ACCEPTED, CORRECTED, OWN, REJECTED, WAITING

__all__ = ["Unit", "into_base", "settled_claims", "undecided", "units_of"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What two coders say about one thing, by coder: either may say nothing of it. `differ` names the values in which
    they differ; none where both say exactly the same.
    """

    sides: tuple[tuple[str, Claim | None], ...]
    differ: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the sides that say something, each once."""
        return tuple({c.id: c for _, c in self.sides if c is not None}.values())

    @property
    def agreed(self) -> bool:
        """Whether both say the same in every value."""
        return all(claim is not None for _, claim in self.sides) and not self.differ


def units_of(codings: Sequence[tuple[str, Sequence[Claim]]]) -> list[Unit]:
    """The codings of a report side by side, in the order of the text; of more than two each is paired to the first."""
    (first, mine), *others = codings
    rows: list[dict[str, Claim]] = [{first: claim} for claim in mine]
    for user, theirs in others:
        matched = {j: i for i, j in paired([row.get(first, next(iter(row.values()))) for row in rows], theirs)}
        for number, claim in enumerate(theirs):
            if number in matched and user not in rows[matched[number]]:
                rows[matched[number]][user] = claim
            else:
                rows.append({user: claim})
    users = [user for user, _ in codings]
    found = [Unit(tuple((user, row.get(user)) for user in users), _differ(row)) for row in rows]
    return sorted(found, key=lambda unit: (unit.claims[0].passages[0].start, unit.claims[0].id))


def _differ(row: Mapping[str, Claim]) -> tuple[str, ...]:
    claims = list(row.values())
    if len({c.id for c in claims}) == 1:
        return ()
    told = [slots_of(claim) for claim in claims]
    names = dict.fromkeys(slot for said in told for slot in said)
    found = tuple(slot for slot in names if len({repr(said.get(slot)) for said in told}) > 1)
    return found or (() if len(claims) > 1 and _same_values(claims) else ("other values",))


def _same_values(claims: Sequence[Claim]) -> bool:
    """Whether claims say the same but for their words and passages."""
    first = claims[0]
    return all(
        (c.body, c.speaker, c.stance, c.modality) == (first.body, first.speaker, first.stance, first.modality)
        for c in claims
    )


def settled_claims(units: Sequence[Unit], bench: Bench) -> list[Claim]:
    """What the adjudicator's bench makes of the units: what was accepted, corrected or added there, and of what is not
    decided what all coders say alike, in the first one's words.
    """
    entries = {entry.target: entry for entry in entries_of(bench)}
    found: dict[str, Claim] = {}
    for unit in units:
        there = [entries[claim.id] for claim in unit.claims if claim.id in entries]
        chosen = [entry.claim for entry in there if entry.state in (ACCEPTED, CORRECTED, OWN)]
        if not chosen and unit.agreed and all(entry.state == PLAIN for entry in there):
            chosen = [unit.claims[0]]
        found |= {claim.id: claim for claim in chosen}
    told = {claim.id for unit in units for claim in unit.claims}
    found |= {e.claim.id: e.claim for e in entries.values() if e.target not in told and e.state in (CORRECTED, OWN)}
    return list(found.values())


def undecided(units: Sequence[Unit], bench: Bench) -> list[Unit]:
    """The units in which coders differ and about which nothing was decided yet."""
    decided = {entry.target for entry in entries_of(bench) if entry.decided}
    return [unit for unit in units if not unit.agreed and not decided & {claim.id for claim in unit.claims}]


def into_base(bench: Bench, claims: Sequence[Claim], user: str, note: str, doubt: float) -> list[Review]:
    """The reviews that make `claims` what stands for a report: each takes the place of the entry of the base that means
    the same, or is added; what is coded and has no match is rejected, since coders who read the report left it out.
    """
    entries = [entry for entry in entries_of(bench) if entry.state != REJECTED]
    matched = {j: i for i, j in paired([entry.claim for entry in entries], claims)}
    found: list[Review] = []
    for number, claim in enumerate(claims):
        kept = claim_as_kept(claim)
        if number in matched:
            entry = entries[matched[number]]
            proposed = claim_as_kept(entry.proposal)
            act = "accept" if claim.id in (entry.proposal.id, entry.claim.id) else "correct"
            kept = claim_as_kept(entry.proposal) if claim.id == entry.proposal.id else kept
            if not (entry.decided and entry.claim.id == claim.id):
                found.append(Review(entry.target, act, user, proposed, kept, note, beside=_others(entry, entries)))
        else:
            beside = tuple(entry.target for entry in entries if entry.claim.kind == claim.kind)
            found.append(Review(claim.id, "add", user, None, kept, note, beside=beside))
    left = [entry for number, entry in enumerate(entries) if number not in set(matched.values())]
    for entry in left:
        coded = entry.state not in (PLAIN, WAITING) or (entry.state == PLAIN and entry.claim.confidence >= doubt)
        if coded:
            found.append(Review(entry.target, "reject", user, claim_as_kept(entry.proposal), note=note))
    return found


def _others(entry: Entry, entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(e.target for e in entries if e.target != entry.target and e.claim.kind == entry.claim.kind)
