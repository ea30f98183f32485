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

__all__ = ["DOUBT", "RULE", "RULE_NAMES", "Settings", "load_settings"]

DOUBT = 0.5
"""The threshold of confidence where nobody asks for another: below it a claim is more likely wrong than right."""

RULE_NAMES = ("majority", "conservative", "latest", "ucdp")
"""The rules that choose the value shown where sources differ; `khabar.resolution.values.rules` has what each does."""

RULE = RULE_NAMES[0]
"""The rule of a base for which nobody asked for another."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One value per setting.

    store: `KHABAR_STORE`, a file path (or later a postgresql:// address); default `khabar.db` in the working folder.
    cache: `KHABAR_CACHE`, where compiled indexes are kept; default the user's cache folder.
    codebook: `KHABAR_CODEBOOK`, path of the user's codebook; default the built-in `political-violence`.
    processes: `KHABAR_PROCESSES`, worker processes for `run` and `extract`; default one a processor, at most 4.
    doubt: `KHABAR_DOUBT`, the confidence from 0 to 1 below which a claim is left to a person; default 0.5.
    rule: `KHABAR_RULE`, the rule by which one of several stated values is shown; default the one the base was put
    together by, at first `majority`.
    project: `KHABAR_PROJECT`, the project file, with what exports must hold; default `khabar.toml` in the working
    folder, where there is one.
    user: `KHABAR_USER`, the name under which your decisions are kept; default your login name.
    """

    store: str = "khabar.db"
    cache: Path = field(default_factory=Path)
    codebook: str | None = None
    processes: int = 1
    doubt: float = DOUBT
    rule: str | None = None
    project: Path | None = None
    user: str = "user"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environment` (default the process environment); SettingsError names a bad variable."""
    env = os.environ if environment is None else environment
    return Settings(
        store=env.get("KHABAR_STORE", "khabar.db"),
        cache=Path(env["KHABAR_CACHE"]) if env.get("KHABAR_CACHE") else _user_cache(),
        codebook=env.get("KHABAR_CODEBOOK") or None,
        processes=_processes(env.get("KHABAR_PROCESSES")),
        doubt=_share("KHABAR_DOUBT", env.get("KHABAR_DOUBT"), DOUBT),
        rule=_rule(env.get("KHABAR_RULE")),
        project=Path(env["KHABAR_PROJECT"]) if env.get("KHABAR_PROJECT") else _project_here(),
        user=_user(env.get("KHABAR_USER")),
    )


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("khabar", appauthor=False)


def _project_here() -> Path | None:
    here = Path("khabar.toml")
    return here if here.is_file() else None


def _processes(text: str | None) -> int:
    if text is None or text == "":
        return min(4, os.cpu_count() or 1)
    if not text.isdigit() or int(text) < 1:
        raise SettingsError(f"KHABAR_PROCESSES is {text!r}.", "Give a whole number of at least 1.")
    return int(text)


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
