"""A pair field by field, with the likely reason of each difference. Invariant: a reason states facts of the two sides,
or is not given; neither side is called right.
"""

from __future__ import annotations

from khabar.comparing.model import Difference, Likely
from khabar.comparing.sides import Sides
from khabar.comparing.toll import killed
from khabar.comparing.whenwhere import date, place
from khabar.records import EventBody, ReferenceParty
from khabar.resolution.wording import listed

__all__ = ["differences"]


def differences(sides: Sides) -> tuple[Difference, ...]:
    """Every field that both sides can hold, agreeing or not."""
    return date(sides), place(sides), killed(sides), _who(sides), _kind(sides)


def _who(sides: Sides) -> Difference:
    """Who did it: the groups that claims name, against the perpetrator, or the sides of the data set."""
    mine = _named(sides)
    suspects = [party for party in sides.record.parties if party.role != "victim"]
    named = " and ".join(party.name for party in suspects) or "not told"
    if not mine:
        return Difference("who", "not told", named, None, (Likely("not_told", "Your reports name nobody."),))
    words = "; ".join(mine.values())
    theirs = {house for party in suspects if (house := _house(sides, party)) is not None}
    shared = theirs & mine.keys()
    reasons = []
    if shared and len(mine) > len(shared):
        more = listed(name for house, name in mine.items() if house not in shared)
        reasons.append(Likely("several_named", f"Your reports also name {more}."))
    if theirs and not shared:
        reasons.append(Likely("other_group", f"They name {named}, your reports {listed(mine.values())}."))
    if len(suspects) > 1:
        reasons.append(Likely("sides_only", "They name both sides, and do not say which of them attacked."))
    return Difference("who", words, named, bool(shared) if theirs else None, tuple(reasons))


def _named(sides: Sides) -> dict[str, str]:
    """Names of the groups that claims hold responsible, by the outermost group they belong to."""
    mine = sides.mine
    found: dict[str, str] = {}
    for claim in mine.members(sides.event):
        for number, a in enumerate(claim.body.attributions if isinstance(claim.body, EventBody) else ()):
            actor = mine.actor_of.get((claim.id, f"attribution:{number}"))
            if a.stance != "denied" and actor is not None:
                house = mine.family.get(actor, actor)
                found.setdefault(house, mine.names.get(house, a.actor.name))
    return found


def _house(sides: Sides, party: ReferenceParty) -> str | None:
    actor = sides.theirs.actor(party)
    return None if actor is None else sides.theirs.family.get(actor, actor)


def _kind(sides: Sides) -> Difference:
    """What kind of event: told apart by who was attacked there, by how it was done here, so nothing to agree on."""
    shown = sides.event.derived.get("type")
    mine = str(shown.value).replace("_", " ") if shown else "not told"
    return Difference("kind", mine, sides.record.kind, None)
