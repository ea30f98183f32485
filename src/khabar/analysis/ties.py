"""Ties between actors with their dates, sources and doubts. Invariant: a tie says nothing that none of its claims says.

Claims of one type between the same two actors are one tie, whoever makes them and whatever date they give. When it
began and ended are intervals; an end is taken from a claim alone: from one that puts the tie into the past, or from a
later tie that the codebook says ends it. Everything that speaks against a tie stands beside what speaks for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from khabar.codebook.model import RelationType
from khabar.records import Claim, Interval, Relation
from khabar.text import content_id

__all__ = ["Held", "Standing", "Tie", "held_at", "ties_of"]

Standing = Literal["said", "denied", "unrealised"]
Held = Literal["yes", "perhaps", "no"]

_FIRST, _LAST = "0000-01-01", "9999-12-31"
_ALLEGED = ("blamed", "suspected", "hedged")


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of one type between two actors (by id), with the claims that say it, those that deny it, and those that
    only plan or foresee it. `began` is when it happened or began; `ended` None where nothing says that it ended, and
    `ended_by` the claims that say so. `last` is the last day for which a claim says it. `doubts` are the reasons, in
    words, for which it is contested.

    `standing`: said by somebody; denied alone; or unrealised (planned, tried, foreseen, supposed) and nothing else.
    """

    type: str
    subject: str
    object: str
    standing: Standing
    said: tuple[Claim, ...] = ()
    denied: tuple[Claim, ...] = ()
    unrealised: tuple[Claim, ...] = ()
    began: Interval = field(default_factory=Interval)
    ended: Interval | None = None
    ended_by: tuple[Claim, ...] = ()
    last: str | None = None
    doubts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same type and sides."""
        return content_id([self.type, self.subject, self.object], 12)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims about the tie, those that say it first."""
        return (*self.said, *self.denied, *self.unrealised)

    @property
    def sides(self) -> frozenset[str]:
        """The two actors."""
        return frozenset((self.subject, self.object))


def ties_of(
    claims: Iterable[Claim],
    actor_of: Mapping[tuple[str, str], str],
    relations: Mapping[str, RelationType],
    disputed: Mapping[str, str],
) -> tuple[Tie, ...]:
    """The ties that relation claims make, by date, then by sides.

    `actor_of` gives the actor id of (claim, side), `disputed` for a claim that stands in a contradiction its title.
    Claims whose sides are not both known, or are one, make no tie; nor do names of one actor.
    """
    present = {kind.past_form: name for name, kind in relations.items() if kind.past_form}
    grouped: defaultdict[tuple[str, str, str], dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        if not isinstance(claim.body, Relation):
            continue
        subject, object_ = actor_of.get((claim.id, "subject")), actor_of.get((claim.id, "object"))
        if subject is None or object_ is None or subject == object_:
            continue
        name = present.get(claim.body.type, claim.body.type)
        kind = relations.get(name)
        if kind is not None and kind.symmetric:
            subject, object_ = sorted((subject, object_))
        grouped[name, subject, object_][claim.id] = claim
    made = [_tie(key, list(found.values()), relations, disputed) for key, found in grouped.items()]
    between: defaultdict[frozenset[str], list[Tie]] = defaultdict(list)
    for tie in made:
        between[tie.sides].append(tie)
    ended = [_with_end(tie, between[tie.sides], relations) for tie in made]
    return tuple(sorted(ended, key=lambda t: (_day(t.began), t.type, t.subject, t.object)))


def held_at(tie: Tie, day: str) -> Held:
    """Whether a tie had happened, or was in force, on a day: perhaps, where its dates leave that open.

    A tie that nobody says to be or to have been never holds.
    """
    if tie.standing != "said":
        return "no"
    began, ended = tie.began, tie.ended
    if (began.earliest is not None and began.earliest > day) or (
        ended is not None and ended.latest is not None and ended.latest < day
    ):
        return "no"
    begun = began.latest is not None and began.latest <= day
    over = ended is not None and (ended.earliest is None or ended.earliest <= day)
    return "yes" if begun and not over else "perhaps"


# ------------------------------------------------------------------ one tie


def _day(when: Interval) -> str:
    return when.latest or when.earliest or _LAST


def _tie(
    key: tuple[str, str, str],
    claims: Sequence[Claim],
    relations: Mapping[str, RelationType],
    disputed: Mapping[str, str],
) -> Tie:
    name, subject, object_ = key
    kind = relations.get(name)
    ordered = sorted(claims, key=lambda c: (c.when.latest or c.when.earliest or _LAST, c.id))
    said = tuple(c for c in ordered if c.modality == "actual" and c.stance != "denied")
    denied = tuple(c for c in ordered if _denies(c))
    told = {c.id for c in (*said, *denied)}
    rest = tuple(c for c in ordered if c.id not in told)
    standing: Standing = "said" if said else "denied" if denied else "unrealised"
    past = tuple(c for c in said if isinstance(c.body, Relation) and c.body.type != name)
    dates = [Interval(c.when.earliest, c.when.latest) for c in (said or denied or rest)]
    lasting = kind is not None and kind.lasting
    began, agree = (_begun(dates), True) if lasting else _happened(dates)
    ended = Interval(None, max(c.when.latest or _LAST for c in past)) if past else None
    if ended is not None and ended.latest == _LAST:
        ended = Interval()
    return Tie(
        name, subject, object_, standing, said, denied, rest, began, ended, past,
        last=max((c.when.latest for c in said if c.when.latest), default=None),
        doubts=tuple(_doubts(said, denied, rest, agree=agree, disputed=disputed)),
    )  # fmt: skip


def _denies(claim: Claim) -> bool:
    return claim.modality in ("actual", "negated") and (claim.modality == "negated") != (claim.stance == "denied")


def _doubts(
    said: Sequence[Claim],
    denied: Sequence[Claim],
    rest: Sequence[Claim],
    *,
    agree: bool,
    disputed: Mapping[str, str],
) -> Iterable[str]:
    if denied:
        yield f"denied by {_named(denied)}"
    if said and all(c.stance in _ALLEGED for c in said):
        yield " and ".join(sorted({c.stance for c in said})) + ", asserted by nobody"
    if not said and not denied and rest:
        yield "only " + " or ".join(sorted({c.modality for c in rest}))
    if not agree:
        yield "dated differently"
    for title in dict.fromkeys(disputed[c.id] for c in (*said, *denied) if c.id in disputed):
        yield f"sources disagree: {title}"


def _named(claims: Sequence[Claim]) -> str:
    return ", ".join(dict.fromkeys(c.speaker.name if c.speaker else "a report" for c in claims))


# ------------------------------------------------------------------ dates


def _happened(dates: Sequence[Interval]) -> tuple[Interval, bool]:
    """When something happened that happens once: what all dates have in common, and whether they have."""
    earliest = max((d.earliest for d in dates if d.earliest), default=None)
    latest = min((d.latest for d in dates if d.latest), default=None)
    if earliest is None or latest is None or earliest <= latest:
        return Interval(earliest, latest), True
    first = min(d.earliest or d.latest or _LAST for d in dates if d.earliest or d.latest)
    last = max(d.latest or d.earliest or _FIRST for d in dates if d.earliest or d.latest)
    return Interval(first, last), False


def _begun(dates: Sequence[Interval]) -> Interval:
    """When a lasting tie began: not before the first day that is named for it, and by the first day it surely held."""
    earliest = min((d.earliest for d in dates if d.earliest), default=None)
    latest = min((d.latest for d in dates if d.latest), default=None)
    if earliest is not None and latest is not None and earliest > latest:
        earliest = None  # it held by `latest`; since when, no claim says
    return Interval(earliest, latest)


def _with_end(tie: Tie, others: Sequence[Tie], relations: Mapping[str, RelationType]) -> Tie:
    """The tie with the end that the first later one of `others` puts to it, where one does: ties of the same two."""
    if tie.standing != "said" or tie.ended is not None:
        return tie
    enders = [
        o
        for o in others
        if o.standing == "said" and o.type in relations and tie.type in relations[o.type].ends and _may_end(o, tie)
    ]
    if not enders:
        return tie
    first = min(enders, key=lambda o: (o.began.latest or _LAST, o.type, o.id))
    return replace(tie, ended=first.began, ended_by=first.said)


def _may_end(ender: Tie, tie: Tie) -> bool:
    """Whether one tie came after another had begun, and no claim of that one is of a later day."""
    after = ender.began.latest
    if after is None:
        return not ender.began.earliest or tie.last is None or ender.began.earliest >= tie.last
    if tie.began.earliest is not None and tie.began.earliest > after:
        return False
    return not any(c.when.earliest is not None and c.when.earliest > after for c in tie.said)
