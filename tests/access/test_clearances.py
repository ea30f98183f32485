"""Projections: made once, renewed where something changed, for several threads; what is decided in one holds in all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from access.made import REPORTS, SETTINGS, named, party, read, resolve, review
from khabar.access import Clearances, cleared
from khabar.errors import ConflictError, NotFoundError, StoreError
from khabar.records import Asked, Assignment, Claim, Decision, Draft, Review
from khabar.review.acts import Act
from khabar.store import EventFilter, Store, View, open_store
from khabar.store.access_questions import AuditFilter
from servers import STORES

NOBODY = frozenset[str]()
NORTH = frozenset({"north"})


@pytest.fixture(params=STORES)
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Eight reports, two of which only the group north may see."""
    address = str(tmp_path / "k.db") if request.param == "sqlite" else request.getfixturevalue("pg_address")
    if request.param != "sqlite":
        request.getfixturevalue("monkeypatch").setenv("KHABAR_FILES", str(tmp_path))
    with open_store(address) as store:
        for number in range(8):
            read(store, number, ("north",) if number in (2, 5) else ())
        resolve(store)
        yield store


@pytest.fixture
def views(base: Store) -> Iterator[Clearances]:
    made = Clearances(base, SETTINGS)
    yield made
    made.close()


def _claim(number: int) -> Claim:
    return REPORTS[number][0]


def _event_of(view: View, number: int) -> str:
    return next(iter(view.events(EventFilter(claim=_claim(number).id)))).id


def test_who_may_see_everything_is_shown_the_base_itself(base: Store, views: Clearances) -> None:
    assert views.view(NORTH) is base
    assert views.view(NOBODY) is not base
    base.restrict([named(2), named(5)], [], "amal")
    assert views.view(NOBODY) is base
    assert cleared(base, NOBODY) is base


def test_a_view_is_made_once_and_again_only_where_something_changed(base: Store, views: Clearances) -> None:
    view = views.view(NOBODY)
    assert {d.id for d in view.document_list()} == {named(n) for n in range(8) if n not in (2, 5)}
    path = Path(view.address)
    before = (path.stat().st_mtime_ns, [p.stat().st_size for p in path.parent.glob("*.db-wal")])
    assert views.view(NOBODY) is view
    base.append_audit("amal", "log in", "amal")  # nothing that anybody is shown
    assert views.view(NOBODY) is view
    assert (path.stat().st_mtime_ns, [p.stat().st_size for p in path.parent.glob("*.db-wal")]) == before
    read(base, 8)
    read(base, 9, ("north",))
    resolve(base)
    assert {d.id for d in views.view(NOBODY).document_list()} >= {named(8)}
    assert named(9) not in {d.id for d in views.view(NOBODY).document_list()}
    another = Clearances(base, SETTINGS)  # as after the server was started again
    assert another.view(NOBODY).address == view.address
    another.close()


def test_a_report_is_gone_the_moment_it_is_hidden_and_back_when_it_is_opened(base: Store, views: Clearances) -> None:
    view = views.view(NOBODY)
    before = list(view.events())
    base.restrict([named(1)], ["north"], "amal")
    hidden = views.view(NOBODY)
    assert named(1) not in {d.id for d in hidden.document_list()}
    assert _claim(1).id not in {key for e in hidden.events() for key in e.claims}
    assert list(view.events()) == before  # a request under way reads on in the file it began with
    base.restrict([named(1)], [], "amal")
    assert list(views.view(NOBODY).events()) == before


def test_what_is_decided_in_a_view_holds_in_the_base_and_in_the_view(base: Store, views: Clearances) -> None:
    base.add_decision(Decision("same", "noor", ((party(2),), (party(5),))))  # hidden from amal
    desk, view = views.desk(NOBODY), views.view(NOBODY)
    keys = (_event_of(view, 0), _event_of(view, 1))
    kept = desk.decide(Asked("merge", keys, "amal", "both at the market"))
    assert kept.number == 1
    view = views.view(NOBODY)
    assert _event_of(view, 0) == _event_of(view, 1)
    assert [(e.decision.number, e.decision.note, e.state) for e in desk.journal()] == [
        (1, "both at the market", "holds")
    ]
    hidden, there = base.decisions()
    assert (hidden.by, there.number, there.note) == ("noor", 2, "both at the market")
    assert {p.key for side in there.sides for p in side} <= {c.id for c in view.claims()}
    assert _event_of(base, 0) == _event_of(base, 1)
    assert base.overview().resolved
    [line] = base.audit(AuditFilter(act="decide", by="amal"))
    assert line.details["groups"] == []
    undone = desk.decide(Asked("undo", ("1",), "amal"))
    assert (undone.number, undone.undoes) == (2, 1)
    assert [d.undoes for d in base.decisions()] == [None, None, 2]
    with pytest.raises(NotFoundError):
        desk.decide(Asked("undo", ("3",), "amal"))
    with pytest.raises(NotFoundError):
        desk.decide(Asked("same", (_claim(2).id, _claim(0).id), "amal"))


def test_notes_are_shown_to_who_sees_what_their_writer_saw(base: Store, views: Clearances) -> None:
    base.restrict([named(7)], ["south"], "amal")
    said = Decision("same", "noor", ((party(0),), (party(1),)), "of the whole base")
    base.add_decision(said)
    views.view(NOBODY).add_decision(replace(said, by="amal", note="of what all see"))
    views.view(NORTH).add_decision(replace(said, by="zoe", note="of what north sees"))
    assert [d.note for d in base.decisions()] == ["of the whole base", "of what all see", "of what north sees"]
    assert [d.note for d in views.view(NOBODY).decisions()] == ["", "of what all see", ""]
    assert [d.note for d in views.view(NORTH).decisions()] == ["", "of what all see", "of what north sees"]


def test_a_view_with_decisions_and_reviews_is_sound(base: Store, views: Clearances) -> None:
    views.view(NOBODY).add_decision(Decision("same", "noor", ((party(0),), (party(1),))))
    base.add_review(review(1, "reject"))
    base.add_review(review(2, "reject"))
    assert views.view(NOBODY).check() == []
    assert base.check() == []


def test_reviews_in_a_view_are_told_of_each_other_by_its_own_numbers(base: Store, views: Clearances) -> None:
    base.add_review(review(2, "reject"))  # hidden: its number must not be missing in the view
    view = views.view(NOBODY)
    first = view.add_review(review(1, "reject"), 0)
    assert first.number == 1
    with pytest.raises(ConflictError, match="by somebody meanwhile"):
        view.add_review(review(1, "accept"), 0)
    assert view.add_review(review(1, "accept"), 1).number == 2
    undone = view.add_review(Review("-", "undo", "amal", undoes=2))
    assert (undone.number, undone.undoes) == (3, 2)
    assert [r.undoes for r in base.reviews()] == [None, None, None, 3]
    assert view.standings([REPORTS[1][1].id]) == {REPORTS[1][1].id: ("rejected", 1)}
    with pytest.raises(NotFoundError):
        view.add_review(review(2, "accept"))
    desk = views.desk(NOBODY)
    desk.keep(desk.bench(named(3)), [Act("reject", "amal", REPORTS[3][0].id)])
    assert _claim(3).id not in {key for e in base.events() for key in e.claims}


def test_assignments_and_drafts_stay_in_the_base_under_its_numbers(base: Store, views: Clearances) -> None:
    base.add_assignments([Assignment(named(2), "zoe", "coding", "noor", "hidden")])
    view = views.view(NOBODY)
    [given] = view.add_assignments([Assignment(named(1), "zoe", "coding", "amal", "open")])
    assert given.number == 1
    assert [a.number for a in base.assignments()] == [1, 2]
    view.save_draft(Draft(named(1), "new", "zoe", {"type": "bombing"}, given.number))
    assert base.drafts(named(1), "zoe", 2)["new"].values == {"type": "bombing"}
    assert view.drafts(named(1), "zoe", 1)["new"].coding == 1
    view.finish_assignment(1, REPORTS[1][:1])
    assert view.coding(1) == base.coding(2) == tuple(REPORTS[1][:1])
    with pytest.raises(NotFoundError):
        view.finish_assignment(2)
    with pytest.raises(NotFoundError):
        view.add_assignments([Assignment(named(2), "zoe", "coding", "amal", "no")])


def test_only_people_write_into_a_part_of_a_base(base: Store, views: Clearances) -> None:
    view = views.view(NOBODY)
    with pytest.raises(StoreError, match="a part of a base"):
        view.add_problem("f", "m")
    with pytest.raises(NotFoundError):
        view.restrict([named(2)], [], "amal")
    view.restrict([named(0)], ["south"], "amal")
    assert base.restrictions()[named(0)] == ("south",)
    assert list(view.audit()) == []
    assert view.runs() == []


def test_many_ask_at_once_while_the_base_changes(base: Store, views: Clearances) -> None:
    problems: list[object] = []

    def ask(groups: frozenset[str]) -> None:
        try:
            for _ in range(6):
                view = views.view(groups)
                shown = {d.id for d in view.document_list()}
                if not groups and shown & {named(2), named(5), named(9)}:
                    problems.append(shown)
                list(view.events())
        except Exception as problem:  # noqa: BLE001 (told to the test below)
            problems.append(problem)

    threads = [threading.Thread(target=ask, args=(groups,)) for groups in (NOBODY, NOBODY, NORTH, frozenset({"south"}))]
    for thread in threads:
        thread.start()
    read(base, 9, ("north",))
    resolve(base)
    base.restrict([named(1)], ["north"], "amal")
    read(base, 8)
    resolve(base)
    for thread in threads:
        thread.join()
    assert problems == []
    assert views.view(NOBODY).check() == []
    assert base.audit_state().fault == ""
