"""Learn what the levels in `resolution/incident_weights.yml` are worth, from reports whose truth is known.

    python tools/fit_incidents.py ../shared/data/ged/ged_pakistan_1989_2014.csv

1. A corpus is generated from the events of the file (`khabar.evaluation.generated`), and its candidate pairs compared.
   Pairs with a claim of a held-back event are left out, and so are pairs on which a rule decides.
2. Headlines of the file's rows are read (`khabar.evaluation.headlines`), those of odd months, and news digests.
3. A logistic model with a ridge is fitted to the levels that the pairs show. A weight that would say the opposite of
   its level's name becomes 0, and an agreement in order ("equal, five to nineteen", "equal, two to four") is never
   worth less than the next one; levels too rare to learn, and what `by_hand` names, keep what stands in the file.
4. The sum from which a pair is the same is chosen so that the groups fit the truth best, and called 5.

The file is written anew; figures on what was held back are those of `khabar evaluate generated headlines`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

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
from khabar.resolution.events import compare, judge
from khabar.resolution.features import FEATURES
from khabar.resolution.levels import Pairs
from khabar.resolution.mentions import makes_incident
from khabar.resolution.model import Corpus, DocumentFacts
from khabar.resolution.rules import RULES
from khabar.resolution.tolls import EQUAL_NUMBERS
from khabar.resolution.weights import UNSAID, WEIGHTS_FILE, Weights, load_weights, weights_from
from khabar.settings import load_settings

CLAIMS = 60_000  # of the generated corpus
ORDERED = EQUAL_NUMBERS
COPIES = 12  # in other countries, of the events of the file: more than enough for as many claims
SEED = 7
DIGESTS = Path("newswire") / "dev.jsonl"  # beside the folder of the GED file
GENERATED, HEADLINE, DIGEST = 0.3, 30.0, 60.0  # what a pair counts: real reports say more than made-up ones
RIDGE = 3.0
RARE = 30  # pairs that must show a level before its weight is learned
ROUNDS = 200
LONGEST = 2.0  # by which a weight moves in one round, so that the search does not overshoot
THRESHOLDS = np.arange(-0.75, 0.51, 0.25)
SAME = 5.0
QUESTION = 0.8  # below the sum for "same" from which a person should look
DOUBT = 4.0  # below the sum for "same" from which two claims are kept apart
HEAD = """\
# What each level of each comparison is worth, in log odds: 0.7 doubles the odds of one incident, -2.3 a tenth of
# them. The sum of `base` and the weights of what was found decides: from `same` on two claims are one incident, from
# `unsure` on a person should look, below `different` they are two; the rules of `resolution/rules.py` stand above it.
#
# Written by tools/fit_incidents.py from {pairs} pairs of generated reports and {headlines} pairs of headlines; see
# docs/resolution.md. What `by_hand` names was set by people: made-up reports cannot teach it.
"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pairs with what they show (a row of 0 and 1 a pair, a column a level), their truth, and what each counts."""

    shown: NDArray[np.float64]
    same: NDArray[np.float64]
    counts: NDArray[np.float64]


ALWAYS = ("dates", "places", "types")  # features whose silence has a weight too, for nearly all reports speak of them
COLUMNS = [(f.name, level) for f in FEATURES for level in f.levels] + [(name, UNSAID) for name in ALWAYS]


def lesson(table: Table, truth_of: dict[str, str], allowed: NDArray[np.bool_], counts: float) -> Lesson:
    """What the candidate pairs of a table teach; `allowed` says of which rows pairs may be used."""
    left, right = candidates(table)
    use = allowed[left] & allowed[right]
    pairs = Pairs(table, left[use], right[use])
    found, _, _, by = compare(pairs, load_weights())
    caps = [number for number, rule in enumerate(RULES, 1) if rule.caps]
    open_ = (by == 0) | np.isin(by, caps)
    codes = [(f.name, code) for f in FEATURES for code in range(1, len(f.levels) + 1)]
    shown = [(found[name] == code)[open_] for name, code in [*codes, *((name, 0) for name in ALWAYS)]]
    events = np.unique([truth_of.get(c, c) for c in table.claims], return_inverse=True)[1]
    same = (events[pairs.left] == events[pairs.right])[open_]
    return Lesson(np.column_stack(shown).astype(np.float32), same.astype(float), np.full(len(same), counts))


def fitted(
    lessons: Sequence[Lesson], start: Weights, by_hand: Sequence[str]
) -> tuple[float, dict[str, dict[str, float]]]:
    """The base and the weight of each level."""
    shown = np.vstack([each.shown for each in lessons])
    same, counts = (np.concatenate([getattr(each, name) for each in lessons]) for name in ("same", "counts"))
    of = np.array([f for f, _ in COLUMNS])
    kept = np.array([start.levels[f].get(level, 0.0) for f, level in COLUMNS])
    hand = np.array([f in by_hand or f"{f}: {level}" in by_hand for f, level in COLUMNS])
    learn = ~hand & (shown.sum(axis=0) >= RARE)
    sign = np.array([_sign(f, level) for f, level in COLUMNS])
    fixed = np.where(learn, 0.0, kept)
    while True:
        base, weights = _newton(shown, same, counts, learn, fixed)
        wrong = learn & (weights * sign < 0) & ~np.isin(of, ALWAYS)
        if not wrong.any():
            break
        learn, fixed = learn & ~wrong, np.where(wrong, 0.0, fixed)
    for name in ALWAYS[1:]:  # measured from its weakest support; what dates say is measured from their silence
        mine = learn & (of == name)
        least = min(float(weights[mine & (sign > 0)].min()), 0.0)
        weights[mine] -= least
        base += least
        weights[mine & (sign < 0)] = np.minimum(weights[mine & (sign < 0)], 0.0)
        _between(weights, np.flatnonzero((of == name) & (sign > 0)), learn)
    for feature in ("killed", "injured", "attackers"):
        _in_order(weights, [COLUMNS.index((feature, level)) for level in ORDERED], shown.sum(axis=0))
    table: dict[str, dict[str, float]] = {}
    for name, level in sorted(COLUMNS, key=lambda c: ([f.name for f in FEATURES].index(c[0]), c[1] != UNSAID)):
        table.setdefault(name, {})[level] = round(float(weights[COLUMNS.index((name, level))]), 2)
    return round(base, 2), table


def _sign(name: str, level: str) -> int:
    feature = next(f for f in FEATURES if f.name == name)
    return 0 if level == UNSAID else 1 if level in feature.supports else -1


def _between(weights: NDArray[np.float64], supports: NDArray[np.int64], learned: NDArray[np.bool_]) -> None:
    """Levels too rare to learn are worth what their learned neighbours in the order of levels are on average."""
    known = supports[learned[supports]]
    for level in supports[~learned[supports]]:
        weights[level] = weights[np.concatenate([known[known < level][-1:], known[known > level][:1]])].mean()


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
    shown: NDArray[np.float32],
    same: NDArray[np.float64],
    counts: NDArray[np.float64],
    learn: NDArray[np.bool_],
    fixed: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64]]:
    """The base and weights of the greatest penalised likelihood; those not to be learned stay as they are."""
    columns = np.column_stack([np.ones(len(shown), np.float32), shown[:, learn]])
    offset = shown @ np.where(learn, 0.0, fixed).astype(np.float32)
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
    weights = fixed.copy()
    weights[learn] = now[1:]
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


def best_threshold(table: Table, of: dict[str, str], weights: dict[str, object]) -> float:
    """The sum for "same" at which the groups of the events not held back fit the truth best."""
    scored = []
    for same in THRESHOLDS.tolist():
        model = weights_from({**weights, "same": same, "unsure": same - QUESTION, "different": same - DOUBT})
        groups = gather(table.claims, judge(table, model), enough=same)
        tally = pairwise(of, clustering_of(groups, of), lambda claim: not held_back(of[claim]))
        scored.append((tally.f1, same))
        print(f"same from {same:5.2f}: pairwise F1 {tally.f1:.4f}, precision {tally.precision:.4f}", flush=True)
    return max(scored)[1]


def main(path: Path) -> None:
    """Learn, and write the file anew."""
    system = System(load_settings())
    before = yaml.safe_load(WEIGHTS_FILE.read_text(encoding="utf-8"))
    by_hand = before["by_hand"]
    made_up, of = generated(path, system)
    listed, rows = headlines(path, system)
    told, incidents = digests(path, system)
    lessons = [
        lesson(made_up, of, np.array([not held_back(of[c]) for c in made_up.claims]), GENERATED),
        lesson(listed, rows, np.ones(len(listed), np.bool_), HEADLINE),
        lesson(told, incidents, np.array([c in incidents for c in told.claims]), DIGEST),
    ]
    base, features = fitted(lessons, load_weights(), by_hand)
    after = {"base": base, "same": 0.0, "unsure": 0.0, "different": before["different"], "by_hand": by_hand}
    after["features"] = features
    after["base"] = round(base + SAME - best_threshold(made_up, of, after), 2)
    after.update({"same": SAME, "unsure": round(SAME - QUESTION, 2), "different": SAME - DOUBT})
    head = HEAD.format(pairs=len(lessons[0].same), headlines=len(lessons[1].same))
    WEIGHTS_FILE.write_text(head + yaml.safe_dump(after, sort_keys=False, width=110), encoding="utf-8")
    print(f"wrote {WEIGHTS_FILE}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
