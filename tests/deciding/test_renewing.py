"""A base put together step by step holds what it holds when it is put together once, and does only what is new."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copies import copied
from khabar.codebook.load import load_codebook
from khabar.pipeline import resolve_base
from khabar.records import Claim, Decision, Document, Extractor, Interval, Party
from khabar.renewing import BaseMemory, Renewed
from khabar.store import ActorFilter, ActorLink, EventFilter, Store, open_store
from resolution.make import BALOCHISTAN, HERAT, KABUL, QUETTA, by, event, person, relation

_READ_BY = Extractor("hand", "1", "test@1")
_DAYS = [f"2016-10-{day}" for day in range(20, 27)]


FAR = 10
"""The reports from this number on tell of things that have nothing to do with all others."""


def _claims(number: int) -> list[Claim]:
    """What one of some reports says: the same few events, told alike or otherwise, and whom groups belong to."""
    name = f"report{number:02}"
    if number >= FAR:
        return [event(name, "arrest", QUETTA, f"19{80 + number}-03-01", arrested=number, start=0)]
    place = (KABUL, HERAT, QUETTA, BALOCHISTAN)[number % 4]
    who = (by("Taliban", id_="taliban"),) if number % 3 else (by("Red Front"), by("RRF", "blamed"))
    told = [
        event(name, "bombing", place, _DAYS[number % 3], killed=10 + number % 3, who=who, start=0, target="market"),
        event(name, "bombing", None, None, killed=10 + number % 3, start=100),
    ]
    if number % 2:
        told.append(relation(name, "leads", person("Abu Bakr Khan"), by("Red Front").actor, start=200))
        told.append(relation(name, "alias_of", by("RRF").actor, by("Red Front").actor, start=300))
    return told


REPORTS = {number: _claims(number) for number in range(12)}


def _document(number: int) -> Document:
    text = [" "] * 400
    for claim in REPORTS[number]:
        text[claim.passages[0].start : claim.passages[0].end] = claim.passages[0].quote
    day = _DAYS[number % 7]
    words = "".join(text) + " the same words stand at the end of every third report" * (number % 3 == 0)
    return Document(
        f"report{number:02}", words, f"{number}.txt", publisher=f"Paper {number % 4}", published=Interval(day, day)
    )


def _party(number: int) -> Party:
    claim = REPORTS[number][0]
    return Party(claim.id, claim.passages[0].document, claim.passages[0].start, claim.passages[0].end)


Step = tuple[str, int, int]


def _take(base: Store, step: Step) -> None:
    """One thing that happens to a base: a report comes, or falls silent when read again, or a person decides."""
    act, a, b = step
    if act == "add":
        base.add_document(_document(a))
        base.save_claims(f"report{a:02}", REPORTS[a], _READ_BY)
    elif act == "empty":
        base.add_document(_document(a))
        base.save_claims(f"report{a:02}", [], _READ_BY)
    elif act == "undo":
        decisions = [d for d in base.decisions() if d.act != "undo"]
        if decisions:
            base.add_decision(Decision("undo", "amal", undoes=decisions[a % len(decisions)].number))
    elif a != b:
        base.add_decision(Decision(act, "amal", ((_party(a),), (_party(b),))))


def _resolve(base: Store, memory: BaseMemory | None = None, rule: str = "majority") -> Renewed:
    return resolve_base(base, load_codebook(), 0.0, rule=rule, memory=memory)


def _state(base: Store) -> list[str]:
    """All that resolution puts into a base, as it is asked for."""
    events = list(base.events())
    claims = [c.id for c in base.claims()]
    words = ("market", "kabul", "taliban", "front", "khan")
    return [
        *map(repr, events),
        *map(repr, base.actors(ActorFilter())),
        *map(repr, sorted(base.links(claims), key=_link)),
        *map(repr, base.contradictions()),
        *(repr(replace(j, when="")) for j in base.judgements()),
        *(repr((word, sorted(e.id for e in base.events(EventFilter(text=word))))) for word in words),
        *(repr((a.actor.id, [e.id for e in base.events(EventFilter(actor=a.actor.id))])) for a in base.actors()),
        repr(base.copies()),
        repr(replace(base.overview(), problems=0)),
    ]


def _link(link: ActorLink) -> tuple[str, str, str]:
    return link.claim, link.role, link.actor


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without anything, to be copied: to make its tables takes longer than a test."""
    path = tmp_path_factory.mktemp("empty") / "k.db"
    open_store(path).close()
    return path


def _opened(empty: Path, folder: Path, name: str) -> Store:
    path = folder / name
    shutil.rmtree(f"{path}.memory", ignore_errors=True)
    for each in folder.glob(f"{name}*"):
        each.unlink()
    copied(empty, path)
    return open_store(path, create=False)


@pytest.fixture
def base(empty: Path, tmp_path: Path) -> Iterator[Store]:
    with _opened(empty, tmp_path, "k.db") as store:
        yield store


_numbers = st.integers(min(REPORTS), max(REPORTS))
_steps = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "add", "add", "empty", "same", "different", "unsure", "undo"]), _numbers, _numbers
        ),
        min_size=1,
        max_size=6,
    ),
    min_size=2,
    max_size=4,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_steps)
def test_a_base_put_together_step_by_step_is_one_put_together_at_once(
    empty: Path, tmp_path: Path, steps: list[list[Step]]
) -> None:
    with _opened(empty, tmp_path, "steps.db") as slowly, _opened(empty, tmp_path, "once.db") as once:
        for some in steps:
            for step in some:
                _take(slowly, step)
                _take(once, step)
            _resolve(slowly)
        _resolve(once)
        assert _state(slowly) == _state(once)
        assert slowly.check() == []


def _filled(base: Store, numbers: range) -> None:
    for number in numbers:
        _take(base, ("add", number, 0))


def test_what_nothing_new_touches_is_neither_compared_nor_made_again(base: Store) -> None:
    _filled(base, range(FAR, 12))
    _filled(base, range(8))
    first = _resolve(base)
    assert first.made == first.incidents > 2
    assert first.work.compared > 0 == first.work.recalled
    again = _resolve(base)
    assert (again.made, again.judged, again.work.compared) == (0, 0, 0)
    assert again.work.recalled == first.work.compared
    _take(base, ("add", 8, 0))
    more = _resolve(base)
    assert 0 < more.made <= more.incidents - 2
    assert 0 < more.work.compared < first.work.compared


def test_a_decision_makes_only_what_it_touches_and_undoing_it_brings_the_state_back(base: Store) -> None:
    _filled(base, range(FAR, 12))
    _filled(base, range(9))
    _resolve(base)
    before = _state(base)
    _take(base, ("same", 0, 1))
    done = _resolve(base)
    assert 0 < done.made <= done.incidents - 2
    assert done.work.compared == 0
    _take(base, ("undo", 0, 0))
    _resolve(base)
    assert _state(base) == before


def test_another_rule_makes_every_incident_again(base: Store) -> None:
    _filled(base, range(6))
    _resolve(base)
    done = _resolve(base, rule="conservative")
    assert done.made == done.incidents
    assert {d.rule for e in base.events() for d in e.derived.values()} != set()
    assert base.overview().rule == "conservative"


def test_a_report_that_falls_silent_and_speaks_again_leaves_everything_as_it_was(base: Store) -> None:
    _filled(base, range(8))
    _resolve(base)
    before = _state(base)
    _take(base, ("empty", 3, 0))
    _take(base, ("add", 3, 0))
    _resolve(base)
    assert _state(base) == before
    assert base.check() == []


def test_what_is_remembered_may_be_deleted_or_damaged(base: Store, caplog: pytest.LogCaptureFixture) -> None:
    _filled(base, range(5))
    _resolve(base)
    folder = Path(f"{base.address}.memory")
    before = _state(base)
    files = sorted(p.name for p in folder.iterdir() if p.suffix != ".turn")
    assert files == ["comparisons.npz", "credits.json", "texts.npz"]
    for name in files:
        (folder / name).write_bytes(b"{}")
    with caplog.at_level(logging.WARNING, "khabar"):
        _resolve(base)
    assert len([r for r in caplog.records if "not used" in r.getMessage()]) == len(files)
    assert _state(base) == before
    shutil.rmtree(folder)
    assert _resolve(base).work.recalled == 0
    assert _state(base) == before


def test_a_folder_that_cannot_be_made_is_said_and_stops_nothing(base: Store, caplog: pytest.LogCaptureFixture) -> None:
    _filled(base, range(3))
    Path(f"{base.address}.memory").write_text("in the way", encoding="utf-8")
    with caplog.at_level(logging.WARNING, "khabar"):
        assert _resolve(base).made > 0
    assert "next run will take longer" in caplog.text


def test_what_another_program_changed_meanwhile_is_made_again(base: Store, empty: Path, tmp_path: Path) -> None:
    _filled(base, range(5))
    _resolve(base)
    memory = BaseMemory()
    with open_store(base.address, create=False) as other:
        _take(other, ("empty", 1, 0))
        _resolve(other)
        _take(other, ("add", 1, 0))
    _resolve(base, memory)
    with _opened(empty, tmp_path, "once.db") as once:
        _filled(once, range(5))
        _resolve(once)
        assert _state(base) == _state(once)


def test_a_memory_stays_at_hand_until_somebody_else_writes_it(tmp_path: Path) -> None:
    address = str(tmp_path / "k.db")
    memory = BaseMemory.beside(address)
    memory.keep({"key": ("Agency",)})
    assert BaseMemory.beside(address) is memory
    assert BaseMemory.beside(address) is not memory  # whoever took it has it alone
    memory.keep({"key": ("Agency",)})
    other = BaseMemory(folder=memory.folder)
    other.keep({"key": ("Another",)})
    memory.credits = {}
    assert BaseMemory.beside(address).credits == {"key": ("Another",)}
    other.keep({"key": ("Another",)})
    written = tmp_path / "k.db.memory" / "credits.json"
    written.write_text(written.read_text(encoding="utf-8").replace("Another", "A third"), encoding="utf-8")
    assert BaseMemory.beside(address).credits == {"key": ("A third",)}
    shutil.rmtree(tmp_path / "k.db.memory")
    assert BaseMemory.beside(address).credits == {}
