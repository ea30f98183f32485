"""Time and number as bounds. Invariant: what the text leaves open is None, and bounds are in order."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.records.vocabulary import DATE_PRECISIONS, ISO_DAY, need, one_of

__all__ = [
    "Count",
    "Interval",
    "Quantity",
    "When",
]


@dataclass(frozen=True, slots=True)
class Interval:
    """The first and the last possible day; None is an open bound."""

    earliest: str | None = None
    latest: str | None = None

    def __post_init__(self) -> None:
        for bound in (self.earliest, self.latest):
            need(bound is None or ISO_DAY.match(bound), f"not an ISO day: {bound!r}")
        need(
            not (self.earliest and self.latest) or self.earliest <= self.latest,
            f"interval runs backwards: {self.earliest} to {self.latest}",
        )


@dataclass(frozen=True, slots=True)
class When:
    """When something happened, as tight as the text allows, with the words that said so."""

    earliest: str | None = None
    latest: str | None = None
    precision: str = "unknown"
    text: str | None = None

    def __post_init__(self) -> None:
        Interval(self.earliest, self.latest)
        one_of(self.precision, DATE_PRECISIONS, "when.precision")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as bounds: "at least 29" is low 29, best 29, high None; "dozens" low 24, best None."""

    low: int | None
    best: int | None
    high: int | None
    text: str = ""

    def __post_init__(self) -> None:
        known = [n for n in (self.low, self.best, self.high) if n is not None]
        need(known, "a count needs at least one of low, best and high")
        need(known == sorted(known), f"count bounds out of order: {self.low}, {self.best}, {self.high}")
        need(known[0] >= 0, "a count is not negative")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated number of anything: what is counted (`unit`) and of whom (`population`)."""

    low: float | None
    best: float | None
    high: float | None
    unit: str = ""
    population: str = ""
