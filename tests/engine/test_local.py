"""The local engine with real processes: order, failures of every kind, interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from khabar.engine import Engine, LocalEngine, Outcome
from khabar.errors import KhabarError, ReadingError

sys.path.insert(0, str(Path(__file__).parent))
import engine_steps as steps


@pytest.fixture(params=[1, 2], ids=["here", "two processes"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return LocalEngine(request.param)


@pytest.fixture
def crew() -> LocalEngine:
    return LocalEngine(2)


def _alive(process: int) -> bool:
    """Whether a process runs; one that ended but was not yet cleared away does not."""
    if not Path("/proc/self/stat").exists():
        return subprocess.run(["kill", "-0", str(process)], check=False, capture_output=True).returncode == 0
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def test_outcomes_come_in_the_order_of_the_items(engine: Engine) -> None:
    assert list(engine.map(steps.double, range(200))) == [Outcome(n, n * 2) for n in range(200)]


def test_nothing_in_nothing_out(engine: Engine) -> None:
    assert list(engine.map(steps.double, [])) == []


def test_a_slow_item_does_not_change_the_order(crew: LocalEngine) -> None:
    assert [o.result for o in crew.map(steps.slow_first, range(50))] == list(range(50))


@pytest.mark.timeout(60)
def test_many_quick_items_all_come_back(crew: LocalEngine) -> None:
    # Now and then everything that was read is done at once, no worker holds anything, and more must be read.
    assert [o.result for o in crew.map(steps.double, range(30_000))] == list(range(0, 60_000, 2))


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


def test_setup_runs_once_in_every_process(crew: LocalEngine) -> None:
    loaded = {o.result for o in crew.map(steps.times_loaded, range(50), setup=steps.load)}
    assert {times for _, times in loaded if times} == {1}  # type: ignore[misc, has-type]
    assert os.getpid() not in {process for process, _ in loaded}  # type: ignore[misc, has-type]


def test_a_failing_setup_is_raised_as_it_is(engine: Engine) -> None:
    with pytest.raises(ReadingError) as caught:
        list(engine.map(steps.double, [1], setup=steps.fail_to_load))
    assert (caught.value.message, caught.value.remedy) == ("The model is missing.", "Install it.")


def test_a_worker_that_dies_while_loading_is_an_error_with_a_remedy(crew: LocalEngine) -> None:
    with pytest.raises(KhabarError, match=r"was killed \(signal 9\) before its first item.*KHABAR_PROCESSES"):
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


def test_a_result_that_cannot_travel_costs_its_item_only(crew: LocalEngine) -> None:
    outcomes = list(crew.map(steps.unpicklable, range(4)))
    assert [o.result for o in outcomes] == [0, None, 2, 3]
    assert outcomes[1].error


def test_a_killed_worker_costs_the_poisoned_item_only(crew: LocalEngine) -> None:
    outcomes = list(crew.map(steps.die_on_seven, range(40)))
    assert [o.item for o in outcomes] == list(range(40))
    assert [o.item for o in outcomes if o.error] == [7]
    assert [o.result for o in outcomes if not o.error] == [n for n in range(40) if n != 7]
    assert "killed (signal 9), twice" in (outcomes[7].error or "")


def test_a_worker_that_exits_is_named_by_its_status(crew: LocalEngine) -> None:
    outcomes = list(crew.map(steps.exit_on_seven, range(10)))
    assert [o.item for o in outcomes if o.error] == [7]
    assert "exit status 3" in (outcomes[7].error or "")


def test_an_item_that_fails_once_is_tried_again(crew: LocalEngine, tmp_path: Path) -> None:
    names = ["a", "poison-1", "b", "c", "poison-2", "d"]
    outcomes = list(crew.map(steps.die_the_first_time, [tmp_path / name for name in names]))
    assert [(o.result, o.error) for o in outcomes] == [(name, None) for name in names]


def test_an_item_that_takes_too_long_is_given_up() -> None:
    begun = time.monotonic()
    outcomes = list(LocalEngine(2, timeout=1).map(steps.sleep_on_five, range(10)))
    assert [o.item for o in outcomes if o.error] == [5]
    assert outcomes[5].error == "It took longer than 1 seconds."
    assert time.monotonic() - begun < 30


def test_long_messages_both_ways_do_not_block(crew: LocalEngine) -> None:
    texts = [letter * 1_000_000 for letter in "abcdefghijkl"]
    assert [o.result for o in crew.map(steps.blow_up, texts)] == [text * 2 for text in texts]


def test_closing_the_stream_ends_the_workers(crew: LocalEngine) -> None:
    outcomes = crew.map(steps.times_loaded, range(100_000))
    process = next(outcomes).result[0]  # type: ignore[index]
    assert _alive(process)
    outcomes.close()  # type: ignore[attr-defined]
    _wait_for(lambda: not _alive(process))


_PROGRAM = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {here!r})
    import engine_steps as steps
    from khabar.engine import LocalEngine
    if __name__ == "__main__":
        list(LocalEngine(2).map(steps.report_and_sleep, [Path({folder!r})] * 9))
"""


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_no_worker_outlives_the_program(blow: signal.Signals, tmp_path: Path) -> None:
    program, folder = tmp_path / "program.py", tmp_path / "at_work"
    folder.mkdir()
    program.write_text(textwrap.dedent(_PROGRAM.format(here=str(Path(__file__).parent), folder=str(folder))))
    run = subprocess.Popen([sys.executable, str(program)], stderr=subprocess.PIPE, text=True, start_new_session=True)
    _wait_for(lambda: len(list(folder.iterdir())) == 2)
    workers = [int(path.name) for path in folder.iterdir()]
    assert all(map(_alive, workers))
    if blow == signal.SIGINT:
        os.killpg(run.pid, blow)  # as a terminal does
    else:
        run.send_signal(blow)
    errors = run.communicate(timeout=20)[1]
    _wait_for(lambda: not any(map(_alive, workers)), 5)
    # The program's own interruption and none from workers; a killed program says nothing.
    assert errors.count("KeyboardInterrupt") == (1 if blow == signal.SIGINT else 0)


def test_at_least_one_process() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        LocalEngine(0)
