"""Which sample reports tell of one incident. Invariant: a mention is words of a report, so no id is written down here.

A golden incident is met if one assembled event has a claim on every mention and states every toll; two incidents are
apart if no event has claims on mentions of both.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from khabar.evaluation.golden import find_quote, overlaps
from khabar.pipeline import add, run
from khabar.records import Claim, Document, Event, EventBody
from khabar.samples import sample_folder
from khabar.settings import Settings
from khabar.store.opening import open_store

__all__ = [
    "Base",
    "GoldenIncident",
    "compare_incident",
    "events_at",
    "incident_misses",
    "load_incidents",
    "mixed",
    "read_samples",
]


@dataclass(frozen=True, slots=True)
class GoldenIncident:
    """An incident as the sample corpus tells it: words in each report, and the tolls that stand side by side."""

    name: str
    mentions: Mapping[str, str]
    killed: tuple[int, ...]
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Base:
    """What a run made of the corpus: documents by their README name, claims, and events."""

    documents: Mapping[str, Document]
    claims: Sequence[Claim]
    events: Sequence[Event]


def load_incidents(path: Path) -> tuple[list[GoldenIncident], list[tuple[str, str]]]:
    """The golden incidents of a YAML file, and the pairs of names that must stay apart."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    incidents = [
        GoldenIncident(row["name"], row["mentions"], tuple(row["killed"]), tuple(row.get("types", ())))
        for row in data["incidents"]
    ]
    return incidents, [(left, right) for left, right in data["apart"]]


def read_samples(store: Path, settings: Settings) -> Base:
    """Add and run the sample corpus in a new store file."""
    with (sample_folder() / "export.csv").open(encoding="utf-8", newline="") as stream:
        titles = [row["Headline"] for row in csv.DictReader(stream)]
    with open_store(store) as base:
        added = add(base, [sample_folder()])
        ran = run(base, settings)
        if added.problems or ran.failed:
            raise LookupError(f"the samples were not read: {added.problems} {ran.failed}")
        return Base(_by_name(base.documents(), titles), list(base.claims()), list(base.events()))


def _by_name(documents: Iterable[Document], titles: Sequence[str]) -> dict[str, Document]:
    """Documents by README name: the file, with the caller's id or, for CSV rows, the place of their title."""
    named = {}
    for document in documents:
        file = Path(document.file).name
        if file.endswith(".csv"):
            named[f"{file}#{titles.index(document.title or '') + 1}"] = document
        else:
            named[f"{file}#{document.external_id}" if document.external_id else file] = document
    return named


def incident_misses(
    incidents: Sequence[GoldenIncident], apart: Sequence[tuple[str, str]], base: Base
) -> dict[str, str]:
    """What is missed, by the name it has in `known_misses.yml`: `incidents/NAME` and `apart/LEFT+RIGHT`."""
    by_name = {golden.name: golden for golden in incidents}
    found = {f"incidents/{g.name}": "; ".join(compare_incident(g, base)) for g in incidents}
    for left, right in apart:
        events = mixed(by_name[left], by_name[right], base)
        found[f"apart/{left}+{right}"] = f"told as one incident: {sorted(events)}" if events else ""
    return {name: words for name, words in found.items() if words}


def compare_incident(golden: GoldenIncident, base: Base) -> list[str]:
    """What keeps the incident from being one event with all its tolls, in words; empty if nothing does."""
    events = {name: events_at(golden, name, base) for name in golden.mentions}
    missing = [name for name, found in events.items() if not found]
    if missing:
        return [f"{golden.name}: no incident from {', '.join(missing)}"]
    common = set.intersection(*events.values())
    if not common:
        return [f"{golden.name}: told as different incidents: {sorted(map(sorted, events.values()))}"]
    best = max((e for e in base.events if e.id in common), key=lambda e: len(_tolls(e) & set(golden.killed)))
    absent = sorted(set(golden.killed) - _tolls(best))
    return [f"{golden.name}: tolls {absent} not among {sorted(_tolls(best))}"] if absent else []


def mixed(left: GoldenIncident, right: GoldenIncident, base: Base) -> set[str]:
    """Ids of events that have claims on mentions of both incidents: there should be none."""
    sides = [{e for name in golden.mentions for e in events_at(golden, name, base)} for golden in (left, right)]
    return sides[0] & sides[1]


def events_at(golden: GoldenIncident, name: str, base: Base) -> set[str]:
    """The ids of events with a claim on the words by which report `name` tells of an incident."""
    document, quote = base.documents[name], golden.mentions[name]
    span = find_quote(document.text, quote)
    if span is None:
        raise LookupError(f"{name} does not contain {quote!r}.")
    here = {
        claim.id
        for claim in base.claims
        if (not golden.types or (isinstance(claim.body, EventBody) and claim.body.type in golden.types))
        and any(p.document == document.id and overlaps(span, (p.start, p.end)) for p in claim.passages)
    }
    return {event.id for event in base.events if here & set(event.claims)}


def _tolls(event: Event) -> set[int]:
    values: Iterable[Any] = (stated.value for stated in event.values.get("killed", ()))
    return {value["best"] for value in values if value and value.get("best") is not None}
