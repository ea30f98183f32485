"""Learn the weights of the place finder and say how good they are on articles they were not learned from.

    python tools/train_places.py [--write]

The weights are those of a conditional logit: of the candidates of a name, the right one should score highest. They are
learned from GeoWebNews (in the folder KHABAR_SHARED, or ../shared beside the project) and the cases of
`eval/places.yml`, held to weights set by hand (`PRIOR`) by a quadratic penalty. Five times a fifth of the articles is
kept aside; the share right among those is printed, beside that of the hand-set weights. `--write` learns from all and
writes the table.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from khabar.evaluation.distance import NEAR_KM, km_between
from khabar.evaluation.geowebnews import read_articles
from khabar.evaluation.own_places import read_cases
from khabar.reading.gazetteer import Candidate, Gazetteer, open_gazetteer
from khabar.reading.place_choice import PlaceContext, choose, weigh
from khabar.reading.place_features import DOCUMENT, OWN, Shares, containers_of, document_features, nearness
from khabar.reading.places import SettledNames, locate_names, settle_names
from khabar.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KHABAR_SHARED") or ROOT.parent / "shared")
TABLE = ROOT / "src/khabar/reading/data/places/weights.csv"
FEATURES = (*OWN, *DOCUMENT)
FOLDS = 5
PULL = 2.0  # how strongly the hand-set weights hold, in units of examples
# Features that the articles hardly ever show (they have few provinces beside towns of one name, and few former units).
RARE = {"outgrown", "out_of_time", "unit_first", "unit_other", "unit_clash", "alias_rival", "listed"}
PRIOR = {
    "size": 1.0, "country": 3.4, "region": 4.9, "feature": 2.5, "site": 3.0, "valley": 0.0, "area": -0.6, "adm1": 0.2,
    "adm2": -1.4, "capital": 2.0, "alias": -1.8, "alias_rival": -1.5, "unit_first": 3.0, "unit_other": 1.0,
    "unit_clash": -4.0, "outgrown": -1.5, "out_of_time": -12.0, "fame": 0.5,
    "listed": 1.0, "held": 6.0, "country_share": 2.5, "country_named": 0.0,
    "unit_share": 1.2, "near": 1.0, "very_near": 0.0, "seen_held": 3.0, "unheard_of": 0.0, "foreign": -1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text with the names asked for and where each is: GeoNames id (or None), latitude, longitude."""

    text: str
    spans: list[tuple[int, int]]
    settled: SettledNames
    answers: list[tuple[int | None, float, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one name as rows of features, and which of them are right."""

    rows: np.ndarray
    right: np.ndarray


def lessons(gazetteer: Gazetteer) -> tuple[list[Lesson], list[Lesson]]:
    """Every text there is to learn from: the articles, and our own cases."""
    articles: list[Lesson] = []
    cases: list[Lesson] = []
    for article in read_articles(SHARED / "data/geo/geowebnews.xml"):
        linked = [t for t in article.toponyms if t.id is not None]
        spans = [(t.start, t.end) for t in linked]
        settled = settle_names(article.text, spans, gazetteer, PlaceContext())
        articles.append(
            Lesson(article.text, spans, settled, [(t.id, t.latitude or 0.0, t.longitude or 0.0) for t in linked])
        )
    for case in read_cases(ROOT / "eval/places.yml"):
        spans = [(p.start, p.end) for p in case.places]
        settled = settle_names(case.text, spans, gazetteer, PlaceContext(case.published))
        cases.append(Lesson(case.text, spans, settled, [(None, p.latitude, p.longitude) for p in case.places]))
    return articles, cases


def examples(lesson: Lesson, table: Mapping[str, float]) -> list[Example]:
    """The names of a text that have a right and a wrong candidate, weighed as the table now reads the text."""
    context = PlaceContext()
    evidence = choose(lesson.settled.names, lesson.settled.demonyms, context, table).evidence
    found = []
    for name, answer in zip(lesson.settled.given, lesson.answers, strict=True):
        if name is None:
            continue
        few = weigh(name, context, table)
        right = np.array([is_right(w.place, answer, [x.place for x in few]) for w in few])
        if not right.any() or right.all():
            continue
        held = containers_of(name.inside)
        shares = {w.place.country: evidence.share(w.place.country, name.key) for w in few}
        most = max(shares.values())
        rows = []
        for weighed in few:
            seen = document_features(name, weighed.place, evidence, held, Shares(shares[weighed.place.country], most))
            seen[DOCUMENT.index("near")], seen[DOCUMENT.index("very_near")] = nearness(
                weighed.place, name.key, evidence
            )
            rows.append([*weighed.own, *seen])
        found.append(Example(np.array(rows), right))
    return found


def is_right(c: Candidate, answer: tuple[int | None, float, float], few: Sequence[Candidate]) -> bool:
    """The candidate with the answer's id; where none has it, any near the answer."""
    if any(other.id == answer[0] for other in few):
        return c.id == answer[0]
    km = km_between((c.latitude, c.longitude), answer[1:])
    return km is not None and km <= NEAR_KM


def learn(taught: Sequence[Example], start: Mapping[str, float]) -> dict[str, float]:
    """The weights under which the right candidates score highest, near `PRIOR`, from `start` (Adam, 300 steps)."""
    prior = np.array([PRIOR[f] for f in FEATURES])
    pull = np.array([20 * PULL if f in RARE else PULL for f in FEATURES])
    w = np.array([start[f] for f in FEATURES])
    size = max(len(e.rows) for e in taught)
    rows = np.zeros((len(taught), size, len(FEATURES)))
    mask = np.full((len(taught), size), -1e9)
    right = np.zeros((len(taught), size), dtype=bool)
    for k, e in enumerate(taught):
        rows[k, : len(e.rows)], mask[k, : len(e.rows)], right[k, : len(e.rows)] = e.rows, 0.0, e.right
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, 301):
        score = rows @ w + mask
        every = np.exp(score - score.max(axis=1, keepdims=True))
        every /= every.sum(axis=1, keepdims=True)
        good = np.where(right, every, 0.0)
        good /= good.sum(axis=1, keepdims=True) + 1e-12
        slope = np.einsum("nc,ncf->f", every - good, rows) + pull * (w - prior)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        w = w - 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {f: round(float(x), 3) for f, x in zip(FEATURES, w, strict=True)}


def teach(lessons_: Sequence[Lesson]) -> dict[str, float]:
    """Weights from texts, read twice: the second time as the first weights read them."""
    table: dict[str, float] = dict(PRIOR)
    for _ in range(2):
        table = learn([e for lesson in lessons_ for e in examples(lesson, table)], table)
    return table


def score(lessons_: Sequence[Lesson], table: Mapping[str, float], gazetteer: Gazetteer) -> tuple[int, int]:
    """How many names of the texts lie within 161 km of their answer, of how many."""
    right = of = 0
    for lesson in lessons_:
        mentions = locate_names(lesson.text, lesson.spans, gazetteer, PlaceContext(), table)
        for mention, answer in zip(mentions, lesson.answers, strict=True):
            of += 1
            here = (mention.place.latitude, mention.place.longitude) if mention else (None, None)
            km = km_between(here, answer[1:])
            right += km is not None and km <= NEAR_KM
    return right, of


def main() -> None:
    """Cross-validate, and write where asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help="write the weights learned from all texts")
    chosen = options.parse_args()
    gazetteer = open_gazetteer(load_settings().cache)
    articles, cases = lessons(gazetteer)
    every = [*articles, *cases]
    print("Acc@161 km          by hand   learned from other texts")
    folds = [teach([x for i, x in enumerate(every) if i % FOLDS != k]) for k in range(FOLDS)]
    for name, texts, first in (("GeoWebNews", articles, 0), ("own cases", cases, len(articles))):
        apart = [score([x], folds[(first + i) % FOLDS], gazetteer) for i, x in enumerate(texts)]
        by_hand, of = score(texts, PRIOR, gazetteer)
        print(f"{name:12} {of:5} {by_hand / of:9.4f} {sum(right for right, _ in apart) / of:9.4f}")
    table = teach(every)
    for feature in FEATURES:
        print(f"    {feature:15} {PRIOR[feature]:6.2f} {table[feature]:7.3f}")
    if chosen.write:
        with TABLE.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([("feature", "weight"), *table.items()])


if __name__ == "__main__":
    main()
