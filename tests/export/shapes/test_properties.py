"""What holds for every shape and any incident: its cells fit their columns, and it has rows or one reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents_by_hand import (
    GREEN_FRONT,
    KABUL,
    PAKISTAN,
    QUETTA,
    RED_FRONT,
    Incident,
    case_by_hand,
    group,
    place,
    said,
)
from khabar.codebook.load import load_codebook
from khabar.export.shapes.acled import Acled
from khabar.export.shapes.gtd import Gtd
from khabar.export.shapes.material import Material
from khabar.export.shapes.numbers import Bounds, conservative, split_evenly
from khabar.export.shapes.parts import Loss, Row
from khabar.export.shapes.plover import Plover
from khabar.export.shapes.tables import fault_in
from khabar.export.shapes.ucdp import UcdpGed
from khabar.export.shapes.ucdp_deaths import Deaths, shared, without
from khabar.records import MODALITIES, PLACE_PRECISIONS, Count
from khabar.store.opening import open_store

_BOOK = load_codebook()
_STATE = group("state:PK", "Pakistan", kind="state", country="PK")
_AGENCY = group("agency:x", "Frontier Agency", kind="agency", country="PK")
_ACTORS = (RED_FRONT, GREEN_FRONT, _STATE, _AGENCY)
_SHAPES = (Acled, UcdpGed, Gtd, Plover)

_small = st.integers(0, 300)
_counts = st.one_of(
    st.none(),
    _small,
    st.builds(lambda n: Count(n, n, None, f"at least {n}"), _small),
    st.builds(lambda n, m: Count(n, None, n + m, "some"), _small, _small),
    st.builds(lambda n: Count(None, None, n, f"up to {n}"), _small),
    st.just(Count(24, None, None, "dozens")),
)
_days = st.dates().map(lambda day: day.isoformat())
_places = st.one_of(
    st.sampled_from([QUETTA, KABUL, PAKISTAN, place("camp", None, at=None)]),
    st.sampled_from([place("Nowhere", "XX"), place("Gaza", "PS")]),
    st.builds(
        lambda name, lat, lon, precision, kind: place(name, "PK", precision, (lat, lon), kind=kind),
        st.sampled_from(["Zhob", "Turbat"]), st.floats(-90, 90), st.floats(-180, 180),
        st.sampled_from(PLACE_PRECISIONS), st.sampled_from(["city", "adm1", "adm2", "site", "region"]),
    ),
)  # fmt: skip
_classes = st.one_of(st.none(), st.sampled_from(sorted(_BOOK.targets)))
_said = st.builds(
    said, st.sampled_from([*_ACTORS, "Mr Zamin Dost", "unknown men"]),
    st.sampled_from(["claimed", "asserted", "blamed", "suspected", "denied"]),
    channel=st.sampled_from([None, "a video"]),
)  # fmt: skip


@st.composite
def _incidents(draw: st.DrawFn) -> Incident:
    first, last = sorted((draw(_days), draw(_days)))
    return Incident(
        type=draw(st.sampled_from(sorted(_BOOK.events))),
        day=draw(st.sampled_from([None, first, "2016-10-24"])),
        until=draw(st.sampled_from([None, last])) if last >= "2016-10-24" >= first else None,
        places=draw(st.lists(_places, max_size=3)),
        killed=draw(_counts),
        injured=draw(_counts),
        attackers_killed=draw(_counts),
        abducted=draw(st.one_of(st.none(), _small)),
        attributions=draw(st.lists(_said, max_size=4)),
        targets=[
            (text, c) for text, c in draw(st.lists(st.tuples(st.sampled_from(["men", "Red Lantern Front"]), _classes)))
        ],
        weapon=draw(st.one_of(st.none(), st.tuples(st.just("it"), st.sampled_from(sorted(_BOOK.weapons))))),
        modality=draw(st.sampled_from(MODALITIES)),
        apart=draw(st.booleans()),
    )


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Material]:
    with open_store(str(tmp_path_factory.mktemp("base") / "base.db")) as base:
        made = Material(base, _BOOK, ())
        made._actors.update({actor.id: actor for actor in _ACTORS})
        yield made


def _made(shape: Any, incident: Incident, material: Material) -> tuple[list[Row], list[Loss]]:
    items = list(shape.rows(case_by_hand(incident, _ACTORS), material))
    return [i for i in items if isinstance(i, Row)], [i for i in items if isinstance(i, Loss)]


@pytest.mark.parametrize("shape", _SHAPES)
@settings(max_examples=150, deadline=None)
@given(incident=_incidents())
def test_any_incident_gives_rows_that_fit_or_one_reason(shape: Any, incident: Incident, material: Material) -> None:
    made = shape()
    rows, losses = _made(made, incident, material)
    left_out = [loss for loss in losses if loss.rule.kind == "left out"]
    assert len(left_out) == (0 if rows else 1)
    assert {loss.rule for loss in losses} <= set(made.losses)
    names = {column.name for column in made.columns}
    known = set(case_by_hand(incident, _ACTORS).event.claims)
    for row in rows:
        assert set(row.values) <= names
        assert [fault for c in made.columns if (fault := fault_in(c, row.values.get(c.name)))] == []
        assert set(row.claims) <= names
        assert {claim for claims in row.claims.values() for claim in claims} <= known
    assert len({row.id for row in rows}) == len(rows)


@given(number=st.integers(0, 10**6), parts=st.integers(1, 50))
def test_an_even_split_keeps_the_sum_and_differs_by_one_at_most(number: int, parts: int) -> None:
    shares = split_evenly(number, parts)
    assert sum(shares) == number
    assert max(shares) - min(shares) <= 1


_deaths = st.builds(
    lambda a, b, c, u, low, more: Deaths({"a": a, "b": b, "civilians": c, "unknown": u}, low, low + more),
    _small, _small, _small, _small, _small, _small,
)  # fmt: skip


@given(deaths=_deaths, places=st.integers(1, 9))
def test_deaths_dealt_out_to_places_are_all_there(deaths: Deaths, places: int) -> None:
    shares = shared(deaths, places)
    for kind, number in deaths.kinds.items():
        assert sum(share.kinds[kind] for share in shares) == number
    assert sum(s.best for s in shares) == deaths.best
    assert max(s.best for s in shares) - min(s.best for s in shares) <= 1
    assert (sum(s.low for s in shares), sum(s.high for s in shares)) == (deaths.low, deaths.high)


@given(deaths=_deaths, inside=_deaths)
def test_a_total_without_its_incidents_is_never_below_nothing(deaths: Deaths, inside: Deaths) -> None:
    rest = without(deaths, inside)
    assert rest.best == max(0, deaths.best - inside.best)
    assert min(rest.kinds.values()) >= 0
    assert rest.low >= 0
    assert rest.high >= 0


@given(low=st.one_of(st.none(), _small), high=st.one_of(st.none(), _small))
def test_a_conservative_number_lies_within_its_bounds(low: int | None, high: int | None) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    number = conservative(Bounds(low, None, high, "some")).value
    assert low is None or number == low
    assert high is None or number <= high


def test_losses_are_told_once(tmp_path: Path, material: Material) -> None:
    incident = Incident(killed=4, attributions=[said(RED_FRONT, "blamed", "x"), said(RED_FRONT, "suspected", "y")])
    _, losses = _made(Acled(), incident, material)
    assert len(set(losses)) == len(losses)
