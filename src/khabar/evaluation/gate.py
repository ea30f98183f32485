"""The floors: what has been reached and must hold. Invariant: a floor goes down only with a reason, kept in the file.

`eval/floors.yml`, one entry a measure:

    newswire:
      fingerprint: 0f3c…            # of the data; other data, other floors
      floors: {killed exact: 0.95}  # at least; for counts of mistakes, at most
      lowered: [{figure: …, from: 0.97, to: 0.95, on: 2026-11-22, reason: …}]
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from khabar.errors import EvaluationError
from khabar.evaluation.model import Figure
from khabar.evaluation.run import Measured

__all__ = ["Breach", "Entry", "breaches", "load_floors", "reset", "write_floors"]

_HEAD = """\
# What has been reached, per measure and figure. `make check` fails below a floor.
# Raised with `khabar evaluate --raise`; lowered only with `khabar evaluate NAME --lower --reason "…"`.
"""
_STEPS = 100  # floors are kept in hundredths, so that a figure need not stand still to the last digit


@dataclass(slots=True)
class Entry:
    """The floors of one measure, the fingerprint of the data they were measured on, and what was ever lowered."""

    fingerprint: str
    floors: dict[str, float] = field(default_factory=dict)
    lowered: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Breach:
    """Why a measure does not pass: a figure below its floor or gone, or data that are not the floor's."""

    measure: str
    message: str


def load_floors(path: Path) -> dict[str, Entry]:
    """The entries by measure; EvaluationError names what is wrong with the file."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return {
            str(name): Entry(
                str(entry["fingerprint"]),
                {str(figure): float(floor) for figure, floor in entry["floors"].items()},
                list(entry.get("lowered", ())),
            )
            for name, entry in data.items()
        }
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem).splitlines()[0]
        raise EvaluationError(f"{path} cannot be read ({reason}).", "See the head of the file for its form.") from None


def breaches(measured: Sequence[Measured], entries: Mapping[str, Entry]) -> list[Breach]:
    """Everything that does not hold; measures without data or without floors have nothing to break."""
    found = []
    for one in measured:
        entry = entries.get(one.measure.name)
        if one.outcome is None or entry is None:
            continue
        if one.fingerprint != entry.fingerprint:
            found.append(Breach(one.measure.name, "its data changed; look at the figures, then `--raise`"))
        figures = {figure.name: figure for figure in one.outcome.figures}
        for name, floor in entry.floors.items():
            if name not in figures:
                found.append(Breach(one.measure.name, f"{name} is measured no more (floor {floor:g})"))
            elif not figures[name].meets(floor):
                found.append(Breach(one.measure.name, f"{name} is {figures[name].value:.4g}, its floor {floor:g}"))
    return found


def reset(measured: Sequence[Measured], entries: Mapping[str, Entry], reason: str | None = None) -> dict[str, Entry]:
    """The entries with floors at what is measured now.

    Without a `reason` floors only rise: EvaluationError where one would have to go down. With one they go down too,
    and the entry keeps from where, to where, when and why.
    """
    renewed = dict(entries)
    for one in measured:
        if one.outcome is None or one.fingerprint is None:
            continue
        old = entries.get(one.measure.name, Entry(one.fingerprint))
        lowered = list(old.lowered)
        floors = {figure.name: _floor(figure) for figure in one.outcome.figures}
        for name, before in old.floors.items():
            now = next((figure for figure in one.outcome.figures if figure.name == name), None)
            if now is not None and now.meets(before):
                floors[name] = min(before, floors[name]) if now.count else max(before, floors[name])
                continue
            if not reason:
                raise EvaluationError(
                    f"{one.measure.name}: {name} is below its floor {before:g}.",
                    'Mend it, or lower the floor with --lower --reason "why".',
                )
            after = floors.get(name)
            lowered.append(
                {
                    "figure": name,
                    "from": before,
                    "to": after,
                    "on": datetime.now(UTC).date().isoformat(),
                    "reason": reason,
                }
            )
        renewed[one.measure.name] = Entry(one.fingerprint, floors, lowered)
    return renewed


def _floor(figure: Figure) -> float:
    steps = round(figure.value, 6) * _STEPS
    return (math.ceil(steps) if figure.count else math.floor(steps)) / _STEPS


def write_floors(path: Path, entries: Mapping[str, Entry]) -> None:
    """Write the file whole, measures by name."""
    data = {
        name: {
            "fingerprint": entry.fingerprint,
            "floors": entry.floors,
            **({"lowered": entry.lowered} if entry.lowered else {}),
        }
        for name, entry in sorted(entries.items())
    }
    text = _HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)
    partial = path.with_name(f".{path.name}.new")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
