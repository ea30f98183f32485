"""What was compared before: it saves work and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Claim, Decision, Judgement, Party
from khabar.resolution.decisions import judgements_of
from khabar.resolution.memory import Memory, Work, load_memory, save_memory
from khabar.resolution.model import Corpus
from khabar.resolution.resolve import outline, resolve
from khabar.text import content_id
from resolution.make import BALOCHISTAN, HERAT, KABUL, QUETTA, by, corpus, document, event, person, relation

DAYS = [f"2016-10-{day}" for day in range(20, 27)]


def _report(number: int) -> list[Claim]:
    """One of some reports that overlap in all ways: copies of one event, its neighbours, ties between their groups."""
    name = f"r{number:02}"
    place = (KABUL, HERAT, QUETTA, BALOCHISTAN)[number % 4 // 2 + (number % 5 == 0) * 2]
    who = (by("Taliban", id_="taliban"),) if number % 3 else (by("Red Front"), by("RRF", "blamed"))
    told = [
        event(name, "bombing", place, DAYS[number % 7 // 2], killed=10 + number % 3, who=who, start=0, target="market"),
        event(name, "bombing", None, None, killed=10 + number % 3, start=400),
        event(
            name,
            "armed_assault",
            HERAT,
            DAYS[number % 5],
            killed=2,
            start=900,
            aggregate=3 if number % 4 == 1 else None,
        ),
    ]
    if number % 2:
        told.append(relation(name, "leads", person("Abu Bakr Khan"), by("Red Front").actor, start=1500))
        told.append(relation(name, "alias_of", by("RRF").actor, by("Red Front").actor, start=1800))
    return told


REPORTS = {number: _report(number) for number in range(16)}
FACTS = {number: document(f"r{number:02}", f"Paper {number % 5}", DAYS[number % 7]) for number in REPORTS}


def _corpus(numbers: set[int]) -> Corpus:
    claims = [c for number in sorted(numbers) for c in REPORTS[number]]
    copies = (frozenset({"r02", "r09"}),) if {2, 9} <= numbers else ()
    return corpus(*claims, documents=[FACTS[n] for n in sorted(numbers)], copies=copies)


def _people(acts: list[tuple[str, int, int]], claims: tuple[Claim, ...]) -> list[Judgement]:
    """What follows from decisions on pairs of event claims, of those reports that are there."""

    def party(number: int) -> Party:
        claim = REPORTS[number][0]
        return Party(claim.id, claim.passages[0].document, claim.passages[0].start, claim.passages[0].end)

    decisions = [
        Decision(act, "amal", ((party(a),), (party(b),)), number=i, at=f"2026-01-01T00:00:{i:02}")
        for i, (act, a, b) in enumerate(acts, 1)
        if a != b
    ]
    return judgements_of(decisions, claims)


numbers = st.integers(min(REPORTS), max(REPORTS))
steps = st.lists(
    st.tuples(
        st.sets(numbers, min_size=1, max_size=8),
        st.lists(st.tuples(st.sampled_from(["same", "different", "unsure"]), numbers, numbers), max_size=3),
    ),
    min_size=2,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_with_the_memory_of_any_other_corpus_a_resolution_is_what_it_is_without(
    steps: list[tuple[set[int], list[tuple[str, int, int]]]],
) -> None:
    memory = Memory()
    for there, acts in steps:
        base = _corpus(there)
        people = _people(acts, tuple(base.claims))
        assert resolve(base, people, memory) == resolve(base, people)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_what_has_the_same_fingerprint_is_the_same(
    steps: list[tuple[set[int], list[tuple[str, int, int]]]],
) -> None:
    incidents: dict[str, object] = {}
    judgements: dict[str, object] = {}
    memory = Memory()
    for there, acts in steps:
        base = _corpus(there)
        found = outline(base, _people(acts, tuple(base.claims)), memory)
        for id_, print_ in found.incidents.prints().items():
            whole = found.incidents.event(id_), found.incidents.contradictions(id_)
            assert incidents.setdefault(print_, whole) == whole
        for print_, judgement in zip(found.by_rule.prints(), found.by_rule.made(), strict=True):
            assert judgements.setdefault(print_, judgement) == judgement


def test_only_pairs_that_are_new_are_compared() -> None:
    memory = Memory()
    resolve(_corpus(set(range(12))), memory=memory)
    known = _pairs(memory)
    assert memory.work.compared == len(known) > 0
    resolve(_corpus(set(range(12))), memory=memory)
    assert memory.work.compared == 0
    resolve(_corpus(set(range(13))), memory=memory)
    now = _pairs(memory)
    assert 0 < memory.work.compared == len(now - known) < len(now)


def _pairs(memory: Memory) -> set[tuple[str, str]]:
    """The pairs that were looked at, by the fingerprints of what is known of both claims."""
    prints = list(memory.prints)
    rows = zip(memory.pairs.left.tolist(), memory.pairs.right.tolist(), strict=True)
    return {(prints[left], prints[right]) for left, right in rows}


FAR = [event("elsewhere", "arrest", QUETTA, f"{year}-01-01", arrested=3) for year in (1997, 1998, 1999)]


def test_a_decision_compares_nothing_again_and_touches_only_incidents_near_it() -> None:
    near = _corpus(set(range(14)))
    base, memory = replace(near, claims=(*near.claims, *FAR)), Memory()
    before = outline(base, (), memory).incidents.prints()
    one, other = REPORTS[1][0], REPORTS[3][0]
    after = outline(base, [Judgement(*sorted((one.id, other.id)), "same", "amal", "2026-01-01")], memory).incidents
    assert memory.work.compared == 0
    kept = {id_ for id_, print_ in after.prints().items() if before.get(id_) == print_}
    assert len(kept) < len(after)
    assert {id_ for id_ in kept if set(after.event(id_).claims) & {c.id for c in FAR}} == {
        content_id([c.id]) for c in FAR
    }


def test_a_far_away_report_leaves_all_incidents_as_they_are() -> None:
    base, memory = _corpus(set(range(14))), Memory()
    before = outline(base, (), memory).incidents.prints()
    after = outline(replace(base, claims=(*base.claims, FAR[0])), (), memory).incidents
    assert before.items() <= after.prints().items()
    assert len(after) == len(before) + 1


# ------------------------------------------------------------------ files


def test_a_memory_comes_back_from_its_file(tmp_path: Path) -> None:
    memory = Memory()
    resolve(_corpus({1, 2, 3, 4}), memory=memory)
    assert save_memory(memory, tmp_path / "m") == ""
    found, note = load_memory(tmp_path / "m")
    assert note == ""
    resolve(_corpus({1, 2, 3, 4}), memory=found)
    assert found.work == Work(0, memory.work.compared)
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


def test_no_file_is_an_empty_memory_without_a_word(tmp_path: Path) -> None:
    found, note = load_memory(tmp_path / "none")
    assert (len(found.pairs), note) == (0, "")


def _damaged(whole: bytes, how: str) -> bytes:
    return {
        "empty": b"",
        "other": b"This is no memory.",
        "cut": whole[: len(whole) // 2],
        "turned": whole[:-200] + bytes(255 - b for b in whole[-200:-100]) + whole[-100:],
    }[how]


@pytest.mark.parametrize("how", ["empty", "other", "cut", "turned"])
def test_a_damaged_file_is_passed_over_and_said(tmp_path: Path, how: str) -> None:
    memory = Memory()
    resolve(_corpus({1, 2, 3, 4}), memory=memory)
    save_memory(memory, tmp_path / "m")
    (tmp_path / "m").write_bytes(_damaged((tmp_path / "m").read_bytes(), how))
    found, note = load_memory(tmp_path / "m")
    assert len(found.pairs) == 0
    assert "not used" in note
    assert resolve(_corpus({1, 2, 3}), memory=found) == resolve(_corpus({1, 2, 3}))


def test_a_file_whose_columns_do_not_fit_is_passed_over(tmp_path: Path) -> None:
    memory = Memory()
    resolve(_corpus({1, 2, 3, 4}), memory=memory)
    memory.prints = memory.prints[:1]
    save_memory(memory, tmp_path / "m")
    found, note = load_memory(tmp_path / "m")
    assert len(found.pairs) == 0
    assert "not used" in note


def test_a_folder_that_cannot_be_written_is_said_and_stops_nothing(tmp_path: Path) -> None:
    assert "next run will take longer" in save_memory(Memory(), tmp_path / "nowhere" / "m")


def test_the_memory_of_another_version_is_not_used() -> None:
    memory = Memory()
    resolve(_corpus({1, 2, 3}), memory=memory)
    resolve(Corpus(_corpus({1, 2, 3}).claims, rule="conservative"), memory=memory)
    assert memory.work.recalled == 0
