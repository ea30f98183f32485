"""What the page of an actor and its twin show. Invariant: every list has a limit and says how many there are in all;
what is said of leaders, ties and incidents keeps its stance and its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request

from khabar.analysis.rows import tie_json
from khabar.analysis.ties import Tie
from khabar.codebook.model import RelationType
from khabar.exchange import claim_to_json
from khabar.export.actors import names_json
from khabar.export.decisions import named_judgements
from khabar.records import ATTRIBUTION_STANCES, Actor, Claim, Contradiction, Event, Judgement
from khabar.serve.filters import PAGE_SIZE, page_number
from khabar.serve.groups import ask_of, relations_of
from khabar.serve.kept import kept
from khabar.serve.seat import base_of
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter, ContradictionFilter, EventFilter

__all__ = ["LISTS", "Leader", "Listed", "Portrait", "listed_of", "portrait_json", "portrait_of"]

LISTS = (*ATTRIBUTION_STANCES, "presence", "statements")
"""What can be asked for whole, a page at a time: incidents by stance, presence, statements."""

_CLAIMS = {"presence": "actor", "statements": "about"}  # roles that claims of one kind alone have
_SHORT = 10  # members of a list on the page
_LEADERS = 15  # people whose fate is looked for
_DISPUTES = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """The first of a list, or one page of it, and how many there are."""

    name: str
    total: int
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody said to lead, to have founded, or to speak for a group; `fate` are claims of death and succession."""

    person: str
    tie: Tie
    fate: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Portrait:
    """An actor with what is said of it. `actors` has everybody that its ties name, by id; `beyond` is how many ties
    there are that fewer claims make than those shown.
    """

    actor: Actor
    claims: int
    incidents: int
    actors: Mapping[str, Actor]
    parent: Actor | None = None
    leaders: tuple[Leader, ...] = ()
    branches: tuple[Tie, ...] = ()
    relations: tuple[Tie, ...] = ()
    beyond: int = 0
    renamed: tuple[Claim, ...] = ()
    fate: tuple[Claim, ...] = ()
    designations: tuple[Claim, ...] = ()
    lists: tuple[Listed, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    disputed: int = 0
    judgements: tuple[Judgement, ...] = ()
    kinds: Mapping[str, RelationType] = field(default_factory=dict)

    def shown(self) -> list[Claim]:
        """Every claim that the page quotes."""
        ties = (*self.branches, *self.relations, *(leader.tie for leader in self.leaders))
        claims = [claim for tie in ties for claim in tie.claims[:2]]
        claims += [claim for leader in self.leaders for claim in leader.fate]
        claims += [claim for listed in self.lists for claim in listed.claims]
        return [*claims, *self.renamed, *self.fate, *self.designations]


def portrait_of(request: Request, key: str) -> Portrait:
    """The portrait of the actor of an id or name; NotFoundError where there is none."""
    base = base_of(request)
    actor = base.actor(key)
    return kept(base, ("portrait", actor.id), lambda: _drawn_from(request, actor))


def _drawn_from(request: Request, actor: Actor) -> Portrait:
    base, ask, relations = base_of(request), ask_of(request), relations_of()
    summary = next(iter(base.actors(ActorFilter(ids=(actor.id,)))), None)
    ties, beyond = ask.ties_about(actor.id, relations)
    actors = ask.actors({key for tie in ties for key in tie.sides} | ({actor.parent} if actor.parent else set()))
    about = tuple(listed_of(request, actor, name, 1, _SHORT) for name in LISTS)
    leading = _meaning(ties, relations, "office", "founding", "voice")
    leaders = [t for t in leading if t.object == actor.id and _is_person(actors.get(t.subject))]
    branches = [t for t in ties if _drawn(t, relations) == "part" and t.object == actor.id and t not in leaders]
    branches = [t for t in branches if not _is_person(actors.get(t.subject))]
    deaths = {"death_of_subject": "subject", "death_of_object": "object", "succession": "subject"}
    fate = ask.told_of_each(tuple(dict.fromkeys(t.subject for t in leaders[:_LEADERS])), deaths, 20)
    apart = {*leaders, *branches, *_meaning(ties, relations, "designation", "death_of_subject", "death_of_object")}
    disputes = ContradictionFilter(subject=actor.id, limit=_DISPUTES)
    mine = tuple(c.id for t in ties if t.doubts for c in t.claims)[:400]
    found = {c.id: c for c in base.contradictions(disputes)}
    found |= {c.id: c for c in base.contradictions(ContradictionFilter(claims=mine, limit=_DISPUTES))} if mine else {}
    return Portrait(
        actor=actor,
        claims=summary.claims if summary is not None else 0,
        incidents=summary.events if summary is not None else 0,
        actors=actors,
        parent=actors.get(actor.parent) if actor.parent else None,
        leaders=tuple(Leader(t.subject, t, tuple(fate.get(t.subject, ()))) for t in leaders),
        branches=tuple(branches),
        relations=tuple(t for t in ties if t not in apart),
        beyond=beyond,
        renamed=tuple(c for c in ask.told_of(actor.id, {"name": "subject"}, _SHORT) if _dated(c)),
        fate=tuple(ask.told_of(actor.id, deaths)) if actor.kind == "person" else (),
        designations=tuple(ask.told_of(actor.id, {"designation": "subject"}, PAGE_SIZE)),
        lists=about,
        contradictions=tuple(found.values()),
        disputed=max(len(found), base.count(disputes)),
        judgements=tuple(named_judgements(base, actor)),
        kinds=relations,
    )


def listed_of(request: Request, actor: Actor, name: str, page: int, size: int = PAGE_SIZE) -> Listed:
    """One page of one of `LISTS`, incidents newest first."""
    base, offset = base_of(request), (page_number(page) - 1) * size
    if name in _CLAIMS:
        where = ClaimFilter(actor=actor.id, role=_CLAIMS[name], limit=size, offset=offset)
        return Listed(name, base.count(where), claims=tuple(_by_date(base, where)))
    events = EventFilter(actor=actor.id, stance=name, order="newest", limit=size, offset=offset)
    return Listed(name, base.count(events), events=tuple(base.events(events)))


def portrait_json(portrait: Portrait) -> dict[str, Any]:
    """A portrait as a JSON object; each list has its `total` and the first of its members."""
    actors = portrait.actors
    leaders = [
        {"tie": tie_json(leader.tie, actors), "fate": [claim_to_json(c) for c in leader.fate]}
        for leader in portrait.leaders
    ]
    lists = {
        listed.name: {
            "total": listed.total,
            **({"claims": [claim_to_json(c) for c in listed.claims]} if listed.name in _CLAIMS else {}),
            **({} if listed.name in _CLAIMS else {"incidents": [e.id for e in listed.events]}),
        }
        for listed in portrait.lists
    }
    return {
        **names_json(portrait.actor),
        "claims": portrait.claims,
        "incidents": portrait.incidents,
        "leaders": leaders,
        "branches": [tie_json(t, actors) for t in portrait.branches],
        "relations": [tie_json(t, actors) for t in portrait.relations],
        "ties_beyond": portrait.beyond,
        "named": [claim_to_json(c) for c in portrait.renamed],
        "fate": [claim_to_json(c) for c in portrait.fate],
        "designations": [claim_to_json(c) for c in portrait.designations],
        "attributed": {name: lists[name] for name in ATTRIBUTION_STANCES},
        "presence": lists["presence"],
        "statements": lists["statements"],
        "contradictions": [{"id": c.id, "kind": c.kind, "title": c.title} for c in portrait.contradictions],
        "not_the_same_as": [
            {"names": [j.left, j.right], "by": j.by, "when": j.when or None}
            for j in portrait.judgements
            if j.verdict == "different"
        ],
    }


def _by_date(base: View, where: ClaimFilter) -> list[Claim]:
    return sorted(base.claims(where), key=lambda c: (c.when.latest or c.when.earliest or "9999", c.id))


def _meaning(ties: Iterable[Tie], relations: Mapping[str, RelationType], *meanings: str) -> list[Tie]:
    return [t for t in ties if t.type in relations and relations[t.type].means in meanings]


def _drawn(tie: Tie, relations: Mapping[str, RelationType]) -> str | None:
    return relations[tie.type].drawn if tie.type in relations else None


def _dated(claim: Claim) -> bool:
    return bool(claim.when.earliest or claim.when.latest)


def _is_person(actor: Actor | None) -> bool:
    return actor is not None and actor.kind == "person"
