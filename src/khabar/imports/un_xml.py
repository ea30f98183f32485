"""The consolidated list as the UN Security Council publishes it in XML, an entry at a time.

Invariant: nothing is fetched and no entity is expanded; a file that declares any is refused. Elements are those of the
Council's schema: INDIVIDUALS/INDIVIDUAL and ENTITIES/ENTITY under CONSOLIDATED_LIST.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from khabar.errors import DocumentError
from khabar.records import ReferenceProblem

__all__ = ["generated_on", "read_un_xml"]

_ROOT = "CONSOLIDATED_LIST"
_KINDS = {"INDIVIDUAL": "individual", "ENTITY": "entity"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def generated_on(path: Path) -> str:
    """The day that the root says the list was made, '' where it does not say it."""
    for _event, element in _events(path, ("start",)):
        return str(element.get("dateGenerated") or "")[:10]
    return ""


def read_un_xml(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | ReferenceProblem]]:
    """Line and fields of each entry, named as in the JSON lines; DocumentError where the file is no such list."""
    root: Any = None
    for event, element in _events(path, ("start", "end")):
        if root is None:
            root = element
            if element.tag != _ROOT:
                raise DocumentError(
                    f"{path.name} is no UN list: it begins with {element.tag}.", "Give the Council's XML."
                )
        if event == "end" and element.tag in _KINDS:
            yield element.sourceline or 0, _fields(element, _KINDS[element.tag])
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _events(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """What the parser meets; DocumentError where it stops, or where the file declares a document type."""
    from lxml import etree

    options = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
    try:
        with path.open("rb") as stream:
            checked = False
            for event, element in etree.iterparse(stream, events=wanted, remove_comments=True, **options):
                if not checked:
                    checked = True
                    if element.getroottree().docinfo.doctype:
                        raise DocumentError(
                            f"{path.name} declares a document type, which a list does not need.",
                            "Fetch the list from the Council's own site.",
                        )
                yield event, element
    except etree.XMLSyntaxError as problem:
        line = problem.lineno or 0
        raise DocumentError(
            f"{path.name} is damaged XML in line {line}: {' '.join(problem.msg.split())}.", "Fetch it again."
        ) from problem


def _fields(element: Any, kind: str) -> dict[str, Any]:
    return {
        "ref": _text(element, "REFERENCE_NUMBER"),
        "kind": kind,
        "list": _text(element, "UN_LIST_TYPE"),
        "name": " ".join(part for name in _NAMES if (part := _text(element, name))),
        "original_script": _text(element, "NAME_ORIGINAL_SCRIPT"),
        "aliases": [
            {"quality": _text(alias, "QUALITY"), "name": _text(alias, "ALIAS_NAME")}
            for alias in element.iterchildren(f"{kind.upper()}_ALIAS")
        ],
        "listed_on": _text(element, "LISTED_ON"),
        "comments": _text(element, "COMMENTS1"),
    }


def _text(element: Any, tag: str) -> str:
    return " ".join(str(element.findtext(tag) or "").split())
