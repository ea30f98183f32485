"""Print what the extractor misses in the golden cases: `python tests/golden/misses.py [--write] [name …]`.

`--write` rewrites `known_misses.txt` with the cases missed now; names restrict the run to cases that begin with them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from golden_incidents import incident_misses, load_incidents, read_samples

from golden import HERE, compare, load_micro_cases, load_reports
from khabar.pipeline import extract_text
from khabar.samples import sample_folder

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Run the extractor over the cases, print each miss and the share met; exit code 0 whatever the figures."""
    names = tuple(a for a in arguments if not a.startswith("--"))
    cases = load_reports(HERE / "reports", sample_folder()) + load_micro_cases(HERE / "cases")
    chosen = [case for case in cases if not names or case.name.startswith(names)]
    missed = []
    for case in chosen:
        document, claims = extract_text(case.text, case.file, case.published)
        misses = compare(case, claims, document)
        if misses:
            missed.append(case.name)
            sys.stdout.write("".join(f"{miss}\n" for miss in misses))
    met = len(chosen) - len(missed)
    if not names:
        incidents, apart = load_incidents(HERE / "incidents.yml")
        with tempfile.TemporaryDirectory() as folder:
            told = incident_misses(incidents, apart, read_samples(Path(folder) / "samples.db"))
        sys.stdout.write("".join(f"{name}: {words}\n" for name, words in told.items()))
        missed.extend(told)
    sys.stdout.write(f"{met} of {len(chosen)} cases met\n")
    if "--write" in arguments and not names:
        path = HERE / "known_misses.txt"
        head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        path.write_text("\n".join([*head, *missed]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
