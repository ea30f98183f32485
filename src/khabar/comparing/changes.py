"""What a new version of a list changed: who was added, whose entry was changed, who was taken off.

Invariant: entries are told apart by their references alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from khabar.comparing.listings import list_order
from khabar.records import ListEntry, ReferenceSet
from khabar.store.base import View

__all__ = ["CHANGE_COLUMNS", "Change", "change_row", "changes", "changes_of"]

CHANGE_COLUMNS = ("change", "reference", "kind", "name", "list", "listed_on", "what")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that was `added`, `changed` or `delisted`; of a changed one, what changed in words."""

    change: str
    entry: ListEntry
    what: tuple[str, ...] = ()


def changes(before: Iterable[ListEntry], after: Iterable[ListEntry]) -> list[Change]:
    """The changes from one version to another: added, changed, delisted, each by reference."""
    old, new = ({entry.key: entry for entry in entries} for entries in (before, after))
    added = [Change("added", new[key]) for key in sorted(new.keys() - old.keys())]
    both = ((key, tuple(_differences(old[key], new[key]))) for key in sorted(new.keys() & old.keys()))
    changed = [Change("changed", new[key], what) for key, what in both if what]
    return added + changed + [Change("delisted", old[key]) for key in sorted(old.keys() - new.keys())]


def changes_of(base: View, version: ReferenceSet) -> tuple[ReferenceSet | None, list[Change]]:
    """The version before an imported one, and what changed since; None and nothing where it is the first."""
    ordered = list_order(base.reference_sets())
    place = ordered.index(version)
    if place == 0:
        return None, []
    before = ordered[place - 1]
    return before, changes(_entries(base, before), _entries(base, version))


def change_row(change: Change) -> dict[str, Any]:
    """A change as a row with `CHANGE_COLUMNS`."""
    entry = change.entry
    return {
        "change": change.change,
        "reference": entry.key,
        "kind": entry.kind,
        "name": entry.names[0].text,
        "list": entry.roll,
        "listed_on": entry.listed_on,
        "what": " ".join(change.what) or None,
    }


def _entries(base: View, each: ReferenceSet) -> Iterator[ListEntry]:
    return (record for record in base.reference_records(each.id) if isinstance(record, ListEntry))


def _differences(old: ListEntry, new: ListEntry) -> Iterator[str]:
    before, after = ({name.text: name for name in entry.names} for entry in (old, new))
    if old.names[0].text != new.names[0].text:
        yield f"Listed name: {old.names[0].text}, now {new.names[0].text}."
    if more := [text for text in after if text not in before]:
        yield f"New names: {'; '.join(more)}."
    if gone := [text for text in before if text not in after]:
        yield f"Names taken out: {'; '.join(gone)}."
    if any(before[text].sure != after[text].sure for text in before.keys() & after.keys()):
        yield "The quality of a name changed."
    if old.listed_on != new.listed_on:
        yield f"Listed on {old.listed_on or 'no day'}, now {new.listed_on or 'no day'}."
    if old.roll != new.roll:
        yield f"On the list {old.roll}, now {new.roll}."
    if old.remark != new.remark:
        yield "What the list says of it changed."
