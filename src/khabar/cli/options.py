"""Options that several commands share, each with its one help text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from khabar.cli.asked import word
from khabar.cli.output import Format
from khabar.settings import LEAST_MEMORY, MEMORY, RULE_NAMES, TIMEOUT, Settings, limit_from, load_settings
from khabar.store.base import Store
from khabar.store.opening import open_store

__all__ = [
    "AddressOption",
    "ByOption",
    "CodebookOption",
    "DoubtfulOption",
    "EngineOption",
    "FormatOption",
    "LimitOption",
    "MemoryOption",
    "NoteOption",
    "OutputOption",
    "ProcessesOption",
    "RuleOption",
    "SinceOption",
    "StoreOption",
    "TextOption",
    "TimeoutOption",
    "UntilOption",
    "engine_with",
    "existing_store",
    "settings_with",
]

StoreOption = Annotated[
    str | None,
    typer.Option("--store", help="The store: a file or postgresql://… Default: KHABAR_STORE, else khabar.db"),
]
CodebookOption = Annotated[
    str | None,
    typer.Option("--codebook", help="Your codebook file. Default: KHABAR_CODEBOOK, else political-violence."),
]
ProcessesOption = Annotated[
    int | None, typer.Option("--processes", "-p", min=1, help="Worker processes. Default: one a processor, at most 4.")
]
EngineOption = Annotated[
    str | None, typer.Option("--engine", help="local, or ray for a cluster. Default: KHABAR_ENGINE, else local.")
]
AddressOption = Annotated[
    str | None,
    typer.Option(
        "--address",
        help="Where the Ray cluster is: auto, HOST:6379 or ray://HOST:10001. Default: KHABAR_"
        "ADDRESS, else one is started on this machine.",
    ),
]
TimeoutOption = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        help=f"Seconds that one document may take; 0 is no limit. Default: KHABAR_TIMEOUT, else {TIMEOUT:g}.",
    ),
]
MemoryOption = Annotated[
    float | None,
    typer.Option(
        "--memory",
        help=f"Gigabytes that one worker process may take; 0 is no limit. Default: KHABAR_MEMORY, else {MEMORY:g}.",
    ),
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
NoteOption = Annotated[str, typer.Option("--note", help="Why, in your words; it is kept with the decision.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who decides. Default: KHABAR_USER, else your login name.")]
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


def engine_with(
    settings: Settings,
    engine: str | None = None,
    address: str | None = None,
    timeout: float | None = None,
    memory: float | None = None,
) -> Settings:
    """The settings, with what the command line says of engine and limits instead; an address alone means a cluster."""
    from khabar.plugins import plugin_names

    engine = word("--engine", engine, tuple(plugin_names("engines"))) or ("ray" if address else settings.engine)
    return replace(
        settings,
        engine=engine,
        address=address or (settings.address if engine != "local" else None),
        timeout=settings.timeout if timeout is None else limit_from("--timeout", timeout, 1.0),
        memory=settings.memory if memory is None else limit_from("--memory", memory, LEAST_MEMORY),
    )


def existing_store(store: str | None) -> Store:
    """The store that must be there already; StoreError with the remedy where it is not."""
    return open_store(settings_with(store).store, create=False)
