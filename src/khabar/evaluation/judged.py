"""Claims that coders' gold says are right or wrong, from every set that can tell. Invariant: a claim or value that a
set cannot judge is left out, never guessed.

Each source gives texts, and for the claims found in one of them the verdicts on the claim and its values. Reports are
coded completely in the news digests and in the analyst's article, so a claim that means nothing the coder wrote is
wrong there; golden cases and MUC-4 keys are selective and judge only what they speak of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from khabar.errors import EvaluationError
from khabar.evaluation.golden import Case, find_quote
from khabar.evaluation.golden_fields import difference
from khabar.evaluation.golden_load import load_micro_cases, load_reports
from khabar.evaluation.judged_events import Incident, Names, Verdicts, best_incident, event_verdicts, overlap
from khabar.evaluation.judged_muc4 import muc4_incidents
from khabar.evaluation.judged_ties import Row, tie_verdicts
from khabar.evaluation.muc4 import load_keys
from khabar.evaluation.system import GoldText
from khabar.records import Claim, EventBody
from khabar.samples import sample_folder

__all__ = ["ARTICLE", "MUC4", "NEWSWIRE", "Judged", "Source", "sources"]

NEWSWIRE, ARTICLE, MUC4 = "data/newswire/dev.jsonl", "eval/gold_004.json", "data/muc4/train.jsonl"
"""Paths below the folder of shared data."""

_MESSAGES = 140  # of MUC-4 with an incident: enough for its slots, and read in half a minute
_PART = 4000  # characters of an article that are set aside together when models are tried on other texts
_UNREAL = ("planned", "predicted", "hypothetical", "negated")
_SLOT = {"place": "place", "statement": "kind"}
_LISTED = {"attributions": "attribution"}

Judge = Callable[[Sequence[Claim]], list[Verdicts]]
"""Verdicts for each claim of a text, in order."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One text with its judge; `group` keeps what belongs together in one fold, unless `parted` by characters."""

    text: GoldText
    judge: Judge
    parted: bool = False

    def group(self, claim: Claim) -> str:
        """What is held back together when a model is tried."""
        return f"{self.text.file}#{claim.passages[0].start // _PART}" if self.parted else self.text.file


@dataclass(frozen=True, slots=True)
class Source:
    """A set of coded texts; `weight` is what one of its cases counts beside one of a report coded in full. A set
    that is not `natural` was written to be coded; models are fitted on it as well, but never tried on it.
    """

    name: str
    texts: tuple[Judged, ...]
    weight: float = 1.0
    natural: bool = True


def sources(own: Path, shared: Path | None) -> list[Source]:
    """Every source whose data are here, in a fixed order."""
    found = [Source("golden cases", tuple(_golden(own / "golden")), 0.3, natural=False)]
    if shared is not None:
        for name, path, load, weight in _SHARED:
            if (shared / path).exists():
                found.append(Source(name, tuple(load(shared / path)), weight))
    return found


# ------------------------------------------------------------------ news digests


def _newswire(path: Path) -> Iterator[Judged]:
    for row in _lines(path):
        incidents = [_digest_incident(i, row["text"]) for i in row["incidents"]]
        yield Judged(GoldText(row["text"], f"{row['id']}.txt", row["published"]), partial(_digest, incidents))


def _digest_incident(row: Mapping[str, Any], text: str) -> Incident:
    at = find_quote(text, row.get("evidence") or "")
    dated = row["date_earliest"] or row["date_latest"]
    return Incident(
        spans=(at,) if at else (),
        types=(row["type"], *row.get("type_also", ())),
        when=(row["date_earliest"], row["date_latest"]) if dated else None,
        places=tuple(row["places"]),
        tolls={name: _triple(row.get(name)) for name in ("killed", "injured", "attackers_killed")},
        attributions=tuple((_names(a["actor"]), (a["status"],)) for a in row["attributions"]),
    )


def _digest(incidents: Sequence[Incident], claims: Sequence[Claim]) -> list[Verdicts]:
    """Totals and what did not happen are not in this gold, nor are ties; they are not judged."""
    found: list[Verdicts] = []
    for claim in claims:
        body = claim.body
        if not isinstance(body, EventBody) or body.aggregate is not None or claim.modality in _UNREAL:
            found.append({})
            continue
        meant = best_incident(claim, incidents)
        found.append({"claim": False} if meant is None else event_verdicts(claim, meant))
    return found


def _names(name: str) -> Names:
    """The names of a coder's actor: the words before a bracket, and those in it."""
    before, _, inside = name.partition("(")
    return frozenset(n.strip(" )") for n in (before, inside) if n.strip(" )"))


def _triple(count: Mapping[str, Any] | None) -> tuple[int | None, int | None, int | None] | None:
    return (count["low"], count["best"], count["high"]) if count else None


# ------------------------------------------------------------------ whole articles


def _articles(path: Path) -> Iterator[Judged]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    names = {a["id"]: frozenset({a["canonical"], *a["aliases"]}) for a in gold["actors"]}
    for document in gold["documents"]:
        file = document["file"]
        text = (path.parent.parent / "seeds" / file).read_bytes().decode("utf-8")
        incidents = [_article_incident(r, names) for r in gold["incidents"] if r["doc"] == file]
        rows = {
            "relation": [_relation(r, names) for r in gold["relations"] if r["doc"] == file],
            "presence": [_presence(r, names) for r in gold["presence"] if r["doc"] == file],
            "statement": [_statement(r, names) for r in gold["statements"] if r["doc"] == file],
        }
        yield Judged(GoldText(text, file), partial(_article, incidents, rows), parted=True)


def _article(
    incidents: Sequence[Incident], rows: Mapping[str, Sequence[Row]], claims: Sequence[Claim]
) -> list[Verdicts]:
    found = []
    for claim in claims:
        if claim.kind == "event":
            meant = best_incident(claim, incidents)
            found.append({"claim": False} if meant is None else event_verdicts(claim, meant))
        else:
            found.append(tie_verdicts(claim, rows[claim.kind]))
    return found


def _article_incident(row: Mapping[str, Any], names: Mapping[str, Names]) -> Incident:
    return Incident(
        spans=((row["start"], row["end"]),),
        types=(row["type"], *row.get("acceptable_types", ())),
        when=(row["date_earliest"], row["date_latest"]),
        slack=31,
        places=tuple(row["places"]),
        tolls={name: _triple(row[name]) for name in ("killed", "injured")},
        attributions=tuple(
            (names.get(a["actor"], frozenset({a["actor"]})), (a["status"],)) for a in row["attributions"]
        ),
        total=bool(row["aggregate"]),
        doubtful=bool(row.get("doubtful")),
    )


def _relation(row: Mapping[str, Any], names: Mapping[str, Names]) -> Row:
    def known(side: str) -> Names:
        ids = (row[side], *row.get(f"acceptable_{side}s", ()))
        return frozenset(n for i in ids for n in names.get(i, ())) | {s for s in (row.get(f"{side}_surface"),) if s}

    types = (row["type"], *row.get("acceptable_types", ()))
    return Row((row["start"], row["end"]), types, known("subject"), known("object"), bool(row.get("doubtful")))


def _presence(row: Mapping[str, Any], names: Mapping[str, Names]) -> Row:
    statuses = (row["status"], *row.get("acceptable_status", ()))
    span, place = (row["start"], row["end"]), frozenset({row["place"]})
    return Row(span, statuses, names.get(row["actor"], frozenset()), place, bool(row.get("doubtful")))


def _statement(row: Mapping[str, Any], names: Mapping[str, Names]) -> Row:
    kinds = (row["kind"], *row.get("acceptable_kinds", ()))
    about = frozenset(n for actor in row["about"] for n in names.get(actor, ()))
    return Row((row["start"], row["end"]), kinds, about, doubtful=bool(row.get("doubtful")))


# ------------------------------------------------------------------ MUC-4


def _muc4(path: Path) -> Iterator[Judged]:
    told = [d for d in load_keys(path) if any(t.types for t in d.templates)]
    for document in told[:: max(1, len(told) // _MESSAGES)]:
        incidents = muc4_incidents(document)
        yield Judged(GoldText(document.text, f"{document.id}.txt"), partial(_message, incidents))


def _message(incidents: Sequence[Incident], claims: Sequence[Claim]) -> list[Verdicts]:
    """Only values of claims that mean a keyed incident: the key leaves out what is no terrorism of its kinds."""
    found: list[Verdicts] = []
    for claim in claims:
        body = claim.body
        meant = best_incident(claim, incidents) if isinstance(body, EventBody) and body.aggregate is None else None
        verdicts = event_verdicts(claim, meant) if meant is not None else {}
        verdicts.pop("claim", None)
        found.append(verdicts)
    return found


# ------------------------------------------------------------------ golden cases


def _golden(folder: Path) -> Iterator[Judged]:
    for case in (*load_reports(folder, sample_folder()), *load_micro_cases(folder)):
        yield Judged(GoldText(case.text, case.file, case.published), partial(_case, case))


def _case(case: Case, claims: Sequence[Claim]) -> list[Verdicts]:
    found: list[Verdicts] = [{} for _ in claims]
    for expected in case.claims:
        at = find_quote(case.text, expected["quote"])
        near = [i for i, c in enumerate(claims) if at and c.kind == expected["kind"] and _covers(c, at)]
        if near:
            told = {i: _told(expected, claims[i], claims) for i in near}
            best = max(near, key=lambda i: sum(told[i].values()) - len(told[i]))
            found[best] = told[best]
    for rule in case.forbidden:
        at = find_quote(case.text, rule["quote"])
        for i, claim in enumerate(claims):
            inside = at and all(2 * _shared(p.start, p.end, at) >= p.end - p.start for p in claim.passages)
            if inside and claim.kind == rule["kind"] and all(_told(rule, claim, [claim]).values()):
                found[i] = {"claim": False}
    return found


def _told(expected: Mapping[str, Any], claim: Claim, claims: Sequence[Claim]) -> Verdicts:
    """The verdicts of one expected claim; the claim is right if what it is about is."""
    found: Verdicts = {}
    for key, value in expected.items():
        if key in ("kind", "quote", "country"):  # by these a case is found, or they stand in the place as well
            continue
        right = difference(key, value, claim, claims) is None
        if key == "attributions" and isinstance(claim.body, EventBody):
            found.update({f"attribution:{i}": right for i in range(len(claim.body.attributions))})
        else:
            found[_SLOT.get(key, key)] = right
    found["claim"] = all(found.get(k, True) for k in ("type", "subject", "object", "actor", "place", "status", "kind"))
    return found


def _covers(claim: Claim, at: tuple[int, int]) -> bool:
    return any(overlap((p.start, p.end), at) >= 0.5 for p in claim.passages)


def _shared(start: int, end: int, at: tuple[int, int]) -> int:
    return max(0, min(end, at[1]) - max(start, at[0]))


# ------------------------------------------------------------------ files


_SHARED: tuple[tuple[str, str, Callable[[Path], Iterator[Judged]], float], ...] = (
    ("news digests", NEWSWIRE, _newswire, 1.0),
    ("analyst's article", ARTICLE, _articles, 1.0),
    ("MUC-4", MUC4, _muc4, 0.5),
)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield json.loads(line)
        except ValueError as problem:
            raise EvaluationError(f"line {number} of {path.name} is not JSON ({problem}).", "Mend the file.") from None
