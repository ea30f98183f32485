"""Time and place of a pair. Invariant: a wider time or place does not disagree with a narrower one that lies in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from khabar.comparing.model import Difference, Likely
from khabar.comparing.sides import REASONS, Sides
from khabar.records import EventBody, Place, When
from khabar.resolution.ledger.dispute import Stand
from khabar.resolution.mentions import COUNTRY, DISTRICT, POINT, PROVINCE, Spot, day, spot
from khabar.resolution.nearness import ALIKE, OPPOSES, RANK, kilometres, spots
from khabar.resolution.spans import apart
from khabar.resolution.wording import listed, period

__all__ = ["date", "place"]

_LEVELS = {COUNTRY: "country", PROVINCE: "province", DISTRICT: "district", POINT: "town or site"}


def date(sides: Sides) -> Difference:
    """When it happened."""
    theirs = sides.record.when
    shown = sides.event.derived.get("when")
    if shown is None or not (shown.value["earliest"] or shown.value["latest"]):
        told = Likely("not_told", "Your reports give no date.")
        return Difference("date", "not told", period(theirs), None, (told,))
    mine = When(shown.value["earliest"], shown.value["latest"], shown.value["precision"])
    words = period(mine), period(theirs)
    if apart(mine, theirs):
        return Difference("date", *words, False, tuple(_date_reasons(sides, mine)))
    if mine.earliest is None or mine.latest is None:
        return Difference("date", *words, None, (Likely("not_told", "Your reports give no day of their own."),))
    if (mine.earliest, mine.latest) == (theirs.earliest, theirs.latest):
        return Difference("date", *words, True)
    narrow, wide = sorted((mine, theirs), key=_days)
    return Difference("date", *words, True, (Likely("less_exact", f"{period(narrow)} lies in {period(wide)}."),))


def _date_reasons(sides: Sides, mine: When) -> Iterator[Likely]:
    theirs = sides.record.when
    stands = (
        Stand(period(mine), sides.stated(lambda claim: claim.when.earliest), mine),
        Stand(period(theirs), (sides.their_claim,), theirs),
    )
    yield from sides.reconciled("date", "when", stands)
    yield Likely("date_wrong", REASONS["date_wrong"])


def _days(when: When) -> int:
    return (day(when.latest) or 0) - (day(when.earliest) or 0)


def place(sides: Sides) -> Difference:
    """Where it happened: the places of the two sides that agree best."""
    body = sides.their_claim.body
    theirs = body.places[0] if isinstance(body, EventBody) else sides.record.place
    shown = sides.event.derived.get("places")
    mine = [str(value["name"]) for value in shown.value] if shown and shown.value else []
    there = spot(theirs)
    compared = product((s for form in sides.forms for s in form.spots), (there,))
    best = min(compared, key=lambda pair: RANK[spots(*pair)], default=None)
    words = listed(mine) or "not told", _where(theirs)
    if best is None:
        return Difference("place", *words, None, (Likely("not_told", "Your reports name no place."),))
    level = spots(*best)
    if level in ALIKE or level.startswith("the same"):
        return Difference("place", *words, True)
    return Difference("place", *words, level not in OPPOSES, tuple(_place_reasons(*best, level)))


def _place_reasons(mine: Spot, theirs: Spot, level: str) -> Iterator[Likely]:
    if mine.level != theirs.level and level not in OPPOSES:
        narrow, wide = max(mine.level, theirs.level), min(mine.level, theirs.level)
        who, other = ("You", "they") if mine.level > theirs.level else ("They", "you")
        yield Likely("other_level", f"{who} name the {_LEVELS[narrow]}, {other} the {_LEVELS[wide]} around it.")
    elif (far := kilometres(mine, theirs)) is not None:
        yield Likely("apart", f"The points given lie {far:.0f} km apart.")
    else:
        yield Likely("apart", f"The places: {level}.")


def _where(place: Place) -> str:
    """A place in the data set's own words, with the units around it."""
    around = (unit for unit in (place.admin2, place.admin1) if unit and unit != place.name)
    return ", ".join(dict.fromkeys((place.text, *around)))
