"""An incident in the shape other programs read (JSON) and as one flat row (CSV). Invariant: nothing is left out of the
JSON shape, and its fields are always the same: null or [] where nobody says anything. The row holds the derived values
only, and says by which rule they were derived.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from khabar.export.words import origin_words
from khabar.records import Event

__all__ = ["INCIDENT_COLUMNS", "FileOf", "incident_json", "incident_row"]

FileOf = Mapping[str, tuple[str | None, str]]
"""Document id to (caller's id, file name)."""

_COUNTS = ("killed", "injured", "arrested", "abducted", "attackers_killed")

_FIELDS = ("type", "modality", "when", "places", *_COUNTS, "targets", "weapon")
_LISTS = ("places", "targets")

INCIDENT_COLUMNS = (
    "id",
    "type",
    "modality",
    "date_earliest",
    "date_latest",
    "date_precision",
    "place",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "place_precision",
    *(f"{count}_{bound}" for count in _COUNTS for bound in ("low", "best", "high")),
    "weapon",
    "targets",
    "attributions",
    "reports",
    "origins",
    "corroboration",
    "documents",
    "claims",
    "rules",
)


def incident_json(event: Event, files: FileOf) -> dict[str, Any]:
    """The event as a JSON object: derived values first, then every stated value with the claims that state it."""
    shown: dict[str, Any] = {name: [] if name in _LISTS else None for name in _FIELDS}
    shown.update((name, derived.value) for name, derived in event.derived.items())
    return {
        "id": event.id,
        **shown,
        "rule": {name: derived.rule for name, derived in event.derived.items()},
        "documents": [_document(d, files) for d in event.documents],
        "origins": event.origins,
        "corroboration": [
            {"name": o.name, "documents": list(o.documents), "claims": list(o.claims), "why": list(o.why)}
            for o in event.corroboration
        ],
        "claims": list(event.claims),
        "values": {
            name: [{"value": v.value, "claims": list(v.claims), "origins": list(v.origins)} for v in values]
            for name, values in event.values.items()
        },
        "attributions": [
            {**_attribution(v.value), "claims": list(v.claims)} for v in event.values.get("attributions", ())
        ],
        "unsure_with": list(event.unsure_with),
    }


def incident_row(event: Event, files: FileOf) -> dict[str, Any]:
    """The event's derived values as one flat row with the columns of `INCIDENT_COLUMNS`."""
    shown = {name: derived.value for name, derived in event.derived.items()}
    when = shown.get("when") or {}
    places: Sequence[Mapping[str, Any]] = shown.get("places") or ()
    place: Mapping[str, Any] = places[0] if places else {}
    row: dict[str, Any] = {
        "id": event.id,
        "type": shown.get("type"),
        "modality": shown.get("modality"),
        "date_earliest": when.get("earliest"),
        "date_latest": when.get("latest"),
        "date_precision": when.get("precision"),
        "place": place.get("name"),
        "admin1": place.get("admin1"),
        "country": place.get("country"),
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "place_precision": place.get("precision"),
        "weapon": (shown.get("weapon") or {}).get("text"),
        "targets": "; ".join(t["text"] for t in shown.get("targets") or ()),
        "attributions": "; ".join(_attribution_words(v.value) for v in event.values.get("attributions", ())),
        "reports": len(event.documents),
        "origins": event.origins,
        "corroboration": "; ".join(origin_words(o) for o in event.corroboration),
        "documents": "; ".join(_file(d, files) for d in event.documents),
        "claims": "; ".join(event.claims),
        "rules": "; ".join(f"{name}: {derived.rule}" for name, derived in event.derived.items()),
    }
    for count in _COUNTS:
        bounds = shown.get(count) or {}
        for bound in ("low", "best", "high"):
            row[f"{count}_{bound}"] = bounds.get(bound)
    return {column: row[column] for column in INCIDENT_COLUMNS}


def _document(document: str, files: FileOf) -> dict[str, Any]:
    external, file = files.get(document, (None, ""))
    return {"id": document, "external_id": external, "file": file}


def _file(document: str, files: FileOf) -> str:
    external, file = files.get(document, (None, document))
    return f"{file}#{external}" if external else file


def _attribution(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.get(key) for key in ("actor", "actor_id", "stance", "role", "by", "channel")}


def _attribution_words(value: Mapping[str, Any]) -> str:
    by = f" by {value['by']}" if value.get("by") else ""
    return f"{value['actor']} ({value['stance']}{by})"
