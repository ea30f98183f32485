#!/usr/bin/env python3
"""Fit the table of confidences anew: `python tools/fit_confidence.py`, after every change of a rule.

Reads the coded sets that are here (the golden cases of `eval`, and other people's data under KHABAR_SHARED or beside
the checkout), fits a model for every kind of claim and value, writes `src/khabar/extraction/confidence.yml` and prints
how well models fitted on other texts did on each. No word of any text gets into the table.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from datetime import UTC, datetime

import yaml

from khabar.evaluation.calibration import Observation, bins_of, calibration_error, costs_of, fitted, observations, tried
from khabar.evaluation.gold import find_gold
from khabar.extraction.confidence import TABLE, Model
from khabar.extraction.doubts import CLAIM
from khabar.settings import load_settings

_HEAD = """\
# How often claims and values are right, by what there is to doubt in them. Written by tools/fit_confidence.py; do not
# change it by hand. `base` are the log odds without any feature, `weights` what each feature adds (those with a share
# between 0 and 1 in proportion). `cases` were judged against coders' gold, `right` of them were right.
"""


def main(arguments: list[str] | None = None) -> None:
    """Fit, write, and say how well it went."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--dry-run", action="store_true", help="only print how well it would go")
    asked = options.parse_args(arguments)
    gold = find_gold()
    if gold.shared is None:
        sys.exit("fit_confidence: other people's data are not here. Set KHABAR_SHARED to their folder.")
    cases = observations(gold.own, gold.shared, load_settings())
    models = fitted(cases)
    if not asked.dry_run:
        TABLE.write_text(_HEAD + _table(cases, models), encoding="utf-8")
        print(f"{TABLE.name}: {len(models)} models from {len(cases)} cases")
    rated = tried(cases)
    for line in (*_reliability(rated), *_thresholds(rated)):
        print(line)


def _table(cases: list[Observation], models: dict[str, Model]) -> str:
    seen: dict[str, int] = defaultdict(int)
    for case in cases:
        seen[case.source] += 1
    rows = {
        name: {"cases": m.cases, "right": m.right, "base": m.base, "weights": dict(m.weights)}
        for name, m in models.items()
    }
    data = {"fitted": datetime.now(UTC).date().isoformat(), "sources": dict(seen), "models": rows}
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120))


def _reliability(rated: list[tuple[Observation, float]]) -> list[str]:
    """Expected calibration error and bins, of claims, of values and of each model, on texts held back."""
    pairs: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for case, share in rated:
        for name in ("everything", "claims" if case.slot == CLAIM else "values", case.model):
            pairs[name].append((share, case.right))
    lines = []
    for name, found in pairs.items():
        bins = "  ".join(f"{b.said:.2f}→{b.found:.2f} ({b.cases})" for b in bins_of(found))
        lines.append(f"{name:20} {calibration_error(found):.3f}  of {len(found):4}  {bins}")
    return sorted(lines)


def _thresholds(rated: list[tuple[Observation, float]]) -> list[str]:
    """What leaving out claims below a threshold costs in right ones, and gains in precision."""
    claims = [(share, case.right) for case, share in rated if case.slot == CLAIM]
    return [
        f"threshold {c.threshold}: {c.kept} kept, {c.precision:.3f} of them right, {c.lost:.3f} of the right left out"
        for c in costs_of(claims, (0.0, 0.4, 0.5, 0.6, 0.7, 0.8))
    ]


if __name__ == "__main__":
    main()
