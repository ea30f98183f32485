"""Writes `docs/reference/<codebook>.md` from a built-in codebook. Invariant: the page is a pure function of the YAML.

python tools/docs_codebook.py            write the pages
python tools/docs_codebook.py --check    say which page is out of date, and exit with 1 if one is
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from written import write_or_check

from khabar.codebook.load import book_names, load_codebook
from khabar.codebook.model import Codebook, EventType
from khabar.codebook.ties import RelationType

PAGES = Path(__file__).resolve().parents[1] / "docs" / "reference"

_SCHEMES = {"acled": "ACLED", "ucdp-ged": "UCDP GED", "gtd": "GTD", "plover": "PLOVER"}
_SHOWN = 12  # words of a type that the page shows; the file has all


def page(name: str) -> str:
    """The whole page of a codebook as Markdown."""
    book = load_codebook(name)
    parts = [_head(book), _events(book), _relations(book), _classes(book)]
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _head(book: Codebook) -> Iterator[str]:
    yield f"# {book.title}"
    yield ""
    yield f"The codebook `{book.key}`, written by `python tools/docs_codebook.py` from its file; a test compares them."
    yield "How to read and extend it: [codebook.md](../codebook.md)."
    yield ""


def _events(book: Codebook) -> Iterator[str]:
    yield "## Types of events"
    yield ""
    for event in book.events.values():
        yield f"### {event.label}"
        yield ""
        yield f"`{event.id}`{f', a kind of `{event.parent}`' if event.parent else ''}. {_sentence(event.definition)}"
        yield ""
        yield from _counted(event)
        yield from _code_table(event.codes)


def _counted(event: EventType) -> Iterator[str]:
    """What is in, what is out, and the words that report it."""
    words = list(dict.fromkeys(" ".join(t.words) for t in event.triggers))
    more = f", and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    rows = [f"* Counts: {_listed(event.include)}"] if event.include else []
    rows += [f"* Does not count: {_listed(event.exclude)}"] if event.exclude else []
    rows += [f"* Reported by: {', '.join(words[:_SHOWN])}{more}."] if words else []
    if rows:
        yield from rows
        yield ""


def _relations(book: Codebook) -> Iterator[str]:
    yield "## Types of ties"
    yield ""
    yield "| type | meaning | from → to |"
    yield "|---|---|---|"
    for relation in book.relations.values():
        yield f"| `{relation.id}` | {_sentence(relation.definition)} | {_direction(relation)} |"
    yield ""


def _direction(relation: RelationType) -> str:
    return "both ways" if relation.symmetric else relation.direction.replace("->", "→")


def _classes(book: Codebook) -> Iterator[str]:
    """Classes of targets and weapons, with what other codebooks call them."""
    for kind, classes in (("targets", book.targets), ("weapons", book.weapons)):
        yield f"## Classes of {kind}"
        yield ""
        yield f"| class | {' | '.join(_SCHEMES.values())} |"
        yield "|---" * (len(_SCHEMES) + 1) + "|"
        for name in classes:
            codes = book.class_codes.get(kind, {}).get(name, {})
            yield f"| `{name}` | {' | '.join(_codes(codes.get(scheme, {})) for scheme in _SCHEMES)} |"
        yield ""


def _code_table(codes: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    if not codes:
        return
    yield "| elsewhere | codes |"
    yield "|---|---|"
    for scheme, shown in _SCHEMES.items():
        if scheme in codes:
            yield f"| {shown} | {_codes(codes[scheme])} |"
    yield ""


def _codes(codes: Mapping[str, str]) -> str:
    return ", ".join(f"{key} {value}" for key, value in codes.items())


def _listed(items: Iterable[str]) -> str:
    return _sentence("; ".join(item[0].lower() + item[1:] if not item[:2].isupper() else item for item in items))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def main() -> int:
    """Write or check the pages; the exit code."""
    return write_or_check({PAGES / f"{name}.md": page(name) for name in book_names()}, "docs_codebook.py")


if __name__ == "__main__":
    raise SystemExit(main())
