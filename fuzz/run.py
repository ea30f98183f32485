"""The long fuzzing: every target its share of a million cases. Invariant: it can be stopped and started again at any
time; what was counted stays counted, what was found stays in `crashes/`, and a finding is a non-zero exit.

`make fuzz`, or `python fuzz/run.py --cases 1000000 --target dates`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from seeds import seeds_of
from targets import TARGETS, Target

_HERE = Path(__file__).resolve().parent
_SLICE = 20_000  # cases of one process, so that little is lost when it is stopped
_SLICE_SECONDS = 120
_DONE = re.compile(rb"stat::number_of_executed_units:\s*(\d+)")
_LATEST = re.compile(rb"^#(\d+)\s", re.MULTILINE)


@dataclass
class Progress:
    """Of a target: cases run, seconds taken, findings."""

    cases: int = 0
    seconds: float = 0.0
    findings: int = 0


def main() -> int:
    """Run what is left of every target's share; 1 where something was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=1_000_000, help="in all targets together")
    asked.add_argument("--target", choices=list(TARGETS), action="append", help="these alone")
    asked.add_argument("--folder", type=Path, default=_HERE.parent / "build" / "fuzz")
    asked.add_argument("--minutes", type=float, default=0.0, help="stop after so many; 0 goes on to the end")
    options = asked.parse_args()
    chosen = [TARGETS[name] for name in options.target or TARGETS]
    whole = sum(target.share for target in chosen)
    goals = {target.name: -(-options.cases * target.share // whole) for target in chosen}
    kept = _Kept(options.folder)
    stop = time.monotonic() + options.minutes * 60 if options.minutes else float("inf")
    waiting = [t for t in chosen if kept.of(t).cases < goals[t.name]]
    while waiting and time.monotonic() < stop:
        for target in list(waiting):  # in turns, so that a run that is stopped has seen all of them
            _slice(target, min(_SLICE, goals[target.name] - kept.of(target).cases), kept)
            if kept.of(target).cases >= goals[target.name]:
                waiting.remove(target)
            if time.monotonic() >= stop:
                break
    return kept.told(goals)


class _Kept:
    """What was done so far, in `cases.json`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "cases.json"
        said = json.loads(self._file.read_text()) if self._file.exists() else {}
        self._progress = {name: Progress(**values) for name, values in said.items()}

    def of(self, target: Target) -> Progress:
        return self._progress.setdefault(target.name, Progress())

    def save(self) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps({name: asdict(p) for name, p in self._progress.items()}, indent=1))
        fresh.replace(self._file)

    def told(self, goals: dict[str, int]) -> int:
        """Print the table; the exit code."""
        every = 0
        for name, goal in goals.items():
            p = self._progress.get(name, Progress())
            every += p.cases
            print(f"{name:10} {p.cases:>10,} of {goal:>9,} cases {p.seconds:>8,.0f} s {p.findings:>3} findings")
        crashes = sorted((self.folder / "crashes").glob("*-*"))
        print(f"{every:,} cases; {len(crashes)} inputs in {self.folder / 'crashes'}")
        return 1 if crashes else 0


def _slice(target: Target, cases: int, kept: _Kept) -> None:
    """One process of a target, over the inputs that earlier ones found worth keeping."""
    corpus, crashes = kept.folder / "corpus" / target.name, kept.folder / "crashes"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds_of(target.name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    before = time.monotonic()
    command = [
        sys.executable, str(_HERE / "one.py"), target.name, f"-runs={cases}", f"-max_total_time={_SLICE_SECONDS}",
        f"-max_len={target.largest}", "-timeout=60", "-rss_limit_mb=3000", "-print_final_stats=1",
        f"-artifact_prefix={crashes / target.name}-", str(corpus),
    ]  # fmt: skip
    log = kept.folder / f"{target.name}.log"
    with log.open("wb") as out:
        code = subprocess.run(
            command, stdout=out, stderr=subprocess.STDOUT, check=False, env={**os.environ, "PYTHONWARNINGS": "ignore"}
        ).returncode
    said = log.read_bytes()
    counted = _DONE.search(said) or (_LATEST.findall(said) and re.search(rb"#(\d+)", said[said.rfind(b"\n#") :]))
    progress = kept.of(target)
    progress.cases += int(counted[1]) if counted else 0
    progress.seconds += time.monotonic() - before
    if code:
        progress.findings += 1
        (crashes / f"{target.name}.{progress.findings}.log").write_bytes(said[-20_000:])
        if not counted:
            progress.cases = max(progress.cases, 0)
            raise SystemExit(f"{target.name} does not start; see {log}")
    kept.save()
    print(f"{target.name:10} {progress.cases:>10,} cases {progress.findings:>3} findings", flush=True)


if __name__ == "__main__":
    sys.exit(main())
