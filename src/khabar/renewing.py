"""What putting a base together anew may leave out. Invariant: afterwards the base holds what it would hold if nothing
had been left out; whatever is remembered may be deleted at any time.
"""

from __future__ import annotations

import gc
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from khabar.documents.marks import TextMemory, load_texts, save_texts
from khabar.records import Actor
from khabar.resolution.contradictions import in_order
from khabar.resolution.memory import Memory, Work, load_memory, save_memory
from khabar.resolution.prints import print_of, program_print
from khabar.resolution.resolve import Outline
from khabar.store.addresses import beside
from khabar.store.base import ActorLink, Assembled, MadeFrom

__all__ = ["BaseMemory", "Renewed", "changed", "unhurried"]

_log = logging.getLogger(__name__)

_COMPARISONS, _TEXTS, _CREDITS = "comparisons.npz", "texts.npz", "credits.json"


@dataclass(frozen=True, slots=True)
class Renewed:
    """What was done: how many incidents there are, how many of them and of the rules' judgements were made, and the
    pairs of claims that were compared or looked up.
    """

    incidents: int
    made: int
    judged: int
    work: Work


@dataclass(slots=True)
class BaseMemory:
    """What is remembered of a base between two runs: pairs that were compared, marks of texts, and the agencies that
    reports credit. It lies in a folder beside the base; with `folder` None nothing is written.
    """

    comparisons: Memory = field(default_factory=Memory)
    texts: TextMemory = field(default_factory=TextMemory)
    credits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    folder: Path | None = None

    @classmethod
    def beside(cls, address: str) -> BaseMemory:
        """What lies beside a base; what is damaged is passed over, and said."""
        folder = beside(address, "memory")
        held = _HELD.pop(folder, None)
        if held is not None and held[0] == _stamp(folder):
            return held[1]
        comparisons, first = load_memory(folder / _COMPARISONS)
        texts, second = load_texts(folder / _TEXTS)
        credited, third = _load_credits(folder / _CREDITS)
        for note in filter(None, (first, second, third)):
            _log.warning(note)
        return cls(comparisons, texts, credited, folder)

    def keep(self, credited: Mapping[str, tuple[str, ...]]) -> None:
        """Write what there is to remember; that this is not possible is said, and does no harm."""
        self.credits = credited
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            whole = json.dumps({"version": program_print(), "credits": credited}, ensure_ascii=False)
            fresh = self.folder / f"{_CREDITS}.new"
            fresh.write_text(whole, encoding="utf-8")
            fresh.replace(self.folder / _CREDITS)
        except OSError as problem:
            _log.warning("%s cannot be written (%s); the next run will take longer.", self.folder, problem.strerror)
            return
        notes = save_memory(self.comparisons, self.folder / _COMPARISONS), save_texts(self.texts, self.folder / _TEXTS)
        for note in filter(None, notes):
            _log.warning(note)
        if not any(notes):
            _HELD.clear()
            _HELD[self.folder] = _stamp(self.folder), self


# The memory that was written last stays at hand, so that one decision after the other does not read it anew; whoever
# takes it has it alone until it is written again. Another program that writes meanwhile shows in the stamp.
_HELD: dict[Path, tuple[tuple[tuple[int, int], ...], BaseMemory]] = {}


def _stamp(folder: Path) -> tuple[tuple[int, int], ...]:
    """When the files of a memory were written, and how large they are; nothing where one is missing."""
    try:
        found = [(folder / name).stat() for name in (_COMPARISONS, _TEXTS, _CREDITS)]
    except OSError:
        return ()
    return tuple((status.st_mtime_ns, status.st_size) for status in found)


@contextmanager
def unhurried() -> Iterator[None]:
    """Without looking for circles of garbage: millions of records are made here, none in a circle, and to look through
    them again and again takes a fifth of the time.
    """
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def _load_credits(path: Path) -> tuple[dict[str, tuple[str, ...]], str]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != program_print():
            return {}, ""
        return {str(key): tuple(map(str, found)) for key, found in data["credits"].items()}, ""
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        return {}, f"{path} is damaged and not used ({problem}); it will be written anew."


def changed(found: Outline, actors: Sequence[Actor], before: MadeFrom, doubt: float) -> Assembled:
    """What is to be written into a base: actors (as they are shown there), links, and of incidents, contradictions and
    judgements those of which the base holds none that was made `before` from the same.
    """
    incidents, by_rule = found.incidents, found.by_rule
    own = {a.id: a for a in found.identities.actors}
    prints = incidents.prints({a.id: print_of(a) for a in actors if own.get(a.id) != a})
    fresh = [id_ for id_, print_ in prints.items() if print_ not in before.events]
    judged = by_rule.prints()
    asked = [number for number, print_ in enumerate(judged) if print_ not in before.judgements]
    disputes = [c for id_ in fresh for c in incidents.contradictions(id_)]
    return Assembled(
        actors=tuple(actors),
        links=tuple(ActorLink(link.claim, link.role, link.actor) for link in found.identities.links),
        events=tuple(map(incidents.event, fresh)),
        judgements=chain(found.identities.judgements, found.decided, by_rule.made(asked)),
        contradictions=in_order([*disputes, *found.matters]),
        doubt=doubt,
        rule=found.corpus.rule,
        event_prints={id_: prints[id_] for id_ in fresh},
        judgement_prints=dict(zip(by_rule.sides(asked), (judged[n] for n in asked), strict=True)),
        stands=MadeFrom(before.events.intersection(prints.values()), before.judgements.intersection(judged)),
    )
