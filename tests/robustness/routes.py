"""Every address of the application with what can be asked of it. Invariant: nobody lists them by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from khabar.store.base import View

__all__ = ["Asked", "questions"]


@dataclass(frozen=True)
class Asked:
    """A route: method, path with ids of the base filled in, names of what can be asked behind the question mark."""

    method: str
    path: str
    names: tuple[str, ...]
    open: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def questions(app: FastAPI, base: View) -> list[Asked]:
    """One for each method and route; `open` are its paths with a gap "{}" in the place of each id."""
    found = []
    ids = _ids(base)
    for route in _routes(app):
        gaps = re.findall(r"\{(\w+)(?::\w+)?\}", route.path)
        shape = re.sub(r"\{(\w+)(?::\w+)?\}", r"{\1}", route.path)
        filled = {gap: _value(route.path, gap, ids) for gap in gaps}
        opened = tuple(shape.format(**{**filled, gap: "{}"}) for gap in gaps)
        path, names = shape.format(**filled), tuple(_names(route))
        found += [Asked(method, path, names, opened) for method in sorted(route.methods - {"HEAD"})]
    return found


def _routes(app: FastAPI) -> Iterator[APIRoute]:
    for route in app.routes:
        inner: Any = getattr(route, "original_router", None)
        for one in inner.routes if inner is not None else [route]:
            if isinstance(one, APIRoute):
                yield one


def _names(route: APIRoute) -> Iterator[str]:
    """Names of the query, those of a filter that several routes share included."""
    for held in _flat(route.dependant):
        for param in held.query_params:
            kind = param.field_info.annotation
            fields = getattr(kind, "model_fields", None)
            if fields:
                yield from (info.alias or name for name, info in fields.items())
            else:
                yield param.alias


def _flat(dependant: Any) -> Iterator[Any]:
    yield dependant
    for inner in dependant.dependencies:
        yield from _flat(inner)


def _ids(base: View) -> dict[str, str]:
    event = next(iter(base.events()), None)
    actor = next(iter(base.actors()), None)
    return {
        "documents": next(iter(base.document_list())).id,
        "claims": next(iter(base.claims())).id,
        "incidents": event.id if event else "0",
        "events": event.id if event else "0",
        "actors": actor.actor.id if actor else "0",
    }


def _value(path: str, gap: str, ids: dict[str, str]) -> str:
    if gap in ("shape", "format", "form"):
        return "acled"
    for room, key in ids.items():
        if f"/{room}/" in path:
            return key
    return "1"
