"""What PLOVER's shape cannot take. Invariant: every rule under which its rows lose something stands here."""

from __future__ import annotations

from khabar.export.shapes.parts import LossRule

__all__ = [
    "ABDUCTED",
    "ARRESTED",
    "ATTACKERS",
    "ATTEMPT",
    "INJURED",
    "KILLED",
    "MIDDLE",
    "NO_CODE",
    "NO_DATE",
    "NO_PLACE",
    "NO_SCORE",
    "OTHER_ACTORS",
    "OTHER_PLACES",
    "PERSON",
    "PRECISION",
    "RULES",
    "SPLIT",
    "STANCE",
    "VAGUE_DATE",
    "WIDER_PLACE",
]

NO_CODE = LossRule("no code", "left out", "the codebook gives PLOVER no event for this type")
NO_DATE = LossRule("no date", "left out", "no report bounds the day on both sides: PLOVER needs a date")
VAGUE_DATE = LossRule("date too vague", "left out", "not known to the month: PLOVER has no precision of dates")
MIDDLE = LossRule("middle day", "narrowed", "several days are possible; PLOVER takes one, the middle one")
ATTEMPT = LossRule("attempt", "narrowed", "PLOVER has no mode for an attempt; it stands as done")
NO_SCORE = LossRule("no score", "narrowed", "PLOVER's table has no score for this event")
NO_PLACE = LossRule("no place", "narrowed", "no place with coordinates is named")
PRECISION = LossRule("precision", "not held", "PLOVER has no precision of places")
WIDER_PLACE = LossRule("wider place", "narrowed", "the place is on no map; the narrowest one around it stands for it")
OTHER_PLACES = LossRule("other places", "narrowed", "reports name different places; a row has one")
SPLIT = LossRule("split", "narrowed", "one event in several places: a row for each")
OTHER_ACTORS = LossRule("other actors", "narrowed", "others are held responsible too; of them the sector alone arrives")
PERSON = LossRule("person responsible", "not held", "whoever is held responsible is no named group, state or agency")
STANCE = LossRule("who says so", "not held", "PLOVER has no column for who claims, blames, suspects or denies")
KILLED = LossRule("killed", "not held", "POLECAT's files have no column for the dead")
ATTACKERS = LossRule("attackers' dead", "not held", "POLECAT's files have no column for dead attackers")
INJURED = LossRule("injured", "not held", "POLECAT's files have no column for the injured")
ARRESTED = LossRule("arrested", "not held", "POLECAT's files have no column for numbers of people arrested")
ABDUCTED = LossRule("abducted", "not held", "POLECAT's files have no column for numbers of people abducted")

RULES = (
    NO_CODE, NO_DATE, VAGUE_DATE, MIDDLE, ATTEMPT, NO_SCORE, NO_PLACE, PRECISION, WIDER_PLACE, OTHER_PLACES, SPLIT,
    OTHER_ACTORS, PERSON, STANCE, KILLED, ATTACKERS, INJURED, ARRESTED, ABDUCTED,
)  # fmt: skip
