"""Which files of other people can be imported, and how a file becomes a stream of records.

Invariant: a file is read as a stream, and the same bytes are always the same set.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from khabar.errors import DocumentError, NotFoundError
from khabar.imports.ged import read_ged
from khabar.imports.un_list import list_version, read_un_list
from khabar.records import ReferenceProblem, ReferenceRecord, ReferenceSet
from khabar.text import content_id

__all__ = ["SHAPES", "Rows", "Shape", "open_reference", "shape_named"]

Rows = Iterator[ReferenceRecord | ReferenceProblem]
"""Records and problems in the order of the file."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Shape:
    """A data set as its publisher shapes it: its name for the command line, its title, what `holds` ("incidents" or
    "entries"), its licence with how to cite it, how a file of it is read, and what the file says of its version.
    """

    name: str
    title: str
    holds: str
    licence: str
    read: Callable[[Path], Rows]
    version: Callable[[Path], str] = lambda _path: ""


SHAPES = (
    Shape(
        "ucdp-ged",
        "UCDP Georeferenced Event Dataset",
        "incidents",
        "CC BY 4.0. Cite: Sundberg, R. and Melander, E. (2013), Introducing the UCDP Georeferenced Event Dataset, "
        "Journal of Peace Research 50(4), and the release you downloaded from the Uppsala Conflict Data Program.",
        read_ged,
    ),
    Shape(
        "un-list",
        "UN Security Council Consolidated List",
        "entries",
        "Public list of the United Nations Security Council; the Council's own version alone is authoritative.",
        read_un_list,
        list_version,
    ),
)


def shape_named(name: str) -> Shape:
    """The shape of a name; NotFoundError naming what there is."""
    for shape in SHAPES:
        if shape.name == name:
            return shape
    raise NotFoundError(f"There is no data set {name!r}.", f"Use one of {', '.join(s.name for s in SHAPES)}.")


def open_reference(shape: Shape, path: Path, version: str | None = None) -> tuple[ReferenceSet, Rows]:
    """What a file is, and the stream of what it holds.

    The version is the one given, else what the file says of itself, else a day in its name. DocumentError where the
    file is not there or, while it is read, turns out to be no file of this shape.
    """
    if path.is_dir():
        raise DocumentError(f"{path} is a folder.", "Give the file.")
    if not path.is_file():
        raise DocumentError(f"There is no file {path}.", "Check the path.")
    digest = _digest(path)
    told = version or shape.version(path) or _day_in(path.name)
    about = ReferenceSet(
        content_id([shape.name, digest]), shape.name, shape.title, told, path.name, digest, shape.licence
    )
    return about, shape.read(path)


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            made.update(block)
    return made.hexdigest()


def _day_in(name: str) -> str:
    found = re.search(r"(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)", name)
    return found.group() if found else ""
