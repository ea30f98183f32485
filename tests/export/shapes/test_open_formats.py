"""Formats of other tools, written from the sample base and read back with the ordinary tool of each."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import followthemoney
import frictionless
import geopandas
import networkx as nx
import pandas as pd
import polars as pl
import pytest
import shapely
import stix2

from command import khabar

_ENDINGS = {"geojson": "geojson", "parquet": "parquet", "graphml": "graphml", "gexf": "gexf", "ftm": "json",
            "stix": "json", "datapackage": "zip", "jsonl": "jsonl"}  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, demo_base: Path) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("formats")
    found = {}
    for shape, ending in _ENDINGS.items():
        found[shape] = folder / f"{shape}.{ending}"
        khabar(folder, "export", shape, "-o", str(found[shape]), "--store", str(demo_base))
    return found


@pytest.fixture(scope="module")
def incidents(written: dict[str, Path]) -> dict[str, dict[str, Any]]:
    lines = written["jsonl"].read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def _best(incident: dict[str, Any]) -> int | None:
    return (incident["killed"] or {}).get("best")


def test_parquet_has_the_incidents_with_types(written: dict[str, Path], incidents: dict[str, dict[str, Any]]) -> None:
    frame = pl.read_parquet(written["parquet"])
    assert frame.schema["date_earliest"] == pl.Date
    assert frame.schema["killed_best"] == pl.Int64
    assert dict(frame.select("id", "killed_best").iter_rows()) == {key: _best(i) for key, i in incidents.items()}
    assert len(pd.DataFrame(frame.to_dicts())) == len(incidents)


def test_geojson_pins_only_what_is_known_to_the_town(
    written: dict[str, Path], incidents: dict[str, dict[str, Any]]
) -> None:
    frame = geopandas.read_file(written["geojson"])
    assert set(frame["id"]) == set(incidents)
    for feature in frame.itertuples():
        places = incidents[feature.id]["places"]
        if feature.geometry is None:
            continue
        exact = places[0]["precision"] in ("exact", "near")
        assert (feature.geometry.geom_type == "Point") == exact, feature.place
        if exact:
            assert feature.geometry.distance(shapely.Point(places[0]["longitude"], places[0]["latitude"])) < 0.001
    assert {"Point", "MultiPolygon"} <= set(frame.geometry.dropna().geom_type)


def test_graphs_have_the_ties_of_the_base(written: dict[str, Path]) -> None:
    graph, dynamic = nx.read_graphml(written["graphml"]), nx.read_gexf(written["gexf"])
    assert graph.number_of_edges() == dynamic.number_of_edges() > 10
    assert set(graph.nodes) == set(dynamic.nodes)
    kinds = Counter(edge["type"] for _one, _two, edge in graph.edges(data=True))
    assert kinds["leads"]
    assert all(node["label"] for _key, node in graph.nodes(data=True))
    dated = [edge for _one, _two, edge in dynamic.edges(data=True) if edge.get("start")]
    assert dated
    assert all(edge["start"] <= edge.get("end", "9999") for edge in dated)


def test_followthemoney_entities_are_valid_and_hang_together(
    written: dict[str, Path], incidents: dict[str, dict[str, Any]]
) -> None:
    entities = [json.loads(line) for line in written["ftm"].read_text(encoding="utf-8").splitlines()]
    for entity in entities:
        schema = followthemoney.model.get(entity["schema"])
        assert schema is not None
        schema.validate(entity)
    ids = {entity["id"] for entity in entities}
    names = ("subject", "object", "proof", "member", "organization", "director", "predecessor", "successor")
    named = {key for entity in entities for name in names for key in entity["properties"].get(name, ())}
    assert named <= ids
    assert {i for i in ids if i.startswith("event-")} == {f"event-{key}" for key in incidents}


def test_an_allegation_is_a_link_with_its_stance(written: dict[str, Path]) -> None:
    entities = [json.loads(line) for line in written["ftm"].read_text(encoding="utf-8").splitlines()]
    roles = [e["properties"]["role"][0] for e in entities if e["id"].startswith("held-")]
    stances = ("claimed", "asserted", "blamed", "suspected", "denied")
    assert roles
    assert all(role.startswith(stances) for role in roles)
    assert not any("involved" in e["properties"] or "organizer" in e["properties"] for e in entities)


def test_stix_bundle_is_valid_and_hangs_together(
    written: dict[str, Path], incidents: dict[str, dict[str, Any]]
) -> None:
    bundle = stix2.parse(written["stix"].read_text(encoding="utf-8"))
    ids = [found.id for found in bundle.objects]
    assert len(ids) == len(set(ids))
    kinds = Counter(found.type for found in bundle.objects)
    assert kinds["incident"] == len(incidents)
    for found in bundle.objects:
        if found.type == "relationship":
            assert {found.source_ref, found.target_ref} <= set(ids)
        if found.type == "report":
            assert set(found.object_refs) <= set(ids)


def test_data_package_describes_itself(
    written: dict[str, Path], incidents: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    with zipfile.ZipFile(written["datapackage"]) as packed:
        packed.extractall(tmp_path)
    told = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert told.valid, told.flatten(["message"])
    package = frictionless.Package(str(tmp_path / "datapackage.json"))
    rows = package.get_resource("incidents").read_rows()
    assert {row["id"]: row["killed_best"] for row in rows} == {key: _best(i) for key, i in incidents.items()}
    claims = package.get_resource("claims").read_rows()
    assert {c for i in incidents.values() for c in i["claims"]} == {row["id"] for row in claims}
    assert (tmp_path / "codebook.yml").read_text(encoding="utf-8").startswith("#")


@pytest.mark.parametrize("shape", ["ftm", "gexf"])  # one of rows, one of ties
def test_private_names_leave_nowhere(written: dict[str, Path], shape: str, demo_base: Path, tmp_path: Path) -> None:
    with_names = tmp_path / f"named.{_ENDINGS[shape]}"
    khabar(tmp_path, "export", shape, "--names", "-o", str(with_names), "--store", str(demo_base))
    assert with_names.read_bytes() != written[shape].read_bytes()
