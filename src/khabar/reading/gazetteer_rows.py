"""Rows of the gazetteer while it is compiled. Invariant: every name of a place is kept under its key only."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from khabar.text import fold

__all__ = ["PlaceRow", "is_name", "name_key", "usual_name", "without_unit"]

# Words that say what kind of unit a name is; "Quetta District" is also known as "Quetta".
_UNITS = frozenset(
    ("province", "district", "agency", "region", "governorate", "state", "county", "department", "division", "oblast",
     "tribal agency", "tribal district", "frontier region", "prefecture", "municipality", "parish", "canton", "krai",
     "raion", "wilaya", "wilayat", "muhafazat", "local government area")
)  # fmt: skip
# Countries whose place names GeoNames writes in a scholarly romanization ("Nangarhār"); English usage has no accents.
_ROMANIZED = frozenset(
    ("AE", "AF", "AM", "AZ", "BD", "BH", "BT", "BY", "BG", "CN", "CY", "DZ", "EG", "ER", "ET", "GE", "GR", "ID", "IL",
     "IN", "IQ", "IR", "JO", "JP", "KG", "KH", "KP", "KR", "KW", "KZ", "LA", "LB", "LK", "LY", "MA", "MK", "MM",
     "MN", "MR", "MY", "NP", "OM", "PK", "PS", "QA", "RU", "SA", "SD", "SO", "SS", "SY", "TH", "TJ", "TM", "TN", "UA",
     "UZ", "YE")
)  # fmt: skip


@dataclass(slots=True)
class PlaceRow:
    """One place being compiled: `names` maps a folded name to 0 where it is the usual one, to 1 for any other.

    `id` is a GeoNames id, or 900000000 and above for places only our supplement has. Population counts inhabitants; for
    units it is the sum over the populated places inside, for want of a census. `fame` counts the names it has in all
    languages. `now` is the unit of today that a former unit became.
    """

    id: int
    name: str
    kind: str
    country: str | None = None
    admin1: int | None = None
    admin2: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    valid_from: str | None = None
    valid_to: str | None = None
    capital: bool = False
    source: str = "geonames"
    now: int | None = None
    fame: int = 0
    names: dict[str, int] = field(default_factory=dict)

    def call(self, names: Iterable[str], alias: int = 1) -> None:
        """Add `names`; a name that is the usual one stays so."""
        for name in names:
            key = f"={name}" if _is_acronym(name) else name_key(name)
            if key and self.names.get(key, 2) > alias:
                self.names[key] = alias


def _is_acronym(name: str) -> bool:
    """Names that must be written just so: acronyms (KPK), and abbreviations used after a comma (",Tex.")."""
    return name[0] == "," or (name.isupper() and name.isalpha() and len(name) <= 5)


def name_key(name: str) -> str:
    """The key a place name is looked up under: folded words parted by one space."""
    if name.isascii() and name.isalpha():
        return name.lower()
    return fold(name)


def without_unit(name: str) -> list[str]:
    """The name without the word for its kind: Nangarhar for Nangarhar Province, La Paz for Departamento de La Paz."""
    words = name_key(name).split()
    for count in (3, 2, 1):
        if len(words) > count and " ".join(words[-count:]) in _UNITS:
            return [" ".join(words[:-count])]
    opening = {
        "departamento",
        "provincia",
        "estado",
        "departement",
        "province",
        "region",
        "muhafazat",
        "wilayat",
        "wilaya",
    }
    if len(words) > 1 and words[0] in opening:
        rest = words[1:]
        while len(rest) > 1 and rest[0] in ("de", "del", "du", "of", "d"):
            rest = rest[1:]
        return [" ".join(rest)]
    return []


def usual_name(name: str, country: str | None) -> str:
    """The name as English writes it: without romanization marks where the country's own script is another."""
    if country == "CN":
        name = name.removesuffix(" Sheng").removesuffix(" Shi")
    if country not in _ROMANIZED or name.isascii():
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.translate({ord(c): None for c in "‘ʻʼʿʾ`"})


def _is_latin(name: str) -> bool:
    return (
        bool(name)
        and not any(c.isdigit() for c in name)
        and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻʼ–" for c in name)
    )


def is_name(name: str) -> bool:
    """Alternate names in Latin script; airport codes and transliterations in lower case are no names."""
    return _is_latin(name) and name[:1].isupper() and len(name) > 2 and not (name.isupper() and len(name) < 5)
