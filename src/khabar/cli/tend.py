"""Commands that tend a base and the installation: serve, doctor, codebook."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from khabar.cli.guard import guarded
from khabar.cli.options import (
    CodebookOption,
    OutputOption,
    StoreOption,
    existing_store,
    settings_with,
)
from khabar.cli.output import note, write_lines
from khabar.errors import SettingsError
from khabar.settings import Settings
from khabar.store.opening import open_store

__all__ = ["codebook_app", "doctor", "open_page", "serve"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")

codebook_app = typer.Typer(help="Check or show a codebook.", no_args_is_help=True, rich_markup_mode=None)


def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8765,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    store: StoreOption = None,
) -> None:
    """Open the workbench: a local page where every value opens the passage it came from."""
    settings = settings_with(store)
    existing_store(settings.store).close()
    open_page(settings, host, port, browser=browser)


def open_page(settings: Settings, host: str, port: int, *, browser: bool) -> None:
    """Serve the workbench of the store until interrupted; SettingsError where the host is another or the port taken."""
    import socket

    if host not in _LOOPBACK:
        raise SettingsError(
            f"--host {host} is not this machine.", "The workbench has no accounts yet; use 127.0.0.1 or localhost."
        )
    import uvicorn

    from khabar.charts.drawing import warm_up
    from khabar.deciding import Desk
    from khabar.serve.app import create_app

    try:
        listener = socket.create_server((host, port), reuse_port=False)
    except OSError as problem:
        raise SettingsError(
            f"port {port} of {host} cannot be used ({problem.strerror}).", "Choose another with --port, or 0 for any."
        ) from problem
    url = f"http://{host}:{listener.getsockname()[1]}/"
    note(f"Khabar is at {url} (stop it with Ctrl-C)")
    if browser:
        threading.Timer(0.5, webbrowser.open, [url]).start()
    with open_store(settings.store, create=False) as base, listener:
        app = create_app(base, doubt=settings.doubt, desk=Desk(base, settings), user=settings.user, rule=settings.rule)
        threading.Thread(target=warm_up, daemon=True).start()
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:  # how one stops it; nothing is left undone
            note("stopped.")


def doctor(store: StoreOption = None) -> None:
    """Say what is installed, what is missing, and the remedy."""
    from khabar.cli.health import examine

    bad = 0
    for finding in examine(settings_with(store)):
        bad += not finding.good and not finding.optional
        mark = "ok     " if finding.good else "missing" if not finding.optional else "note   "
        typer.echo(f"{mark} {finding.what}: {finding.says}" + (f" {finding.remedy}" if finding.remedy else ""))
    if bad:
        raise typer.Exit(1)


@codebook_app.command("check")
@guarded
def codebook_check(
    path: Annotated[list[Path] | None, typer.Argument(help="Codebook files. Default: the built-in ones.")] = None,
) -> None:
    """Find typos, patterns that can never match and missing mappings, and say where."""
    from khabar.codebook.check import check_codebook
    from khabar.codebook.load import book_names

    found = 0
    for book in [str(p) for p in path] if path else book_names():
        for finding in check_codebook(book):
            found += 1
            typer.echo(f"{finding.file}:{finding.line}: {finding.message} {finding.remedy}".rstrip())
    if found:
        note(f"khabar: {found} findings.")
        raise typer.Exit(1)
    note("No findings.")


@codebook_app.command("show")
@guarded
def codebook_show(
    key: Annotated[str | None, typer.Argument(help="An event or relation type; leave it out for the list.")] = None,
    codebook: CodebookOption = None,
    output: OutputOption = None,
) -> None:
    """Show the types of a codebook with their definitions."""
    from khabar.codebook.load import load_codebook

    book = load_codebook(codebook or settings_with().codebook or "political-violence")
    types: dict[str, Any] = {**book.events, **book.relations}
    if key is None:
        write_lines((f"{name:22} {kind.label}: {kind.definition}" for name, kind in types.items()), output)
        return
    if key not in types:
        raise SettingsError(f"{book.key} has no type {key!r}.", "`khabar codebook show` lists them.")
    write_lines(_type_lines(types[key]), output)


def _type_lines(kind: Any) -> Iterator[str]:
    yield f"{kind.id}: {kind.label}"
    yield f"  {kind.definition}"
    for name in ("parent", "direction"):
        if getattr(kind, name, None):
            yield f"  {name}: {getattr(kind, name)}"
    for name in ("include", "exclude"):
        for rule in getattr(kind, name, ()):
            yield f"  {name}: {rule}"
    for scheme, codes in getattr(kind, "codes", {}).items():
        yield f"  {scheme}: " + ", ".join(f"{k} {v}" for k, v in codes.items())
