"""Contradictions between claims that are not about one incident. Invariant: claims whose times differ do not conflict.

Presence asserted against presence denied; one tie with two dates; one office with two holders at a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from khabar.records import Claim, Contradiction, Place, Presence, Relation, Side, Statement, When
from khabar.resolution import names
from khabar.resolution.actors import Identities
from khabar.resolution.mentions import COUNTRY, Spot, day, spot
from khabar.resolution.model import Corpus
from khabar.resolution.wording import listed, period, record

__all__ = ["disputes"]

_LASTING = 31  # days up to which a dated membership is taken for its beginning, not for a time in it
_TERM = 366  # days up to which a date says when somebody held an office
_SAYS_PRESENT = frozenset({"present", "claimed"})
_SAYS_ABSENT = frozenset({"absent", "denied"})


def disputes(corpus: Corpus, claims: Sequence[Claim], identities: Identities) -> list[Contradiction]:
    """Contradictions over presence, dates of ties and offices."""
    found = _Found(corpus, identities)
    return [*_presence(found, claims), *_tie_dates(found, claims), *_offices(found, claims)]


class _Found:
    """Actors of claims by role, their names and families."""

    def __init__(self, corpus: Corpus, identities: Identities) -> None:
        self.corpus = corpus
        self.actor_of = identities.actor_of
        self.family = identities.family
        self.names = identities.name
        self.persons = {a.id for a in identities.actors if a.kind == "person"}
        self.states = {a.id: a.country for a in identities.actors if a.kind == "state"}

    def house(self, actor: str) -> str:
        return self.family.get(actor, actor)

    def is_named_person(self, actor: str) -> bool:
        """Whether an actor is a person with a name: "the leader of the group" is whoever leads it."""
        return actor in self.persons and not names.is_office(self.name(actor))

    def ends(self, claim: Claim) -> tuple[str | None, str | None]:
        return self.actor_of.get((claim.id, "subject")), self.actor_of.get((claim.id, "object"))

    def name(self, actor: str) -> str:
        return self.names.get(actor, actor)


# ------------------------------------------------------------------ presence


@dataclass(frozen=True, slots=True)
class _Word:
    """One claim about an actor in an area; `area` None where the claim does not say which."""

    claim: Claim
    house: str
    place: Place | None
    area: Spot | None
    denies: bool

    @property
    def key(self) -> str:
        """One key for all ways to write a country, whether a gazetteer id or a state's name came with it."""
        if self.area is None:
            return f"in {self.claim.passages[0].document}"
        whole = self.area.level == COUNTRY and self.area.country
        return whole or self.area.key


def _presence(found: _Found, claims: Iterable[Claim]) -> list[Contradiction]:
    """A group (or its parent or branch) said to be in an area, and said not to be in it or in what holds it.

    One contradiction a group and denied area. A denial without an area is about the one its report denies most often;
    where there is no such, it meets the assertions of its own report.
    """
    denials: defaultdict[tuple[str, str], list[_Word]] = defaultdict(list)
    assertions: defaultdict[str, defaultdict[str, list[_Word]]] = defaultdict(lambda: defaultdict(list))
    for word in _words(found, list(claims)):
        if word.denies:
            denials[word.house, word.key].append(word)
        else:
            assertions[word.house][word.key].append(word)
    _place_by_report(denials)
    result = []
    for (house, _), denying in sorted(denials.items(), key=lambda entry: entry[0]):
        within = [w for ws in assertions[house].values() if _meets(denying[0], ws[0]) for w in ws]
        within += _unplaced(denying, assertions[house])
        pairs = [
            (d, w)
            for d in denying
            for w in within
            if d.claim.id != w.claim.id and not _apart(d.claim.when, w.claim.when)
        ]
        absent, present = {d.claim.id for d, _ in pairs}, {w.claim.id for _, w in pairs}
        if present - absent:
            named = sorted(d.place.name for d in denying if d.place is not None)
            title = f"{found.name(house)}{' in ' + named[0] if named else ''}: presence denied and asserted"
            sides = [Side("denied or absent", tuple(sorted(absent))), Side("present", tuple(sorted(present - absent)))]
            result.append(record("presence", house, title, sides))
    return result


def _place_by_report(denials: dict[tuple[str, str], list[_Word]]) -> None:
    """Move denials without an area to the area that their report denies the group most often, if there is one such."""
    areas: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (house, key), words in denials.items():
        for word in words:
            if word.area is not None:
                areas[house, f"in {word.claim.passages[0].document}"][key] += 1
    for (house, key), found in areas.items():
        often = [area for area, times in found.items() if times == max(found.values())]
        if len(often) == 1 and (house, key) in denials:
            denials[house, often[0]] += denials.pop((house, key))


def _unplaced(denying: Sequence[_Word], asserted: Mapping[str, Sequence[_Word]]) -> list[_Word]:
    """Assertions that meet denials of the same report where one of the two does not say which area is meant."""
    reports = {d.claim.passages[0].document for d in denying}
    if denying[0].area is not None:
        return [w for report in sorted(reports) for w in asserted.get(f"in {report}", ())]
    return [w for ws in asserted.values() for w in ws if w.claim.passages[0].document in reports]


def _words(found: _Found, claims: Sequence[Claim]) -> Iterable[_Word]:
    areas = _areas_of_passages(claims)
    for claim in claims:
        body = claim.body
        if isinstance(body, Presence):
            denies = body.status in _SAYS_ABSENT or claim.modality == "negated"
            speaks = denies or body.status in _SAYS_PRESENT
            if speaks and claim.modality in ("actual", "negated") and claim.stance != "denied":
                actor = found.actor_of.get((claim.id, "actor"))
                if actor is not None:
                    yield _Word(claim, found.house(actor), body.place, spot(body.place), denies)
        elif isinstance(body, Statement) and body.kind.endswith("_of_presence"):
            roles = [(claim.id, f"about:{i}") for i in range(len(body.about))]
            about = [found.actor_of[role] for role in roles if role in found.actor_of]
            state = next((a for a in about if found.states.get(a)), None)
            area = areas.get(claim.id)
            if area is None and state is not None:
                area = Place(found.name(state), found.name(state), country=found.states[state], precision="country")
            for actor in about:
                if actor not in found.states:
                    yield _Word(
                        claim, found.house(actor), area, spot(area) if area else None, body.kind.startswith("denial")
                    )


def _areas_of_passages(claims: Sequence[Claim]) -> dict[str, Place]:
    """The area of each statement that shares its passage with a claim of presence that says the same of it."""
    presences: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.body, Presence):
            presences[claim.passages[0].document].append(claim)
    found: dict[str, Place] = {}
    for claim in claims:
        if isinstance(claim.body, Statement):
            denies = claim.body.kind.startswith("denial")
            span = claim.passages[0]
            for other in presences.get(span.document, ()):
                p = other.passages[0]
                if not isinstance(other.body, Presence) or (other.body.status in _SAYS_ABSENT) != denies:
                    continue
                if p.start < span.end and span.start < p.end:
                    found.setdefault(claim.id, other.body.place)
    return found


def _meets(denial: _Word, assertion: _Word) -> bool:
    """Whether the area asserted lies in the area denied; both must be known."""
    return denial.area is not None and assertion.area is not None and _inside(assertion.area, denial.area)


def _inside(inner: Spot, outer: Spot) -> bool:
    if inner.key == outer.key:
        return True
    if inner.country != outer.country or inner.country is None:
        return False
    if outer.level == COUNTRY:
        return True
    if inner.level <= outer.level:
        return inner.level == outer.level and inner.name == outer.name
    return outer.admin1 is not None and inner.admin1 == outer.admin1 and outer.admin2 in (None, inner.admin2)


# ------------------------------------------------------------------ dated ties


def _tie_dates(found: _Found, claims: Iterable[Claim]) -> list[Contradiction]:
    """One tie of the same two actors dated twice, the dates not overlapping.

    Joining a group counts as one tie however it is worded (member, pledge, affiliation) and whichever branch is named.
    A death counts by the person who died.
    """
    ties: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.body, Relation) and claim.modality == "actual" and claim.stance != "denied":
            tie = _tie(found, claim, claim.body)
            if tie is not None and (claim.when.earliest or claim.when.latest):
                ties[tie].append(claim)
    result = []
    for (kind, subject, object_), members in sorted(ties.items()):
        dated: defaultdict[str, list[str]] = defaultdict(list)
        whens: dict[str, When] = {}
        for claim in members:
            dated[period(claim.when)].append(claim.id)
            whens[period(claim.when)] = claim.when
        rivals = {w for a, b in combinations(dated, 2) if _apart(whens[a], whens[b]) for w in (a, b)}
        if rivals:
            sides = [Side(w, tuple(sorted(dated[w]))) for w in sorted(rivals)]
            words = f"{found.name(subject)} {kind} {found.name(object_)}".rstrip()
            title = f"{words}: {listed(s.says for s in sides)}"
            result.append(record("relation_date", f"{kind}:{subject}:{object_}", title, sides))
    return result


def _tie(found: _Found, claim: Claim, body: Relation) -> tuple[str, str, str] | None:
    """What is dated (in words), of whom, with whom; None for ties that have no one date."""
    facts = found.corpus.relations
    subject, object_ = found.ends(claim)
    if body.type in facts.death_of_object and object_ in found.persons:
        return "was killed", str(object_), ""
    if body.type in facts.death_of_subject and subject in found.persons:
        return "was killed", str(subject), ""
    if subject is None or object_ is None:
        return None
    if body.type in facts.joining:
        return ("joined", subject, found.house(object_)) if _begins(claim.when) or body.type in facts.once else None
    if body.type in facts.once:
        return facts.words.get(body.type, body.type.replace("_", " ")), subject, object_
    return None


def _begins(when: When) -> bool:
    first, last = day(when.earliest), day(when.latest)
    return first is not None and last is not None and last - first < _LASTING


# ------------------------------------------------------------------ offices


def _offices(found: _Found, claims: Iterable[Claim]) -> list[Contradiction]:
    """Two holders of one office in times that overlap, where no claim says that one took over from the other.

    A claim without a date speaks of the day its document was published.
    """
    holders: defaultdict[str, list[tuple[str, When, str]]] = defaultdict(list)
    succeeded: set[frozenset[str]] = set()
    for claim in claims:
        body = claim.body
        if not isinstance(body, Relation) or claim.modality != "actual" or claim.stance == "denied":
            continue
        subject, object_ = found.ends(claim)
        if subject is None or object_ is None:
            continue
        if body.type in found.corpus.relations.succession:
            succeeded.add(frozenset((subject, object_)))
        elif body.type in found.corpus.relations.office and found.is_named_person(subject):
            when = _in_office(found, claim)
            if when is not None:
                holders[object_].append((subject, when, claim.id))
    result = []
    for office, terms in sorted(holders.items()):
        rivals: dict[str, set[str]] = defaultdict(set)
        for (who, when, claim_id), (other, other_when, other_id) in combinations(sorted(terms, key=lambda t: t[2]), 2):
            if who != other and frozenset((who, other)) not in succeeded and not _apart(when, other_when):
                rivals[who].add(claim_id)
                rivals[other].add(other_id)
        if rivals:
            sides = [Side(found.name(who), tuple(sorted(ids))) for who, ids in sorted(rivals.items())]
            title = f"{found.name(office)} is led by {listed(sorted(s.says for s in sides))}"
            note = "The office may have changed hands within the time given."
            result.append(record("leadership", office, title, sides, note))
    return result


def _in_office(found: _Found, claim: Claim) -> When | None:
    when = claim.when
    if when.earliest is None:
        published = found.corpus.document(claim.passages[0].document).published
        if published.earliest is None or (when.latest is not None and when.latest < published.earliest):
            return None
        when = When(published.earliest, published.latest, "range")
    first, last = day(when.earliest), day(when.latest)
    return when if first is not None and last is not None and last - first <= _TERM else None


def _apart(a: When, b: When) -> bool:
    start = max(a.earliest or "", b.earliest or "")
    return bool(start) and start > min(a.latest or "9999", b.latest or "9999")
