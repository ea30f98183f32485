"""The rules above the sum, by name. Invariant: the first rule that applies decides, whatever the sum says.

A rule forbids or asks; none says that two claims are one incident. One leaves it to the other claims of the base.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khabar.resolution.acts import TARGETS, TYPES, VICTIMS, WORDS
from khabar.resolution.columns import Bools
from khabar.resolution.levels import Found, Pairs
from khabar.resolution.nearness import ALIKE, APART, NAMED
from khabar.resolution.retelling import SECOND_MENTION, disjoint, same_statement
from khabar.resolution.tolls import CLOSE, EQUAL, INJURED, KILLED, SCALE, TELLING, many_killed, unequal
from khabar.resolution.verdicts import DIFFERENT, LIKELY, UNSURE
from khabar.resolution.when import DATES, FRESH, LOOSE, NARROW, SLIP, YEARS
from khabar.resolution.where import PLACES

__all__ = ["MASS", "RULES", "Compared", "Rule"]


MASS = 20  # dead from which on two incidents of one kind are seldom alike by chance


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs, what the comparisons found, the sum of its weights, whether that is enough for a question and for "same",
    and whether what was found speaks against one incident by more than a little.
    """

    pairs: Pairs
    found: Found
    sums: NDArray[np.float64]
    asks: Bools
    enough: Bools
    opposed: Bools


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words, the verdict it gives, and the pairs it applies to. `caps`: it only holds back "same"."""

    words: str
    verdict: int
    applies: Callable[[Compared], Bools]
    caps: bool = False


def _one_done_one_not(c: Compared) -> Bools:
    left, right = c.pairs.both(c.pairs.table.flags, "incomplete")
    return np.asarray(left != right)


def _two_in_one_sentence(c: Compared) -> Bools:
    return np.asarray(same_statement(c.pairs) & disjoint(c.pairs, c.found))


def _other_toll_and_target(c: Compared) -> Bools:
    return np.asarray(c.pairs.one_report & TARGETS.against(c.found) & unequal(c.pairs))


def _toll_alone(c: Compared) -> Bools:
    """Not where two speakers give tolls of one site: that is a disagreement about one incident."""
    silent = (c.found["dates"] == 0) | (c.found["places"] == 0)
    left, right = c.pairs.numbers("speaker")
    disagree = (left != right) & PLACES.shows(c.found, ALIKE)
    return np.asarray(c.pairs.one_report & KILLED.against(c.found) & silent & ~disagree)


def _dates_apart(c: Compared) -> Bools:
    """Apart by more than a slip: two or three days are one where town and toll agree and nothing speaks against it."""
    slip = (
        DATES.shows(c.found, SLIP) & PLACES.shows(c.found, ALIKE) & KILLED.shows(c.found, EQUAL) & ~c.pairs.one_report
    )
    slip &= ~TARGETS.against(c.found) & ~TYPES.against(c.found) & ~INJURED.against(c.found)
    return np.asarray(DATES.against(c.found) & ~slip)


def _same_but_for_date(c: Compared) -> Bools:
    """A named victim in common; the same place and toll, with a high toll, the same target or as many injured; or one
    high toll and no other place.
    """
    high = KILLED.shows(c.found, EQUAL[:1]) & (c.found["places"] > 0) & ~PLACES.against(c.found)
    alike = PLACES.shows(c.found, ALIKE) & KILLED.shows(c.found, CLOSE) & ~TYPES.against(c.found)
    more = TARGETS.shows(c.found, TARGETS.supports[:2]) | INJURED.shows(c.found, EQUAL[:4])
    more |= KILLED.shows(c.found, EQUAL[:1])
    named = VICTIMS.shows(c.found, VICTIMS.supports)
    agrees = named | (alike & more) | (high & ~TYPES.against(c.found))
    return np.asarray(_dates_apart(c) & ~c.pairs.one_report & agrees)


def _places_apart(c: Compared) -> Bools:
    return PLACES.shows(c.found, APART)


def _places_apart_but_alike(c: Compared) -> Bools:
    """Nearly all else agrees; or a mass killing with as many dead and hurt at a target of the same name."""
    mass = many_killed(c.pairs, MASS) & KILLED.shows(c.found, CLOSE) & TARGETS.shows(c.found, TARGETS.supports[:2])
    mass &= ~DATES.against(c.found) & ~TYPES.against(c.found) & ~INJURED.against(c.found)
    return np.asarray(_places_apart(c) & (c.asks | mass | VICTIMS.shows(c.found, VICTIMS.supports)))


def _too_vague(c: Compared) -> Bools:
    """No place to compare, or no date but years, and nothing that would tell this incident from its like; or no date
    but a month, and nothing beside place and kind that agrees.
    """
    telling = KILLED.shows(c.found, TELLING) | INJURED.shows(c.found, TELLING) | SCALE.shows(c.found, SCALE.levels)
    telling |= (c.found[SECOND_MENTION.name] > 0) | VICTIMS.shows(c.found, VICTIMS.supports)
    worded = WORDS.shows(c.found, WORDS.supports)
    telling |= (DATES.shows(c.found, NARROW) | DATES.shows(c.found, FRESH)) & worded
    placeless = (c.found["places"] == 0) & ~c.pairs.one_report
    dateless = (c.found["dates"] == 0) | DATES.shows(c.found, YEARS)
    named = TARGETS.shows(c.found, TARGETS.supports[:1]) | PLACES.shows(c.found, (NAMED,))
    more = named | worded | TARGETS.shows(c.found, TARGETS.supports[:2])
    more |= KILLED.shows(c.found, KILLED.supports) | INJURED.shows(c.found, INJURED.supports)
    return np.asarray(~telling & (placeless | (dateless & ~named) | (DATES.shows(c.found, LOOSE) & ~more)))


def _likely(c: Compared) -> Bools:
    """A question of two reports that give one day, or are news of one day, of which little speaks against it."""
    one_day = DATES.shows(c.found, NARROW) | DATES.shows(c.found, FRESH)
    question = c.asks & (~c.enough | _too_vague(c))
    return np.asarray(question & one_day & ~c.opposed & ~c.pairs.one_report)


RULES: tuple[Rule, ...] = (
    Rule("what was done and what was foiled or failed are two incidents", DIFFERENT, _one_done_one_not),
    Rule("one sentence gives other dates, places, tolls or targets: two incidents", DIFFERENT, _two_in_one_sentence),
    Rule("one report gives another toll for another target", DIFFERENT, _other_toll_and_target),
    Rule("one report gives tolls apart and no place or date to compare", DIFFERENT, _toll_alone),
    Rule("the dates lie apart, but place and toll agree: a date may be wrong", UNSURE, _same_but_for_date),
    Rule("the dates lie apart", DIFFERENT, _dates_apart),
    Rule("the places lie apart, but nearly all else agrees", UNSURE, _places_apart_but_alike),
    Rule("the places lie apart", DIFFERENT, _places_apart),
    Rule("little speaks against it: one incident, if no other fits nearly as well", LIKELY, _likely),
    Rule("too little is said of place or date to tell it from its like", UNSURE, _too_vague, caps=True),
)
"""In the order in which they are asked."""
