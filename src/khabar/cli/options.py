"""Options that several commands share, each with its one help text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from khabar.cli.asked import word
from khabar.cli.output import Format
from khabar.settings import RULE_NAMES, Settings, load_settings
from khabar.store.base import Store
from khabar.store.opening import open_store

__all__ = [
    "CodebookOption",
    "DoubtfulOption",
    "FormatOption",
    "LimitOption",
    "OutputOption",
    "ProcessesOption",
    "RuleOption",
    "SinceOption",
    "StoreOption",
    "TextOption",
    "UntilOption",
    "existing_store",
    "settings_with",
]

StoreOption = Annotated[
    str | None, typer.Option("--store", help="The store file. Default: KHABAR_STORE, else khabar.db here.")
]
CodebookOption = Annotated[
    str | None,
    typer.Option("--codebook", help="Your codebook file. Default: KHABAR_CODEBOOK, else political-violence."),
]
ProcessesOption = Annotated[
    int | None, typer.Option("--processes", "-p", min=1, help="Worker processes. Default: one a processor, at most 4.")
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How rows are written.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file; - is standard output.")]
LimitOption = Annotated[
    int | None, typer.Option("--limit", "-n", min=1, max=1_000_000_000, help="At most this many rows.")
]
SinceOption = Annotated[str | None, typer.Option("--since", help="Not before this day (2016-10-24).")]
UntilOption = Annotated[str | None, typer.Option("--until", help="Not after this day.")]
DoubtfulOption = Annotated[
    bool, typer.Option("--doubtful", help="Also claims below the confidence KHABAR_DOUBT, which are left to a person.")
]
RuleOption = Annotated[
    str | None,
    typer.Option(
        "--rule",
        help="Which stated value is shown: majority, conservative, latest or ucdp. Default: KHABAR_RULE, else as the "
        "base was put together.",
    ),
]
TextOption = Annotated[str | None, typer.Option("--text", "-t", help="Only where these words occur.")]


def settings_with(
    store: str | None = None, codebook: str | None = None, processes: int | None = None, rule: str | None = None
) -> Settings:
    """The settings of the environment, with what the command line says instead."""
    settings = load_settings()
    return replace(
        settings,
        store=store or settings.store,
        codebook=codebook or settings.codebook,
        processes=processes or settings.processes,
        rule=word("--rule", rule, RULE_NAMES) or settings.rule,
    )


def existing_store(store: str | None) -> Store:
    """The store that must be there already; StoreError with the remedy where it is not."""
    return open_store(settings_with(store).store, create=False)
