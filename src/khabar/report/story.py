"""What a report tells beside incidents: what happened to groups, what was said, what sources disagree about.
Invariant: each entry has who says it and a passage; nothing is weighed or summed up in words of our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from khabar.codebook.model import Codebook
from khabar.export.words import claim_words, interval_words
from khabar.records import Claim, Event, Interval, Relation, Statement
from khabar.report.asked import Asked
from khabar.report.gather import Hide, Sources, speaker_words
from khabar.report.model import Clash, Tie, Utterance
from khabar.store.base import View
from khabar.store.questions import ClaimFilter, ContradictionFilter, DocumentFilter

__all__ = ["clashes", "statements", "ties"]

_GROUP_EVENTS = ("pledge", "split", "merger", "succession", "founding", "designation")
"""What a relation type means or is drawn as where it is something that happened to a group."""

_MOST = 40  # entries of a list; a report is no data dump, and says how many there are
_NOTABLE = (
    "denial_of_presence", "accusation", "warning", "forecast", "estimate", "assessment", "assertion_of_presence",
    "recommendation",
)  # fmt: skip


def ties(base: View, book: Codebook, asked: Asked, doubt: float, sources: Sources, hide: Hide) -> tuple[Tie, ...]:
    """Formations, pledges, splits, mergers, changes of leader and designations dated in the period, by date."""
    types = tuple(r.id for r in book.relations.values() if r.means in _GROUP_EVENTS or r.drawn in _GROUP_EVENTS)
    where = ClaimFilter(
        kinds=("relation",),
        types=types,
        modality="actual",
        coded=doubt,
        since=str(asked.period.first),
        until=str(asked.period.last),
    )
    told: dict[str, list[Claim]] = {}
    for claim in base.claims(where):
        if isinstance(claim.body, Relation) and asked.period.holds(claim.when.earliest, claim.when.latest):
            told.setdefault(_tie_words(claim.body, claim.stance, book), []).append(claim)
    found = [
        Tie(interval_words(claims[0].when.earliest, claims[0].when.latest), hide(words), sources.of_claims(claims[:3]))
        for words, claims in told.items()
    ]
    return tuple(sorted(found, key=lambda t: (t.when, t.words))[:_MOST])


def _tie_words(tie: Relation, stance: str, book: Codebook) -> str:
    """As in "Jamaat-ul-Ahrar, split from Tehrik-i-Taliban Pakistan"; with the stance where it is not asserted."""
    label = book.relations[tie.type].label.lower() if tie.type in book.relations else tie.type.replace("_", " ")
    words = f"{tie.subject.name}, {label} {tie.object.name}"
    return words if stance == "asserted" else f"{words} ({stance})"


def statements(base: View, asked: Asked, doubt: float, sources: Sources, hide: Hide) -> tuple[Utterance, ...]:
    """What named speakers said in reports that appeared in the period: denials and accusations first."""
    appeared = DocumentFilter(since=str(asked.period.first), until=str(asked.period.last))
    reports = {d.id for d in base.document_list(appeared) if asked.period.holds(*_days(d.published))}
    found = [
        (_NOTABLE.index(claim.body.kind), speaker_words(claim.speaker), claim.id, claim)
        for claim in base.claims(ClaimFilter(kinds=("statement",), coded=doubt))
        if isinstance(claim.body, Statement)
        and claim.speaker is not None
        and claim.body.kind in _NOTABLE
        and claim.passages[0].document in reports
    ]
    found = sorted((entry for entry in found if entry[1]), key=lambda entry: entry[:3])
    heard = (claim for *_order, claim in found[:_MOST])
    return tuple(
        Utterance(hide(claim_words(claim)), passage.by, passage)
        for claim in heard
        for passage in sources.of_claims([claim])
    )


def _days(interval: Interval) -> tuple[str | None, str | None]:
    return interval.earliest, interval.latest


def clashes(base: View, events: Sequence[Event], sources: Sources, hide: Hide) -> tuple[Clash, ...]:
    """What sources disagree about in these incidents, the deadliest first."""
    subjects = {event.id for event in events}
    wanted = (c for c in base.contradictions(ContradictionFilter(order="killed")) if c.subject in subjects)
    found = []
    for contradiction in islice(wanted, _MOST):
        keys = tuple(key for side in contradiction.sides for key in side.claims)
        claims = {claim.id: claim for claim in base.claims(ClaimFilter(ids=keys))}
        sides = tuple(
            (hide(side.says), sources.of_claims([claims[k] for k in side.claims if k in claims][:2]))
            for side in contradiction.sides
        )
        found.append(Clash(hide(contradiction.title), sides, tuple(hide(r.words) for r in contradiction.reconcilers)))
    return tuple(found)
