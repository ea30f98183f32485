"""What hangs on a claim: how much of a base would be wrong if it were.

Invariant: a function of the claim alone, at least `LEAST`, and never lower for more dead. A queue orders doubtful
claims by doubt × stakes.

In words: a claim that says plainly that something happened weighs 1, one that is hedged, suspected or denied 0.7, one
about what was planned, feared or did not come about 0.5, and a total 0.6, because no incident is built on it. This is
multiplied by 1 for nobody hurt, 2 for ten dead, 3 for a hundred (1 + log10 of the toll, an injured, abducted or
arrested person counting a tenth of a dead one), and by 1 + a tenth for each value that the claim gives.
"""

from __future__ import annotations

from math import log10

from khabar.records import Claim, Count, EventBody

__all__ = ["LEAST", "stakes_of"]

LEAST = 0.25
"""No claim weighs less."""

_HURT = 0.1  # of a dead person


def stakes_of(claim: Claim) -> float:
    """How much hangs on a claim; see the words above."""
    weight = _firmness(claim) * (1 + log10(1 + _toll(claim))) * (1 + _values(claim) / 10)
    return max(LEAST, round(weight, 4))


def _firmness(claim: Claim) -> float:
    if isinstance(claim.body, EventBody) and claim.body.aggregate is not None:
        return 0.6
    if claim.modality != "actual":
        return 0.5
    return 1.0 if claim.stance in ("asserted", "claimed", "blamed") else 0.7


def _toll(claim: Claim) -> float:
    body = claim.body
    if not isinstance(body, EventBody):
        return 0.0
    dead = max(_number(body.killed), _number(body.attackers_killed))
    hurt = max(_number(count) for count in (body.injured, body.abducted, body.arrested))
    return max(float(dead), hurt * _HURT)


def _number(count: Count | None) -> int:
    if count is None:
        return 0
    return next((n for n in (count.best, count.low, count.high) if n is not None), 0)


def _values(claim: Claim) -> int:
    """How many values the claim gives beside its type."""
    told = int(claim.when.earliest is not None or claim.when.latest is not None) + (claim.speaker is not None)
    body = claim.body
    if not isinstance(body, EventBody):
        return told + 2
    counts = (body.killed, body.injured, body.arrested, body.abducted, body.attackers_killed)
    lists = len(body.places) + len(body.attributions) + len(body.targets)
    return told + lists + (body.weapon is not None) + sum(count is not None for count in counts)
