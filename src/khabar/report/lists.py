"""The lists behind the numbers of a report. Invariant: every number with incidents has a list, and every incident of a
list has an entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.report.build import anchor_of
from khabar.report.model import Number, Piece, Report

__all__ = ["lists_of", "numbers_of", "pieces_of"]


def lists_of(report: Report) -> dict[str, tuple[int, ...]]:
    """The anchor of each list and the numbers of its incidents, in the order in which the report names them."""
    numbers = {incident.id: incident.number for incident in report.all_incidents()}
    found: dict[str, tuple[int, ...]] = {}
    named = [number.incidents for number in numbers_of(report) if number.incidents]
    drawn = [ids for section in report.sections for picture in section.pictures for ids in picture.lists]
    for ids in (*named, *drawn):
        found[anchor_of(ids)] = tuple(sorted(numbers[key] for key in ids))
    return found


def numbers_of(report: Report) -> Iterator[Number]:
    """Every number of the report."""
    return (piece for piece in pieces_of(report) if isinstance(piece, Number))


def pieces_of(report: Report) -> Iterator[Piece]:
    """Every piece of text that can be a number: headline, paragraphs, cells."""
    yield from report.headline
    for section in report.sections:
        for paragraph in section.paragraphs:
            yield from paragraph
        for table in section.tables:
            for row in table.rows:
                yield from row
