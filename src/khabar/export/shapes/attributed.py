"""Who is held responsible for an incident. Invariant: one entry an actor, with every stance that anybody takes; a claim
of responsibility is told from what others say of a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from khabar.records import Actor, Claim, Event, EventBody, Value
from khabar.text import fold

__all__ = ["Attributed", "attributed_in", "names_of"]

_STRENGTH = ("claimed", "asserted", "blamed", "suspected", "denied")


@dataclass(frozen=True, slots=True)
class Attributed:
    """One actor who is held responsible for an incident.

    `stances` are all stances, the strongest first; `denied` is true where the actor or somebody else denies it.
    `claimed` is true where the actor itself claims it; `by` names who says so, `channels` how a claim travelled.
    """

    name: str
    id: str | None
    actor: Actor | None
    kind: str
    stances: tuple[str, ...]
    roles: tuple[str, ...]
    by: tuple[str, ...]
    channels: tuple[str, ...]
    claims: tuple[str, ...]
    origins: tuple[str, ...]
    claimed: bool
    denied: bool

    @property
    def stance(self) -> str:
        """The strongest stance."""
        return self.stances[0]

    @property
    def words(self) -> str:
        """How and by whom it is held responsible: "claimed", "blamed, suspected by the police, a minister"."""
        others = ", ".join(name for name in self.by if name != self.name)
        return f"{', '.join(self.stances)}{f' by {others}' if others else ''}"

    @property
    def organised(self) -> bool:
        """A named group, state or agency: neither a person nor words for somebody unknown."""
        return self.kind != "person" and self.actor is not None

    @property
    def state(self) -> bool:
        """A state or one of its agencies."""
        return self.kind in ("state", "agency")

    @property
    def country(self) -> str | None:
        """ISO2 code of the country it belongs to."""
        return self.actor.country if self.actor else None

    def external(self, scheme: str) -> str | None:
        """Its id in another list (`ucdp`, `un`)."""
        return dict(self.actor.external_ids).get(scheme) if self.actor else None


def attributed_in(event: Event, claims: Mapping[str, Claim], actor_of: Mapping[str, Actor]) -> tuple[Attributed, ...]:
    """Everybody held responsible for an event, those who claim it first, then by stance and number of origins.

    `actor_of` gives the actors of ids that occur. Who is only said not to have done it is left out.
    """
    groups: dict[str, list[Value]] = {}
    for value in event.values.get("attributions", ()):
        groups.setdefault(value.value["actor_id"] or fold(value.value["actor"]), []).append(value)
    found = [_attributed(values, claims, actor_of) for values in groups.values()]
    held = [a for a in found if set(a.stances) - {"denied"}]
    return tuple(sorted(held, key=lambda a: (not a.claimed, _STRENGTH.index(a.stance), -len(a.origins), a.name)))


def names_of(who: Attributed, claims: Mapping[str, Claim]) -> list[str]:
    """Every name under which an actor may stand in a text: those of its record, and the words of the claims."""
    own = [n.text for n in who.actor.names] if who.actor else []
    for key in who.claims:
        body = claims[key].body if key in claims else None
        for said in body.attributions if isinstance(body, EventBody) else ():
            if said.actor.name in (who.name, *own):
                own.append(said.actor.text)
    return list(dict.fromkeys([who.name, *own]))


def _attributed(values: Sequence[Value], claims: Mapping[str, Claim], actor_of: Mapping[str, Actor]) -> Attributed:
    first = values[0].value
    actor = actor_of.get(first["actor_id"] or "")
    own = {fold(first["actor"])} | ({fold(n.text) for n in actor.names} if actor else set())
    said = [v for v in values if v.value["stance"] != "denied"]
    stances = sorted({v.value["stance"] for v in values}, key=_STRENGTH.index)
    return Attributed(
        name=actor.names[0].text if actor else first["actor"],
        id=first["actor_id"],
        actor=actor,
        kind=actor.kind if actor else _kind(first["actor"], values, claims),
        stances=tuple(stances),
        roles=_each(v.value["role"] for v in said),
        by=_each(v.value["by"] for v in said),
        channels=_each(v.value["channel"] for v in said),
        claims=_each(c for v in said for c in v.claims),
        origins=_each(o for v in said for o in v.origins),
        claimed=any(v.value["stance"] == "claimed" and _by_itself(v, own, claims) for v in said),
        denied="denied" in stances,
    )


def _kind(name: str, values: Sequence[Value], claims: Mapping[str, Claim]) -> str:
    """The kind that a claim gives to a name which no actor of the base bears."""
    for value in values:
        for key in value.claims:
            body = claims[key].body if key in claims else None
            for who in body.attributions if isinstance(body, EventBody) else ():
                if who.actor.name == name:
                    return who.actor.kind
    return "organization"


def _by_itself(value: Value, own: set[str], claims: Mapping[str, Claim]) -> bool:
    """Whether a claim of responsibility is the actor's own: nobody else is named, or who speaks speaks for it."""
    by = value.value["by"]
    if by is None or fold(by) in own:
        return True
    speakers = (claims[key].speaker for key in value.claims if key in claims)
    return any(s is not None and s.actor is not None and fold(s.actor) in own for s in speakers)


def _each(items: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in items if item))
