"""Whether a claim of a tie, of presence or a statement, and each value in it, is what a coder wrote. Invariant: what
the coder left open is not judged.

A claim is held against the coder's rows of its kind that stand in the same words (half of the shorter of the two), and
against the one of them that it agrees with most; where there is none, the claim is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.evaluation.judged_events import Names, Span, Verdicts, is_named, overlap
from khabar.records import ActorRef, Claim, Presence, Relation, Statement
from khabar.text import fold

__all__ = ["SYMMETRIC", "Row", "tie_verdicts"]

SYMMETRIC = ("alias_of", "allied_with", "rival_of")
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """A coder's relation, presence or statement: `words` are the acceptable types, statuses or kinds; `first` and
    `second` the acceptable names of subject and object, or of actor and place; an empty one is not judged.
    """

    span: Span
    words: tuple[str, ...]
    first: Names = frozenset()
    second: Names = frozenset()
    doubtful: bool = False


def tie_verdicts(claim: Claim, rows: Sequence[Row]) -> Verdicts:
    """Right or wrong for the claim and its values; nothing where the coder was in doubt."""
    near = [r for r in rows if any(overlap((p.start, p.end), r.span) >= _HALF for p in claim.passages)]
    if not near:
        return {"claim": False}
    row, found = max(((r, _agreement(claim, r)) for r in near), key=lambda pair: sum(pair[1].values()))
    if row.doubtful:
        return {}
    if isinstance(claim.body, Relation | Presence) and sum(found.values()) < len(found) - 1:
        return {"claim": False}  # another tie that happens to stand in the same words
    return {"claim": all(found.values()), **found}


def _agreement(claim: Claim, row: Row) -> Verdicts:
    body = claim.body
    if isinstance(body, Relation):
        return _relation(body, row)
    if isinstance(body, Presence):
        place = any(_same_place(n, w) for n in row.second for w in (body.place.text, body.place.name))
        return {"actor": is_named(body.actor, row.first), "place": place, "status": body.status in row.words}
    if isinstance(body, Statement):
        about = {"about": any(is_named(a, row.first) for a in body.about)} if row.first else {}
        return {"kind": body.kind in row.words, **about}
    return {}


def _relation(body: Relation, row: Row) -> Verdicts:
    straight = _ends(body.subject, body.object, row)
    turned = _ends(body.object, body.subject, row)
    ends = turned if body.type in SYMMETRIC and sum(turned.values()) > sum(straight.values()) else straight
    return {"type": body.type in row.words, **ends}


def _ends(subject: ActorRef, object_: ActorRef, row: Row) -> Mapping[str, bool]:
    sides = (("subject", subject, row.first), ("object", object_, row.second))
    return {name: is_named(actor, names) for name, actor, names in sides if names}


def _same_place(one: str, other: str) -> bool:
    a, b = f" {fold(one)} ", f" {fold(other)} "
    return bool(a.strip() and b.strip()) and (a in b or b in a)
