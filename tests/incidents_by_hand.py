"""Incidents made by hand in a real store, and what a shape makes of them. Invariant: one report and one claim for each
stated value, unless several are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from by_hand import HAND
from khabar.codebook.load import load_codebook
from khabar.exchange import count_to_json, place_from_json
from khabar.export.conduct import Pseudonyms
from khabar.export.shapes.attributed import attributed_in
from khabar.export.shapes.cases import Case
from khabar.export.shapes.leaving import Leaving
from khabar.export.shapes.material import Material, Total
from khabar.export.shapes.parts import Loss, Row
from khabar.export.shapes.profiles import PROFILES, Profile
from khabar.records import (
    Actor,
    ActorName,
    ActorRef,
    Attribution,
    Claim,
    Count,
    Derived,
    Document,
    Event,
    EventBody,
    Interval,
    Passage,
    Speaker,
    Value,
    When,
)
from khabar.store.base import ActorLink, Assembled
from khabar.store.opening import open_store
from khabar.store.questions import DocumentSummary

__all__ = [
    "GREEN_FRONT",
    "KABUL",
    "PAKISTAN",
    "QUETTA",
    "RED_FRONT",
    "Incident",
    "Made",
    "case_by_hand",
    "exported",
    "group",
    "place",
    "said",
]


def place(
    name: str,
    country: str | None = "PK",
    precision: str = "exact",
    at: tuple[float, float] | None = (30.0, 67.0),
    admin1: str | None = "Balochistan",
    admin2: str | None = None,
    kind: str = "city",
    known: bool = True,
) -> dict[str, Any]:
    """A place in the claim format; `at` is latitude and longitude, None on no map, `known` one of the gazetteer."""
    latitude, longitude = at or (None, None)
    return {
        "text": name, "name": name, "geonames_id": crc32(name.encode()) if at and known else None, "kind": kind,
        "country": country, "admin1": admin1, "admin2": admin2, "latitude": latitude, "longitude": longitude,
        "precision": precision,
    }  # fmt: skip


QUETTA = place("Quetta", at=(30.18, 67.0))
KABUL = place("Kabul", "AF", at=(34.53, 69.17), admin1="Kabul")
PAKISTAN = place("Pakistan", precision="country", admin1=None, kind="country")


def group(key: str, name: str, *, kind: str = "organization", country: str | None = None, **ids: str) -> Actor:
    """An actor with one name; `ids` are its ids in other lists."""
    return Actor(key, kind, (ActorName(name),), country=country, external_ids=tuple(ids.items()))


RED_FRONT = group("org:red-front", "Red Lantern Front", ucdp="901")
GREEN_FRONT = group("org:green-front", "Green River Front")


def said(actor: Actor | str, stance: str = "claimed", by: str | None = None, role: str = "perpetrator",
         channel: str | None = None, origins: int = 1) -> dict[str, Any]:  # fmt: skip
    """An attribution, told by `origins` independent origins; a claim of responsibility is the actor's own."""
    name = actor.names[0].text if isinstance(actor, Actor) else actor
    return {
        "actor": name, "actor_id": actor.id if isinstance(actor, Actor) else None, "stance": stance, "role": role,
        "by": by if by or stance != "claimed" else name, "channel": channel, "origins": origins,
    }  # fmt: skip


@dataclass(frozen=True)
class Incident:
    """What is said of an incident. Counts are numbers or `Count`s; several values of a field disagree, each in a report
    of its own, and the first is shown.
    """

    type: str = "bombing"
    day: str | None = "2016-10-24"
    until: str | None = None
    places: Sequence[Mapping[str, Any]] = (QUETTA,)
    killed: int | Count | Sequence[int | Count] | None = None
    injured: int | Count | None = None
    arrested: int | None = None
    abducted: int | None = None
    attackers_killed: int | Count | None = None
    attributions: Sequence[Mapping[str, Any]] = ()
    targets: Sequence[tuple[str, str | None]] = ()
    weapon: tuple[str, str | None] | None = None
    modality: str = "actual"
    apart: bool = False  # places told by different reports
    name: str = ""


@dataclass(frozen=True)
class Made:
    """What a shape made of the incidents."""

    rows: list[Row]
    losses: list[Loss]
    ids: list[str] = field(default_factory=list)

    @property
    def row(self) -> Mapping[str, Any]:
        """The cells of the only row."""
        [row] = self.rows
        return row.values

    def lost(self, rule: str) -> list[str]:
        """The details of the losses under a rule."""
        return [loss.detail for loss in self.losses if loss.rule.key == rule]

    @property
    def left_out(self) -> list[str]:
        """The rules by which incidents have no row."""
        return [loss.rule.key for loss in self.losses if loss.rule.kind == "left out"]


def exported(
    folder: Path,
    shape: Any,
    *incidents: Incident,
    actors: Sequence[Actor] = (RED_FRONT, GREEN_FRONT),
    profile: Profile = PROFILES["internal"],
    pseudonyms: Pseudonyms | None = None,
    totals: Sequence[tuple[Incident, Sequence[int]]] = (),
    told: Sequence[Incident] = (),
    options: frozenset[str] = frozenset(),
) -> Made:
    """The rows and losses of the incidents; `totals` are totals with the numbers of the incidents inside them, `told`
    single claims that are part of no incident.
    """
    made = [_made(f"{i}", incident) for i, incident in enumerate(incidents)]
    totalled = [(None, [_total(f"t{i}", incident, 9)]) for i, (incident, _) in enumerate(totals)]
    alone = [_total(f"a{i}", incident, None) for i, incident in enumerate(told)]
    events = [event for event, _ in made]
    with open_store(str(folder / "base.db")) as base:
        for _, claims in (*made, *totalled, (None, alone)):
            for claim in claims:
                key = claim.passages[0].document
                base.add_document(
                    Document(key, "x" * 20, file=f"{key}.txt", publisher=f"Paper {key}", title=f"Title {key}",
                             published=Interval("2016-10-25", "2016-10-25"))
                )  # fmt: skip
                base.save_claims(key, [claim], HAND)
        links = [
            ActorLink(claim.id, f"attribution:{i}", who["actor_id"])
            for (_, [claim]), (incident, _) in zip(totalled, totals, strict=True)
            for i, who in enumerate(incident.attributions)
            if who["actor_id"]
        ]
        base.save_resolution(Assembled(actors=tuple(actors), events=tuple(events), links=tuple(links)))
        inside = [
            Total(claims[0], tuple(events[n].id for n in numbers))
            for (_, claims), (_, numbers) in zip(totalled, totals, strict=True)
        ]
        material = Material(
            base,
            load_codebook(),
            base.events(),
            totals=lambda: inside,
            told=lambda: alone,
            profile=profile,
            options=options,
            at="2026-11-22T10:00:00+00:00",
        )
        items = list(Leaving(shape, material, pseudonyms or Pseudonyms(())))
    rows, losses = [i for i in items if isinstance(i, Row)], [i for i in items if isinstance(i, Loss)]
    return Made(rows, losses, [event.id for event in events])


def _made(key: str, incident: Incident) -> tuple[Event, list[Claim]]:
    values: dict[str, list[Any]] = {"type": [incident.type], "modality": [incident.modality]}
    if incident.day:
        until = incident.until or incident.day
        values["when"] = [{"earliest": incident.day, "latest": until, "precision": "day", "text": "then"}]
    values["places"] = list(incident.places)
    for name in ("killed", "injured", "arrested", "abducted", "attackers_killed"):
        stated = getattr(incident, name)
        if stated is not None:
            each = stated if isinstance(stated, Sequence) else [stated]
            values[name] = [count_to_json(c if isinstance(c, Count) else Count(c, c, c, str(c))) for c in each]
    values["targets"] = [{"text": text, "class": category} for text, category in incident.targets]
    if incident.weapon:
        values["weapon"] = [{"text": incident.weapon[0], "class": incident.weapon[1]}]
    attributions = [dict(a) for a in incident.attributions]
    claims = [_claim(f"{key}c0", incident, attributions)]
    stated_values: dict[str, tuple[Value, ...]] = {}
    for name, found in values.items():
        kept = []
        for i, value in enumerate(found):
            own = f"{key}c0"
            if i and (name not in ("places", "targets") or (name == "places" and incident.apart)):
                own = f"{key}{name}{i}"
                claims.append(_claim(own, incident, []))
            kept.append(Value(value, (own,), (f"Paper {own}",)))
        if kept:
            stated_values[name] = tuple(kept)
    if attributions:
        stated_values["attributions"] = tuple(
            Value({k: v for k, v in a.items() if k != "origins"}, (f"{key}c0",),
                  tuple(f"origin {n}" for n in range(a["origins"])))
            for a in attributions
        )  # fmt: skip
    shown = {
        name: Derived([v.value for v in found] if name in ("places", "targets", "attributions") else found[0].value, "")
        for name, found in stated_values.items()
    }
    if incident.places:  # the most precise are shown, as resolution does
        finest = incident.places[0]["precision"]
        shown["places"] = Derived([p for p in incident.places if p["precision"] == finest], "")
    documents = tuple(c.passages[0].document for c in claims)
    event = Event(f"event{key}", tuple(c.id for c in claims), documents, stated_values, shown, origins=len(claims))
    return event, claims


def _total(key: str, incident: Incident, aggregate: int | None) -> Claim:
    """A claim whose body holds all that is said, because nothing else is put together from it."""
    bare = _claim(key, incident, [dict(a) for a in incident.attributions])
    assert isinstance(bare.body, EventBody)
    killed = incident.killed
    body = replace(
        bare.body,
        aggregate=aggregate,
        places=tuple(map(place_from_json, incident.places)),
        killed=Count(killed, killed, killed, str(killed)) if isinstance(killed, int) else None,
    )
    return replace(
        bare,
        body=body,
        modality=incident.modality,
        when=When(incident.day, incident.until or incident.day, "range", "then"),
    )


def _claim(key: str, incident: Incident, attributions: Sequence[Mapping[str, Any]]) -> Claim:
    speaker = next((Speaker(a["by"], actor=a["by"]) for a in attributions if a["by"]), None)
    body = EventBody(
        incident.type,
        attributions=tuple(
            Attribution(
                ActorRef(a["actor"], a["actor"], a["actor_id"], "person" if "Mr " in a["actor"] else "organization"),
                a["stance"], a["role"], a["by"],
            )
            for a in attributions
        ),
    )  # fmt: skip
    return Claim(key, "event", (Passage(f"doc-{key}", 0, 5, "xxxxx"),), body, HAND, speaker=speaker)


def case_by_hand(incident: Incident, actors: Sequence[Actor] = (RED_FRONT, GREEN_FRONT)) -> Case:
    """The incident as shapes meet it, without a store."""
    event, claims = _made("0", incident)
    found = {claim.id: claim for claim in claims}
    report = {
        "file": "a.txt", "external_id": None, "title": 'A "title"', "author": None, "publisher": "Paper", "url": None,
        "language": "en", "genre": "news", "published": Interval("2016-10-25", "2016-10-26"), "published_by": "text",
        "state": "read", "message": None, "characters": 20, "claims": 1,
    }  # fmt: skip
    reports = tuple(DocumentSummary(id=key, **report) for key in event.documents)  # type: ignore[arg-type]
    return Case(event, found, reports, attributed_in(event, found, {actor.id: actor for actor in actors}))
