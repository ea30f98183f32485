"""The list of what stands around reports, `cues.yml`, compiled. Invariant: read once, when first needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from khabar.errors import DocumentError

__all__ = ["Cues", "GenreCues", "cues"]


@dataclass(frozen=True, slots=True)
class GenreCues:
    """What shows one kind of report: `heading` fits a whole line, `anywhere` a part of one, `publisher` a part of the
    publisher's name; None fits nothing.
    """

    genre: str
    heading: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    publisher: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Cues:
    """The lists of `cues.yml`, each as one expression; what each is for stands in the file."""

    lines: re.Pattern[str]
    tails: re.Pattern[str]
    references: re.Pattern[str]
    authors: re.Pattern[str]
    bylines: re.Pattern[str]
    genres: tuple[GenreCues, ...]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The compiled lists; DocumentError names the file where it cannot be read (a broken installation)."""
    import yaml

    name = "cues.yml"
    try:
        data = yaml.safe_load(files("khabar.documents").joinpath(name).read_text("utf-8"))
        return Cues(
            lines=_one_of(data["lines"], whole=True),
            tails=_one_of(data["tails"], whole=True),
            references=_one_of(data["references"], whole=True),
            authors=_one_of(data["authors"], whole=False),
            bylines=_one_of(data["bylines"], whole=False),
            genres=tuple(_genre(genre, parts) for genre, parts in data["genres"].items()),
        )
    except (OSError, yaml.YAMLError, re.error, KeyError, TypeError) as problem:
        raise DocumentError(
            f"{name}: the list of boilerplate is damaged ({problem}).", "Install khabar again."
        ) from problem


def _genre(genre: str, parts: dict[str, Any]) -> GenreCues:
    return GenreCues(
        genre,
        heading=_one_of(parts["heading"], whole=True) if "heading" in parts else None,
        anywhere=_one_of(parts["anywhere"], whole=False) if "anywhere" in parts else None,
        publisher=_one_of(parts["publisher"], whole=False) if "publisher" in parts else None,
    )


def _one_of(patterns: list[str], *, whole: bool) -> re.Pattern[str]:
    # one blank in a pattern stands for one blank of any kind: lines are matched with their white space made plain
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?:{joined})\s*\Z" if whole else rf"(?:{joined})", re.IGNORECASE)
