"""The API under schemathesis: for every route of the OpenAPI description, questions and bodies that fit it and that do
not. Invariant: no answer is a server error, and the base is sound after all of it.

`python fuzz/api.py --each 500` makes 500 cases a route; a finding is printed and ends with 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "robustness"))

from hostile import hostile_base
from hypothesis import HealthCheck, Phase, given, seed, settings

from khabar.deciding import Desk
from khabar.serve.app import create_app
from khabar.settings import Settings
from khabar.store.opening import open_store

__all__ = ["tried"]

_QUICK = tuple(HealthCheck)
_PATIENCE = 120.0  # seconds for an answer: the first about places compiles the gazetteer


def tried(each: int, begin: int = 20190304) -> tuple[int, list[str]]:
    """Cases made, and what was found: one line a finding."""
    import schemathesis

    with (
        tempfile.TemporaryDirectory(prefix="khabar-fuzz-") as folder,
        open_store(hostile_base(Path(folder)), create=False) as base,
    ):
        app = create_app(base, desk=Desk(base, Settings(store=base.address, processes=1)))
        schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
        cases, found = 0, []
        for result in schema.get_all_operations():
            made, said = _route(result.ok(), each, begin)
            cases += made
            found += said
        return cases, found + base.check()


def _route(operation: Any, each: int, begin: int) -> tuple[int, list[str]]:
    from schemathesis.generation import GenerationMode

    made = 0

    def one(case: Any) -> None:
        nonlocal made
        made += 1
        answer = case.call(timeout=_PATIENCE)
        assert answer.status_code < 500, f"{answer.status_code}: {answer.text[:200]}"

    found = []
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        rules = settings(
            max_examples=max(1, each // 2),
            deadline=None,
            database=None,
            suppress_health_check=_QUICK,
            phases=(Phase.generate,),
        )
        run = seed(begin)(rules(given(case=operation.as_strategy(generation_mode=mode))(one)))
        try:
            run()
        except Exception as problem:  # noqa: BLE001 (whatever it is, it is a finding)
            inner = getattr(problem, "exceptions", (problem,))[0]
            words = " ".join(f"{type(inner).__name__}: {inner}".split())[:300]
            if "NegativeTest" not in words and "Unsatisfiable" not in type(problem).__name__:
                found.append(f"{operation.label}: {words}")
    return made, found


def main() -> int:
    """Try all routes and say what was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--each", type=int, default=500, help="cases a route")
    cases, found = tried(asked.parse_args().each)
    print("\n".join([*found, f"{cases:,} cases, {len(found)} findings"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
