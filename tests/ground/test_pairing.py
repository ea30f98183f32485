"""One-to-one pairing against trying every pairing."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from khabar.pairing import best_pairs

SIZE = st.integers(0, 5)


@given(st.data(), SIZE, SIZE)
def test_no_other_pairing_is_better(data: st.DataObject, rows: int, columns: int) -> None:
    gain = [[data.draw(st.integers(-3, 9)) for _ in range(columns)] for _ in range(rows)]
    pairs = best_pairs(range(rows), range(columns), lambda r, c: gain[r][c])
    assert len({r for r, _ in pairs}) == len(pairs) == len({c for _, c in pairs})
    assert all(gain[r][c] > 0 for r, c in pairs)
    places = range(max(rows, columns))
    best = max(
        sum(max(gain[r][c], 0) for r, c in enumerate(order) if r < rows and c < columns)
        for order in permutations(places)
    )
    assert sum(gain[r][c] for r, c in pairs) == best


def test_the_greedy_choice_is_not_taken() -> None:
    gain = [[9, 8], [8, 1]]
    assert best_pairs([0, 1], [0, 1], lambda r, c: gain[r][c]) == [(0, 1), (1, 0)]
