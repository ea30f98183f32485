"""A large made-up base for `bench/pages.py`: reports of a few claims each, incidents by the truth of the generator.

Invariant: the same size and seed give the same base. Claims of incidents, what they disagree about and where their
reports come from are made by the rooms that make them in a run; only who is who and which claims are one incident is
not found out but known, since that would take most of an hour. Beside the generator's event claims stand ties, stances
and statements in the shares that the sample reports have (28, 4 and 8 in a hundred), and filling of made-up words whose
frequencies fall off as those of a language do, so that full-text search has as much to do as over real texts.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby, islice, pairwise
from pathlib import Path
from random import Random

from pages_copies import multiply
from resolve import SEED

from khabar.codebook.load import load_codebook
from khabar.evaluation.generated import Generated, generate
from khabar.evaluation.generated_events import ged_happenings, transposed
from khabar.evaluation.generated_places import Atlas
from khabar.evaluation.generated_reports import claim_at
from khabar.facts import document_facts, type_facts
from khabar.reading.gazetteer import open_gazetteer
from khabar.records import (
    Actor,
    ActorName,
    ActorRef,
    Claim,
    ClaimBody,
    Document,
    EventBody,
    Extractor,
    Judgement,
    Passage,
    Presence,
    Quantity,
    Reason,
    Relation,
    Speaker,
    Statement,
)
from khabar.resolution.actors import Identities
from khabar.resolution.incidents import Incidents
from khabar.resolution.model import Corpus, DocumentFacts, Link
from khabar.settings import DOUBT, load_settings
from khabar.store.base import ActorLink, Assembled
from khabar.store.opening import open_store
from khabar.store.rows import claim_row, document_row, now
from khabar.store.schema import claims as claims_table
from khabar.store.schema import documents as documents_table
from khabar.store.schema import origins as origins_table
from khabar.store.schema import readings as readings_table
from khabar.text import sha256

__all__ = ["build", "words_of_filling"]

COPIES = 30  # of the events of the file, in other countries
MANY_REPORTS = 18  # of one event at most: six claims an incident on average
TOGETHER = 3  # reports of the generator that one report of the base holds
FIRST = 10_000  # incidents made one by one; beyond, there are copies of them
CHUNK = 4000  # incidents put together at a time
EVERYWHERE = ("org:ttp", "org:al-qaida", "state:PK")  # groups that stay one in all countries: the most active ones
LEADERS = 2  # people of each group
UNSURE = 0.08  # of the incidents that may be the one before in the province; 11 of 107 in the sample base
DOUBTED = 0.1  # of the claims that are less sure than others
SHARES = {"event": 60, "relation": 28, "presence": 4, "statement": 8}
TIES = {
    "leads": 20, "led": 3, "member_of": 8, "part_of": 9, "pledged_allegiance": 7, "allied_with": 6, "rival_of": 6,
    "split_from": 4, "merged_into": 3, "affiliated_with": 5, "founded": 4, "killed_in": 4, "replaced_by": 4,
    "spokesperson_of": 9, "funds": 4, "designated_by": 4,
}  # fmt: skip
OF_PEOPLE = ("leads", "led", "member_of", "founded", "killed_in", "spokesperson_of")
STATEMENTS = ("estimate", "assessment", "warning", "accusation", "forecast", "denial_of_presence")
STANCES = ("asserted", "asserted", "claimed", "hedged", "denied")
EXTRACTOR = Extractor("generated", "1", "political-violence@1")
WORDS, FILLING = 20_000, 110  # made-up words there are, and in a report
_SYLLABLES = ("ba", "den", "fir", "gol", "hu", "jan", "kel", "lo", "mir", "nas", "or", "pel", "qu", "ras", "sho", "tul",
              "um", "ver", "wan", "yar", "zed")  # fmt: skip


def words_of_filling() -> list[str]:
    """The made-up words, the most frequent first."""
    chance = Random(SEED)  # noqa: S311 (made-up data)
    found: dict[str, None] = {}
    while len(found) < WORDS:
        found["".join(chance.choices(_SYLLABLES, k=chance.randrange(2, 5)))] = None
    return list(found)


@dataclass(frozen=True)
class Cast:
    """Who there is: organisations by the id of the dictionary and country, each with its people."""

    actors: dict[str, Actor] = field(default_factory=dict)
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    near: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def group(self, ref: ActorRef, country: str) -> str:
        """The id of the group that a claim of this country names; added where it is new."""
        own = ref.id or f"org:{ref.name.lower().replace(' ', '-')}"
        everywhere = own in EVERYWHERE
        key = own if everywhere else f"{own}/{country}"
        if key not in self.actors:
            name = ref.name if everywhere else f"{ref.name} ({country})"
            kind = "state" if own.startswith("state:") else "organization"
            names = (ActorName(name, "name"), ActorName(f"{name} movement", "alias"))
            self.actors[key] = Actor(key, kind, names, country=country[:2])
            self.near["" if everywhere else country].append(key)
            self.people[key] = tuple(f"person:{key}/{n}" for n in range(LEADERS))
            for n, person in enumerate(self.people[key]):
                self.actors[person] = Actor(person, "person", (ActorName(f"Commander {n + 1} of {name}", "name"),))
        return key


@dataclass
class Report:
    """A report of the base while it is being written."""

    facts: DocumentFacts
    parts: list[str] = field(default_factory=list)
    length: int = 0
    claims: list[Claim] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def say(self, sentence: str, body: ClaimBody, like: Claim, confidence: float) -> Claim:
        """Write a sentence and the claim of it, with speaker, stance and date as another claim has them."""
        passage = Passage(self.facts.id, self.length, self.length + len(sentence), sentence)
        self.fill(sentence)
        kind = {"EventBody": "event"}.get(type(body).__name__, type(body).__name__.lower())
        claim = replace(like, id=claim_at(passage), kind=kind, passages=(passage,), body=body, confidence=confidence)
        self.claims.append(claim)
        return claim

    def fill(self, text: str) -> None:
        """Write what holds no claim."""
        self.parts.append(text)
        self.length += len(text) + 1

    def document(self) -> Document:
        """It as an archived report."""
        facts = self.facts
        title = self.parts[0][:70]
        return Document(
            facts.id, " ".join(self.parts), facts.file, title=title, publisher=facts.publisher,
            published=facts.published, language="en",
        )  # fmt: skip


class Writer:
    """Writes reports out of what the generator gives, and keeps which claims tell of which incident."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.chance = Random(SEED)  # noqa: S311 (made-up data)
        self.filling = words_of_filling()
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))
        self.event: dict[str, str] = {}

    def report(self, items: Sequence[Generated]) -> Report:
        """One report of several of the generator: their sentences, further claims, and filling."""
        last = max((i.document for i in items), key=lambda d: d.published.latest or "")
        report = Report(replace(last, id=sha256("/".join(i.document.id for i in items).encode())))
        for item in items:
            self._event(report, item)
            others = (100 - SHARES["event"]) / SHARES["event"]
            while self.chance.random() < others / (1 + others):
                self._other(report, item)
            words = self.chance.choices(self.filling, cum_weights=self.weights, k=FILLING // TOGETHER)
            report.fill(" ".join(words).capitalize() + ".")
        return report

    def _event(self, report: Report, item: Generated) -> None:
        quote = item.claim.passages[0].quote
        claim = report.say(quote, item.claim.body, item.claim, self._confidence())
        self.event[claim.id] = item.event
        if isinstance(claim.body, EventBody):
            for number, said in enumerate(claim.body.attributions):
                key = self.cast.group(said.actor, _copy(item.event))
                report.links.append(Link(claim.id, f"attribution:{number}", key))

    def _other(self, report: Report, item: Generated) -> None:
        """A tie, a presence or a statement about groups of the country."""
        copy, chance = _copy(item.event), self.chance
        near = [*self.cast.near[copy], *self.cast.near[""]]
        if len(near) < len(("one", "other")):
            return
        kinds = [k for k in SHARES if k != "event"]
        kind = chance.choices(kinds, [SHARES[k] for k in kinds])[0]
        one, other = (self._ref(a) for a in chance.sample(near, 2))
        like = replace(item.claim, speaker=None, stance=chance.choice(STANCES), extractor=EXTRACTOR)
        if kind == "relation":
            type_ = chance.choices(list(TIES), list(TIES.values()))[0]
            if type_ in OF_PEOPLE:
                one = self._ref(chance.choice(self.cast.people[other.id or ""]))
            words = f"{one.name} {type_.replace('_', ' ')} {other.name}, according to a report of {_day(item)}."
            claim = report.say(words, Relation(type_, one, other), like, self._confidence())
            report.links += [Link(claim.id, "subject", one.id or ""), Link(claim.id, "object", other.id or "")]
            return
        speaker = self._ref(chance.choice(self.cast.people[one.id or ""]))
        like = replace(like, speaker=Speaker(speaker.name))
        if kind == "presence" and isinstance(item.claim.body, EventBody) and item.claim.body.places:
            place = item.claim.body.places[0]
            words = f"{speaker.name} said on {_day(item)} that {other.name} has cells in {place.name}."
            claim = report.say(words, Presence(other, place, "present"), like, self._confidence())
            report.links.append(Link(claim.id, "actor", other.id or ""))
        else:
            number = float(chance.randrange(2, 60) * 100)
            words = f"{speaker.name} put the fighters of {other.name} at {number:.0f} on {_day(item)}."
            about = Statement(chance.choice(STATEMENTS), (other,), Quantity(number, number, number, "fighters"))
            claim = report.say(words, about, like, self._confidence())
            report.links.append(Link(claim.id, "about:0", other.id or ""))
        report.links.append(Link(claim.id, "speaker", speaker.id or ""))

    def _ref(self, key: str) -> ActorRef:
        actor = self.cast.actors[key]
        return ActorRef(actor.names[0].text, actor.names[0].text, key, actor.kind)

    def _confidence(self) -> float:
        return round(self.chance.uniform(0.3, 0.7) if self.chance.random() < DOUBTED else 0.9, 2)


def _copy(event: str) -> str:
    return event.rpartition("@")[2]


def _day(item: Generated) -> str:
    return item.document.published.latest or "an unknown day"


# ------------------------------------------------------------------ from reports to a base


def build(ged: Path, store: Path, incidents: int) -> None:
    """Write the base of that many incidents into a new file: the first of them by the rooms, then copies."""
    times = max(1, round(incidents / FIRST))
    partial = store.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    _build(ged, partial, incidents // times)
    if times > 1:
        multiply(partial, times)
    partial.rename(store)


def _build(ged: Path, store: Path, incidents: int) -> None:
    cast = Cast()
    writer = Writer(cast)
    facts: dict[str, DocumentFacts] = {}
    open_chunk: dict[str, list[Claim]] = defaultdict(list)
    made: list[Assembled] = []
    links: list[Link] = []
    start = time.perf_counter()
    gc.disable()  # nothing made here goes in circles, and all of it is kept
    with open_store(store) as base:
        corpus = Corpus((), types=type_facts(load_codebook()))
        for batch in _batches(_reports(writer, _items(ged, incidents))):
            documents = [report.document() for report in batch]
            facts |= {d.id: document_facts(d, ()) for d in documents}
            _write(base, documents, [c for report in batch for c in report.claims])
            own = [link for report in batch for link in report.links]
            links += own
            for claim in (c for report in batch for c in report.claims):
                if claim.confidence >= DOUBT or claim.kind != "event":
                    open_chunk[writer.event.get(claim.id, "")].append(claim)
            made.append(_assemble(replace(corpus, documents=facts), open_chunk, cast, own, writer.chance))
            open_chunk.clear()
            print(f"{sum(len(m.events) for m in made):8,} incidents, {time.perf_counter() - start:5.0f} s", flush=True)
        whole = Assembled(
            actors=tuple(sorted(cast.actors.values(), key=lambda a: a.id)),
            links=tuple(ActorLink(*link) for link in links),
            events=tuple(e for m in made for e in m.events),
            judgements=tuple(j for m in made for j in m.judgements),
            contradictions=tuple({c.id: c for m in made for c in m.contradictions}.values()),
            doubt=DOUBT,
        )
        base.save_resolution(whole)
    print(f"built in {time.perf_counter() - start:.0f} s: {store.stat().st_size / 1e6:,.0f} MB", flush=True)


def _items(ged: Path, incidents: int) -> Iterator[list[Generated]]:
    """What the generator gives, an incident at a time."""
    gazetteer = open_gazetteer(load_settings().cache)
    gazetteer.close()
    atlas = Atlas(gazetteer.path)
    stream = generate(transposed(ged_happenings(ged), atlas, COPIES), atlas, seed=SEED, reports=MANY_REPORTS)
    for _event, told in islice(groupby(stream, key=lambda i: i.document.file.rpartition("/")[0]), incidents):
        yield list(told)


def _batches(reports: Iterator[tuple[int, Report]]) -> Iterator[list[Report]]:
    """Reports in portions of so many incidents."""
    for _, portion in groupby(reports, key=lambda r: r[0] // CHUNK):
        yield [report for _, report in portion]


def _reports(writer: Writer, told: Iterable[list[Generated]]) -> Iterator[tuple[int, Report]]:
    """Reports, each of a few that one house printed in a row, with the number of the incident they were written at."""
    waiting: dict[str | None, list[Generated]] = defaultdict(list)
    number = 0
    for number, items in enumerate(told):
        if number and number % CHUNK == 0:  # an incident is told within its portion
            yield from ((number - 1, writer.report(rest)) for rest in waiting.values() if rest)
            waiting.clear()
        for item in items:
            pile = waiting[item.document.publisher]
            if len(pile) >= TOGETHER and item.document.id != pile[-1].document.id:
                yield number, writer.report(waiting.pop(item.document.publisher))
                pile = waiting[item.document.publisher]
            if not any(i.event == item.event for i in pile):  # a report tells of an incident once
                pile.append(item)
    yield from ((number, writer.report(rest)) for rest in waiting.values() if rest)


def _write(base: object, documents: Sequence[Document], claims: Sequence[Claim]) -> None:
    """Reports with their claims, many in one transaction; each as the store's own writer keeps it."""
    documents = list({d.id: d for d in documents}.values())
    with base._writing() as connection:  # type: ignore[attr-defined]  # noqa: SLF001
        connection.execute(documents_table.insert(), [document_row(d) for d in documents])
        files = [
            {"document": d.id, "file": d.file, "external_id": None, "url": None, "added_at": now()} for d in documents
        ]
        connection.execute(origins_table.insert(), files)
        read = {"extractor": "generated", "version": "1", "codebook": EXTRACTOR.codebook, "state": "read"}
        readings = [{**read, "document": d.id, "message": None, "at": now()} for d in documents]
        connection.execute(readings_table.insert(), readings)
        connection.execute(claims_table.insert(), [claim_row(c) for c in {c.id: c for c in claims}.values()])


def _assemble(
    corpus: Corpus, told: dict[str, list[Claim]], cast: Cast, links: Sequence[Link], chance: Random
) -> Assembled:
    """The incidents of a portion, what is disputed about them, and what rules said of their claims."""
    order = {c.id: n for n, c in enumerate(c for claims in told.values() for c in claims)}
    claims = sorted((c for some in told.values() for c in some), key=lambda c: order[c.id])
    groups = [tuple(sorted(c.id for c in some)) for event, some in told.items() if event]
    actors = tuple(cast.actors[key] for key in dict.fromkeys(link.actor for link in links))
    named = {a.id: a.names[0].text for a in actors}
    who = Identities(actors, tuple(links), (), {}, named, {(link.claim, link.role): link.actor for link in links})
    same = [_judged(a, b, "same", 9.0) for group in groups for a, b in pairwise(group)]
    near = pairwise(groups)
    unsure = [_judged(a[0], b[0], "unsure", 1.0) for a, b in near if chance.random() < UNSURE]
    held = {(j.left, j.right): j for j in unsure}
    incidents = Incidents(replace(corpus, claims=claims), claims, groups, held, who)
    return Assembled(
        events=tuple(incidents.event(id_) for id_ in incidents.ids),
        judgements=(*same, *unsure),
        contradictions=tuple(c for id_ in incidents.ids for c in incidents.contradictions(id_)),
    )


def _judged(left: str, right: str, verdict: str, score: float) -> Judgement:
    reasons = (Reason("day", score / 2, "same day"), Reason("place", score / 2, "same town"))
    return Judgement(*sorted((left, right)), verdict, "rule:events@2", "", score, reasons)


def main() -> None:
    """Build a base."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("ged", type=Path)
    options.add_argument("store", type=Path)
    options.add_argument("--incidents", type=int, default=100_000)
    asked = options.parse_args()
    build(asked.ged, asked.store, asked.incidents)


if __name__ == "__main__":
    main()
