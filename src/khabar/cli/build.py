"""Commands that build a base: demo, add, run, extract.

The pipeline is imported where a command needs it: it brings reader and parsers, and `khabar --help` must be quick.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from khabar.cli.access import group_names
from khabar.cli.options import (
    AddressOption,
    CodebookOption,
    DoubtfulOption,
    EngineOption,
    MemoryOption,
    OutputOption,
    ProcessesOption,
    RuleOption,
    StoreOption,
    TimeoutOption,
    engine_with,
    settings_with,
)
from khabar.cli.output import Format, note, progress_bar, write_lines, write_rows
from khabar.exchange import claim_line
from khabar.export.claims import CLAIM_COLUMNS, claim_row
from khabar.records import Claim, Document
from khabar.settings import Settings
from khabar.store.base import Store
from khabar.store.opening import open_store
from khabar.store.questions import ClaimFilter

__all__ = ["add", "demo", "extract", "run"]

PublishedOption = Annotated[
    str | None,
    typer.Option("--published", help="When reports without a date of their own appeared: 2017-05-30, 2017-05 or 2017."),
]
PathsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Files, folders, http(s) addresses, or - for standard input.")
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option("--column", help="Which column of a CSV or JSON export holds what: text=Body, title=Headline, …"),
]
AgainOption = Annotated[bool, typer.Option("--again", help="Also the reports that failed too often and are set aside.")]
_PORT = typer.Option("--port", min=0, max=65535, help="Port of the local page; 0 takes a free one.")
_HOST = typer.Option("--host", help="Address of the local page.")


def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the page at the end, or stop there.")] = True,
    port: Annotated[int, _PORT] = 8765,
    host: Annotated[str, _HOST] = "127.0.0.1",
    store: Annotated[str, typer.Option("--store", help="Where the sample base is built.")] = "khabar-demo.db",
    processes: ProcessesOption = None,
) -> None:
    """Build a base from the sample reports and open it: the main job, start to end."""
    from khabar import pipeline
    from khabar.samples import sample_folder

    settings = settings_with(store, None, processes)
    with open_store(settings.store) as base:
        _add_to(base, [str(sample_folder())], pipeline.AddOptions(under=sample_folder(), by=settings.user), quiet=True)
        _run_on(base, settings)
        for line in pipeline.summary(base):
            typer.echo(line)
    if serve:
        from khabar.cli.serving import Reached, open_page

        open_page(settings, Reached(host, port), browser=True)


def add(
    paths: PathsArgument,
    published: PublishedOption = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher of reports that do not name theirs.")] = None,
    genre: Annotated[str | None, typer.Option(help="news, analysis, op-ed, list or release.")] = None,
    column: ColumnOption = None,
    group: Annotated[
        list[str] | None, typer.Option("--group", help="Only people of this group may see them; repeatable.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Archive reports: text, HTML, PDF, DOCX, JSON lines, CSV, RSS or Atom. Nothing is read yet; see `khabar run`."""
    from khabar import pipeline

    settings = settings_with(store)
    options = pipeline.AddOptions(
        published, publisher, genre, tuple(column or ()), groups=group_names(group or ()), by=settings.user
    )
    with open_store(settings.store) as base:
        problems = _add_to(base, paths, options, settings)
    if problems:
        raise typer.Exit(1)


def _add_to(
    base: Store, paths: list[str], options: Any, settings: Settings | None = None, *, quiet: bool = False
) -> int:
    """Archive with a progress bar, under the limits of `settings`; the number of files that could not be."""
    from khabar import pipeline

    with progress_bar("archiving", shown=not quiet) as progress:
        done = pipeline.add(base, paths, options, progress, settings)
    for problem in done.problems:
        note(f"khabar: {problem}")
    if not quiet:
        note(_outcome(done))
        if options.groups and done.known:
            note("Who may see those already there stays as it was: khabar restrict changes it.")
    return len(done.problems)


def _outcome(done: Any) -> str:
    """What became of the files, in a sentence."""
    said = f"{done.new} report{'' if done.new == 1 else 's'} archived"
    if done.unread:
        said += f" ({done.unread} of them kept unread: not English, or no text)"
    if done.known:
        said += f", {done.known} already there"
    if done.problems:
        said += f", {len(done.problems)} could not be archived"
    return f"{said}." + (" Next: khabar run" if done.new > done.unread else "")


def run(
    store: StoreOption = None,
    codebook: CodebookOption = None,
    processes: ProcessesOption = None,
    rule: RuleOption = None,
    engine: EngineOption = None,
    address: AddressOption = None,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    again: AgainOption = False,
) -> None:
    """Read what is new, extract claims, put incidents together. Interrupt it when you like; it goes on where it was."""
    from khabar import pipeline

    settings = settings_with(store, codebook, processes, rule)
    settings = engine_with(settings, engine, address, timeout, memory)
    with open_store(settings.store, create=False) as base:
        ran = _run_on(base, settings, again=again)
        read = f"{ran.read} report{'' if ran.read == 1 else 's'} read" if ran.read else "Nothing new to read"
        note(f"{read}; the base now holds:")
        for line in pipeline.summary(base):
            typer.echo(line)
        waiting = base.count(ClaimFilter(doubtful=settings.doubt))
        if waiting:
            note(f"{waiting} claims are doubtful, or have a doubtful value; see them with: khabar queue")
        if ran.aside:
            note(f"{ran.aside} failed {pipeline.TRIES} times and are set aside; try them with: khabar run --again")
    if ran.failed:
        raise typer.Exit(1)


def _run_on(base: Store, settings: Settings, *, again: bool = False) -> Any:
    """Read and resolve with a progress bar; what the pipeline did (`pipeline.Ran`)."""
    from khabar import pipeline

    with progress_bar("reading") as progress:
        done = pipeline.run(base, settings, progress, again=again)
    for file, message in done.failed:
        note(f"khabar: {file}: {message}")
    return done


def extract(
    paths: PathsArgument,
    form: Annotated[Format, typer.Option("--format", "-f", help="How claims are written.")] = Format.jsonl,
    output: OutputOption = None,
    published: PublishedOption = None,
    column: ColumnOption = None,
    codebook: CodebookOption = None,
    processes: ProcessesOption = None,
    doubtful: DoubtfulOption = False,
    engine: EngineOption = None,
    address: AddressOption = None,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
) -> None:
    """Print the claims of files, without a store."""
    from khabar import coding, pipeline

    settings = engine_with(settings_with(None, codebook, processes), engine, address, timeout, memory)
    options = pipeline.AddOptions(published, columns=tuple(column or ()))
    with progress_bar("reading", shown=sys.stderr.isatty()) as progress:
        extraction = coding.Extraction(paths, options, settings, progress, doubtful=doubtful)
        if form is Format.jsonl:
            write_lines(_lines(extraction), output)
        else:
            rows = (claim_row(claim, document) for document, claims in extraction for claim in claims)
            write_rows(rows, CLAIM_COLUMNS, form, output, ("kind", "says", "stance", "modality", "quote"))
    for problem in extraction.problems:
        note(f"khabar: {problem}")
    if extraction.left_out:
        note(f"{extraction.left_out} doubtful claims left out; --doubtful gives them as well.")
    if extraction.problems:
        raise typer.Exit(1)


def _lines(extraction: Iterable[tuple[Document, list[Claim]]]) -> Iterator[str]:
    for document, claims in extraction:
        for claim in claims:
            yield claim_line(claim, document)
