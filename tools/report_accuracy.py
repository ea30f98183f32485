"""Takes over into `src/khabar/report/accuracy.yml` what docs/accuracy.md says of incidents in short reports.

python tools/report_accuracy.py            write the file
python tools/report_accuracy.py --check    say whether it is up to date, and exit with 1 if it is not
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import yaml
from written import write_or_check

_ROOT = Path(__file__).resolve().parents[1]
_FILE = _ROOT / "src" / "khabar" / "report" / "accuracy.yml"
_FIELDS = {
    "type": "type",
    "date": "date",
    "place": "place",
    "killed": "killed",
    "injured": "injured",
    "attributions": "who did it",
}


def written(note: str) -> str:
    """The file's text, from the method note."""
    day = re.search(r"(\d{4}-\d\d-\d\d)", note)
    part = re.search(r"^### Incidents in short reports\n(.*?)^### ", note, re.MULTILINE | re.DOTALL)
    if day is None or part is None:
        sys.exit("docs/accuracy.md has no figures on incidents in short reports: run khabar evaluate --note.")
    rows = {cells[1]: cells for line in part[1].splitlines() if len(cells := [c.strip() for c in line.split("|")]) > 5}
    found = {
        "data": f"{rows['type'][4]} incidents of news digests",
        "on": day[1],
        "right": {words: float(rows[name][2]) for name, words in _FIELDS.items()},
    }
    head = "# Written by tools/report_accuracy.py from docs/accuracy.md.\n"
    return head + yaml.safe_dump(found, sort_keys=False, default_flow_style=None, width=110)


def main() -> int:
    """Write or check the file; the exit code."""
    text = written((_ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8"))
    return write_or_check({_FILE: text}, "report_accuracy.py")


if __name__ == "__main__":
    raise SystemExit(main())
