"""What the reading desk shows: a report with its passages marked, and every claim of it as an entry.

Invariant: what a blind coder is shown comes from the coder's own bench alone, never from the base.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from khabar.codebook.model import Codebook
from khabar.errors import NotFoundError
from khabar.records import Assignment, Claim, Draft, Event
from khabar.review.bench import PLAIN, Bench, Entry, entries_of
from khabar.review.form import Group, groups_of
from khabar.review.values import slot_of, values_of
from khabar.serve.evidence import Piece, pieces_of
from khabar.standing import WAITING
from khabar.store.base import View
from khabar.store.questions import EventFilter

__all__ = ["Desktop", "Filled", "after", "desktop_of", "filled_form", "open_entries"]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form, filled: by the draft of the coder where there is one, else by what stands. `doubtful` names its groups
    with a value below the threshold; `changed` those that a person gave other values than were proposed.
    """

    kind: str
    groups: tuple[Group, ...]
    spans: tuple[tuple[int, int], ...] = ()
    draft: Draft | None = None
    doubtful: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Desktop:
    """One page of the desk. `focus` is the target of the open entry, `incidents` the incident of each claim that has
    one, `others` the incidents that may be the same as one of these.
    """

    bench: Bench
    entries: tuple[Entry, ...]
    pieces: tuple[Piece, ...]
    focus: str
    form: Filled | None
    incidents: Mapping[str, Event] = field(default_factory=dict)
    others: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    assignment: Assignment | None = None


def open_entries(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that wait for a decision."""
    return [entry for entry in entries if entry.state in (PLAIN, WAITING)]


def after(entries: Sequence[Entry], target: str) -> Entry | None:
    """The next entry that waits after this one, else the first that waits; None where none does."""
    keys = [entry.target for entry in entries]
    start = keys.index(target) + 1 if target in keys else 0
    return next((e for e in [*entries[start:], *entries[:start]] if e.state in (PLAIN, WAITING)), None)


def desktop_of(
    base: View, bench: Bench, book: Codebook, user: str, asked: Mapping[str, Any], assignment: Assignment | None = None
) -> Desktop:
    """The desk over a bench. `asked`: `claim` the id of an entry to open (none: the first that waits), `start` and
    `end` words to mark, `new` the kind of a missing claim whose form is open, `typed` values that
    stand in the open form, `doubt` the threshold.
    """
    entries = tuple(entries_of(bench))
    focus = _focus(entries, str(asked.get("claim") or ""))
    said = [replace(entry.claim, id=entry.target) for entry in entries]
    words = (max(0, int(asked.get("start") or 0)), max(0, int(asked.get("end") or 0)))
    pieces = tuple(pieces_of(bench.document, said, words))
    drafts = base.drafts(bench.document.id, user, bench.coding)
    if asked.get("typed"):  # what could not be kept stays in the form
        target = "new" if asked.get("new") else focus
        drafts = {**drafts, target: Draft(bench.document.id, target, user, asked["typed"], bench.coding)}
    form = None
    if asked.get("new"):
        form = filled_form(str(asked["new"]), None, book, drafts.get("new"))
    elif focus:
        entry = next(e for e in entries if e.target == focus)
        form = filled_form(entry.claim.kind, entry, book, drafts.get(focus), float(asked.get("doubt") or 0))
    shown = Desktop(bench, entries, pieces, "" if asked.get("new") else focus, form, assignment=assignment)
    return shown if bench.coding is not None else _with_incidents(base, shown)


def _focus(entries: Sequence[Entry], asked: str) -> str:
    for entry in entries:
        if asked and asked in (entry.target, entry.claim.id):
            return entry.target
    waiting = open_entries(entries)
    return waiting[0].target if waiting else entries[0].target if entries else ""


def _with_incidents(base: View, shown: Desktop) -> Desktop:
    events = list(base.events(EventFilter(document=shown.bench.document.id)))
    incidents = {claim: event for event in events for claim in event.claims}
    others = {event.id: tuple(_events(base, event.unsure_with)) for event in events if event.unsure_with}
    return replace(shown, incidents=incidents, others=others)


def _events(base: View, keys: Sequence[str]) -> list[Event]:
    found = []
    for key in keys:
        try:
            found.append(base.event(key))
        except NotFoundError:
            continue  # it was put together anew meanwhile
    return found


def filled_form(kind: str, entry: Entry | None, book: Codebook, draft: Draft | None, doubt: float = 0.0) -> Filled:
    """The form of an entry, or of a missing claim of `kind`."""
    values = values_of(entry.claim) if entry is not None else {}
    if draft is not None:
        values = dict(draft.values)
    spans = [
        (int(values[f"evidence.{n}.start"]), int(values.get(f"evidence.{n}.end") or 0))
        for n in range(len(values))
        if values.get(f"evidence.{n}.start", "").isdecimal()
    ]
    groups = tuple(groups_of(kind, values, book))
    doubtful = _doubtful(entry.claim, doubt) if entry is not None else frozenset()
    changed = _changed(entry) if entry is not None else frozenset()
    return Filled(kind, groups, tuple(spans), draft, doubtful, changed)


def _doubtful(claim: Claim, doubt: float) -> frozenset[str]:
    """The groups that hold a value below the threshold."""
    found = set()
    for slot, share in claim.slot_confidence:
        name, _, number = slot.partition(":")
        if share < doubt:
            found.add({"places": "places.0", "attribution": f"attributions.{number or 0}"}.get(name, name))
    return frozenset(found)


def _changed(entry: Entry) -> frozenset[str]:
    """The groups in which what stands differs from what was proposed."""
    before, now = values_of(entry.proposal), values_of(entry.claim)
    return frozenset(
        slot_of(p) for p in {*before, *now} if before.get(p) != now.get(p) and p.split(".")[0] != "evidence"
    )
