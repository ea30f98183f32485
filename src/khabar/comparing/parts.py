"""Records that are one event in several places. Invariant: a record joins one pair at most, and only where
that brings the tolls nearer.

UCDP GED splits an event that happened in several places into a record for each, and its dead evenly among them; the
records rest on the same reports, and have the same days and sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from khabar.comparing.pairing import Match
from khabar.records import Event, ReferenceIncident

__all__ = ["parts_of"]


def parts_of(
    pairs: Iterable[Match],
    found: Iterable[Match],
    records: Mapping[str, ReferenceIncident],
    events: Mapping[str, Event],
) -> dict[str, tuple[ReferenceIncident, ...]]:
    """The further records of each pair, by the id of its incident."""
    paired = {match.left: records[match.right] for match in pairs}
    free = records.keys() - {record.key for record in paired.values()}
    together: dict[str, list[ReferenceIncident]] = defaultdict(list)
    for match in sorted(found, key=lambda m: m.rank):
        first, other = paired.get(match.left), records[match.right]
        if match.right not in free or first is None or not _split(first, other):
            continue
        told = _toll(events[match.left])
        sum_ = (first.killed.best or 0) + sum(part.killed.best or 0 for part in together[match.left])
        if told is not None and abs(told - sum_ - (other.killed.best or 0)) < abs(told - sum_):
            together[match.left].append(other)
            free -= {match.right}
    return {key: tuple(parts) for key, parts in together.items() if parts}


def _split(one: ReferenceIncident, other: ReferenceIncident) -> bool:
    """Whether two records may be parts of one event."""
    alike = (one.when, one.reports, one.kind) == (other.when, other.reports, other.kind)
    sides = [[(p.name, p.number) for p in record.parties] for record in (one, other)]
    near = abs((one.killed.best or 0) - (other.killed.best or 0)) <= 1
    return bool(one.reports) and alike and sides[0] == sides[1] and near and one.place != other.place


def _toll(event: Event) -> int | None:
    shown = event.derived.get("killed")
    value = shown.value if shown else None
    if value is None:
        return None
    told: int | None = next((value[name] for name in ("best", "low", "high") if value[name] is not None), None)
    return told
