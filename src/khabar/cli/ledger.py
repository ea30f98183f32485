"""Commands of the ledger: contradictions, positions, totals. They look at a base and never change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated, Any

import typer

from khabar.cli.asked import word
from khabar.cli.options import FormatOption, LimitOption, OutputOption, StoreOption, existing_store, settings_with
from khabar.cli.output import Format, note, write_rows
from khabar.codebook.model import Codebook
from khabar.export.contradictions import CONTRADICTION_COLUMNS, contradiction_json, contradiction_row, with_claims
from khabar.records import CONTRADICTION_KINDS, Claim
from khabar.store.base import View
from khabar.store.questions import ContradictionFilter
from khabar.text import fold

__all__ = ["contradictions", "positions", "total_lines", "totals"]


def contradictions(
    kind: Annotated[
        str | None,
        typer.Option(
            help="toll, date, place, attribution, presence, existence, affiliation, leadership, death, tie, "
            "relation_date, designation_date, total."
        ),
    ] = None,
    reconciler: Annotated[
        str | None, typer.Option(help="Only those that this would reconcile: toll_grew, attackers_counted, …")
    ] = None,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List where sources disagree, with what each side says and what would reconcile them."""
    from khabar.resolution.ledger import RECONCILERS

    word("--reconciler", reconciler, [r.name for r in RECONCILERS])
    with existing_store(store) as base:
        where = ContradictionFilter(
            kind=word("--kind", kind, CONTRADICTION_KINDS), limit=limit if reconciler is None else None
        )
        every = base.contradictions(where)
        kept = (c for c in every if reconciler is None or reconciler in {r.name for r in c.reconcilers})
        found = with_claims(base, islice(kept, limit))
        if form in (Format.json, Format.jsonl):
            rows: Iterable[dict[str, Any]] = (contradiction_json(c, claims) for c, claims in found)
        else:
            rows = (contradiction_row(c, claims) for c, claims in found)
        shown = ("kind", "title", "sides", "reconcilers", "note", "id")
        _count(write_rows(rows, CONTRADICTION_COLUMNS, form, output, shown), "contradiction", form)


def positions(
    kind: Annotated[str | None, typer.Option(help="presence, attribution, tie, estimate.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Only of speakers whose name has these words in it.")] = None,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List what a speaker said of one matter over time, where it changed: denied, then acknowledged."""
    from khabar.ledger import POSITION_COLUMNS, position_json, position_row, positions_of
    from khabar.resolution.positions import POSITION_KINDS

    word("--kind", kind, POSITION_KINDS)
    with existing_store(store) as base:
        found = [
            p
            for p in positions_of(base)
            if kind in (None, p.kind) and (speaker is None or fold(speaker) in fold(p.speaker))
        ]
        told = position_json if form in (Format.json, Format.jsonl) else position_row
        rows = map(told, islice(found, limit))
        shown = ("kind", "speaker", "proposition", "steps")
        _count(write_rows(rows, POSITION_COLUMNS, form, output, shown), "position", form)


def totals(
    origin: Annotated[str | None, typer.Option(help="Only of origins whose name has these words in it.")] = None,
    series: Annotated[
        bool, typer.Option("--series", help="Totals of one origin that count the same, period by period.")
    ] = False,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List totals with a scope ("nine attacks in 2016"), and what the incidents of the base explain of each."""
    from khabar.codebook.load import DEFAULT, load_codebook
    from khabar.ledger import TOTAL_COLUMNS, series_json, total_json, total_row, totals_of

    book = load_codebook(settings_with(store).codebook or DEFAULT)
    with existing_store(store) as base:
        every = totals_of(base, book)
        asked = fold(origin or "")
        if series:
            together = [s for s in every.series if asked in fold(s.origin)]
            if form in (Format.json, Format.jsonl):
                rows: Iterable[dict[str, Any]] = map(series_json, islice(together, limit))
            else:
                rows = (total_row(t) for s in islice(together, limit) for t in s.totals)
        else:
            chosen = [t for t in every.found if asked in fold(t.scope.origin)]
            rows = map(total_json if form in (Format.json, Format.jsonl) else total_row, islice(chosen, limit))
        shown = ("origin", "scope", "incidents", "killed", "injured", "explains", "remarks", "claim")
        _count(write_rows(rows, TOTAL_COLUMNS, form, output, shown), "total", form)


def total_lines(base: View, book: Codebook, claim: Claim) -> Iterator[str]:
    """Lines that tell what the base explains of a total; none for another claim."""
    from khabar.ledger import coverage_of
    from khabar.resolution.total_words import coverage_words, stated_words
    from khabar.resolution.wording import event_words

    asked = coverage_of(base, book, claim)
    for total in asked.found:
        yield f"  total of {total.scope.words}, by {total.scope.origin}: {stated_words(total)}"
        yield f"  {coverage_words(total)}"
        for key in total.sure:
            yield f"    {key} {event_words(asked.events[key])}"
        for possible in total.perhaps:
            words = event_words(asked.events[possible.event])
            yield f"    perhaps {possible.event} {words}: {' and '.join(possible.reasons)}"
        for remark in total.remarks:
            yield f"  {remark}"


def _count(found: int, noun: str, form: Format) -> None:
    if form is Format.table:
        note(f"{found} {noun}{'' if found == 1 else 's'}.")
