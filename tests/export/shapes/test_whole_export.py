"""The command over the sample corpus: files whole or absent, types as other programs read them, nothing unaccounted."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from command import khabar
from khabar.plugins import KINDS, find_plugin
from khabar.store.opening import open_store

_TABLES = sorted(name for name in KINDS["exporters"] if find_plugin("exporters", name)().columns)
_TABLES = [name for name in _TABLES if find_plugin("exporters", name)().ending in ("csv", "tsv")]


def _exported(folder: Path, base: Path, shape: str, *more: str) -> Path:
    path = folder / f"out.{find_plugin('exporters', shape)().ending}"
    khabar(folder, "export", shape, "-o", str(path), "--store", str(base), *more)
    return path


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))


@pytest.fixture(scope="module", params=_TABLES)
def made(request: pytest.FixtureRequest, demo_base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp(request.param)
    return request.param, _exported(folder, demo_base, request.param, "--annotations")


def test_every_incident_has_rows_or_one_reason_why_not(made: tuple[str, Path], demo_base: Path) -> None:
    _, path = made
    with open_store(str(demo_base), create=False) as base:
        incidents = {event.id for event in base.events()}
    lost = _rows(path.with_name("out.losses.csv"))
    left_out = Counter(loss["incident"] for loss in lost if loss["kind"] == "left out")
    with_rows = {line["incident"] for line in _rows(path.with_name("out.provenance.csv"))}
    assert all(n == 1 for n in left_out.values())
    assert not with_rows & set(left_out)
    assert incidents <= with_rows | set(left_out)
    assert with_rows & incidents


def test_cells_are_of_the_column_s_type_when_polars_reads_them(made: tuple[str, Path]) -> None:
    import polars as pl

    name, path = made
    shape = find_plugin("exporters", name)()
    types: dict[str, Any] = {
        "integer": pl.Int64,
        "number": pl.Float64,
        "text": pl.String,
        "day": pl.Date,
    }
    frame = pl.read_csv(
        path, schema={c.name: types[c.type] for c in shape.columns}, separator="\t" if path.suffix == ".tsv" else ",",
        null_values=["", "None"] if name == "plover" else [""],
    )  # fmt: skip
    assert frame.columns == [c.name for c in shape.columns]
    assert frame.height == len(_rows(path)) > 0
    for column in shape.columns:
        if column.required:
            assert frame[column.name].null_count() == 0, column.name
        if column.values:
            assert set(frame[column.name].drop_nulls()) <= set(column.values), column.name
        if column.fill.startswith("empty"):
            assert frame[column.name].null_count() == frame.height, column.name


def test_every_cell_of_the_provenance_is_in_the_table_and_quotes_its_text(
    made: tuple[str, Path], demo_base: Path
) -> None:
    name, path = made
    shape = find_plugin("exporters", name)()
    columns = {c.name for c in shape.columns}
    with open_store(str(demo_base), create=False) as base:
        texts = {d.id: d.text for d in base.documents()}
    for line in _rows(path.with_name("out.provenance.csv"))[::37]:
        assert line["column"] in columns
        said = " ".join(texts[line["document"]][int(line["start"]) : int(line["end"])].split())
        quote = line["quote"].removesuffix("…").lstrip("'")
        assert "person-" in quote or said.startswith(quote.strip()) or said.lstrip("'").startswith(quote)


def test_losses_are_under_rules_that_the_shape_declares(made: tuple[str, Path]) -> None:
    name, path = made
    rules = {(rule.kind, rule.key, rule.says) for rule in find_plugin("exporters", name)().losses}
    assert {(r["kind"], r["rule"], r["says"]) for r in _rows(path.with_name("out.losses.csv"))} <= rules


def test_annotations_select_their_quote_at_its_place(made: tuple[str, Path], demo_base: Path) -> None:
    _, path = made
    page = json.loads(path.with_name("out.annotations.jsonld").read_text(encoding="utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["items"]
    assert len({item["id"] for item in page["items"]}) == len(page["items"])
    with open_store(str(demo_base), create=False) as base:
        texts = {f"urn:sha256:{d.id}": d.text for d in base.documents()}
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        told = texts[item["target"]["source"]][position["start"] : position["end"]]
        assert quote["exact"] == told or "person-" in quote["exact"]


def test_the_same_base_gives_the_same_bytes(made: tuple[str, Path], demo_base: Path, tmp_path: Path) -> None:
    name, path = made
    again = _exported(tmp_path, demo_base, name, "--annotations")
    for other in path.parent.glob("out.*"):
        assert again.with_name(other.name).read_bytes() == other.read_bytes(), other.name


def test_standard_output_is_the_same_table(demo_base: Path, tmp_path: Path) -> None:
    path = _exported(tmp_path, demo_base, "acled")
    streamed = khabar(tmp_path, "export", "acled", "--store", str(demo_base)).stdout
    assert streamed == path.read_text(encoding="utf-8")


def test_filters_keep_what_they_keep_among_incidents(demo_base: Path, tmp_path: Path) -> None:
    path = _exported(tmp_path, demo_base, "acled", "--country", "pk", "--since", "2016-01-01", "--until", "2017-12-31")
    rows = _rows(path)
    assert rows
    assert {row["country"] for row in rows} == {"Pakistan"}
    assert {row["year"] for row in rows} <= {"2016", "2017"}


def test_an_expectation_that_does_not_hold_leaves_no_file(demo_base: Path, tmp_path: Path) -> None:
    (tmp_path / "khabar.toml").write_text(
        "[export.acled]\nrows = {min = 5000}\n[export.acled.filled]\nadmin3 = {min = 0.5}\n", encoding="utf-8"
    )
    for output in (["-o", "out.csv"], []):
        done = khabar(tmp_path, "export", "acled", "--store", str(demo_base), *output, code=1)
        assert "expected at least 5000" in done.stderr
        assert "share of rows with admin3: 0, expected at least 0.5" in done.stderr
        assert done.stdout == ""
    assert [p.name for p in tmp_path.iterdir()] == ["khabar.toml"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nonsense",), "there is no shape 'nonsense'"),
        (("acled", "--profile", "secret"), "there is no export profile 'secret'"),
        (("acled", "--with", "hxl"), "acled has no option 'hxl'"),
        (("acled", "-o", "/"), "is a folder"),
        (("acled", "-o", "no/such/out.csv"), "cannot be written"),
        ((), "no shape was named"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    demo_base: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = khabar(tmp_path, "export", *arguments, "--store", str(demo_base), code=1)
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_shapes_are_listed_with_their_options(tmp_path: Path) -> None:
    listed = khabar(tmp_path, "export", "--list").stdout
    assert all(name in listed for name in ("csv", "jsonl", *KINDS["exporters"]))
    assert "--with hxl" in listed


def test_an_export_is_logged_with_what_was_asked(demo_base: Path, tmp_path: Path) -> None:
    _exported(tmp_path, demo_base, "acled", "--profile", "public", "--names")
    with open_store(str(demo_base), create=False) as base:
        assert base.runs(1)[0].command == "export acled --profile public --names"


_GOLDEN = yaml.safe_load(Path(__file__).with_name("golden_rows.yml").read_text(encoding="utf-8"))


def test_rows_that_a_coder_checked_are_as_they_were(made: tuple[str, Path]) -> None:
    name, path = made
    rows = _rows(path)
    for golden in _GOLDEN.get(name, ()):
        found = [row for row in rows if all(row[column] == value for column, value in golden["find"].items())]
        assert len(found) == 1, f"{name} {golden['find']}: {len(found)} rows"
        assert {column: found[0][column] for column in golden["cells"]} == golden["cells"]


def test_every_own_table_has_golden_rows() -> None:
    assert {"acled", "ucdp-ged", "gtd", "plover"} <= set(_GOLDEN)
