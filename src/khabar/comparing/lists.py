"""The newest imported version of the UN list beside a base. Invariant: what a list adds to actors is what it would add
to those of a base put together anew; without an imported list nothing is added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from khabar.comparing.listings import SCHEME, Listing, enriched, latest_list, listings
from khabar.records import Actor, ListEntry, ReferenceSet
from khabar.store.base import Store, View
from khabar.store.questions import ActorFilter

__all__ = [
    "LISTING_COLUMNS",
    "Designation",
    "designations_of",
    "entries_of",
    "listing_row",
    "listings_of_base",
    "renew_names",
    "with_list_names",
]

LISTING_COLUMNS = ("verdict", "actor", "name", "reference", "listed_name", "kind", "list", "listed_on", "why")


@dataclass(frozen=True, slots=True)
class Designation:
    """An actor on a public list: the entry, and the imported version that has it."""

    entry: ListEntry
    version: ReferenceSet


def entries_of(base: View, version: ReferenceSet) -> list[ListEntry]:
    """The entries of an imported version."""
    return [record for record in base.reference_records(version.id) if isinstance(record, ListEntry)]


def listings_of_base(base: View, version: ReferenceSet) -> list[Listing]:
    """Which entries of a version mean actors of the base, surely or perhaps."""
    return listings(entries_of(base, version), (found.actor for found in base.actors(ActorFilter())))


def with_list_names(base: View, actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """The actors with what the newest imported version surely gives them."""
    version = latest_list(base.reference_sets())
    if version is None:
        return tuple(actors)
    return tuple(enriched(actors, entries_of(base, version), version.version))


def renew_names(base: Store) -> int:
    """Give the actors of the base what the newest imported version gives them; how many changed."""
    before = [found.actor for found in base.actors(ActorFilter())]
    version = latest_list(base.reference_sets())
    after = enriched(before, entries_of(base, version) if version else [], version.version if version else "")
    changed = [new for old, new in zip(before, after, strict=True) if new != old]
    base.save_names(changed)
    return len(changed)


def designations_of(base: View, actor: Actor) -> list[Designation]:
    """Where the newest imported version lists an actor."""
    version = latest_list(base.reference_sets())
    keys = [number for scheme, number in actor.external_ids if scheme == SCHEME]
    if version is None or not keys:
        return []
    found = base.reference_records(version.id, keys)
    return [Designation(record, version) for record in found if isinstance(record, ListEntry)]


def listing_row(listing: Listing) -> dict[str, Any]:
    """A listing as a row with `LISTING_COLUMNS`."""
    entry = listing.entry
    return {
        "verdict": listing.verdict,
        "actor": listing.actor.id,
        "name": listing.actor.names[0].text,
        "reference": entry.key,
        "listed_name": entry.names[0].text,
        "kind": entry.kind,
        "list": entry.roll,
        "listed_on": entry.listed_on,
        "why": listing.why,
    }
