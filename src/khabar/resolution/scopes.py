"""What a total counts, and whether an incident falls into it. Invariant: what is open neither excludes nor proves.

A total has a scope: what is counted, whose doing, where, when, and who says so. An incident surely falls into it, or
perhaps, with the reasons why only perhaps: its place or date is open or wider, or somebody else is named too. A part
of the scope that the total leaves open excludes nothing, but without a period nothing is sure. What was foiled or
tried is not counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from khabar.exchange import place_from_json
from khabar.records import Claim, Count, Event, EventBody, Place, Target, When
from khabar.resolution.mentions import Spot, spot
from khabar.resolution.model import Corpus, TypeFacts
from khabar.resolution.parties import Parties, plain_name
from khabar.resolution.spans import apart, within
from khabar.resolution.wording import listed, period

__all__ = ["COUNTED", "Incident", "Scope", "falls_into", "incident_of", "is_total", "scope_of"]

COUNTED = ("killed", "injured", "arrested", "abducted")
"""The fields of a total that are set against the base."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a total counts: incidents of `type` by the families `actors` in `areas` over `when`, as `origin` says.

    Empty actors, areas or classes of `targets` exclude nothing; `unplaced` are sites no gazetteer knows ("mosques").
    `when` ends at the latest with the report; `dated` is False where the total names no period. `what` says the scope
    in words, without period and origin.
    """

    type: str
    actors: frozenset[str]
    areas: tuple[Spot, ...]
    targets: frozenset[str]
    when: When
    dated: bool
    origin: str
    what: str
    unplaced: str = ""

    @property
    def words(self) -> str:
        """The scope in words, without the origin."""
        return f"{self.what}, {period(self.when)}" if self.dated else self.what

    @property
    def series(self) -> tuple[object, ...]:
        """Equal for totals of one origin that count the same in the same area, whatever the period."""
        return plain_name(self.origin), self.type, self.actors, tuple(sorted(a.key for a in self.areas))


def is_total(claim: Claim) -> bool:
    """Whether a claim gives a total with a number of incidents or of people."""
    body = claim.body
    if not isinstance(body, EventBody) or body.aggregate is None or claim.modality != "actual":
        return False
    return body.aggregate > 0 or any(getattr(body, field) is not None for field in COUNTED)


def scope_of(corpus: Corpus, claim: Claim, parties: Parties) -> Scope:
    """The scope of a total; TypeError for a claim that is none."""
    body = claim.body
    if not isinstance(body, EventBody):
        raise TypeError(f"claim {claim.id} is not an event claim")
    named = [
        parties.actor_of[claim.id, f"attribution:{i}"]
        for i, a in enumerate(body.attributions)
        if a.stance != "denied" and a.role != "funder" and (claim.id, f"attribution:{i}") in parties.actor_of
    ]
    houses = frozenset(map(parties.house, named))
    areas, unplaced = _areas(body.places)
    parts = ["incidents" if body.type in corpus.types.general else body.type.replace("_", " ")]
    parts += [f"by {listed(sorted(map(parties.name, houses)))}"] if houses else []
    targets = _targets(body)
    parts += [f"on {listed(sorted(t.text for t in targets))}"] if targets else []
    parts += [f"in {listed(name for _, name in areas)}"] if areas else []
    parts += [f"at {unplaced}"] if unplaced and unplaced not in {t.text for t in targets} else []
    dated = bool(claim.when.earliest or (claim.when.latest and claim.when.text))
    spots = tuple(area for area, _ in areas)
    when = _until_told(corpus, claim)
    classes = frozenset(t.category for t in targets if t.category)
    origin = _origin(corpus, claim, parties)
    return Scope(body.type, houses, spots, classes, when, dated, origin, " ".join(parts), unplaced)


def _targets(body: EventBody) -> list[Target]:
    """What the incidents of a total hit; not the people it counts ("killing dozens of people")."""
    counted = [count.text for field in COUNTED if (count := getattr(body, field)) is not None and count.text]
    return [t for t in body.targets if not any(t.text in words or words in t.text for words in counted)]


def _areas(places: Iterable[Place]) -> tuple[list[tuple[Spot, str]], str]:
    """The places of a total without those around them; and, in words, sites that lie nobody knows where."""
    every = [(spot(p), p.name) for p in places]
    known = [(s, name) for s, name in every if not s.site]
    sites = listed(name for s, name in every if s.site)
    return [(s, name) for s, name in known if not any(o.level > s.level and within(o, s) for o, _ in known)], sites


def _until_told(corpus: Corpus, claim: Claim) -> When:
    """The period of a total, which ends at the latest with the report that gives it."""
    said, published = claim.when, corpus.document(claim.passages[0].document).published.latest
    ends = [d for d in (said.latest, published) if d]
    return replace(said, latest=max(min(ends), said.earliest or "")) if ends else said


def _origin(corpus: Corpus, claim: Claim, parties: Parties) -> str:
    """Who gives a total: its speaker, else the publisher, title or file of its report."""
    voice = parties.voice(claim)
    if voice is not None or claim.speaker is not None:
        return voice[1] if voice is not None else claim.speaker.name if claim.speaker else ""
    facts = corpus.document(claim.passages[0].document)
    return facts.publisher or facts.title or facts.file.rpartition("/")[2]


# ------------------------------------------------------------------ incidents


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as scopes see it: families responsible (`houses`), in doubt or only denied; places, time, tolls.

    `twins` are incidents that may be the same one.
    """

    id: str
    type: str
    houses: frozenset[str]
    doubted: frozenset[str]
    denied: frozenset[str]
    spots: tuple[Spot, ...]
    targets: frozenset[str]
    when: When
    twins: frozenset[str]
    tolls: Mapping[str, Count]


def incident_of(event: Event, parties: Parties) -> Incident | None:
    """The incident of an event; None where nothing took place (foiled, attempted)."""
    shown = {name: derived.value for name, derived in event.derived.items()}
    if shown.get("modality", "actual") != "actual":
        return None
    held: defaultdict[str, set[str]] = defaultdict(set)
    for value in event.values.get("attributions", ()):
        a = value.value
        if a.get("actor_id") and a["role"] != "funder":
            held[parties.house(a["actor_id"])].add(a["stance"])
    sure = frozenset(h for h, stances in held.items() if stances & {"asserted", "claimed"} and "denied" not in stances)
    told = shown.get("when") or {}
    return Incident(
        event.id,
        shown["type"],
        sure,
        frozenset(h for h, stances in held.items() if h not in sure and stances != {"denied"}),
        frozenset(h for h, stances in held.items() if stances == {"denied"}),
        tuple(spot(place_from_json(p)) for p in shown.get("places") or ()),
        frozenset(t["class"] for t in shown.get("targets") or () if t.get("class")),
        When(told.get("earliest"), told.get("latest")),
        frozenset(event.unsure_with),
        {f: Count(**{b: shown[f][b] for b in ("low", "best", "high")}) for f in COUNTED if shown.get(f)},
    )


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Why an incident only perhaps falls into a scope; `silent` where nothing at all is known of that part."""

    words: str
    silent: bool = True


_OUTSIDE = _Doubt("outside")


def falls_into(scope: Scope, incident: Incident, types: TypeFacts) -> tuple[str, ...] | None:
    """Why an incident only perhaps falls into a scope, empty where it surely does; None where it does not.

    An incident of which two parts are silent (undated and without a place, say) may be anything, and is left out.
    """
    if apart(scope.when, incident.when):
        return None
    found = (
        _by_time(scope, incident),
        _by_area(scope, incident),
        _by_type(scope.type, incident.type, types),
        _by_actor(scope, incident),
        _by_target(scope, incident),
    )
    doubts = [doubt for doubt in found if doubt is not None]
    if _OUTSIDE in doubts or sum(doubt.silent for doubt in doubts) > 1:
        return None
    return tuple(doubt.words for doubt in doubts)


def _by_time(scope: Scope, incident: Incident) -> _Doubt | None:
    if not scope.dated:
        return _Doubt("the total names no period")
    if scope.when.latest is None:
        return _Doubt("the total and its report leave open when it ends")
    when = incident.when
    starts = scope.when.earliest is None or (when.earliest is not None and when.earliest >= scope.when.earliest)
    if starts and when.latest is not None and when.latest <= scope.when.latest:
        return None
    if when.earliest is None and when.latest is None:
        return _Doubt("it is undated")
    return _Doubt(f"its date ({period(when)}) is wider than the period", when.earliest is None or when.latest is None)


def _by_area(scope: Scope, incident: Incident) -> _Doubt | None:
    if not scope.areas:
        return None
    if not incident.spots:
        return _Doubt("its place is not stated")
    lies = {_lies_in_one(inner, scope.areas) for inner in incident.spots}
    if lies == {False}:
        return _OUTSIDE
    if True not in lies:
        return _Doubt("it cannot be told whether its place lies in the area")
    return _Doubt("some reports place it elsewhere", silent=False) if False in lies else None


def _by_target(scope: Scope, incident: Incident) -> _Doubt | None:
    if scope.unplaced and not scope.targets:
        return _Doubt(f"the total is of {scope.unplaced} alone")
    if not scope.targets or scope.targets & incident.targets:
        return None
    return _OUTSIDE if incident.targets else _Doubt("its target is not stated")


def _lies_in_one(inner: Spot, areas: Iterable[Spot]) -> bool | None:
    found = {within(inner, outer) for outer in areas}
    return True if True in found else None if None in found else False


def _by_type(counted: str, type_: str, types: TypeFacts) -> _Doubt | None:
    lineage = types.lineage(type_)
    if counted in lineage:
        return None
    if counted in types.general:
        attack = any(t in types.violent for t in lineage) and not any(t in types.state_actions for t in lineage)
        return None if attack else _OUTSIDE
    if type_ in types.lineage(counted) or type_ in types.general:
        return _Doubt(f"it may not be a case of {counted.replace('_', ' ')}", silent=False)
    return _OUTSIDE


def _by_actor(scope: Scope, incident: Incident) -> _Doubt | None:
    if not scope.actors:
        return None
    if not incident.houses and not incident.doubted:
        denied = ", and a part in it is denied" if scope.actors & incident.denied else ""
        return _Doubt(f"nobody is said to have done it{denied}")
    if scope.actors & incident.houses:
        others = incident.doubted - scope.actors
        return _Doubt("others are blamed or suspected too", silent=False) if others else None
    if scope.actors & incident.doubted:
        return _Doubt("who did it is contested or only suspected", silent=False)
    return _OUTSIDE
