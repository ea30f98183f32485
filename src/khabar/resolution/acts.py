"""The comparisons of what was done, to whom, with what and by whom. Invariant: silence on a side finds nothing.

Competing claims of responsibility are common, so another group speaks little against one incident.
"""

from __future__ import annotations

from collections.abc import Callable

from khabar.resolution.columns import Table
from khabar.resolution.levels import Feature, by_parts, without
from khabar.resolution.mentions import ATTACK, FIGHTING, STATE_ACTION, STATE_MEASURE
from khabar.resolution.reported_words import may_fight, wider_means

__all__ = ["ACTORS", "PEOPLE", "TARGETS", "TYPES", "VICTIMS", "WEAPONS", "WORDS"]

# ------------------------------------------------------------------ kinds

_SAME_SPECIAL = "the same special kind of attack"
_SAME_ATTACK = "the same kind of attack"
_SAME_KIND = "the same kind"
_ONE_KIND_OF_OTHER = "one a kind of the other"
_SAME_GENERAL = "the same general kind"
_FAMILY = "two kinds of one family"
_UNSAID = "one says only that something happened"
_ONE_SIDE = "fighting of two sides, and what one of them did"
_TWO_ACTIONS = "two kinds of state action"
_TWO_ATTACKS = "two kinds of attack"
_UNLIKE = "an attack and something else"
_BY_FORCE = {ATTACK, STATE_ACTION, FIGHTING}
_OF_STATES = {STATE_ACTION, STATE_MEASURE}

Kind = tuple[str, tuple[str, ...], bool, str]


def _types(a: Kind, b: Kind) -> str:
    (type_a, lineage_a, general_a, doing_a), (type_b, lineage_b, general_b, doing_b) = a, b
    if type_a == type_b:
        if general_a or doing_a != ATTACK:
            return _SAME_GENERAL if general_a else _SAME_KIND
        return _SAME_SPECIAL if len(lineage_a) > 1 else _SAME_ATTACK
    if general_a or general_b:
        return _UNSAID
    if type_a in lineage_b or type_b in lineage_a:
        return _ONE_KIND_OF_OTHER
    both = {doing_a, doing_b}
    if FIGHTING in both and both <= _BY_FORCE:
        return _ONE_SIDE
    if doing_a != doing_b and not both <= _OF_STATES:
        return _UNLIKE
    if lineage_a[-1] == lineage_b[-1]:
        return _FAMILY
    return _TWO_ACTIONS if both <= _OF_STATES else _TWO_ATTACKS


def _tell_types(table: Table, left: int, right: int) -> str:
    return _both(*(table.part("types", row)[0].replace("_", " ") for row in (left, right)))


# ------------------------------------------------------------------ targets

_MANY_WORDS = "named in two or more of the same words"
_SAME_WORDS = "named in the same word"
_ALIKE_WORDS = "in the same words for people"
_SAME_CLASS = "of the same class"
_OTHER_SIDE = "the two sides of a fight"
_OTHER_WORDS = "named in other words"
_OTHER_CLASS = "of other classes"

Target = tuple[frozenset[str], frozenset[str], frozenset[str]]


def _targets(a: Target, b: Target) -> str | None:
    (named_a, words_a, class_a), (named_b, words_b, class_b) = a, b
    if named_a & named_b:
        return _MANY_WORDS if len(named_a & named_b) > 1 else _SAME_WORDS
    classes = bool(class_a and class_b)
    if classes and not class_a & class_b:
        return _OTHER_SIDE if may_fight(class_a, class_b) else _OTHER_CLASS
    if named_a and named_b and not classes:
        return _OTHER_WORDS
    if words_a & words_b:
        return _ALIKE_WORDS
    if named_a and named_b:
        return _OTHER_WORDS
    return _SAME_CLASS if classes else None


def _tell_targets(table: Table, left: int, right: int) -> str:
    return _both(*(" ".join(sorted(table.part("targets", row)[1])) for row in (left, right)))


# ------------------------------------------------------------------ means, actors, victims

Words = frozenset[str]


def _weapons(a: Words, b: Words) -> str:
    if a & b:
        return "the same means"
    return "one a kind of the other" if wider_means(a) & b or wider_means(b) & a else "other means"


def _actors(a: Words, b: Words) -> str:
    return "a group in common" if a & b else "other groups"


_COMMON = ("three or more telling words in common", "two telling words in common", "one telling word in common")
_NONE_COMMON = "no telling word in common"
_SOME = 2  # telling words that both must have before it tells something that none is in common


def _words(a: Words, b: Words) -> str | None:
    common = len(a & b)
    if common:
        return _COMMON[max(0, 3 - common)]
    return _NONE_COMMON if min(len(a), len(b)) >= _SOME else None


def _victims(a: tuple[Words, bool], b: tuple[Words, bool]) -> str | None:
    (persons_a, one_a), (persons_b, one_b) = a, b
    if persons_a & persons_b:
        return "the death of one named person"
    return "one death each, of other persons" if one_a and one_b else None


def _teller_of_words(part: str) -> Callable[[Table, int, int], str]:
    def tell(table: Table, left: int, right: int) -> str:
        return _both(*(", ".join(sorted(table.part(part, row))) for row in (left, right)))

    return tell


def _both(a: str, b: str) -> str:
    return a if a == b else f"{a} and {b}"


TYPES = Feature(
    name="types",
    title="Kind of event",
    supports=(
        _SAME_SPECIAL,
        _SAME_ATTACK,
        _SAME_KIND,
        _ONE_KIND_OF_OTHER,
        _SAME_GENERAL,
        _FAMILY,
        _UNSAID,
        _ONE_SIDE,
        _TWO_ACTIONS,
    ),
    opposes=(_TWO_ATTACKS, _UNLIKE),
    compare=by_parts("types", _types),
    tell=_tell_types,
    silent=without("types"),
)
"""Kinds of event: the same, of one family, or of different kinds."""
PEOPLE = Feature(
    name="people",
    title="Those killed or hurt",
    supports=("called alike",),
    opposes=("called otherwise",),
    compare=by_parts("people", lambda a, b: "called alike" if a & b else "called otherwise"),
    tell=_teller_of_words("people"),
    silent=without("people"),
)
"""Those killed or hurt: of one kind ("cadets" and "policemen"), or of others."""
TARGETS = Feature(
    name="targets",
    title="Who or what was hit",
    supports=(_MANY_WORDS, _SAME_WORDS, _ALIKE_WORDS, _SAME_CLASS, _OTHER_SIDE),
    opposes=(_OTHER_WORDS, _OTHER_CLASS),
    compare=by_parts("targets", _targets),
    tell=_tell_targets,
    silent=without("targets"),
)
"""Who or what was hit: named in the same words, of the same class, or different."""
WORDS = Feature(
    name="words",
    title="Words of the reports",
    supports=_COMMON,
    opposes=(_NONE_COMMON,),
    compare=by_parts("words", _words),
    tell=lambda table, left, right: ", ".join(sorted(table.part("words", left) & table.part("words", right))),
    silent=without("words"),
)
"""Words of the reports: those that few reports have, in common or not."""
WEAPONS = Feature(
    name="weapons",
    title="Means",
    supports=("the same means", "one a kind of the other"),
    opposes=("other means",),
    compare=by_parts("weapons", _weapons),
    tell=_teller_of_words("weapons"),
    silent=without("weapons"),
)
"""Means: the same weapon, or another."""
ACTORS = Feature(
    name="actors",
    title="Who is held responsible",
    supports=("a group in common",),
    opposes=("other groups",),
    compare=by_parts("actors", _actors),
    silent=without("actors"),
)
"""Who is held responsible: a group in common, or other groups (which competing claims also explain)."""
VICTIMS = Feature(
    name="victims",
    title="Victims",
    supports=("the death of one named person",),
    opposes=("one death each, of other persons",),
    compare=by_parts("victims", _victims),
    silent=without("victims"),
)
"""Victims: both tell of the death of one named person, who dies once; or each of one death, of other persons."""
