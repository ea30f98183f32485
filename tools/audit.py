"""Known holes of what Khabar depends on, by pip-audit over `requirements/base.txt`. Without a network, or where the
service knows nothing, it says so in one line and is content: only a hole that is known is an error.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_LISTED = Path(__file__).resolve().parents[1] / "requirements" / "base.txt"
_SECONDS = 180


def told(report: dict[str, Any]) -> tuple[list[str], int]:
    """What to say about the answer of pip-audit, and the exit code."""
    packages = report.get("dependencies", [])
    asked = [package for package in packages if "skip_reason" not in package]
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or '-'}"
        for package in asked
        for hole in package.get("vulns", [])
    ]
    if holes:
        return [*holes, "Raise these versions: `make lock`."], 1
    if not asked:
        return [f"Note: no service knows the {len(packages)} packages here; nothing was audited."], 0
    return [f"{len(asked)} of {len(packages)} packages audited, no known hole."], 0


def main() -> int:
    """Ask, and tell."""
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", str(_LISTED), "--no-deps", "--disable-pip",
        "--format", "json", "--progress-spinner", "off", "--timeout", "10",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        report = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        print("Note: the audit of dependencies needs a network; nothing was audited.")
        return 0
    lines, code = told(report)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
