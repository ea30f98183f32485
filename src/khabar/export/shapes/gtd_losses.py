"""What GTD's shape cannot take. Invariant: every rule under which its rows lose something stands here."""

from __future__ import annotations

from khabar.export.shapes.parts import LossRule

__all__ = [
    "ARRESTED",
    "CRITERIA",
    "DATE",
    "DENIED",
    "FOILED",
    "MORE_GROUPS",
    "MORE_SOURCES",
    "MORE_TARGETS",
    "MORE_TYPES",
    "MORE_WEAPONS",
    "NOT_ACTUAL",
    "NO_CODE",
    "NO_DATE",
    "NO_PLACE",
    "ONE_NUMBER",
    "OTHER_PLACES",
    "OTHER_TOLLS",
    "PERSON",
    "POINT",
    "RULES",
    "SPLIT",
    "STANCE",
    "STATE",
    "WIDER_PLACE",
]

NOT_ACTUAL = LossRule("did not happen", "left out", "planned, predicted, hypothetical or denied: not a GTD incident")
FOILED = LossRule("foiled plot", "left out", "foiled plot: not GTD, which takes attempts that were begun")
STATE = LossRule("state action", "left out", "done by state forces: GTD takes sub-national perpetrators alone")
NO_CODE = LossRule("no code", "left out", "the codebook gives GTD no attack type for this type of event")
NO_DATE = LossRule("no date", "left out", "the year is not known: GTD needs one")
NO_PLACE = LossRule("no place", "left out", "no place in a country that GTD has is named")
CRITERIA = LossRule(
    "criteria", "not held", "whether two of GTD's three criteria hold is left open; crit1 to crit3 are empty"
)
DATE = LossRule("approximate date", "narrowed", "several days are possible: month or day are 0, the days are in words")
POINT = LossRule("no point", "narrowed", "only a region or the country is known: no coordinates, specificity 5")
WIDER_PLACE = LossRule("wider place", "narrowed", "the place is on no map; the narrowest one around it stands for it")
OTHER_PLACES = LossRule("other places", "narrowed", "reports name different places; a row has one")
SPLIT = LossRule("split", "narrowed", "one incident in several places: linked rows, numbers of people split evenly")
ONE_NUMBER = LossRule("one number", "narrowed", "bounds of a number of people become one number")
OTHER_TOLLS = LossRule("other tolls", "narrowed", "other numbers that reports state are words in addnotes")
MORE_TYPES = LossRule("more types", "not held", "more than three attack types")
MORE_TARGETS = LossRule("more targets", "not held", "more than three classes of targets")
MORE_GROUPS = LossRule("more groups", "not held", "more than three groups are held responsible")
MORE_WEAPONS = LossRule("more weapons", "not held", "more than four classes of weapons")
MORE_SOURCES = LossRule("more sources", "not held", "more than three reports")
PERSON = LossRule("person responsible", "not held", "a person is held responsible; GTD names groups")
STANCE = LossRule("who says so", "not held", "GTD tells claims and suspicions, not who blames or asserts")
DENIED = LossRule("denial", "narrowed", "a denial is words in addnotes")
ARRESTED = LossRule("arrested", "not held", "GTD counts captured perpetrators; who was arrested is not said to be one")

RULES = (
    NOT_ACTUAL, FOILED, STATE, NO_CODE, NO_DATE, NO_PLACE, CRITERIA, DATE, POINT, WIDER_PLACE, OTHER_PLACES, SPLIT,
    ONE_NUMBER, OTHER_TOLLS, MORE_TYPES, MORE_TARGETS, MORE_GROUPS, MORE_WEAPONS, MORE_SOURCES, PERSON, STANCE, DENIED,
    ARRESTED,
)  # fmt: skip
