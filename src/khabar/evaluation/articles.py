"""Claims on whole articles: the measure over long analytical texts, every claim of which was annotated by hand.

Invariant: a figure is that of `articles_score`; here it only gets its name, its size and its slips.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from khabar.evaluation.articles_fit import meets
from khabar.evaluation.articles_gold import ArticleGold, Row, contains, load_articles
from khabar.evaluation.articles_score import ArticleScore, Match, score_claims
from khabar.evaluation.model import Figure, Measure, Outcome, Slip
from khabar.evaluation.system import GoldText, System
from khabar.records import Claim, EventBody, Presence, Relation, Statement

__all__ = ["MEASURE", "articles_outcome", "measure_articles"]

_GOLD, _TEXTS = "eval/gold_004.json", "seeds"
_NAMES = {"event": "firm events", "relation": "relations", "presence": "presence", "statement": "statements"}
_SLOTS = {
    "date": "event date right",
    "country": "event country right",
    "place": "event place right",
    "killed": "event killed right",
    "killed where stated": "event killed right, where stated",
    "injured": "event injured right",
    "injured where stated": "event injured right, where stated",
    "status": "presence status right",
    "speaker": "statement speaker right",
    "quantity": "estimate quantity right",
}


def measure_articles(root: Path, system: System) -> Outcome:
    """F1 of each kind of claim over the annotated articles, and the values of what was found."""
    gold = load_articles(root / _GOLD, root / _TEXTS)
    answers = system.extract([GoldText(text, file) for file, text in gold.texts.items()])
    claims = {file: found for file, (_, found) in zip(gold.texts, answers, strict=True)}
    return articles_outcome(gold, claims, score_claims(gold, claims))


def articles_outcome(gold: ArticleGold, claims: dict[str, list[Claim]], score: ArticleScore) -> Outcome:
    """The figures and slips of a score."""
    figures = [score.tallies[kind, "strict"].figure(f"{name} F1") for kind, name in _NAMES.items()]
    figures.append(score.attributions.figure("event attribution F1"))
    figures += [share.figure(_SLOTS[name]) for name, share in score.slots.items()]
    figures.append(score.aggregates.figure("totals told from incidents"))
    made = sum(len(found) for found in claims.values())
    figures.append(Figure("claim F1, mean of kinds", score.claim_f1, sum(f.size for f in figures[: len(_NAMES)])))
    figures.append(Figure("ungrounded claims", len(score.ungrounded), made, count=True))
    slips = (*_missed(score, claims), *_wrong(score), *_false(gold, score))
    return Outcome(tuple(figures), slips)


# ------------------------------------------------------------------ what went wrong


def _missed(score: ArticleScore, claims: dict[str, list[Claim]]) -> Iterator[Slip]:
    for row in score.missed:
        near = [c for c in claims[row.file] if c.kind == row.kind and meets(row, c)]
        cause = _otherwise(row, near) if near else f"no {row.kind} claim there"
        found = "; ".join(_words(c) for c in near)
        yield Slip(row.file, "missed", _NAMES[row.kind], cause, _row_words(row), found, _one_line(row.quote))


def _otherwise(row: Row, near: list[Claim]) -> str:
    """Why claims that touch a row are not it."""
    bodies = [c.body for c in near]
    if row.kind == "presence":
        places = [b.place for b in bodies if isinstance(b, Presence)]
        if not any(contains(p.text, row.fields["place"]) or contains(p.name, row.fields["place"]) for p in places):
            return "another place"
        return "another actor or status"
    accepted = row.accepted(
        "kind" if row.kind == "statement" else "type",
        "acceptable_kinds" if row.kind == "statement" else "acceptable_types",
    )
    types = {b.type if isinstance(b, EventBody | Relation) else b.kind for b in bodies if not isinstance(b, Presence)}
    if types.isdisjoint(accepted):
        return "another type"
    return "the other end or polarity differs" if row.kind == "relation" else "the claim is paired with another row"


def _wrong(score: ArticleScore) -> Iterator[Slip]:
    for match in score.matches:
        if match.verdict == "wrong":
            yield _slip(match, "wrong", "total told as incident" if match.fit.strict else "another type or status")


def _slip(match: Match, kind: str, cause: str) -> Slip:
    row, claim = match.row, match.claim
    return Slip(
        row.file, kind, _NAMES[row.kind], cause, _row_words(row), _words(claim), _one_line(claim.passages[0].quote)
    )


def _false(gold: ArticleGold, score: ArticleScore) -> Iterator[Slip]:
    for file, claim in score.unpaired:
        rows = [r for r in gold.rows[claim.kind] if r.file == file and meets(r, claim)]
        cause = "taken already, or disagrees with the gold" if rows else f"no {claim.kind} there"
        quote = _one_line(claim.passages[0].quote)
        yield Slip(file, "false", _NAMES[claim.kind], cause, "; ".join(map(_row_words, rows)), _words(claim), quote)
    for file, claim in score.ungrounded:
        quote = _one_line(claim.passages[0].quote)
        yield Slip(
            file, "false", _NAMES[claim.kind], "the quote is not in the text", found=_words(claim), sentence=quote
        )


def _row_words(row: Row) -> str:
    fields = row.fields
    if row.kind == "relation":
        return f"{fields['subject']} {fields['type']} {fields['object']} ({fields['polarity']})"
    if row.kind == "presence":
        return f"{fields['actor']} {fields['status']} in {fields['place']}"
    return f"{fields['kind']} by {fields['speaker']}" if row.kind == "statement" else str(fields["type"])


def _words(claim: Claim) -> str:
    body = claim.body
    if isinstance(body, Relation):
        return f"{body.subject.name} {body.type} {body.object.name} ({claim.stance}, {claim.modality})"
    if isinstance(body, Presence):
        return f"{body.actor.name} {body.status} in {body.place.name}"
    speaker = claim.speaker.name if claim.speaker else "the document"
    return f"{body.kind} by {speaker}" if isinstance(body, Statement) else body.type


def _one_line(quote: str) -> str:
    return " ".join(quote.split())


MEASURE = Measure(
    name="articles",
    ability="Claims on whole articles",
    root="shared",
    data=(_GOLD, _TEXTS),
    source="a seed article annotated by hand (eval/gold_004.json), scored as its score_claims.py does",
    run=measure_articles,
)
