"""What is asked of a base for pictures of groups and for one group. Invariant: every question has a limit, and what a
limit leaves out is counted and said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from khabar.analysis.genealogy import Genealogy, family_of, genealogy, stand_for
from khabar.analysis.network import Said
from khabar.analysis.ties import Tie, ties_of
from khabar.codebook.model import RelationType
from khabar.records import Actor, Claim, Interval
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter, TieFilter

__all__ = ["Ask", "Asked", "Gathered", "Period", "drawn_types"]

MOST = 60  # groups of one picture
EACH = 12  # claims of one tie, of each stance and modality, that pictures look at
_SHOWN, _FEW = 30, 2  # ties on the page of an actor, and claims of each, of each stance and modality
_OF_ONE = 200  # the same for the page of one tie
_PER_SIDE = 50  # claims that tell of one life
_SUMS = 4000  # summed-up ties looked through for a picture
_AT_ONCE = 400  # ids in one question


@dataclass(frozen=True, slots=True)
class Period:
    """From day to day, both included; None is open."""

    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which groups: all, or those at most `depth` ties from `root`; by ties of these types (none given: all drawn)."""

    root: str | None = None
    depth: int = 1
    types: tuple[str, ...] = ()
    period: Period = Period()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found: groups by id, how many groups there are beyond them, and the persons they are tied to (ids)."""

    actors: Mapping[str, Actor]
    beyond: int = 0
    people: frozenset[str] = frozenset()


def drawn_types(relations: Mapping[str, RelationType]) -> tuple[str, ...]:
    """The relation types that pictures draw."""
    return tuple(name for name, kind in relations.items() if kind.drawn)


class Ask:
    """Questions about ties to one base, over the claims that its last resolution coded: no others mean an actor."""

    def __init__(self, base: View, relations: Mapping[str, RelationType]) -> None:
        self._base = base
        self._relations = relations

    # ---------------------------------------------------------------- ties

    def ties(self, claims: Iterable[Claim]) -> tuple[Tie, ...]:
        """The ties that these claims make, with what the base knows against them."""
        kept = {claim.id: claim for claim in claims}
        links = self._base.links(list(kept))
        actor_of = {(link.claim, link.role): link.actor for link in links}
        return ties_of(kept.values(), actor_of, self._relations, self._base.disputes(list(kept)))

    def tie(self, type_: str, subject: str, object_: str) -> Tie | None:
        """One tie with its claims, also under the form of its past; None where nothing says it."""
        kind = self._relations.get(type_)
        where = TieFilter(types=self._with_past({type_}), actors=(subject, object_))
        enders = tuple(name for name, other in self._relations.items() if type_ in other.ends)
        claims = list(self._base.tie_claims(where, _OF_ONE))
        if enders:
            claims += self._base.tie_claims(TieFilter(types=enders, actors=(subject, object_)), EACH)
        made = (t for t in self.ties(claims) if t.type == type_)
        return next((t for t in made if t.subject == subject or (kind is not None and kind.symmetric)), None)

    def ties_about(self, actor: str, types: Iterable[str]) -> tuple[tuple[Tie, ...], int]:
        """The ties of these types with an actor on either side that most claims make, of each the first claims, and how
        many there are beyond them.
        """
        where = TieFilter(types=self._with_past(types), actor=actor)
        sums = [(self._key(s.type, s.subject, s.object), s) for s in self._base.ties(replace(where, limit=_SUMS))]
        chosen = {key for key, _ in sums[:_SHOWN]}
        sides = {side for key, s in sums if key in chosen for side in (s.subject, s.object)}
        among = replace(where, actors=tuple(sorted(sides)))
        made = self.ties(self._base.tie_claims(among, _FEW) if sides else ())
        kept = tuple(t for t in made if self._key(t.type, t.subject, t.object) in chosen)
        return kept, len({key for key, _ in sums} - chosen)

    def _key(self, type_: str, subject: str, object_: str) -> tuple[str, str, str]:
        """What is one tie: the type in its present form, and the sides, in no order where the type has none."""
        present = {kind.past_form: name for name, kind in self._relations.items() if kind.past_form}
        name = present.get(type_, type_)
        kind = self._relations.get(name)
        one, other = sorted((subject, object_)) if kind is not None and kind.symmetric else (subject, object_)
        return name, one, other

    def _with_past(self, types: Iterable[str]) -> tuple[str, ...]:
        past = {self._relations[name].past_form for name in types if name in self._relations}
        return tuple(sorted({*types, *(name for name in past if name is not None)}))

    def told_of(self, actor: str, meanings: Mapping[str, str], limit: int = _PER_SIDE) -> list[Claim]:
        """As `told_of_each` of one actor."""
        return self.told_of_each((actor,), meanings, limit)[actor]

    def told_of_each(
        self, actors: Sequence[str], meanings: Mapping[str, str], limit: int = _PER_SIDE
    ) -> dict[str, list[Claim]]:
        """Claims that tell of the life of each actor, by date: `meanings` gives for what a type means
        (`codebook.ties.MEANS`) the side on which the actor must stand; of each side the first claims.
        """
        found: dict[str, dict[str, Claim]] = {actor: {} for actor in actors}
        for role in sorted(set(meanings.values())) if actors else ():
            wanted = {meaning for meaning, side in meanings.items() if side == role}
            types = tuple(name for name, kind in self._relations.items() if kind.means in wanted)
            most = limit * len(actors)
            where = ClaimFilter(actors=tuple(actors), role=role, kinds=("relation",), types=types, limit=most)
            claims = {c.id: c for c in (self._base.claims(where) if types else ())}
            of: defaultdict[str, list[str]] = defaultdict(list)
            for link in self._base.links(list(claims)):
                if link.role == role and link.actor in found:
                    of[link.claim].append(link.actor)
            told: Counter[str] = Counter()
            for key, claim in claims.items():
                for actor in of[key]:
                    told[actor] += 1
                    if told[actor] <= limit:
                        found[actor][key] = claim
        return {
            actor: sorted(told_of.values(), key=lambda c: (c.when.latest or c.when.earliest or "9999", c.id))
            for actor, told_of in found.items()
        }

    def actors(self, keys: Iterable[str]) -> dict[str, Actor]:
        """The actors of these ids that the base has."""
        wanted = sorted(set(keys))
        parts = [tuple(wanted[i : i + _AT_ONCE]) for i in range(0, len(wanted), _AT_ONCE)]
        return {s.actor.id: s.actor for part in parts for s in self._base.actors(ActorFilter(ids=part))}

    # ---------------------------------------------------------------- pictures

    def genealogy(self, asked: Asked) -> tuple[Genealogy, Gathered]:
        """The genealogy of the groups asked for, and what was found."""
        drawn = set(asked.types or drawn_types(self._relations))
        gathered = self._groups(asked, tuple(sorted(drawn)))
        near = gathered.actors.keys()
        known = {**gathered.actors, **self.actors(gathered.people)}
        types = self._with_past(drawn | {name for name, kind in self._relations.items() if kind.means == "office"})
        ties = self.ties(self._base.tie_claims(TieFilter(types=types, actors=tuple(known)), EACH) if known else ())
        seen = {a.actor: Interval(a.first, a.last) for a in self._base.activity(sorted(near))}
        drawable = [t for t in ties if t.type in drawn]
        made = genealogy(
            drawable, known, self._relations, seen=seen, stands_for=stand_for(ties, known, self._relations)
        )
        return made, gathered

    def network(self, asked: Asked) -> tuple[list[Said], Gathered]:
        """What is said of ties between the groups asked for, and what was found."""
        types = asked.types or drawn_types(self._relations)
        gathered = self._groups(asked, types)
        groups = tuple(key for key, actor in gathered.actors.items() if actor.kind != "person")
        where = TieFilter(
            types=types, actors=groups, modality=None, since=asked.period.since,
            until=asked.period.until, limit=_SUMS,
        )  # fmt: skip
        sums = self._base.ties(where) if groups else ()
        return [
            Said(t.type, t.subject, t.object, t.claims, t.denied, t.earliest, t.latest) for t in sums
        ], gathered  # fmt: skip

    def _groups(self, asked: Asked, types: tuple[str, ...]) -> Gathered:
        """The groups of a picture: those around the root, else those of the ties with most claims."""
        pairs = self._around(asked, types) if asked.root is not None else self._pairs(None, asked.period, types)
        sides = self.actors(key for one, other, _ in pairs for key in (one, other))
        homes = {
            key: actor.parent for key, actor in sides.items() if actor.kind == "person" and actor.parent is not None
        }
        sides |= self.actors(set(homes.values()) - sides.keys())
        told: Counter[tuple[str, str]] = Counter()
        for one, other, claims in pairs:
            told[homes.get(one, one), homes.get(other, other)] += claims
        if asked.root is not None:
            keys: Sequence[str] = family_of(asked.root, list(told), asked.depth, len(sides) + 1)
            sides |= self.actors({asked.root} - sides.keys())
        else:
            most = sorted(told.items(), key=lambda item: (-item[1], item[0]))  # both ends of a tie, or it is not drawn
            keys = list(dict.fromkeys(key for ends, _ in most for key in ends))
        groups = [key for key in keys if key in sides and sides[key].kind != "person"]
        shown = {key: sides[key] for key in groups[:MOST]}
        people = {o for s, o, _ in pairs if s in shown and o in sides and sides[o].kind == "person"}
        return Gathered(shown, max(0, len(groups) - MOST), frozenset(people))

    def _around(self, asked: Asked, types: tuple[str, ...]) -> list[tuple[str, str, int]]:
        """Pairs of tied actors around the root, ring by ring; persons lead on to the group they stand for."""
        found: dict[tuple[str, str], int] = {}
        done: set[str] = set()
        edge = {asked.root or ""}
        for _ in range(asked.depth):
            fresh: set[str] = set()
            for key in sorted(edge)[:MOST]:
                for one, other, claims in self._pairs(key, asked.period, types):
                    found[one, other] = claims
                    fresh |= {one, other}
            done |= edge
            homes = {a.parent for a in self.actors(fresh - done).values() if a.kind == "person" and a.parent}
            edge = (fresh | homes) - done
        return [(one, other, claims) for (one, other), claims in found.items()]

    def _pairs(self, actor: str | None, period: Period, types: tuple[str, ...]) -> list[tuple[str, str, int]]:
        where = TieFilter(types=types, actor=actor, since=period.since, until=period.until, limit=_SUMS)
        found: Counter[tuple[str, str]] = Counter()
        for tie in self._base.ties(where):
            found[tie.subject, tie.object] += tie.claims
        return [(one, other, claims) for (one, other), claims in found.items()]
