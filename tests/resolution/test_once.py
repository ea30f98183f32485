from __future__ import annotations

from khabar.records import Actor
from khabar.resolution.once import once


def test_a_dictionary_is_looked_at_once_and_another_by_itself() -> None:
    asked: list[int] = []

    @once
    def size(actors: dict[str, Actor]) -> int:
        asked.append(len(actors))
        return len(actors)

    one: dict[str, Actor] = {}
    assert [size(one), size(one)] == [0, 0]
    assert asked == [0]
    assert size({}) == 0  # equal, and not the same
    assert asked == [0, 0]
