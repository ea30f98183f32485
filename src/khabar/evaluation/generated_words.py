"""The words that made-up reports are made of. Invariant: they stand in `generated.yml`, which is read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Deed", "Target", "Words", "words_of_reports"]


@dataclass(frozen=True, slots=True)
class Deed:
    """A kind of deed of `generated.yml`."""

    type: str
    told: str
    wider: tuple[str, ...]
    weapon: tuple[str, str]
    injured: float
    attackers: int = 0
    hits: str = "attacked"


@dataclass(frozen=True, slots=True)
class Target:
    """Who is hit: what the people killed are called, and one of them, the class, and the words reports choose from;
    a `site` is a building, which readers of reports may take for a place.
    """

    killed: str
    one: str
    category: str
    words: tuple[str, ...]
    site: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `generated.yml`: deeds by type, what wide types are called, deeds with their weights and targets by
    who did what to whom, what sites are called after, speakers, and outlets.
    """

    deeds: Mapping[str, Deed]
    general: Mapping[str, str]
    sides: Mapping[str, tuple[tuple[str, ...], tuple[float, ...]]]
    targets: Mapping[str, tuple[Target, ...]]
    names: tuple[str, ...]
    speakers: tuple[str, ...]
    publishers: tuple[str, ...]


@lru_cache(maxsize=1)
def words_of_reports() -> Words:
    """The lists of `generated.yml`."""
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("generated.yml").read_text(encoding="utf-8"))
    return Words(
        deeds={
            name: Deed(name, **{**row, "wider": tuple(row["wider"]), "weapon": tuple(row["weapon"])})
            for name, row in data["deeds"].items()
        },
        general=data["general"],
        sides={side: (tuple(row), tuple(map(float, row.values()))) for side, row in data["sides"].items()},
        targets={
            side: tuple(Target(**{**row, "words": tuple(row["words"])}) for row in rows)
            for side, rows in data["targets"].items()
        },
        names=tuple(data["names"]),
        speakers=tuple(data["speakers"]),
        publishers=tuple(data["publishers"]),
    )
