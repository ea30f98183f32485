"""The one list of what can be exchanged: readers, extractors, stores, engines and exporters. Invariant: nothing is
imported before it is asked for, and an unknown name is answered with the names there are.

Another package adds its own under the entry-point group `khabar.<kind>` (`khabar.extractors`, …); the names listed here
win, so that an installed package never changes what a plain install does.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from khabar.errors import SettingsError

__all__ = ["KINDS", "find_plugin", "plugin_names"]

KINDS: Mapping[str, Mapping[str, str]] = {
    "readers": {"english": "khabar.reading.reader:open_reader"},
    "extractors": {"rules": "khabar.extraction.extractor:RuleExtractor"},
    "stores": {"sqlite": "khabar.store.opening:open_store"},
    "engines": {"local": "khabar.engine.local:LocalEngine", "ray": "khabar.engine.ray:RayEngine"},
    "exporters": {
        "acled": "khabar.export.shapes.acled:Acled",
        "geojson": "khabar.export.shapes.geojson:GeoJson",
        "gexf": "khabar.export.shapes.graphs:Gexf",
        "graphml": "khabar.export.shapes.graphs:GraphMl",
        "parquet": "khabar.export.shapes.parquet:Parquet",
        "ftm": "khabar.export.shapes.ftm:FollowTheMoney",
        "stix": "khabar.export.shapes.stix:Stix",
        "datapackage": "khabar.export.shapes.datapackage:DataPackage",
        "gtd": "khabar.export.shapes.gtd:Gtd",
        "plover": "khabar.export.shapes.plover:Plover",
        "ucdp-ged": "khabar.export.shapes.ucdp:UcdpGed",
    },
}
"""Kind to name to `module:attribute`."""


def plugin_names(kind: str) -> list[str]:
    """The names of a kind, built in and installed, sorted."""
    installed = {entry.name for entry in entry_points(group=f"khabar.{kind}")}
    return sorted({*KINDS[kind], *installed})


def find_plugin(kind: str, name: str) -> Any:
    """What makes a reader, extractor, store, engine or export shape; SettingsError where there is none of that name."""
    address = KINDS[kind].get(name)
    if address is None:
        for entry in entry_points(group=f"khabar.{kind}"):
            if entry.name == name:
                address = entry.value
    if address is None:
        raise SettingsError(f"there is no {kind[:-1]} {name!r}.", f"Use one of {', '.join(plugin_names(kind))}.")
    module, _, attribute = address.partition(":")
    return getattr(import_module(module), attribute)
