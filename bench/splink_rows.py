"""The same generated claims linked by Splink 5 (DuckDB), trained as its tutorial says: random pairs for u, then EM.

    python bench/splink_rows.py ROWS.jsonl      # rows of `bench/resolve.py --rows`

Needs `pip install splink==5.0.0` in an environment of its own: Splink is no dependency of Khabar. F1 is pairwise, over
all claims, at several thresholds of the match probability; the clustering at the first is timed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLDS = (0.9, 0.99, 0.999, 0.9999)


def settings() -> SettingsCreator:
    """Comparisons and blocking rules in the manner of the tutorial, over the columns of the rows."""
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.AbsoluteDateDifferenceAtThresholds(
                "date_first", input_is_string=True, metrics=["day", "day", "month"], thresholds=[1, 3, 1]
            ),
            cl.JaroWinklerAtThresholds("place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("admin1"),
            cl.ExactMatch("admin2"),
            cl.ExactMatch("type"),
            cl.ExactMatch("killed"),
            cl.ExactMatch("injured"),
            cl.ExactMatch("actor"),
            cl.ExactMatch("target_class"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("date_first", "admin1"),
            block_on("published", "admin1"),
            block_on("place", "killed"),
            block_on("date_first", "country", "killed"),
        ],
    )


def main(path: Path) -> None:
    """Train, predict, cluster; print seconds, peak memory and F1."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    truth = {row["unique_id"]: row["cluster"] for row in rows}
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute("CREATE TABLE claims AS SELECT * FROM read_json_auto(?, sample_size=-1)", [str(path)])
    for column in ("date_first", "published"):
        connection.execute(f"ALTER TABLE claims ALTER {column} TYPE VARCHAR")
    begun = time.perf_counter()
    api = DuckDBAPI(connection)
    linker = Linker(api.register("claims"), settings())
    linker.training.estimate_probability_two_random_records_match(
        [block_on("date_first", "place", "killed")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("date_first", "admin1"), block_on("place", "killed")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.1)
    first = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, THRESHOLDS[0])
    seconds = time.perf_counter() - begun
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
        found = dict(connection.execute(f"SELECT unique_id, cluster_id FROM {clusters.physical_name}").fetchall())  # noqa: S608
        print(f"threshold {threshold}: pairwise F1 {f1(truth, found):.3f}", flush=True)
    del first
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(rows):,} claims, {seconds:.1f} s, {peak:.0f} MB")


def f1(truth: Mapping[str, str], found: Mapping[str, str]) -> float:
    """Pairwise F1 of clusters."""
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for claim, cluster in found.items():
        groups[cluster][truth[claim]] += 1
    right = sum(pairs(n) for group in groups.values() for n in group.values())
    made = sum(pairs(sum(group.values())) for group in groups.values())
    real = sum(pairs(n) for n in Counter(truth.values()).values())
    return 2 * right / (made + real)


def pairs(count: int) -> int:
    """How many pairs so many items make."""
    return count * (count - 1) // 2


if __name__ == "__main__":
    main(Path(sys.argv[1]))
