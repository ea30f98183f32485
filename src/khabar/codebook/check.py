"""A linter for codebooks. Invariant: it only reads; it reports everything it finds, each with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from khabar.codebook.load import parse_codebook, read_book
from khabar.codebook.model import Codebook, Trigger
from khabar.codebook.schemes import SCHEMES, SUB_EVENTS
from khabar.codebook.tree import Finding, Item, suggestion
from khabar.errors import CodebookError

__all__ = ["check_codebook"]

_PAST = ("ed", "ing")


def check_codebook(path: str | Path) -> list[Finding]:
    """Everything wrong or doubtful in a codebook (a built-in name or a file), in file order; empty if it is clean."""
    try:
        tree = read_book(path)
    except CodebookError as problem:
        return [Finding(str(path), 1, problem.message, problem.remedy)]
    findings: list[Finding] = []
    book = parse_codebook(tree, findings)
    for rule in (_mappings, _collisions, _forms, _pointless, _frames):
        findings.extend(rule(book, tree))
    return sorted(dict.fromkeys(findings), key=lambda f: (f.file, f.line, f.message))


def _events(tree: Item) -> dict[str, Item]:
    events = tree.value.get("events") if isinstance(tree.value, dict) else None
    return events.value if events is not None and isinstance(events.value, dict) else {}


def _mappings(book: Codebook, tree: Item) -> Iterator[Finding]:
    """Every event type says how each other codebook calls it, and ACLED's two levels agree."""
    items = _events(tree)
    for event in book.events.values():
        item = items[event.id]
        for scheme, keys in SCHEMES.items():
            codes = event.codes.get(scheme, {})
            main = next(iter(keys))
            if main not in codes and codes.get("inclusion") != "none":
                remedy = f"Add `{scheme}: {{{main}: …}}` under codes, or `inclusion: none` where the scheme has it."
                yield item.finding(f"no {scheme} mapping.", remedy)
        acled = event.codes.get("acled", {})
        subs = SUB_EVENTS.get(acled.get("event_type", ""), ())
        sub = acled.get("sub_event_type")
        if subs and sub not in subs:
            yield item.finding(f"ACLED's {acled['event_type']!r} has no sub-event {sub!r}.", suggestion(str(sub), subs))


def _collisions(book: Codebook, _tree: Item) -> Iterator[Finding]:
    """One expression reports one type: a second entry can never be reached."""
    first: dict[tuple[str, tuple[str, ...]], Trigger] = {}
    for trigger in book.triggers:
        key = (trigger.pos, tuple(w.lower() for w in trigger.words))
        earlier = first.setdefault(key, trigger)
        if earlier is trigger:
            continue
        words = " ".join(trigger.words)
        same = earlier.event == trigger.event and earlier.frame == trigger.frame
        how = "is listed twice" if same else f"is already a trigger of {earlier.event or 'unspecific'}"
        yield _at(trigger, f"{words!r} {how} ({earlier.where}) and is never reached.", "Take one of them away.")


def _forms(book: Codebook, _tree: Item) -> Iterator[Finding]:
    """Triggers are dictionary forms: an inflected verb is never met."""
    for trigger in book.triggers:
        head = trigger.head
        if trigger.pos == "verb" and head.endswith(_PAST) and len(head) > 5 and head != "speed":
            yield _at(trigger, f"{head!r} looks inflected and would never match.", "Give the dictionary form.")
        if trigger.pos == "noun" and any(w != w.lower() and not w.isupper() for w in trigger.words):
            yield _at(trigger, f"{' '.join(trigger.words)!r} has capitals.", "Write common nouns in lower case.")


def _pointless(book: Codebook, tree: Item) -> Iterator[Finding]:
    """An event type without triggers, cues or use as a fallback can never be coded."""
    used = {book.unspecific.incident, book.unspecific.aggregate}
    used |= {e.state_form for e in book.events.values() if e.state_form} | {
        e.parent for e in book.events.values() if e.parent
    }
    for event in book.events.values():
        if not event.triggers and not event.cues and event.id not in used:
            yield _events(tree)[event.id].finding("nothing can be coded as this type.", "Add verbs, nouns or cues.")


def _frames(book: Codebook, tree: Item) -> Iterator[Finding]:
    """A frame that no trigger follows is left over."""
    frames = tree.value.get("frames") if isinstance(tree.value, dict) else None
    used = {t.frame.id for t in book.triggers}
    if frames is not None and isinstance(frames.value, dict):
        for name, item in frames.value.items():
            if name not in used:
                yield item.finding(
                    "no trigger follows this frame.", "Take it away, or check the spelling of its users."
                )


def _at(trigger: Trigger, message: str, remedy: str) -> Finding:
    file, _, line = trigger.where.rpartition(", line ")
    return Finding(file, int(line), message, remedy)
