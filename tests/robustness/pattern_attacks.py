"""Every pattern of the package, and texts that make a careless one slow. Invariant: a pattern is found without a list:
whatever `re` compiles for a module of ours is taken, and so is every pattern that stands in its source.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import khabar

__all__ = ["Found", "Growth", "attacks", "compiled_patterns", "growth"]

_ROOT = Path(khabar.__file__).parent
_CALLS = frozenset({"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
_METHODS = _CALLS - {"compile"}
_AT_START = {"match", "fullmatch"}
_MANY = 64  # repetitions from which on a bounded one is pumped like an unbounded one
_MOST = 60  # attacks a pattern
_HOPELESS_SHORT = 0.1  # seconds for a few hundred characters: neither for more of them
_HOPELESS = 0.4  # seconds for the shortest text: no need to wait for longer ones


@dataclass(frozen=True, order=True)
class Found:
    """A pattern with its flags, the module that has it, by what methods it is asked, and how many characters it was
    given at most; both are empty for a pattern that nothing asked while we looked.
    """

    module: str
    pattern: str
    flags: int = 0
    methods: tuple[str, ...] = ()
    longest: int = 0

    def __str__(self) -> str:
        return f"{self.module}: {self.pattern[:120]!r}"


@dataclass(frozen=True)
class Growth:
    """Seconds for a text of n, 2n and 4n characters, and the text that was repeated."""

    pump: str
    seconds: tuple[float, float, float]

    @property
    def factor(self) -> float:
        """How many times longer four times the text takes: 4 where time is linear, 16 where it is quadratic."""
        return self.seconds[2] / max(self.seconds[0], 1e-9)


class _Watched:
    """A compiled pattern that notes how it is asked."""

    def __init__(self, made: re.Pattern[str]) -> None:
        self.made = made
        self.methods: set[str] = set()
        self.longest = 0

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.made, name)
        if name not in _METHODS:
            return value

        def asked(*args: Any, **options: Any) -> Any:
            text = args[1] if name in ("sub", "subn") else args[0]
            start = args[1] if len(args) > 1 and name not in ("sub", "subn", "split") else 0
            end = args[2] if len(args) > 2 and name not in ("sub", "subn", "split") else len(text)
            self.methods.add(name)
            self.longest = max(self.longest, min(end, len(text)) - start)
            return value(*args, **options)

        return asked

    def __hash__(self) -> int:
        return hash(self.made)

    def __eq__(self, other: object) -> bool:
        return self.made == (other.made if isinstance(other, _Watched) else other)


def compiled_patterns(exercise: Callable[[], object] = lambda: None) -> list[Found]:
    """Every pattern that modules of the package compile while they are imported and while `exercise` runs, with those
    that stand in their sources. To be called in a process in which the package was not imported yet.
    """
    watched: dict[tuple[str, str, int], _Watched] = {}
    original = re._compile  # type: ignore[attr-defined]

    def recording(pattern: Any, flags: int) -> Any:
        if isinstance(pattern, _Watched):
            return pattern
        made = original(pattern, flags)
        name = str(sys._getframe(2).f_globals.get("__name__", ""))
        if not name.startswith("khabar.") or not isinstance(made.pattern, str):
            return made
        return watched.setdefault((name, made.pattern, made.flags & ~re.UNICODE), _Watched(made))

    re._compile = recording  # type: ignore[attr-defined]
    try:
        for module in _modules():
            importlib.import_module(module)
        exercise()
    finally:
        re._compile = original  # type: ignore[attr-defined]
    asked = _asked_in_source(watched)
    found = [Found(*key, tuple(sorted(asked.get(key) or w.methods)), w.longest) for key, w in watched.items()]
    known = {(f.module, f.pattern) for f in found}
    return sorted([*found, *(f for f in _written() if (f.module, f.pattern) not in known)])


def _asked_in_source(watched: Mapping[tuple[str, str, int], _Watched]) -> dict[tuple[str, str, int], set[str]]:
    """By what methods the patterns of private module constants are asked; nothing of those handed on to others."""
    keys = {id(w): key for key, w in watched.items()}
    asked: dict[tuple[str, str, int], set[str]] = {}
    handed_on: set[tuple[str, str, int]] = set()
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if not name.startswith("khabar.") or not path:
            continue
        constants = {n: keys[id(v)] for n, v in vars(module).items() if id(v) in keys}
        tree = ast.parse(Path(path).read_text(encoding="utf-8")) if constants else ast.Module([], [])
        methods = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in constants:
                method = methods.get(id(node), "")
                if method in _METHODS:
                    asked.setdefault(constants[node.id], set()).add(method)
                else:
                    handed_on.add(constants[node.id])
    return {key: found for key, found in asked.items() if key not in handed_on}


def _modules() -> Iterator[str]:
    for info in pkgutil.walk_packages([str(_ROOT)], "khabar."):
        if not info.name.endswith("__main__") and ".migrations." not in info.name:
            yield info.name


def _written() -> Iterator[Found]:
    """Patterns that stand as plain texts in calls of `re`, also where no test ever comes by."""
    for path in sorted(_ROOT.rglob("*.py")):
        module = "khabar." + ".".join(path.relative_to(_ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in _CALLS
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                ignoring = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else 0
                method = () if node.func.attr == "compile" else (node.func.attr,)
                yield Found(module, node.args[0].value, int(ignoring), method)


# ------------------------------------------------------------------ texts


def attacks(pattern: str, flags: int) -> list[str]:
    """Short texts whose repetition may make the pattern slow: made of its own repetitions, what stands before them
    and what their characters have in common.
    """
    tree = parser.parse(pattern, flags)
    pumps: dict[str, None] = {}
    for before, body in _repeats(tree, ""):
        for piece in body:
            pumps.setdefault(piece)
            pumps.setdefault(before[-12:] + piece)
    for plain in (" ", "\n", " \n", "a", "A", "0", "a ", "A ", "Aa ", "1,", "a-", ".", "\t", '"', "(", "(a", ", "):
        pumps.setdefault(plain)
    pumps.setdefault(_sample(tree))
    return [pump for pump in pumps if pump][:_MOST]


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, list[str]]]:
    """What stands before each long repetition, and texts that it repeats."""
    for op, value in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            low, high, body = value
            if high >= _MANY:
                yield before, _bodies(body)
            yield from _repeats(body, before)
            before += _sample(body) * max(low, 1)
            continue
        for inner in _inner(op, value):
            yield from _repeats(inner, before)
        before += _sample([(op, value)])


def _inner(op: Any, value: Any) -> Iterable[Any]:
    if op is sre.SUBPATTERN:
        return (value[-1],)
    if op is sre.BRANCH:
        return tuple(value[1])
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return (value[1],)
    if op is sre.ATOMIC_GROUP:
        return (value,)
    return ()


def _bodies(body: Any) -> list[str]:
    """Texts of one repetition: of a single set of characters, one of each kind it has."""
    if len(body) == 1 and body[0][0] is sre.IN:
        return _members(body[0][1])[:6]
    if len(body) == 1 and body[0][0] in (sre.NOT_LITERAL, sre.ANY, sre.CATEGORY):
        return [c for c in "a \n0.A" if _fits(body[0], c)]
    made = [_sample(body)]
    return [piece for piece in made if piece]


_KINDS = {
    sre.CATEGORY_DIGIT: "0", sre.CATEGORY_NOT_DIGIT: "a .", sre.CATEGORY_SPACE: " \n", sre.CATEGORY_NOT_SPACE: "a.0",
    sre.CATEGORY_WORD: "aA0", sre.CATEGORY_NOT_WORD: " .-\n",
}  # fmt: skip


def _members(members: Any) -> list[str]:
    if members and members[0][0] is sre.NEGATE:
        return [c for c in 'a 0A.\n-,"' if not any(_fits(m, c) for m in members[1:])]
    found: dict[str, None] = {}
    for op, value in members:
        if op is sre.LITERAL:
            found.setdefault(chr(value))
        elif op is sre.RANGE:
            found.setdefault(chr(value[0]))
        elif op is sre.CATEGORY:
            for c in _KINDS[value]:
                found.setdefault(c)
    return list(found)


def _fits(node: Any, c: str) -> bool:
    op, value = node
    if op is sre.LITERAL:
        return ord(c) == value
    if op is sre.NOT_LITERAL:
        return ord(c) != value
    if op is sre.RANGE:
        return bool(value[0] <= ord(c) <= value[1])
    if op is sre.CATEGORY:
        return c in {
            sre.CATEGORY_DIGIT: "0", sre.CATEGORY_NOT_DIGIT: "a A.\n-,\"", sre.CATEGORY_SPACE: " \n",
            sre.CATEGORY_NOT_SPACE: 'a0A.-,"', sre.CATEGORY_WORD: "a0A", sre.CATEGORY_NOT_WORD: ' .\n-,"',
        }[value]  # fmt: skip
    return op is sre.ANY and c != "\n"


def _sample(tree: Any) -> str:
    """A short text that the tree matches, as far as can be told without solving its assertions."""
    out = ""
    for op, value in tree:
        if op is sre.LITERAL:
            out += chr(value)
        elif op is sre.NOT_LITERAL:
            out += "a" if value != ord("a") else "b"
        elif op is sre.ANY:
            out += "a"
        elif op is sre.IN:
            out += (_members(value) or ["a"])[0]
        elif op is sre.CATEGORY:
            out += _KINDS[value][0]
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            out += _sample(value[2]) * min(value[0], 8)
        elif op is sre.SUBPATTERN:
            out += _sample(value[-1])
        elif op is sre.BRANCH:
            out += _sample(value[1][0])
        elif op is sre.ATOMIC_GROUP:
            out += _sample(value)
        elif op is sre.ASSERT and value[0] > 0:
            out += _sample(value[1])
    return out


# ------------------------------------------------------------------ time


def growth(found: Found, pump: str, length: int, quick: float) -> Growth | None:
    """How the time to look through a text of `pump` grows with it; None where `length` characters take less than
    `quick` seconds. A character that patterns hardly ever have ends the text, so that they must give up there.
    """
    pattern = re.compile(found.pattern, found.flags)
    begins = bool(found.methods) and set(found.methods) <= _AT_START
    for short in (*range(12, 40, 2), *range(40, 120, 10), *range(120, length, length // 4)):
        first = _seconds(pattern, pump, short, begins=begins)  # where time doubles with every character, it ends here
        if first > _HOPELESS_SHORT:
            return Growth(pump, (first, 4 * first, 16 * first))
    first = _seconds(pattern, pump, length, begins=begins)
    if first < quick:
        return None
    again = min(first, _best(pattern, pump, length, begins=begins))
    if again < quick:
        return None
    if again > _HOPELESS:
        return Growth(pump, (again, 4 * again, 16 * again))
    double, fourfold = (_best(pattern, pump, n * length, begins=begins) for n in (2, 4))
    return Growth(pump, (again, double, fourfold))


def _best(pattern: re.Pattern[str], pump: str, length: int, *, begins: bool) -> float:
    """The least of three times: what else the machine does only ever adds to it."""
    return min(_seconds(pattern, pump, length, begins=begins) for _ in range(3))


def _seconds(pattern: re.Pattern[str], pump: str, length: int, *, begins: bool) -> float:
    """For a pattern that is only asked whether it matches at a place, the time at that place alone; of this thread, for
    a server of another test may be at work in the same process.
    """
    text = (pump * (length // len(pump) + 1))[:length] + "\x00"
    begun = time.thread_time()
    if begins:
        pattern.match(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.thread_time() - begun
