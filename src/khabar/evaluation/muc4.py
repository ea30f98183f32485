r"""The answer keys of the Fourth Message Understanding Conference (1992). Invariant: a key is read in full, with its
alternatives and doubts; what counts as gold is decided by the reader's caller.

A key has up to 25 slots a template. A slot's value is `*` (does not apply), `-` (nothing to fill in) or a fill:

    ? LABEL / LABEL: "MENTION" / "OTHER MENTION": "OF WHOM"

`?` marks a fill that may be left out, `/` parts alternatives, quoted words are those of the text (a quote inside is
written `\"`). Labels are the slot's closed words ("REPORTED AS FACT", "BUILDING"). A template number followed by
"(OPTIONAL)" marks a template that may be left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from khabar.errors import EvaluationError
from khabar.evaluation.templates import Template

__all__ = [
    "GOLD_SLOTS",
    "Fill",
    "KeyDocument",
    "KeyTemplate",
    "gold_templates",
    "gold_with_keys",
    "load_keys",
    "read_fill",
]

GOLD_SLOTS = {
    "PerpInd": "PERP: INDIVIDUAL ID",
    "PerpOrg": "PERP: ORGANIZATION ID",
    "Target": "PHYS TGT: ID",
    "Victim": "HUM TGT: NAME",
    "Weapon": "INCIDENT: INSTRUMENT ID",
}
"""The slots scored in the literature and their names in the key; the incident type is the sixth."""

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_EMPTY = ("*", "-", "")


@dataclass(frozen=True, slots=True)
class Fill:
    """One fill: alternative `labels` before the colon, alternative `mentions`, and `of`, whom they are said of."""

    mentions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class KeyTemplate:
    """One template: its number, whether it is optional, and the fills of each slot under the key's own names."""

    number: int
    optional: bool
    slots: Mapping[str, tuple[Fill, ...]]

    def fills(self, slot: str) -> tuple[Fill, ...]:
        """The fills of a slot, () where it is empty or does not apply."""
        return self.slots.get(slot, ())

    @property
    def types(self) -> tuple[str, ...]:
        """The incident types that are right, in lower case; () for a message that has no incident."""
        return tuple(label.lower() for fill in self.fills("INCIDENT: TYPE") for label in fill.labels)


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """A message and its templates."""

    id: str
    text: str
    templates: tuple[KeyTemplate, ...]


def load_keys(path: Path) -> list[KeyDocument]:
    """The messages of a file of JSON lines (`docid`, `text`, `templates`: slot to list of values).

    EvaluationError names the line that is none.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            templates = tuple(_template(raw) for raw in row["templates"])
            found.append(KeyDocument(row["docid"], row["text"], templates))
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise EvaluationError(
                f"line {number} of {path.name} is no message with its key ({problem!r}).",
                "Give the file as it was delivered.",
            ) from problem
    return found


def _template(raw: Mapping[str, Sequence[str]]) -> KeyTemplate:
    number, *rest = raw["MESSAGE: TEMPLATE"][0].split()
    slots = {name: tuple(_fills(values)) for name, values in raw.items() if name != "MESSAGE: TEMPLATE"}
    return KeyTemplate(int(number) if number.isdigit() else 0, "(OPTIONAL)" in rest, slots)


def _fills(values: Iterable[str]) -> Iterator[Fill]:
    for value in values:
        if value.strip() not in _EMPTY:
            yield read_fill(value)


def read_fill(value: str) -> Fill:
    """A value as a fill. Words without quotes are labels; a value whose quotes were forgotten is read the same way."""
    optional = value.lstrip().startswith("?")
    body = value.strip().lstrip("?").strip()
    before, colon, after = _at_colon(body)
    if colon and not _QUOTED.search(before):
        mentions, _, of = _at_colon(after)
        return Fill(_words(mentions), _labels(before), _words(of), optional)
    if _QUOTED.search(body):
        return Fill(_words(before), (), _words(after), optional)
    return Fill((), _labels(body), (), optional)


def _at_colon(body: str) -> tuple[str, str, str]:
    """What stands before and after the first colon outside quotes."""
    masked = _QUOTED.sub(lambda m: "x" * len(m.group()), body)
    at = masked.find(":")
    return (body, "", "") if at < 0 else (body[:at], ":", body[at + 1 :])


def _words(text: str) -> tuple[str, ...]:
    quoted = tuple(m.group(1).replace('\\"', '"').strip() for m in _QUOTED.finditer(text))
    return quoted or ((text.strip(' "'),) if text.strip(' "') else ())


def _labels(text: str) -> tuple[str, ...]:
    return tuple(part.strip(' ()?"') for part in text.split("/") if part.strip(' ()?"'))


def gold_templates(document: KeyDocument) -> list[Template]:
    """The templates as the literature scores them (Du et al. 2021): optional ones and optional fills are gold like the
    rest, equal templates count once, and a mention that the text does not have in these words is left out.
    """
    return [gold for gold, _ in gold_with_keys(document)]


def gold_with_keys(document: KeyDocument) -> list[tuple[Template, KeyTemplate]]:
    """The same, each with the template of the key it was made of (the first of equal ones)."""
    text = " ".join(document.text.lower().split())
    made: list[tuple[Template, KeyTemplate]] = []
    for template in document.templates:
        if not template.types:
            continue
        slots = {
            name: [[m for m in _mentions(fill) if " ".join(m.lower().split()) in text] for fill in template.fills(key)]
            for name, key in GOLD_SLOTS.items()
        }
        gold = Template.of(template.types, **slots)
        if all(gold != other for other, _ in made):
            made.append((gold, template))
    return made


def _mentions(fill: Fill) -> tuple[str, ...]:
    return fill.mentions or fill.labels
