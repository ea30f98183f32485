"""Casualty figures against sentences of our own, through the whole extraction. Invariant: a slot is right only if all
bounds of all its values are, and "not said" is not zero.

The sentences (`eval/casualties.yml`, whose head gives the convention of the bounds) are grouped by phenomenon. What a
text says of a slot is the set of values that its event claims give, those that become incidents and totals of many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from khabar.errors import EvaluationError
from khabar.evaluation.model import Figure, Measure, Outcome, Slip
from khabar.evaluation.score import Share, phenomena_table
from khabar.evaluation.system import GoldText, System
from khabar.records import Claim, Count, EventBody

__all__ = ["MEASURE", "CasualtyCase", "load_cases", "score_case_claims", "score_cases"]

CASUALTIES = "casualties.yml"
ALWAYS = ("killed", "injured")
WHERE_GIVEN = ("attackers_killed", "abducted", "arrested")
HAPPENED = ("actual", "attempted", "foiled")

Bounds = tuple[int | None, int | None, int | None]
Values = frozenset[Bounds]


@dataclass(frozen=True, slots=True)
class CasualtyCase:
    """A text with what it says of each slot: any one of several sets of bounds; an empty set says nothing.

    `incident` is false for a text that tells of no single incident; `cause` says why it is misread today.
    """

    phenomenon: str
    text: str
    slots: Mapping[str, tuple[Values, ...]] = field(default_factory=dict)
    incident: bool = True
    cause: str | None = None


def load_cases(path: Path) -> tuple[str, tuple[CasualtyCase, ...]]:
    """The day of publication of all texts and the cases of a file; EvaluationError where it cannot be used."""
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        cases = tuple(_case(str(group["phenomenon"]), row) for group in table["groups"] for row in group["cases"])
        published = str(table["published"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as problem:
        raise EvaluationError(f"{path} cannot be read as casualty cases: {problem!r}.", "See its head.") from problem
    texts = [case.text for case in cases]
    if twice := {text for text in texts if texts.count(text) > 1}:
        raise EvaluationError(f"{path} has a sentence twice: {min(twice)!r}.", "Leave one of the two.")
    return published, cases


def _case(phenomenon: str, row: Mapping[str, object]) -> CasualtyCase:
    unknown = row.keys() - {"text", "incident", "cause", *ALWAYS, *WHERE_GIVEN}
    if unknown:
        raise ValueError(f"unknown key {min(unknown)} beside {row['text']}")
    slots = {name: _either(row[name]) for name in ALWAYS}
    slots |= {name: _either(row[name]) for name in WHERE_GIVEN if name in row}
    cause = str(row["cause"]) if "cause" in row else None
    return CasualtyCase(phenomenon, str(row["text"]), slots, bool(row.get("incident", True)), cause)


def _either(written: object) -> tuple[Values, ...]:
    if isinstance(written, dict) and written.keys() == {"any"}:
        return tuple(_values(one) for one in written["any"])
    return (_values(written),)


def _values(written: object) -> Values:
    if written is None:
        return frozenset()
    if isinstance(written, dict) and written.keys() == {"all"}:
        return frozenset(bounds for one in written["all"] for bounds in _values(one))
    if isinstance(written, int):
        return frozenset({(written, written, written)})
    if isinstance(written, list):
        low, best, high = written
        return frozenset({(low, best, high)})
    raise ValueError(f"{written!r} is no number, no bounds, and neither `any` nor `all`")


def score_cases(cases: Sequence[CasualtyCase], answers: Sequence[Sequence[Claim]]) -> Outcome:
    """Shares of texts whose bounds are right: by slot over all texts, by slot where the text gives a number, in a table
    by phenomenon for killed and injured together; and the number of texts without incident in which one was found.
    """
    slots, given = defaultdict[str, Share](Share), defaultdict[str, Share](Share)
    phenomena, slips = defaultdict[str, Share](Share), list[Slip]()
    without = [c for c in cases if not c.incident]
    invented = 0
    for case, claims in zip(cases, answers, strict=True):
        wrong = {slip.what: slip for slip in score_case_claims(case, claims)}
        for name, either in case.slots.items():
            slots[name].add(name not in wrong)
            if all(either):
                given[name].add(name not in wrong)
        phenomena[case.phenomenon].add(not wrong.keys() & set(ALWAYS))
        invented += "incident" in wrong
        slips.extend(wrong.values())
    figures = [share.figure(name) for name, share in slots.items()]
    figures += [given[name].figure(f"{name}, where a number is given") for name in ALWAYS if name in given]
    figures.append(Figure("texts without incident where one is found", invented, len(without), count=True))
    return Outcome(tuple(figures), tuple(slips), (phenomena_table(phenomena),))


def score_case_claims(case: CasualtyCase, claims: Sequence[Claim]) -> Iterator[Slip]:
    """A slip for each slot of a case that its claims do not give right; `what` is the slot, or "incident"."""
    events = [(claim, claim.body) for claim in claims if isinstance(claim.body, EventBody)]
    events = [(claim, body) for claim, body in events if claim.modality in HAPPENED]
    for name, either in case.slots.items():
        counts = [getattr(body, name) for _claim, body in events]
        found = frozenset(_bounds(count) for count in counts if count is not None)
        if found not in either:
            kind, cause = _fault(either, found, anything=bool(events))
            yield Slip(
                case.phenomenon, kind, name, case.cause or cause, _either_text(either), _values_text(found), case.text
            )
    single = [body.type for _claim, body in events if body.aggregate is None]
    if single and not case.incident:
        told = case.cause or "an incident is found where none is told"
        yield Slip(case.phenomenon, "false", "incident", told, "-", ", ".join(single), case.text)


def _bounds(count: Count) -> Bounds:
    return count.low, count.best, count.high


def _fault(either: tuple[Values, ...], found: Values, *, anything: bool) -> tuple[str, str]:
    """The kind of a slip, and its cause in few phrases."""
    wanted = either[0] or either[-1]
    if not found:
        return "missed", "the number is not tied to the event" if anything else "the event is not found"
    if not any(either):
        return "false", "a number is taken for a toll"
    if len(found) != len(wanted):
        return "wrong", "values too many" if len(found) > len(wanted) else "values too few"
    same = {n for bounds in wanted for n in bounds if n is not None} & {n for b in found for n in b if n is not None}
    return "wrong", "the bounds are read otherwise" if same else "another number is taken"


def _either_text(either: tuple[Values, ...]) -> str:
    return " or ".join(_values_text(values) for values in either)


def _values_text(values: Values) -> str:
    return " and ".join(sorted(_bounds_text(bounds) for bounds in values)) or "nothing"


def _bounds_text(bounds: Bounds) -> str:
    written = ["-" if n is None else str(n) for n in bounds]
    return written[0] if len(set(bounds)) == 1 else "/".join(written)


def _run(root: Path, system: System) -> Outcome:
    published, cases = load_cases(root / CASUALTIES)
    texts = [GoldText(case.text, f"casualties-{n}.txt", published) for n, case in enumerate(cases, 1)]
    return score_cases(cases, [claims for _document, claims in system.extract(texts)])


MEASURE = Measure(
    name="casualties",
    ability="Casualties: bounds of killed and injured",
    root="own",
    data=(CASUALTIES,),
    source="own sentences",
    run=_run,
)
