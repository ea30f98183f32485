"""What the audit of dependencies says: a known hole is an error, no network is not."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from audit import told


def _package(name: str, *holes: str) -> dict[str, object]:
    return {"name": name, "version": "1", "vulns": [{"id": hole, "fix_versions": ["2"]} for hole in holes]}


def test_a_known_hole_is_named_with_its_remedy() -> None:
    lines, code = told({"dependencies": [_package("a"), _package("b", "EX-1", "EX-2")]})
    assert code == 1
    assert lines[:2] == ["b 1: EX-1, mended in 2", "b 1: EX-2, mended in 2"]
    assert "make lock" in lines[-1]


def test_none_is_said_with_how_many_were_asked() -> None:
    skipped = {"name": "c", "skip_reason": "not found"}
    assert told({"dependencies": [_package("a"), skipped]}) == (["1 of 2 packages audited, no known hole."], 0)


def test_no_service_is_no_failure() -> None:
    lines, code = told({"dependencies": [{"name": "c", "skip_reason": "not found"}]})
    assert code == 0
    assert "nothing was audited" in lines[0]
    assert told({}) == (["Note: no service knows the 0 packages here; nothing was audited."], 0)
