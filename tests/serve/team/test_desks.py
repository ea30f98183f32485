"""Whose decisions a coder takes back, and who may do more."""

from __future__ import annotations

import pytest
from starlette.exceptions import HTTPException

from house import House
from khabar.records import Assignment, Decision, Party
from khabar.serve.team.desks import CoderDesk


@pytest.fixture
def decided(house: House) -> House:
    """Three decisions: of zoe, who codes, of omar, who reviews, and of zoe again."""
    for by, name in (("zoe", "Lantern Front"), ("omar", "Lantern Movement"), ("zoe", "Lantern Army")):
        house.base.add_decision(Decision("same", by, ((Party("Lantern"),), (Party(name),))))
    return house


def _undo(house: House, role: str, *keys: int) -> int:
    body = {"act": "undo", "keys": list(keys)}
    return house.browser().post("/api/decisions", json=body, headers=house.token(role, "write")).status_code


def _undone(house: House) -> list[int | None]:
    return [decision.undoes for decision in house.base.decisions() if decision.act == "undo"]


def test_a_coder_takes_back_own_decisions_alone(decided: House) -> None:
    assert _undo(decided, "coder", 2) == 403
    assert _undo(decided, "coder", 99) == 403
    assert _undone(decided) == []
    assert _undo(decided, "coder", 1) == 201
    assert _undo(decided, "coder") == 201  # the last own one
    assert _undone(decided) == [1, 3]
    assert [d.by for d in decided.base.decisions()][-2:] == ["zoe", "zoe"]


def test_the_last_own_decision_is_not_the_last_of_all(decided: House) -> None:
    decided.base.add_decision(Decision("same", "omar", ((Party("Lantern"),), (Party("Lantern Guard"),))))
    assert _undo(decided, "coder") == 201
    assert _undone(decided) == [3]


def test_a_reviewer_takes_back_anybodys(decided: House) -> None:
    assert _undo(decided, "reviewer", 1) == 201
    assert _undone(decided) == [1]


def test_a_reader_decides_nothing(decided: House) -> None:
    assert _undo(decided, "reader", 1) == 403
    assert decided.team.seat(decided.team.entry.by_session("")).desk is None


def test_a_coders_desk_gives_out_no_work_and_settles_nothing(house: House) -> None:
    who = house.entry.by_session(house.browser("coder").cookies["__Host-session"])
    desk = house.team.seat(who).desk
    assert isinstance(desk, CoderDesk)
    with pytest.raises(HTTPException, match="reviewer gives"):
        desk.assign([Assignment("d", "zoe", "coding", "zoe", "b")])
    with pytest.raises(HTTPException, match="settled by a reviewer"):
        desk.adjudicate("d", "b", "zoe")
    with pytest.raises(HTTPException, match="takes back own"):
        desk.take_back("zoe", 7)
    reviewer = house.entry.by_session(house.browser("reviewer").cookies["__Host-session"])
    assert not isinstance(house.team.seat(reviewer).desk, CoderDesk)
