"""Fit the weights of name comparison to labelled pairs of names.

    python tools/fit_names.py ../shared/data/names/name_pairs.csv

Writes `src/khabar/resolution/name_weights.yml`. How well the weights do, also on groups of cases they were not fitted
to, is measured by `khabar evaluate`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from khabar.evaluation.logistic import Example, fit
from khabar.evaluation.name_pairs import RIDGE, load_labelled
from khabar.resolution.name_comparison import decided, name_features

WEIGHTS = Path(__file__).parents[1] / "src" / "khabar" / "resolution" / "name_weights.yml"
HEAD = """# Weights of name comparison, in log odds; the features are those of `name_comparison.name_features`.
# Fitted by tools/fit_names.py to {pairs} labelled pairs of nomenklatura (MIT) that no rule decides; do not edit.
"""


def main(path: Path) -> None:
    """Fit one model for persons and one for bodies, and write them."""
    pairs = [p for p in load_labelled(path) if decided(p.left, p.right, p.kind) is None]
    table = {}
    for name, person in (("person", True), ("body", False)):
        some = [p for p in pairs if (p.kind == "person") == person]
        model = fit([Example(name_features(p.left, p.right, p.kind), p.same) for p in some], RIDGE)
        table[name] = {"base": model.base, **model.weights}
    WEIGHTS.write_text(HEAD.format(pairs=len(pairs)) + yaml.safe_dump(table, sort_keys=False), encoding="utf-8")
    print(f"{len(pairs)} pairs weighed; wrote {WEIGHTS}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
