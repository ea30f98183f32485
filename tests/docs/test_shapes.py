"""The pages of the shapes are those of the program, and their index names all of them."""

from __future__ import annotations

import tomllib

import pytest
from docs_pages import blocks, page, section, table

from khabar.export.shapes.profiles import PROFILES
from khabar.export.shapes.project import load_project
from khabar.plugins import KINDS, find_plugin


def test_the_index_names_every_shape_and_its_columns() -> None:
    rows = {row[0].strip("`"): row[1] for row in table(page("docs/shapes/README.md"), "shape")}
    assert set(rows) == set(KINDS["exporters"])
    for name, columns in rows.items():
        if columns.isdigit():
            assert int(columns) == len(find_plugin("exporters", name)().columns)


def test_the_index_names_every_profile() -> None:
    rows = table(page("docs/shapes/README.md"), "profile")
    assert {row[0].split("`")[1] for row in rows} == set(PROFILES)


def test_the_project_file_on_the_page_is_one(tmp_path) -> None:  # type: ignore[no-untyped-def]
    text = next(b.text for b in blocks(section(page("docs/shapes/README.md"), "The project file"), "toml"))
    assert tomllib.loads(text)
    path = tmp_path / "khabar.toml"
    path.write_text(text, encoding="utf-8")
    project = load_project(path)
    expected = project.expected_of("acled", [c.name for c in find_plugin("exporters", "acled")().columns])
    assert expected is not None
    assert expected.rows.min == 20
    assert [p.origins for p in project.profiles] == [3, 1]


@pytest.mark.parametrize("name", sorted(KINDS["exporters"]))
def test_columns_say_what_khabar_puts_there(name: str) -> None:
    for column in find_plugin("exporters", name)().columns:
        assert column.says
        assert column.source
        assert column.fill
