"""From a message as Khabar read it to templates. Invariant: fillers are words of the message; what is claimed of one
incident makes one template.

1. How likely the message has an incident of each type, by its words and its claims (`Model.types`).
2. A type has one template, or, where a second incident of it is likely, one for each of the scenes that its claims tell
   apart by day or place (`muc4_messages.scenes`).
3. How likely each phrase fills each slot of that type (`Model.slots`), if there is such an incident; of phrases that
   say the same only the likeliest is taken. With two scenes, a filler goes to the one told nearest to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.evaluation.muc4_candidates import Candidate, candidates
from khabar.evaluation.muc4_features import for_type, of_message
from khabar.evaluation.muc4_messages import EventClaim, Message, scenes
from khabar.evaluation.muc4_model import Model
from khabar.evaluation.templates import SLOTS, Template, normal

__all__ = ["Filled", "Rated", "Thresholds", "fill", "rate", "thresholds"]

_MOST = 6  # fillers of one slot; a message that names more has a list of victims, of which the last are often wrong
_SCENES = 2
_BY_NAME = ("Victim", "PerpOrg")


@dataclass(frozen=True, slots=True)
class Rated:
    """What a message may hold: each type's probability, that of a second incident, its scenes, and the candidates of
    each slot, likeliest first.
    """

    kind: str
    probability: float
    second: float
    scenes: Sequence[Sequence[EventClaim]]
    fillers: Mapping[str, Sequence[tuple[float, Candidate]]]


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with the candidates in its slots and the claims of its incident."""

    template: Template
    fillers: Mapping[str, Sequence[Candidate]]
    claims: tuple[EventClaim, ...]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on something is taken: types and slots by name, and a second incident."""

    types: Mapping[str, float]
    second: float
    slots: Mapping[str, float]


def thresholds(model: Model) -> Thresholds:
    """Those that the model was fitted with."""
    return Thresholds(
        {name: weights.threshold for name, weights in model.types.items()},
        model.second.threshold,
        {name: weights.threshold for name, weights in model.slots.items()},
    )


def rate(message: Message, model: Model, least: float) -> list[Rated]:
    """Each type with a probability of at least `least`, with everything that could fill its slots; none where Khabar
    claims no event.
    """
    if not message.claims:
        return []
    said = of_message(message)
    likely = {kind: weights.probability(said) for kind, weights in model.types.items()}
    if max(likely.values(), default=0.0) < least:
        return []
    phrases = candidates(message, SLOTS)
    made = []
    for kind, probability in likely.items():
        if probability >= least:
            fillers: dict[str, list[tuple[float, Candidate]]] = {slot: [] for slot in SLOTS}
            for phrase in phrases:
                fits = model.slots[phrase.slot].probability(for_type(phrase.features, kind))
                fillers[phrase.slot].append((probability * fits, phrase))
            for found in fillers.values():
                found.sort(key=lambda pair: -pair[0])
            second = model.second.probability(for_type(said, kind))
            made.append(Rated(kind, probability, second, scenes(message, kind), fillers))
    return made


def fill(rated: Sequence[Rated], taken: Thresholds) -> list[Filled]:
    """The templates of a message: of each type that is likely enough, with what is likely enough to fill them."""
    return [made for one in rated if one.probability >= taken.types[one.kind] for made in _of_type(one, taken)]


def _of_type(rated: Rated, taken: Thresholds) -> list[Filled]:
    chosen = {slot: _distinct(slot, rated.fillers[slot], taken.slots[slot]) for slot in SLOTS}
    told = rated.scenes[:_SCENES]
    if len(told) < 2 or rated.second < taken.second:
        return [_filled(rated.kind, chosen, [c for scene in rated.scenes for c in scene])]
    parts: list[dict[str, list[Candidate]]] = [{slot: [] for slot in SLOTS} for _ in told]
    for slot, found in chosen.items():
        for candidate in found:
            parts[_nearest(candidate, told)][slot].append(candidate)
    return [_filled(rated.kind, part, scene) for part, scene in zip(parts, told, strict=True)]


def _filled(kind: str, chosen: Mapping[str, Sequence[Candidate]], claims: Sequence[EventClaim]) -> Filled:
    template = Template.of([kind], **{slot: [[c.text] for c in found] for slot, found in chosen.items()})
    return Filled(template, chosen, tuple(claims))


def _distinct(slot: str, rated: Sequence[tuple[float, Candidate]], least: float) -> list[Candidate]:
    """The likeliest candidates that do not say the same: no words in common but for those of another, and among
    described ones no common head.
    """
    kept: list[Candidate] = []
    words: list[set[str]] = []
    for probability, candidate in rated:
        if probability < least or len(kept) == _MOST:
            break
        own = set(normal(candidate.text).split())
        same = any(own <= other or other <= own for other in words)
        if not same and (slot in _BY_NAME or all(candidate.lemma != other.lemma for other in kept)):
            kept.append(candidate)
            words.append(own)
    return kept


def _nearest(candidate: Candidate, told: Sequence[Sequence[EventClaim]]) -> int:
    """The scene told in the sentence nearest to a mention, the first of equals."""

    def distance(scene: Sequence[EventClaim]) -> int:
        return min(abs(n - s) for event in scene for n in event.sentences for s in candidate.sentences)

    return min(range(len(told)), key=lambda k: (distance(told[k]), k))
