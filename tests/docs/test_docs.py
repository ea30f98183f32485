"""The documentation says what the program does, and says it of everything."""

from __future__ import annotations

import dataclasses
import inspect
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer
from docs_pages import ROOT, anchors, blocks, links, page, pages, section, table

from khabar import records
from khabar.cli.main import app
from khabar.documents import fetch, group_copies, parse
from khabar.extraction.extractor import Extractor
from khabar.plugins import KINDS
from khabar.reading.reader import Reader
from khabar.records import vocabulary
from khabar.resolution.resolve import resolve
from khabar.settings import Settings, load_settings

_NAMES = [p.relative_to(ROOT).as_posix() for p in pages()]
_LONGEST = 300


@pytest.mark.parametrize("name", _NAMES)
def test_a_page_is_short(name: str) -> None:
    text = page(name)
    head = text.partition("##")[0]
    if "khabar evaluate --note" in head or "python tools/docs_" in head:
        return  # tables to look things up in, written by the program
    assert len(text.splitlines()) < _LONGEST


@pytest.mark.parametrize("name", _NAMES)
def test_links_resolve(name: str) -> None:
    broken = []
    for target in links(page(name)):
        if re.match(r"\w+:", target):
            continue  # another host; nothing is fetched in tests
        path, _, anchor = target.partition("#")
        there = (ROOT / name).parent / unquote(path) if path else ROOT / name
        if not there.exists() or (anchor and anchor not in anchors(there.read_text(encoding="utf-8"))):
            broken.append(target)
    assert not broken, f"{name} links to what is not there"


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        here = waiting.pop()
        if here in reached or here.suffix != ".md" or not here.exists():
            continue
        reached.add(here)
        waiting += [(here.parent / target.partition("#")[0]).resolve() for target in links(here.read_text("utf-8"))]
    assert [p.name for p in (ROOT / "docs").glob("*.md") if p not in reached] == []


# ---------------------------------------------------------------- commands


def _shown_commands(text: str) -> list[list[str]]:
    """The `khabar …` commands of fenced blocks, a line each, parted at `&&`; synopses with […] are not commands."""
    found = []
    for block in blocks(text):
        if block.language in ("", "sh", "bash", "console"):
            for line in block.text.replace("\\\n", " ").splitlines():
                for part in re.sub(r"^\s*\$ ", "", line).split("#")[0].split("&&"):
                    words = shlex.split(re.split(r"[|<>]", part)[0])
                    while words and re.match(r"[A-Z_]+=", words[0]):
                        words = words[1:]
                    if words[:1] == ["khabar"] and "[options]" not in part and "──" not in part:
                        found.append(words[1:])
    return found


def _parse(words: list[str]) -> None:
    """Parse a command line as the program does, without running it; fails with the program's own words."""
    command: Any = typer.main.get_command(app)
    context = command.make_context("khabar", words[:1] if words and not words[0].startswith("-") else words)
    rest = words
    while hasattr(command, "commands"):
        name = rest[0]
        assert name in command.commands, f"there is no command {name!r}"
        command, rest = command.commands[name], rest[1:]
    command.make_context(name, list(rest), parent=context)


@pytest.mark.parametrize("name", _NAMES)
def test_shown_commands_are_valid(name: str) -> None:
    for words in _shown_commands(page(name)):
        try:
            _parse(words)
        except typer.Exit:
            pass  # --help and --version end the program by themselves
        except Exception as problem:  # noqa: BLE001 (whatever the parser says is the finding)
            pytest.fail(f"{name}: khabar {shlex.join(words)}: {problem}")


def test_the_check_of_commands_finds_mistakes() -> None:
    with pytest.raises(Exception, match="--sicne"):
        _parse(["incidents", "--sicne", "2016-01-01"])
    with pytest.raises(AssertionError, match="incident"):
        _parse(["incident"])
    assert _shown_commands("```\nA=b khabar add x/ && khabar run | head\n```") == [["add", "x/"], ["run"]]


def test_the_tutorial_shows_every_command() -> None:
    shown = {words[0] for words in _shown_commands(page("docs/first-hour.md")) if words}
    text = page("docs/first-hour.md") + page("docs/codebook.md")
    for name in typer.main.get_command(app).commands:  # type: ignore[attr-defined]
        assert name in shown or f"khabar {name}" in text or f"make {name}" in text, f"nobody shows khabar {name}"


@pytest.mark.parametrize("tool", ["docs_commands.py", "docs_codebook.py", "docs_shapes.py", "report_accuracy.py"])
def test_written_pages_are_up_to_date(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, f"tools/{tool}", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_make_targets_of_the_contributing_page() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", page("Makefile"), re.MULTILINE)) - {"help"}
    shown = {cells[0].strip("`").removeprefix("make ") for cells in table(page("CONTRIBUTING.md"), "command")}
    assert shown == targets


# ---------------------------------------------------------------- settings and records


def test_every_setting_is_documented() -> None:
    rows = {cells[1].strip("`"): cells for cells in table(page("docs/settings.md"), "variable")}
    assert set(rows) == {f.name for f in dataclasses.fields(Settings)}
    variables = re.findall(r"`(KHABAR_[A-Z_]+)`", inspect.getdoc(Settings) or "")
    assert sorted(cells[0].strip("`") for cells in rows.values()) == sorted(variables)


def test_settings_are_read_from_the_documented_variables(tmp_path: Path) -> None:
    values = {"store": "other.db", "cache": str(tmp_path), "codebook": "mine.yml", "processes": "3"}
    variables = {cells[1].strip("`"): cells[0].strip("`") for cells in table(page("docs/settings.md"), "variable")}
    settings = load_settings({variables[name]: value for name, value in values.items()})
    assert {name: str(getattr(settings, name)) for name in values} == values


_RECORDS = {name: kind for name in records.__all__ if dataclasses.is_dataclass(kind := getattr(records, name))}


@pytest.mark.parametrize("name", sorted(_RECORDS))
def test_every_field_of_a_record_is_documented(name: str) -> None:
    text = page("docs/records.md") + page("docs/assembled.md")
    documented = [cells[0].strip("`") for cells in table(section(text, name), "field")]
    assert documented == [f.name for f in dataclasses.fields(_RECORDS[name])]
    assert all(len(cells) == 2 and cells[1] for cells in table(section(text, name), "field"))


def test_words_of_closed_lists_are_explained() -> None:
    method = page("docs/method.md")
    assert {cells[0] for cells in table(method, "stance")} == set(vocabulary.STANCES)
    assert all(word in method for word in vocabulary.MODALITIES)


# ---------------------------------------------------------------- architecture


def test_every_folder_of_the_package_is_described() -> None:
    named = {cells[0].strip("`").rstrip("/") for cells in table(page("docs/architecture.md"), "folder")}
    package = ROOT / "src" / "khabar"
    made = {"static", "__pycache__"}  # built, not kept
    there = {
        f"khabar/{p.relative_to(package).as_posix()}"
        for p in package.rglob("*")
        if p.is_dir() and not made & set(p.relative_to(package).parts)
    }
    assert named == there


def test_layers_are_those_of_the_contracts() -> None:
    contracts = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    [layers] = [c["layers"] for c in contracts if c["type"] == "layers"]
    drawn = {
        frozenset(re.split(r",\s*", line.split(None, 1)[1]))
        for line in next(blocks(section(page("docs/architecture.md"), "Layers"))).text.splitlines()
    }
    assert drawn == {frozenset(re.findall(r"khabar\.(\w+)", layer)) for layer in layers}


_STAGES: dict[str, Callable[..., object]] = {
    "fetch": fetch,
    "parse": parse,
    "group_copies": group_copies,
    "Reader.read": Reader.read,
    "Extractor.extract": Extractor.extract,
    "resolve": resolve,
}


def test_signatures_of_the_stages() -> None:
    shown = {}
    for cells in table(page("docs/architecture.md"), "stage"):
        found = re.match(r"`([\w.]+)\((.*?)\) ->", cells[1])
        assert found is not None, cells
        shown[found[1]] = [argument.split("=")[0] for argument in found[2].split(", ")]
    real = {n: [p for p in inspect.signature(f).parameters if p != "self"] for n, f in _STAGES.items()}
    assert shown == real


def test_every_kind_of_plugin_is_described() -> None:
    text = page("docs/architecture.md")
    assert all(f"`khabar.{kind}`" in text for kind in KINDS)
