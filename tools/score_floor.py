"""Fail when the score of the hand-made gold falls below what has been reached. Reads the scorer's JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

FIRM_EVENT_F1 = 0.65
UNGROUNDED = 0


def main(path: str) -> int:
    """Print the figures that have a floor; 1 if one is below it."""
    report = json.loads(Path(path).read_text(encoding="utf-8"))
    f1 = report["kinds"]["event"]["strict"]["f1"] or 0.0
    ungrounded = report["claims"]["ungrounded"]
    print(f"firm events F1 {f1:.3f} (floor {FIRM_EVENT_F1}); ungrounded claims {ungrounded} (limit {UNGROUNDED})")
    return int(f1 < FIRM_EVENT_F1 or ungrounded > UNGROUNDED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
