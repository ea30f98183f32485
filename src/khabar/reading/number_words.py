"""English number words and what they stand for. Invariant: data and pure functions only."""

from __future__ import annotations

__all__ = ["MAGNITUDES", "ORDINAL_WORDS", "PEOPLE", "PERSON", "SMALL_NUMBERS", "VAGUE_NUMBERS", "words_value"]

SMALL_NUMBERS: dict[str, int] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip

MAGNITUDES: dict[str, int] = {
    "hundred": 100, "thousand": 1000, "lakh": 100_000, "lakhs": 100_000, "million": 1_000_000, "mln": 1_000_000,
    "crore": 10_000_000, "crores": 10_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000,
}  # fmt: skip

ORDINAL_WORDS: dict[str, int] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "hundredth": 100,
}  # fmt: skip

# The least number each stands for: two of the unit (two dozen, two hundred ...), as the field's coders read plurals.
VAGUE_NUMBERS: dict[str, int] = {
    "tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "lakhs": 200_000,
    "millions": 2_000_000, "several": 3, "few": 3, "handful": 3,
}  # fmt: skip

# Nouns for people, and for what else the field counts, as they stand after a number.
_PEOPLE = """people persons men women children boys girls kids babies infants adults civilians villagers residents
    citizens
    nationals foreigners tourists worshippers worshipers devotees pilgrims mourners passengers travellers commuters
    students pupils cadets recruits teachers doctors nurses patients medics journalists reporters lawyers judges
    workers labourers laborers miners farmers peasants fishermen traders shopkeepers drivers guards employees staff
    soldiers troops troopers officers policemen policewomen police cops constables guardsmen commandos marines
    paramilitaries rangers levies servicemen personnel peacekeepers officials ministers lawmakers legislators
    deputies mayors candidates activists protesters protestors demonstrators militants terrorists insurgents rebels
    fighters gunmen attackers assailants bombers jihadists jihadis extremists guerrillas guerillas subversives
    suspects prisoners detainees inmates hostages captives convicts refugees migrants victims casualties survivors
    bodies corpses dead deaths fatalities injured wounded killed others members supporters followers sympathisers
    relatives brothers sisters sons daughters families households clerics priests nuns monks elders tribesmen
    tribespeople leaders commanders chiefs operatives agents spies aides bystanders pedestrians shoppers"""
PEOPLE = frozenset(_PEOPLE.split())

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "babies": "baby", "deputies": "deputy", "families": "family",
    "bodies": "body", "spies": "spy", "witnesses": "witness", "mayors": "mayor", "people": "person",
}  # fmt: skip
_NOT_ONE = frozenset(
    {"dead", "injured", "wounded", "killed", "police", "staff", "personnel", "troops", "deaths", "households", "levies"}
)


def _singular(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("men"):
        return noun[:-2] + "an"
    return noun.removesuffix("s")


# The same nouns for one person: "a soldier", "an intelligence officer".
PERSON = frozenset(_singular(noun) for noun in PEOPLE - _NOT_ONE) | {
    "colonel",
    "brigadier",
    "general",
    "major",
    "captain",
}


def words_value(words: list[str]) -> int | None:
    """The number which lower-case words spell ("a", "hundred", "and", "twenty"), or None if they spell none."""
    total = current = 0
    seen = False
    for word in words:
        if word in ("and", "of"):
            continue
        if word in ("a", "an"):
            current, seen = 1, True
        elif word in SMALL_NUMBERS:
            current, seen = current + SMALL_NUMBERS[word], True
        elif word == "hundred":
            current, seen = max(current, 1) * 100, True
        elif word in MAGNITUDES:
            total, current, seen = total + max(current, 1) * MAGNITUDES[word], 0, True
        elif word in ("dozen", "score"):
            current, seen = max(current, 1) * (12 if word == "dozen" else 20), True
        else:
            return None
    return total + current if seen else None
