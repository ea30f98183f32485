"""The API's reference, made from the API itself. Invariant: nothing is loaded from another host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from khabar.serve.rendering import render

__all__ = ["router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something an address takes: its name, where it stands (path or query), whether it must, its type and meaning."""

    name: str
    place: str
    required: bool
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with one method; `fields` are those of the JSON object it takes. `plain` can be opened as it is."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    fields: tuple[Parameter, ...]

    @property
    def plain(self) -> bool:
        """Whether a link can open it: it reads, and its address has no part to fill in."""
        return self.method == "GET" and "{" not in self.path


@router.get("/api/docs")
def reference(request: Request) -> HTMLResponse:
    """Every address of the API with what it takes and gives."""
    described: Mapping[str, Any] = request.app.openapi()
    groups: dict[str, list[Operation]] = {}
    for tag, operation in _operations(described):
        groups.setdefault(tag, []).append(operation)
    return render(request, "reference.html", groups=groups, described=described["info"])


def _operations(described: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            parameters = tuple(
                Parameter(p["name"], p["in"], p.get("required", False), _type(p.get("schema", {})), _meaning(p))
                for p in told.get("parameters", ())
            )
            operation = Operation(
                method.upper(),
                path,
                told.get("summary", path),
                told.get("description", ""),
                parameters,
                tuple(_fields(told.get("requestBody", {}))),
            )
            yield (told.get("tags") or ["other"])[0], operation


def _fields(body: Mapping[str, Any]) -> Iterator[Parameter]:
    schema = body.get("content", {}).get("application/json", {}).get("schema", {})
    for name, told in schema.get("properties", {}).items():
        required = name in schema.get("required", ())
        yield Parameter(name, "body", required, _type(told), told.get("description", ""))


def _meaning(parameter: Mapping[str, Any]) -> str:
    return str(parameter.get("description") or parameter.get("schema", {}).get("description") or "")


def _type(schema: Mapping[str, Any]) -> str:
    """The type of a value in words: "one of a, b", "integer", "string or null"."""
    if "enum" in schema:
        return "one of " + ", ".join(str(value) or "(empty)" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_type(kind) for kind in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("type", "any"))
