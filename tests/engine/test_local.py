"""The local engine with real processes: order, failures of every kind, interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from khabar.engine import Engine, Limits, LocalEngine
from khabar.errors import SettingsError

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


@pytest.mark.timeout(60)
def test_many_quick_items_all_come_back(crew: LocalEngine) -> None:
    # Now and then everything that was read is done at once, no worker holds anything, and more must be read.
    assert [o.result for o in crew.map(steps.double, range(30_000))] == list(range(0, 60_000, 2))


def test_a_worker_that_exits_is_named_by_its_status(crew: LocalEngine) -> None:
    outcomes = list(crew.map(steps.exit_on_seven, range(10)))
    assert [o.item for o in outcomes if o.error] == [7]
    assert "exit status 3" in (outcomes[7].error or "")


def test_one_process_with_limits_is_a_process_of_its_own() -> None:
    [outcome] = LocalEngine(1, limits=Limits(seconds=60)).map(steps.times_loaded, [0])
    assert outcome.result is not None
    assert outcome.result[0] != os.getpid()
    [outcome] = LocalEngine(1).map(steps.times_loaded, [0])
    assert outcome.result is not None
    assert outcome.result[0] == os.getpid()


def test_this_machine_has_no_address() -> None:
    with pytest.raises(SettingsError, match="--engine ray"):
        LocalEngine(2, address="10.0.0.1:6379")


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
