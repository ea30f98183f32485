"""Reference records as JSON and back. Invariant: what comes back equals what was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from khabar.records import (
    Count,
    ListedName,
    ListEntry,
    Place,
    ReferenceIncident,
    ReferenceParty,
    ReferenceRecord,
    ReferenceReport,
    When,
)

__all__ = ["ENTRY", "INCIDENT", "reference_from_json", "reference_to_json"]

INCIDENT, ENTRY = "incident", "entry"


def reference_to_json(record: ReferenceRecord) -> tuple[str, dict[str, Any]]:
    """The kind of a record, and its fields."""
    return (INCIDENT if isinstance(record, ReferenceIncident) else ENTRY), asdict(record)


def reference_from_json(kind: str, data: Mapping[str, Any]) -> ReferenceRecord:
    """The record that `reference_to_json` gave."""
    fields = dict(data)
    if kind == ENTRY:
        fields["names"] = tuple(ListedName(**name) for name in fields["names"])
        return ListEntry(**fields)
    fields["when"] = When(**fields["when"])
    fields["place"] = Place(**fields["place"])
    fields["killed"] = Count(**fields["killed"])
    fields["parties"] = tuple(ReferenceParty(**party) for party in fields["parties"])
    fields["reports"] = tuple(ReferenceReport(**report) for report in fields["reports"])
    return ReferenceIncident(**fields)
