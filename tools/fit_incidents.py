"""Learn what the levels in `resolution/incident_weights.yml` are worth, from reports whose truth is known.

    python tools/fit_incidents.py ../shared/data/ged/ged_pakistan_1989_2014.csv [--check]

1. Three sources: a corpus generated from the events of the file (`khabar.evaluation.generated`); the headlines of the
   file's rows (`khabar.evaluation.headlines`), those of odd months; news digests. Their candidate pairs are compared.
   Pairs with a claim of a held-back event are left out, and so are pairs on which a rule decides.
2. A logistic model is fitted to the levels that the pairs show, all sources together; each has a base of its own, for
   they differ in how crowded they are, and that of the generated corpus is kept. What people say beforehand stands in
   `incident_priors.yml` beside this file, each with its reason: some levels are set, others expected, so that pairs
   that show them often outweigh it. A level that speaks against is never worth more than nothing, and an agreement in
   order ("equal, five to nineteen", "equal, two to four") never less than the next one.
   What words tell is learned from real reports alone.
3. The sum from which a pair is the same is chosen so that the groups fit the truth best, on the mean over the three
   sources, and called 5.

The file says what it was made from (`made_from`), and is never edited by hand: a test compares its fingerprint. The
same data give the same file; with `--check` nothing is written, and the exit code is 1 where the file would be another.
What was written before is not looked at. Figures on what was held back are those of `khabar evaluate generated
headlines own-clusters`. It takes a minute and a half.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from khabar import __version__
from khabar.errors import EvaluationError
from khabar.evaluation.cluster_score import clustering_of, pairwise
from khabar.evaluation.generated import generate, held_back, truth
from khabar.evaluation.generated_events import ged_happenings, transposed
from khabar.evaluation.generated_measure import copies_of
from khabar.evaluation.generated_places import Atlas
from khabar.evaluation.headlines import read_headlines
from khabar.evaluation.newswire_gold import likeness, load_reports
from khabar.evaluation.resolved import corpus_of
from khabar.evaluation.system import GoldText, System
from khabar.pairing import best_pairs
from khabar.reading.gazetteer import open_gazetteer
from khabar.resolution.actors import identify
from khabar.resolution.blocks import candidates
from khabar.resolution.chains import gather
from khabar.resolution.columns import Table, tabulate
from khabar.resolution.comparable import mentions_of
from khabar.resolution.comparisons import compare
from khabar.resolution.events import judge
from khabar.resolution.features import FEATURES
from khabar.resolution.levels import Pairs
from khabar.resolution.mentions import makes_incident
from khabar.resolution.model import Corpus, DocumentFacts
from khabar.resolution.rules import RULES
from khabar.resolution.tolls import EQUAL_NUMBERS
from khabar.resolution.verdicts import LIKELY
from khabar.resolution.weights import UNSAID, WEIGHTS_FILE, Weights, print_of_weights, weights_from
from khabar.settings import load_settings

CLAIMS = 40_000  # of the generated corpus
COPIES = 12  # in other countries, of the events of the file: more than enough for as many claims
SEED = 7
DIGESTS = Path("newswire") / "dev.jsonl"  # beside the folder of the GED file
GENERATED, HEADLINE, DIGEST = 1.0, 10.0, 20.0  # what a pair counts: real reports say more than made-up ones
RIDGE = 3.0  # how firmly a level nobody speaks of is expected to be worth nothing: the inverse of a variance
EXPECTED = 10.0  # how firmly people's expectations are held
ROUNDS = 200
LONGEST = 2.0  # by which a weight moves in one round, so that the search does not overshoot
THRESHOLDS = np.arange(-0.25, 0.76, 0.25)
SAME = 5.0
QUESTION = 0.8  # below the sum for "same" from which a person should look
DOUBT = 4.0  # below the sum for "same" from which two claims are kept apart
PRIORS_FILE = Path(__file__).with_name("incident_priors.yml")
HEAD = """\
# What each level of each comparison is worth, in log odds: 0.7 doubles the odds of one incident, -2.3 a tenth of
# them. The sum of `base` and the weights of what was found decides: from `same` on two claims are one incident, from
# `unsure` on a person should look, below `different` they are two; the rules of `resolution/rules.py` stand above it.
#
# Written by tools/fit_incidents.py, not to be edited: what people set is in tools/incident_priors.yml, with the reason.
"""


@dataclass(frozen=True, slots=True)
class Priors:
    """What people say beforehand: the weights that are `set`, and those that are `expected`, by feature and level."""

    set: Mapping[tuple[str, str], float]
    expected: Mapping[tuple[str, str], float]

    @property
    def start(self) -> Weights:
        """Weights before anything is learned; which pairs a rule decides on does not depend on them."""
        levels: dict[str, dict[str, float]] = {}
        for name, level in COLUMNS:
            levels.setdefault(name, {})[level] = {**self.expected, **self.set}.get((name, level), 0.0)
        return Weights(0.0, SAME, SAME - QUESTION, SAME - DOUBT, levels)


def read_priors(path: Path = PRIORS_FILE) -> Priors:
    """The priors of a file; EvaluationError where it names a level that no comparison has."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    fixed = {name: weight for group in data["set"] for name, weight in group["levels"].items()}
    known = {f"{name}: {level}": (name, level) for name, level in COLUMNS}
    unknown = sorted({*fixed, *data["expected"]} - known.keys())
    if unknown:
        raise EvaluationError(f"no comparison finds {', '.join(unknown)}.", f"Correct {path.name}.")
    return Priors(*({known[n]: float(w) for n, w in told.items()} for told in (fixed, data["expected"])))


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pairs with what they show (a row of 0 and 1 for each kind of pair, a column a level), their truth, and how many
    there are of each kind.
    """

    shown: NDArray[np.float32]
    same: NDArray[np.float64]
    counts: NDArray[np.float64]

    def pairs(self) -> int:
        """How many pairs there are."""
        return round(float(self.counts.sum()))


ALWAYS = ("dates", "places", "types")  # features whose silence has a weight too, for nearly all reports speak of them
COLUMNS = [(f.name, level) for f in FEATURES for level in f.levels] + [(name, UNSAID) for name in ALWAYS]
REAL = ("words",)  # taught by real reports alone: made-up ones choose their words from short lists
OPPOSES = np.array([level in next(f for f in FEATURES if f.name == name).opposes for name, level in COLUMNS])


def lesson(table: Table, truth_of: dict[str, str], allowed: NDArray[np.bool_], start: Weights) -> Lesson:
    """What the candidate pairs of a table teach; `allowed` says of which rows pairs may be used."""
    left, right = candidates(table)
    use = allowed[left] & allowed[right]
    pairs = Pairs(table, left[use], right[use])
    made = compare(pairs, start)
    found, by = made.found, made.by
    by_sum = [number for number, rule in enumerate(RULES, 1) if rule.caps or rule.verdict == LIKELY]
    open_ = (by == 0) | np.isin(by, by_sum)
    codes = [(f.name, code) for f in FEATURES for code in range(1, len(f.levels) + 1)]
    shown = np.column_stack([(found[name] == code)[open_] for name, code in [*codes, *((name, 0) for name in ALWAYS)]])
    events = np.unique([truth_of.get(c, c) for c in table.claims], return_inverse=True)[1]
    same = (events[pairs.left] == events[pairs.right])[open_]
    return _distinct(np.column_stack([shown, same]).astype(np.uint8))


def _distinct(rows: NDArray[np.uint8]) -> Lesson:
    """Rows of what pairs show, the truth in the last column, each kind of pair once with how many there are."""
    packed = np.packbits(rows, axis=1)
    keys = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return Lesson(rows[first, :-1].astype(np.float32), rows[first, -1].astype(float), counts.astype(float))


def fitted(lessons: Sequence[tuple[Lesson, float]], priors: Priors) -> tuple[float, dict[str, dict[str, float]]]:
    """The base, and the weight of each level. With each lesson comes what its pairs count; the base is of the first."""
    shown = np.vstack([each.shown for each, _ in lessons])
    same = np.concatenate([each.same for each, _ in lessons])
    counts = np.concatenate([each.counts * weight for each, weight in lessons])
    source = np.concatenate([np.full(len(each.same), number) for number, (each, _) in enumerate(lessons)])
    bases = np.column_stack([source == number for number in range(1, len(lessons))])
    seen = np.sum([(each.shown * each.counts[:, None]).sum(axis=0) for each, _ in lessons], axis=0)

    expected = np.array([priors.expected.get(column, 0.0) for column in COLUMNS])
    ridge = np.array([EXPECTED if column in priors.expected else RIDGE for column in COLUMNS])
    learn, fixed = np.ones(len(COLUMNS), np.bool_), np.zeros(len(COLUMNS))
    while True:  # what is set is learned, too, so that it does not bend the others; it is put in its place in the end
        base, weights = _newton((shown, bases.astype(np.float32)), (same, counts), learn, fixed, (expected, ridge))
        wrong = learn & OPPOSES & (weights > 0)
        if not wrong.any():
            break
        learn = learn & ~wrong
    for column, weight in priors.set.items():
        weights[COLUMNS.index(column)] = weight
    for feature in ("killed", "injured", "attackers"):
        levels = [COLUMNS.index((feature, level)) for level in EQUAL_NUMBERS]
        _in_order(weights, [level for level in levels if COLUMNS[level] not in priors.expected], seen)
    _in_order(weights, [number for number, (name, _) in enumerate(COLUMNS) if name == "scale"], seen)
    table: dict[str, dict[str, float]] = {}
    for name, level in sorted(COLUMNS, key=lambda c: ([f.name for f in FEATURES].index(c[0]), c[1] != UNSAID)):
        table.setdefault(name, {})[level] = round(float(weights[COLUMNS.index((name, level))]), 2) + 0.0
    return base, table


def _in_order(weights: NDArray[np.float64], levels: Sequence[int], seen: NDArray[np.float64]) -> None:
    """Levels in order, each worth no less than the next; those that are share their mean (pool adjacent violators)."""
    pools: list[tuple[float, float, list[int]]] = []
    for level in levels:
        pools.append((float(weights[level]), float(seen[level]) + 1, [level]))
        while len(pools) > 1 and pools[-2][0] < pools[-1][0]:
            (b, m, right), (a, n, left) = pools.pop(), pools.pop()
            pools.append(((a * n + b * m) / (n + m), n + m, left + right))
    for weight, _, pool in pools:
        weights[pool] = weight


def _newton(
    shown: tuple[NDArray[np.float32], NDArray[np.float32]],
    pairs: tuple[NDArray[np.float64], NDArray[np.float64]],
    learn: NDArray[np.bool_],
    fixed: NDArray[np.float64],
    prior: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> tuple[float, NDArray[np.float64]]:
    """The base and weights of the greatest penalised likelihood; those not to be learned stay as they are. `shown` are
    the levels, and which source a pair is of; `pairs` the truth and the counts; `prior` what weights are expected to
    be, and how firmly.
    """
    levels, sources = shown
    same, counts = pairs
    columns = np.column_stack([np.ones(len(same), np.float32), levels[:, learn], sources])
    offset = levels @ np.where(learn, 0.0, fixed).astype(np.float32)
    rest = np.zeros(sources.shape[1])
    mean = np.concatenate(([0.0], prior[0][learn], rest))
    ridge = np.concatenate(([1e-6], prior[1][learn], rest + RIDGE))
    now = mean.copy()
    for _ in range(ROUNDS):
        odds = 1 / (1 + np.exp(-np.clip(columns @ now + offset, -30, 30)))
        slope = columns.T @ (counts * (same - odds)) - ridge * (now - mean)
        bend = (columns * (counts * odds * (1 - odds))[:, None]).T @ columns + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        now = now + step * min(1.0, LONGEST / np.abs(step).max())
        if np.abs(step).max() < 1e-5:
            break
    else:
        raise EvaluationError("the weights did not settle.", "Raise ROUNDS, or lower LONGEST.")
    weights = fixed.copy()
    weights[learn] = now[1 : 1 + int(learn.sum())]
    return float(now[0]), weights


# ------------------------------------------------------------------ what there is to learn from


def generated(path: Path, system: System) -> tuple[Table, dict[str, str]]:
    """A generated corpus as a table, and the event of each claim."""
    gazetteer = open_gazetteer(system.settings.cache)
    gazetteer.close()
    atlas = Atlas(gazetteer.path)
    items = list(islice(generate(transposed(ged_happenings(path), atlas, COPIES), atlas, seed=SEED), CLAIMS))
    atlas.close()
    corpus = corpus_of([i.claim for i in items], (i.document for i in items), copies_of(items), system.settings)
    return tabled(corpus), truth(items)


def headlines(path: Path, system: System) -> tuple[Table, dict[str, str]]:
    """The headlines of odd months as a table, and the row of each of their claims."""
    listed = [h for h in read_headlines(path) if int(h.happened[5:7]) % 2]
    answers = system.extract([GoldText(h.text, f"headline-{n}.txt", h.day) for n, h in enumerate(listed)])
    claims = {claim.id: h.row for h, (_, found) in zip(listed, answers, strict=True) for claim in found}
    documents = (DocumentFacts(d.id, d.file, published=d.published) for d, _ in answers)
    corpus = corpus_of([c for _, found in answers for c in found], documents, (), system.settings)
    return tabled(corpus), claims


def digests(path: Path, system: System) -> tuple[Table, dict[str, str]]:
    """News digests as a table, and the incident of the claims that are paired with one."""
    reports = load_reports(path.parents[1] / DIGESTS)
    answers = system.extract([GoldText(r.text, f"{r.name}.txt", r.published) for r in reports])
    incidents: dict[str, str] = {}
    for report, (_, claims) in zip(reports, answers, strict=True):
        told = [c for c in claims if makes_incident(c)]
        for gold, claim in best_pairs(report.incidents, told, likeness):
            incidents[told[claim].id] = report.incidents[gold].name
    documents = (DocumentFacts(d.id, d.file, published=d.published) for d, _ in answers)
    corpus = corpus_of([c for _, found in answers for c in found], documents, (), system.settings)
    return tabled(corpus), incidents


def tabled(corpus: Corpus) -> Table:
    """The mentions of a corpus as a run makes them."""
    return tabulate(mentions_of(corpus.claims, corpus, identify(corpus)))


def best_threshold(sources: Sequence[tuple[Table, dict[str, str]]], weights: dict[str, object]) -> float:
    """The sum for "same" at which the groups fit the truth best, on the mean over the sources; what is held back does
    not count.
    """
    scored = []
    for same in THRESHOLDS.tolist():
        model = weights_from({**weights, "same": same, "unsure": same - QUESTION, "different": same - DOUBT})
        tallies = [_fit_of_groups(table, of, model) for table, of in sources]
        scored.append((sum(tallies) / len(tallies), same))
        print(f"same from {same:5.2f}: pairwise F1 {', '.join(f'{t:.3f}' for t in tallies)}", flush=True)
    return float(max(scored)[1])


def _fit_of_groups(table: Table, of: dict[str, str], model: Weights) -> float:
    groups = gather(table, judge(table, model), enough=model.same)
    return pairwise(of, clustering_of(groups, of), lambda claim: not held_back(of[claim])).f1


def learned(path: Path, system: System) -> dict[str, Any]:
    """What the file of weights holds, from the GED file at `path` and the digests beside it."""
    priors = read_priors()
    made_up, of = generated(path, system)
    listed, rows = headlines(path, system)
    told, incidents = digests(path, system)
    allowed = (
        np.array([not held_back(of[c]) for c in made_up.claims]),
        np.ones(len(listed), np.bool_),
        np.array([c in incidents for c in told.claims]),
    )
    sources = ((made_up, of), (listed, rows), (told, incidents))
    lessons = [lesson(*source, which, priors.start) for source, which in zip(sources, allowed, strict=True)]
    lessons[0].shown[:, [number for number, (name, _) in enumerate(COLUMNS) if name in REAL]] = 0
    base, features = fitted(list(zip(lessons, (GENERATED, HEADLINE, DIGEST), strict=True)), priors)
    weights: dict[str, Any] = {"base": base, "features": features}
    sums = {"same": SAME, "unsure": round(SAME - QUESTION, 2), "different": SAME - DOUBT}
    weights = {"base": round(base + SAME - best_threshold(sources, weights), 2), **sums, "features": features}
    made_from = {
        "files": {each.name: _print_of_file(each) for each in (path, path.parents[1] / DIGESTS, PRIORS_FILE)},
        "seed": SEED,
        "claims": CLAIMS,
        "khabar": __version__,
        "pairs": dict(zip(("generated", "headlines", "digests"), (each.pairs() for each in lessons), strict=True)),
        "weights": print_of_weights(weights),
    }
    return {"made_from": made_from, **weights}


def _print_of_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def main() -> int:
    """Learn, and write the file anew; 1 with `--check` where it would be another."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("ged", type=Path, help="the GED file")
    options.add_argument("--check", action="store_true", help="write nothing, and tell whether the file is up to date")
    asked = options.parse_args()
    text = HEAD + yaml.safe_dump(learned(asked.ged, System(load_settings())), sort_keys=False, width=110)
    if asked.check:
        fits = text == WEIGHTS_FILE.read_text(encoding="utf-8")
        print(f"{WEIGHTS_FILE} is {'what the data give' if fits else 'out of date: run the tool without --check'}.")
        return 0 if fits else 1
    WEIGHTS_FILE.write_text(text, encoding="utf-8")
    print(f"wrote {WEIGHTS_FILE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
