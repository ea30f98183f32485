"""What shapes are made from: incidents with their claims and reports, as a stream. Invariant: some hundreds are held at
a time, and what the profile keeps back is never in a case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from khabar.codebook.model import Codebook
from khabar.export.shapes.attributed import attributed_in, names_of
from khabar.export.shapes.cases import Case, event_of_claim
from khabar.export.shapes.parties import GroupNames
from khabar.export.shapes.parts import Loss
from khabar.export.shapes.profiles import PROFILES, WITHHELD, Profile
from khabar.export.shapes.reports import reports_of
from khabar.records import Actor, Claim, Event, EventBody
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter, DocumentSummary

__all__ = ["Material", "Total"]

_AT_ONCE = 100  # incidents whose claims are asked for together


@dataclass(frozen=True, slots=True)
class Total:
    """A claim that states a total, and the ids of incidents of the base that it counts for sure."""

    claim: Claim
    inside: tuple[str, ...]


def _nothing(_done: int) -> None:
    pass


@dataclass
class Material:
    """What a shape is made from. `events` are the incidents, as the rule shows them; each stream is used up once.

    `totals` is asked only by shapes that hold totals, `told` (claims about events that are part of no incident, because
    they did not happen) only by those that hold such; `at` is the moment the base was last changed, an ISO time;
    `options` are the words of `Shape.options` that were asked for. `tell` is called with the number of incidents done.
    """

    base: View
    book: Codebook
    events: Iterable[Event]
    totals: Callable[[], Iterable[Total]] = tuple
    told: Callable[[], Iterable[Claim]] = tuple
    profile: Profile = PROFILES["internal"]
    options: frozenset[str] = frozenset()
    at: str | None = None
    tell: Callable[[int], None] = _nothing
    _actors: dict[str, Actor] = field(default_factory=dict, repr=False)
    _reports: dict[str, DocumentSummary] = field(default_factory=dict, repr=False)
    _withheld: list[Loss] = field(default_factory=list, repr=False)
    _hidden: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def cases(self) -> Iterator[Case]:
        """The incidents with their claims and reports."""
        self._actors = {found.actor.id: found.actor for found in self.base.actors(ActorFilter())}
        self._reports = reports_of(self.base)
        done = 0
        events = iter(self.events)
        while held := list(islice(events, _AT_ONCE)):
            ids = tuple(dict.fromkeys(key for event in held for key in event.claims))
            claims = {claim.id: claim for claim in self.base.claims(ClaimFilter(ids=ids))} if ids else {}
            for event in held:
                own = {key: claims[key] for key in event.claims if key in claims}
                yield self._case(event, own, [self._reports[d] for d in event.documents if d in self._reports])
                done += 1
                self.tell(done)

    def total_cases(self) -> Iterator[Case]:
        """The totals in the form of cases; asked after `cases`."""
        for total in self.totals():
            claim, body = total.claim, total.claim.body
            if not isinstance(body, EventBody):
                continue
            links = {link.role: link.actor for link in self.base.links([claim.id])}
            event = event_of_claim(claim, links)
            reports = [self._reports[d] for d in event.documents if d in self._reports]
            yield self._case(
                event,
                {claim.id: claim},
                reports,
                total=-1 if body.aggregate is None else body.aggregate,
                inside=total.inside,
            )

    def told_cases(self, modalities: frozenset[str]) -> Iterator[Case]:
        """Claims about single events that did not happen, of these modalities, each as a case; asked after `cases`."""
        for claim in self.told():
            if claim.modality not in modalities or not isinstance(claim.body, EventBody):
                continue
            links = {link.role: link.actor for link in self.base.links([claim.id])}
            event = event_of_claim(claim, links)
            reports = [self._reports[d] for d in event.documents if d in self._reports]
            yield self._case(event, {claim.id: claim}, reports)

    def drained(self) -> list[Loss]:
        """The losses that the profile made since this was asked last."""
        found, self._withheld = self._withheld, []
        return found

    def hidden(self, subject: str) -> tuple[str, ...]:
        """Names that must not stand in what leaves about an incident, because the profile keeps them back."""
        return self._hidden.get(subject, ())

    @cached_property
    def groups(self) -> GroupNames:
        """The names of the organisations of the base; asked after `cases` began."""
        return GroupNames(self._actors.values())

    def actor(self, key: str) -> Actor | None:
        """The actor of a full id."""
        return self._actors.get(key)

    def _case(
        self,
        event: Event,
        claims: dict[str, Claim],
        reports: Sequence[DocumentSummary],
        *,
        total: int | None = None,
        inside: tuple[str, ...] = (),
    ) -> Case:
        everybody = attributed_in(event, claims, self._actors)
        kept = tuple(who for who in everybody if self.profile.lets(who))
        back = [who for who in everybody if who not in kept]
        if back:
            self._hidden[event.id] = tuple(name for who in back for name in names_of(who, claims))
            for who in back:
                words = f"{len(who.origins)} of {self.profile.origins} origins ({', '.join(who.stances)})"
                self._withheld.append(Loss(event.id, WITHHELD, words, claims=who.claims))
        return Case(event, claims, tuple(reports), kept, total, inside)
