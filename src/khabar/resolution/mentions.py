"""One event claim as the comparisons see it. Invariant: a `Mention` is computed once a claim, and holds no free text.

Days are proleptic ordinals (`date.toordinal`). Words are folded and cut to a stem, so that "cadets" meets "cadet".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from khabar.errors import RecordError
from khabar.records import Claim, Count, EventBody, Place
from khabar.resolution import names
from khabar.resolution.model import TypeFacts
from khabar.resolution.reported_words import is_kind_of_site, kinds_of_people, stem, telling_words
from khabar.text import fold

__all__ = [
    "ATTACK",
    "COUNTRY",
    "DISTRICT",
    "FIGHTING",
    "POINT",
    "PROVINCE",
    "STATE_ACTION",
    "STATE_MEASURE",
    "Mention",
    "Spot",
    "day",
    "makes_incident",
    "mention",
    "says_itself",
    "spot",
]

COUNTRY, PROVINCE, DISTRICT, POINT = 0, 1, 2, 3
ATTACK, STATE_ACTION, STATE_MEASURE, FIGHTING = "attack", "state action", "state measure", "fighting"
_LEVEL = {"country": COUNTRY, "region": PROVINCE, "adm1": PROVINCE, "adm2": DISTRICT, "near": POINT, "exact": POINT}


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that are part of an administrative unit's title, not of its name.
_UNIT = _listed(
    "area city county department district division governorate municipality of oblast prefecture province region state "
    "tehsil the town village"
)
_SMALL = _listed(
    "a an and another at by for from her his in its of on or other others some that the their to which who with"
)
# Words that say only that people were hit: two incidents that share nothing else do not share a target.
_ANYBODY = _listed(
    "area army attack bystander cadet child children citizen city civilian community devotee fighter force "
    "government group guard gunman local man member men militant military mourner officer official passenger "
    "people person personnel place police policeman policemen religious resident security site soldier student "
    "terrorist troop victim woman women worker worshipper"
)
# Claims that somebody carried out or tried something; what is planned, foretold or denied stays a claim.
_OCCURRED = ("actual", "attempted", "foiled")


_SOME = 2  # the lowest number of "people", "several"

# Where parts of a country lie from its middle, in degrees.
_WINDS = ("east", "northeast", "north", "northwest", "west", "southwest", "south", "southeast")
_BEARINGS = {wind + ending: 45 * eighth for eighth, wind in enumerate(_WINDS) for ending in ("", "ern")}
_BEARINGS |= {"ne": 45, "nw": 135, "sw": 225, "se": 315}

# A distance after which a place is no longer where it happened, but the town that readers know.
_DISTANT = re.compile(r"\b\d{2,4} ?-?(?:km|kms|kilomet\w+|miles?)\b")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as compared: a key that is equal for equal places, its level, and the units around it (folded).

    A `site` is a building or gathering no gazetteer knows; it is compared as the unit that its coordinates stand for.
    A `part` of a town is one that the gazetteer knows (a bridge, a mall). A part of a country ("the north of Mali") has
    a `bearing` in degrees, counted from the east against the clock, and the `middle` of the country.
    """

    key: str
    level: int
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    name: str
    site: bool = False
    part: bool = False
    bearing: int | None = None
    middle: tuple[float, float] | None = None

    def __hash__(self) -> int:
        """Of the key alone: places are looked up by the million, and those of one key are seldom two."""
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class Mention:
    """An event claim in numbers and sets; see the module for units.

    `start`, `end` and `closed` (it ends in a full stop) are of the first passage, which tells the incident; later
    ones only support values. `told` is the day its report was published, None where that is not known to the day:
    what the report tells lies before it, and mostly in the days before. `own_date` and `own_place` are false where
    the first passage leaves them out, also if readers took them over from what stands before. `spots` are the places
    of the claim without those around them, `landmark` the words that name its sites and towns, `site` those of them
    that are names of sites alone ("shah", "noorani", not "shrine"). `lineage` is the type and its ancestors; `doing`
    whether it is an attack, a state's action by force or without, fighting of two sides, or something else.
    `incomplete` is true of foiled and attempted acts. `people` are the kinds of those killed or hurt, `words` the
    telling words of the passage. `actors` are the families (outermost parents) of those held responsible, `victims`
    named persons killed.
    """

    claim: str
    document: str
    start: int
    end: int
    speaker: str | None
    closed: bool
    first: int | None
    last: int | None
    told: int | None
    own_date: bool
    own_place: bool
    spots: tuple[Spot, ...]
    landmark: frozenset[str]
    site: frozenset[str]
    type: str
    lineage: tuple[str, ...]
    doing: str
    general: bool
    incomplete: bool
    killed: Count | None
    injured: Count | None
    taken: Count | None
    attackers: Count | None
    target_words: frozenset[str]
    target_classes: frozenset[str]
    people: frozenset[str]
    words: frozenset[str]
    weapon: frozenset[str]
    actors: frozenset[str]
    victims: frozenset[str]

    @property
    def dated(self) -> bool:
        """True where both ends of the date are known."""
        return self.first is not None and self.last is not None

    @property
    def latest(self) -> int | None:
        """The last day on which it can have happened: as stated, else the day of its report."""
        return self.last if self.last is not None else self.told

    @property
    def recent(self) -> bool:
        """True where only the day of the report bounds the date: news without a date of its own."""
        return self.told is not None and self.first is None and self.last in (None, self.told)

    @property
    def named_targets(self) -> frozenset[str]:
        """Target words that tell one target from another."""
        return self.target_words - _ANYBODY

    @property
    def country(self) -> str | None:
        """The country of the first place that has one."""
        return next((s.country for s in self.spots if s.country), None)


def makes_incident(claim: Claim) -> bool:
    """Whether a claim speaks of one incident that took place, was tried, or was foiled.

    Totals, plans, forecasts, hypotheses and negations stay claims. A denied incident is none, unless what is denied
    is only the part of an actor in it.
    """
    body = claim.body
    if not isinstance(body, EventBody) or body.aggregate is not None or claim.modality not in _OCCURRED:
        return False
    return claim.stance != "denied" or any(a.stance == "denied" for a in body.attributions)


def mention(
    claim: Claim,
    types: TypeFacts,
    actors: Mapping[str, frozenset[str]],
    victims: Mapping[str, frozenset[str]] | None = None,
    told: int | None = None,
) -> Mention:
    """The comparable form of an event claim.

    By claim id, `actors` gives the families held responsible and `victims` the named persons killed. `told` is the
    ordinal of the day on which the claim's report was published.
    """
    body = claim.body
    if not isinstance(body, EventBody):
        raise TypeError(f"claim {claim.id} is not an event claim")
    spots = _innermost(spot(p) for p in _places(body))
    first, last = _days(claim, told)
    lineage = types.lineage(body.type)
    sites = [p.name for p in body.places if p.id is None]
    place_words = {w for p in body.places if p.id is not None for w in (*_folded(p.name), *_folded(p.text))}
    return Mention(
        claim=claim.id,
        document=claim.passages[0].document,
        start=claim.passages[0].start,
        end=claim.passages[0].end,
        speaker=claim.speaker.name if claim.speaker else None,
        closed=claim.passages[0].quote.rstrip(" \"'”’)").endswith((".", "!", "?")),
        first=first,
        last=last,
        told=told,
        own_date=claim.when.earliest is not None and says_itself(claim, claim.when.text),
        own_place=any(says_itself(claim, p.text) for p in body.places if p.country),
        spots=spots,
        landmark=frozenset(w for p in body.places if p.precision in ("exact", "near") for w in _proper(p.name)),
        site=_site(body),
        type=body.type,
        lineage=lineage,
        doing=_doing(lineage, types),
        general=body.type in types.general,
        incomplete=claim.modality != "actual",
        killed=_said(body.killed),
        injured=_said(body.injured),
        taken=body.arrested or body.abducted,
        attackers=body.attackers_killed,
        target_words=frozenset(
            w for words in [*(t.text for t in body.targets), *sites] for w in _words(words, place_words)
        ),
        target_classes=frozenset(t.category for t in body.targets if t.category),
        people=_people(body),
        words=_telling(claim, body),
        weapon=_weapon(body),
        actors=actors.get(claim.id, frozenset()),
        victims=(victims or {}).get(claim.id, frozenset()),
    )


def _days(claim: Claim, told: int | None) -> tuple[int | None, int | None]:
    """The first and last day of a claim; none where it is dated after its report, for then the date is misread."""
    first, last = day(claim.when.earliest), day(claim.when.latest)
    return (None, None) if first is not None and told is not None and first > told + 1 else (first, last)


def _places(body: EventBody) -> list[Place]:
    """The places of a claim, without those it only measures from ("250 km from Karachi") where others are named."""
    there = [p for p in body.places if not _DISTANT.search(p.text)]
    return there or list(body.places)


def says_itself(claim: Claim, words: str | None) -> bool:
    """Whether words stand in the first passage; words nobody kept are taken to stand there."""
    return not words or words in claim.passages[0].quote


def day(iso: str | None) -> int | None:
    """The ordinal of an ISO day; None stays None. RecordError for a day that is not in the calendar."""
    try:
        return date.fromisoformat(iso).toordinal() if iso else None
    except ValueError as problem:
        raise RecordError(f"a claim is dated {iso}, which is not in the calendar.", "Correct its date.") from problem


@lru_cache(maxsize=65536)
def spot(place: Place) -> Spot:
    """A place with a comparable key: the gazetteer's id; a site's coordinates; else the folded name and country."""
    level = _LEVEL[place.precision]
    name = _unit(place.name)
    site = place.id is None and level == POINT
    key = f"#{place.id}" if place.id is not None else f"{name}|{place.country or ''}"
    part = place.kind == "country" and level != COUNTRY
    if part:
        # A part of a country ("the north of Mali") comes with the id, name and coordinates of the whole.
        name = " ".join(w for w in _unit(place.text).split() if w not in name.split()) or name
        key = f"{key} {name}"
    if site and place.latitude is not None and place.longitude is not None:
        # The coordinates of a site are those of the town, province or country it is said to be in.
        level = POINT if place.admin2 else PROVINCE if place.admin1 else COUNTRY
        key = f"@{place.latitude:.2f},{place.longitude:.2f}"
    return Spot(
        key=key,
        level=level,
        country=place.country,
        admin1=_unit(place.admin1) if place.admin1 else (name if place.precision == "adm1" else None),
        admin2=_unit(place.admin2) if place.admin2 else (name if place.precision == "adm2" else None),
        latitude=None if part else place.latitude,
        longitude=None if part else place.longitude,
        name=name,
        site=site,
        part=place.id is not None and place.kind == "site",
        bearing=_bearing(place.text) if part else None,
        middle=(place.latitude, place.longitude) if part and place.latitude is not None and place.longitude else None,
    )


def _bearing(text: str) -> int | None:
    """Where a part of a country lies by its name: 135 for "north-western Mali"; None where that does not say."""
    words = fold(text).split()
    joined = (_BEARINGS.get("".join(words[i : i + 2]), _BEARINGS.get(word)) for i, word in enumerate(words))
    return next((degrees for degrees in joined if degrees is not None), None)


def _innermost(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """The places without those that lie around another of them, most precise first.

    A town and a province it does not lie in both stay: one of them is wrong (a dateline, a hospital), and which one is
    not known. Of sites, only those stay that lie anywhere, and where no gazetteer place of their level is named.
    """
    every = sorted({s.key: s for s in spots if not s.site or s.country}.values(), key=lambda s: (-s.level, s.key))
    listed = {s.level for s in every if not s.site}
    every = [s for s in every if not (s.site and s.level in listed)]
    return tuple(s for s in every if not any(_around(s, other) for other in every))


def _around(outer: Spot, inner: Spot) -> bool:
    if outer.level >= inner.level or (outer.country and inner.country and outer.country != inner.country):
        return False
    if outer.level == COUNTRY:
        return True
    provinces, districts = (outer.admin1, inner.admin1), (outer.admin2, inner.admin2)
    if None not in provinces and provinces[0] != provinces[1]:
        return False
    return outer.level == PROVINCE or None in districts or districts[0] == districts[1]


def _site(body: EventBody) -> frozenset[str]:
    """The words that name a site and no town: of places that are sites, and of targets called so ("Noor mosque")."""
    towns = {w for p in body.places if p.id is not None and p.kind != "site" for w in _proper(p.name)}
    sites = [p.name for p in body.places if p.id is None or p.kind == "site"]
    sites += [t.text for t in body.targets if any(map(is_kind_of_site, fold(t.text).split()))]
    named = [frozenset(_proper(name)) for name in sites]
    return frozenset(w for words in named for w in words if len(words) > 1 or not words <= towns)


@lru_cache(maxsize=65536)
def _proper(name: str) -> tuple[str, ...]:
    """The consonants of the words that name a place itself, not its kind: written with a capital, in any spelling."""
    words = [w for w in name.split() if w[:1].isupper() and not is_kind_of_site(fold(w)) and fold(w) not in _UNIT]
    return tuple(k for w in words for k in names.key(w) if len(k) > 1)


@lru_cache(maxsize=65536)
def _unit(name: str) -> str:
    words = [w for w in fold(name).split() if w not in _UNIT]
    return " ".join(words) or fold(name)


def _words(text: str, leave_out: set[str]) -> list[str]:
    words = [w for w in _folded(text) if w not in _SMALL and w not in leave_out and not w.isdigit() and len(w) > 2]
    return [stem(w) for w in words]


@lru_cache(maxsize=65536)
def _folded(text: str) -> tuple[str, ...]:
    """The folded words of a name or a few words, which come again and again."""
    return tuple(fold(text).split())


def _people(body: EventBody) -> frozenset[str]:
    """What kinds of people those killed or hurt are called."""
    texts = [count.text for count in (body.killed, body.injured) if count is not None]
    return kinds_of_people(w for text in texts for w in _words(text, set()))


def _telling(claim: Claim, body: EventBody) -> frozenset[str]:
    """The telling words of the first passage, without the names of places and of those who did it or say so; what a
    site is ("mosque") stays, for it tells the incident from others of the day.
    """
    listed = [p for p in body.places if p.id is not None]
    named = [p.text for p in listed] + [p.name for p in listed]
    named += [a.actor.text for a in body.attributions] + ([claim.speaker.name] if claim.speaker else [])
    return telling_words(claim.passages[0].quote, (w for text in named for w in _folded(text)))


def _said(count: Count | None) -> Count | None:
    """A count that says how many; "people were killed" says only that some were."""
    nothing = count is not None and count.best is None and count.high is None and (count.low or 0) <= _SOME
    return None if nothing else count


def _weapon(body: EventBody) -> frozenset[str]:
    if body.weapon is None:
        return frozenset()
    return frozenset([body.weapon.category]) if body.weapon.category else frozenset(_words(body.weapon.text, set()))


def _doing(lineage: tuple[str, ...], types: TypeFacts) -> str:
    violent = any(t in types.violent for t in lineage)
    if any(t in types.state_actions for t in lineage):
        return STATE_ACTION if violent else STATE_MEASURE
    if any(t in types.mutual for t in lineage):
        return FIGHTING
    return ATTACK if violent else "other"
