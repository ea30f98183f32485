"""Exports over HTTP: the same files as the command writes, with the same filters."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from command import khabar
from khabar.plugins import KINDS
from khabar.serve.app import create_app
from khabar.store.opening import open_store


@pytest.fixture(scope="module")
def client(demo_base: Path) -> Iterator[TestClient]:
    with open_store(str(demo_base), create=False) as base, TestClient(create_app(base)) as made:
        yield made


def test_shapes_are_listed_with_columns_and_losses(client: TestClient) -> None:
    shapes = {shape["name"]: shape for shape in client.get("/api/export").json()["shapes"]}
    assert set(shapes) == set(KINDS["exporters"])
    assert len(shapes["ucdp-ged"]["columns"]) == 49
    assert "hxl" in shapes["ucdp-ged"]["options"]


@pytest.mark.parametrize("part", ["table", "losses", "provenance", "annotations"])
def test_a_download_is_what_the_command_writes(client: TestClient, demo_base: Path, tmp_path: Path, part: str) -> None:
    asked = ["--country", "PK", "--since", "2016-01-01", "--profile", "public", "--annotations"]
    khabar(tmp_path, "export", "acled", "-o", "acled.csv", "--store", str(demo_base), *asked)
    names = {"table": "acled.csv", "annotations": "acled.annotations.jsonld"}
    name = names.get(part, f"acled.{part}.csv")
    told = {"country": "pk", "since": "2016-01-01", "profile": "public", "part": part}
    answer = client.get("/api/export/acled", params=told)
    assert answer.status_code == 200
    assert f'filename="{name}"' in answer.headers["content-disposition"]
    assert answer.content == (tmp_path / name).read_bytes()


def test_options_are_passed_on(client: TestClient) -> None:
    text = client.get("/api/export/ucdp-ged", params={"option": ["hxl", "no-totals"]}).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["best"] == "#affected+killed"
    assert {row["event_clarity"] for row in rows[1:]} == {"1"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/export/nonsense", 404),
        ("/api/export/acled?profile=secret", 422),
        ("/api/export/acled?option=hxl", 422),
        ("/api/export/acled?part=all", 422),
    ],
)
def test_what_cannot_be_downloaded_is_said(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["error"]
