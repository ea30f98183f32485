"""Whether confidences mean what they say: of claims with 80 %, are eight in ten right? Invariant: no model is tried on
a text that it was fitted on.

1. Claims and values are judged against coders' gold (`khabar.evaluation.judged`).
2. The texts are parted into folds; for each fold the models are fitted on the others and give its shares.
3. The expected calibration error is the mean distance between the share said and the share found, over ten bins of
   equal width, weighted by their cases (Naeini, Cooper and Hauskrecht 2015).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from khabar import coding
from khabar.evaluation.gold import find_gold
from khabar.evaluation.judged import ARTICLE, MUC4, NEWSWIRE, sources
from khabar.evaluation.logistic import Example, fit
from khabar.evaluation.model import Figure, Measure, Outcome, Slip, Table
from khabar.evaluation.system import System
from khabar.extraction.confidence import Model
from khabar.extraction.doubts import CLAIM, Features, model_of
from khabar.settings import Settings

__all__ = [
    "MEASURE",
    "Bin",
    "Cost",
    "Observation",
    "bins_of",
    "calibration_error",
    "costs_of",
    "fitted",
    "observations",
    "tried",
]

BINS = 10
_FOLDS = 5
_FEWEST = 40  # cases below which a slot gets no model of its own: its share of right ones stands for all
_THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
_SURE = 0.9  # a wrong value said with this share or more is worth a look


@dataclass(frozen=True, slots=True)
class Observation:
    """A claim ("claim") or one of its values that people have judged. `model` is the name of the model that rates it,
    `group` what it is held back with; `weight` and `natural` are those of its source; `where` and `quote` are for those
    who look at mistakes.
    """

    source: str
    group: str
    model: str
    slot: str
    features: Features
    right: bool
    weight: float = 1.0
    natural: bool = True
    where: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases whose share lies from `low` to `high`: how many, the mean share said, and the share that was right."""

    low: float
    high: float
    cases: int
    said: float
    found: float


def bins_of(pairs: Iterable[tuple[float, bool]], count: int = BINS) -> list[Bin]:
    """Pairs of share said and right or wrong, in `count` bins of equal width; empty bins are left out."""
    filled: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for share, right in pairs:
        filled[min(int(share * count), count - 1)].append((share, right))
    return [
        Bin(
            low=k / count,
            high=(k + 1) / count,
            cases=len(found),
            said=sum(s for s, _ in found) / len(found),
            found=sum(r for _, r in found) / len(found),
        )
        for k, found in sorted(filled.items())
    ]


def calibration_error(pairs: Sequence[tuple[float, bool]], count: int = BINS) -> float:
    """The expected calibration error, from 0 to 1; 0 where there is no case."""
    return sum(b.cases * abs(b.said - b.found) for b in bins_of(pairs, count)) / max(1, len(pairs))


@dataclass(frozen=True, slots=True)
class Cost:
    """What leaving out claims below a threshold gives and takes: how many are kept, the share of them that is right,
    and the share of all right ones that is left out.
    """

    threshold: float
    kept: int
    precision: float
    lost: float


def costs_of(pairs: Sequence[tuple[float, bool]], thresholds: Iterable[float]) -> list[Cost]:
    """The cost of each threshold over pairs of share said and right or wrong."""
    right = max(1, sum(r for _, r in pairs))
    found = []
    for threshold in thresholds:
        kept = [r for share, r in pairs if share >= threshold]
        found.append(Cost(threshold, len(kept), sum(kept) / max(1, len(kept)), 1 - sum(kept) / right))
    return found


# ------------------------------------------------------------------ cases


def observations(own: Path, shared: Path | None, settings: Settings) -> list[Observation]:
    """Every claim and value of the sets that are here and that their gold can judge."""
    found = []
    for source in sources(own, shared):
        texts = [(j.text.text, j.text.file, j.text.published) for j in source.texts]
        for judged, (_document, pairs) in zip(source.texts, coding.doubted_texts(texts, settings), strict=True):
            verdicts = judged.judge([claim for claim, _ in pairs])
            for (claim, doubts), told in zip(pairs, verdicts, strict=True):
                quote = " ".join(claim.passages[0].quote.split())
                found += [
                    Observation(
                        source.name, judged.group(claim), model_of(claim.kind, slot), slot, doubts[slot], right,
                        source.weight, source.natural, judged.text.file, quote,
                    )
                    for slot, right in told.items()
                    if slot in doubts
                ]  # fmt: skip
    return found


def fitted(cases: Iterable[Observation]) -> dict[str, Model]:
    """A model for every slot that was judged, by name."""
    by_model: dict[str, list[Example]] = defaultdict(list)
    for case in cases:
        by_model[case.model].append(Example(case.features, case.right, case.weight))
    return {name: fit(_plain(found)) for name, found in sorted(by_model.items())}


def _plain(examples: list[Example]) -> list[Example]:
    """Too few cases carry no weights, only a share."""
    return examples if len(examples) >= _FEWEST else [Example({}, e.right, e.weight) for e in examples]


def tried(cases: Sequence[Observation], folds: int = _FOLDS) -> list[tuple[Observation, float]]:
    """Each case of a natural text with the share that models fitted on the other folds give it."""
    parts: dict[int, list[Observation]] = defaultdict(list)
    for case in cases:
        parts[crc32(f"{case.source} {case.group}".encode()) % folds].append(case)
    found = []
    for held in sorted(parts):
        models = fitted(c for k, part in parts.items() if k != held for c in part)
        found += [(c, models[c.model].share(c.features)) for c in parts[held] if c.natural and c.model in models]
    return found


# ------------------------------------------------------------------ the measure


def _measure(root: Path, system: System) -> Outcome:
    cases = observations(system.own or find_gold().own, root, system.settings)
    rated = tried(cases)
    groups: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for case, share in rated:
        for name in _groups(case):
            groups[name].append((share, case.right))
    figures = [
        Figure(f"{name}: calibration error", calibration_error(pairs), len(pairs), count=True)
        for name, pairs in sorted(groups.items())
    ]
    tables = [_reliability(name, groups[name]) for name in ("claims", "values")]
    return Outcome(tuple(figures), tuple(_slips(rated)), (*tables, _abstaining(groups["claims"])))


def _groups(case: Observation) -> Iterator[str]:
    what = "claims" if case.slot == CLAIM else "values"
    yield what
    yield f"{what} of {case.source}"


def _reliability(name: str, pairs: Sequence[tuple[float, bool]]) -> Table:
    rows = tuple(
        (f"{b.low:.1f} to {b.high:.1f}", str(b.cases), f"{b.said:.2f}", f"{b.found:.2f}") for b in bins_of(pairs)
    )
    return Table(f"Reliability of {name}", ("confidence", "cases", "mean confidence", "share right"), rows)


def _abstaining(pairs: Sequence[tuple[float, bool]]) -> Table:
    rows = tuple(
        (f"{c.threshold:.1f}", str(c.kept), f"{c.precision:.3f}", f"{c.lost:.3f}") for c in costs_of(pairs, _THRESHOLDS)
    )
    return Table("What abstaining costs", ("threshold", "claims kept", "of them right", "right ones left out"), rows)


def _slips(rated: Iterable[tuple[Observation, float]]) -> Iterator[Slip]:
    for case, share in rated:
        if share >= _SURE and not case.right:
            what = f"{case.model} was given {share:.0%}"
            yield Slip(f"{case.source}: {case.where}", "wrong", what, f"{case.slot.partition(':')[0]} too sure",
                       sentence=case.quote)  # fmt: skip


MEASURE = Measure(
    name="confidence",
    ability="Confidence that means something",
    root="shared",
    data=(NEWSWIRE, ARTICLE, MUC4),
    source="news digests, analyst's article, MUC-4 and own golden cases; each text rated by models fitted on others",
    run=_measure,
)
