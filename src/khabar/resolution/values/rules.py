"""The rules by which one value is shown for a field. Invariant: a rule only chooses; what was stated stays as stated.

The table `RULES` is read aloud: a name, what it means, and how it chooses the numbers, the type, the date, the places
and all else. Codebooks differ: ACLED shows a conservative toll, GTD the majority's, UCDP three numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from khabar.errors import SettingsError
from khabar.records import Derived, Value
from khabar.resolution.values.choices import ALL, ONLY, Choose, all_stated, latest, majority
from khabar.resolution.values.fields import (
    agreed_days,
    all_days,
    narrowest_type,
    newest_places,
    precise_places,
    supported_places,
    widest_type,
)
from khabar.resolution.values.stating import COUNTS
from khabar.resolution.values.tolls import (
    low_best_high,
    lowest_supported,
    majority_number,
    newest_number,
    without_attackers,
)
from khabar.resolution.values.voices import Voices
from khabar.settings import RULE

__all__ = ["RULES", "Rule", "derive", "rule_named"]

_LISTS = ("targets", "attributions")  # fields of which all that is stated is shown


@dataclass(frozen=True, slots=True)
class Rule:
    """A named way to show one value of what sources state: how it chooses numbers of people, type, date, places, and
    all other fields.
    """

    name: str
    meaning: str
    number: Choose
    type: Choose
    date: Choose
    places: Choose
    other: Choose = majority


RULES: tuple[Rule, ...] = (
    Rule(
        "majority",
        "what most independent origins state, else the newest report, else the lowest (as GTD)",
        number=majority_number,
        type=narrowest_type,
        date=agreed_days,
        places=precise_places,
    ),
    Rule(
        "conservative",
        "the lowest number that two origins state, else the lowest; no more than that elsewhere (as ACLED)",
        number=lowest_supported,
        type=widest_type,
        date=all_days,
        places=supported_places,
    ),
    Rule(
        "latest",
        "what the newest report states: for tolls that are still rising",
        number=newest_number,
        type=latest,
        date=latest,
        places=newest_places,
        other=latest,
    ),
    Rule(
        "ucdp",
        "the lowest, the majority's and the highest number; the first and last possible day (as UCDP)",
        number=low_best_high,
        type=narrowest_type,
        date=all_days,
        places=precise_places,
    ),
)


def rule_named(name: str) -> Rule:
    """The rule of that name; SettingsError lists the names."""
    for rule in RULES:
        if rule.name == name:
            return rule
    raise SettingsError(f"there is no rule {name!r}.", f"Use one of {', '.join(r.name for r in RULES)}.")


def derive(values: Mapping[str, tuple[Value, ...]], voices: Voices, rule: str = RULE) -> dict[str, Derived]:
    """The value to show for each stated field; `Derived.rule` says how it was chosen, with the name of any rule but
    the default before it.
    """
    by = rule_named(rule)
    shown: dict[str, Derived] = {}
    for field, stated in values.items():
        told: Sequence[Value] = stated
        if field == "killed":
            told = without_attackers(stated, values.get("attackers_killed", ()))
        derived = _chooser(by, field)(told, voices)
        shown[field] = _named(by, derived, attackers=len(told) < len(stated))
    return shown


def _chooser(rule: Rule, field: str) -> Choose:
    if field in COUNTS:
        return rule.number
    if field in _LISTS:
        return all_stated
    return {"type": rule.type, "when": rule.date, "places": rule.places}.get(field, rule.other)


def _named(rule: Rule, derived: Derived, *, attackers: bool) -> Derived:
    how = f"{derived.rule}, attackers counted out" if attackers else derived.rule
    return replace(derived, rule=how if rule.name == RULE or derived.rule in (ONLY, ALL) else f"{rule.name}: {how}")
