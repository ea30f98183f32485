"""Ties between actors on Dstl's relation data (re3d). Invariant: gold out of scope is counted, never scored.

The data mark what an intelligence analyst may ask for, over mentions. What a conflict codebook has of it, and how:

=================  ====================================================  =============================================
re3d               Khabar                                                in scope where
=================  ====================================================  =============================================
BelongsTo          member_of, part_of, leads, led, spokesperson_of,      two named actors
                   affiliated_with
InChargeOf         leads, led, founded, part_of (turned round)           a named actor over a named actor
InChargeOf         presence (present, claimed, hedged)                   a named organisation over a named place
IsSynonymOf        alias_of                                              two names; no office of a person
FightingAgainst    rival_of, killed, or an event: the one is said to     two named actors
                   have done it, the other is its target
AlliesOf           allied_with, funds                                    two named actors
=================  ====================================================  =============================================

Out are attributes (numbers, weapons, nationalities), whereabouts (CoLocated, Apart), talks (CommWith), likes and
dislikes; pairs with something that is no actor, or whose words name nobody ("we", "militants", "a few experts"); and
gold whose own confidence is below one half. The crowd that marked the data marked some pairs of a sentence and left
others; so precision is a lower bound, and is counted only over pairs of actors which the gold knows as entities.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from khabar.evaluation.model import Measure, Outcome, Slip
from khabar.evaluation.names import among, words_of
from khabar.evaluation.score import Tally
from khabar.evaluation.system import GoldText, System
from khabar.pairing import best_pairs
from khabar.records import Claim, EventBody, Presence, Relation

__all__ = ["FAMILIES", "MEASURE", "GoldTie", "Text", "Tie", "claimed_ties", "load_re3d", "score_text"]

FAMILIES: Mapping[str, frozenset[str]] = {
    "BelongsTo": frozenset({"member_of", "part_of", "leads", "led", "spokesperson_of", "affiliated_with"}),
    "InChargeOf": frozenset({"leads", "led", "founded", "part_of"}),
    "Controls": frozenset({"presence"}),
    "IsSynonymOf": frozenset({"alias_of"}),
    "FightingAgainst": frozenset({"rival_of", "killed", "event"}),
    "AlliesOf": frozenset({"allied_with", "funds"}),
}
# The family a claim of a type is counted under where the gold has no such pair.
_HOME = {
    "member_of": "BelongsTo", "part_of": "BelongsTo", "spokesperson_of": "BelongsTo", "affiliated_with": "BelongsTo",
    "leads": "InChargeOf", "led": "InChargeOf", "founded": "InChargeOf", "presence": "Controls",
    "alias_of": "IsSynonymOf", "rival_of": "FightingAgainst", "killed": "FightingAgainst",
    "event": "FightingAgainst", "allied_with": "AlliesOf", "funds": "AlliesOf",
}  # fmt: skip
_SYMMETRIC = frozenset({"IsSynonymOf", "FightingAgainst", "AlliesOf"})
_ACTORS = frozenset({"Person", "Organisation"})
_SURE = 0.5
_OFFICE = re.compile(
    r"\b(?:minister|president|secretary|commander|leader|representative|director|chief|envoy|ambassador|officer|"
    r"spokes(?:man|woman|person)|head|king|governor|adviser|advisor|chairman)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:of|for|to)\b|\A(?:the|a|an) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GoldTie:
    """A relation in scope: its type, the words of both sides, and the stretch of text that holds both."""

    type: str
    source: str
    target: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tie:
    """A claimed tie of a type: every name either side goes by, and the stretch of its evidence."""

    type: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """One document: its gold in scope, the names of its actors and places, and how many relations are out, by why."""

    id: str
    text: str
    ties: tuple[GoldTie, ...]
    names: frozenset[str]
    out: Mapping[str, int]


# ------------------------------------------------------------------ loading


def load_re3d(folder: Path) -> list[Text]:
    """The documents of every source below `folder`, sorted by source."""
    texts: list[Text] = []
    for source in sorted(p.parent for p in folder.glob("*/relations.json")):
        entities: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
        for row in _rows(source / "entities.json"):
            entities[row["documentId"]][row["begin"], row["end"]] = row["type"]
        relations: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in _rows(source / "relations.json"):
            relations[row["documentId"]].append(row)
        documents = _rows(source / "documents.json")
        texts += [_text(row, entities[row["_id"]], relations[row["_id"]]) for row in documents]
    return texts


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if line.strip():
            yield json.loads(line)


def _text(
    document: Mapping[str, Any], entities: Mapping[tuple[int, int], str], relations: Sequence[Mapping[str, Any]]
) -> Text:
    text = str(document["text"])
    ties: dict[tuple[object, ...], GoldTie] = {}
    out: Counter[str] = Counter()
    for row in relations:
        kinds = [entities.get((row[f"{side}Begin"], row[f"{side}End"]), "") for side in ("source", "target")]
        found = _in_scope(row, kinds)
        if not isinstance(found, GoldTie):
            out[found] += 1
            continue
        sides = sorted((found.source, found.target)) if found.type in _SYMMETRIC else [found.source, found.target]
        if (found.type, *sides, found.start, found.end) in ties:
            out["the same pair again"] += 1
        ties[found.type, *sides, found.start, found.end] = found
    names = {text[b:e] for (b, e), kind in entities.items() if kind in (*_ACTORS, "Location") and _named(text[b:e])}
    return Text(str(document["_id"]), text, tuple(ties.values()), frozenset(names), out)


def _in_scope(row: Mapping[str, Any], kinds: Sequence[str]) -> GoldTie | str:
    """The relation as gold, or why it is out."""
    kind, source, target = str(row["type"]), str(row["source"]), str(row["target"])
    control = kind == "InChargeOf" and kinds == ["Organisation", "Location"]
    if kind not in FAMILIES:
        return f"no type of a conflict codebook: {kind}"
    if row["confidence"] < _SURE:
        return "below half in the gold's own confidence"
    if not control and not set(kinds) <= _ACTORS:
        return "a side that is no actor"
    if not (_named(source) and _named(target)):
        return "a side that names nobody"
    if kind == "IsSynonymOf" and (_office(source) or _office(target)):
        return "an office of a person, no second name"
    begins, ends = (row["sourceBegin"], row["targetBegin"]), (row["sourceEnd"], row["targetEnd"])
    return GoldTie("Controls" if control else kind, source, target, min(begins), max(ends))


def _named(words: str) -> bool:
    """Whether the words hold a name: a capital behind the first word, or a first word that no sentence begins with."""
    if re.fullmatch(
        r"(?:we|i|you|they|he|she|it|who|our|their|his|her|its|my|this|that|these|those)", words, re.IGNORECASE
    ):
        return False
    bare = re.sub(r"\A(?:the|a|an|our|their|some|many|several|all)\s+", "", words.strip(), flags=re.IGNORECASE)
    return any(w.capital for w in words_of(bare))


def _office(words: str) -> bool:
    return _OFFICE.search(words) is not None and (_TITLED.search(words) is not None or len(words_of(words)) < 3)


# ------------------------------------------------------------------ answers


def claimed_ties(claims: Sequence[Claim]) -> Iterator[Tie]:
    """What claims say of pairs of actors, and of actors that hold places; denied and negated ones left out."""
    for claim in claims:
        if claim.modality == "negated" or claim.stance == "denied":
            continue
        start, end = min(p.start for p in claim.passages), max(p.end for p in claim.passages)
        body = claim.body
        if isinstance(body, Relation) and body.type in _HOME:
            one, other = (tuple({side.text, side.name}) for side in (body.subject, body.object))
            yield Tie(body.type, one, other, start, end)
        elif isinstance(body, Presence) and body.status in ("present", "claimed", "hedged"):
            yield Tie("presence", (body.actor.text, body.actor.name), (body.place.text, body.place.name), start, end)
        elif isinstance(body, EventBody):
            for attribution in body.attributions:
                for target in body.targets:
                    actor = attribution.actor
                    yield Tie("event", (actor.text, actor.name), (target.text,), start, end)


# ------------------------------------------------------------------ scoring


def score_text(text: Text, ties: Sequence[Tie], tallies: Mapping[str, Tally], untyped: Tally) -> Iterator[Slip]:
    """Pair claimed ties with gold one to one, count by family and without types, and give the slips."""
    known = [t for t in ties if _known(text, t.one) and _known(text, t.other)]
    pairs = best_pairs(text.ties, known, _likeness)
    hit, used = {g for g, _ in pairs}, {k for _, k in pairs}
    for g, k in pairs:
        untyped.add(right=1)
        gold, tie = text.ties[g], known[k]
        if tie.type in FAMILIES[gold.type]:
            tallies[gold.type].add(right=1)
        else:
            tallies[gold.type].add(missed=1)
            tallies[_HOME[tie.type]].add(wrong=1)
            yield _slip(text, gold, "wrong", "tied in another way", tie.type)
    for g, gold in enumerate(text.ties):
        if g not in hit:
            untyped.add(missed=1)
            tallies[gold.type].add(missed=1)
            yield _slip(text, gold, "missed", "no tie of the two")
    seen: set[tuple[object, ...]] = set()
    for k, tie in enumerate(known):
        again = (tie.type, tie.one, tie.other)
        if k in used or again in seen or any(_likeness(gold, tie) for gold in text.ties):
            continue
        seen.add(again)
        untyped.add(wrong=1)
        tallies[_HOME[tie.type]].add(wrong=1)
        said = f"{tie.one[0]} {tie.type} {tie.other[0]}"
        yield Slip(
            text.id, "false", _HOME[tie.type], "the gold ties them not", "", said, text.text[tie.start : tie.end]
        )


def _known(text: Text, names: Sequence[str]) -> bool:
    return any(_same(name, entity) for name in names for entity in text.names)


def _likeness(gold: GoldTie, tie: Tie) -> float:
    if tie.start >= gold.end or gold.start >= tie.end:
        return 0.0
    straight = _side(gold.source, tie.one) and _side(gold.target, tie.other)
    if not straight and not (_side(gold.source, tie.other) and _side(gold.target, tie.one)):
        return 0.0
    return 2.0 if tie.type in FAMILIES[gold.type] else 1.0


def _side(words: str, names: Sequence[str]) -> bool:
    return any(_same(words, name) for name in names)


def _same(one: str, other: str) -> bool:
    return among(one, other) or among(other, one)


def _slip(text: Text, gold: GoldTie, kind: str, cause: str, found: str = "") -> Slip:
    wanted = f"{gold.source} {gold.type} {gold.target}"
    return Slip(text.id, kind, gold.type, cause, wanted, found, text.text[max(0, gold.start - 40) : gold.end + 40])


def _re3d(root: Path, system: System) -> Outcome:
    texts = load_re3d(root / "data/re3d")
    answers = system.extract([GoldText(t.text, f"{t.id}.txt") for t in texts])
    tallies: dict[str, Tally] = {family: Tally() for family in FAMILIES}
    untyped, slips = Tally(), []
    for text, (_, claims) in zip(texts, answers, strict=True):
        slips += list(score_text(text, list(claimed_ties(claims)), tallies, untyped))
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally.right, tally.wrong, tally.missed)
    out = sum((Counter(t.out) for t in texts), Counter())
    inside = sum(len(t.ties) for t in texts)
    typed = whole.figure("typed ties: micro F1")
    note = f"{typed.note}; of {inside + sum(out.values())} relations {inside} are in scope"
    figures = [
        replace(typed, note=note),
        untyped.figure("untyped pairs: F1"),
        *(tally.figure(f"{family}: F1") for family, tally in tallies.items()),
    ]
    return Outcome(tuple(figures), tuple(slips))


MEASURE = Measure(
    "re3d",
    "Ties between actors in documents on Syria and Iraq",
    "shared",
    ("data/re3d",),
    "re3d (Dstl), 90 documents of six sources",
    _re3d,
)
