"""The model of two reports of one incident, to be read aloud. Invariant: comparisons are symmetric, and silent where
one side leaves a thing open.

What a level is worth stands in `incident_weights.yml`; the rules above the sum in `rules`.
"""

from __future__ import annotations

from collections.abc import Iterable

from khabar.resolution.acts import ACTORS, PEOPLE, TARGETS, TYPES, VICTIMS, WEAPONS, WORDS
from khabar.resolution.levels import Codes, Feature, Found, Pairs
from khabar.resolution.retelling import SECOND_MENTION
from khabar.resolution.tolls import ARRESTED, ATTACKERS, INJURED, KILLED, SCALE
from khabar.resolution.when import DATES
from khabar.resolution.where import PLACES

__all__ = ["FEATURES", "find"]

FEATURES: tuple[Feature, ...] = (
    DATES,
    PLACES,
    TYPES,
    KILLED,
    SCALE,
    INJURED,
    ARRESTED,
    ATTACKERS,
    PEOPLE,
    TARGETS,
    WORDS,
    WEAPONS,
    ACTORS,
    VICTIMS,
    SECOND_MENTION,
)
"""In the order in which they are compared; later ones may look at what earlier ones found."""


def find(pairs: Pairs, seen: Found | None = None, features: Iterable[Feature] = FEATURES) -> dict[str, Codes]:
    """The level of every feature for every pair; `seen` are those that were found before, and are not looked for again.

    The `features` come in the order of `FEATURES`, and each has what it looks at before it or in `seen`.
    """
    found = dict(seen or {})
    for feature in features:
        if feature.name not in found:
            found[feature.name] = feature.find(pairs, found)
    return found
