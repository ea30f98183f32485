"""Learn what the levels in `resolution/incident_weights.yml` are worth, from reports whose truth is known.

    python tools/fit_incidents.py ../shared/data/ged/ged_pakistan_1989_2014.csv

1. Three sources: a corpus generated from the events of the file (`khabar.evaluation.generated`); the headlines of the
   file's rows (`khabar.evaluation.headlines`), those of odd months; news digests. Their candidate pairs are compared.
   Pairs with a claim of a held-back event are left out, and so are pairs on which a rule decides.
2. A logistic model with a ridge is fitted to the levels that the pairs show, all sources together; each has a base of
   its own, for they differ in how crowded they are, and that of the generated corpus is kept. A level that speaks
   against is never worth more than nothing, and an agreement in order ("equal, five to nineteen", "equal, two to four")
   never less than the next one. What `by_hand` names, and levels too rare to learn, keep what stands in the file.
3. The sum from which a pair is the same is chosen so that the groups fit the truth best, on the mean over the three
   sources, and called 5.

The file is written anew, and writing it a second time changes nothing. Figures on what was held back are those of
`khabar evaluate generated headlines own-clusters`.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

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
from khabar.resolution.weights import UNSAID, WEIGHTS_FILE, Weights, load_weights, weights_from
from khabar.settings import load_settings

CLAIMS = 40_000  # of the generated corpus
COPIES = 12  # in other countries, of the events of the file: more than enough for as many claims
SEED = 7
DIGESTS = Path("newswire") / "dev.jsonl"  # beside the folder of the GED file
GENERATED, HEADLINE, DIGEST = 1.0, 10.0, 20.0  # what a pair counts: real reports say more than made-up ones
RIDGE = 3.0
RARE, RARE_REAL = 30, 8  # made-up pairs, or real ones, that must show a level before its weight is learned
ROUNDS = 200
LONGEST = 2.0  # by which a weight moves in one round, so that the search does not overshoot
THRESHOLDS = np.arange(-0.75, 0.26, 0.25)
SAME = 5.0
QUESTION = 0.8  # below the sum for "same" from which a person should look
DOUBT = 4.0  # below the sum for "same" from which two claims are kept apart
HEAD = """\
# What each level of each comparison is worth, in log odds: 0.7 doubles the odds of one incident, -2.3 a tenth of
# them. The sum of `base` and the weights of what was found decides: from `same` on two claims are one incident, from
# `unsure` on a person should look, below `different` they are two; the rules of `resolution/rules.py` stand above it.
#
# Written by tools/fit_incidents.py from {0} pairs of generated reports, {1} of headlines and {2} of news digests; see
# docs/resolution.md. What `by_hand` names was set by people, for the reason given; `too_rare` names levels that hardly
# a pair shows, which keep what people set.
"""


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
OPPOSES = np.array([level in next(f for f in FEATURES if f.name == name).opposes for name, level in COLUMNS])


def lesson(table: Table, truth_of: dict[str, str], allowed: NDArray[np.bool_]) -> Lesson:
    """What the candidate pairs of a table teach; `allowed` says of which rows pairs may be used."""
    left, right = candidates(table)
    use = allowed[left] & allowed[right]
    pairs = Pairs(table, left[use], right[use])
    found, _, _, by = compare(pairs, load_weights())
    caps = [number for number, rule in enumerate(RULES, 1) if rule.caps]
    open_ = (by == 0) | np.isin(by, caps)
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


def fitted(
    lessons: Sequence[tuple[Lesson, float]], start: Weights, by_hand: Collection[str]
) -> tuple[float, dict[str, dict[str, float]], list[str]]:
    """The base, the weight of each level, and the levels too rare to learn. With each lesson comes what its pairs
    count; the base is that of the first.
    """
    shown = np.vstack([each.shown for each, _ in lessons])
    same = np.concatenate([each.same for each, _ in lessons])
    counts = np.concatenate([each.counts * weight for each, weight in lessons])
    source = np.concatenate([np.full(len(each.same), number) for number, (each, _) in enumerate(lessons)])
    bases = np.column_stack([source == number for number in range(1, len(lessons))])
    seen = np.array([(each.shown * each.counts[:, None]).sum(axis=0) for each, _ in lessons])

    kept = np.array([start.levels[f].get(level, 0.0) for f, level in COLUMNS])
    hand = np.array([f in by_hand or f"{f}: {level}" in by_hand for f, level in COLUMNS])
    rare = (seen[0] < RARE) & (seen[1:].sum(axis=0) < RARE_REAL)
    learn = ~rare  # what is set by hand, too, so that it does not bend the others; it is put back in the end
    fixed = np.where(learn | hand, 0.0, kept)
    while True:
        base, weights = _newton((shown, bases.astype(np.float32)), same, counts, learn, fixed)
        wrong = learn & OPPOSES & (weights > 0)
        if not wrong.any():
            break
        learn, fixed = learn & ~wrong, np.where(wrong, 0.0, fixed)
    weights[hand] = kept[hand]
    for feature in ("killed", "injured", "attackers"):
        levels = [COLUMNS.index((feature, level)) for level in EQUAL_NUMBERS]
        _in_order(weights, [level for level in levels if learn[level]], seen.sum(axis=0))
    _in_order(weights, [number for number, (name, _) in enumerate(COLUMNS) if name == "scale"], seen.sum(axis=0))
    table: dict[str, dict[str, float]] = {}
    for name, level in sorted(COLUMNS, key=lambda c: ([f.name for f in FEATURES].index(c[0]), c[1] != UNSAID)):
        table.setdefault(name, {})[level] = round(float(weights[COLUMNS.index((name, level))]), 2)
    return base, table, [f"{f}: {level}" for (f, level), which in zip(COLUMNS, rare & ~hand, strict=True) if which]


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
    same: NDArray[np.float64],
    counts: NDArray[np.float64],
    learn: NDArray[np.bool_],
    fixed: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64]]:
    """The base and weights of the greatest penalised likelihood; those not to be learned stay as they are. `shown` are
    the levels, and which source a pair is of.
    """
    levels, sources = shown
    columns = np.column_stack([np.ones(len(same), np.float32), levels[:, learn], sources])
    offset = levels @ np.where(learn, 0.0, fixed).astype(np.float32)
    ridge = np.full(columns.shape[1], RIDGE)
    ridge[0] = 1e-6
    now = np.zeros(columns.shape[1])
    now[0] = -float(offset.max())
    for _ in range(ROUNDS):
        odds = 1 / (1 + np.exp(-np.clip(columns @ now + offset, -30, 30)))
        slope = columns.T @ (counts * (same - odds)) - ridge * now
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
    groups = gather(table.claims, judge(table, model), enough=model.same)
    return pairwise(of, clustering_of(groups, of), lambda claim: not held_back(of[claim])).f1


def main(path: Path) -> None:
    """Learn, and write the file anew."""
    system = System(load_settings())
    before = yaml.safe_load(WEIGHTS_FILE.read_text(encoding="utf-8"))
    by_hand = before["by_hand"]
    made_up, of = generated(path, system)
    listed, rows = headlines(path, system)
    told, incidents = digests(path, system)
    lessons = [
        (lesson(made_up, of, np.array([not held_back(of[c]) for c in made_up.claims])), GENERATED),
        (lesson(listed, rows, np.ones(len(listed), np.bool_)), HEADLINE),
        (lesson(told, incidents, np.array([c in incidents for c in told.claims])), DIGEST),
    ]
    base, features, rare = fitted(lessons, load_weights(), by_hand)
    after = {"base": base, "same": 0.0, "unsure": 0.0, "different": 0.0, "by_hand": by_hand, "too_rare": rare}
    after["features"] = features
    after["base"] = round(base + SAME - best_threshold([(made_up, of), (listed, rows), (told, incidents)], after), 2)
    after.update({"same": SAME, "unsure": round(SAME - QUESTION, 2), "different": SAME - DOUBT})
    head = HEAD.format(*(each.pairs() for each, _ in lessons))
    WEIGHTS_FILE.write_text(head + yaml.safe_dump(after, sort_keys=False, width=110), encoding="utf-8")
    print(f"wrote {WEIGHTS_FILE}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
