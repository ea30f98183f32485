"""Decisions and reasons as rows, JSON and words. Invariant: every score is shown with what was compared, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from khabar.records import Actor, Claim, Decision, Event, Judgement
from khabar.store.base import View
from khabar.store.questions import ClaimFilter, EventFilter

__all__ = [
    "DECISION_COLUMNS",
    "Compared",
    "Entry",
    "compared_json",
    "compared_of",
    "decision_json",
    "decision_row",
    "named_judgements",
    "sides_words",
    "state_words",
]

DECISION_COLUMNS = ("number", "at", "by", "act", "about", "sides", "note", "undoes", "state")


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision and what became of it: it `holds`, is `undone`, `overruled` by later ones (`by`, their numbers),
    `partly overruled`, or there is `nothing left` of what it was about.
    """

    decision: Decision
    state: str
    by: tuple[int, ...] = ()


_PLAIN = ("number", "at", "by", "act", "about", "note", "undoes")


def decision_row(entry: Entry) -> dict[str, Any]:
    """A decision with the columns of `DECISION_COLUMNS`."""
    row: dict[str, Any] = {name: getattr(entry.decision, name) for name in _PLAIN}
    return row | {"sides": sides_words(entry.decision), "state": state_words(entry)}


def decision_json(entry: Entry) -> dict[str, Any]:
    """A decision as a JSON object: `state`, and the numbers of the decisions that made it so (`state_by`)."""
    sides = [[_party(p.key, p.document, p.start, p.end) for p in side] for side in entry.decision.sides]
    plain = {name: getattr(entry.decision, name) for name in _PLAIN}
    return {**plain, "sides": sides, "state": entry.state, "state_by": list(entry.by)}


def _party(key: str, document: str | None, start: int, end: int) -> dict[str, Any]:
    if document is None:
        return {"actor": key}
    return {"claim": key, "document": document, "start": start, "end": end}


_SHOWN = 3  # members of a side named in a row


def sides_words(decision: Decision) -> str:
    """The sides in one line: "8c1d09aa, 77ab01ff | 5e0f1c2d"."""
    sides = []
    for side in decision.sides:
        named = [party.key if party.document is None else party.key[:8] for party in side[:_SHOWN]]
        sides.append(", ".join(named) + (f" and {len(side) - _SHOWN} more" if len(side) > _SHOWN else ""))
    return " | ".join(sides)


def state_words(entry: Entry) -> str:
    """What became of a decision: "undone by 7"."""
    return f"{entry.state} by {', '.join(map(str, entry.by))}" if entry.by else entry.state


# ------------------------------------------------------------------ why


@dataclass(frozen=True, slots=True)
class Compared:
    """Two claims, the judgement on them, and the incident of each."""

    judgement: Judgement
    claims: tuple[Claim, Claim]
    events: tuple[str | None, str | None]

    @property
    def within(self) -> bool:
        """Whether both stand in one incident."""
        return self.events[0] is not None and self.events[0] == self.events[1]


def compared_of(base: View, event: Event) -> list[Compared]:
    """The judgements about an incident's claims: those within it first, then by how sure they are."""
    found = list(base.judgements(event.claims))
    members = set(event.claims)
    outside = {key for j in found for key in (j.left, j.right)} - members
    claims = {c.id: c for c in base.claims(ClaimFilter(event=event.id))}
    if outside:
        claims |= {c.id: c for c in base.claims(ClaimFilter(ids=tuple(sorted(outside))))}
    event_of = {key: e.id for key in outside for e in base.events(EventFilter(claim=key))}
    event_of |= dict.fromkeys(members, event.id)
    pairs = [
        Compared(j, (claims[j.left], claims[j.right]), (event_of.get(j.left), event_of.get(j.right)))
        for j in found
        if j.left in claims and j.right in claims
    ]
    rank = {"same": 0, "unsure": 1, "different": 2}
    return sorted(pairs, key=lambda p: (not p.within, p.judgement.by.startswith("rule:"), rank[p.judgement.verdict]))


def named_judgements(base: View, actor: Actor) -> list[Judgement]:
    """The judgements about the names of an actor, and about its id."""
    return list(base.judgements([actor.id, *(name.text for name in actor.names)]))


def compared_json(compared: Compared, documents: dict[str, str]) -> dict[str, Any]:
    """A comparison as a JSON object; `documents` gives the file name of a document by id."""
    judgement = compared.judgement
    sides = [
        {"claim": c.id, "event": e, "file": documents[c.passages[0].document], "quote": c.passages[0].quote}
        for c, e in zip(compared.claims, compared.events, strict=True)
    ]
    return {
        "verdict": judgement.verdict,
        "score": judgement.score,
        "by": judgement.by,
        "when": judgement.when or None,
        "within": compared.within,
        "sides": sides,
        "reasons": [{"feature": r.feature, "score": r.score, "words": r.words} for r in judgement.reasons],
    }
