"""The project file: what an export must hold, and what profiles mean here. Invariant: a key that nobody knows is an
error with the keys there are, so that an expectation is never passed over for a slip of the pen.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from khabar.errors import ExportError, SettingsError
from khabar.export.shapes.profiles import PROFILES, Profile

__all__ = ["Expectation", "Project", "Range", "load_project"]


@dataclass(frozen=True, slots=True)
class Range:
    """At least `min`, at most `max`; None is no bound."""

    min: float | None = None
    max: float | None = None

    def fault(self, value: float, what: str) -> str | None:
        """What is wrong with a value, in words; None where nothing is."""
        if self.min is not None and value < self.min:
            return f"{what}: {_number(value)}, expected at least {_number(self.min)}"
        if self.max is not None and value > self.max:
            return f"{what}: {_number(value)}, expected at most {_number(self.max)}"
        return None


@dataclass(frozen=True, slots=True)
class Expectation:
    """How many rows an export of a shape must have, and which share of them must be filled, column by column."""

    rows: Range = field(default_factory=Range)
    filled: Mapping[str, Range] = field(default_factory=dict)

    def check(self, shape: str, rows: int, filled: Mapping[str, int]) -> None:
        """ExportError that names every bound which does not hold; `filled` counts filled cells by column."""
        faults = [self.rows.fault(rows, "rows")]
        for column, bounds in self.filled.items():
            share = filled.get(column, 0) / rows if rows else 0.0
            faults.append(bounds.fault(share, f"share of rows with {column}"))
        told = [fault for fault in faults if fault]
        if told:
            raise ExportError(
                f"{shape} is not as the project file expects ({'; '.join(told)}); nothing was written.",
                f"Look at the losses, or change [export.{shape}] in the project file.",
            )


@dataclass(frozen=True, slots=True)
class Project:
    """What a project file says: expectations by shape, and the profiles it sets or adds."""

    expectations: Mapping[str, Expectation] = field(default_factory=dict)
    profiles: tuple[Profile, ...] = ()

    def expected_of(self, shape: str, columns: Sequence[str]) -> Expectation | None:
        """What is expected of a shape; SettingsError where it is expected of a column that the shape has not."""
        found = self.expectations.get(shape)
        for column in found.filled if found else ():
            if column not in columns:
                raise SettingsError(
                    f"the project file expects {column!r} of {shape}, which has no such column.",
                    f"Correct [export.{shape}.filled] in it.",
                )
        return found


def load_project(path: Path | None) -> Project:
    """The project file, or an empty project where there is none; SettingsError names what is wrong in it."""
    if path is None:
        return Project()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"project file {path} is not there.", "Check KHABAR_PROJECT, or leave it unset.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise SettingsError(f"project file {path} cannot be read: {problem}.", "See docs/shapes.") from problem
    _known(path, "", data, ("export", "profiles"))
    shapes = _table(path, "export", data.get("export", {}))
    profiles = _table(path, "profiles", data.get("profiles", {}))
    return Project(
        {name: _expectation(path, f"export.{name}", _table(path, name, v)) for name, v in shapes.items()},
        tuple(_profile(path, name, _table(path, name, v)) for name, v in profiles.items()),
    )


def _expectation(path: Path, where: str, data: Mapping[str, Any]) -> Expectation:
    _known(path, where, data, ("rows", "filled"))
    filled = _table(path, f"{where}.filled", data.get("filled", {}))
    return Expectation(
        _range(path, f"{where}.rows", data.get("rows", {})),
        {column: _range(path, f"{where}.filled.{column}", bounds) for column, bounds in filled.items()},
    )


def _profile(path: Path, name: str, data: Mapping[str, Any]) -> Profile:
    _known(path, f"profiles.{name}", data, ("origins", "says"))
    built_in = PROFILES.get(name)
    origins = data.get("origins", built_in.origins if built_in else 0)
    if not isinstance(origins, int) or isinstance(origins, bool) or origins < 0:
        raise SettingsError(f"{path}: profiles.{name}.origins is {origins!r}.", "Give a whole number, 0 or more.")
    return Profile(name, str(data.get("says", built_in.says if built_in else "")), origins)


def _range(path: Path, where: str, data: Any) -> Range:
    bounds = _table(path, where, data)
    _known(path, where, bounds, ("min", "max"))
    for key, value in bounds.items():
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise SettingsError(f"{path}: {where}.{key} is {value!r}.", "Give a number.")
    return Range(bounds.get("min"), bounds.get("max"))


def _table(path: Path, where: str, data: Any) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise SettingsError(f"{path}: {where} is {data!r}.", "Write it as a table: {min = 1, max = 10}.")
    return data


def _known(path: Path, where: str, data: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in data:
        if key not in known:
            raise SettingsError(f"{path}: unknown key {where + '.' if where else ''}{key}.", f"Use {', '.join(known)}.")


def _number(value: float) -> str:
    return f"{value:g}" if float(value).is_integer() else f"{value:.3g}"
