"""The store as everybody else sees it. Invariant: what a method writes is there whole after it returns, or not at all.

A `View` only reads and may be used from several threads; a `Store` is a view that can also be written. Ids may be
given by a prefix of at least six characters where a method says so. Every method raises StoreError where the store
cannot be read or written; every iterator streams, and holds a reading transaction until it is used up or closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

from khabar.records import (
    Actor,
    Claim,
    Contradiction,
    Decision,
    Document,
    Event,
    Extractor,
    Judgement,
    ReferenceProblem,
    ReferenceRecord,
    ReferenceSet,
)
from khabar.settings import RULE
from khabar.store.access_questions import AccessStore, AccessView
from khabar.store.account_questions import AccountStore
from khabar.store.placing import PlacedCount, PlaceTotal, Site
from khabar.store.questions import (
    Activity,
    ActorFilter,
    ActorSummary,
    ClaimFilter,
    ContradictionFilter,
    DocumentFilter,
    DocumentSummary,
    EventFilter,
    Found,
    Hit,
    Origin,
    Overview,
    Problem,
    Run,
    TieFilter,
    TieSummary,
)
from khabar.store.review_questions import ReviewStore, ReviewView
from khabar.store.tallies import Tally, TallyBy

__all__ = ["ActorLink", "Assembled", "MadeFrom", "Store", "View"]


@dataclass(frozen=True, slots=True)
class ActorLink:
    """In this claim, the actor in this role is this one.

    The role names the place in the claim's body, numbered where it has several: subject, object, actor, speaker,
    attribution:0, about:1.
    """

    claim: str
    role: str
    actor: str


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """Fingerprints of what incidents, with the contradictions about them, and judgements of rules were made from."""

    events: frozenset[str] = frozenset()
    judgements: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Assembled:
    """What resolution makes of all claims and decisions; `judgements` are those of rules and those that follow from
    decisions, gone through once (there may be more of them than memory holds). `doubt` is the confidence below which
    claims were left out, `rule` the one by which values are shown.

    `changes` is how many changes of the base it knows of (`View.changes`); None stands for all.
    Fingerprints, where they are known, are in `event_prints` by id and in `judgement_prints` by the two sides. What
    `stands` was written before and stays, and is then not among `events`, `judgements` and `contradictions`.
    """

    actors: tuple[Actor, ...] = ()
    links: tuple[ActorLink, ...] = ()
    events: tuple[Event, ...] = ()
    judgements: Iterable[Judgement] = ()
    contradictions: tuple[Contradiction, ...] = ()
    doubt: float = 0.0
    rule: str = RULE
    event_prints: Mapping[str, str] = field(default_factory=dict)
    judgement_prints: Mapping[tuple[str, str], str] = field(default_factory=dict)
    stands: MadeFrom = field(default_factory=MadeFrom)
    changes: int | None = None


class View(ReviewView, AccessView, Protocol):
    """Questions to a store. An id that is not there, or a prefix of several, is a NotFoundError naming candidates."""

    def document(self, key: str) -> Document:
        """The document of an id or prefix."""

    def documents(self, where: DocumentFilter = ...) -> Iterator[Document]:
        """Whole documents, in the order they were added."""

    def document_list(self, where: DocumentFilter = ...) -> Iterator[DocumentSummary]:
        """Documents without their texts, in the order they were added."""

    def origins(self, document_id: str) -> list[Origin]:
        """Every file name and caller's id under which the bytes of a document came in, the first one first."""

    def search(self, text: str, limit: int = 20, offset: int = 0) -> Iterator[Hit]:
        """Documents that contain all words of `text` (a "quoted phrase" as a whole); any input is valid. The best come
        first; where more than `khabar.store.fulltext.COMMON` have the words, those added last.
        """

    def pending(self, extractor: Extractor, tries: int | None = None) -> Iterator[str]:
        """Ids of documents to be read: all but the unread ones and those already read with exactly this extractor.

        Documents whose reading failed come again, after all others; not those that failed so often with this extractor
        (`tries`). What is saved meanwhile does not come again.
        """

    def pending_count(self, extractor: Extractor, tries: int | None = None) -> int:
        """How many documents `pending` gives."""

    def copies(self) -> list[tuple[str, ...]]:
        """Groups of document ids that are copies of one text; the first of a group is its origin."""

    def claim(self, key: str) -> Claim:
        """The claim of an id or prefix."""

    def claims(self, where: ClaimFilter = ...) -> Iterator[Claim]:
        """Claims, by document in the order they were added, then by place in the text."""

    def links(self, claims: Sequence[str]) -> list[ActorLink]:
        """Who is meant in these claims, as resolution found it; claim ids in full."""

    def event(self, key: str) -> Event:
        """The incident of an id or prefix."""

    def events(self, where: EventFilter = ...) -> Iterator[Event]:
        """Incidents in the order asked for; undated ones last."""

    def tallies(self, by: tuple[TallyBy, ...], where: EventFilter = ..., *, tolls: bool = True) -> list[Tally]:
        """How many incidents a filter keeps, by what they have in common, by key; without `tolls` their dead are left
        aside, which is quicker.
        """

    def placed(self, where: EventFilter = ...) -> Iterator[PlacedCount]:
        """Incidents by site and by the months they may lie in; those without a place are not among them."""

    def sites(self, where: EventFilter = ...) -> list[Site]:
        """The sites that `placed` counts at."""

    def place_totals(self, where: EventFilter = ...) -> list[PlaceTotal]:
        """Incidents by country, province and level: an incident counts once in each."""

    def actor(self, key: str) -> Actor:
        """The actor of an id, a name (case and accents folded), or the beginning of an id or name."""

    def actors(self, where: ActorFilter = ...) -> Iterator[ActorSummary]:
        """Actors with their numbers of claims and incidents, in the order asked for."""

    def ties(self, where: TieFilter = ...) -> Iterator[TieSummary]:
        """What relates actors to each other, summed up by type and sides; most claims first."""

    def tie_claims(self, where: TieFilter = ..., each: int = 12) -> Iterator[Claim]:
        """The claims of ties, of each tie the first `each` of every stance and modality; in the order they came."""

    def activity(self, actors: Sequence[str], since: str | None = None, until: str | None = None) -> list[Activity]:
        """For each of these actors that has any: the incidents attributed to it, also where others deny it."""

    def contradictions(self, where: ContradictionFilter = ...) -> Iterator[Contradiction]:
        """Contradictions, by kind, then title."""

    def disputes(self, claims: Sequence[str]) -> dict[str, str]:
        """Of those of these claims (full ids) that stand in a contradiction, its title; of several the last by kind and
        title.
        """

    def made_from(self) -> MadeFrom:
        """What incidents and judgements were made from, where that is known."""

    def judgements(self, about: Sequence[str] = ()) -> Iterator[Judgement]:
        """Judgements with a side among `about` (claim ids or actor names; none given: all), people's first."""

    def decisions(self) -> Iterator[Decision]:
        """Decisions of people about incidents and actors, undone ones and undoings too, in their order."""

    def reference_sets(self) -> list[ReferenceSet]:
        """The imported files of other people's data sets, the oldest import first."""

    def reference_records(self, set_: str, keys: Sequence[str] = ()) -> Iterator[ReferenceRecord]:
        """The records of an imported file (its id in full) in its order, or those with these keys."""

    def reference_problems(self, set_: str) -> list[ReferenceProblem]:
        """The rows of an imported file that could not be read, in its order."""

    def count(self, where: DocumentFilter | ClaimFilter | EventFilter | ActorFilter | ContradictionFilter) -> int:
        """How many records a filter keeps, its limit and offset left aside."""

    def overview(self) -> Overview:
        """What the store holds, in numbers."""

    def rule(self) -> str:
        """The rule by which the last resolution chose the values shown; as in the overview, without counting."""

    def changes(self) -> int:
        """How many changes of claims and decisions there were, to tell a resolution from one of something older."""

    def last_resolved(self) -> tuple[str | None, bool]:
        """The moment of the last resolution (None before the first), and whether claims and decisions are still those
        of then.
        """

    def problems(self) -> list[Problem]:
        """Files that could not be archived, by name."""

    def runs(self, limit: int = 20) -> list[Run]:
        """The commands that changed the store, the latest first."""

    def find(self, key: str) -> Found:
        """The record of whatever kind whose id is `key` or begins with it."""

    def check(self) -> list[str]:
        """What is wrong inside the store, one line each: file damage, dangling references, quotes that do not match."""


class Store(View, ReviewStore, AccessStore, AccountStore, Protocol):
    """A view that can be written: one transaction a call, so that an interrupted run loses and doubles nothing."""

    @property
    def address(self) -> str:
        """The address it was opened under."""

    def add_document(self, document: Document, groups: Sequence[str] = (), by: str = "") -> bool:
        """Keep a document, that only these groups may see (none: everybody).

        False if its id is already there: who may see it stays as it was, and a new file name or caller's id is kept as
        an origin, unless groups are given.
        """

    def add_problem(self, file: str, message: str, remedy: str = "") -> None:
        """Keep that a file could not be archived; said again, it replaces what was said before."""

    def clear_problems(self, file: str) -> None:
        """Forget what was wrong with a file, before it is tried again."""

    def save_claims(self, document_id: str, claims: Sequence[Claim], extractor: Extractor) -> None:
        """Replace the claims of a document and mark it read by `extractor`; what people decided stays."""

    def save_failure(self, document_id: str, extractor: Extractor, message: str) -> None:
        """Mark that a document could not be read; claims of an earlier reading stay."""

    def save_copies(self, groups: Iterable[Sequence[str]]) -> None:
        """Replace the groups of copies; each group is document ids, its origin first."""

    def save_resolution(self, assembled: Assembled) -> bool:
        """Replace actors, links, incidents, contradictions and judgements but what stands; decisions of people stay.

        False, and nothing changes, where something that should stand is not there any more. Where the base changed
        after what was resolved was read, it is written, and stays to be done again.
        """

    def add_decision(self, decision: Decision, under: Sequence[str] | None = None) -> Decision:
        """Keep a person's decision after all earlier ones, which never change; gives it with its number and moment.

        `under` as in `add_review`.
        """

    def add_reference(
        self, about: ReferenceSet, rows: Iterable[ReferenceRecord | ReferenceProblem], by: str = ""
    ) -> ReferenceSet | None:
        """Keep an imported file, with its moment and numbers; None, and nothing changes, where it is there already."""

    def forget_reference(self, set_: str, by: str = "") -> None:
        """Take an imported file out again, with all its records; NotFoundError where it is not there."""

    def save_names(self, changed: Iterable[Actor]) -> None:
        """Replace names and outside ids of actors that are there, all else stays; others are passed over."""

    def begin_run(self, command: str, by: str = "") -> int:
        """Log that a command of somebody (empty: the program) begins to change the store; gives its number."""

    def end_run(self, run: int, counts: Mapping[str, int], by: str = "") -> None:
        """Log that it came to its end, and what it counted."""

    def turn(self, name: str, waits: Callable[[], None] = ...) -> AbstractContextManager[None]:
        """Wait until nobody else has the turn of this name (`run`, `resolve`), in whatever program, and have it;
        `waits` is called where there is somebody to wait for. Everything else goes on meanwhile.
        """

    def close(self) -> None:
        """Give back all connections; the store is not used after this."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
