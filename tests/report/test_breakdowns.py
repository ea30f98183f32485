from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from khabar.records import Event
from khabar.report import breakdowns
from khabar.report.model import Number, Piece, Table
from told_incidents import incident


def _held(event: Event) -> list[Mapping[str, Any]]:
    return [value.value for value in event.values.get("attributions", ())]


def _words(table: Table) -> list[tuple[str, ...]]:
    return [tuple(_word(cell) for cell in row) for row in table.rows]


def _word(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.words


def test_one_country_is_told_by_province_several_by_country() -> None:
    quetta = incident("a", places=("Quetta", "Balochistan", "PK"), killed=3)
    kabul = incident("b", places=("Kabul", "Kabul", "AF"))
    names = {"PK": "Pakistan", "AF": "Afghanistan"}.__getitem__
    assert breakdowns.by_area([quetta], names).title == "By province of Pakistan"
    assert _words(breakdowns.by_area([quetta, kabul], names)) == [
        ("Afghanistan", "1", "–", "–", "–"),
        ("Pakistan", "1", "3", "–", "–"),
    ]


def test_claimed_and_blamed_stand_in_columns_of_their_own() -> None:
    both = incident("a", attributions=[("IS", "claimed"), ("TTP", "blamed")])
    other = incident("b", attributions=[("IS", "blamed")])
    assert _words(breakdowns.by_group([both, other], _held)) == [
        ("IS", "1", "", "1", "", ""),
        ("TTP", "", "", "1", "", ""),
    ]


def test_each_incident_counts_once_under_the_firmest_word_on_who_did_it() -> None:
    events = [
        incident("a", attributions=[("TTP", "blamed"), ("IS", "claimed")]),
        incident("b", attributions=[("TTP", "denied")]),
        incident("c"),
        incident("d", attributions=[("TTP", "denied"), ("IS", "suspected")]),
    ]
    rows = {row[0]: row[1] for row in _words(breakdowns.by_responsibility(events, _held))}
    assert rows == {"claimed": "1", "suspected": "1", "denied alone": "1", "nobody named": "1"}


def test_the_dead_of_several_classes_are_not_given_to_one() -> None:
    events = [
        incident("a", targets=("police",), killed=4, attackers_killed=1),
        incident("b", targets=("police", "civilians"), killed=9),
        incident("c", killed=2),
    ]
    assert dict(row[:2] for row in _words(breakdowns.by_casualty(events))) == {
        "police": "4",
        "several classes": "9",
        "class not stated": "2",
        "attackers": "1",
    }


_KINDS = st.sampled_from(["police", "civilians", "military"])
_EVENTS = st.lists(st.tuples(st.frozensets(_KINDS, max_size=2), st.integers(0, 50)), min_size=1, max_size=12).map(
    lambda rows: [incident(str(n), targets=tuple(sorted(kinds)), killed=dead) for n, (kinds, dead) in enumerate(rows)]
)


@given(_EVENTS)
def test_casualties_by_class_add_up_to_the_sum(events: list[Event]) -> None:
    rows = _words(breakdowns.by_casualty(events))
    assert sum(int(row[1]) for row in rows if row[0] != "attackers") == sum(
        e.derived["killed"].value["best"] for e in events
    )


@given(_EVENTS)
def test_every_number_names_its_incidents(events: list[Event]) -> None:
    known = {event.id for event in events}
    for table in (
        breakdowns.by_target(events),
        breakdowns.by_type(events, str),
        breakdowns.by_responsibility(events, _held),
    ):
        for row in table.rows:
            count = row[1]
            assert isinstance(count, Number)
            assert len(count.incidents) == int(count.words)
            assert set(count.incidents) <= known
