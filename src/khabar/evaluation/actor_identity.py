"""Who is who across reports: our own cases. Invariant: a name is found by its words in a report, never by an id.

`eval/actors.yml` is a list of `cases`, each with `about` (the phenomenon), `reports` (letter to text and day), and what
a reader knows: `same` and `apart` (lists of names, each "LETTER the name"), `open` (names that stay nobody's), `ids`
(name to an actor of the dictionary), `decided` (what a person said of two names before), `persons` (names that are of
persons) and `told` (ties that a reader learns). It measures who is who, not what is read: a name that no claim names is
given to resolution as the dictionary finds it in its report, and so are the ties in `told`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from khabar.errors import RecordError
from khabar.evaluation.model import Measure, Outcome, Slip
from khabar.evaluation.score import Share, phenomena_table
from khabar.evaluation.system import GoldText, System
from khabar.exchange import claim_id
from khabar.reading.actors import ActorDictionary, actors_by_id
from khabar.records import (
    Actor,
    ActorRef,
    Claim,
    ClaimKind,
    Document,
    Extractor,
    Judgement,
    Passage,
    Relation,
    Statement,
)
from khabar.resolution.actors import identify
from khabar.resolution.model import Corpus, DocumentFacts
from khabar.resolution.references import references
from khabar.text import fold

__all__ = ["MEASURE", "ActorCase", "Answer", "answers_of", "read_cases", "score_cases"]

_DATA = "actors.yml"
_Read = Mapping[str, tuple[Document, Sequence[Claim]]]


@dataclass(frozen=True, slots=True)
class Report:
    """A short report of ours."""

    text: str
    published: str | None


@dataclass(frozen=True, slots=True)
class ActorCase:
    """Reports and what a reader of them knows; names are "LETTER words"."""

    about: str
    reports: Mapping[str, Report]
    same: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    open: tuple[str, ...] = ()
    ids: Mapping[str, str] | None = None
    decided: tuple[tuple[str, str, str], ...] = ()
    persons: tuple[str, ...] = ()
    told: tuple[tuple[str, str, str], ...] = ()

    def names(self) -> list[str]:
        """Every name the case asks about, sorted."""
        told = (name for _, *ends in self.told for name in ends)
        return sorted({*self.open, *(self.ids or {}), *told, *(n for g in (*self.same, *self.apart) for n in g)})


@dataclass(frozen=True, slots=True)
class Answer:
    """Who each name of a case is found to be, the names that claims name, and those that are listed as unsure."""

    actor_of: Mapping[str, str]
    read: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


def read_cases(path: Path) -> list[ActorCase]:
    """The cases of the file; RecordError names the case that is wrong."""
    cases = []
    for number, row in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["cases"], 1):
        try:
            cases.append(_case(row))
        except (KeyError, ValueError) as problem:
            raise RecordError(f"{path.name}: case {number} is wrong ({problem}).", "Mend it.") from problem
    return cases


def _case(row: Mapping[str, Any]) -> ActorCase:
    reports = {k: Report(" ".join(r["text"].split()), str(r["published"])) for k, r in row["reports"].items()}
    case = ActorCase(
        about=row["about"],
        reports=reports,
        same=tuple(tuple(group) for group in row.get("same", ())),
        apart=tuple(tuple(group) for group in row.get("apart", ())),
        open=tuple(row.get("open", ())),
        ids=row.get("ids", {}),
        decided=tuple((verdict, left, right) for verdict, left, right in row.get("decided", ())),
        persons=tuple(row.get("persons", ())),
        told=tuple((type_, left, right) for type_, left, right in row.get("told", ())),
    )
    for name in case.names():
        letter, _, words = name.partition(" ")
        if words not in reports[letter].text:
            raise ValueError(f"{words!r} does not stand in report {letter}")
    return case


def answers_of(case: ActorCase, read: _Read, known: Mapping[str, Actor]) -> Answer:
    """What resolution makes of the claims of a case's reports; `read` gives document and claims by letter."""
    claims = [claim for _, found in read.values() for claim in found]
    named = {name: at for name in case.names() if (at := _named(name, read)) is not None}
    by_hand: dict[str, tuple[str, str]] = {}
    for name in case.names():
        if name not in named:
            ref = _reference(name, case, known)
            claims.append(_claim(name, read, Statement("assessment", (ref,))))
            by_hand[name] = claims[-1].id, "about:0"
    for type_, left, right in case.told:
        claims.append(_claim(left, read, Relation(type_, *(_reference(n, case, known) for n in (left, right)))))
    facts = {d.id: DocumentFacts(d.id, d.file, published=d.published) for d, _ in read.values()}
    people = [Judgement(left, right, verdict, "a person", "2020") for verdict, left, right in case.decided]
    identities = identify(Corpus(claims, facts, known=known), people)
    found = {name: identities.actor_of[at] for name, at in {**named, **by_hand}.items() if at in identities.actor_of}
    doubted = {key for j in identities.judgements if j.verdict == "unsure" for key in (j.left, j.right)}
    unsure = {name for name in found if {found[name], name.partition(" ")[2]} & doubted}
    return Answer(found, frozenset(named), frozenset(unsure))


def _named(name: str, read: _Read) -> tuple[str, str] | None:
    """The claim and role that name an actor in these words; the words may be those of the speaker who calls it "it"."""
    letter, _, words = name.partition(" ")
    found: list[tuple[bool, str, str]] = []
    for claim in read[letter][1]:
        said = fold(claim.speaker.name) if claim.speaker else ""
        for role, ref in references(claim):
            text = said if ref.text.lower() in _PRONOUNS else fold(ref.text)
            if f" {fold(words)} " in f" {text} ":
                found.append((text != fold(words), claim.id, role))
    return min(found)[1:] if found else None


_PRONOUNS = ("it", "they", "he", "she")


def _reference(name: str, case: ActorCase, known: Mapping[str, Actor]) -> ActorRef:
    """A name as the dictionary finds it in its report, which may leave open whose it is."""
    letter, _, words = name.partition(" ")
    for mention in ActorDictionary.load().find(case.reports[letter].text):
        if mention.text == words and mention.id is not None:
            return ActorRef(words, known[mention.id].names[0].text, mention.id, mention.kind)
    return ActorRef(words, words, None, "person" if name in case.persons else "organization")


def _claim(name: str, read: _Read, body: Statement | Relation) -> Claim:
    document = read[name.partition(" ")[0]][0]
    quote = name.partition(" ")[2]
    start = document.text.index(quote)
    passage = Passage(document.id, start, start + len(quote), quote)
    kind: ClaimKind = "statement" if isinstance(body, Statement) else "relation"
    claim = Claim("", kind, (passage,), body, Extractor("hand", "1", "actors@1"))
    return replace(claim, id=claim_id(claim))


# ------------------------------------------------------------------ scoring


@dataclass(slots=True)
class _Score:
    read: Share
    same: Share
    apart: Share
    open: Share
    ids: Share
    whole: Share


def score_cases(cases: Sequence[ActorCase], answers: Sequence[Answer], known: Iterable[str]) -> Outcome:
    """Shares of what is right; how many of the names the claims name is told beside."""
    score = _Score(Share(), Share(), Share(), Share(), Share(), Share())
    listed = set(known)
    parts = defaultdict[str, Share](Share)
    slips: list[Slip] = []
    for number, (case, answer) in enumerate(zip(cases, answers, strict=True), 1):
        wrong = _score_one(case, answer, listed, score)
        slips += [_slip(number, case, *entry) for entry in wrong]
        score.whole.add(not wrong)
        parts[case.about].add(not wrong)
    figures = (
        score.read.figure("names read as actors"),
        score.same.figure("pairs of one actor joined"),
        score.apart.figure("pairs of two actors kept apart"),
        score.open.figure("open names left open"),
        score.ids.figure("ids of the dictionary"),
        score.whole.figure("cases wholly right"),
    )
    return Outcome(figures, tuple(slips), (phenomena_table(parts),))


_Wrong = tuple[str, str, str, str]  # kind, names, cause, what was found


def _score_one(case: ActorCase, answer: Answer, listed: set[str], score: _Score) -> list[_Wrong]:
    wrong: list[_Wrong] = []
    who = answer.actor_of
    for name in case.names():
        score.read.add(name in answer.read)
    for groups, share, cause in ((case.same, score.same, "not joined"), (case.apart, score.apart, "joined")):
        for one, other in (pair for group in groups for pair in combinations(group, 2)):
            if one in who and other in who:
                right = (who[one] == who[other]) == (share is score.same)
                share.add(right)
                if not right:
                    wrong.append(("wrong", f"{one} | {other}", cause, f"{who[one]} | {who[other]}"))
    wrong += _names_wrong(case, answer, listed, score)
    return wrong


def _names_wrong(case: ActorCase, answer: Answer, listed: set[str], score: _Score) -> Iterator[_Wrong]:
    """Names taken for somebody though they are open, or for another actor of the dictionary."""
    who = answer.actor_of
    for name in (n for n in case.open if n in who):
        others = {actor for other, actor in who.items() if other != name}
        fault = _not_open(who[name], others, listed) or ("" if name in answer.unsure else "no doubt is told")
        score.open.add(not fault)
        if fault:
            yield "wrong", name, fault, who[name]
    for name, id_ in (case.ids or {}).items():
        if name in who:
            score.ids.add(who[name] == id_)
            if who[name] != id_:
                yield "wrong", name, "another actor of the dictionary", who[name]


def _not_open(actor: str, others: set[str], listed: set[str]) -> str:
    if actor in listed:
        return "taken for one of several"
    return "joined" if actor in others else ""


def _slip(number: int, case: ActorCase, kind: str, names: str, cause: str, found: str) -> Slip:
    told = " / ".join(f"{letter}: {report.text}" for letter, report in case.reports.items())
    return Slip(f"case {number}", kind, names, f"{case.about}: {cause}", found=found, sentence=told)


def _run(root: Path, system: System) -> Outcome:
    cases = read_cases(root / _DATA)
    texts = [GoldText(r.text, letter, r.published) for case in cases for letter, r in case.reports.items()]
    read = iter(system.extract(texts))
    known = actors_by_id()
    answers = [answers_of(case, {letter: next(read) for letter in case.reports}, known) for case in cases]
    return score_cases(cases, answers, known)


MEASURE = Measure(
    name="actors",
    ability="Actors: who is who across reports, our own cases by phenomenon",
    root="own",
    data=(_DATA,),
    source="written for Khabar; public facts of well-known groups, and invented ones",
    run=_run,
)
