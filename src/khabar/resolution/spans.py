"""Times, areas and numbers set against each other. Invariant: what is open or unknown never counts as apart."""

from __future__ import annotations

from khabar.records import Claim, Count, When
from khabar.resolution.counts import bounds
from khabar.resolution.mentions import COUNTRY, POINT, PROVINCE, Spot
from khabar.resolution.model import Corpus
from khabar.resolution.nearness import elsewhere, kilometres

__all__ = ["apart", "as_of", "bounds", "elsewhere", "exclude", "inside", "kilometres", "within"]


_ABOUT = 0.1  # by which a number may be off that is said to be about so many


def exclude(a: Count, b: Count) -> bool:
    """Whether no number is allowed by both counts: "at least 29" does not exclude 31, and "about 30" does not either;
    "at least 50" and "about 30" exclude each other.
    """
    (low_a, high_a), (low_b, high_b) = _allowed(a), _allowed(b)
    return max(low_a, low_b) > min(high_a, high_b)


def _allowed(count: Count) -> tuple[float, float]:
    low, high = bounds(count)
    about = count.low is None and count.high is None
    return (low * (1 - _ABOUT), high * (1 + _ABOUT)) if about else (low, high)


def apart(a: When, b: When) -> bool:
    """Whether two times have no day in common; open ends reach as far as they may."""
    start = max(a.earliest or "", b.earliest or "")
    return bool(start) and start > min(a.latest or "9999", b.latest or "9999")


def as_of(corpus: Corpus, claim: Claim) -> When:
    """The time a claim about a state of things speaks of.

    As stated; without a stated beginning, the days on which its report may have appeared. Both may be open.
    """
    when = claim.when
    published = corpus.document(claim.passages[0].document).published
    if when.earliest is not None or (published.earliest is None and published.latest is None):
        return when
    if when.latest is not None and published.earliest is not None and when.latest < published.earliest:
        return when  # it says that it speaks of an earlier time
    return When(published.earliest, published.latest, "range")


def inside(inner: Spot, outer: Spot) -> bool:
    """Whether one place surely is, or lies in, the other."""
    return within(inner, outer) is True


def within(inner: Spot, outer: Spot) -> bool | None:
    """Whether one place lies in the other; None where that cannot be told from what is known of them."""
    if inner.key == outer.key:
        return True
    if inner.country is None or outer.country is None:
        return None
    if inner.country != outer.country:
        return False
    if outer.level == COUNTRY:
        return True
    if inner.level == outer.level and inner.name == outer.name:
        return True
    if inner.admin1 and outer.admin1 and inner.admin1 != outer.admin1:
        return False
    if inner.level < outer.level or outer.admin1 is None or inner.admin1 is None:
        return None  # the wider of the two is the inner one, or an area no gazetteer bounds
    if outer.level == PROVINCE:
        return True
    if inner.level == outer.level == POINT:
        return False
    if inner.admin2 and outer.admin2:
        return inner.admin2 == outer.admin2 and outer.level != POINT
    return None
