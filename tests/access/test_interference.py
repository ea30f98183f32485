"""What somebody is shown is what a base shows in which the hidden documents never were, whatever happened before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from access.made import GROUPS, REPORTS, SETTINGS, answers, named, opened, party, read, resolve, review
from khabar.access import Clearances
from khabar.records import Assignment, Decision, Party, Review
from khabar.store import Store, open_store

_SOME = [frozenset[str](), frozenset({"north"}), frozenset({"south"}), frozenset(GROUPS)]
_SHAPES = ("acled", "geojson", "graphml", "ftm", "stix", "datapackage")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without anything, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "k.db"
    open_store(path).close()
    return path


@dataclass
class _Told:
    """What happened to a whole base, so that it can happen again without what is hidden."""

    groups: dict[int, tuple[str, ...]] = field(default_factory=dict)  # reports in the order they came
    silent: set[int] = field(default_factory=set)
    decisions: list[tuple[Decision, frozenset[str] | None]] = field(default_factory=list)
    reviews: list[tuple[Review, int, frozenset[str] | None]] = field(default_factory=list)
    assigned: list[int] = field(default_factory=list)

    def seen(self, groups: frozenset[str]) -> list[int]:
        return [number for number, may in self.groups.items() if not may or groups & set(may)]


Step = tuple[str, int, int, int]


def _take(base: Store, views: Clearances, told: _Told, step: Step) -> None:
    act, a, b, who = step
    groups = _SOME[who % len(_SOME)]
    match act:
        case "add" if a not in told.groups:
            may = ((), (), ("north",), ("south",), GROUPS)[b % 5]
            read(base, a, may, silent=b == 9)
            told.groups[a] = may
            told.silent |= {a} if b == 9 else set()
        case "read" if a in told.groups:
            read(base, a)
            told.silent -= {a}
        case "restrict" if a in told.groups:
            base.restrict([named(a)], [GROUPS[b % 2]], "amal")
            told.groups[a] = (GROUPS[b % 2],)
        case "open" if a in told.groups:
            base.restrict([named(a)], [], "amal")
            told.groups[a] = ()
        case "same" | "different" if a != b and {a, b} <= set(told.groups):
            _decide(
                base, views, told, Decision(act, "amal", ((party(a),), (party(b),)), f"note {len(told.decisions)}"), who
            )
        case "names" if a != b:
            sides = ((Party(f"Cell {a}"),), (Party(f"Cell {b}"),))
            _decide(base, views, told, Decision("same", "amal", sides), who)
        case "undo" if told.decisions:
            number = a % len(told.decisions) + 1
            base.add_decision(Decision("undo", "amal", undoes=number))
            told.decisions.append((Decision("undo", "amal", undoes=number), None))
        case "review" if a in told.groups:
            made = review(a, ("accept", "reject")[b % 2], f"note {b}")
            mine = a in told.seen(groups) and who % 2
            target = views.view(groups) if mine else base
            target.add_review(made)
            under = groups if mine and target is not base else None
            told.reviews.append((made, a, under))
        case "assign" if a in told.groups:
            base.add_assignments([Assignment(named(a), "zoe", "coding", "amal", str(len(told.assigned)))])
            told.assigned.append(a)
        case "resolve":
            resolve(base)
        case "look":
            view = views.view(groups)
            shown = {d.id for d in view.document_list()}
            assert shown == {named(number) for number in told.seen(groups)}


def _decide(base: Store, views: Clearances, told: _Told, decision: Decision, who: int) -> None:
    """By somebody who sees all, or in a view where the sides can be seen."""
    groups = _SOME[who % len(_SOME)]
    seen = {named(number) for number in told.seen(groups)}
    mine = who % 2 and all(p.document in seen for side in decision.sides for p in side)
    target = views.view(groups) if mine else base
    target.add_decision(decision)
    told.decisions.append((decision, groups if mine and target is not base else None))


def _without(empty: Path, folder: Path, told: _Told, groups: frozenset[str]) -> Store:
    """A base in which what these groups may not see never was."""
    base = opened(empty, folder, "without.db")
    seen = told.seen(groups)
    names = {f"Cell {number}" for number in seen if number not in told.silent}

    def shown(decision: Decision) -> bool:
        parties = [p for side in decision.sides for p in side]
        return all(p.document in map(named, seen) if p.document else p.key in names for p in parties)

    for number in seen:
        read(base, number, silent=number in told.silent)
        base.restrict([named(number)], sorted(set(told.groups[number]) & groups), "amal")
    for batch, number in enumerate(told.assigned):
        if number in seen:
            base.add_assignments([Assignment(named(number), "zoe", "coding", "amal", str(batch))])
    for made, number, under in told.reviews:
        if number in seen:
            base.add_review(replace(made, note=made.note if under is not None and under <= groups else ""))
    here: dict[int, int] = {}
    for there, (decision, under) in enumerate(told.decisions, 1):
        note = decision.note if under is not None and under <= groups else ""
        if decision.undoes in here:
            here[there] = base.add_decision(replace(decision, undoes=here[decision.undoes])).number
        elif decision.undoes is None and shown(decision):
            here[there] = base.add_decision(replace(decision, note=note)).number
    resolve(base)
    return base


_acts = st.sampled_from(
    ["add"] * 6
    + ["read", "restrict", "open", "same", "different", "names", "undo", "review", "assign", "resolve", "look"]
)
_numbers = st.integers(min(REPORTS), max(REPORTS))
_steps = st.lists(st.tuples(_acts, _numbers, _numbers, st.integers(0, 7)), min_size=8, max_size=30)


_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # to look for a shorter case takes minutes


@pytest.mark.slow
@settings(max_examples=12, deadline=None, phases=_PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_steps, st.sampled_from(_SHAPES))
def test_a_view_is_a_base_without_the_hidden_documents(
    empty: Path, tmp_path: Path, steps: Sequence[Step], shape: str
) -> None:
    told = _Told()
    with opened(empty, tmp_path, "whole.db") as base:
        views = Clearances(base, SETTINGS)
        for step in steps:
            _take(base, views, told, step)
        resolve(base)
        for groups in _SOME:
            view = views.view(groups)
            if view is base:
                assert told.seen(groups) == list(told.groups)
                continue
            with _without(empty, tmp_path, told, groups) as other:
                shown, due = answers(view, shapes=[shape]), answers(other, shapes=[shape])
                for name in shown:
                    assert shown[name] == due[name], (name, sorted(groups))
                assert view.restrictions() == other.restrictions()
            assert view.check() == []
        views.close()
        assert base.audit_state().fault == ""
