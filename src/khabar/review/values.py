"""A claim as the flat values of a form, and back. Invariant: `claim_of(…, values_of(c), …)` says what `c` says.

A value is named by its path in the exchange format, without the claim's kind: `killed.best`, `places.0.name`,
`attributions.1.actor.name`, `speaker.name`, `when.earliest`. All values are text; what is empty is not said. A row of
a list whose name is empty falls away, so a form can always offer one row more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from khabar.errors import RecordError
from khabar.exchange import claim_from_json, claim_id, claim_to_json
from khabar.records import Claim, Extractor, Passage

__all__ = ["COUNTS", "EVIDENCE", "LISTS", "PERSON", "claim_of", "passages_of", "slot_of", "values_of"]

COUNTS = ("killed", "injured", "attackers_killed", "arrested", "abducted")
"""The tolls of an event, in the order of a form."""

LISTS = {"places": "name", "attributions": "actor.name", "targets": "text", "about": "name"}
"""Values that are lists, and which part of a row must be there for the row to count."""

PERSON = "person"
"""`Extractor.name` of a claim in a person's own values."""

EVIDENCE = 700
"""Characters that a passage may have at most."""

_WHOLE = ("low", "best", "high", "count", "geonames_id")
_REAL = ("latitude", "longitude")
_COMMON = ("speaker", "stance", "modality", "when")


def values_of(claim: Claim) -> dict[str, str]:
    """The values of a claim by path, in the order of the exchange format; passages are `evidence.0.start` and so on."""
    data = claim_to_json(claim)
    told = {**data[claim.kind], **{name: data[name] for name in _COMMON}}
    if told.get("aggregate") is not None:
        told["total"] = "yes"
    passages = [{"start": p["start"], "end": p["end"]} for p in data["evidence"]]
    return dict(_flat({**told, "evidence": passages}))


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _flat(inner, f"{path}.{number}")
    elif value not in (None, ""):
        yield path, str(value)


def slot_of(path: str) -> str:
    """The value that a path is part of: `killed` of killed.best, `places.0` of places.0.name."""
    head, _, rest = path.partition(".")
    return f"{head}.{rest.partition('.')[0]}" if head in LISTS else head


def passages_of(text: str, document: str, spans: Sequence[tuple[int, int]]) -> tuple[Passage, ...]:
    """Passages of a document's text; RecordError where one is not in it, is empty or is too long."""
    found = []
    for start, end in dict.fromkeys(spans):
        if not 0 <= start < end <= len(text):
            raise RecordError(f"There is no passage {start} to {end} in this document.", "Select the words again.")
        if end - start > EVIDENCE:
            raise RecordError(f"A passage has {end - start} characters.", f"Select at most {EVIDENCE} characters.")
        found.append(Passage(document, start, end, text[start:end]))
    if not found:
        raise RecordError("A claim needs a passage.", "Select the words of the report that say it.")
    return tuple(found)


def claim_of(kind: str, values: Mapping[str, str], passages: tuple[Passage, ...], codebook: str) -> Claim:
    """The claim that a form says, in a person's own values; RecordError names the value that cannot be."""
    tree = _tree({path: said.strip() for path, said in values.items() if said.strip()})
    for name, needed in LISTS.items():
        rows = tree.get(name) or {}
        told = [_named(row) for _, row in sorted(rows.items(), key=lambda e: int(e[0]))]
        tree[name] = [row for row in told if _part(row, needed)]
    if kind == "event":
        _event(tree)
    if "quantity" in tree:
        tree["quantity"] = {"low": None, "best": None, "high": None, **tree["quantity"]}
    for name in ("subject", "object", "actor", "place"):
        if name in tree:
            tree[name] = _named(tree[name])
    made_by = {"name": PERSON, "version": "", "codebook": codebook}
    said = {"id": "-", "kind": kind, "document": {"id": passages[0].document}, kind: tree, "extractor": made_by}
    evidence = [{"start": p.start, "end": p.end, "quote": p.quote} for p in passages]
    about = {"speaker": tree.get("speaker"), "when": _when(tree.get("when"))}
    about |= {"stance": tree.get("stance", "asserted"), "modality": tree.get("modality", "actual")}
    _need(kind, tree)
    if about["speaker"] is not None and not about["speaker"].get("name"):
        about["speaker"] = None
    made = claim_from_json({**said, **about, "evidence": evidence, "confidence": 1.0})
    return replace(made, id=claim_id(made), extractor=Extractor(PERSON, "", codebook))


def _tree(values: Mapping[str, str]) -> dict[str, Any]:
    """Paths as nested dictionaries; rows of lists stay under their numbers."""
    tree: dict[str, Any] = {}
    for path, said in values.items():
        *outer, last = path.split(".")
        here = tree
        for name in outer:
            inner = here.setdefault(name, {})
            if not isinstance(inner, dict):
                raise RecordError(f"{path}: {name} is a single value.", "See docs/claims.md for the names of values.")
            here = inner
        here[last] = _typed(path, last, said)
    return tree


def _typed(path: str, name: str, said: str) -> str | int | float:
    try:
        real = name in _REAL or (path.startswith("quantity.") and not said.lstrip("-").isdecimal())
        return float(said) if real and name in _WHOLE + _REAL else int(said) if name in _WHOLE else said
    except ValueError:
        raise RecordError(f"{path}: {said!r} is no number.", "Write figures, or leave it empty.") from None


def _part(row: Mapping[str, Any], path: str) -> Any:
    value: Any = row
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _named(row: Any) -> dict[str, Any]:
    """A row whose words and name stand in for each other where one is missing."""
    told = dict(row) if isinstance(row, Mapping) else {}
    if isinstance(told.get("actor"), Mapping):
        told["actor"] = _named(told["actor"])
    if "class" not in told and (told.get("name") or told.get("text")) and "actor" not in told:
        told.setdefault("name", told.get("text"))
        told.setdefault("text", told.get("name"))
    return told


def _event(tree: dict[str, Any]) -> None:
    for name in COUNTS:
        count = tree.get(name)
        if count is not None:
            tree[name] = _bounds(count)
    if tree.pop("total", None) == "yes":
        tree["aggregate"] = {"count": (tree.get("aggregate") or {}).get("count")}
    else:
        tree.pop("aggregate", None)
    weapon = tree.get("weapon") or {}
    words = weapon.get("text") or weapon.get("class")
    tree["weapon"] = {"text": words, "class": weapon.get("class")} if words else None
    for row in tree["attributions"]:
        row.setdefault("stance", "asserted")


def _bounds(count: Mapping[str, Any]) -> dict[str, Any] | None:
    """No number is no count."""
    low, best, high = (count.get(name) for name in ("low", "best", "high"))
    if low is None and best is None and high is None:
        return None
    return {"low": low, "best": best, "high": high, "text": count.get("text", "")}


def _when(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A day without an end is that day, where nothing coarser was said."""
    if not told or not {"earliest", "latest", "text"} & set(told):
        return None
    earliest, latest, precision = told.get("earliest"), told.get("latest"), told.get("precision")
    if precision in (None, "day", "unknown") and earliest and not latest:
        latest, precision = earliest, "day"
    return {"earliest": earliest, "latest": latest, "precision": precision or "unknown", "text": told.get("text")}


_NEEDED = {
    "event": ("type",),
    "relation": ("type", "subject", "object"),
    "presence": ("actor", "place", "status"),
    "statement": ("kind",),
}


def _need(kind: str, tree: Mapping[str, Any]) -> None:
    if kind not in _NEEDED:
        raise RecordError(f"There is no kind of claim {kind!r}.", f"Use one of {', '.join(_NEEDED)}.")
    for name in _NEEDED[kind]:
        said = tree.get(name)
        if not said or (isinstance(said, Mapping) and not said.get("name")):
            raise RecordError(f"{name.capitalize()} is missing.", "A claim of this kind cannot be without it.")
