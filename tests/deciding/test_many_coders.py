"""Several coders decide at once, in processes of their own, while another puts the base together: nothing is lost,
nobody waits for ever, and at the end the base is what its journals give. `bench/coders.py` counts; KHABAR_DECISIONS
says how many (the long form is 10,000).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_BENCH = Path(__file__).parents[2] / "bench" / "coders.py"
_COUNT = int(os.environ.get("KHABAR_DECISIONS", "24"))
_CODERS = 8 if _COUNT > 100 else 3


@pytest.mark.slow
@pytest.mark.timeout(300 + _COUNT)
@pytest.mark.parametrize(("kind", "wait"), [("sqlite", True), ("postgresql", False)])
def test_nothing_that_many_decide_is_lost(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, *, wait: bool
) -> None:
    """Each waits until the base is put together with what she decided, or all go on once it is kept."""
    address = str(tmp_path / "k.db") if kind == "sqlite" else str(request.getfixturevalue("pg_address"))
    told = {**os.environ, "KHABAR_FILES": str(tmp_path / "files")}
    command = [sys.executable, str(_BENCH), "--store", address, "--coders", str(_CODERS), "--decisions", str(_COUNT)]
    command += ["--incidents", "12", *([] if wait else ["--no-wait"])]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert found["missing"] == []
    assert found["decisions"] + found["reviews"] == _COUNT
    assert done.returncode == 0
