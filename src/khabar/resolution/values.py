"""The values of an incident's fields. Invariant: every stated value is kept with its claims; the shown one has a rule.

Rules never invent: what is shown is a stated value, the days that all stated dates allow, or a list of stated values.
Codebooks differ (ACLED shows the lowest toll, GTD the majority's); ours is named in `Derived.rule`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from khabar.exchange import count_to_json, place_to_json, when_to_json
from khabar.records import Claim, Count, Derived, EventBody, Value, When
from khabar.resolution.tolls import bounds
from khabar.resolution.where import elsewhere
from khabar.resolution.mentions import says_itself, spot
from khabar.resolution.model import DocumentFacts, TypeFacts
from khabar.text import content_id, fold

__all__ = ["COUNTS", "Sources", "derive", "doubtful_places", "state"]

COUNTS = ("killed", "injured", "arrested", "abducted", "attackers_killed")
ONLY = "only value"
MAJORITY = "majority of independent origins"
RECENT = "most recent report"
LOWEST = "lowest"
FIRST = "first stated"
SPECIFIC = "most specific"
OVERLAP = "days all dates allow"
PRECISE = "most precise places"
ALL = "all stated"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where claims come from: document and place in reading order of each claim, origin and facts of each document."""

    document: Mapping[str, str]
    order: Mapping[str, int]
    origin: Mapping[str, str]
    facts: Callable[[str], DocumentFacts]

    def origins(self, claims: Iterable[str]) -> int:
        """The number of independent origins of claims."""
        return len({self.origin.get(self.document[c], self.document[c]) for c in claims})

    def votes(self, claims: Iterable[str]) -> dict[str, str]:
        """The claim that speaks for each origin: the first one of its most recent report. Later figures in a report
        are mostly those it corrects, and an earlier report of the same source is superseded.
        """
        chosen: dict[str, tuple[str, str]] = {}
        wanted = set(claims)
        for claim in (c for c in self.document if c in wanted):
            document = self.document[claim]
            origin = self.origin.get(document, document)
            day = self.published([claim])
            if origin not in chosen or day > chosen[origin][0]:
                chosen[origin] = (day, claim)
        return {origin: claim for origin, (_, claim) in chosen.items()}

    def published(self, claims: Iterable[str]) -> str:
        """The latest day on which one of the claims was published, or '' where no document has a date."""
        days = [self.facts(self.document[c]).published for c in claims]
        return max((d.latest or d.earliest or "" for d in days), default="")


def state(claims: Sequence[Claim], actor_of: Mapping[tuple[str, str], str]) -> dict[str, tuple[Value, ...]]:
    """Every stated value of every field of an event with the claims that state it, in the order of `claims`.

    Fields nobody states are left out. Places, targets and attributions have one value each; counts that differ in
    their words alone are one value. `actor_of` gives actor ids by claim id and role.
    """
    found: defaultdict[str, dict[str, tuple[Any, list[str]]]] = defaultdict(dict)

    def note(field: str, value: Any, claim: str, key: Any = None) -> None:
        entry = found[field].setdefault(content_id(value if key is None else key), (value, []))
        if claim not in entry[1]:
            entry[1].append(claim)

    for claim in claims:
        body = claim.body
        if not isinstance(body, EventBody):
            continue
        note("type", body.type, claim.id)
        note("modality", claim.modality, claim.id)
        if (when := when_to_json(claim.when)) is not None and (claim.when.earliest or claim.when.latest):
            note("when", when, claim.id, [claim.when.earliest, claim.when.latest])
        for place in body.places:
            note("places", place_to_json(place), claim.id, _place_key(place.id, place.name, place.country))
        for target in body.targets:
            note(
                "targets",
                {"text": target.text, "class": target.category},
                claim.id,
                [fold(target.text), target.category],
            )
        if body.weapon is not None:
            weapon = {"text": body.weapon.text, "class": body.weapon.category}
            note("weapon", weapon, claim.id, [body.weapon.category or fold(body.weapon.text)])
        for field in COUNTS:
            count: Count | None = getattr(body, field)
            if count is not None:
                note(field, count_to_json(count), claim.id, [count.low, count.best, count.high])
        for i, a in enumerate(body.attributions):
            value = {
                "actor": a.actor.name,
                "actor_id": actor_of.get((claim.id, f"attribution:{i}")),
                "stance": a.stance,
                "role": a.role,
                "by": a.by or (claim.speaker.name if claim.speaker else None),
                "channel": a.channel,
            }
            key = {**value, "actor": value["actor_id"] or fold(a.actor.name)}
            note("attributions", value, claim.id, key)
    return {f: tuple(Value(v, tuple(c)) for v, c in entries.values()) for f, entries in found.items()}


def _place_key(id_: int | None, name: str, country: str | None) -> tuple[int | str, str | None]:
    return id_ or fold(name), country


def doubtful_places(claims: Sequence[Claim]) -> frozenset[tuple[int | str, str | None]]:
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


def derive(
    values: Mapping[str, tuple[Value, ...]],
    types: TypeFacts,
    sources: Sources,
    doubtful: frozenset[tuple[int | str, str | None]] = frozenset(),
) -> dict[str, Derived]:
    """The value to show for each stated field, with the rule that chose it; `doubtful` are keys of places not to show.

    Every value stays among the stated ones.
    """
    shown: dict[str, Derived] = {}
    for field, stated in values.items():
        if field in COUNTS:
            shown[field] = _count(stated, sources)
        elif field == "type":
            shown[field] = _type(stated, types, sources)
        elif field == "when":
            shown[field] = _when(stated, sources)
        elif field == "places":
            sure = [v for v in stated if _key_of(v.value) not in doubtful]
            shown[field] = _places(sure or stated, sources)
        elif field in ("targets", "attributions"):
            shown[field] = Derived([v.value for v in stated], ALL)
        else:
            shown[field] = _one(stated, sources)
    return shown


def _one(stated: Sequence[Value], sources: Sources, tie: Callable[[Any], Any] | None = None) -> Derived:
    """The majority of independent origins, else the most recent report, else the lowest.

    Each origin has one vote (see `Sources.votes`); values nobody votes for are not shown, only kept. `tie` orders
    values for "lowest"; without it, the order of the text decides.
    """
    if len(stated) == 1:
        return Derived(stated[0].value, ONLY)
    speakers = set(sources.votes(c for v in stated for c in v.claims).values())
    votes = [len(speakers.intersection(v.claims)) for v in stated]
    best = [v for v, n in zip(stated, votes, strict=True) if n == max(votes)]
    if len(best) == 1:
        return Derived(best[0].value, MAJORITY if len(speakers) > 1 else FIRST)
    days = [sources.published(speakers.intersection(v.claims)) for v in best]
    recent = [v for v, d in zip(best, days, strict=True) if d == max(days)]
    if len(recent) == 1:
        return Derived(recent[0].value, RECENT)
    chosen = min(recent, key=lambda v: tie(v.value)) if tie else recent[0]
    return Derived(chosen.value, LOWEST if tie else FIRST)


def _count(stated: Sequence[Value], sources: Sources) -> Derived:
    """Numbers before words: "dozens" is shown only where nobody gives a number.

    A headline's "more than 170" gives way to the 173 of its own report.
    """
    numbers = [v for v in stated if v.value["best"] is not None]
    sharp = [v for v in numbers if not any(_sharpens(other, v, sources) for other in numbers)]
    if len(sharp) == 1 < len(numbers):
        return Derived(sharp[0].value, SPECIFIC)
    return _one(sharp or numbers or stated, sources, lambda v: bounds(Count(v["low"], v["best"], v["high"])))


def _sharpens(one: Value, other: Value, sources: Sources) -> bool:
    """Whether a number is a little above the lower bound that the same report gives elsewhere."""
    low, best = other.value["low"], one.value["best"]
    if low is None or other.value["high"] is not None or not low < best <= low * _SHARPER:
        return False
    return bool({sources.document[c] for c in one.claims} & {sources.document[c] for c in other.claims})


def _type(stated: Sequence[Value], types: TypeFacts, sources: Sources) -> Derived:
    """The most specific type of the family that most origins name; a general type only where there is no other."""
    telling = [v for v in stated if v.value not in types.general] or list(stated)
    if len(telling) == 1:
        return Derived(telling[0].value, ONLY if len(stated) == 1 else SPECIFIC)
    families: defaultdict[str, list[Value]] = defaultdict(list)
    for value in telling:
        families[types.lineage(value.value)[-1]].append(value)
    weight = {f: sources.origins(c for v in vs for c in v.claims) for f, vs in families.items()}
    family = families[min(families, key=lambda f: (-weight[f], f))]
    lines = {v.value: types.lineage(v.value) for v in family}
    lowest = [v for v in family if all(other in lines[v.value] for other in lines)]
    if lowest:
        return Derived(lowest[0].value, SPECIFIC if len(stated) > 1 else ONLY)
    return _one(family, sources, lambda v: (-len(lines[v]), v))


def _when(stated: Sequence[Value], sources: Sources) -> Derived:
    """The days that all stated intervals allow; where there are none, the interval `_one` chooses."""
    if len(stated) == 1:
        return Derived(stated[0].value, ONLY)
    starts = [v.value["earliest"] for v in stated if v.value["earliest"]]
    ends = [v.value["latest"] for v in stated if v.value["latest"]]
    earliest, latest = max(starts, default=None), min(ends, default=None)
    if earliest is not None and latest is not None and earliest > latest:
        return _one(stated, sources, lambda v: v["earliest"] or v["latest"])
    for value in stated:
        if (value.value["earliest"], value.value["latest"]) == (earliest, latest):
            return Derived(value.value, OVERLAP)
    return Derived(when_to_json(When(earliest, latest, "range", None)), OVERLAP)


def _key_of(place: Mapping[str, Any]) -> tuple[int | str, str | None]:
    return _place_key(place["geonames_id"], place["name"], place["country"])


_SHARPER = 1.1  # times a lower bound up to which a number of the same report tells the same toll more sharply
_LEVELS = ("country", "region", "adm1", "adm2", "near", "exact")


def _places(stated: Sequence[Value], sources: Sources) -> Derived:
    """The most precise of the stated places, those of most origins first; the rest are its surroundings.

    Only places of the country that most origins name count; those without a country only where no other is stated.
    """
    told: defaultdict[str, set[str]] = defaultdict(set)
    for value in stated:
        if value.value["country"]:
            told[value.value["country"]].update(value.claims)
    weight = {country: (sources.origins(claims), len(claims)) for country, claims in told.items()}
    agreed = {country for country, n in weight.items() if n == max(weight.values())}
    inside = [v for v in stated if v.value["country"] in agreed] or list(stated)
    top = max(_LEVELS.index(v.value["precision"]) for v in inside)
    finest = [v for v in inside if _LEVELS.index(v.value["precision"]) == top]
    finest.sort(key=lambda v: -sources.origins(v.claims))
    return Derived([v.value for v in finest], ONLY if len(stated) == 1 else PRECISE)
