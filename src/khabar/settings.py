"""Where things are and how they run. Invariant: read once from the environment, then passed down, never looked up.

Every setting is an environment variable with a `KHABAR_` prefix; command-line options win over them.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from khabar.errors import SettingsError

__all__ = [
    "DOUBT",
    "LEAST_MEMORY",
    "MEMORY",
    "RULE",
    "RULE_NAMES",
    "TIMEOUT",
    "Settings",
    "limit_from",
    "load_settings",
]

DOUBT = 0.5
"""The threshold of confidence where nobody asks for another: below it a claim is more likely wrong than right."""

TIMEOUT = 600.0
"""Seconds that one document may take. A book of 600,000 characters takes some 70 on a busy laptop."""

MEMORY = 4.0
"""Gigabytes that one worker process may take. With short reports it takes 0.3, with such a book 0.4."""

LEAST_MEMORY = 1.0
"""The least limit of memory that can be asked for: model and dictionaries take a third of it."""

RULE_NAMES = ("majority", "conservative", "latest", "ucdp")
"""The rules that choose the value shown where sources differ; `khabar.resolution.values.rules` has what each does."""

RULE = RULE_NAMES[0]
"""The rule of a base for which nobody asked for another."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One value per setting.

    store: `KHABAR_STORE`, a file path or a postgresql:// address; default `khabar.db` in the working folder.
    files: `KHABAR_FILES`, the folder for originals and memory of a base in PostgreSQL; default one of the user's own. A
    base in a file has them beside the file.
    cache: `KHABAR_CACHE`, where compiled indexes are kept; default the user's cache folder.
    codebook: `KHABAR_CODEBOOK`, path of the user's codebook; default the built-in `political-violence`.
    processes: `KHABAR_PROCESSES`, worker processes for `add`, `run` and `extract`; default one a processor, on this
    machine at most 4.
    engine: `KHABAR_ENGINE`, where documents are read: `local` (the default) in processes here, `ray` on a cluster.
    address: `KHABAR_ADDRESS`, where the cluster is; default none, which starts one on this machine.
    timeout: `KHABAR_TIMEOUT`, seconds that one document may take; default 600, 0 for no limit (None here).
    memory: `KHABAR_MEMORY`, gigabytes that one worker process may take; default 4, 0 for no limit (None here).
    doubt: `KHABAR_DOUBT`, the confidence from 0 to 1 below which a claim is left to a person; default 0.5.
    rule: `KHABAR_RULE`, the rule by which one of several stated values is shown; default the one the base was put
    together by, at first `majority`.
    project: `KHABAR_PROJECT`, the project file, with what exports must hold; default `khabar.toml` in the working
    folder, where there is one.
    user: `KHABAR_USER`, the name under which your decisions are kept; default your login name.
    oidc_issuer: `KHABAR_OIDC_ISSUER`, the address of the provider of accounts of your house, for `khabar serve --team`.
    oidc_client: `KHABAR_OIDC_CLIENT`, as whom the workbench is registered there.
    oidc_secret: `KHABAR_OIDC_SECRET`, the file with the secret of that registration.
    oidc_create: `KHABAR_OIDC_CREATE`, yes: whoever the provider names gets an account of a reader; default no.
    """

    store: str = "khabar.db"
    files: Path | None = None
    cache: Path = field(default_factory=Path)
    codebook: str | None = None
    processes: int | None = 1
    engine: str = "local"
    address: str | None = None
    timeout: float | None = None
    memory: float | None = None
    doubt: float = DOUBT
    rule: str | None = None
    project: Path | None = None
    user: str = "user"
    oidc_issuer: str | None = None
    oidc_client: str | None = None
    oidc_secret: Path | None = None
    oidc_create: bool = False


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environment` (default the process environment); SettingsError names a bad variable."""
    env = os.environ if environment is None else environment
    return Settings(
        store=env.get("KHABAR_STORE", "khabar.db"),
        files=Path(env["KHABAR_FILES"]) if env.get("KHABAR_FILES") else None,
        cache=Path(env["KHABAR_CACHE"]) if env.get("KHABAR_CACHE") else _user_cache(),
        codebook=env.get("KHABAR_CODEBOOK") or None,
        processes=_processes(env.get("KHABAR_PROCESSES")),
        engine=env.get("KHABAR_ENGINE") or "local",
        address=env.get("KHABAR_ADDRESS") or None,
        timeout=limit_from("KHABAR_TIMEOUT", env.get("KHABAR_TIMEOUT"), 1.0, TIMEOUT),
        memory=limit_from("KHABAR_MEMORY", env.get("KHABAR_MEMORY"), LEAST_MEMORY, MEMORY),
        doubt=_share("KHABAR_DOUBT", env.get("KHABAR_DOUBT"), DOUBT),
        rule=_rule(env.get("KHABAR_RULE")),
        project=Path(env["KHABAR_PROJECT"]) if env.get("KHABAR_PROJECT") else _project_here(),
        user=_user(env.get("KHABAR_USER")),
        oidc_issuer=env.get("KHABAR_OIDC_ISSUER") or None,
        oidc_client=env.get("KHABAR_OIDC_CLIENT") or None,
        oidc_secret=Path(env["KHABAR_OIDC_SECRET"]) if env.get("KHABAR_OIDC_SECRET") else None,
        oidc_create=_yes("KHABAR_OIDC_CREATE", env.get("KHABAR_OIDC_CREATE")),
    )


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("khabar", appauthor=False)


def _project_here() -> Path | None:
    here = Path("khabar.toml")
    return here if here.is_file() else None


def _processes(text: str | None) -> int | None:
    if text is None or text == "":
        return None
    if not text.isdigit() or int(text) < 1:
        raise SettingsError(f"KHABAR_PROCESSES is {text!r}.", "Give a whole number of at least 1.")
    return int(text)


def limit_from(name: str, limit: str | float | None, least: float, default: float | None = None) -> float | None:
    """A limit as somebody gave it: a number of at least `least`, or 0 for no limit, which is None; SettingsError names
    a bad one. Where nothing is given it is the default.
    """
    if limit is None or limit == "":
        return default
    try:
        number = float(limit)
    except ValueError:
        number = -1.0
    if number == 0:
        return None
    if not least <= number < float("inf"):
        raise SettingsError(f"{name} is {limit!r}.", f"Give a number of at least {least:g}, or 0 for no limit.")
    return number


def _rule(name: str | None) -> str | None:
    if name and name not in RULE_NAMES:
        raise SettingsError(f"KHABAR_RULE is {name!r}.", f"Use one of {', '.join(RULE_NAMES)}.")
    return name or None


def _user(name: str | None) -> str:
    """The name given, else the login name; "user" where the machine has none (a container without accounts)."""
    if name and name.startswith("rule:"):
        raise SettingsError(f"KHABAR_USER is {name!r}.", "Names that begin with rule: are the program's own.")
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "user"


def _yes(name: str, text: str | None) -> bool:
    if (text or "no").casefold() not in ("yes", "no"):
        raise SettingsError(f"{name} is {text!r}.", "Give yes or no.")
    return (text or "no").casefold() == "yes"


def _share(name: str, text: str | None, default: float) -> float:
    if text is None or text == "":
        return default
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise SettingsError(f"{name} is {text!r}.", "Give a number from 0 to 1, for example 0.5.")
    return share
