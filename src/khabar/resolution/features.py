"""The model of two reports of one incident, to be read aloud. Invariant: comparisons are symmetric, and silent where
one side leaves a thing open.

What a level is worth stands in `incident_weights.yml`; the rules above the sum in `rules`.
"""

from __future__ import annotations

from khabar.resolution.acts import ACTORS, PEOPLE, TARGETS, TYPES, VICTIMS, WEAPONS, WORDS
from khabar.resolution.levels import Codes, Feature, Pairs
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


def find(pairs: Pairs) -> dict[str, Codes]:
    """The level of every feature for every pair."""
    found: dict[str, Codes] = {}
    for feature in FEATURES:
        found[feature.name] = feature.find(pairs, found)
    return found
