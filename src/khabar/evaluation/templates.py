"""Scoring filled templates as the published work on MUC-4 does. Invariant: of all ways to pair the templates of a
document one to one, the pairing counted is one with the greatest micro-F1 of that document.

The definition is that of Du, Rush and Cardie, "Template Filling with Generative Transformers" (NAACL 2021, section 4
and the scorer they published), which Chen et al., "Iterative Document-level Information Extraction via Imitation
Learning" (EACL 2023) report as well, beside a measure of their own (CEAF-RME):

1. A template has a type and five slots (`SLOTS`); a slot holds entities, an entity is a set of mention strings.
2. Mentions are compared after `normal`: lower case, no punctuation, no articles, single blanks.
3. A found entity is right if all its mentions are mentions of one gold entity of that slot (phi "subset"); a gold
   entity is found if some found entity is right by it. Several found entities may be right by the same gold entity, so
   right ones are counted on each side apart: precision over what was found, recall over what was to be found.
4. A found template may be paired with a gold template only if its type is the gold's type, or one of the gold's
   alternatives ("bombing / attack"); both types are then right. An unpaired template has every filler and its type
   wrong or missed.
5. Type and fillers of all documents are added up: precision, recall and F1 by slot, and over all six (micro average).

Equal: every count above, fillers and templates that the key marks optional among them (they are gold like the rest).
Different: where several pairings of one document have the same greatest F1 the published program takes the first that
it enumerates, this one any that has it; slots may then differ by a filler, the micro average does not. The published
program tries every pairing, which takes minutes from eight templates on; this one drops pairings as soon as another
over the same gold templates has at least as many right on both sides.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khabar.evaluation.model import Figure

__all__ = ["SLOTS", "TYPE", "Counts", "Entity", "Paired", "Template", "is_right", "normal", "pair", "score"]

TYPE = "incident_type"
SLOTS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")

Entity = frozenset[str]
"""The mention strings of one entity, normalised."""

_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normal(mention: str) -> str:
    """A mention as it is compared: lower case, without ASCII punctuation and articles, blanks single."""
    return " ".join(_ARTICLE.sub(" ", mention.lower().translate(_PUNCTUATION)).split())


@dataclass(frozen=True, slots=True)
class Template:
    """One incident: its type (a gold one may have alternatives) and the entities of each slot."""

    types: tuple[str, ...]
    slots: Mapping[str, tuple[Entity, ...]]

    @staticmethod
    def of(types: Iterable[str], **slots: Iterable[Iterable[str]]) -> Template:
        """A template of plain strings; entities without a mention are left out."""
        made = {
            name: tuple(e for e in (frozenset(filter(None, map(normal, mentions))) for mentions in entities) if e)
            for name, entities in slots.items()
        }
        return Template(tuple(t.lower() for t in types), made)

    def entities(self, slot: str) -> tuple[Entity, ...]:
        """The entities of a slot, () where it is empty."""
        return self.slots.get(slot, ())

    @property
    def size(self) -> int:
        """How many things it says: its type and every entity."""
        return 1 + sum(len(self.entities(slot)) for slot in SLOTS)


@dataclass(slots=True)
class Counts:
    """What was found and how much of it is right; what is gold and how much of it was found."""

    found_right: int = 0
    found: int = 0
    gold_right: int = 0
    gold: int = 0

    def add(self, other: Counts) -> None:
        """Count `other` in."""
        self.found_right += other.found_right
        self.found += other.found
        self.gold_right += other.gold_right
        self.gold += other.gold

    @property
    def precision(self) -> float:
        """Right among the found; 0 where nothing was found, as published."""
        return self.found_right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Found among the gold; 0 where there is none, as published."""
        return self.gold_right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where either is 0."""
        return _f1(self.found_right, self.found, self.gold_right, self.gold)

    def figure(self, name: str) -> Figure:
        """The F1 as a figure over the gold's cases, precision and recall in its note."""
        return Figure(name, self.f1, self.gold, f"P {self.precision:.2f}, R {self.recall:.2f}")


def _f1(found_right: int, found: int, gold_right: int, gold: int) -> float:
    if not found_right or not gold_right:
        return 0.0
    precision, recall = found_right / found, gold_right / gold
    return 2 * precision * recall / (precision + recall)


def is_right(found: Entity, gold: Entity) -> bool:
    """Whether a found entity names the gold one and nothing else."""
    return found <= gold


def _slot_counts(found: Sequence[Entity], gold: Sequence[Entity]) -> Counts:
    return Counts(
        sum(any(is_right(f, g) for g in gold) for f in found),
        len(found),
        sum(any(is_right(f, g) for f in found) for g in gold),
        len(gold),
    )


@dataclass(slots=True)
class Paired:
    """The counts of one or more documents by slot (`TYPE` among them), and for one document which found template
    stands for which gold one.
    """

    slots: dict[str, Counts] = field(default_factory=lambda: {name: Counts() for name in (TYPE, *SLOTS)})
    pairs: tuple[tuple[int, int], ...] = ()

    @property
    def micro(self) -> Counts:
        """All six slots together."""
        total = Counts()
        for counts in self.slots.values():
            total.add(counts)
        return total


def score(documents: Iterable[tuple[Sequence[Template], Sequence[Template]]]) -> Paired:
    """The counts over (found, gold) templates of many documents; a document without gold counts what it finds."""
    total = Paired()
    for found, gold in documents:
        for name, counts in pair(found, gold).slots.items():
            total.slots[name].add(counts)
    return total


def pair(found: Sequence[Template], gold: Sequence[Template]) -> Paired:
    """The best pairing of the templates of one document, and its counts."""
    result = Paired(pairs=_best_pairs(found, gold))
    for f, g in result.pairs:
        result.slots[TYPE].add(Counts(1, 1, 1, 1))
        for slot in SLOTS:
            result.slots[slot].add(_slot_counts(found[f].entities(slot), gold[g].entities(slot)))
    paired_found, paired_gold = {f for f, _ in result.pairs}, {g for _, g in result.pairs}
    for i, template in enumerate(found):
        if i not in paired_found:
            _add_alone(result, template, lambda n: Counts(found=n))
    for i, template in enumerate(gold):
        if i not in paired_gold:
            _add_alone(result, template, lambda n: Counts(gold=n))
    return result


def _add_alone(result: Paired, template: Template, counted: Callable[[int], Counts]) -> None:
    """A template that stands for nothing: its type and its entities."""
    result.slots[TYPE].add(counted(1))
    for slot in SLOTS:
        result.slots[slot].add(counted(len(template.entities(slot))))


def _best_pairs(found: Sequence[Template], gold: Sequence[Template]) -> tuple[tuple[int, int], ...]:
    """The pairs with the greatest F1. How much is found and gold is the same for every pairing, so F1 grows with the
    right ones on both sides: among pairings over the same gold templates only the undominated are carried on.
    """
    gains = [{j: _gain(one, other) for j, other in enumerate(gold) if one.types[0] in other.types} for one in found]
    frontier: dict[int, list[_Partial]] = {0: [_Partial(0, 0, ())]}
    for i, gain in enumerate(gains):
        following = {used: list(partials) for used, partials in frontier.items()}
        for used, partials in frontier.items():
            for j, (right, hit) in gain.items():
                if not used >> j & 1:
                    more = [_Partial(p.right + right, p.hit + hit, (*p.pairs, (i, j))) for p in partials]
                    following[used | 1 << j] = _undominated([*following.get(used | 1 << j, ()), *more])
        frontier = following
    sizes = sum(t.size for t in found), sum(t.size for t in gold)
    ends = [p for partials in frontier.values() for p in partials]
    return max(ends, key=lambda p: _f1(p.right, sizes[0], p.hit, sizes[1])).pairs


@dataclass(frozen=True, slots=True)
class _Partial:
    right: int
    hit: int
    pairs: tuple[tuple[int, int], ...]


def _undominated(partials: Sequence[_Partial]) -> list[_Partial]:
    kept: list[_Partial] = []
    for one in sorted(partials, key=lambda p: (-p.right, -p.hit)):
        if not kept or one.hit > kept[-1].hit:
            kept.append(one)
    return kept


def _gain(found: Template, gold: Template) -> tuple[int, int]:
    """How many of the found things and of the gold things are right if the two are paired."""
    counts = [_slot_counts(found.entities(slot), gold.entities(slot)) for slot in SLOTS]
    return 1 + sum(c.found_right for c in counts), 1 + sum(c.gold_right for c in counts)
