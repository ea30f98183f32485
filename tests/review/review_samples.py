"""Claims about an invented report, for the tests of the review room."""

from __future__ import annotations

from dataclasses import replace

from khabar.exchange import claim_id
from khabar.records import (
    ActorRef,
    Attribution,
    Claim,
    ClaimBody,
    Count,
    Document,
    EventBody,
    Extractor,
    Passage,
    Place,
    Presence,
    Quantity,
    Relation,
    Speaker,
    Statement,
    Target,
    Weapon,
    When,
)
from khabar.text import sha256

__all__ = ["DOCUMENT", "KEY", "TEXT", "claim", "event", "passage", "presence", "relation", "statement"]

TEXT = (
    "A bomb killed 12 people at a market in Northport on 3 May 2019, police said. "
    "Gunmen shot two guards in Southport.\n"
    "The Red Lantern Front is present in the Zéphyr valley. It joined the Union of Lanterns.\n"
    "Officials put its strength at 300 fighters."
)
KEY = sha256(TEXT.encode())
DOCUMENT = Document(KEY, TEXT, file="one.txt", language="en")
FRONT = ActorRef("The Red Lantern Front", "Red Lantern Front", "actor-front")
UNION = ActorRef("the Union of Lanterns", "Union of Lanterns")
NORTHPORT = Place("Northport", "Northport", 7, "city", "XN", "Côte Nord", None, 1.5, 2.5)


def passage(words: str) -> tuple[Passage, ...]:
    """The first place where the text says so."""
    start = TEXT.index(words)
    return (Passage(KEY, start, start + len(words), words),)


def claim(kind: str, words: str, body: ClaimBody, **more: object) -> Claim:
    """A claim of the machine with its content id."""
    made = Claim("-", kind, passage(words), body, Extractor("rules", "1", "x@1"), **more)  # type: ignore[arg-type]
    return replace(made, id=claim_id(made))


def event(
    killed: int | None = 12, words: str = "A bomb killed 12 people at a market in Northport", **more: object
) -> Claim:
    """A bombing with every kind of value."""
    body = EventBody(
        "bombing",
        places=(NORTHPORT,),
        attributions=(Attribution(FRONT, "blamed", by="police", channel="a briefing"),),
        targets=(Target("market", "civilians"),),
        weapon=Weapon("bomb", None),
        killed=None if killed is None else Count(killed, killed, killed, "12 people"),
    )
    common: dict[str, object] = {"speaker": Speaker("police", role="force"), "confidence": 0.9}
    common["when"] = When("2019-05-03", "2019-05-03", "day", "on 3 May 2019")
    return claim("event", words, body, **(common | more))


def relation() -> Claim:
    """A merger."""
    return claim("relation", "It joined the Union of Lanterns.", Relation("merged_into", FRONT, UNION), confidence=0.8)


def presence() -> Claim:
    """A presence in a valley."""
    valley = Place("the Zéphyr valley", "Zéphyr", kind="valley", precision="region")
    return claim("presence", "The Red Lantern Front is present", Presence(FRONT, valley, "present", "strongholds"))


def statement() -> Claim:
    """An estimate."""
    body = Statement("estimate", (FRONT,), Quantity(300, 300.5, None, "fighters"))
    return claim("statement", "Officials put its strength at 300 fighters.", body, stance="claimed")
