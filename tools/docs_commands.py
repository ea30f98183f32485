"""Writes `docs/commands.md` from the command line itself. Invariant: the page is a pure function of the typer app.

python tools/docs_commands.py            write the page
python tools/docs_commands.py --check    say whether the page is up to date, and exit with 1 if it is not
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import typer
from written import write_or_check

from khabar.cli.main import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"

_HEAD = """# Commands

Written by `python tools/docs_commands.py` from the program itself; a test compares the two.

Every listing goes to standard output or, with `-o FILE`, to a file; `-` stands for standard input or output. Messages
go to standard error. Exit codes: 0 done, 1 something could not be done (the message says what, and the remedy), 2 wrong
usage, 130 interrupted. Options win over the variables of [settings.md](settings.md). `khabar COMMAND --help` prints the
same.
"""


def page() -> str:
    """The whole page as Markdown."""
    root = typer.main.get_command(app)
    lines = [_HEAD, *_table(root)]
    for name, command in _commands(root):
        lines += [f"## khabar {name}", "", _sentence(command.help), "", "```", _usage(name, command), "```", ""]
        lines += _table(command)
    return "\n".join(lines).rstrip() + "\n"


def _commands(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Full name and command of every command of a group, groups opened."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def _usage(name: str, command: Any) -> str:
    words = [f"khabar {name}"]
    for p in command.params:
        if p.param_type_name == "argument":
            shown = _argument(p)
            words.append(shown if p.required else f"[{shown}]")
    return " ".join([*words, "[options]"])


def _argument(parameter: Any) -> str:
    name: str = parameter.metavar or parameter.name.upper()
    return name if parameter.nargs == 1 or name.endswith("…") else f"{name}…"


def _table(command: Any) -> list[str]:
    """A row for each argument and option."""
    rows = [_row(p) for p in command.params if not getattr(p, "hidden", False)]
    return ["| argument or option | meaning |", "|---|---|", *rows, ""] if rows else []


def _row(parameter: Any) -> str:
    text = (parameter.help or "").strip()
    kind = _kind(parameter)
    choices = [str(choice.value) for choice in kind] if issubclass(kind, Enum) else []
    if not all(choice in text for choice in choices):
        text += f" One of {', '.join(choices)}."
    default = _default(parameter)
    if default and "Default" not in text:
        text += f" Default: {default}."
    return f"| `{_names(parameter)}` | {_sentence(text).replace('|', chr(92) + '|')} |"


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return _argument(parameter)
    names = ", ".join(sorted(parameter.opts, key=len, reverse=True))
    if parameter.is_flag:
        return names + "".join(f" / {o}" for o in parameter.secondary_opts)
    return f"{names} {_value(parameter)}"


def _value(parameter: Any) -> str:
    """What stands after an option: a number for counts, else the option's own name."""
    longest = max(parameter.opts, key=len).lstrip("-")
    return "NUMBER" if _kind(parameter) is int else longest.upper()


def _kind(parameter: Any) -> type:
    """The type of one value of a parameter."""
    annotation = parameter.type_descriptor.annotation
    return annotation if isinstance(annotation, type) else str


def _default(parameter: Any) -> str:
    value = parameter.default
    if parameter.param_type_name == "option" and parameter.is_flag:
        return parameter.opts[0] if value and parameter.secondary_opts else ""
    value = getattr(value, "value", value)
    return "" if value is None or callable(value) or value == "" else str(value)


def _sentence(text: str | None) -> str:
    words = " ".join((text or "").split())
    return words if words.endswith((".", "…", "?")) else f"{words}."


def main() -> int:
    """Write or check the page; the exit code."""
    return write_or_check({PAGE: page()}, "docs_commands.py")


if __name__ == "__main__":
    raise SystemExit(main())
