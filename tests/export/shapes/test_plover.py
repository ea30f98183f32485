"""PLOVER's rules, one incident each, as a coder would check them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from incidents_by_hand import GREEN_FRONT, RED_FRONT, Incident, exported, group, place, said
from khabar.codebook.schemes import PLOVER_QUADS, PLOVER_SCORES, SCHEMES
from khabar.export.shapes.parts import Row
from khabar.export.shapes.plover import Plover

_US = group("state:US", "United States", kind="state", country="US")
_ACTORS = (RED_FRONT, GREEN_FRONT, _US)


def _of(folder: Path, **fields: Any) -> Any:
    return exported(folder, Plover(), Incident(**fields), actors=_ACTORS)


@pytest.mark.parametrize(
    ("fields", "event", "mode", "score", "quad"),
    [
        ({"type": "suicide_bombing"}, "ASSAULT", "suicide-attack", -9.5, 4),
        ({"type": "bombing"}, "ASSAULT", "explosives", -9.0, 4),
        ({"type": "drone_strike"}, "ASSAULT", "drone", -9.5, 4),
        ({"type": "arrest"}, "COERCE", "arrest", -7.0, 4),
        ({"type": "protest"}, "PROTEST", "demo", -5.0, 4),
        ({"type": "armed_assault", "weapon": ("knives", "blade")}, "ASSAULT", "primitive", -9.0, 4),
    ],
)
def test_event_mode_score_and_quad(
    tmp_path: Path, fields: dict[str, Any], event: str, mode: str, score: float, quad: int
) -> None:
    row = _of(tmp_path, **fields).row
    assert (row["Event Type"], row["Event Mode"], row["Intensity"], row["Quad Code"]) == (event, mode, score, quad)


@pytest.mark.parametrize(
    ("modality", "mode"), [("planned", "future"), ("predicted", "future"), ("hypothetical", "hypothetical"),
                           ("negated", "negation")],
)  # fmt: skip
def test_what_did_not_happen_is_a_row_that_says_so(tmp_path: Path, modality: str, mode: str) -> None:
    made = exported(tmp_path, Plover(), told=[Incident(modality=modality)], actors=_ACTORS)
    assert made.row["Event Mode"] == f"explosives; {mode}"


def test_the_actual_alone_where_that_is_asked(tmp_path: Path) -> None:
    told = [Incident(modality="planned")]
    made = exported(tmp_path, Plover(), Incident(), told=told, options=frozenset({"actual-only"}))
    assert made.row["Event Mode"] == "explosives"


def test_what_lay_more_than_a_year_back_is_historical(tmp_path: Path) -> None:
    assert _of(tmp_path, day="2014-12-16").row["Event Mode"] == "explosives; historical"
    (tmp_path / "b").mkdir()
    assert _of(tmp_path / "b", day="2015-12-16").row["Event Mode"] == "explosives"


def test_an_attempt_has_no_mode_and_that_is_told(tmp_path: Path) -> None:
    assert len(_of(tmp_path, modality="attempted").lost("attempt")) == 1


def test_actor_and_recipient_with_their_sectors(tmp_path: Path) -> None:
    row = _of(tmp_path, type="drone_strike", attributions=[said(_US, "asserted")], targets=[("cadets", "police")]).row
    assert (row["Actor Name"], row["Actor Country"], row["Actor COW"], row["Primary Actor Sector"]) == (
        "United States", "USA", 2, "GOV",
    )  # fmt: skip
    assert (row["Recipient Name"], row["Recipient Country"], row["Recipient COW"]) == (None, "PAK", 770)
    assert row["Primary Recipient Sector"] == "COP"


def test_a_group_as_target_is_the_recipient(tmp_path: Path) -> None:
    made = _of(tmp_path, attributions=[said(RED_FRONT)], targets=[("a camp of the Green River Front", "militants")])
    assert (made.row["Actor Name"], made.row["Recipient Name"]) == ("Red Lantern Front", "Green River Front")
    assert (made.row["Primary Actor Sector"], made.row["Primary Recipient Sector"]) == ("REB", "REB")


def test_the_dead_have_no_column_and_that_is_told(tmp_path: Path) -> None:
    made = _of(tmp_path, killed=61, injured=100, attackers_killed=3)
    assert (made.lost("killed"), made.lost("injured"), made.lost("attackers' dead")) == (["61"], ["100"], ["3"])


def test_no_place_is_no_reason_to_leave_it_out(tmp_path: Path) -> None:
    made = _of(tmp_path, places=())
    assert made.row.get("Country") is None
    assert made.lost("no place") == [""]


@pytest.mark.parametrize(("fields", "rule"), [({"day": None}, "no date"), ({"until": "2017-10-24"}, "date too vague")])
def test_what_has_no_day_is_left_out(tmp_path: Path, fields: dict[str, Any], rule: str) -> None:
    made = _of(tmp_path, **fields)
    assert (made.rows, made.left_out) == ([], [rule])


def test_only_ids_of_geonames_are_given(tmp_path: Path) -> None:
    ours = {**place("the valley"), "geonames_id": 900_000_123}
    theirs = {**place("Zhob"), "geonames_id": 1162105}
    assert _of(tmp_path, places=(ours,)).row["GeoNames ID"] is None
    (tmp_path / "b").mkdir()
    assert _of(tmp_path / "b", places=(theirs,)).row["GeoNames ID"] == 1162105


def test_empty_cells_are_the_word_none_and_no_cell_holds_a_tab() -> None:
    shape, out = Plover(), io.BytesIO()
    shape.write([Row("1", "e", {"Event ID": "1", "Placename": "a\ttown\nthere"})], out, frozenset())
    header, row = (line.split("\t") for line in out.getvalue().decode().splitlines())
    cells = dict(zip(header, row, strict=True))
    assert (len(header), cells["Placename"], cells["City"]) == (40, "a town there", "None")


def test_every_event_has_a_quad_and_scores_are_in_bounds() -> None:
    assert set(PLOVER_QUADS) == set(SCHEMES["plover"]["event"])
    assert {event for event, _ in PLOVER_SCORES} <= set(PLOVER_QUADS)
    assert {mode for _, mode in PLOVER_SCORES if mode} <= set(SCHEMES["plover"]["mode"])
    assert all(-10 <= score <= 10 for score in PLOVER_SCORES.values())
