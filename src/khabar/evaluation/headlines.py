"""Do headlines of one event meet? Invariant: a headline gives what it says and the day it was printed, nothing else.

A row of the Georeferenced Event Dataset (Sundberg and Melander 2013) may list several reports with headline and day:
they tell of one event, and those of other rows of other events.

1. Each headline is read as a report of its own, published on its day; its claim is the first that tells an incident.
   Place, toll or target are not filled in from the row. A headline without such a claim abstains, and is reported as
   not covered.
2. All are resolved together. The labelled pairs are every two headlines of one row, which should meet, and the near
   misses, which should not: headlines of different rows of one province with at most three days between. B³ looks at
   the whole clusters.
3. Left out are headlines that stand word for word under several rows, and reports of more than a week after the event,
   which mostly look back on many. Of each row the first four are taken, so that one event of fifteen headlines does not
   outweigh fifty of two.

How far this can go is bounded by the gold: a headline that sums up a day of attacks stands under one of them, and two
rows of one day and province may be one incident to a reporter. Mistakes are shown for events of odd months alone; the
even ones have figures of their own, for nobody should look at them.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khabar.errors import EvaluationError
from khabar.evaluation.cluster_score import b_cubed
from khabar.evaluation.model import Figure, Measure, Outcome, Slip
from khabar.evaluation.resolved import Resolved, resolve_texts
from khabar.evaluation.score import Share, Tally
from khabar.evaluation.system import GoldText, System
from khabar.records import Claim, EventBody
from khabar.resolution.mentions import makes_incident

__all__ = ["MEASURE", "Headline", "read_headlines", "score_headlines"]

_DATA = "data/ged/ged_pakistan_1989_2014.csv"
_WEEK = 7  # days after the event up to which a report tells of it alone
_NEAR = 3  # days between two events of a province that may be confused
_MOST = 4  # headlines of one row
_FEWEST = 4  # words below which a headline says nothing ("Updating toll")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline with its day, and the row it stands under: its id, day and first-order unit."""

    text: str
    day: str
    row: str
    happened: str
    province: str


def read_headlines(path: Path) -> list[Headline]:
    """The headlines of rows that list their reports, each text once; EvaluationError where the file is no GED file."""
    found: list[Headline] = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            try:
                if row["id"] and row["source_headline"]:
                    found += _listed(row)
            except KeyError as problem:
                raise EvaluationError(f"{path.name} has no column {problem}.", "Give a GED file.") from problem
    rows = defaultdict[str, set[str]](set)
    for headline in found:
        rows[headline.text].add(headline.row)
    once = {h.text: h for h in reversed(found) if len(rows[h.text]) == 1}
    taken = Counter[str]()
    chosen = []
    for headline in sorted(once.values(), key=found.index):
        taken[headline.row] += 1
        if taken[headline.row] <= _MOST:
            chosen.append(headline)
    return chosen


def _listed(row: Mapping[str, str]) -> Iterator[Headline]:
    """Headlines and days are parted by semicolons; a row whose two lists differ in length tells no days."""
    texts, days = row["source_headline"].split(";"), row["source_date"].split(";")
    happened = row["date_end"][:10]
    if len(texts) != len(days):
        return
    for text, day in zip((t.strip() for t in texts), (d.strip() for d in days), strict=True):
        lag = _days_between(happened, day)
        if lag is not None and -1 <= lag <= _WEEK and len(text.split()) >= _FEWEST:
            yield Headline(text, day, row["id"], row["date_start"][:10], row["adm_1"])


def _days_between(first: str, last: str) -> int | None:
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return None


def score_headlines(headlines: Sequence[Headline], resolved: Resolved) -> Outcome:
    """Labelled pairs, B³ and coverage, of the odd months and of the even ones; mistakes of the odd ones."""
    told: dict[int, Claim] = {}
    for number, (_document, claims) in enumerate(resolved.answers):
        claim = next((c for c in claims if makes_incident(c) and c.id in resolved.event_of), None)
        if claim is not None:
            told[number] = claim
    found = {n: resolved.event_of[claim.id] for n, claim in told.items()}
    figures: list[Figure] = []
    slips: list[Slip] = []
    for odd, name in ((True, ""), (False, ", months not looked at")):
        asked = [n for n, h in enumerate(headlines) if _odd(h) == odd]
        pairs = list(_labelled(headlines, [n for n in asked if n in told]))
        truth = {n: headlines[n].row for n in asked if n in told}
        figures += [
            _tallied(pairs, found).figure(f"pairs of headlines{name}"),
            b_cubed(truth, found).figure(f"B³ of headlines{name}"),
            _share(found[a] != found[b] for a, b, same in pairs if not same).figure(f"near misses kept apart{name}"),
            _share(n in told for n in asked).figure(f"headlines that tell an incident{name}"),
        ]
        if odd:
            wrong = [pair for pair in pairs if (found[pair[0]] == found[pair[1]]) != pair[2]]
            slips = [_slip(same, headlines[a], headlines[b], told[a], told[b]) for a, b, same in wrong]
    return Outcome(tuple(figures), tuple(slips))


def _odd(headline: Headline) -> bool:
    return int(headline.happened[5:7]) % 2 == 1


def _share(cases: Iterable[bool]) -> Share:
    share = Share()
    for case in cases:
        share.add(case)
    return share


def _tallied(pairs: Iterable[tuple[int, int, bool]], found: Mapping[int, str]) -> Tally:
    tally = Tally()
    for one, other, same in pairs:
        met = found[one] == found[other]
        tally.add(right=met and same, wrong=met and not same, missed=same and not met)
    return tally


def _labelled(headlines: Sequence[Headline], told: Iterable[int]) -> Iterator[tuple[int, int, bool]]:
    """Pairs of headlines of one row (True), and near misses: of different rows, one province, at most three days."""
    ordered = sorted(told, key=lambda n: (headlines[n].happened, n))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            gap = _days_between(headlines[one].happened, headlines[other].happened)
            if gap is None or gap > _NEAR:
                break
            if headlines[one].row == headlines[other].row or headlines[one].province == headlines[other].province:
                yield one, other, headlines[one].row == headlines[other].row


def _slip(same: bool, one: Headline, other: Headline, left: Claim, right: Claim) -> Slip:
    kind, expected, found = ("missed", "one event", "two") if same else ("false", "two events", "one")
    cause = f"{_cause(left, right)}, {'kept apart' if same else 'put together'}"
    what = f"{one.day} {one.text}"
    return Slip(f"{one.row} {other.row}", kind, what, cause, expected, found, f"{other.day} {other.text}")


def _cause(left: Claim, right: Claim) -> str:
    """In what two headlines of one event differ, the first that they do."""
    a, b = left.body, right.body
    if not (isinstance(a, EventBody) and isinstance(b, EventBody)):
        return "not both tell an event"
    if a.killed and b.killed and a.killed.best != b.killed.best:
        return "another toll"
    if not (a.killed and b.killed):
        return "no toll in one"
    if {p.id for p in a.places if p.precision != "country"} != {p.id for p in b.places if p.precision != "country"}:
        return "another place, or none in one"
    return "told alike" if a.type == b.type else "another kind of event"


def _run(root: Path, system: System) -> Outcome:
    headlines = read_headlines(root / _DATA)
    texts = [GoldText(h.text, f"headline-{n}.txt", h.day) for n, h in enumerate(headlines)]
    return score_headlines(headlines, resolve_texts(texts, system))


MEASURE = Measure(
    name="headlines",
    ability="One incident from many reports: headlines alone",
    root="shared",
    data=(_DATA,),
    source="headlines of reports listed by UCDP GED 22.1, Pakistan 1989–2014 (Sundberg and Melander 2013)",
    run=_run,
)
