"""Whether the same report gives the same claims however it is written. Invariant: what is compared is what the claims
say, not where they stand.

1. Sample reports and the golden texts that `robustness.yml` lists are read as they are, and once in every way of
   `perturbed`. The list is fixed, so that figures move with the program and not when cases are added.
2. Two unrelated texts of one day are joined in either order: each must give what it gives in the other.
3. The figure is the share of claims, of both readings together, that the other has as well (Jaccard index).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize
from zlib import crc32

import yaml

from khabar.errors import EvaluationError
from khabar.evaluation.golden import Case
from khabar.evaluation.golden_load import load_micro_cases, load_reports
from khabar.evaluation.model import Figure, Measure, Outcome, Slip
from khabar.evaluation.perturbed import PERTURBATIONS
from khabar.evaluation.system import GoldText, System
from khabar.records import Claim, Document, EventBody, Presence, Relation
from khabar.samples import sample_folder
from khabar.text import fold

__all__ = ["MEASURE", "Said", "drawn", "said", "stability", "swapped"]

_LIST = "robustness.yml"
Said = tuple[str, ...]
"""What a claim says, folded: kind, type, stance, modality, days, places, tolls and actors."""

_COUNTS = ("killed", "injured", "arrested", "abducted", "attackers_killed")


def said(claim: Claim) -> Said:
    """What a claim says, without its words, offsets and confidence."""
    body = claim.body
    if isinstance(body, EventBody):
        tolls = [(c.low, c.best, c.high) if (c := getattr(body, name)) else None for name in _COUNTS]
        what = [body.type, _plain(p.name for p in body.places), repr(tolls), repr(body.aggregate)]
        what.append(_plain(f"{a.actor.name}:{a.stance}" for a in body.attributions))
    elif isinstance(body, Relation):
        what = [body.type, _plain([body.subject.name]), _plain([body.object.name])]
    elif isinstance(body, Presence):
        what = [body.status, _plain([body.actor.name]), _plain([body.place.name])]
    else:
        what = [body.kind, _plain(a.name for a in body.about), repr(body.quantity and body.quantity.best)]
    days = f"{claim.when.earliest}..{claim.when.latest}"
    return (claim.kind, *what, claim.stance, claim.modality, days)


def _plain(names: Iterator[str] | Sequence[str]) -> str:
    return "|".join(sorted({fold(normalize("NFC", name)) for name in names}))


@dataclass(frozen=True, slots=True)
class Stability:
    """Claims that two readings share, those that only the first has, and those that only the second has."""

    same: int
    lost: tuple[Said, ...]
    new: tuple[Said, ...]

    @property
    def share(self) -> float:
        """The shared ones among all; 1 where neither has any."""
        every = self.same + len(self.lost) + len(self.new)
        return self.same / every if every else 1.0


def stability(one: Sequence[Claim], other: Sequence[Claim]) -> Stability:
    """How far two readings say the same; a claim that is said twice counts twice."""
    left, right = Counter(map(said, one)), Counter(map(said, other))
    return Stability(
        same=(left & right).total(), lost=tuple((left - right).elements()), new=tuple((right - left).elements())
    )


# ------------------------------------------------------------------ the measure


def _measure(root: Path, system: System) -> Outcome:
    short, joined = drawn(root)
    cases = [*load_reports(root / "golden", sample_folder()), *short]
    plain = _read(cases, system)
    figures, slips = [], []
    ungrounded = 0
    for name, change in PERTURBATIONS.items():
        changed = _read([_changed(c, change(c.text, crc32(c.name.encode()))) for c in cases], system)
        found = [stability(one, other) for (_, one), (_, other) in zip(plain, changed, strict=True)]
        figures.append(_figure(f"{name}: claims unchanged", found))
        ungrounded += _ungrounded(changed)
        slips += [slip for case, one in zip(cases, found, strict=True) for slip in _slips(case.name, name, one)]
    figures.append(Figure("ungrounded", float(ungrounded), len(cases) * len(PERTURBATIONS), count=True))
    pairs = [swapped(one, other) for one, other in joined]
    there = _read([first for first, _ in pairs], system)
    back = _read([second for _, second in pairs], system)
    found = [stability(one, other) for (_, one), (_, other) in zip(there, back, strict=True)]
    figures.append(_figure("paragraphs in another order: claims unchanged", found))
    slips += [s for (c, _), one in zip(pairs, found, strict=True) for s in _slips(c.name, "order of paragraphs", one)]
    return Outcome(tuple(figures), tuple(slips))


def _read(cases: Sequence[Case], system: System) -> list[tuple[Document, list[Claim]]]:
    return system.extract([GoldText(c.text, c.file, c.published) for c in cases])


def _changed(case: Case, text: str) -> Case:
    return Case(case.name, text, case.file, case.published, (), ())


def drawn(root: Path) -> tuple[list[Case], list[tuple[Case, Case]]]:
    """The golden cases that `robustness.yml` lists: those to read in every way, and pairs to join in either order.

    EvaluationError for a case that is there no more.
    """
    known = {case.name: case for case in load_micro_cases(root / "golden")}
    listed = yaml.safe_load((root / _LIST).read_text(encoding="utf-8"))
    try:
        short = [known[name] for name in listed["short"]]
        return short, [(known[one], known[other]) for one, other in listed["pairs"]]
    except KeyError as gone:
        raise EvaluationError(f"{_LIST} lists {gone}, which is no golden case.", "Take it off the list.") from gone


def swapped(one: Case, other: Case) -> tuple[Case, Case]:
    """Two texts as two paragraphs, in either order."""
    name = f"{one.name} and {other.name}"
    first, second = f"{one.text}\n\n{other.text}", f"{other.text}\n\n{one.text}"
    return Case(name, first, "pair.txt", one.published, (), ()), Case(name, second, "pair.txt", one.published, (), ())


def _ungrounded(read: Sequence[tuple[Document, list[Claim]]]) -> int:
    return sum(
        p.quote != document.text[p.start : p.end] for document, claims in read for c in claims for p in c.passages
    )


def _figure(name: str, found: Sequence[Stability]) -> Figure:
    same = sum(s.same for s in found)
    every = sum(s.same + len(s.lost) + len(s.new) for s in found)
    return Figure(name, same / every if every else 1.0, every)


def _slips(where: str, cause: str, found: Stability) -> Iterator[Slip]:
    for kind, claims in (("missed", found.lost), ("false", found.new)):
        yield from (Slip(where, kind, " ".join(c), cause) for c in claims)


MEASURE = Measure(
    name="robustness",
    ability="Robustness: the same claims however a report is written",
    root="own",
    data=("golden", _LIST),
    source="own golden cases and sample reports, written in other ways",
    run=_measure,
)
