"""Pairs of names told apart or taken for one, on others' labels and on our own near-names.

Invariant: the weights are never judged by the pairs they were fitted on without saying so: beside the figure of the
shipped weights stands that of weights fitted to the other groups of cases.

* **Labelled pairs** (nomenklatura's): `compare_names` on the bare names, by the kind of bearer the file gives.
* **Near-names** (`eval/names.yml`): the same with the list of actors beside it, which knows what letters cannot tell;
  and once more through the resolution of actors, with all names in one base and nothing known of them but the name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

import yaml

from khabar.evaluation.logistic import Example, fit
from khabar.evaluation.model import Figure, Measure, Outcome, Slip
from khabar.evaluation.score import Share, Tally
from khabar.evaluation.system import System
from khabar.exchange import claim_id
from khabar.reading.actors import actors_by_id
from khabar.records import ActorRef, Claim, Extractor, Passage, Place, Presence
from khabar.resolution.actors import identify
from khabar.resolution.model import Corpus
from khabar.resolution.name_comparison import compare_names, decided, name_features
from khabar.resolution.name_identity import KnownNames

__all__ = ["LABELLED", "NEAR_NAMES", "NamePair", "cross_validated", "load_labelled", "load_near_names", "resolved"]

KINDS = {
    "Person": "person",
    "Organization": "organization",
    "Company": "company",
    "LegalEntity": "company",
    "Vessel": "vessel",
}
PAIRS = "data/names/name_pairs.csv"
NEAR = "names.yml"
RIDGE = 1.0  # of the fit; `tools/fit_names.py` uses the same


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names of a `kind`, whether people call them one (`same`), and the `group` of cases or phenomenon."""

    left: str
    right: str
    kind: str
    same: bool
    group: str


def load_labelled(path: Path) -> tuple[NamePair, ...]:
    """The rows of nomenklatura's file: name1, name2, schema, is_match, case_group."""
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            NamePair(row["name1"], row["name2"], KINDS[row["schema"]], row["is_match"] == "true", row["case_group"])
            for row in csv.DictReader(stream)
        )


def load_near_names(path: Path) -> tuple[NamePair, ...]:
    """The pairs of `names.yml`, those of `same` first."""
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        NamePair(str(left), str(right), group["kind"], side == "same", group["about"])
        for side in ("same", "different")
        for group in table[side]
        for left, right in group["pairs"]
    )


# ------------------------------------------------------------------ labelled pairs


def _labelled(root: Path, system: System) -> Outcome:  # noqa: ARG001 - names are compared without any text
    pairs = load_labelled(root / PAIRS)
    found = {pair: compare_names(pair.left, pair.right, pair.kind) for pair in pairs}
    parts = (
        ("F1 of same", pairs),
        ("persons", [p for p in pairs if p.kind == "person"]),
        ("bodies", [p for p in pairs if p.kind != "person"]),
    )
    figures = [_tally((p.same, found[p].same) for p in some).figure(name) for name, some in parts]
    held_out = cross_validated(pairs)
    figures.append(_tally((p.same, held_out[p]) for p in pairs).figure("weights of the other groups"))
    slips = tuple(_slip(pair, found[pair].reasons[0]) for pair in dict.fromkeys(pairs) if found[pair].same != pair.same)
    return Outcome(tuple(figures), slips)


def cross_validated(pairs: Sequence[NamePair]) -> dict[NamePair, bool]:
    """Each pair as weights call it that were fitted to the pairs of all other groups."""
    verdicts: dict[NamePair, bool] = {}
    for group in sorted({p.group for p in pairs}):
        for person in (True, False):
            some = [p for p in pairs if (p.kind == "person") == person]
            model = fit([_example(p) for p in some if p.group != group and not _decided(p)], RIDGE)
            for pair in some:
                if pair.group == group:
                    at_once = decided(pair.left, pair.right, pair.kind)
                    features = name_features(pair.left, pair.right, pair.kind)
                    odds = model.base + sum(w * features.get(name, 0.0) for name, w in model.weights.items())
                    verdicts[pair] = at_once.same if at_once else 1 / (1 + exp(-odds)) >= 1 / 2
    return verdicts


def _decided(pair: NamePair) -> bool:
    return decided(pair.left, pair.right, pair.kind) is not None


def _example(pair: NamePair) -> Example:
    return Example(name_features(pair.left, pair.right, pair.kind), pair.same)


def _tally(verdicts: Iterable[tuple[bool, bool]]) -> Tally:
    tally = Tally()
    for gold, found in verdicts:
        tally.add(right=gold and found, wrong=found and not gold, missed=gold and not found)
    return tally


def _slip(pair: NamePair, cause: str) -> Slip:
    kind = "missed" if pair.same else "false"
    return Slip(pair.group, kind, f"{pair.left} | {pair.right}", cause, "same" if pair.same else "different")


# ------------------------------------------------------------------ near-names


def _near_names(root: Path, system: System) -> Outcome:  # noqa: ARG001 - names are compared without any text
    pairs = load_near_names(root / NEAR)
    known = KnownNames(actors_by_id())
    joined = resolved(pairs)
    spelled, joins, slips = Share(), Share(), []
    merged = merged_in_base = 0
    for pair in pairs:
        verdict = known.verdict(pair.left, pair.right, pair.kind)
        if pair.same:
            spelled.add(verdict.verdict == "same")
            joins.add(joined[pair])
        else:
            merged += verdict.verdict == "same"
            merged_in_base += joined[pair]
        if (verdict.verdict == "same") != pair.same or (joined[pair] and not pair.same):
            slips.append(_slip(pair, verdict.reasons[0] if not joined[pair] else "joined by the resolution of actors"))
    apart = len(pairs) - spelled.of
    figures = (
        spelled.figure("one bearer's names found"),
        Figure("others' names taken for one", merged, apart, count=True),
        joins.figure("joined by name alone in a base"),
        Figure("joined wrongly in a base", merged_in_base, apart, count=True),
    )
    return Outcome(figures, tuple(slips))


def resolved(pairs: Sequence[NamePair]) -> dict[NamePair, bool]:
    """Whether the resolution of actors joins the names of a pair, all names standing in one base of bare mentions."""
    mentions = {(pair.kind, name): _mention(name, pair.kind) for pair in pairs for name in (pair.left, pair.right)}
    who = identify(Corpus(tuple(mentions.values()), known=actors_by_id())).actor_of
    actor = {key: who.get((claim.id, "actor")) for key, claim in mentions.items()}
    return {p: actor[p.kind, p.left] is not None and actor[p.kind, p.left] == actor[p.kind, p.right] for p in pairs}


def _mention(name: str, kind: str) -> Claim:
    place = Place("Somewhere", "Somewhere", None, "country", None, precision="country")
    body = Presence(ActorRef(name, name, None, "person" if kind == "person" else "organization"), place, "present")
    passage = Passage("0" * 64, 0, len(name), name)
    claim = Claim("", "presence", (passage,), body, Extractor("gold", "1", "none@1"))
    return Claim(claim_id(claim), "presence", (passage,), body, claim.extractor)


LABELLED = Measure(
    name="name-pairs",
    ability="Names: labelled pairs",
    root="shared",
    data=(PAIRS,),
    source="nomenklatura, MIT",
    run=_labelled,
)
NEAR_NAMES = Measure(
    name="names",
    ability="Names: spellings and near-names",
    root="own",
    data=(NEAR,),
    source="own pairs",
    run=_near_names,
)
