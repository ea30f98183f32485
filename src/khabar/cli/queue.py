"""The command that lists what a person should look at: claims left out for doubt, and claims with a doubtful value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from khabar.cli.asked import word
from khabar.cli.options import FormatOption, LimitOption, OutputOption, StoreOption, existing_store, settings_with
from khabar.cli.output import Format, note, write_rows
from khabar.export.claims import with_documents
from khabar.export.doubts import QUEUE_COLUMNS, percent, queue_json, queue_row
from khabar.records import CLAIM_KINDS
from khabar.store.questions import ClaimFilter

__all__ = ["queue"]


def queue(
    kind: Annotated[str | None, typer.Option(help="event, relation, presence or statement.")] = None,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List claims too doubtful to be coded, and coded ones with a doubtful value, each with its passage."""
    doubt = settings_with(store).doubt
    with existing_store(store) as base:
        word("--kind", kind, CLAIM_KINDS)
        where = ClaimFilter(kinds=(kind,) if kind else (), doubtful=doubt, limit=limit)
        pairs = with_documents(base, base.claims(where))
        if form in (Format.json, Format.jsonl):
            rows: Iterable[dict[str, Any]] = (queue_json(claim, report, doubt) for claim, report in pairs)
        else:
            rows = (queue_row(claim, report, doubt) for claim, report in pairs)
        found = write_rows(rows, QUEUE_COLUMNS, form, output, ("id", "says", "doubtful", "coded", "quote"))
    if form is Format.table:
        note(f"{found} claim{'' if found == 1 else 's'} below {percent(doubt)} or with a value below it.")
