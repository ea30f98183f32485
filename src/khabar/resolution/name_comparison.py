"""Whether two written names are of one bearer. Invariant: symmetric, and never a score without its reasons.

How two names are compared:

1. each is read into its words (`name_forms`);
2. words are paired one to one: equal, equal by sound, forms of one given name, an initial, or a slip of the pen;
3. what the pairing shows is put into features: how far the paired words differ, what is left over and where;
4. a table of weights (`name_weights.yml`, fitted by `tools/fit_names.py`) makes a score of them; a few things decide
   alone: acronyms that differ, numbers that differ, a telling word more in the name of a group.

A score of 0.5 and more says that the two may be written for one. It says nothing of whether two people share a name:
that is for the ties in the texts (`actors`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

import yaml

from khabar.resolution.name_forms import NameForm, name_form
from khabar.resolution.name_lists import known_word, load_name_words, sound
from khabar.resolution.name_pairing import Pair, Pairing, glued, pairing
from khabar.text import fold

__all__ = ["NAME_KINDS", "NameComparison", "compare_names", "decided", "name_features", "same_name"]

NAME_KINDS = ("person", "organization", "company", "vessel")
_SAME = 0.5


@dataclass(frozen=True, slots=True)
class NameComparison:
    """What two names share: a score from 0 to 1, and the reasons in words, the weightiest first."""

    score: float
    reasons: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether they may be written for one bearer."""
        return self.score >= _SAME


def same_name(left: str, right: str, kind: str = "organization") -> bool:
    """Whether two names of a kind (`NAME_KINDS`) may be written for one bearer."""
    return compare_names(left, right, kind).same


def compare_names(left: str, right: str, kind: str = "organization") -> NameComparison:
    """Score and reasons for two names of a kind (`NAME_KINDS`)."""
    verdict = decided(left, right, kind)
    if verdict is not None:
        return verdict
    features = name_features(left, right, kind)
    model = _weights()["person" if kind == "person" else "body"]
    odds = {name: model.get(name, 0.0) * value for name, value in features.items()}
    score = 1 / (1 + exp(-model.get("base", 0.0) - sum(odds.values())))
    told = sorted((name for name in odds if odds[name]), key=lambda name: (-abs(odds[name]), name))
    return NameComparison(score, tuple(_REASONS[name] for name in told) or ("all words are the same",))


def decided(left: str, right: str, kind: str) -> NameComparison | None:
    """What needs no weighing: names of equal words, acronyms, numbers, telling words; None for all others."""
    one, other = _forms(left, right, kind)
    if not (one.words and other.words):
        return NameComparison(float(fold(left) == fold(right)), ("one has no words",))
    if one.words == other.words and one.legal == other.legal:
        return NameComparison(1.0, ("all words are the same",))
    if len(one.solid) > _SOLID and one.solid == other.solid:
        return NameComparison(0.95, ("the same letters, parted in another way",))
    if kind == "person":
        return _decided_persons(one, other)
    if one.acronym and other.acronym:
        return NameComparison(0.0, ("two acronyms that differ",))
    for short, full in ((one, other), (other, one)):
        if short.acronym and len(short.acronym) > len("xx") and _initials(full) == short.acronym:
            return NameComparison(0.8, ("one is the initials of the other",))
    return _decided_groups(one, other) if kind == "organization" else None


def _forms(left: str, right: str, kind: str) -> tuple[NameForm, NameForm]:
    """Both forms, in an order that does not depend on which was named first."""
    one, other = sorted(
        (name_form(left, kind == "person"), name_form(right, kind == "person")), key=lambda f: (f.words, f.text)
    )
    return one, other


def _decided_groups(one: NameForm, other: NameForm) -> NameComparison | None:
    if one.numbers != other.numbers:
        return NameComparison(0.0, ("their numbers differ",))
    pairs = _paired(one, other, person=False)
    alone = [p.how for p in pairs.pairs] == ["slip"]
    if alone or pairs.left_over(one.optional | other.optional):
        return NameComparison(0.0, ("a telling word stands in one of them only",))
    return None


def _paired(one: NameForm, other: NameForm, person: bool) -> Pairing:
    left, right = glued(one.words, other.words)
    return pairing(left, right, person, scripts=one.foreign != other.foreign)


_SOLID = 5  # letters


def _decided_persons(one: NameForm, other: NameForm) -> NameComparison | None:
    if _changed_places(one, other):
        return NameComparison(0.0, ("son and father change places",))
    pairs = _paired(one, other, person=True)
    left, right = pairs.left, pairs.right
    free = one.optional | other.optional
    if all(p.how == "initial" for p in pairs.pairs):
        return NameComparison(0.0, ("no word is the same",))
    if pairs.missing_left(free) and pairs.missing_right(free):
        return NameComparison(0.1, ("another word stands where the other has one",))
    told = [[w for w in words if w not in free] or list(words) for words in (left, right)]
    if 1 in map(len, told) and len(told[0]) != len(told[1]):
        return NameComparison(0.3, ("a single name is not enough",))
    if len(told[0]) != len(told[1]) and _follows(pairs, free | one.compound | other.compound):
        return NameComparison(0.3, ("one has another name before the whole other one, as a child before the father's",))
    if pairs.turned() and _common(pairs.pairs):
        return NameComparison(0.3, ("common names in another order",))
    if len(told[0]) != len(told[1]) and _common(pairs.pairs):
        return NameComparison(0.3, ("what they share is common names",))
    return None


def _follows(pairs: Pairing, free: frozenset[str]) -> bool:
    """Whether the longer name is one other word and then the shorter: Hannibal Muammar Gaddafi, Muammar Gaddafi."""
    left, right = pairs.left, pairs.right
    if len(left) == len(right) or pairs.turned():
        return False
    longer, met = (left, [p.i for p in pairs.pairs]) if len(left) > len(right) else (right, [p.j for p in pairs.pairs])
    own = longer[0] not in free and sound(longer[0]) not in load_name_words().honouring
    return own and sorted(met) == list(range(1, len(longer)))


def _initials(form: NameForm) -> str:
    return "".join(word[0] for word in form.words) if len(form.words) > 1 else ""


# ------------------------------------------------------------------ features

_REASONS = {
    "replaced": "another word stands where the other has one",
    "replaced_more": "several words differ",
    "slips": "letters differ",
    "worst": "one word differs in several letters",
    "short_slip": "a short word differs in a letter",
    "sounds": "words differ only in how they are transliterated",
    "nickname": "two forms of one given name",
    "initial": "an initial stands for a word",
    "extra": "one has more words",
    "extra_share": "one has many more words",
    "extra_last": "one goes on where the other ends",
    "extra_optional": "one has a title or a kind of organisation more",
    "single": "one is a single word of the other",
    "order": "the words stand in another order",
    "script": "one is written in another script",
    "numbers": "their numbers differ",
    "legal": "their legal forms differ",
    "legal_one": "one has a legal form",
    "short": "the names are short",
    "paired": "words are the same",
}


def name_features(left: str, right: str, kind: str) -> dict[str, float]:
    """What the pairing of two names shows; the keys are those of the table of weights."""
    one, other = _forms(left, right, kind)
    found = _paired(one, other, kind == "person")
    optional = one.optional | other.optional
    missing = [found.missing_left(optional), found.missing_right(optional)]
    replaced, extra = min(map(len, missing)), abs(len(missing[0]) - len(missing[1]))
    sizes = (len(found.left), len(found.right))
    most = max(sizes)
    letters = sum(len(p.left) + len(p.right) for p in found.pairs) / 2 or 1.0
    slips = [p for p in found.pairs if p.how == "slip"]
    features = {
        "replaced": float(replaced > 0),
        "replaced_more": float(replaced > 1),
        "slips": 10 * sum(p.cost for p in slips) / letters,
        "worst": max((p.share for p in slips), default=0.0) * 5,
        "short_slip": float(any(min(len(p.left), len(p.right)) <= _SHORT for p in slips)),
        "sounds": min(2.0, sum(p.how == "sound" for p in found.pairs)),
        "nickname": float(any(p.how == "nickname" for p in found.pairs)),
        "initial": float(any(p.how == "initial" for p in found.pairs)),
        "extra": min(3.0, extra),
        "extra_share": extra / most,
        "extra_last": float(extra > 0 and not replaced and found.goes_on()),
        "extra_optional": float(found.optional_left_over(optional) > 0),
        "single": float(min(sizes) == 1 < most),
        "order": float(found.turned()),
        "script": float(one.foreign != other.foreign),
        "numbers": float(one.numbers != other.numbers),
        "legal": float(bool(one.legal and other.legal) and not one.legal & other.legal),
        "legal_one": float(bool(one.legal) != bool(other.legal)),
        "short": float(max(sum(map(len, found.left)), sum(map(len, found.right))) <= 2 * _SHORT),
        "paired": min(4.0, len(found.pairs)) - 2,
    }
    return {name: value for name, value in features.items() if value}


_SHORT = 4  # letters of a word in which one letter makes another


def _common(pairs: tuple[Pair, ...]) -> bool:
    """Whether all paired words are common given names, or a kunya alone ("Abu Obaida")."""
    lists = load_name_words()
    if pairs and pairs[0].left in lists.kunya and len(pairs) <= len(("abu", "obaida")):
        return True
    common = lists.common
    words = {w for p in pairs for w in (p.left, p.right)}
    return all(w in common or known_word(w) or known_word(w.removeprefix("abdul")) for w in words)


def _changed_places(one: NameForm, other: NameForm) -> bool:
    """Salman bin Muhammad and Muhammad bin Salman: one's father is the other's son."""
    if not (one.fathers and other.fathers):
        return False
    return one.words[0] in other.fathers and other.words[0] in one.fathers and one.words[0] != other.words[0]


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    path = Path(__file__).with_name("name_weights.yml")
    weights: dict[str, dict[str, float]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return weights
