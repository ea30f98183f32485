"""Who speaks for which value. Invariant: each independent origin has one voice a field, that of its latest report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from khabar.records import Claim, Value
from khabar.resolution.model import Corpus, TypeFacts
from khabar.resolution.origins.cited import Source, sources_in
from khabar.resolution.origins.corroborate import Corroboration
from khabar.resolution.values.stating import PlaceKey, doubtful_places
from khabar.text import fold

__all__ = ["Voices", "backed", "voices_of"]


@dataclass(frozen=True, slots=True)
class Voices:
    """What rules know of one incident beside its stated values.

    `order` are its claims in reading order, `day` the day on which each claim's report appeared ('' if unknown),
    `doubtful` the keys of places not to show while there are others, `types` the event types of the codebook.
    """

    order: Mapping[str, int]
    day: Mapping[str, str]
    corroboration: Corroboration
    types: TypeFacts
    doubtful: frozenset[PlaceKey] = frozenset()

    def document(self, claim: str) -> str:
        """The report in which a claim stands."""
        return self.corroboration.document[claim]

    def origins(self, claims: Iterable[str]) -> int:
        """The number of independent origins of claims."""
        return len(self.corroboration.parts(self._ordered(claims)))

    def speakers(self, stated: Sequence[Value]) -> set[str]:
        """The claims that speak for the origins of a field: of each origin the first claim of its latest report.

        Later figures in a report are mostly those it corrects, and an earlier report of one source is superseded.
        """
        claims = self._ordered(c for v in stated for c in v.claims)
        return {
            min(part, key=lambda c: (_latest_first(self.day[c]), self.order[c]))
            for part in self.corroboration.parts(claims)
        }

    def _ordered(self, claims: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(claims), key=self.order.__getitem__))

    def votes(self, stated: Sequence[Value]) -> list[tuple[Value, int, str]]:
        """Each value with the number of origins that speak for it, and the latest day on which one of them did."""
        speakers = self.speakers(stated)
        told = [(v, speakers.intersection(v.claims)) for v in stated]
        return [(v, len(by), max((self.day[c] for c in by), default="")) for v, by in told]


def _latest_first(day: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in day) or (1,)


def voices_of(claims: Sequence[Claim], corroboration: Corroboration, corpus: Corpus) -> Voices:
    """The voices of an incident; `claims` in reading order."""
    published = {d: corpus.document(d).published for d in set(corroboration.document.values())}
    return Voices(
        order={c.id: i for i, c in enumerate(claims)},
        day={c: published[d].latest or published[d].earliest or "" for c, d in corroboration.document.items()},
        corroboration=corroboration,
        types=corpus.types,
        doubtful=doubtful_places(claims),
    )


def backed(values: Mapping[str, tuple[Value, ...]], corroboration: Corroboration) -> dict[str, tuple[Value, ...]]:
    """The stated values with the names of the independent origins that each has.

    An attribution comes from who makes it: the group that claims the deed, the official who blames it.
    """

    def told(field: str, value: Value) -> Value:
        by = _makers(value.value, corroboration) if field == "attributions" else None
        return Value(value.value, value.claims, corroboration.names(value.claims, by))

    return {field: tuple(told(field, v) for v in stated) for field, stated in values.items()}


def _makers(value: Mapping[str, Any], corroboration: Corroboration) -> tuple[Source, ...] | None:
    """Who makes an attribution; None where the report itself makes it."""
    if value["stance"] == "claimed":
        return (Source(f"actor:{value['actor_id'] or fold(value['actor'])}", value["actor"]),)
    return sources_in(value["by"], corroboration.where) if value["by"] else None
