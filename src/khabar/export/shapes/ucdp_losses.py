"""What UCDP's shape cannot take. Invariant: every rule under which its rows lose something stands here."""

from __future__ import annotations

from khabar.export.shapes.parts import LossRule

__all__ = [
    "ABDUCTED",
    "ARRESTED",
    "ATTACKERS",
    "BY_TYPE",
    "COARSER",
    "EXPLAINED",
    "INJURED",
    "NOT_ACTUAL",
    "NO_ACTOR",
    "NO_BEST",
    "NO_CODE",
    "NO_DATE",
    "NO_DEATH",
    "NO_HIGH",
    "NO_OPPONENT",
    "NO_PLACE",
    "ORIGINS",
    "OTHER_ACTORS",
    "OTHER_PLACES",
    "OWN_GOVERNMENT",
    "PERSON",
    "RULES",
    "SEVERAL_SIDES",
    "SPLIT",
    "STANCE",
    "SUBTRACTED",
    "TYPE",
    "VAGUE_DATE",
    "WEAPON",
    "WIDER_PLACE",
]

NOT_ACTUAL = LossRule("did not happen", "left out", "planned, predicted, hypothetical or denied: not a UCDP event")
NO_CODE = LossRule("no code", "left out", "not a use of armed force by UCDP's definition, as the codebook has it")
NO_DEATH = LossRule("no death", "left out", "no death: not a UCDP event")
NO_ACTOR = LossRule("no organised actor", "left out", "no organised actor is held responsible: UCDP needs one by name")
NO_OPPONENT = LossRule(
    "no opponent", "left out", "the other side is neither civilians nor a government's forces nor a named group"
)
NO_DATE = LossRule("no date", "left out", "no report bounds the days on both sides: UCDP needs a first and a last day")
VAGUE_DATE = LossRule("date too vague", "left out", "not known to the year: beyond UCDP's precision 5")
NO_PLACE = LossRule("no place", "left out", "no place with coordinates in a country that UCDP has is named")
EXPLAINED = LossRule("explained", "left out", "the incidents of the base account for all deaths of this total")
SUBTRACTED = LossRule("subtracted", "narrowed", "deaths of incidents with rows of their own are taken off a total")
BY_TYPE = LossRule(
    "side by type", "narrowed", "who was attacked is not said; the type of violence follows the event type"
)
OWN_GOVERNMENT = LossRule("own government", "narrowed", "forces without a name are taken for those of the country")
ATTACKERS = LossRule("attackers' dead", "not held", "UCDP counts no deaths of the perpetrator in one-sided violence")
SEVERAL_SIDES = LossRule("several sides", "narrowed", "targets are of several sides: the dead are of unknown status")
NO_BEST = LossRule("no best", "narrowed", "no number is said: the lower bound stands as the best estimate")
NO_HIGH = LossRule("no high", "narrowed", "no upper bound is said: the best estimate stands as the highest")
WIDER_PLACE = LossRule("wider place", "narrowed", "the place is on no map; the narrowest one around it stands for it")
OTHER_PLACES = LossRule("other places", "narrowed", "reports name different places; a row has one")
SPLIT = LossRule(
    "split", "narrowed", "one event in several places: a row for each, the dead split as evenly as possible"
)
COARSER = LossRule("coarser place", "narrowed", "fewer dead than places: one row for the unit around all of them")
OTHER_ACTORS = LossRule("other actors", "not held", "others are held responsible too; a dyad has two sides")
PERSON = LossRule("person responsible", "not held", "whoever is held responsible is no organised actor")
STANCE = LossRule("who says so", "not held", "UCDP has no column for who claims, blames, suspects or denies")
ORIGINS = LossRule("origins", "not held", "UCDP counts sources, not independent origins")
INJURED = LossRule("injured", "not held", "UCDP has no column for the injured")
ARRESTED = LossRule("arrested", "not held", "UCDP has no column for people arrested")
ABDUCTED = LossRule("abducted", "not held", "UCDP has no column for people abducted")
WEAPON = LossRule("weapon", "not held", "UCDP has no column for the weapon")
TYPE = LossRule("event type", "not held", "UCDP has no event types beyond its three kinds of violence")

RULES = (
    NOT_ACTUAL, NO_CODE, NO_DEATH, NO_ACTOR, NO_OPPONENT, NO_DATE, VAGUE_DATE, NO_PLACE, EXPLAINED, SUBTRACTED, BY_TYPE,
    OWN_GOVERNMENT, ATTACKERS, SEVERAL_SIDES, NO_BEST, NO_HIGH, WIDER_PLACE, OTHER_PLACES, SPLIT, COARSER, OTHER_ACTORS,
    PERSON, STANCE, ORIGINS, INJURED, ARRESTED, ABDUCTED, WEAPON, TYPE,
)  # fmt: skip
