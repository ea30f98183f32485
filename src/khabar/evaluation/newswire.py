"""Incidents in short reports, and who is said to have done them. Invariant: an incident that is not found counts as
wrong in every field it has.

The gold is JSON lines, a report each: `id`, `text`, `published`, and its `incidents` with `cluster`, `main`, `type`,
`type_also`, `date_earliest`, `date_latest`, `places`, `country`, `killed`, `injured`, `attackers_killed` (each null, or
`low`, `best`, `high`, `bound`), `attributions` (`actor`, `status`) and `evidence`.

1. Claims of single events that happened or were attempted are compared; totals, plans and denials are not. The gold
   codes attacks: operations of a state's forces, arrests and protests are left aside where a report has incidents.
2. Incidents and claims of a report are paired one to one with the greatest likeness (`newswire_gold.likeness`). A claim
   left over that is like an incident tells more of it and is neutral; one that is like none is a false incident.
3. Type, date, place and tolls are read off the paired claim. A field has a case for each incident that has it in the
   gold or, wrongly, in the claim.
4. Attributions are pairs of actor and stance, each once, of the paired claim and of those that tell more of its
   incident; those of false incidents are false.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from khabar.codebook.load import load_codebook
from khabar.codebook.model import Codebook
from khabar.evaluation.model import Figure, Measure, Outcome, Slip
from khabar.evaluation.newswire_gold import (
    GoldAttribution,
    GoldIncident,
    GoldReport,
    date_right,
    likeness,
    load_reports,
    place_right,
    same_actor,
    same_count,
)
from khabar.evaluation.score import Share, Tally
from khabar.evaluation.system import GoldText, System
from khabar.pairing import best_pairs
from khabar.records import Attribution, Claim, Count, EventBody

__all__ = ["MEASURE", "OWN", "measure_digests", "measure_file", "measure_newswire", "score_reports"]

_HAPPENED = ("actual", "attempted")
_TOLLS = ("killed", "injured", "attackers_killed")
_SHARES = ("type", "date", "place", "killed", "killed best", "injured", "attackers killed")


@dataclass(slots=True)
class _Sums:
    """What is counted over reports; `fields` over all incidents, `main` over those a report is about."""

    incidents: Tally = field(default_factory=Tally)
    fields: dict[str, Share] = field(default_factory=lambda: {name: Share() for name in _SHARES})
    main: dict[str, Share] = field(default_factory=lambda: {name: Share() for name in _SHARES})
    attributions: Tally = field(default_factory=Tally)
    false: int = 0
    without: int = 0
    reports_without: int = 0
    slips: list[Slip] = field(default_factory=list)

    def judge(self, gold: GoldIncident, name: str, right: bool) -> None:
        """Count one field of one incident."""
        self.fields[name].add(right)
        if gold.main:
            self.main[name].add(right)


def measure_newswire(root: Path, system: System) -> Outcome:
    """Figures of the development digests in `root/data/newswire`."""
    return measure_file(root / _DATA, system)


def measure_digests(root: Path, system: System) -> Outcome:
    """Figures of our own digests, `root/digests.jsonl`."""
    return measure_file(root / _OWN, system)


def measure_file(path: Path, system: System) -> Outcome:
    """Figures of a file of digests; EvaluationError names a line that cannot be used."""
    reports = load_reports(path)
    answers = system.extract([GoldText(r.text, f"{r.name}.txt", r.published) for r in reports])
    book = load_codebook(system.settings.codebook) if system.settings.codebook else load_codebook()
    return score_reports(reports, [claims for _document, claims in answers], book)


def score_reports(reports: Sequence[GoldReport], answers: Sequence[Sequence[Claim]], book: Codebook) -> Outcome:
    """Figures and slips of the claims of each report, as the module says."""
    sums = _Sums()
    for report, claims in zip(reports, answers, strict=True):
        _score(report, claims, book, sums)
    return Outcome(_figures(sums), tuple(sums.slips))


def _score(report: GoldReport, claims: Sequence[Claim], book: Codebook, sums: _Sums) -> None:
    events = [c for c in claims if isinstance(c.body, EventBody) and c.modality in _HAPPENED]
    events = [c for c in events if isinstance(c.body, EventBody) and c.body.aggregate is None]
    if not report.incidents:
        sums.reports_without += 1
        sums.without += len(events)
        sums.slips += [_slip(report, c, "false", "an incident in a report that has none") for c in events]
        return
    pairs = best_pairs(report.incidents, events, likeness)
    paired = dict(pairs)
    further: dict[int, list[Claim]] = {gold: [] for gold in paired}
    taken = set(paired.values())
    for k, claim in enumerate(events):
        if k in taken:
            continue
        best = max(paired, key=lambda g: likeness(report.incidents[g], claim), default=None)
        if best is not None and likeness(report.incidents[best], claim) > 0:
            further[best].append(claim)
        elif _attack(claim, book):
            sums.false += 1
            sums.incidents.add(wrong=1)
            sums.attributions.add(wrong=len(_stated([claim])))
            sums.slips.append(_slip(report, claim, "false", "an incident that the report does not tell"))
    for number, gold in enumerate(report.incidents):
        if number in paired:
            sums.incidents.add(right=1)
            _fields(report, gold, events[paired[number]], sums)
            _attributions(report, gold, [events[paired[number]], *further[number]], sums)
        else:
            _unfound(report, gold, sums)


def _attack(claim: Claim, book: Codebook) -> bool:
    """False for events that the gold leaves aside: operations of a state's forces, arrests, protests."""
    kind = book.events.get(claim.body.type) if isinstance(claim.body, EventBody) else None
    return kind is None or (kind.violent and not kind.state_action)


def _unfound(report: GoldReport, gold: GoldIncident, sums: _Sums) -> None:
    sums.incidents.add(missed=1)
    for name in ("type", "date", "place"):
        sums.judge(gold, name, False)
    for name in _TOLLS:
        if getattr(gold, name) is not None:
            sums.judge(gold, name.replace("_", " "), False)
            if name == "killed":
                sums.judge(gold, "killed best", False)
    sums.attributions.add(missed=len(gold.attributions))
    quote = report.text[slice(*gold.evidence)]
    place = f"{report.name} {gold.name}"
    sums.slips.append(Slip(place, "missed", "incident", "an incident is not found", sentence=quote))


def _fields(report: GoldReport, gold: GoldIncident, claim: Claim, sums: _Sums) -> None:
    body = claim.body
    if not isinstance(body, EventBody):
        return
    said = f"{claim.when.earliest} to {claim.when.latest}"
    told = {
        "type": (body.type in gold.types, " or ".join(sorted(gold.types)), body.type),
        "date": (date_right(gold, claim), f"{gold.earliest} to {gold.latest}", said),
        "place": (place_right(gold, body), ", ".join(gold.places), ", ".join(p.text for p in body.places)),
    }
    for name in _TOLLS:
        wanted, got = getattr(gold, name), getattr(body, name)
        if wanted is not None or not same_count(None, got):
            told[name.replace("_", " ")] = (same_count(wanted, got), str(wanted), str(_triple(got)))
            if name == "killed":
                best = got is not None and wanted is not None and got.best == wanted[1]
                sums.judge(gold, "killed best", best)
    for name, (right, wanted, found) in told.items():
        sums.judge(gold, name, right)
        if not right:
            place = f"{report.name} {gold.name}"
            quote = claim.passages[0].quote
            sums.slips.append(Slip(place, "wrong", name, f"the {name} is not as coded", wanted, found, quote))


def _triple(count: Count | None) -> tuple[int | None, int | None, int | None] | None:
    return None if count is None else (count.low, count.best, count.high)


def _stated(claims: Sequence[Claim]) -> list[Attribution]:
    """The attributions of claims, each actor once with each stance."""
    found: dict[tuple[str, str], Attribution] = {}
    for claim in claims:
        if isinstance(claim.body, EventBody):
            for said in claim.body.attributions:
                found.setdefault((said.actor.id or said.actor.name, said.stance), said)
    return list(found.values())


def _attributions(report: GoldReport, gold: GoldIncident, claims: Sequence[Claim], sums: _Sums) -> None:
    stated = _stated(claims)
    pairs = best_pairs(gold.attributions, stated, _agree)
    sums.attributions.add(len(pairs), len(stated) - len(pairs), len(gold.attributions) - len(pairs))
    place, quote = f"{report.name} {gold.name}", claims[0].passages[0].quote
    met, used = {g for g, _s in pairs}, {s for _g, s in pairs}
    for number, wanted in enumerate(gold.attributions):
        if number not in met:
            words = f"{wanted.actor} {wanted.stance}"
            others = ", ".join(f"{s.actor.name} {s.stance}" for s in stated)
            cause = "who did it has another stance" if _named(wanted, stated) else "who did it is not found"
            sums.slips.append(Slip(place, "missed", "attribution", cause, words, others, quote))
    for number, said in enumerate(stated):
        if number not in used:
            words = f"{said.actor.name} {said.stance}"
            sums.slips.append(Slip(place, "false", "attribution", "who did it is not so told", "", words, quote))


def _agree(gold: GoldAttribution, said: Attribution) -> float:
    return 1.0 if gold.stance == said.stance and same_actor(gold.actor, said.actor) else 0.0


def _named(gold: GoldAttribution, stated: Sequence[Attribution]) -> bool:
    return any(same_actor(gold.actor, said.actor) for said in stated)


def _slip(report: GoldReport, claim: Claim, kind: str, cause: str) -> Slip:
    what = claim.body.type if isinstance(claim.body, EventBody) else claim.kind
    return Slip(report.name, kind, what, cause, found=what, sentence=claim.passages[0].quote)


def _figures(sums: _Sums) -> tuple[Figure, ...]:
    shares = []
    for name in _SHARES:
        about = sums.main[name]
        shares.append(sums.fields[name].figure(name, f"main incidents {about.value:.2f} of {about.of}"))
    size = round(sums.incidents.right + sums.incidents.missed)
    return (
        sums.incidents.figure("incidents"),
        *shares,
        sums.attributions.figure("attributions"),
        Figure("false incidents", sums.false, size, "in reports with incidents", count=True),
        Figure("incidents where there are none", sums.without, sums.reports_without, "reports without", count=True),
    )


_DATA = "data/newswire/dev.jsonl"
_OWN = "digests.jsonl"

MEASURE = Measure(
    name="newswire",
    ability="Incidents in short reports",
    root="shared",
    data=(_DATA,),
    source="digests of news reports in a coder's own words, with incidents coded by hand",
    run=measure_newswire,
)

OWN = Measure(
    name="digests",
    ability="Incidents in short reports: our own digests",
    root="own",
    data=(_OWN,),
    source="digests written for this project of attacks of public record, facts from memory and some simplified",
    run=measure_digests,
)
