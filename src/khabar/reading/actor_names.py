"""The actor dictionary as data: names, the trie they are found by, and the actors behind them.

Invariant: a `Name` matches a stretch of text only if every word agrees under `word_key`, its case rule holds, and a
single-word name agrees in full spelling; what it stands for is decided later, from the whole document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from khabar.errors import ReadingError
from khabar.reading.spelling import HYPHENED, PARTICLE, WORD, glued_keys, name_keys, plain, word_key
from khabar.records import Actor, ActorName

__all__ = [
    "ADJECTIVE",
    "Lexicon",
    "Name",
    "Occurrence",
    "dictionary_actors",
    "dictionary_adjectives",
    "dictionary_lexicon",
]

ADJECTIVE = "adjective"  # the kind of the name "Afghan" of the state Afghanistan; never shown as a name

# Acronyms which are ordinary words: in a line all in capitals they are taken as the word.
_WORDS = frozenset(["IS", "US", "RAW", "MEND", "TIP", "LET", "HUM", "ASK", "JAS", "PIPS", "TAK", "AU", "SITE"])
# Nouns at the end of names which the press also writes small: "the Haqqani network".
_HEADS = frozenset(["network", "group", "movement", "party", "cartel", "brigade", "brigades", "militia", "province"])
_GAP = re.compile(r"['’‘`]?(?:[ \t\u00a0]*[-‐‑‒–/][ \t]*|[ \t\u00a0]+|[ \t]*\r?\n[ \t]*)|\.[ \t]?|[ \t]\(")
_CHUNK = 50_000  # characters scanned at a time, so that a very long document does not hold all its words at once


class Name(NamedTuple):
    """One name of one actor. `match` is title (its capitals must be capitals) or exact (as written).

    `context` names countries and actors one of which must stand in the document for the name to be this actor's;
    "self" asks for another name of the same actor. Empty: always.
    """

    actor: str
    text: str
    kind: str
    match: str
    context: tuple[str, ...]


class Occurrence(NamedTuple):
    """A stretch of text and the names it may be."""

    start: int
    end: int
    names: tuple[Name, ...]


class _Keys(dict[str, str]):
    """Word to key, each worked out once."""

    def __missing__(self, word: str) -> str:
        if len(self) > 200_000:
            self.clear()
        key = self[word] = word_key(word)
        return key


class Lexicon:
    """Names in a trie over word keys."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self._root: dict[str, Any] = {}
        self._keys = _Keys()
        for name in names:
            self.add(name)

    def add(self, name: Name) -> None:
        """Make `name` findable, also with its article glued ("Hizbul Mujahideen") and, for persons, left out."""
        forms = {name_keys(name.text), glued_keys(name.text)}
        if name.actor.startswith("person:"):
            forms |= {tuple(k for i, k in enumerate(f) if k != PARTICLE or i == 0) for f in forms}
        for form in forms:
            if any(k != PARTICLE for k in form):
                node = self._root
                for key in form:
                    node = node.setdefault(key, {})
                found = node.setdefault("", [])
                if name not in found:
                    found.append(name)
                if form[0] == PARTICLE:  # "as-Sahab": "as" must be looked at, and counts before a hyphen only
                    for word in HYPHENED:
                        self._root.setdefault(word, {})

    def scan(self, text: str) -> Iterator[Occurrence]:
        """The longest names in `text` from left to right, without overlap."""
        for begin, end in _chunks(text):
            yield from self._scan(text, list(WORD.finditer(text, begin, end)))

    def _scan(self, text: str, words: list[re.Match[str]]) -> Iterator[Occurrence]:
        keys, root, done = self._keys, self._root, 0
        for i, word in enumerate(words):
            if keys[word[0]] in root and i >= done:
                found = self._longest(text, words, i)
                if found:
                    occurrence, done = found
                    yield occurrence

    def _longest(self, text: str, words: list[re.Match[str]], i: int) -> tuple[Occurrence, int] | None:
        node: dict[str, Any] | None = self._root
        best, j = None, i
        while j < len(words):
            word = words[j]
            if j > i and not _joined(text, words[j - 1].end(), word.start()):
                break
            hyphened = text[word.end() : word.end() + 1] == "-"
            node = (node or {}).get(word_key(word[0], hyphened=True) if hyphened else self._keys[word[0]])
            if node is None:
                break
            j += 1
            if "" in node:
                occurrence = _fitting(text, words[i:j], node[""])
                best = (occurrence, j) if occurrence else best
        return best


def _joined(text: str, end: int, start: int) -> bool:
    """Whether two words may belong to one name: only a blank, a hyphen, a slash or one line break lies between."""
    if start - end == 1:
        return text[end] in " -\n\u00a0/‐‑–."
    return _GAP.fullmatch(text, end, start) is not None


def _fitting(text: str, words: list[re.Match[str]], names: list[Name]) -> Occurrence | None:
    start, end = words[0].start(), words[-1].end()
    last = words[-1][0]
    if last[-2:-1] in "'’‘`´" and last[-1:] in "sS" and len(last) > 2:
        end -= 2
    opened = "(" in text[start:end]
    if opened and text[end : end + 1] != ")":
        return None
    surface = text[start:end]
    fitting = tuple(n for n in names if _fits(surface, n, text, start, end))
    return Occurrence(start, end + 1 if opened else end, fitting) if fitting else None


def _fits(surface: str, name: Name, text: str, start: int, end: int) -> bool:
    if " " not in surface and "-" not in surface and plain(surface) != plain(name.text):
        return False
    if name.match == "exact":
        bare = re.sub(r"[.\-–/ ]", "", surface)
        own = re.sub(r"[.\-–/ ]", "", name.text)
        if bare == own:
            return own not in _WORDS or not _shouted(text, start, end)
        return bare == own.upper() and own.upper() not in _WORDS and _shouted(text, start, end)
    own_words, words = WORD.findall(name.text), WORD.findall(surface)
    if len(own_words) == len(words):
        pairs = list(zip(own_words, words, strict=True))
        return all(
            w[0].isupper() or not o[0].isupper() or (i and o.lower() in _HEADS) for i, (o, w) in enumerate(pairs)
        )
    return str(words[-1])[0].isupper()


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the line around the span is written in capitals, as wire services and headlines do."""
    first = max(text.rfind("\n", 0, start) + 1, start - 120)
    last = text.find("\n", end)
    line = text[first:start] + text[end : min(last if last >= 0 else len(text), end + 120)]
    letters = [c for c in line if c.isalpha()]
    if len(letters) < 8:  # a line of few words says nothing by itself
        letters = [c for c in text[max(0, start - 120) : start] + text[end : end + 120] if c.isalpha()]
    return len(letters) >= 8 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = min(start + _CHUNK, len(text))
        if end < len(text):
            cut = max(text.rfind("\n\n", start, end), text.rfind(". ", start, end))
            end = cut + 1 if cut > start else max(text.rfind(" ", start, end), start + 1)
        yield start, end
        start = end


# ------------------------------------------------------------------ the data file


@lru_cache(maxsize=1)
def _entries() -> tuple[dict[str, Any], ...]:
    path = files("khabar.reading") / "data" / "actors" / "actors.jsonl"
    try:
        return tuple(json.loads(line) for line in path.read_text("utf-8").splitlines() if line)
    except (OSError, ValueError) as problem:
        raise ReadingError(
            f"the actor dictionary {path} cannot be read ({problem}).", "Install khabar again."
        ) from problem


@lru_cache(maxsize=2)
def dictionary_lexicon(only_states: bool = False) -> Lexicon:
    """All names of the dictionary, or those of states alone; read once a process."""
    return Lexicon(_dictionary_names(only_states))


def _dictionary_names(only_states: bool) -> Iterator[Name]:
    for entry in _entries():
        if only_states and entry["kind"] != "state":
            continue
        for n in entry["names"]:
            yield Name(entry["id"], n["text"], n["kind"], n.get("match", "title"), tuple(n.get("context", ())))
        for adjective in entry.get("adjectives", ()):
            yield Name(entry["id"], adjective, ADJECTIVE, "title", ())


@lru_cache(maxsize=1)
def dictionary_actors() -> Mapping[str, Actor]:
    """Every actor of the dictionary under its id."""
    actors = {}
    for entry in _entries():
        names = tuple(ActorName(n["text"], n["kind"], source=n["source"]) for n in entry["names"])
        external = tuple(sorted(entry.get("external", {}).items()))
        actors[entry["id"]] = Actor(
            entry["id"], entry["kind"], names, entry.get("parent"), entry.get("country"), external
        )
    return actors


@lru_cache(maxsize=1)
def dictionary_adjectives() -> Mapping[str, str]:
    """State id to the adjective the press uses most: "state:AF" to "Afghan"."""
    return {e["id"]: "US" if e["id"] == "state:US" else e["adjectives"][0] for e in _entries() if e.get("adjectives")}
