"""Prints what the extractor misses in the golden cases.

    python tools/golden_misses.py [--write] [--folder DIR] [name …]

Names restrict the run to cases that begin with them. `--write` renews `known_misses.yml` with the cases missed now:
known causes stay, a new miss is marked, and a test refuses the mark until somebody has looked into it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from khabar.evaluation.cases import case_misses
from khabar.evaluation.golden_incidents import incident_misses, load_incidents, read_samples
from khabar.evaluation.golden_load import (
    UNEXPLAINED,
    dump_known_misses,
    load_known_misses,
    load_micro_cases,
    load_reports,
)
from khabar.evaluation.system import System
from khabar.samples import sample_folder
from khabar.settings import Settings, load_settings

__all__ = ["main"]

_FOLDER = Path(__file__).resolve().parents[1] / "eval" / "golden"


def main(arguments: list[str]) -> int:
    """Run the extractor over the cases, print each miss and the share met; exit code 0 whatever the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="renew known_misses.yml (only without names)")
    parser.add_argument("--folder", type=Path, default=_FOLDER, help="where the cases are")
    parser.add_argument("names", nargs="*", help="beginnings of the names of cases")
    chosen = parser.parse_args(arguments)
    settings = load_settings()
    cases = load_reports(chosen.folder, sample_folder()) + load_micro_cases(chosen.folder)
    cases = [case for case in cases if not chosen.names or case.name.startswith(tuple(chosen.names))]
    misses = {name: found for name, found in case_misses(cases, System(settings)).items() if found}
    met = len(cases) - len(misses)
    if not chosen.names:
        misses.update(_told_apart(chosen.folder, settings))
    sys.stdout.writelines(f"{name}: {miss}\n" for name, found in misses.items() for miss in found)
    sys.stdout.write(f"{met} of {len(cases)} cases met\n")
    if chosen.write and not chosen.names:
        known = load_known_misses(chosen.folder)
        dump_known_misses(chosen.folder, {name: known.get(name, UNEXPLAINED) for name in misses})
    return 0


def _told_apart(folder: Path, settings: Settings) -> dict[str, list[str]]:
    """What is missed when the whole sample corpus is put together; nothing where the folder has no incidents."""
    if not (folder / "incidents.yml").exists():
        return {}
    incidents, apart = load_incidents(folder / "incidents.yml")
    with tempfile.TemporaryDirectory() as store:
        found = incident_misses(incidents, apart, read_samples(Path(store) / "samples.db", settings))
    return {name: [words] for name, words in found.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
