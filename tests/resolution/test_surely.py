"""What is put aside early would have been found different by all comparisons, too; and nothing else changes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.resolution.columns import tabulate
from khabar.resolution.comparisons import Comparisons, compare
from khabar.resolution.features import FEATURES
from khabar.resolution.levels import Pairs
from khabar.resolution.memory import Memory
from khabar.resolution.mentions import Mention, day, mention
from khabar.resolution.surely import undecided
from khabar.resolution.verdicts import DIFFERENT
from khabar.resolution.weights import load_weights
from resolution.make import AFGHANISTAN, HERAT, KABUL, TYPES, by, event

_REPORTS = ("a", "b", "c", "d")


@st.composite
def _told(draw: st.DrawFn) -> Mention:
    """A claim out of few days, places, tolls, targets and names, so that most pairs share some."""
    claim = event(
        draw(st.sampled_from(_REPORTS)),
        draw(st.sampled_from(("bombing", "suicide_bombing", "armed_assault", "attack"))),
        draw(st.sampled_from((KABUL, KABUL, KABUL, None, HERAT, AFGHANISTAN))),
        draw(st.sampled_from(("2016-10-24", "2016-10-26", "2016-10-29", "2015-10-24", "2016-10", None))),
        killed=draw(st.sampled_from((3, 3, 4, 61, 62, None))),
        target=draw(st.sampled_from((None, "a police college", "a market", "the Sehwan shrine"))),
        who=draw(st.sampled_from(((), (by("Taliban", id_="taliban"),), (by("Red Front"),)))),
        modality=draw(st.sampled_from(("actual", "actual", "actual", "foiled"))),
        start=draw(st.integers(0, 8)) * 300,
    )
    victims = draw(st.sampled_from((frozenset[str](), frozenset({"khan"}), frozenset({"aziz"}))))
    printed = draw(st.sampled_from((None, "2016-10-25", "2016-10-27")))
    return mention(
        claim,
        TYPES,
        {claim.id: frozenset(a.actor.name for a in claim.body.attributions)},
        {claim.id: victims},
        day(printed),
    )  # type: ignore[union-attr]


@given(st.lists(_told(), min_size=2, max_size=14))
@settings(max_examples=150, deadline=None)
def test_it_is_as_if_all_had_been_compared(told: list[Mention]) -> None:
    table, weights = tabulate(told), load_weights()
    rows = np.array(list(combinations(range(len(table)), 2)), np.int64).reshape(-1, 2)
    pairs = Pairs(table, rows[:, 0], rows[:, 1])
    whole = compare(pairs, weights)
    alike = weights.base + sum(np.maximum(weights.of(f, whole.found), 0.0) for f in FEATURES) >= weights.same
    for memory in (None, Memory()):
        comparisons = Comparisons(table, weights, memory)
        found = comparisons.of(pairs.left, pairs.right, every=True)
        assert found.verdicts.tolist() == whole.verdicts.tolist()
        open_ = whole.verdicts != DIFFERENT
        assert found.sums[open_].tolist() == whole.sums[open_].astype(np.float32).tolist()
        assert found.opposed[open_].tolist() == whole.opposed[open_].tolist()
        telling = (whole.verdicts > 0) & (open_ | alike)
        assert comparisons.telling(found).tolist() == telling.tolist()


def test_most_of_what_lies_apart_is_put_aside_by_few_comparisons() -> None:
    told = [event(f"r{n}", "bombing", (KABUL, HERAT)[n % 2], f"2016-10-{n + 1:02}", killed=n + 1) for n in range(20)]
    table = tabulate([mention(claim, TYPES, {}) for claim in told])
    rows = np.array(list(combinations(range(20), 2)), np.int64)
    places, found = undecided(Pairs(table, rows[:, 0], rows[:, 1]), load_weights())
    assert len(places) < 0.2 * len(rows)
    assert all(len(codes) == len(places) for codes in found.values())
    assert "words" not in found
