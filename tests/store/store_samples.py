"""Small records for the store's tests, about invented groups in invented reports."""

from __future__ import annotations

from khabar.exchange import claim_as_kept, claim_id
from khabar.records import (
    Actor,
    ActorName,
    ActorRef,
    Attribution,
    Claim,
    ClaimBody,
    Contradiction,
    Count,
    Decision,
    Derived,
    Document,
    Edit,
    Event,
    EventBody,
    Extractor,
    Interval,
    Judgement,
    Party,
    Passage,
    Place,
    Presence,
    Reason,
    Relation,
    Review,
    Side,
    Speaker,
    Statement,
    Value,
    When,
)
from khabar.store import ActorLink, Assembled
from khabar.text import sha256

__all__ = [
    "EXTRACTOR",
    "LATER",
    "accepted",
    "bombing",
    "claim",
    "claims_of",
    "corrected",
    "decision",
    "document",
    "event",
    "full_document",
    "rejected_by",
    "resolved",
    "undone",
]

EXTRACTOR = Extractor("rules", "1", "political-violence@1")
LATER = Extractor("rules", "2", "political-violence@1")

TEXT = (
    "A bomb killed at least 12 people at a market in Northport on 3 May 2019, police said.\n"
    "The Red Lantern Front is present in the Zéphyr valley. It joined the Union of Lanterns.\n"
    "Officials put its strength at 300 fighters. No naïve reader believes it."
)


def document(name: str = "one.txt", text: str = TEXT, **more: object) -> Document:
    values: dict[str, object] = {"file": name, "language": "en", "published": Interval("2019-05-04", "2019-05-04")}
    return Document(id=sha256(f"{name}\n{text}".encode()), text=text, **(values | more))  # type: ignore[arg-type]


def full_document() -> Document:
    """One with every field filled."""
    return document(
        "full.html",
        external_id="A-17",
        title="Blast in Northport",
        author="A. Writer",
        publisher="Northport Gazette",
        url="https://example.org/17",
        genre="analysis",
        published=Interval("2019-05-01", None),
        published_by="metadata",
        retrieved_at="2019-06-01T10:00:00+00:00",
        media_type="text/html",
        repairs=(Edit(0, 1, "“", "mojibake"), Edit(5, 6, "", "footnote")),
        skipped=((10, 20), (30, 40)),
        unread=None,
    )


def claim(
    doc: Document, words: str, body: ClaimBody, *, extractor: Extractor = EXTRACTOR, when: When | None = None,
    speaker: Speaker | None = None, modality: str = "actual", stance: str = "asserted", confidence: float = 0.123456,
) -> Claim:  # fmt: skip
    start = doc.text.index(words)
    kinds = {EventBody: "event", Relation: "relation", Presence: "presence", Statement: "statement"}
    made = Claim(
        id="-",
        kind=kinds[type(body)],  # type: ignore[arg-type]
        passages=(Passage(doc.id, start, start + len(words), words),),
        body=body,
        extractor=extractor,
        speaker=speaker,
        stance=stance,
        modality=modality,
        when=when or When(),
        confidence=confidence,
    )
    return Claim(**{name: getattr(made, name) for name in Claim.__slots__} | {"id": claim_id(made)})


FRONT = ActorRef("The Red Lantern Front", "Red Lantern Front", "actor-front")
UNION = ActorRef("the Union of Lanterns", "Union of Lanterns", "actor-union")
NORTHPORT = Place("Northport", "Northport", 7, country="XN", admin1="Côte Nord", latitude=1.5, longitude=2.5)


def bombing(doc: Document, *, extractor: Extractor = EXTRACTOR, confidence: float = 0.8) -> Claim:
    body = EventBody(
        "bombing",
        places=(NORTHPORT,),
        attributions=(Attribution(FRONT, "blamed", by="police"),),
        killed=Count(12, 12, None, "at least 12 people"),
    )
    when = When("2019-05-03", "2019-05-03", "day", "on 3 May 2019")
    words = doc.text[: doc.text.index("\n")]
    return claim(
        doc, words, body, extractor=extractor, when=when, speaker=Speaker("police"), confidence=confidence
    )  # fmt: skip


def claims_of(doc: Document, extractor: Extractor = EXTRACTOR) -> list[Claim]:
    """One claim of each kind, and a total."""
    valley = Place("the Zéphyr valley", "Zéphyr", country="XN", precision="region")
    return [
        bombing(doc, extractor=extractor),
        claim(doc, "The Red Lantern Front is present in the Zéphyr valley.", Presence(FRONT, valley, "present")),
        claim(doc, "It joined the Union of Lanterns.", Relation("merged_into", FRONT, UNION)),
        claim(doc, "Officials put its strength at 300 fighters.", Statement("estimate", (FRONT,)), stance="claimed"),
        claim(doc, "A bomb", EventBody("bombing", aggregate=9), modality="predicted"),
    ]


def event(number: str, claims: list[Claim], **derived: object) -> Event:
    values: dict[str, object] = {
        "type": "bombing",
        "when": {"earliest": "2019-05-03", "latest": "2019-05-03", "precision": "day", "text": None},
        "places": [{"name": "Northport", "country": "XN", "admin1": "Côte Nord"}],
        "killed": {"low": 12, "best": 12, "high": None, "text": "12"},
        "modality": "actual",
    }
    values |= derived
    ids = tuple(c.id for c in claims)
    return Event(
        id=number,
        claims=ids,
        documents=tuple(dict.fromkeys(c.passages[0].document for c in claims)),
        values={"killed": (Value(values["killed"], ids),)},
        derived={name: Derived(value, "only value") for name, value in values.items()},
        origins=2,
        unsure_with=("another",),
    )


def resolved(claims: list[Claim], *events: Event) -> Assembled:
    """A resolution of claims of the kind `claims_of` makes; the first claim becomes an incident if none is given."""
    front = Actor(
        "actor-front",
        "organization",
        (ActorName("Red Lantern Front"), ActorName("Front du Fanal Rouge", "alias"), ActorName("RLF", "acronym")),
        parent="actor-union",
        country="XN",
        external_ids=(("ucdp", "999"),),
        valid=Interval("2001-01-01", None),
    )
    union = Actor("actor-union", "organization", (ActorName("Union of Lanterns"),))
    idle = Actor("actor-idle", "agency", (ActorName("Northport Police"),))
    happened = events or (event("incident-000001", claims[:1]),)
    return Assembled(
        actors=(front, union, idle),
        links=tuple(ActorLink(c.id, "attribution:0", "actor-front") for c in claims),
        events=happened,
        judgements=(
            Judgement(
                claims[0].id, claims[-1].id, "different", "rule:total", "2020-01-01", -0.5,
                (Reason("aggregate", -1.0, "A total is not an incident."),),
            ),
        ),
        contradictions=(
            Contradiction(
                "contradiction-1", "toll", happened[0].id, "12 or 15 dead",
                (Side("12", (claims[0].id,)), Side("15", (claims[-1].id,))), "A later count.",
            ),
        ),
    )  # fmt: skip


def accepted(claim: Claim, **more: object) -> Review:
    """Of amal: the claim as it is."""
    said = claim_as_kept(claim)
    return Review(claim.id, "accept", "amal", said, said, **more)  # type: ignore[arg-type]


def corrected(claim: Claim, other: Claim, **more: object) -> Review:
    """Of amal: another claim in place of the one proposed."""
    return Review(claim.id, "correct", "amal", claim_as_kept(claim), claim_as_kept(other), **more)  # type: ignore[arg-type]


def rejected_by(claim: Claim, user: str = "amal", **more: object) -> Review:
    """The claim is none."""
    return Review(claim.id, "reject", user, claim_as_kept(claim), **more)  # type: ignore[arg-type]


def undone(number: int, **more: object) -> Review:
    """Of amal: what was decided does not hold."""
    return Review("-", "undo", "amal", undoes=number, **more)  # type: ignore[arg-type]


def decision(act: str, *keys: str, claims: bool = True, note: str = "") -> Decision:
    """Of amal, with one member a side: claims of an invented document, or names."""
    sides = tuple((Party(key, "d" * 64, 10, 20) if claims else Party(key),) for key in keys)
    return Decision(act, "amal", sides, note)
