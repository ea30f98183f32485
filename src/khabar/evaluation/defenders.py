"""Attacks on human-rights defenders, as a small questionnaire about each report. Invariant: a question is asked only
where the gold answers it, and counts as wrong where no event is found.

The gold (HRDsAttack, 2023) has for each report: whether a perpetrator is mentioned and of what type, types of
violation, names of victims, and year, month, day, city, region and country of the primary event. The claims answer:

* the **primary event** is, of those that happened to people (not a protest, not a total), the one of which most is
  said: when, where, by whom, to whom; of equals the first;
* **violations** are those of all such events: an arrest is a detention, an abduction or hostage-taking a kidnapping, an
  event with dead a killing. Torture, enforced disappearance and the gold's "other" (harassment, threats, dismissal) are
  no events of the codebook; a table has them;
* the perpetrator is a **state** if the first one held responsible is, or if the event is one that only states do;
* a **name** is found exactly if it is that of a target or of somebody killed, and overlaps if its last word stands in
  one. **Place and date** are exact in the primary event, and overlap if any event has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from khabar.codebook.load import load_codebook
from khabar.evaluation.defenders_gold import DefenderReport, load_defenders
from khabar.evaluation.model import Measure, Outcome, Slip, Table
from khabar.evaluation.score import Share, Tally
from khabar.evaluation.system import GoldText, System
from khabar.reading.actors import actors_by_id
from khabar.records import Claim, EventBody, Relation
from khabar.resolution.name_comparison import same_name
from khabar.text import fold

__all__ = ["MEASURE", "score_defenders"]

DATA = "data/hrdsattack/dev.json"

DETENTION, KIDNAPPING, KILLING = "arbitrary detention", "kidnapping", "killing"
HELD = (DETENTION, KIDNAPPING, KILLING)  # the violations that are events of the codebook
_TYPES = {"arrest": DETENTION, "abduction": KIDNAPPING, "hostage": KIDNAPPING}
_KILLINGS = frozenset(("assassination", "execution"))
_NO_VIOLENCE = frozenset(("protest", "riot", "seizure", "foiled_plot", "prison_break"))
_STATE = frozenset(("state actor", "other state actors"))
_NON_STATE = frozenset(("other non-state actors", "other actors without permissions"))
_HAPPENED = frozenset(("actual", "attempted"))


@dataclass(slots=True)
class _Sums:
    held: Tally = field(default_factory=Tally)
    shares: dict[str, Share] = field(default_factory=dict)
    violations: dict[str, Tally] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)

    def judge(self, name: str, right: bool) -> None:
        self.shares.setdefault(name, Share()).add(right)

    def table(self) -> Table:
        """Every violation: how often coders name it, and how often it is found."""
        rows = sorted(self.violations.items(), key=lambda row: (row[0] not in HELD, row[0]))
        cells = ((name, "yes" if name in HELD else "no", t.figure("").size, t.right, t.wrong) for name, t in rows)
        return Table(
            "Violations",
            ("violation", "in the codebook", "reports", "found", "false"),
            tuple(tuple(map(str, c)) for c in cells),
        )


def score_defenders(
    reports: Sequence[DefenderReport], answers: Sequence[Sequence[Claim]], of_states: frozenset[str]
) -> Outcome:
    """Figures and slips of the claims of each report; `of_states` are event types that only states do."""
    sums = _Sums()
    for report, claims in zip(reports, answers, strict=True):
        events = [c for c in claims if _of_violence(c)]
        primary = min(events, key=_told, default=None)
        _violations(report, events, sums)
        _perpetrator(report, primary, events, of_states, sums)
        _victims(report, claims, sums)
        _place(report, primary, events, sums)
        _date(report, primary, events, sums)
    figures = [sums.held.figure("violations that the codebook holds")]
    figures += [share.figure(name) for name, share in sums.shares.items()]
    return Outcome(tuple(figures), tuple(sums.slips), (sums.table(),))


def _of_violence(claim: Claim) -> bool:
    body = claim.body
    if not isinstance(body, EventBody) or claim.modality not in _HAPPENED or claim.stance == "denied":
        return False
    return body.aggregate is None and body.type not in _NO_VIOLENCE


def _told(claim: Claim) -> tuple[int, int, str]:
    """How much a claim leaves open of when, where, who and whom; then its place in the text."""
    body = claim.body
    said = (body.places, body.attributions, body.targets) if isinstance(body, EventBody) else ()
    dated = claim.when.earliest is not None and claim.when.latest is not None
    return -sum(map(bool, said)) - 2 * dated, claim.passages[0].start, claim.id


def _violations(report: DefenderReport, events: Sequence[Claim], sums: _Sums) -> None:
    found = frozenset(v for claim in events for v in _violation(claim))
    for name in sorted(report.violations | found):
        gold, said = name in report.violations, name in found
        for tally in (sums.violations.setdefault(name, Tally()), sums.held if name in HELD else Tally()):
            tally.add(right=gold and said, wrong=said and not gold, missed=gold and not said)
        if name in HELD and gold != said:
            cause = "a violation that is in no claim" if gold else "an event that the coders leave aside"
            sums.slips.append(Slip(report.id, "missed" if gold else "false", name, cause, sentence=report.text[:100]))


def _violation(claim: Claim) -> Iterable[str]:
    body = claim.body
    if not isinstance(body, EventBody):
        return
    if body.type in _TYPES:
        yield _TYPES[body.type]
    if body.arrested:
        yield DETENTION
    if body.abducted:
        yield KIDNAPPING
    dead = body.killed is not None and (body.killed.best or body.killed.low or 0) > 0
    if dead or body.type in _KILLINGS:
        yield KILLING


def _perpetrator(
    report: DefenderReport, primary: Claim | None, events: Sequence[Claim], of_states: frozenset[str], sums: _Sums
) -> None:
    first, kinds = _responsible([primary] if primary else []), _responsible(events)
    sums.judge("perpetrator mentioned or not", report.perpetrator == bool(kinds))
    if report.perpetrator_type not in _STATE | _NON_STATE:
        return
    if first:
        state: bool | None = first[0] in ("state", "agency")
    elif primary is not None and isinstance(primary.body, EventBody) and primary.body.type in of_states:
        state = True
    else:
        state = kinds[0] in ("state", "agency") if kinds else None
    sums.judge("a state's deed or not", state == (report.perpetrator_type in _STATE))
    if state is None:
        sums.slips.append(Slip(report.id, "missed", "perpetrator", "nobody is held responsible in the claims"))


def _responsible(events: Iterable[Claim]) -> list[str]:
    """The kinds of the actors held responsible."""
    return [a.actor.kind for c in events if isinstance(c.body, EventBody) for a in c.body.attributions]


def _victims(report: DefenderReport, claims: Sequence[Claim], sums: _Sums) -> None:
    said = [t.text for c in claims if isinstance(c.body, EventBody) for t in c.body.targets]
    said += [c.body.object.name for c in claims if isinstance(c.body, Relation) and c.body.type == "killed"]
    for victim in report.victims:
        last = fold(victim).split()[-1:]
        exact = any(same_name(victim, words, "person") or fold(victim) in fold(words) for words in said)
        overlap = exact or any(last and last[0] in fold(words).split() for words in said)
        sums.judge("named victims, exact", exact)
        sums.judge("named victims, overlap", overlap)
        if not overlap:
            quoted = " ".join(p.quote for c in claims if isinstance(c.body, EventBody) for p in c.passages)
            where = "in the evidence of a claim, not a target" if last and last[0] in fold(quoted) else "in no claim"
            sums.slips.append(Slip(report.id, "missed", victim, f"a victim {where}"))


def _place(report: DefenderReport, primary: Claim | None, events: Sequence[Claim], sums: _Sums) -> None:
    inside = _places([primary] if primary else [])
    anywhere = _places(events)
    for name, gold in (("city", report.city), ("region", report.region)):
        if gold is not None:
            sums.judge(f"{name}, exact", fold(gold) in inside)
            sums.judge(f"{name}, overlap", fold(gold) in anywhere)
            if fold(gold) not in anywhere:
                sums.slips.append(Slip(report.id, "missed", gold, f"the {name} is in no event"))
    code = _countries().get(fold(report.country or ""))
    if code is not None:
        sums.judge("country, exact", code in _codes([primary] if primary else []))
        sums.judge("country, overlap", code in _codes(events))


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """Country codes by the folded names of states."""
    states = (actor for actor in actors_by_id().values() if actor.kind == "state" and actor.country)
    return {fold(name.text): str(state.country) for state in states for name in state.names}


def _codes(events: Iterable[Claim]) -> set[str]:
    places = (place for claim in events if isinstance(claim.body, EventBody) for place in claim.body.places)
    return {place.country for place in places if place.country}


def _places(events: Iterable[Claim]) -> set[str]:
    found: set[str] = set()
    for claim in events:
        places = claim.body.places if isinstance(claim.body, EventBody) else ()
        for place in places:
            found |= {fold(words) for words in (place.text, place.name, place.admin1, place.admin2) if words}
    return found


def _date(report: DefenderReport, primary: Claim | None, events: Sequence[Claim], sums: _Sums) -> None:
    for name, gold in (("year", report.year), ("month", report.month), ("day", report.day)):
        if gold is None or (name != "year" and report.year is None):
            continue
        until = {"year": 1, "month": 2, "day": 3}[name]
        wanted = (report.year, report.month, report.day)[:until]
        if None in wanted:
            continue
        exact = primary is not None and _when(primary, until) == wanted
        sums.judge(f"{name}, exact", exact)
        sums.judge(f"{name}, overlap", any(_when(claim, until) == wanted for claim in events))


def _when(claim: Claim, until: int) -> tuple[int, ...] | None:
    """Year, month and day as far as both ends of the interval agree on them; None where they do not."""
    when = claim.when
    if when.earliest is None or when.latest is None:
        return None
    first, last = (tuple(map(int, day.split("-")[:until])) for day in (when.earliest, when.latest))
    return first if first == last else None


def _run(root: Path, system: System) -> Outcome:
    reports = load_defenders(root / DATA)
    answers = system.extract([GoldText(r.text, f"{r.id}.txt", r.published) for r in reports])
    book = load_codebook(system.settings.codebook) if system.settings.codebook else load_codebook()
    of_states = frozenset(type_.id for type_ in book.events.values() if type_.state_action)
    return score_defenders(reports, [claims for _document, claims in answers], of_states)


MEASURE = Measure(
    name="defenders",
    ability="Attacks on defenders: what a report says of the primary event",
    root="shared",
    data=(DATA,),
    source="HRDsAttack (MIT), press texts",
    run=_run,
)
