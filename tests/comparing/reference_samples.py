"""Invented attacks in real places, as reports and as records of a data set."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from by_hand import bare_claim
from khabar.exchange import claim_id
from khabar.records import (
    ActorRef,
    Attribution,
    Count,
    Document,
    EventBody,
    Interval,
    Passage,
    Place,
    ReferenceIncident,
    ReferenceParty,
    ReferenceReport,
    When,
)
from khabar.store import Store
from khabar.text import sha256

__all__ = ["KARACHI", "LEJ", "PESHAWAR", "QUETTA", "RECORDS", "SINDH", "TTP", "record", "told"]

QUETTA = Place("Quetta", "Quetta", 1167528, "city", "PK", "Balochistan", "Quetta District", 30.18414, 67.00141)
KARACHI = Place("Karachi", "Karachi", 1174872, "city", "PK", "Sindh", None, 24.8608, 67.0104)
PESHAWAR = Place(
    "Peshawar", "Peshawar", 1168197, "city", "PK", "Khyber Pakhtunkhwa", "Peshawar District", 34.008, 71.57849
)
SINDH = Place("Sindh", "Sindh", 1164807, "adm1", "PK", "Sindh", None, 26.28841, 68.55082, "adm1")
TTP = ActorRef("TTP", "Tehrik-i-Taliban Pakistan", "org:ttp")
LEJ = ActorRef("LeJ", "Lashkar-e-Jhangvi", "org:lashkar-e-jhangvi")


def told(
    store: Store, day: str, place: Place, killed: int | None, *who: ActorRef, when: When | None = None, **body: Any
) -> str:
    """Add a report of one incident, published on the day after; gives the id of its claim."""
    number = store.overview().documents
    words = f"Report {number}: attack at {place.text}, {killed} dead."
    doc = Document(
        sha256(words.encode()), words, f"r{number}.txt", published=Interval(day, day), published_by="operator"
    )
    store.add_document(doc)
    claim = bare_claim(
        EventBody(
            type=body.pop("type", "armed_assault"),
            places=(place,),
            attributions=tuple(Attribution(actor, "claimed") for actor in who),
            killed=None if killed is None else Count(killed, killed, killed, str(killed)),
            **body,
        ),
        Passage(doc.id, 0, len(words), words),
        when=when or When(day, day, "day", "Report"),
        confidence=0.9,
    )
    claim = replace(claim, id=claim_id(claim))
    store.save_claims(doc.id, [claim], claim.extractor)
    return claim.id


def record(key: str, day: str, place: Place, killed: int | Count, **rest: Any) -> ReferenceIncident:
    """An event of a data set, which knows no ids of a gazetteer."""
    bare = replace(place, id=None, kind="", admin1=place.admin1 and f"{place.admin1} province")
    count = killed if isinstance(killed, Count) else Count(killed, killed, killed)
    parties = rest.pop(
        "parties", (ReferenceParty("TTP", "356", "perpetrator", 0), ReferenceParty("Civilians", "1", "victim"))
    )
    return ReferenceIncident(key, int(key), When(day, day, "day"), bare, count, "one-sided violence", parties, **rest)


RECORDS = (
    record(
        "1",
        "2031-10-24",
        QUETTA,
        66,
        parties=(ReferenceParty("Government of Pakistan", "142", killed=61), ReferenceParty("TTP", "356", killed=5)),
    ),
    record("2", "2031-05-13", KARACHI, Count(43, 45, 47)),
    record(
        "3",
        "2031-02-16",
        PESHAWAR,
        88,
        reports=(ReferenceReport("Toll climbs to 75 dead", "Coast News", "2031-02-17"),),
    ),
    record("4", "2031-07-01", PESHAWAR, 30, sums_up=True),
    record("5", "2033-01-01", PESHAWAR, 1),
)
