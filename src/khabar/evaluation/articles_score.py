"""Claims of whole articles against their gold: pairs, verdicts, counts. Invariant: a function of gold and claims.

1. A claim one of whose quotes is not its slice of the text, or is longer than 700 characters, is ungrounded: wrong.
2. Claims and rows of one kind in one document are paired one to one: most strict matches, then most blind ones, then
   the greatest likeness (`articles_fit`).
3. A doubtful row is never missed and a claim on it never right or wrong. The mentions of one incident in a document are
   found once; further ones are neutral. A total reported as one incident is wrong, reported as a total it is neutral.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from khabar.evaluation.articles_fit import (
    Fit,
    bounds,
    date_agrees,
    fit,
    quantity_agrees,
    speaker_agrees,
    toll,
)
from khabar.evaluation.articles_gold import ArticleGold, Row, contains, short
from khabar.evaluation.score import Share, Tally
from khabar.pairing import best_pairs
from khabar.records import CLAIM_KINDS, Claim, EventBody, Statement

__all__ = ["LEVELS", "ArticleScore", "Match", "grounded", "score_claims"]

LEVELS = ("strict", "blind")
MOST_EVIDENCE = 700  # characters of one passage; a whole document is no evidence
_PAIR, _STRICT = (
    1e7,
    1e10,
)  # one pair outweighs any likeness, one strict match any number of pairs (200 rows a document)
_SLOTS = ("date", "country", "place", "killed", "killed where stated", "injured", "injured where stated")


@dataclass(frozen=True, slots=True)
class Match:
    """A claim paired with a row, and whether it is right, wrong or neutral under strict comparison."""

    row: Row
    claim: Claim
    fit: Fit
    verdict: str


@dataclass(slots=True)
class ArticleScore:
    """All counts: tallies by kind and level, shares of right values over matched firm events, and what went wrong.

    `unpaired` claims met no row and are false, `missed` rows met no right claim.
    """

    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    slots: dict[str, Share] = field(default_factory=dict)
    attributions: Tally = field(default_factory=Tally)
    aggregates: Share = field(default_factory=Share)
    matches: list[Match] = field(default_factory=list)
    unpaired: list[tuple[str, Claim]] = field(default_factory=list)
    ungrounded: list[tuple[str, Claim]] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)

    @property
    def claim_f1(self) -> float:
        """Mean of the strict F1 of the kinds of which there is anything to find or found."""
        found = [t.f1 for (_, level), t in self.tallies.items() if level == "strict" and t.right + t.wrong + t.missed]
        return sum(found) / len(found) if found else 1.0


def score_claims(gold: ArticleGold, claims: Mapping[str, Sequence[Claim]]) -> ArticleScore:
    """The counts for claims by file name; files that the gold does not know are left out."""
    score = ArticleScore(slots={name: Share() for name in (*_SLOTS, "status", "speaker", "quantity")})
    for kind in CLAIM_KINDS:
        pairs, wrong = [], 0
        for file, text in gold.texts.items():
            own = [c for c in claims.get(file, ()) if c.kind == kind]
            good = [c for c in own if grounded(c, text)]
            score.ungrounded += [(file, c) for c in own if c not in good]
            made = _paired(gold, [r for r in gold.rows[kind] if r.file == file], good)
            paired = {claim.id for _, claim, _ in made}
            score.unpaired += [(file, c) for c in good if c.id not in paired]
            wrong += len(own) - len(made)
            pairs += made
        for level in LEVELS:
            matches = list(_judged(pairs, level))
            score.tallies[kind, level] = _tally(gold.rows[kind], matches, wrong)
            if level == "strict":
                score.matches += matches
                score.missed += _missed(gold.rows[kind], matches)
            elif kind == "presence":
                for match in matches:
                    if match.verdict == "right":
                        score.slots["status"].add(match.fit.strict)
    for match in score.matches:
        if match.verdict == "right":
            _add_slots(gold, match, score)
    _add_aggregates(gold, score)
    return score


def grounded(claim: Claim, text: str) -> bool:
    """Whether every passage quotes its slice of the text, and none is longer than evidence may be."""
    return all(
        0 <= p.start < p.end <= len(text) and p.end - p.start <= MOST_EVIDENCE and text[p.start : p.end] == p.quote
        for p in claim.passages
    )


def _paired(gold: ArticleGold, rows: Sequence[Row], claims: Sequence[Claim]) -> list[tuple[Row, Claim, Fit]]:
    fits = [[fit(gold, row, claim) for claim in claims] for row in rows]

    def weight(row: int, claim: int) -> float:
        found = fits[row][claim]
        return 0.0 if found is None else found.strict * _STRICT + _PAIR + round(1000 * found.likeness)

    pairs = best_pairs(range(len(rows)), range(len(claims)), weight)
    return [(rows[r], claims[c], found) for r, c in pairs if (found := fits[r][c]) is not None]


def _judged(pairs: Sequence[tuple[Row, Claim, Fit]], level: str) -> Iterator[Match]:
    """Verdicts at a level. Of several right mentions of one incident its primary one, else the first, is counted."""
    taken = set()
    for row, claim, found in sorted(pairs, key=lambda p: (not p[0].fields.get("primary"), p[0].start)):
        verdict = _verdict(row, claim, found.strict or level == "blind")
        if verdict == "right" and row.unit in taken:
            verdict = "neutral"
        elif verdict == "right":
            taken.add(row.unit)
        yield Match(row, claim, found, verdict)


def _verdict(row: Row, claim: Claim, agrees: bool) -> str:
    if row.kind != "event" and row.doubtful:
        return "neutral"
    if not agrees:
        return "wrong"
    if row.doubtful:
        return "neutral"
    if row.aggregate:
        return "neutral" if _aggregate(claim) else "wrong"
    return "right"


def _aggregate(claim: Claim) -> bool:
    return isinstance(claim.body, EventBody) and claim.body.aggregate is not None


def _due(row: Row) -> bool:
    """Whether a row must be found: it is not doubtful, and no total."""
    return not row.doubtful and not row.aggregate


def _tally(rows: Sequence[Row], matches: Sequence[Match], wrong: int) -> Tally:
    right = sum(m.verdict == "right" for m in matches)
    due = {row.unit for row in rows if _due(row)}
    return Tally(right, wrong + sum(m.verdict == "wrong" for m in matches), len(due) - right)


def _missed(rows: Sequence[Row], matches: Sequence[Match]) -> list[Row]:
    """Rows that must be found and are not, one for each incident."""
    found = {m.row.unit for m in matches if m.verdict == "right"}
    missed: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda r: (r.file, not r.fields.get("primary"), r.start)):
        if _due(row) and row.unit not in found:
            missed.setdefault(row.unit, row)
    return list(missed.values())


# ------------------------------------------------------------------ values of what was found


def _add_slots(gold: ArticleGold, match: Match, score: ArticleScore) -> None:
    row, claim = match.row, match.claim
    if isinstance(claim.body, EventBody):
        for name, right in _event_slots(row, claim, claim.body):
            score.slots[name].add(right)
        _add_attributions(gold, row, claim.body, score.attributions)
    if isinstance(claim.body, Statement):
        if not row.fields.get("doubtful_speaker"):
            score.slots["speaker"].add(speaker_agrees(gold, row, claim))
        if row.fields["kind"] == "estimate" and row.fields.get("value"):
            score.slots["quantity"].add(quantity_agrees(row, claim.body.quantity))


def _event_slots(row: Row, claim: Claim, body: EventBody) -> Iterator[tuple[str, bool]]:
    """Each value and whether it is right. Of places the gold's first and most specific one is wanted."""
    wanted = set(row.fields.get("countries") or ([row.fields["country"]] if row.fields["country"] else ()))
    yield "date", date_agrees(row, claim.when)
    yield "country", {p.country.upper() for p in body.places if p.country} == wanted
    if row.fields["places"]:
        first = row.fields["places"][0]
        yield "place", any(contains(p.text, first) or contains(p.name, first) for p in body.places)
    for name, count in (("killed", body.killed), ("injured", body.injured)):
        right = toll(count) == bounds(row, name)
        yield name, right
        if {toll(count), bounds(row, name)} != {(None, None)}:
            yield f"{name} where stated", right


def _add_attributions(gold: ArticleGold, row: Row, body: EventBody, tally: Tally) -> None:
    """Sets of (actor, stance); doubtful ones of the gold do not count, an unknown actor is itself."""
    stated = set()
    for made in body.attributions:
        ids = gold.actors(made.actor.name, made.actor.text)
        stated.add((min(ids) if ids else f"'{short(made.actor.name or made.actor.text)}'", made.stance))
    sure = {(a["actor"], a["status"]) for a in row.fields["attributions"] if not a.get("doubtful")}
    unsure = {(a["actor"], a["status"]) for a in row.fields["attributions"] if a.get("doubtful")}
    tally.add(right=len(stated & sure), wrong=len(stated - sure - unsure), missed=len(sure - stated))


def _add_aggregates(gold: ArticleGold, score: ArticleScore) -> None:
    """Totals of the gold that were reported as totals."""
    found = {m.row.id for m in score.matches if m.row.aggregate and m.fit.strict and _aggregate(m.claim)}
    for row in gold.rows["event"]:
        if row.aggregate and not row.doubtful:
            score.aggregates.add(row.id in found)
