"""One test body over every engine, with real processes and a real cluster: order, failures of every kind, limits."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from khabar.engine import Engine, Limits, LocalEngine, Outcome
from khabar.engine.ray import RayEngine
from khabar.errors import KhabarError, ReadingError

sys.path.insert(0, str(Path(__file__).parent))
import engine_steps as steps

Make = Callable[..., Engine]


def _maker(kind: str, request: pytest.FixtureRequest) -> Make:
    if kind == "ray":
        request.getfixturevalue("cluster")
        return lambda limits=None: RayEngine(2, limits=limits)
    return lambda limits=None: LocalEngine(2 if kind == "two processes" else 1, limits=limits)


@pytest.fixture(params=["here", "two processes", "ray"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return _maker(request.param, request)()


@pytest.fixture(params=["two processes", "ray"])
def make(request: pytest.FixtureRequest) -> Make:
    """What makes an engine with these limits, whose workers are processes of their own."""
    return _maker(request.param, request)


@pytest.fixture
def crew(make: Make) -> Engine:
    return make()


def test_outcomes_come_in_the_order_of_the_items(engine: Engine) -> None:
    assert list(engine.map(steps.double, range(200))) == [Outcome(n, n * 2) for n in range(200)]


def test_nothing_in_nothing_out(engine: Engine) -> None:
    assert list(engine.map(steps.double, [])) == []


def test_a_slow_item_does_not_change_the_order(crew: Engine) -> None:
    assert [o.result for o in crew.map(steps.slow_first, range(50))] == list(range(50))


def test_items_are_read_as_they_are_needed(engine: Engine) -> None:
    read: list[int] = []

    def source() -> Iterator[int]:
        for number in range(100_000):
            read.append(number)
            yield number

    outcomes = engine.map(steps.double, source())
    assert next(outcomes) == Outcome(0, 0)
    assert len(read) <= 100
    outcomes.close()  # type: ignore[attr-defined]


def test_setup_runs_once_in_every_process(crew: Engine) -> None:
    loaded = {o.result for o in crew.map(steps.times_loaded, range(50), setup=steps.load)}
    assert {times for _, times in loaded} == {1}  # type: ignore[misc, has-type]
    assert os.getpid() not in {process for process, _ in loaded}  # type: ignore[misc, has-type]


def test_a_failing_setup_is_raised_as_it_is(engine: Engine) -> None:
    with pytest.raises(ReadingError) as caught:
        list(engine.map(steps.double, [1], setup=steps.fail_to_load))
    assert (caught.value.message, caught.value.remedy) == ("The model is missing.", "Install it.")


def test_a_worker_that_dies_while_loading_is_an_error_with_a_remedy(crew: Engine) -> None:
    with pytest.raises(KhabarError, match=r"before its first item.*KHABAR_PROCESSES"):
        list(crew.map(steps.double, [1], setup=steps.die_while_loading))


def test_a_step_that_refuses_costs_its_item_only(engine: Engine) -> None:
    outcomes = list(engine.map(steps.refuse_odd, range(6)))
    assert [o.result for o in outcomes] == [0, None, 2, None, 4, None]
    assert [o.error for o in outcomes if o.error] == [f"{n} is odd. Give an even one." for n in (1, 3, 5)]


def test_an_unforeseen_error_is_one_line_and_costs_its_item_only(engine: Engine) -> None:
    outcomes = list(engine.map(steps.stumble, range(5)))
    assert [o.result for o in outcomes] == [-5, -10, None, None, 5]
    assert outcomes[2].error is not None
    assert outcomes[2].error.startswith("Unforeseen ZeroDivisionError")
    assert "not enough memory" in (outcomes[3].error or "")
    assert all("\n" not in (o.error or "") for o in outcomes)


def test_a_result_that_cannot_travel_costs_its_item_only(crew: Engine) -> None:
    outcomes = list(crew.map(steps.unpicklable, range(4)))
    assert [o.result for o in outcomes] == [0, None, 2, 3]
    assert outcomes[1].error


def test_a_killed_worker_costs_the_poisoned_item_only(crew: Engine) -> None:
    outcomes = list(crew.map(steps.die_on_seven, range(40)))
    assert [o.item for o in outcomes] == list(range(40))
    assert [o.item for o in outcomes if o.error] == [7]
    assert [o.result for o in outcomes if not o.error] == [n for n in range(40) if n != 7]
    assert ", twice. It may need more memory" in (outcomes[7].error or "")


def test_an_item_that_fails_once_is_tried_again(crew: Engine, tmp_path: Path) -> None:
    names = ["a", "poison-1", "b", "c", "poison-2", "d"]
    outcomes = list(crew.map(steps.die_the_first_time, [tmp_path / name for name in names]))
    assert [(o.result, o.error) for o in outcomes] == [(name, None) for name in names]


def test_an_item_that_takes_too_long_is_given_up(make: Make) -> None:
    begun = time.monotonic()
    outcomes = list(make(Limits(seconds=1)).map(steps.sleep_on_five, range(10)))
    assert [o.item for o in outcomes if o.error] == [5]
    assert (outcomes[5].error or "").startswith("It took longer than 1 seconds.")
    assert time.monotonic() - begun < 30


def test_a_slow_item_holds_nobody_up_where_order_does_not_matter(crew: Engine) -> None:
    outcomes = crew.map(steps.sleep_on_five, range(1000), ordered=False)
    for _, outcome in zip(range(997), outcomes, strict=False):
        assert outcome.result != 5
    outcomes.close()  # type: ignore[attr-defined]


def test_long_messages_both_ways_do_not_block(crew: Engine) -> None:
    texts = [letter * 1_000_000 for letter in "abcdefghijkl"]
    assert [o.result for o in crew.map(steps.blow_up, texts)] == [text * 2 for text in texts]


def test_an_item_that_takes_too_much_memory_is_given_up(make: Make) -> None:
    outcomes = list(make(Limits(memory=1_000_000_000)).map(steps.eat_on_five, range(10)))
    assert [o.result for o in outcomes if not o.error] == [n for n in range(10) if n != 5]
    assert (outcomes[5].error or "").startswith("There was not enough memory: it took more than 1 GB.")


@pytest.mark.slow
def test_all_that_can_go_wrong_at_once(make: Make) -> None:
    limits = Limits(seconds=5, memory=1_000_000_000)
    outcomes = list(make(limits).map(steps.all_that_can_go_wrong, range(60), ordered=False))
    wrong = {o.item: o.error for o in outcomes if o.error}
    assert sorted(o.item for o in outcomes) == list(range(60))
    assert sorted(wrong) == [10, 20, 30, 40]
    assert "is a bad number" in (wrong[10] or "")
    assert "took longer than 5 seconds" in (wrong[20] or "")
    assert "more than 1 GB" in (wrong[30] or "")
    assert "twice" in (wrong[40] or "")
