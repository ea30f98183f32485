"""Fit the weights by which messages of MUC-4 become templates: `eval/muc4_weights.json`.

    python tools/fit_muc4.py --keys train.jsonl [--output eval/muc4_weights.json]

Logistic regressions with a penalty on squared weights (Adam, full batch, no chance involved: the same messages give the
same weights). Features that stand in fewer than five messages are left out, and so are small weights. The thresholds
are those with the greatest micro-F1 over the training messages, each rated by weights fitted on the other four fifths;
that figure is printed. The development messages are not read.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from khabar.codebook.load import load_codebook
from khabar.evaluation.muc4 import KeyDocument, gold_templates, load_keys
from khabar.evaluation.muc4_candidates import Candidate, candidates
from khabar.evaluation.muc4_features import for_type, of_message
from khabar.evaluation.muc4_measure import TYPES, read_messages
from khabar.evaluation.muc4_messages import Message
from khabar.evaluation.muc4_model import Model, Weights, dump_model
from khabar.evaluation.muc4_templates import Rated, Thresholds, fill, rate
from khabar.evaluation.system import System
from khabar.evaluation.templates import SLOTS, Paired, Template, normal, score
from khabar.settings import load_settings

EVAL = Path(__file__).resolve().parents[1] / "eval"
FOLDS = 5
PENALTIES = {"types": 3.0, "second": 3.0, "slots": 2.0}
FEWEST = 5  # messages that a feature must stand in
LEAST = 0.08  # weight under which a feature is left out of the file
STEPS = (0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
LOWEST = 0.1  # probability of a type under which a message is not looked at for it


@dataclass(frozen=True, slots=True)
class Example:
    """A training message: what is read of it, and its gold."""

    message: Message
    said: set[str]
    phrases: list[Candidate]
    gold: list[Template]

    def of(self, kind: str) -> list[Template]:
        """The gold of a type; a template with alternatives belongs to its first."""
        return [template for template in self.gold if template.types[0] == kind]


def main() -> None:
    """Read, fit in folds for the thresholds, fit on all, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--keys", type=Path, required=True, help="training messages with their keys, JSON lines")
    parser.add_argument("--output", type=Path, default=EVAL / "muc4_weights.json")
    options = parser.parse_args()
    book = load_codebook(str(EVAL / "muc4.yml"))
    keys = load_keys(options.keys)
    system = System(load_settings())
    examples = [example(m, k) for m, k in zip(read_messages(keys, system, book), keys, strict=True)]
    print(f"{len(examples)} messages, {sum(len(e.phrases) for e in examples)} candidates")
    rated: list[list[Rated]] = [[] for _ in examples]
    for fold in range(FOLDS):
        model = fitted([e for n, e in enumerate(examples) if n % FOLDS != fold])
        for n in range(fold, len(examples), FOLDS):
            rated[n] = rate(examples[n].message, model, LOWEST)
        print(f"fold {fold + 1} of {FOLDS} rated", flush=True)
    best = searched(lambda t: scored(rated, examples, t))
    total = scored(rated, examples, best)
    print("micro-F1", round(total.micro.f1, 4), {name: round(c.f1, 3) for name, c in total.slots.items()}, best)
    options.output.write_text(dump_model(with_thresholds(fitted(examples), best), LEAST), "utf-8")


def example(message: Message, key: KeyDocument) -> Example:
    """A message made ready for fitting."""
    return Example(message, of_message(message), candidates(message, SLOTS), gold_templates(key))


def fitted(examples: Sequence[Example]) -> Model:
    """All regressions, fitted on these messages; thresholds are not set."""
    numbers = range(len(examples))
    said = [e.said for e in examples]
    types = {
        kind: regression(said, [bool(e.of(kind)) for e in examples], numbers, PENALTIES["types"]) for kind in TYPES
    }
    pairs = [(n, e, kind) for kind in TYPES for n, e in enumerate(examples) if e.of(kind)]
    second = regression(
        [for_type(e.said, kind) for _, e, kind in pairs],
        [len(e.of(kind)) > 1 for _, e, kind in pairs],
        [n for n, _, _ in pairs],
        PENALTIES["second"],
    )
    return Model(types, second, {slot: slot_regression(slot, pairs) for slot in SLOTS})


def slot_regression(slot: str, pairs: Sequence[tuple[int, Example, str]]) -> Weights:
    """The regression of one slot over the candidates of messages that have an incident of the type."""
    rows, labels, numbers = [], [], []
    for n, one, kind in pairs:
        right = {mention for template in one.of(kind) for entity in template.entities(slot) for mention in entity}
        for phrase in one.phrases:
            if phrase.slot == slot:
                rows.append(for_type(phrase.features, kind))
                labels.append(normal(phrase.text) in right)
                numbers.append(n)
    return regression(rows, labels, numbers, PENALTIES["slots"])


def regression(
    rows: Sequence[set[str]], labels: Sequence[bool], messages: Iterable[int], penalty: float, steps: int = 150
) -> Weights:
    """Weights that make `labels` of `rows` likely; `messages` says to which message each row belongs."""
    seen: dict[str, set[int]] = {}
    for row, message in zip(rows, messages, strict=True):
        for feature in row:
            seen.setdefault(feature, set()).add(message)
    names = sorted(name for name, where in seen.items() if len(where) >= FEWEST)
    number = {name: n for n, name in enumerate(names)}
    lists = [[number[f] for f in sorted(row) if f in number] for row in rows]
    columns = np.fromiter((n for one in lists for n in one), dtype=np.int64)
    owner = np.repeat(np.arange(len(rows)), [len(one) for one in lists])
    wanted = np.asarray(labels, dtype=np.float64)
    share = (wanted.sum() + 1) / (len(rows) + 2)
    theta = np.zeros(len(names) + 1)  # the bias stands last
    theta[-1] = np.log(share / (1 - share))
    first, second = np.zeros_like(theta), np.zeros_like(theta)
    for step in range(1, steps + 1):
        total = np.bincount(owner, weights=theta[columns], minlength=len(rows)) + theta[-1]
        error = 1 / (1 + np.exp(-total)) - wanted
        slope = np.bincount(columns, weights=error[owner], minlength=len(theta)).astype(np.float64)
        slope[:-1] += penalty * theta[:-1]
        slope[-1] = error.sum()
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        theta -= 0.15 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return Weights(0.5, float(theta[-1]), {name: float(w) for name, w in zip(names, theta[:-1], strict=True)})


def scored(rated: Sequence[Sequence[Rated]], examples: Sequence[Example], taken: Thresholds) -> Paired:
    """The score of the messages under these thresholds."""
    return score(([made.template for made in fill(one, taken)], e.gold) for one, e in zip(rated, examples, strict=True))


def searched(judge: Callable[[Thresholds], Paired]) -> Thresholds:
    """The thresholds with the greatest micro-F1: each in turn is moved to its best step, twice around. All types share
    one: most have too few messages for a threshold of their own.
    """
    best = Thresholds(dict.fromkeys(TYPES, 0.25), 0.3, dict.fromkeys(SLOTS, 0.15))
    for _ in range(2):
        for slot in SLOTS:
            best = best_of(judge, [replace(best, slots={**best.slots, slot: step}) for step in STEPS])
        best = best_of(judge, [replace(best, types=dict.fromkeys(TYPES, step)) for step in STEPS if step >= LOWEST])
        best = best_of(judge, [replace(best, second=step) for step in STEPS])
    return best


def best_of(judge: Callable[[Thresholds], Paired], options: Sequence[Thresholds]) -> Thresholds:
    """The first of the options with the greatest micro-F1."""
    return max(options, key=lambda option: judge(option).micro.f1)


def with_thresholds(model: Model, taken: Thresholds) -> Model:
    """The model with these thresholds."""
    return Model(
        {name: replace(w, threshold=taken.types[name]) for name, w in model.types.items()},
        replace(model.second, threshold=taken.second),
        {name: replace(w, threshold=taken.slots[name]) for name, w in model.slots.items()},
    )


if __name__ == "__main__":
    main()
