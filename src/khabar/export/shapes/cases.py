"""An incident with everything a shape may want to know of it. Invariant: a case holds only what may leave the base: an
attribution that the profile keeps back is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from khabar.exchange import count_to_json, place_to_json, when_to_json
from khabar.export.shapes.attributed import Attributed
from khabar.export.words import bounds_words
from khabar.records import Claim, Derived, Event, EventBody, Value
from khabar.store.questions import DocumentSummary

__all__ = ["COUNTS", "Case", "event_of_claim"]

COUNTS = ("killed", "injured", "arrested", "abducted", "attackers_killed")
"""The fields that count people."""


@dataclass(frozen=True, slots=True)
class Case:
    """An incident (or, with `total`, a total) with its claims by id, its reports, and who is held responsible.

    `attributed` holds those whom somebody holds responsible, those who claim it first; `inside` are ids of incidents
    that a total counts.
    """

    event: Event
    claims: Mapping[str, Claim]
    reports: tuple[DocumentSummary, ...]
    attributed: tuple[Attributed, ...] = ()
    total: int | None = None
    inside: tuple[str, ...] = ()
    _resting: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """The id of the incident, or of the claim that states the total."""
        return self.event.id

    def shown(self, name: str) -> Any:
        """The value shown for a field of the incident, or None."""
        derived = self.event.derived.get(name)
        return None if derived is None else derived.value

    def counted(self) -> Iterator[tuple[str, str]]:
        """Each number of people that is shown, as (what is counted, the number) in words: ("attackers killed", "2")."""
        for name in COUNTS:
            words = bounds_words(self.shown(name))
            if words:
                yield name.replace("_", " "), words

    def stated(self, name: str) -> tuple[Value, ...]:
        """Every value stated for a field."""
        return self.event.values.get(name, ())

    def resting(self, *names: str) -> tuple[str, ...]:
        """The claims that the shown values of these fields rest on; all that state the field where none states just
        that value (an interval put together from two, say).
        """
        found: dict[str, None] = {}
        for name in names:
            if name not in self._resting:
                shown, stated = self.shown(name), self.stated(name)
                same = [v for v in stated if v.value == shown or (isinstance(shown, list) and v.value in shown)]
                self._resting[name] = tuple(dict.fromkeys(c for v in same or stated for c in v.claims))
            found.update(dict.fromkeys(self._resting[name]))
        return tuple(found)

    @property
    def publishers(self) -> tuple[str, ...]:
        """Publishers of the reports, each once, else the names of their files."""
        return tuple(dict.fromkeys(r.publisher or r.file for r in self.reports))


def event_of_claim(claim: Claim, actor_ids: Mapping[str, str]) -> Event:
    """A single claim in the form of an incident, so that the same functions read both; `actor_ids` by role of links."""
    body = claim.body
    assert isinstance(body, EventBody)  # noqa: S101  # only claims of events are asked for
    values: dict[str, list[Any]] = {"type": [body.type], "modality": [claim.modality]}
    when = when_to_json(claim.when)
    values["when"] = [when] if when else []
    values["places"] = [place_to_json(p) for p in body.places]
    values["targets"] = [{"text": t.text, "class": t.category} for t in body.targets]
    values["weapon"] = [{"text": body.weapon.text, "class": body.weapon.category}] if body.weapon else []
    for name in COUNTS:
        count = getattr(body, name)
        values[name] = [count_to_json(count)] if count is not None else []
    values["attributions"] = list(_attributions(claim, body, actor_ids))
    kept = {name: tuple(Value(v, (claim.id,)) for v in found) for name, found in values.items() if found}
    shown = {
        name: Derived([v.value for v in found] if name in ("places", "targets", "attributions") else found[0].value, "")
        for name, found in kept.items()
    }
    return Event(claim.id, (claim.id,), (claim.passages[0].document,), kept, shown)


def _attributions(claim: Claim, body: EventBody, actor_ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for i, who in enumerate(body.attributions):
        yield {
            "actor": who.actor.name,
            "actor_id": actor_ids.get(f"attribution:{i}"),
            "stance": who.stance,
            "role": who.role,
            "by": who.by or (claim.speaker.name if claim.speaker else None),
            "channel": who.channel,
        }
