"""The frame around shapes: cells checked, files whole or absent, groups found in words, names replaced."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from incidents_by_hand import RED_FRONT, Incident, case_by_hand, exported, said
from khabar.codebook.load import load_codebook
from khabar.errors import ExportError
from khabar.export.conduct import Pseudonyms
from khabar.export.shapes.cases import Case
from khabar.export.shapes.countries import countries, country_of
from khabar.export.shapes.dates import days_of
from khabar.export.shapes.leaving import Leaving
from khabar.export.shapes.material import Material
from khabar.export.shapes.notes import notes_of
from khabar.export.shapes.outputs import file_names, write_files, write_stream
from khabar.export.shapes.parties import GroupNames
from khabar.export.shapes.parts import Column, Loss, LossRule, Row
from khabar.export.shapes.project import Expectation, Range
from khabar.export.shapes.tables import Table, fault_in
from khabar.plugins import find_plugin, plugin_names
from khabar.records import Actor, ActorName
from khabar.store.opening import open_store

_EMPTY = LossRule("nothing", "left out", "a test leaves everything out")


class _Small(Table):
    """A shape as another package would write it."""

    name = "small"
    title = "One column, for tests"
    losses = (_EMPTY,)

    @property
    def columns(self) -> tuple[Column, ...]:
        return (Column("word", "text", "A word", "none", "a word", required=True),)

    def records(self, material: Material) -> Iterator[Row | Loss]:
        yield from self.checked(Row(str(n), "e", {"word": f"Zamin {n}"}) for n in range(3))
        yield Loss("f", _EMPTY, "Zamin is lost")


class _Broken(_Small):
    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        for row in rows:
            out.write(row.id.encode())
            raise ExportError("broken on purpose.", "Mend it.")


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Material]:
    with open_store(str(tmp_path_factory.mktemp("base") / "base.db")) as base:
        yield Material(base, load_codebook(), ())


def test_a_shape_of_another_package_gets_files_and_conduct(tmp_path: Path, material: Material) -> None:
    leaving = Leaving(_Small(), material, Pseudonyms(["Zamin"]))
    summary = write_files(_Small(), material, leaving, tmp_path / "small.csv", annotations=True)
    assert (summary.rows, summary.left_out) == (3, 1)
    assert len(list(tmp_path.iterdir())) == 4
    assert all("Zamin" not in path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert json.loads((tmp_path / "small.annotations.jsonld").read_text(encoding="utf-8"))["items"] == []


def test_nothing_stays_behind_where_writing_fails(tmp_path: Path, material: Material) -> None:
    (tmp_path / "small.csv").write_text("old", encoding="utf-8")
    with pytest.raises(ExportError, match="on purpose"):
        write_files(_Broken(), material, Leaving(_Broken(), material, Pseudonyms(())), tmp_path / "small.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["small.csv"]
    assert (tmp_path / "small.csv").read_text(encoding="utf-8") == "old"


def test_a_stream_of_which_something_is_expected_begins_only_when_it_holds(material: Material) -> None:
    out = io.BytesIO()
    leaving = Leaving(_Small(), material, Pseudonyms(()))
    with pytest.raises(ExportError, match="rows: 3, expected at least 4"):
        write_stream(_Small(), material, leaving, out, expectation=Expectation(Range(4)))
    assert out.getvalue() == b""
    write_stream(_Small(), material, leaving, out, expectation=Expectation(Range(3)))
    assert out.getvalue().decode().splitlines() == ["word", "Zamin 0", "Zamin 1", "Zamin 2"]


def test_companions_have_the_stem_of_the_file(tmp_path: Path) -> None:
    names = file_names(tmp_path / "a.b.csv", annotations=True)
    assert [path.name for path in names.values()] == [
        "a.b.csv", "a.b.losses.csv", "a.b.provenance.csv", "a.b.annotations.jsonld",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        (Column("n", "integer", "", "", ""), 3, False),
        (Column("n", "integer", "", "", ""), 3.0, True),
        (Column("n", "integer", "", "", ""), True, True),
        (Column("n", "number", "", "", ""), 3, False),
        (Column("n", "text", "", "", ""), 3, True),
        (Column("n", "day", "", "", ""), "2016-10-24", False),
        (Column("n", "day", "", "", ""), "24 October", True),
        (Column("n", "text", "", "", "", values=("a",)), "b", True),
        (Column("n", "text", "", "", "", required=True), None, True),
        (Column("n", "text", "", "", ""), None, False),
    ],
)
def test_a_cell_that_does_not_fit_its_column_is_told(column: Column, value: object, wrong: bool) -> None:
    assert (fault_in(column, value) is not None) == wrong


def test_groups_are_found_by_whole_names_and_acronyms_as_written() -> None:
    state = Actor("org:is", "organization", (ActorName("Islamic State"), ActorName("IS", "acronym")))
    branch = Actor("org:isk", "organization", (ActorName("Islamic State Khorasan Province"),))
    person = Actor("person:x", "person", (ActorName("Zamin Dost"),))
    groups = GroupNames([state, branch, person])
    assert groups.in_text("what is there") is None
    assert groups.in_text("an IS hideout") is state
    assert groups.in_text("fighters of the Islamic State Khorasan Province") is branch
    assert groups.in_text("the house of Zamin Dost") is None


def test_the_middle_of_a_month_is_a_day_of_it() -> None:
    days = days_of(case_by_hand(Incident(day="2017-02-01", until="2017-02-28")))
    assert days is not None
    assert (days.length, days.middle.isoformat()) == (28, "2017-02-14")


def test_notes_tell_who_says_what_in_our_own_words() -> None:
    incident = Incident(killed=[59, 61], attributions=[said(RED_FRONT), said("the Blue Men", "blamed", "the police")])
    told = notes_of(case_by_hand(incident), load_codebook(), None)
    assert told == (
        "Bombing, 2016-10-24. Responsibility: claimed by Red Lantern Front; blamed on the Blue Men by the police. "
        "59 killed (also reported: 61). Reports: 2, of 2 independent origins."
    )


def test_cells_rest_on_the_claims_that_state_the_value_shown() -> None:
    case: Case = case_by_hand(Incident(killed=[59, 61]))
    assert case.resting("killed") == ("0c0",)
    assert case.resting("injured") == ()


def test_countries_have_the_codes_of_their_data_sets() -> None:
    pakistan = country_of("PK")
    assert pakistan is not None
    assert (pakistan.iso3, pakistan.iso_numeric, pakistan.gw, pakistan.gtd) == ("PAK", 586, 770, 153)
    assert country_of("XX") is None
    for code in ("gw", "gtd", "iso_numeric"):
        codes = [getattr(c, code) for c in countries().values() if getattr(c, code) is not None]
        assert len(set(codes)) == len(codes), code
    assert all(c.ucdp_region and c.ucdp_name for c in countries().values() if c.gw)
    assert all(c.gtd_region for c in countries().values() if c.gtd)


def test_every_shape_has_what_the_protocol_asks(tmp_path: Path) -> None:
    for name in plugin_names("exporters"):
        shape = find_plugin("exporters", name)()
        assert shape.name == name
        assert shape.title
        assert shape.ending
        assert len({rule.key for rule in shape.losses}) == len(shape.losses)
        assert len({column.name for column in shape.columns}) == len(shape.columns)


def test_an_empty_base_gives_an_empty_table(tmp_path: Path) -> None:
    for name in ("acled", "ucdp-ged", "gtd", "plover"):
        (tmp_path / name).mkdir()
        made = exported(tmp_path / name, find_plugin("exporters", name)())
        assert (made.rows, made.losses) == ([], [])
