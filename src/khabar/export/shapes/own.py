"""Khabar's own flat row of an incident, for shapes that have no columns of their own: Parquet, GeoJSON, data package.
Invariant: one row an incident, none left out; what is stated beside the value shown is a loss.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from khabar.export.incidents import incident_row
from khabar.export.shapes.cases import COUNTS, Case
from khabar.export.shapes.material import Material
from khabar.export.shapes.parts import Column, Loss, LossRule, Row
from khabar.export.shapes.tables import Table, columns_of
from khabar.export.words import value_words

__all__ = ["OTHER_VALUES", "OwnTable", "attribution_words", "other_values", "own_row"]

OTHER_VALUES = LossRule(
    "other values", "narrowed", "sources state several values and the row holds the one shown; jsonl holds them all"
)

_RESTS = {
    "type": ("type",),
    "modality": ("modality",),
    "date_earliest": ("when",),
    "date_latest": ("when",),
    "date_precision": ("when",),
    "weapon": ("weapon",),
    "targets": ("targets",),
    **dict.fromkeys(("place", "admin1", "country", "latitude", "longitude", "place_precision"), ("places",)),
}
_SINGLE = ("type", "when", *COUNTS)
_HEADED = ("type", "when", "killed", "injured")


class OwnTable(Table):
    """A base for shapes that hold Khabar's own row."""

    losses: tuple[LossRule, ...] = (OTHER_VALUES,)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, from `columns/incidents.yml`."""
        return columns_of("incidents")

    def rows(self, case: Case, material: Material) -> Iterator[Row | Loss]:
        """The row of an incident, and a loss for each field with several stated values."""
        del material
        yield own_row(case, [column.name for column in self.columns])
        for name in _SINGLE:
            stated = case.stated(name)
            if len(stated) > 1:
                words = "; ".join(dict.fromkeys(value_words(v.value) for v in stated))
                claims = tuple(dict.fromkeys(c for v in stated for c in v.claims))
                yield Loss(case.id, OTHER_VALUES, f"{name}: {words}", name, claims)


def own_row(case: Case, columns: Sequence[str]) -> Row:
    """Khabar's own row of an incident."""
    told = incident_row(case.event, {})
    told["attributions"] = "; ".join(attribution_words(case))
    values: dict[str, Any] = {name: told[name] if told[name] != "" else None for name in columns}
    claims = {name: _claims(case, name) for name in columns if values[name] is not None}
    return Row(case.id, case.id, values, {name: found for name, found in claims.items() if found})


def other_values(case: Case) -> Iterator[Loss]:
    """One loss for an incident of which sources state several types, dates or tolls, where no column holds either."""
    several = [name for name in _HEADED if len(case.stated(name)) > 1]
    if several:
        yield Loss(case.id, OTHER_VALUES, ", ".join(several))


def attribution_words(case: Case) -> list[str]:
    """Who is held responsible, as far as it may leave: "Red Front (claimed)", "Green Front (blamed by the police)"."""
    return [f"{who.name} ({who.words})" for who in case.attributed]


def _claims(case: Case, column: str) -> tuple[str, ...]:
    if column == "attributions":
        return tuple(dict.fromkeys(key for who in case.attributed for key in who.claims))
    count = column.rpartition("_")[0]
    names = (count,) if count in COUNTS else _RESTS.get(column, ())
    return case.resting(*names) if names else ()
