"""Files, folders, standard input and addresses to bytes. Invariant: what cannot be read is a `Problem` in the stream
and never stops the rest; nothing touches the network unless the user names an http(s) address.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from khabar.documents.model import Fetched, Origin, Problem
from khabar.documents.web import WebRules, is_address, read_address
from khabar.errors import DocumentError

__all__ = ["FetchOptions", "fetch"]

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How much is read and what addresses are allowed.

    longest_file: bytes of one file, stream or answer; a bigger one is a Problem. web: rules for addresses. leave_out:
    absolute paths of files and folders that are passed over in a folder.
    """

    longest_file: int = 64 * MEGABYTE
    web: WebRules = field(default_factory=WebRules)
    leave_out: frozenset[Path] = frozenset()


def fetch(
    paths: Iterable[str | Path], options: FetchOptions | None = None, stdin: BinaryIO | None = None
) -> Iterator[Fetched | Problem]:
    """The bytes behind each of `paths`, in order: a file, a folder (all files below it, sorted, hidden ones left out),
    `-` for standard input, or an http(s) address.

    Missing, unreadable, empty and oversized files are yielded as a `Problem` each.
    """
    options = options or FetchOptions()
    for path in paths:
        name = str(path)
        if not name:
            yield Problem("(no name)", "a path is empty.", "Name a file or folder; a full stop names this folder.")
        elif name == "-":
            yield _stream(stdin or sys.stdin.buffer, options)
        elif is_address(name):
            yield _address(name, options)
        else:
            yield from _path(Path(name), options)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _stream(stream: BinaryIO, options: FetchOptions) -> Fetched | Problem:
    try:
        data = stream.read(options.longest_file + 1)
    except OSError as problem:
        return Problem("-", f"standard input cannot be read ({_reason(problem)}).", "Give a file instead.")
    return _sized(data, Origin("-", None, _now()), options)


def _address(name: str, options: FetchOptions) -> Fetched | Problem:
    try:
        data, kind, final = read_address(name, options.web, options.longest_file)
    except DocumentError as problem:
        return Problem.of(name, problem)
    return _sized(data, Origin(name, final, _now(), kind), options)


def _path(path: Path, options: FetchOptions) -> Iterator[Fetched | Problem]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as problem:
        yield _unreadable(path, problem)
        return
    if not is_folder:
        yield _file(path, options)
        return
    count = 0
    for found in _walk(path, options.leave_out):
        count += 1
        yield found if isinstance(found, Problem) else _file(found, options)
    if not count:
        yield Problem(str(path), "the folder holds no files.", "Name a folder with reports in it.")


def _walk(folder: Path, leave_out: frozenset[Path]) -> Iterator[Path | Problem]:
    """Files below `folder` in sorted order.

    Links to folders are not followed, so that no circle is walked; nor is the folder of scripts and images that a
    browser saves beside a page.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as problem:
        yield _unreadable(folder, problem)
        return
    beside = {f"{Path(entry.name).stem}_files" for entry in entries if entry.name.lower().endswith((".html", ".htm"))}
    for entry in entries:
        if entry.name.startswith(".") or entry.name in beside or Path(entry.path).absolute() in leave_out:
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), leave_out)
            elif entry.is_file():
                yield Path(entry.path)
            elif not entry.is_dir():
                yield Problem(entry.path, "not a regular file.", "Name it by itself if it should be read.")
        except OSError as problem:
            yield _unreadable(Path(entry.path), problem)


def _file(path: Path, options: FetchOptions) -> Fetched | Problem:
    try:
        with path.open("rb") as file:
            data = file.read(options.longest_file + 1)
    except (OSError, ValueError) as problem:
        return _unreadable(path, problem)
    return _sized(data, Origin(str(path), None, _now()), options)


def _sized(data: bytes, origin: Origin, options: FetchOptions) -> Fetched | Problem:
    if not data.strip():
        return Problem(origin.file, "the file is empty.", "Fetch or export it again.")
    if len(data) > options.longest_file:
        limit = options.longest_file // MEGABYTE
        return Problem(origin.file, f"the file is larger than {limit} MB.", "Split it, or give one report a file.")
    return Fetched(data, origin)


def _unreadable(path: Path, problem: Exception) -> Problem:
    if isinstance(problem, FileNotFoundError):
        return Problem(str(path), "there is no such file or folder.", "Check the spelling of the path.")
    if isinstance(problem, PermissionError):
        return Problem(
            str(path), "no permission to read it.", "Change its permissions, or copy it where you can read it."
        )
    return Problem(str(path), f"it cannot be read ({_reason(problem)}).", "Check the disk and the path.")


def _reason(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
