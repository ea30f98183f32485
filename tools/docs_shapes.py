"""Writes `docs/shapes/<name>.md` from the shapes themselves. Invariant: a page is a pure function of its shape.

python tools/docs_shapes.py            write the pages
python tools/docs_shapes.py --check    say whether they are up to date, and exit with 1 if one is not
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from written import write_or_check

from khabar.export.shapes.shape import Shape
from khabar.plugins import KINDS, find_plugin

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "shapes"

_HEAD = """# {name}

{title}.

Written by `python tools/docs_shapes.py` from the program itself; a test compares the two. What all shapes have in
common stands in [README.md](README.md).
"""


def shapes() -> list[Shape]:
    """The built-in shapes that have columns, by name."""
    made = [find_plugin("exporters", name)() for name in sorted(KINDS["exporters"])]
    return [shape for shape in made if shape.columns]


def page(shape: Shape) -> str:
    """The page of a shape as Markdown."""
    lines = [_HEAD.format(name=shape.name, title=shape.title)]
    if shape.rule:
        lines += [f"Values are shown by the rule `{shape.rule}` unless `--rule` asks for another.", ""]
    if shape.options:
        lines += ["## Options", "", "| `--with` | meaning |", "|---|---|"]
        lines += [f"| `{name}` | {_cell(meaning)} |" for name, meaning in shape.options.items()] + [""]
    lines += ["## What is lost", "", "| kind | rule | meaning |", "|---|---|---|"]
    lines += [f"| {rule.kind} | {rule.key} | {_cell(rule.says)} |" for rule in shape.losses]
    lines += ["", f"## The {len(shape.columns)} columns", "", *_columns(shape)]
    return "\n".join(lines).rstrip() + "\n"


def _columns(shape: Shape) -> Iterator[str]:
    yield "| column | type | what its owner says | source | what Khabar puts there |"
    yield "|---|---|---|---|---|"
    for column in shape.columns:
        kind = column.type + (", always" if column.required else "")
        yield f"| `{column.name}` | {kind} | {_cell(column.says)} | {_cell(column.source)} | {_cell(column.fill)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write or check the pages; the exit code."""
    return write_or_check({FOLDER / f"{shape.name}.md": page(shape) for shape in shapes()}, "docs_shapes.py")


if __name__ == "__main__":
    raise SystemExit(main())
