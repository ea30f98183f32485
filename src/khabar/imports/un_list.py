"""The consolidated list of the UN Security Council: an entry is a person or an organisation with names and the list.

Read are the XML file that the Council publishes and JSON lines made of it (`ref`, `kind`, `list`, `name`, `aliases`,
`listed_on`). Invariant: of a person nothing is kept but names, list and day of listing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from khabar.errors import DocumentError, RecordError
from khabar.imports.lines import bounded_lines
from khabar.imports.listed_names import listed_names
from khabar.imports.un_xml import generated_on, read_un_xml
from khabar.records import ListEntry, ReferenceProblem

__all__ = ["list_version", "read_un_list"]

_REMEDY = "Fetch the list again, or correct the entry in the file."
_KINDS = {"individual": "person", "entity": "organization"}


def list_version(path: Path) -> str:
    """The day on which an XML list was made, as it says itself; '' of JSON lines, which do not say it."""
    return generated_on(path) if _is_xml(path) else ""


def read_un_list(path: Path) -> Iterator[ListEntry | ReferenceProblem]:
    """The entries of a file; DocumentError where it is neither the XML list nor JSON lines."""
    seen: dict[str, int] = {}
    known = bad = False
    for line, entry in read_un_xml(path) if _is_xml(path) else _json_lines(path):
        if isinstance(entry, ReferenceProblem):
            bad = True
            yield entry
            continue
        known = known or {"ref", "kind", "name"} <= entry.keys()
        try:
            found = _entry(entry, line)
        except (RecordError, ValueError, TypeError) as problem:
            bad = True
            words = problem.message if isinstance(problem, RecordError) else str(problem)
            yield ReferenceProblem(line, f"entry {entry.get('ref') or 'without reference'}: {words}.", _REMEDY)
            continue
        first = seen.setdefault(found.key, line)
        if first != line:
            yield ReferenceProblem(line, f"entry {found.key} stands in line {first} already.", "Remove one of them.")
            continue
        yield found
    if bad and not known:
        raise DocumentError(f"{path.name} is no UN list.", "Give the Council's XML file or JSON lines.")


def _is_xml(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(200).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _json_lines(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | ReferenceProblem]]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(bounded_lines(stream, path.name), 1):
                if line.strip():
                    yield number, _json_line(line, number)
    except UnicodeDecodeError as problem:
        raise DocumentError(f"{path.name} is not in UTF-8.", "Save it as UTF-8 and import it again.") from problem


def _json_line(line: str, number: int) -> Mapping[str, Any] | ReferenceProblem:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    return ReferenceProblem(number, "the line is no JSON object.", "Remove it, or correct it.")


def _entry(entry: Mapping[str, Any], line: int) -> ListEntry:
    kind = _KINDS.get(_text(entry, "kind").casefold())
    if kind is None:
        raise ValueError(f"kind is {entry.get('kind')!r}, neither individual nor entity")
    day = _text(entry, "listed_on")[:10]
    return ListEntry(
        key=_text(entry, "ref"),
        line=line,
        kind=kind,
        names=listed_names(_text(entry, "name"), _text(entry, "original_script"), _aliases(entry), kind),
        roll=_text(entry, "list"),
        listed_on=date.fromisoformat(day).isoformat() if day else None,
        remark="" if kind == "person" else " ".join(_text(entry, "comments").split()),
    )


def _aliases(entry: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(quality, name) of each alias."""
    given = entry.get("aliases") or []
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise ValueError("aliases is no list of objects")
    return [(_text(each, "quality"), _text(each, "name")) for each in given]


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return " ".join(value.split()) if key != "comments" else value
