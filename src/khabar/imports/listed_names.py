"""The names of a list entry, each by itself. Invariant: a remark is no name, and a low-quality alias is marked so.

Lists put several names into one field ("A; B"), short forms and remarks into brackets ("Al-Qaida in Yemen (AQY)").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from khabar.records import ListedName
from khabar.text import fold

__all__ = ["listed_names"]

_BRACKETS = re.compile(r"\(([^()]*)\)")
_SHORT = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z][A-Z-]{0,7}|[A-Z]{2,10}")
_NO_NAME = frozenset(("na", "n a", "none", "unknown"))


def listed_names(listed: str, original: str, aliases: Iterable[tuple[str, str]], kind: str) -> tuple[ListedName, ...]:
    """The listed name first, then the other names, each once; `aliases` are (quality, text) as the list has them."""
    found: dict[str, ListedName] = {}
    for name in _parted(listed, kind):
        _keep(found, name, "alias" if found else "name", sure=True)
    for quality, text in [("", original), *aliases]:
        said = quality.casefold()
        form = "former" if said.startswith(("f.k.a", "formerly")) else "alias"
        for name in _parted(text, kind):
            _keep(found, name, form, sure=said != "low")
    return tuple(found.values())


def _keep(found: dict[str, ListedName], name: str, kind: str, *, sure: bool) -> None:
    short = kind == "alias" and _SHORT.fullmatch(name) is not None
    key = fold(name)
    if key and key not in _NO_NAME and (key not in found or (sure and not found[key].sure)):
        found[key] = ListedName(name, "acronym" if short else kind, sure)


def _parted(text: str, kind: str) -> Iterator[str]:
    """The names in a field. Of an organisation, brackets may hold a short form or several names; of a person, what
    stands in brackets is a remark.
    """
    outside = _BRACKETS.sub(";", text) if kind == "organization" else _BRACKETS.sub(" ", text)
    inside = _BRACKETS.findall(text) if kind == "organization" else []
    for name in outside.split(";"):
        if tidy := " ".join(name.replace("(", " ").replace(")", " ").split()).strip(" ,.:"):
            yield tidy
    for words in inside:
        parts = [" ".join(part.split()).strip(" ,.:") for part in re.split(r"[;,]", words)]
        for part in parts:
            if _SHORT.fullmatch(part) or (";" in words and len(part.split()) > 1):
                yield part
