"""What ACLED's shape cannot take. Invariant: every rule under which its rows lose something stands here."""

from __future__ import annotations

from khabar.export.shapes.parts import LossRule

__all__ = [
    "ABDUCTED",
    "ARRESTED",
    "ATTACKERS",
    "INJURED",
    "KIND",
    "MIDDLE",
    "NOT_ACTUAL",
    "NO_CODE",
    "NO_DATE",
    "NO_PLACE",
    "ONE_NUMBER",
    "OTHER_PLACES",
    "OTHER_TOLLS",
    "PERSON",
    "RULES",
    "SPLIT",
    "STANCE",
    "STATE_FORCES",
    "VAGUE_DATE",
    "VAGUE_PLACE",
    "WIDER_PLACE",
]

NOT_ACTUAL = LossRule("did not happen", "left out", "planned, predicted, hypothetical or denied: not an ACLED event")
NO_CODE = LossRule("no code", "left out", "the codebook gives ACLED no code for this type of event")
NO_DATE = LossRule("no date", "left out", "no report bounds the day on both sides: ACLED needs a date")
VAGUE_DATE = LossRule("date too vague", "left out", "not known to the month: beyond ACLED's precision 3")
NO_PLACE = LossRule("no place", "left out", "no place with coordinates is named: ACLED needs a location")
VAGUE_PLACE = LossRule("place too vague", "left out", "only the country is known: beyond ACLED's precision 3")
MIDDLE = LossRule("middle day", "narrowed", "several days are possible; ACLED takes one, the middle one")
WIDER_PLACE = LossRule("wider place", "narrowed", "the place is on no map; the narrowest one around it stands for it")
OTHER_PLACES = LossRule("other places", "narrowed", "reports name different places; ACLED takes one")
SPLIT = LossRule("split", "narrowed", "one event in several places: a row for each, the dead split evenly")
ONE_NUMBER = LossRule("one number", "narrowed", "bounds of the number of dead become one conservative number")
OTHER_TOLLS = LossRule("other tolls", "not held", "reports state other numbers of dead; ACLED has one column")
PERSON = LossRule(
    "person responsible", "not held", "somebody is held responsible who is no named group; ACLED names none"
)
KIND = LossRule("kind of group", "narrowed", "rebels are not told from militias: a group that no list has is coded 3")
STATE_FORCES = LossRule("state forces", "narrowed", "only the state is named, not whether army or police acted")
STANCE = LossRule("who says so", "not held", "ACLED has no column for who claims, blames, suspects or denies")
ATTACKERS = LossRule("attackers' dead", "narrowed", "attackers' deaths are counted together with all others")
INJURED = LossRule("injured", "not held", "ACLED has no column for the injured")
ARRESTED = LossRule("arrested", "not held", "ACLED has no column for numbers of people arrested")
ABDUCTED = LossRule("abducted", "not held", "ACLED has no column for numbers of people abducted")

RULES = (
    NOT_ACTUAL, NO_CODE, NO_DATE, VAGUE_DATE, NO_PLACE, VAGUE_PLACE, MIDDLE, WIDER_PLACE, OTHER_PLACES, SPLIT,
    ONE_NUMBER, OTHER_TOLLS, PERSON, KIND, STATE_FORCES, STANCE, ATTACKERS, INJURED, ARRESTED, ABDUCTED,
)  # fmt: skip
