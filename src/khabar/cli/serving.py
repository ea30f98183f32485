"""Opening the workbench, for oneself or for a team. Invariant: without accounts it listens to this machine alone; with
accounts no password crosses a network in the clear.
"""

from __future__ import annotations

import gc
import signal
import socket
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from khabar.cli.options import StoreOption, existing_store, settings_with
from khabar.cli.output import note
from khabar.errors import SettingsError
from khabar.settings import Settings
from khabar.store.base import Store
from khabar.store.opening import open_store

__all__ = ["Reached", "open_page", "serve"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ANY = ("0.0.0.0", "::")  # noqa: S104 (named here to be told apart)


@dataclass(frozen=True, slots=True)
class Reached:
    """Where the workbench listens (`host`, `port`) and under which other `names` it is reached; the `certificate` and
    its `key` with which it speaks https, or the address of the `proxy` before it that does.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    proxy: str | None = None

    @property
    def near(self) -> bool:
        """Whether it listens to this machine alone."""
        return self.host in _LOOPBACK

    @property
    def https(self) -> bool:
        """Whether browsers reach it over https."""
        return self.certificate is not None or self.proxy is not None

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names it answers to."""
        return (*self.names, *_LOOPBACK) if self.near or self.host in _ANY else (*self.names, self.host)


def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8765,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; another than this machine's needs --team.")
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    team: Annotated[
        bool, typer.Option("--team", help="For several people, who sign in; see `khabar account`.")
    ] = False,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", help="A name it is reached under (with --team); repeatable.")
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help="Certificate for https, as PEM (with --team).")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help="The certificate's private key, as PEM.")] = None,
    behind_proxy: Annotated[
        str | None, typer.Option("--behind-proxy", help="Address of the proxy that does https (with --team).")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Open the workbench: a local page where every value opens the passage it came from; with --team one for several
    people with accounts.
    """
    settings = settings_with(store)
    existing_store(settings.store).close()
    reached = Reached(host, port, tuple(allow_host or ()), certificate, key, behind_proxy)
    open_page(settings, reached, browser=browser, team=team)


def open_page(settings: Settings, reached: Reached, *, browser: bool, team: bool = False) -> None:
    """Serve the workbench of the store until interrupted; SettingsError where it must not be reached like this, or the
    port is taken.
    """
    _checked(reached, team=team)
    import uvicorn

    from khabar.serve.listening import listening

    # Told to stop, the server finishes what it is at and then sends itself the signal again: to be taken as Ctrl-C is,
    # so that the store is closed in good order.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _listening(reached) as listener, open_store(settings.store, create=False) as base:
        app = _team_app(base, settings, reached) if team else _own_app(base, settings)
        address = f"[{reached.host}]" if ":" in reached.host else reached.host
        url = f"{'https' if reached.certificate else 'http'}://{address}:{listener.getsockname()[1]}/"
        note(f"Khabar is at {url} (stop it with Ctrl-C)")
        if browser and reached.near:
            threading.Timer(0.5, webbrowser.open, [url]).start()
        threading.Thread(target=_warm_up, daemon=True).start()
        config = listening(
            app,
            proxy_headers=reached.proxy is not None,
            forwarded_allow_ips=reached.proxy,
            ssl_certfile=reached.certificate,
            ssl_keyfile=reached.key,
        )
        server = uvicorn.Server(config)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:  # how one stops it; nothing is left undone
            note("stopped.")


def _warm_up() -> None:
    """Load what the first pages would wait for. All of it stays: to look through it for garbage again and again would
    hold up a page now and then, for a tenth of a second.
    """
    from khabar.charts.drawing import warm_up
    from khabar.maps.ground import load_ground

    warm_up()
    load_ground()
    gc.collect()
    gc.freeze()


def _checked(reached: Reached, *, team: bool) -> None:
    """SettingsError where the base, or a password, could be read by whoever is on the network."""
    if not team:
        if not reached.near:
            raise SettingsError(
                f"--host {reached.host} would show the base to whoever can reach this machine.",
                "Without accounts the workbench listens on 127.0.0.1 or localhost alone; with --team people sign in.",
            )
        if reached.names or reached.https or reached.key:
            raise SettingsError(
                "--allow-host, --certificate, --key and --behind-proxy are for several people.", "Add --team."
            )
        return
    if (reached.certificate is None) != (reached.key is None):
        raise SettingsError("A certificate and its key go together.", "Give both --certificate and --key.")
    for path in (reached.certificate, reached.key):
        if path is not None and not path.is_file():
            raise SettingsError(f"{path} is not there.", "Give a file in PEM format.")
    if not reached.near and not reached.https:
        raise SettingsError(
            f"--host {reached.host} without https would send passwords in the clear.",
            "Give --certificate and --key, or --behind-proxy with the address of a proxy that does https.",
        )
    if not reached.names and (reached.host in _ANY or reached.proxy):
        raise SettingsError(
            "Nobody said under which name people reach the workbench.", "Add it: --allow-host khabar.example.org."
        )


@contextmanager
def _listening(reached: Reached) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in reached.host else socket.AF_INET
    try:
        listener = socket.create_server((reached.host, reached.port), family=family, reuse_port=False)
    except OSError as problem:
        raise SettingsError(
            f"port {reached.port} of {reached.host} cannot be used ({problem.strerror}).",
            "Choose another with --port, or 0 for any.",
        ) from problem
    with listener:
        yield listener


def _own_app(base: Store, settings: Settings) -> Any:
    from khabar.deciding import Desk
    from khabar.serve.app import create_app
    from khabar.serve.door import Conditions

    desk = Desk(base, settings)
    return create_app(
        base, conditions=Conditions(), doubt=settings.doubt, desk=desk, user=settings.user, rule=settings.rule
    )


def _team_app(base: Store, settings: Settings, reached: Reached) -> Any:
    from khabar.access import Clearances
    from khabar.serve.app import create_team_app
    from khabar.serve.door import Conditions
    from khabar.serve.team.entry import Entry
    from khabar.serve.team.gate import Team

    if not any(a.role == "admin" and not a.disabled and (a.password_at or a.subject) for a in base.accounts()):
        raise SettingsError(
            "Nobody could sign in: there is no administrator yet.", "Make one: khabar account add NAME --role admin."
        )
    clearances = Clearances(base, settings)
    team = Team(base, Entry(base), clearances.view, clearances.desk)
    conditions = Conditions(reached.hosts, https=reached.https)
    return create_team_app(
        team, conditions=conditions, doubt=settings.doubt, rule=settings.rule, house=_house(settings)
    )


def _house(settings: Settings) -> Any:
    """The provider of accounts of one's own house; None where none is set."""
    if settings.oidc_issuer is None:
        return None
    if settings.oidc_client is None or settings.oidc_secret is None:
        raise SettingsError("KHABAR_OIDC_ISSUER is set alone.", "Set KHABAR_OIDC_CLIENT and KHABAR_OIDC_SECRET, too.")
    if find_spec("authlib") is None or find_spec("itsdangerous") is None or find_spec("httpx") is None:
        raise SettingsError("Signing in at a provider needs Authlib.", "Install it: pip install 'khabar[oidc]'.")
    from khabar.serve.team.house import House, Provider

    secret = settings.oidc_secret.read_text(encoding="utf-8").strip()
    return House(Provider(settings.oidc_issuer, settings.oidc_client, secret), create=settings.oidc_create)
