"""From reports to incidents: do the reports of one incident meet, and do others stay apart? Invariant: an incident of a
report that nobody found is a cluster of its own.

An item is one incident as one report tells it. In the news digests it is found by the claim that `newswire` pairs with
it, in the sample corpus by words of the report (`eval/golden/incidents.yml`); the item's cluster is the incident that
resolution puts the claim in.

* Pairs and B³ of the items are those of `cluster_score`.
* A cluster is right if all its items are in one incident, with no item of another.
* Hard negatives are incidents that look like another one (the digests' `hard_negative_for`, the corpus's `apart`): how
  many share an incident with an item of it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from khabar.errors import EvaluationError
from khabar.evaluation.cluster_score import b_cubed, pairwise
from khabar.evaluation.golden_incidents import Base, GoldenIncident, events_at, load_incidents, read_samples
from khabar.evaluation.model import Figure, Measure, Outcome, Slip
from khabar.evaluation.newswire_gold import GoldReport, likeness, load_reports
from khabar.evaluation.resolved import Resolved, resolve_texts
from khabar.evaluation.score import Share
from khabar.evaluation.system import GoldText, System
from khabar.pairing import best_pairs
from khabar.resolution.mentions import makes_incident

__all__ = ["MEASURE", "OWN", "SAMPLES", "Item", "digest_items", "hard_negatives", "sample_items", "score_items"]

_DIGESTS = "data/newswire/dev.jsonl"
_OWN = "clusters.jsonl"
_INCIDENTS = "golden/incidents.yml"


@dataclass(frozen=True, slots=True)
class Item:
    """An incident as one report tells it: the report, the incident's name in the gold, and the words (for people)."""

    report: str
    incident: str
    words: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by."""
        return self.report, self.incident


def score_items(
    items: Sequence[Item], event_of: Mapping[tuple[str, str], str], negatives: Sequence[tuple[tuple[str, str], str]]
) -> Outcome:
    """Figures and slips of items with the event each was found in; an item without one was not found.

    `negatives` are keys of items with the name of another incident they must not share an event with.
    """
    truth = {item.key: item.incident for item in items}
    found = {key: event_of[key] for key in truth if key in event_of}
    clusters, slips = Share(), []
    members = defaultdict[str, list[Item]](list)
    for item in items:
        members[item.incident].append(item)
    for name, group in members.items():
        faults = list(_faults(name, group, truth, found))
        clusters.add(not faults)
        slips += faults
    joined = [(key, name) for key, name in negatives if _shares(key, name, truth, found)]
    slips += [
        Slip(f"{key[0]} {key[1]}", "false", name, "put together with its hard negative", "apart", "one incident")
        for key, name in joined
    ]
    figures = (
        clusters.figure("clusters right"),
        pairwise(truth, found).figure("pairs of mentions"),
        b_cubed(truth, found).figure("B³ of mentions"),
        Figure("hard negatives joined", len(joined), len(negatives), count=True),
        Figure("mentions found", len(found) / max(1, len(truth)), len(truth)),
    )
    return Outcome(figures, tuple(slips))


def _shares(
    key: tuple[str, str], name: str, truth: Mapping[tuple[str, str], str], found: Mapping[tuple[str, str], str]
) -> bool:
    return key in found and any(found.get(other) == found[key] for other, of in truth.items() if of == name)


def _faults(
    name: str, group: Sequence[Item], truth: Mapping[tuple[str, str], str], found: Mapping[tuple[str, str], str]
) -> list[Slip]:
    """What is wrong with one cluster of the gold: mentions not found, mentions apart from most, others among them."""
    lost = [item for item in group if item.key not in found]
    slips = [Slip(f"{i.report} {name}", "missed", i.report, "the mention is not found", sentence=i.words) for i in lost]
    events = Counter(found[item.key] for item in group if item.key in found)
    most = max(events, key=lambda e: (events[e], e), default=None)
    apart = [item for item in group if item.key in found and found[item.key] != most]
    expected = ", ".join(i.report for i in group if found.get(i.key) == most)
    slips += [
        Slip(f"{i.report} {name}", "missed", i.report, "told as another incident", expected, "", i.words) for i in apart
    ]
    others = [key for key, event in found.items() if event in events and truth[key] != name]
    slips += [Slip(f"{r} {n}", "false", name, "another incident is put with it", n, name) for r, n in others]
    return slips


# ------------------------------------------------------------------ news digests


def digest_items(reports: Sequence[GoldReport], resolved: Resolved) -> tuple[list[Item], dict[tuple[str, str], str]]:
    """The incidents of the reports as items, and the event of the claim that is paired with each."""
    items, event_of = [], {}
    for report, (_document, claims) in zip(reports, resolved.answers, strict=True):
        told = [c for c in claims if makes_incident(c) and c.id in resolved.event_of]
        paired = dict(best_pairs(report.incidents, told, likeness))
        for number, gold in enumerate(report.incidents):
            item = Item(report.name, gold.name, report.text[slice(*gold.evidence)])
            items.append(item)
            if number in paired:
                event_of[item.key] = resolved.event_of[told[paired[number]].id]
    return items, event_of


def hard_negatives(path: Path, reports: Sequence[GoldReport]) -> list[tuple[tuple[str, str], str]]:
    """The main incidents of reports that are marked as looking like another incident, with the name of that one."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    marked = {row["id"]: row["hard_negative_for"] for row in rows if row.get("hard_negative_for")}
    return [
        ((report.name, gold.name), marked[report.name])
        for report in reports
        if report.name in marked
        for gold in report.incidents
        if gold.main and gold.name != marked[report.name]
    ]


def _news(root: Path, system: System) -> Outcome:
    return _digests(root / _DIGESTS, system)


def _own(root: Path, system: System) -> Outcome:
    return _digests(root / _OWN, system)


def _digests(path: Path, system: System) -> Outcome:
    reports = load_reports(path)
    resolved = resolve_texts([GoldText(r.text, f"{r.name}.txt", r.published) for r in reports], system)
    items, event_of = digest_items(reports, resolved)
    return score_items(items, event_of, hard_negatives(path, reports))


# ------------------------------------------------------------------ the sample corpus


def sample_items(incidents: Sequence[GoldenIncident], base: Base) -> tuple[list[Item], dict[tuple[str, str], str]]:
    """The mentions of golden incidents as items, and the event of each; where its words tell of several events, the
    one that most mentions of the incident share.
    """
    items, event_of = [], {}
    for golden in incidents:
        events = {name: events_at(golden, name, base) for name in golden.mentions}
        shared = Counter(event for found in events.values() for event in found)
        for name, words in golden.mentions.items():
            item = Item(name, golden.name, words)
            items.append(item)
            if events[name]:
                event_of[item.key] = max(events[name], key=lambda e: (shared[e], e))
    return items, event_of


def _samples(root: Path, system: System) -> Outcome:
    incidents, apart = load_incidents(root / _INCIDENTS)
    with TemporaryDirectory() as folder:
        try:
            base = read_samples(Path(folder) / "samples.db", system.settings)
        except LookupError as problem:
            raise EvaluationError(f"the sample corpus was not read ({problem}).", "Run `khabar demo`.") from problem
    items, event_of = sample_items(incidents, base)
    negatives = [(item.key, right) for left, right in apart for item in items if item.incident == left]
    return score_items(items, event_of, negatives)


MEASURE = Measure(
    name="incident-clusters",
    ability="One incident from many reports: news digests",
    root="shared",
    data=(_DIGESTS,),
    source="digests of news reports in a coder's own words, with their incidents in clusters and hard negatives marked",
    run=_news,
)

OWN = Measure(
    name="own-clusters",
    ability="One incident from many reports: our own digests",
    root="own",
    data=(_OWN,),
    source="short reports written for this project, several an attack of public record, facts from memory",
    run=_own,
)

SAMPLES = Measure(
    name="sample-incidents",
    ability="One incident from many reports: the sample corpus",
    root="own",
    data=(_INCIDENTS,),
    source="the sample reports of this project, with their incidents in clusters (eval/golden/incidents.yml)",
    run=_samples,
)
