"""What speaks for a place as the meaning of a name. Invariant: a feature is a number that a reader can check in text
and gazetteer; a candidate's score is the sum of its features, each times its weight in `data/places/weights.csv`.

Features of a name alone (`own_features`) are counted once, those of the document (`document_features`) anew as the
other names of the document are settled.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from math import asin, cos, exp, log10, radians, sin, sqrt

from khabar.errors import ReadingError
from khabar.reading.gazetteer import Candidate
from khabar.reading.place_forms import FoundName

__all__ = [
    "DOCUMENT",
    "OURS",
    "OWN",
    "Container",
    "Evidence",
    "Shares",
    "container_of",
    "containers_of",
    "distance_km",
    "document_features",
    "nearness",
    "own_features",
    "weights",
]

# The names of the features, in the order of their numbers. A town is the kind that the other kinds are weighed against.
OWN = (
    "size", "country", "region", "feature", "site", "valley", "area", "adm1", "adm2", "capital", "alias", "alias_rival",
    "unit_first", "unit_other", "unit_clash", "outgrown", "out_of_time", "fame",
    "listed",
)  # fmt: skip
DOCUMENT = (
    "held", "country_share", "country_named", "unit_share", "near", "very_near", "seen_held", "unheard_of", "foreign",
)  # fmt: skip
_QUARTER_KM = 25.0  # from the middle of a great town to its quarters
_DISTRICT_KM = 50.0  # from the middle of a district to places in it
_GREAT = 200_000  # inhabitants of a town that has quarters with names of their own
OURS = 900_000_000  # from here on the ids of places that only our supplement has, since the press writes of them
_KINDS = {kind: OWN.index(kind) for kind in ("country", "region", "feature", "site", "valley", "area", "adm1", "adm2")}


@dataclass(slots=True)
class Evidence:
    """What the document says about where it plays: weights of countries and of first-order units, each also by the name
    that gave it, since no name may bear itself out; sure places; and what a name meant where its container stood by.
    """

    countries: Counter[str] = field(default_factory=Counter)
    units: Counter[int] = field(default_factory=Counter)
    by_name: dict[str, Counter[str | int]] = field(default_factory=dict)
    places: dict[int, tuple[str, Candidate]] = field(default_factory=dict)
    held: dict[str, Counter[int]] = field(default_factory=dict)
    total: float = 0.0

    def add(self, key: str, country: str | None, weight: float) -> None:
        """Count a mention of a country, given by the name `key` ('' for a people or what is known from elsewhere)."""
        if country:
            self.countries[country] += weight  # type: ignore[assignment]
            self.total += weight
            self.by_name.setdefault(key, Counter())[country] += weight  # type: ignore[assignment]

    def add_unit(self, key: str, unit: int) -> None:
        """Count a mention of a first-order unit or of a place in it."""
        self.units[unit] += 1
        self.by_name.setdefault(key, Counter())[unit] += 1

    def share(self, country: str | None, key: str = "") -> float:
        """The share of the country mentions that `country` has, 0 to 1, those by the name `key` left out."""
        if not country or country not in self.countries:
            return 0.0
        own = self.by_name.get(key) if key else None
        if not own:
            return self.countries[country] / self.total if self.total else 0.0
        rest = self.total - sum(weight for what, weight in own.items() if isinstance(what, str))
        return max(0.0, self.countries[country] - own[country]) / rest if rest > 0.01 else 0.0

    def unit_share(self, unit: int | None, key: str) -> float:
        """How often the first-order unit or places in it are named by others than `key`: 0 never, 1 often."""
        if unit is None or unit not in self.units:
            return 0.0
        own = self.by_name.get(key)
        count = self.units[unit] - (own[unit] if own else 0)
        return count / (count + 1.0) if count > 0 else 0.0


def distance_km(a: Candidate, b: Candidate) -> float | None:
    """Great-circle distance of two places in kilometres; None where one has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    phi, psi = radians(a.latitude), radians(b.latitude)
    half = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))


def own_features(name: FoundName, c: Candidate, home: Candidate | None, day: str, *, rival: bool) -> list[float]:
    """The features of `c` as the meaning of `name`, in the order of OWN.

    `home` is the town of that name in the unit `c`, if `c` is one; `day` the day of publication; `rival` says that the
    name is another candidate's usual one.
    """
    found = [0.0] * len(OWN)
    found[0] = log10(c.population + 10)
    if c.kind in _KINDS:
        found[_KINDS[c.kind]] = 1.0
    found[9] = float(c.capital)
    found[10] = float(c.alias)
    found[11] = float(c.alias and rival)
    if name.kinds:
        found[12] = float(c.kind == name.kinds[0])
        found[13] = 1.0 / name.kinds.index(c.kind) if c.kind in name.kinds[1:] else 0.0
        found[14] = float(c.kind not in name.kinds)
    if name.kinds[:1] in ((), ("city",)) and c.kind == "adm1" and home is not None:
        # a town and the province named after it: the town is meant unless it is a small part of its province
        found[15] = float(home.population >= 100_000 or home.population * 4 >= c.population)
    gone = c.valid_to is not None and day[:10] > c.valid_to
    not_yet = c.valid_from is not None and day[:10] < c.valid_from[: len(day)]
    found[16] = float(gone or not_yet)
    found[17] = log10(c.fame + 1)
    found[18] = float(c.id >= OURS and c.kind in ("city", "area"))
    return found


@dataclass(frozen=True, slots=True)
class Container:
    """What one name can contain: the units, countries, great towns and districts it may mean."""

    units: frozenset[int]
    nations: frozenset[str | None]
    towns: tuple[Candidate, ...]
    districts: tuple[Candidate, ...]

    def holds(self, c: Candidate) -> bool:
        """Whether `c` lies in one of them; a quarter lies in the town it is near."""
        if c.id in self.units or c.kind == "country":
            return False
        if c.admin1 in self.units or c.admin2 in self.units or c.country in self.nations:
            return True
        if c.kind in ("adm1", "adm2"):
            return False
        return any(_within(c, town) for town in self.towns) or any(_about(c, unit) for unit in self.districts)


def container_of(name: FoundName) -> Container:
    """What the places that `name` may mean contain."""
    held = name.candidates
    return Container(
        frozenset(c.id for c in held if c.kind in ("adm1", "adm2")),
        frozenset(c.country for c in held if c.kind == "country"),
        tuple(c for c in held if c.kind == "city" and c.population >= _GREAT),
        tuple(c for c in held if c.kind == "adm2"),
    )


def containers_of(outer: Sequence[FoundName]) -> tuple[Container, ...]:
    """What the given names contain. A country says nothing beside a unit: "Kel, Neelam district, Pakistan"."""
    held = [container_of(name) for name in outer]
    return tuple(one for one in held if one.units or one.towns) or tuple(held)


def _within(c: Candidate, town: Candidate) -> bool:
    if c.country != town.country or c.population >= town.population:
        return False
    km = distance_km(c, town)
    return km is not None and km < _QUARTER_KM


def _about(c: Candidate, district: Candidate) -> bool:
    """Whether a place whose district the gazetteer does not know is about the middle of this one."""
    if c.admin2 is not None or c.country != district.country:
        return False
    km = distance_km(c, district)
    return km is not None and km < _DISTRICT_KM


@dataclass(frozen=True, slots=True)
class Shares:
    """The share of the document's country mentions that a candidate's country has, and the greatest that the country of
    any candidate of the name has.
    """

    own: float
    most: float


def document_features(
    name: FoundName, c: Candidate, evidence: Evidence, inside: Sequence[Container], shares: Shares
) -> list[float]:
    """The features that the rest of the document gives `c`, in the order of DOCUMENT; nearness is left at 0."""
    seen = evidence.held.get(name.key)
    little = c.population < 15_000 and c.kind in ("city", "adm2", "area")
    strange = shares.own < 0.05
    return [
        float(any(outer.holds(c) for outer in inside)),
        shares.own,
        float(shares.own > 0.0),
        evidence.unit_share(c.id if c.kind == "adm1" else c.admin1, name.key),
        0.0,
        0.0,
        seen[c.id] / seen.total() if seen and not name.inside and not name.unit else 0.0,
        float(little and strange and not name.inside),
        shares.most if strange and c.country else 0.0,
    ]


def nearness(c: Candidate, key: str, evidence: Evidence) -> tuple[float, float]:
    """How near the nearest sure place of another name is, as two numbers from 0 (far) to 1: by 150 and by 30 km."""
    least = 1e9
    for number, (other_key, other) in evidence.places.items():
        if number == c.id or number in (c.admin1, c.admin2) or other_key == key:
            continue
        km = distance_km(c, other)
        if km is not None and km < least:
            least = km
    return exp(-least / 150.0), exp(-least / 30.0)


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The weight of each feature; ReadingError where the table lacks one."""
    try:
        text = (files("khabar.reading") / "data" / "places" / "weights.csv").read_text(encoding="utf-8")
        table = {row["feature"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}
        return {name: table[name] for name in (*OWN, *DOCUMENT)}
    except (OSError, KeyError, ValueError) as problem:
        raise ReadingError(f"the weights of the place finder cannot be read ({problem}).", "Install khabar again.") \
            from problem  # fmt: skip
