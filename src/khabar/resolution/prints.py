"""Fingerprints of what results are made from. Invariant: equal fingerprints mean equal results, in any process.

Claims and documents stand in them by their ids, which are hashes of their content; rules, weights and the program
itself by `program_print`, so that a result of another version is never taken for one of this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import khabar.records
from khabar import exchange, text
from khabar.reading import spelling
from khabar.records import Actor
from khabar.resolution.model import Corpus
from khabar.resolution.once import once

__all__ = ["print_of", "program_print", "setting_print"]


def print_of(*parts: object) -> str:
    """16 hexadecimal characters that practically never agree for unlike parts; parts are told by their `repr`."""
    return hashlib.blake2b("\x1f".join(map(repr, parts)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@cache
def program_print() -> str:
    """The fingerprint of the program: every file of this folder (weights and word lists too) and what it builds on."""
    here = Path(__file__).parent
    below = [Path(module.__file__ or "") for module in (exchange, text, spelling)]
    below += sorted(Path(khabar.records.__file__ or "").parent.glob("*.py"))
    found = hashlib.blake2b(digest_size=8)
    for file in (*sorted(p for p in here.rglob("*") if p.suffix in _SOURCES), *below):
        found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


_SOURCES = (".py", ".yml")


def setting_print(corpus: Corpus) -> str:
    """The fingerprint of all that a corpus brings beside its claims and documents: dictionary, codebook, rule."""
    types, relations = corpus.types, corpus.relations
    kinds = (types.parents, types.violent, types.general, types.state_actions)
    ties = [getattr(relations, name) for name in relations.__slots__]
    return print_of(program_print(), *map(_plain, (*kinds, *ties)), _print_of_actors(corpus.known), corpus.rule)


@once
def _print_of_actors(actors: Mapping[str, Actor]) -> str:
    return print_of([actors[key] for key in sorted(actors)])


def _plain(value: object) -> object:
    """A set or mapping in an order of its own."""
    if isinstance(value, frozenset):
        return sorted(value)
    return sorted(value.items()) if hasattr(value, "items") else value
