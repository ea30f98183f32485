"""Whether a name is used as a place. Invariant: the words beside the name and the standing of the place decide, never
the name alone; a word used in a person's name is that person again.
"""

from __future__ import annotations

from math import log10

from khabar.reading.gazetteer import Candidate
from khabar.reading.place_features import OURS, Evidence
from khabar.reading.place_forms import FoundName
from khabar.reading.place_words import PlaceWords

__all__ = ["is_place"]

_METROPOLIS = 500_000  # inhabitants of a town that is meant sooner than the person named after it
_ALONE = {"country": 5.0, "region": 4.0, "feature": 0.8, "site": 1.0}  # standing of kinds whose size says nothing


def is_place(name: FoundName, c: Candidate, evidence: Evidence, lists: PlaceWords, persons: set[str]) -> bool:
    """Whether the name is used as a place here: its standing as a place and the words beside it are weighed.

    `persons` are words which the document has used in names of people.
    """
    words = name.key.split(" ")
    common = (len(words) == 1 or words[0] == "the") and words[-1] in lists.common
    firm = c.kind in ("country", "region") or c.capital or (c.kind == "adm1" and not c.alias and c.population > 300_000)
    titled = name.before in lists.titles
    if name.left in lists.given or (titled and (not firm or c.kind == "city")):
        return False
    score = _standing(c) + _beside(name, lists, firm=firm and not common)
    if common:
        score -= 2.0 if name.unit or _contained(name) else 5.0
    elif c.population < 100_000 and not firm and all(word in lists.common for word in words):
        score -= 2.5
    elif len(words) == 1 and words[0] in lists.given and (name.right or c.population < _METROPOLIS):
        score -= 5.0 if name.right else 2.0
    if c.kind == "feature" and name.before == "the":
        score += 0.7  # rivers, ranges and seas take the article, firms and persons do not
    if name.outside and c.kind not in ("country", "region", "feature", "site"):
        score -= 6.0  # the text says where it is, and no place of that name is there
    elif not firm and _stray(name, c, evidence):
        score -= 3.0
    if not firm and any(word in persons for word in words):
        score -= 3.0
    own = name.key if c.kind in ("feature", "site") else ""  # firms are named after rivers: the name is no evidence
    return score + 1.5 * min(1.0, 2 * evidence.share(c.country, own)) > 1.0


def _stray(name: FoundName, c: Candidate, evidence: Evidence) -> bool:
    """A little-known place in a country the document does not speak of."""
    if c.country is None:
        return False
    little = c.population < 15_000 or (c.alias and c.population < 100_000)
    return little and not name.inside and evidence.share(c.country) < 0.05


def _beside(name: FoundName, lists: PlaceWords, *, firm: bool) -> float:
    """What the words beside the name say: places have prepositions and containing places, people names and verbs."""
    score = -0.5 if name.capitals else 0.0
    if name.left:
        score -= 1.0 if firm else 3.5
    if name.right:
        score -= 1.0 if firm else 2.5
    if name.unit:
        score += 3.0 if name.kinds[:1] == ("city",) else 4.5
    elif name.inside or name.modifier in ("near", "border"):
        score += 3.0
    elif name.before in lists.locative:
        score += 1.5
    elif name.before in lists.weak_locative:
        score += 0.8
    if name.after in lists.saying and not firm:
        score -= 1.5
    return score


def _contained(name: FoundName) -> bool:
    """Whether the place that holds it follows at once, as in "Mobile, Alabama"."""
    return any(outer.first == name.last + 1 for outer in name.inside)


def _standing(c: Candidate) -> float:
    """How well known the place is, from -1 (a hamlet) to about 5 (a country)."""
    if c.kind in _ALONE or c.id >= OURS:
        return _ALONE.get(c.kind, 0.5)
    score = max(-1.0, min(2.5, log10(c.population + 1) - 4.0)) + 1.5 * c.capital - 0.7 * c.alias
    return score + (2.5 if c.kind == "adm1" else 0.0)
