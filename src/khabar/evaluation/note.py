"""The method note `docs/accuracy.md`, written from what was measured. Invariant: no sentence of other people's texts.

What no figure tells (which phenomena are left alone) is in `eval/limits.md` and is taken over as it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from khabar import __version__
from khabar.evaluation.gate import Entry
from khabar.evaluation.model import Outcome, Slip
from khabar.evaluation.rows import value_text
from khabar.evaluation.run import Measured

__all__ = ["note_lines"]

_HEAD = """\
# How good Khabar is, per field

Written by `khabar evaluate --note`, Khabar {version}, {day}. Do not edit: mend the code, or `eval/limits.md`, and write
it again.

Every figure below was measured by the command, on gold that people made. The texts were open to us while we built, so
these are **development figures: expect less on texts nobody here has read**. A share or F1 lies between 0 and 1;
*floor* is what `make check` demands; *cases* is how many the figure was counted over. A figure over few cases says
little: with 30 cases, 0.90 may well be 0.75 or 0.97.
"""
_EXAMPLES = 1
_MOST_CAUSES = 6


def note_lines(measured: Sequence[Measured], floors: Mapping[str, Entry], own: Path, day: str) -> Iterator[str]:
    """The note, line by line."""
    yield from _HEAD.format(version=__version__, day=day).splitlines()
    yield ""
    yield "## Figures"
    for one in measured:
        yield from _figures(one, floors)
    yield ""
    yield "## Where it fails"
    yield ""
    yield (
        "Mistakes by cause, the most frequent first. Examples are of our own cases only: other people's texts are "
        "not ours to print. `khabar evaluate --errors` lists every mistake with its sentence."
    )
    for one in measured:
        if one.outcome is not None and one.outcome.slips:
            yield from _causes(one, one.outcome.slips)
    yield ""
    limits = own / "limits.md"
    if limits.is_file():
        yield from limits.read_text(encoding="utf-8").splitlines()


def _figures(one: Measured, floors: Mapping[str, Entry]) -> Iterator[str]:
    yield ""
    yield f"### {one.measure.ability}"
    yield ""
    if one.outcome is None:
        yield f"Not measured here: {one.measure.source} is not on this machine."
        return
    yield f"{one.measure.source}. `khabar evaluate {one.measure.name}`, data {one.fingerprint}."
    yield ""
    entry = floors.get(one.measure.name)
    rows = [
        (
            figure.name,
            value_text(figure),
            f"{entry.floors[figure.name]:g}" if entry and figure.name in entry.floors else "",
            str(figure.size),
            figure.note,
        )
        for figure in one.outcome.figures
    ]
    yield from _table(("figure", "value", "floor", "cases", ""), rows)
    yield from _tables(one.outcome)


def _tables(outcome: Outcome) -> Iterator[str]:
    for table in outcome.tables:
        yield ""
        yield f"{table.title}:"
        yield ""
        yield from _table(table.columns, table.rows)


def _causes(one: Measured, slips: Sequence[Slip]) -> Iterator[str]:
    yield ""
    yield f"### {one.measure.ability}: {len(slips)} mistake{'s' if len(slips) != 1 else ''}"
    yield ""
    examples = one.measure.root == "own"
    rows = []
    causes = Counter(slip.cause for slip in slips)
    for cause, cases in causes.most_common(_MOST_CAUSES):
        named = [slip for slip in slips if slip.cause == cause][:_EXAMPLES] if examples else []
        rows.append((cause, str(cases), *((" · ".join(_example(slip) for slip in named),) if examples else ())))
    rest = sum(causes.values()) - sum(int(row[1]) for row in rows)
    if rest:
        rows.append((f"{len(causes) - _MOST_CAUSES} rarer causes", str(rest), *(("",) if examples else ())))
    yield from _table(("cause", "cases", "for example")[: 3 if examples else 2], rows)


def _example(slip: Slip) -> str:
    said = f"“{' '.join(slip.sentence.split())}”" if slip.sentence else slip.place
    expected = f" expected {slip.expected}" if slip.expected else ""
    found = f", found {slip.found}" if slip.found else ""
    return f"{said}{expected}{found}"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
