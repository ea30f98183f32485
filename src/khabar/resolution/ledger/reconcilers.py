"""What would reconcile the sides of a dispute. Invariant: a reconciler states facts of the claims, or says nothing.

`RECONCILERS` is the list, to be read aloud: a name, the kinds of dispute it is tried on, and what it means. None of
them decides anything: the sides stay as they are, and a reconciler that says nothing has not been ruled out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from khabar.records import Contradiction, Reconciliation, Side
from khabar.resolution.ledger import reconcile_claims, reconcile_times, reconcile_tolls
from khabar.resolution.ledger.dispute import Dispute
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties
from khabar.text import content_id

__all__ = ["RECONCILERS", "Reconciler", "told"]

Find = Callable[[Dispute, Corpus, Parties], str]


@dataclass(frozen=True, slots=True)
class Reconciler:
    """A way in which sides may agree after all; `find` gives the facts in words, or '' where there are none."""

    name: str
    kinds: tuple[str, ...]
    meaning: str
    find: Find


_DATES = ("date", "relation_date", "designation_date")
_STATES = ("presence", "existence", "affiliation", "leadership", "tie", "death")

RECONCILERS: tuple[Reconciler, ...] = (
    Reconciler(
        "attackers_counted",
        ("toll",),
        "One toll counts the attackers who died, the other does not.",
        reconcile_tolls.attackers_counted,
    ),
    Reconciler(
        "injured_counted",
        ("toll",),
        "One toll is the killed and the injured of another together.",
        reconcile_tolls.injured_counted,
    ),
    Reconciler(
        "several_attacks",
        ("toll",),
        "A figure is also given as the total of several attacks.",
        reconcile_tolls.several_attacks,
    ),
    Reconciler(
        "wider_area",
        ("toll",),
        "One toll is told of a wider area than another.",
        reconcile_tolls.wider_area,
    ),
    Reconciler(
        "toll_grew",
        ("toll",),
        "Later reports give higher tolls: it grew as people were found or died.",
        reconcile_tolls.toll_grew,
    ),
    Reconciler(
        "toll_corrected",
        ("toll",),
        "The last report gives a lower toll than one before it: it was corrected.",
        reconcile_tolls.toll_corrected,
    ),
    Reconciler(
        "day_of_report",
        ("date",),
        "One date is the very day of the reports that give it.",
        reconcile_times.day_of_report,
    ),
    Reconciler(
        "dates_in_a_row",
        _DATES,
        "The dates follow each other: a night attack, another clock, or the turn of a month.",
        reconcile_times.dates_in_a_row,
    ),
    Reconciler(
        "one_part_differs",
        _DATES,
        "The dates differ in the year, the month or the day alone, which may be a slip.",
        reconcile_times.one_part_differs,
    ),
    Reconciler(
        "another_act",
        ("relation_date", "affiliation"),
        "The claims put the tie in different words: to join, to pledge and to be a member may be of different days.",
        reconcile_claims.another_act,
    ),
    Reconciler(
        "near_by",
        ("place",),
        "The places lie near each other.",
        reconcile_claims.near_by,
    ),
    Reconciler(
        "other_parts",
        ("attribution",),
        "The accounts give the groups different parts in the attack.",
        reconcile_claims.other_parts,
    ),
    Reconciler(
        "tied_groups",
        ("attribution", "affiliation"),
        "Claims tie the groups to each other: they may have acted together, or one for the other.",
        reconcile_claims.tied_groups,
    ),
    Reconciler(
        "later_account",
        ("attribution",),
        "A later report names somebody else.",
        reconcile_times.later_account,
    ),
    Reconciler(
        "branch_named",
        ("presence", "existence"),
        "One side speaks of a group, the other of a branch of it.",
        reconcile_claims.branch_named,
    ),
    Reconciler(
        "other_degree",
        ("presence", "existence"),
        "What is denied is a certain kind of presence, of which the other side does not speak.",
        reconcile_claims.other_degree,
    ),
    Reconciler(
        "change_in_time",
        _STATES,
        "The sides speak of different times: both may hold.",
        reconcile_times.change_in_time,
    ),
    Reconciler(
        "handover",
        ("leadership",),
        "The times given leave room for one holder after the other.",
        reconcile_times.handover,
    ),
    Reconciler(
        "parted",
        ("affiliation",),
        "Claims tell that the group left one of the two.",
        reconcile_claims.parted,
    ),
    Reconciler(
        "other_scope",
        ("total",),
        "The totals count other things, or count them in other words.",
        reconcile_claims.other_scope,
    ),
)


def told(dispute: Dispute, corpus: Corpus, parties: Parties) -> Contradiction:
    """The dispute as a record, with all that would reconcile its sides.

    Its id is a hash of kind, subject and the claims of the sides: of what is in dispute, not of how it is worded.
    """
    sides = tuple(Side(s.says, tuple(sorted(c.id for c in s.claims))) for s in dispute.sides)
    tried = ((r.name, r.find(dispute, corpus, parties)) for r in RECONCILERS if dispute.kind in r.kinds)
    found = tuple(Reconciliation(name, words) for name, words in tried if words)
    id_ = content_id([dispute.kind, dispute.subject, sorted(sorted(side.claims) for side in sides)])
    return Contradiction(id_, dispute.kind, dispute.subject, dispute.title, sides, dispute.note, found)
