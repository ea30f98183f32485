"""Golden cases from a folder, the project's or a user's own. Invariant: a file that cannot be used is named.

FOLDER/reports/*.yml       one file a report: what to code in it
FOLDER/cases/*.yml         one file a phenomenon, with short texts inside
FOLDER/known_misses.yml    cases that are not met yet, each with its cause
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from khabar.errors import EvaluationError
from khabar.evaluation.golden import Case

__all__ = ["UNEXPLAINED", "dump_known_misses", "load_known_misses", "load_micro_cases", "load_reports"]

UNEXPLAINED = "cause not yet looked into"


def load_reports(folder: Path, reports: Path) -> list[Case]:
    """The cases of `folder/reports/*.yml`, each about one file of `reports`, which they name as `reports/FILE`."""
    cases = []
    for path in sorted((folder / "reports").glob("*.yml")):
        data = _read(path)
        text = _report_text(reports.parent, _part(data, "document", path))
        cases.append(_case(path.stem, text, data["document"], data))
    return cases


def load_micro_cases(folder: Path) -> list[Case]:
    """The cases of `folder/cases/*.yml`, named "phenomenon/id" by file and case."""
    cases = []
    for path in sorted((folder / "cases").glob("*.yml")):
        for row in _part(_read(path), "cases", path):
            key = _part(row, "id", path)
            text = str(_part(row, "text", path)).strip()
            cases.append(_case(f"{path.stem}/{key}", text, f"{path.stem}-{key}.txt", row))
    return cases


def load_known_misses(folder: Path) -> dict[str, str]:
    """The cause of each case that is known to be missed, by the case's name; none where there is no such file."""
    path = folder / "known_misses.yml"
    if not path.exists():
        return {}
    return {str(name): str(cause) for name, cause in _read(path).items()}


def dump_known_misses(folder: Path, missed: Mapping[str, str]) -> None:
    """Write `known_misses.yml` anew, the comment at its head kept."""
    path = folder / "known_misses.yml"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    head = [line for line in lines if line.startswith("#")]
    body = yaml.safe_dump(dict(missed), sort_keys=False, allow_unicode=True, width=120) if missed else "{}\n"
    path.write_text("\n".join([*head, body]), encoding="utf-8")


def _read(path: Path) -> Any:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise EvaluationError(f"{path} is not YAML: {' '.join(str(problem).split())}.", "Mend the file.") from problem
    if not isinstance(data, dict):
        raise EvaluationError(f"{path} does not hold keys and values.", "See eval/golden/README.md for its form.")
    return data


def _part(data: Mapping[str, Any], key: str, path: Path) -> Any:
    if key not in data:
        raise EvaluationError(f"{path} has a case without {key!r}.", "See eval/golden/README.md for its form.")
    return data[key]


def _case(name: str, text: str, file: str, data: Mapping[str, Any]) -> Case:
    published = data.get("published")
    return Case(
        name=name,
        text=text,
        file=file,
        published=None if published is None else str(published),
        claims=tuple(data.get("claims") or ()),
        forbidden=tuple(data.get("not") or ()),
    )


def _report_text(root: Path, document: str) -> str:
    """The text of `reports/x.txt`, of `reports/x.jsonl#id`, or of `reports/x.csv#3` (the third row)."""
    file, _, row = document.partition("#")
    path = root / file
    if not path.is_file():
        raise EvaluationError(f"{path} is not there.", "Name a file of the folder of reports under `document`.")
    if path.suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return next(str(r["text"]) for r in rows if r["id"] == row)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))[int(row) - 1]["Body"]
    return path.read_text(encoding="utf-8")
