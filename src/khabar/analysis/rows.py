"""Ties, lanes, networks as rows and JSON objects. Invariant: a tie stands with the claims that say and deny it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from khabar.analysis.genealogy import Drawn, Genealogy, Lane
from khabar.analysis.network import Edge, Network
from khabar.analysis.ties import Tie
from khabar.records import Actor, Claim, Interval

__all__ = [
    "EDGE_COLUMNS",
    "TIE_COLUMNS",
    "drawn_json",
    "edge_row",
    "genealogy_json",
    "network_json",
    "tie_json",
    "tie_row",
]

TIE_COLUMNS = (
    "id", "type", "subject", "subject_name", "object", "object_name", "standing", "began_earliest", "began_latest",
    "ended", "ended_earliest", "ended_latest", "contested", "doubts", "said", "denied", "claims", "quotes",
)  # fmt: skip
EDGE_COLUMNS = ("type", "subject", "subject_name", "object", "object_name", "claims", "denied", "first", "last")


def tie_row(tie: Tie, actors: Mapping[str, Actor]) -> dict[str, Any]:
    """A tie with the columns of `TIE_COLUMNS`; claims and quotes are parted by " | "."""
    return {
        "id": tie.id,
        "type": tie.type,
        "subject": tie.subject,
        "subject_name": _name(tie.subject, actors),
        "object": tie.object,
        "object_name": _name(tie.object, actors),
        "standing": tie.standing,
        "began_earliest": tie.began.earliest,
        "began_latest": tie.began.latest,
        "ended": "yes" if tie.ended is not None else "no claim says so",
        "ended_earliest": tie.ended.earliest if tie.ended is not None else None,
        "ended_latest": tie.ended.latest if tie.ended is not None else None,
        "contested": "yes" if tie.doubts else "no",
        "doubts": "; ".join(tie.doubts),
        "said": len(tie.said),
        "denied": len(tie.denied),
        "claims": " | ".join(c.id for c in tie.claims),
        "quotes": " | ".join(" ".join(c.passages[0].quote.split()) for c in tie.claims),
    }


def tie_json(tie: Tie, actors: Mapping[str, Actor]) -> dict[str, Any]:
    """A tie as a JSON object: dates as intervals, `ended` null where no claim says that it ended."""
    return {
        "id": tie.id,
        "type": tie.type,
        "subject": {"id": tie.subject, "name": _name(tie.subject, actors)},
        "object": {"id": tie.object, "name": _name(tie.object, actors)},
        "standing": tie.standing,
        "began": _interval(tie.began),
        "ended": _interval(tie.ended) if tie.ended is not None else None,
        "last_said_for": tie.last,
        "contested": bool(tie.doubts),
        "doubts": list(tie.doubts),
        "said": _claims(tie.said),
        "denied": _claims(tie.denied),
        "unrealised": _claims(tie.unrealised),
        "ended_by": [claim.id for claim in tie.ended_by],
    }


def drawn_json(drawn: Drawn, actors: Mapping[str, Actor]) -> dict[str, Any]:
    """A drawn tie: the tie, how it is drawn, and the person it was said of in place of the group."""
    through = drawn.through
    person = {"id": through, "name": _name(through, actors)} if through is not None else None
    return {**tie_json(drawn.tie, actors), "drawn": drawn.stroke.name, "to": drawn.object, "through": person}


def genealogy_json(made: Genealogy, actors: Mapping[str, Actor], day: str | None = None) -> dict[str, Any]:
    """Lanes from top to bottom and ties by date; with a `day` also whether each is there on it (yes, perhaps, no)."""
    lanes = [_lane(lane) | ({"on_day": lane.held_at(day)} if day else {}) for lane in made.lanes]
    ties = [drawn_json(d, actors) | ({"on_day": d.held_at(day)} if day else {}) for d in made.drawn]
    return {"day": day, "lanes": lanes, "ties": ties}


def edge_row(edge: Edge) -> dict[str, Any]:
    """A tie of a network with the columns of `EDGE_COLUMNS`."""
    said = edge.said
    return {
        "type": said.type,
        "subject": said.subject,
        "subject_name": edge.one.actor.names[0].text,
        "object": said.object,
        "object_name": edge.other.actor.names[0].text,
        "claims": said.claims,
        "denied": said.denied,
        "first": said.first,
        "last": said.last,
    }


def network_json(made: Network) -> dict[str, Any]:
    """Groups with their incidents and places on the sheet, and the ties between them."""
    groups = [
        {"id": n.actor.id, "name": n.actor.names[0].text, "incidents": n.incidents, "ties": n.ties, "x": n.x, "y": n.y}
        for n in made.nodes
    ]
    return {"width": made.width, "height": made.height, "groups": groups, "ties": [edge_row(e) for e in made.edges]}


def _lane(lane: Lane) -> dict[str, Any]:
    return {
        "id": lane.actor.id,
        "name": lane.name,
        "begins": _interval(lane.begins) if lane.begins is not None else None,
        "ends": _interval(lane.ends) if lane.ends is not None else None,
        "first": lane.first,
        "last": lane.last,
    }


def _claims(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    return [
        {
            "id": claim.id,
            "speaker": claim.speaker.name if claim.speaker else None,
            "stance": claim.stance,
            "modality": claim.modality,
            "when": {"earliest": claim.when.earliest, "latest": claim.when.latest, "text": claim.when.text},
            "document": claim.passages[0].document,
            "start": claim.passages[0].start,
            "end": claim.passages[0].end,
            "quote": claim.passages[0].quote,
        }
        for claim in claims
    ]


def _interval(when: Interval) -> dict[str, str | None]:
    return {"earliest": when.earliest, "latest": when.latest}


def _name(key: str, actors: Mapping[str, Actor]) -> str:
    actor = actors.get(key)
    return actor.names[0].text if actor is not None else key
