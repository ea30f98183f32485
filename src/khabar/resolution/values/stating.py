"""What claims state of an incident. Invariant: every value is kept with its claims, none is changed or chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from khabar.exchange import count_to_json, place_to_json, when_to_json
from khabar.records import Claim, Count, EventBody, Value
from khabar.resolution.mentions import says_itself, spot
from khabar.resolution.nearness import elsewhere
from khabar.text import fold

__all__ = ["COUNTS", "PlaceKey", "doubtful_places", "key_of_place", "state"]

COUNTS = ("killed", "injured", "arrested", "abducted", "attackers_killed")

PlaceKey = tuple[int | str, str | None]
"""A place as it is told from others: its gazetteer id, else its folded name; and its country."""


def state(claims: Sequence[Claim], actor_of: Mapping[tuple[str, str], str]) -> dict[str, tuple[Value, ...]]:
    """Every stated value of every field of an event with the claims that state it, in the order of `claims`.

    Fields nobody states are left out. Places, targets and attributions have one value each; counts that differ in
    their words alone are one value. `actor_of` gives actor ids by claim id and role.
    """
    found: defaultdict[str, dict[Hashable, tuple[Any, dict[str, None]]]] = defaultdict(dict)

    def note(field: str, value: Any, claim: str, key: Hashable) -> None:
        found[field].setdefault(key, (value, {}))[1][claim] = None

    for claim in claims:
        body = claim.body
        if not isinstance(body, EventBody):
            continue
        note("type", body.type, claim.id, body.type)
        note("modality", claim.modality, claim.id, claim.modality)
        if (when := when_to_json(claim.when)) is not None and (claim.when.earliest or claim.when.latest):
            note("when", when, claim.id, (claim.when.earliest, claim.when.latest))
        for place in body.places:
            note("places", place_to_json(place), claim.id, _place_key(place.id, place.name, place.country))
        for target in body.targets:
            value = {"text": target.text, "class": target.category}
            note("targets", value, claim.id, (fold(target.text), target.category))
        if body.weapon is not None:
            weapon = {"text": body.weapon.text, "class": body.weapon.category}
            note("weapon", weapon, claim.id, body.weapon.category or fold(body.weapon.text))
        for field in COUNTS:
            count: Count | None = getattr(body, field)
            if count is not None:
                note(field, count_to_json(count), claim.id, (count.low, count.best, count.high))
        for who in _attributions(claim, body, actor_of):
            note("attributions", who, claim.id, (who["actor_id"] or fold(who["actor"]), *list(who.values())[1:]))
    return {f: tuple(Value(v, tuple(c)) for v, c in entries.values()) for f, entries in found.items()}


def _attributions(claim: Claim, body: EventBody, actor_of: Mapping[tuple[str, str], str]) -> list[dict[str, Any]]:
    return [
        {
            "actor": a.actor.name,
            "actor_id": actor_of.get((claim.id, f"attribution:{i}")),
            "stance": a.stance,
            "role": a.role,
            "by": a.by or (claim.speaker.name if claim.speaker else None),
            "channel": a.channel,
        }
        for i, a in enumerate(body.attributions)
    ]


def key_of_place(place: Mapping[str, Any]) -> PlaceKey:
    """The key of a place in the shape of the claim format."""
    return _place_key(place["geonames_id"], place["name"], place["country"])


def _place_key(id_: int | None, name: str, country: str | None) -> PlaceKey:
    return id_ or fold(name), country


def doubtful_places(claims: Sequence[Claim]) -> frozenset[PlaceKey]:
    """Keys of places that no claim names with the incident, and that lie apart from one that another claim names.

    Readers take a place over from elsewhere in a report where a sentence has none, and that may be the wrong one.
    """
    stated = [(c, p) for c in claims if isinstance(c.body, EventBody) for p in c.body.places]
    named = [(c.id, p) for c, p in stated if says_itself(c, p.text)]
    sure = {_place_key(p.id, p.name, p.country) for _, p in named}
    return frozenset(
        key
        for claim, place in stated
        if (key := _place_key(place.id, place.name, place.country)) not in sure
        and any(other != claim.id and elsewhere(spot(place), spot(p)) for other, p in named)
    )
