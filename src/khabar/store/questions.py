"""What can be asked of a store, and its answers. Invariant: plain frozen records; an empty filter asks for all.

Dates are ISO days. A date filter keeps what may lie inside it: an interval that overlaps, an open bound counting as
unbounded; what has no date at all is left out as soon as a date is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from khabar.records import Actor, Claim, Contradiction, Document, Event, Interval
from khabar.settings import RULE

__all__ = [
    "Activity",
    "ActorFilter",
    "ActorSummary",
    "ClaimFilter",
    "ContradictionFilter",
    "DocumentFilter",
    "DocumentSummary",
    "EventFilter",
    "Found",
    "Hit",
    "Origin",
    "Overview",
    "Problem",
    "Run",
    "TieFilter",
    "TieSummary",
]

DocumentState = Literal["unread", "pending", "read", "failed"]
EventOrder = Literal["oldest", "newest", "killed"]


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents: by state (see `DocumentSummary`), by publication date, by words of the text; `file` is exact,
    ids are full ids.
    """

    ids: tuple[str, ...] = ()
    states: tuple[DocumentState, ...] = ()
    language: str | None = None
    publisher: str | None = None
    file: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims: `types` are event or relation types, presence statuses or statement kinds.

    `aggregates` true keeps only totals, false leaves them out; `event`, `actor` and `document` are full ids;
    `actors` are several of whom one is enough; `role` is one of `ActorLink`, with or without its number; `text` is
    searched in quotes and names.

    `coded` and `doubtful` are thresholds of confidence: `coded` keeps claims from there on and those a person accepted,
    without those rejected; `doubtful` keeps claims that lie below it, or have a value that does, and wait for a
    decision, or wait beside one. `read` true keeps those that the last reading of their document gives. `country` is
    that of the first place of an event; `assigned` keeps the documents given to that coder and not done; `besides`
    leaves documents out. `waits` keeps claims that are `left out` for doubt (below `doubtful`), that are coded but have
    a doubtful `value`, or that are a `later reading` beside a decision. Order `doubt` is by doubt × stakes, most first;
    `latest` those first that were read last.
    """

    ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    document: str | None = None
    actor: str | None = None
    actors: tuple[str, ...] = ()
    role: str | None = None
    event: str | None = None
    stance: str | None = None
    modality: str | None = None
    aggregates: bool | None = None
    coded: float | None = None
    doubtful: float | None = None
    read: bool | None = None
    country: str | None = None
    assigned: str | None = None
    besides: tuple[str, ...] = ()
    waits: Literal["", "left out", "value", "later reading"] = ""
    order: Literal["place", "doubt", "latest"] = "place"
    since: str | None = None
    until: str | None = None
    text: str | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which incidents: by derived type, modality, place and date; by actor in any role, or in `role` alone.

    With `stance` (one of an attribution) those that are attributed to `actor`, or to anybody, in that way.
    `min_killed` compares with the derived best number of dead, or its lower bound where there is no best.
    `within` is a year, month or day in which the whole date lies ("2016", "2016-10"), or "no-year" or "no-month" for
    those whose date is not known so exactly.
    `text` is searched in quotes, places, actors and type; `country` is ISO2, `admin1` a name; ids are full ids.
    One derived place must meet all of `country`, `admin1`, `admin2`, `known` and `at`: `admin2` is a name, `known` one
    of PLACE_LEVELS (how closely the place is known) or "none" (no place is stated), `at` (latitude, longitude).
    `unsure` keeps those that may be the same as another.
    """

    types: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    known: str | None = None
    at: tuple[float, float] | None = None
    actor: str | None = None
    role: str | None = None
    stance: str | None = None
    claim: str | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None
    within: str | None = None
    min_killed: int | None = None
    text: str | None = None
    unsure: bool = False
    order: EventOrder = "oldest"
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ActorFilter:
    """Which actors: `text` matches the beginning of any word of any of their names, case and accents folded; `country`
    is ISO2, ids are full ids. They come with most claims first, or by name.
    """

    ids: tuple[str, ...] = ()
    kind: str | None = None
    kinds: tuple[str, ...] = ()
    order: Literal["claims", "name"] = "claims"
    country: str | None = None
    text: str | None = None
    min_claims: int = 0
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ContradictionFilter:
    """Which contradictions: of a kind, about a subject (event, actor or relation), or holding one of `claims`; by kind
    and title, or those first whose incident has the most dead.
    """

    kind: str | None = None
    subject: str | None = None
    claims: tuple[str, ...] = ()
    order: Literal["kind", "killed"] = "kind"
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class TieFilter:
    """Which ties: of these relation types, with `actor` on a side, or with both sides among `actors`. Dates and
    `modality` are those of the claims that are counted, as in `ClaimFilter`.
    """

    types: tuple[str, ...] = ()
    actor: str | None = None
    actors: tuple[str, ...] = ()
    modality: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Activity:
    """How many incidents are attributed to an actor in any stance but denial, and the days of the first and the last
    (None where all are undated).
    """

    actor: str
    events: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text. `characters` is the length of the text, `claims` how many were found in it.

    state: unread (archived, never coded), pending, read, or failed; `message` says why for unread and failed.
    """

    id: str
    file: str
    external_id: str | None
    title: str | None
    author: str | None
    publisher: str | None
    url: str | None
    language: str | None
    genre: str
    published: Interval
    published_by: str
    state: DocumentState
    message: str | None
    characters: int
    claims: int


@dataclass(frozen=True, slots=True)
class Origin:
    """One way a document's bytes came in: the same bytes under two file names are one document with two origins."""

    file: str
    external_id: str | None
    url: str | None
    added_at: str


@dataclass(frozen=True, slots=True)
class ActorSummary:
    """An actor with the number of claims that name it and of incidents those claims belong to, as the last resolution
    found them.
    """

    actor: Actor
    claims: int
    events: int


@dataclass(frozen=True, slots=True)
class TieSummary:
    """What claims say of one relation type between two actors: how many there are, how many of them deny it, and the
    first and last day they name (None where none names one).
    """

    type: str
    subject: str
    object: str
    claims: int
    denied: int
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that full-text search found. `marks` are (start, end) offsets of found words inside `snippet`."""

    document: str
    title: str | None
    file: str
    snippet: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be archived, with the remedy; it goes away when the file is added."""

    file: str
    message: str
    remedy: str
    at: str


@dataclass(frozen=True, slots=True)
class Run:
    """One command that changed the store. `finished_at` None: still at work, or interrupted."""

    id: int
    command: str
    started_at: str
    finished_at: str | None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overview:
    """What a store holds, in numbers. `resolved` is false where claims or decisions changed after the last resolution;
    `doubt` is the confidence below which that left claims out, None before the first; `rule` the one by which it chose
    the values shown.

    documents = read + pending + failed + unread.
    """

    documents: int
    read: int
    pending: int
    failed: int
    unread: int
    claims: Mapping[str, int]
    events: int
    actors: int
    contradictions: int
    problems: int
    copy_groups: int
    resolved: bool
    doubt: float | None = None
    rule: str = RULE


@dataclass(frozen=True, slots=True)
class Found:
    """A record found by (the beginning of) its id; `kind` is document, claim, event, actor or contradiction."""

    kind: str
    record: Document | Claim | Event | Actor | Contradiction
