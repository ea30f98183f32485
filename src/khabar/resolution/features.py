"""Small comparisons of two event claims. Invariant: each gives -1 (against) to 1 (for), or None where it cannot tell.

The first line of a comparison's docstring is the reason shown to users, so it says what was compared in plain words.
Silence is not evidence: where one claim leaves a thing open, the comparison gives None.
"""

from __future__ import annotations

from math import asin, cos, inf, radians, sin, sqrt

from khabar.records import Count
from khabar.resolution.mentions import COUNTRY, DISTRICT, POINT, PROVINCE, Mention, Spot

__all__ = [
    "actors",
    "arrested",
    "bounds",
    "dates",
    "disjoint",
    "injured",
    "killed",
    "kilometres",
    "leans",
    "places",
    "point",
    "same_statement",
    "scale",
    "second_mention",
    "spots",
    "targets",
    "types",
    "unequal",
    "victims",
    "weapons",
]

_PLACE_FOR = {COUNTRY: 0.15, PROVINCE: 0.45, DISTRICT: 0.7, POINT: 1.0}
_PLACE_WITHIN = {COUNTRY: 0.15, PROVINCE: 0.4, DISTRICT: 0.6}
# How much it means that a report without a date came out so many days after a dated incident.
_LAG_FOR = ((4, 0.4), (10, 0.3))
# How much agreement of two dates means, by the width in days of the wider one.
_DATE_FOR = ((2, 1.0), (8, 0.8), (31, 0.4), (92, 0.3), (366, 0.2))
# How much two points agree by the kilometres between them; reports give the nearest known town, or the city.
_DISTANCE = ((5, 0.9), (15, 0.7), (30, 0.5), (60, 0.1), (100, -0.5))
# How much it means that two claims of one day both have at least so many dead.
_SCALE_FOR = ((100, 1.0), (50, 0.7), (20, 0.4))
_ONE_DAY = 2  # days from the first to the last day of two dates that are taken for one day
_NEAR = 12  # characters between two quotes that still make them one sentence
_GROWING = 5  # days between two reports in which a toll may still rise
_LIGHT = 0.4  # of what a disagreement costs, where it is a toll that rose
_TAKEN_OVER = 0.25  # of what a disagreement of places costs, where one is not named with the incident
_HEADLINE = 200  # characters from the start of a report in which a claim may be its headline
_NAMED = 2  # words of a site's name that must agree
_FORGET = 4000  # characters after which a second mention in a report is least certain


def dates(a: Mention, b: Mention) -> float | None:
    """Dates: the days given agree, or lie apart.

    An overlap counts the more the narrower the wider interval is. A day off is common (time zones, "on Monday night").
    News without a date is of the days before its report.
    """
    if (a.first is None and a.latest is None) or (b.first is None and b.latest is None):
        return None
    gap = max(_low(a.first), _low(b.first)) - min(_high(a.latest), _high(b.latest))
    if not (a.dated and b.dated):
        return -1.0 if gap > 1 else _reported(a, b)
    if gap <= 0:
        width = max(_high(a.last) - _low(a.first), _high(b.last) - _low(b.first)) + 1
        return next((score for days, score in _DATE_FOR if width <= days), 0.1)
    if max(_high(a.last) - _low(a.first), _high(b.last) - _low(b.first)) <= 3:
        if gap <= 1:
            return 0.4
        return -0.4 if gap <= 3 else -0.7 if gap <= 7 else -1.0
    return -1.0


def _reported(a: Mention, b: Mention) -> float | None:
    """How near the day of a report without a date is to the other's date, or to the day of the other's report.

    Says nothing within one report, which may look back, nor where a date is open for another reason.
    """
    if a.document == b.document or not (a.recent or b.recent):
        return None
    if a.recent and b.recent:
        lag, width = abs(_high(a.told) - _high(b.told)), 0.0
    else:
        news, other = (a, b) if a.recent else (b, a)
        lag, width = _high(news.told) - _high(other.last), _high(other.last) - _low(other.first)
    return next((score for days, score in _LAG_FOR if lag <= days and width <= days), None)


def places(a: Mention, b: Mention) -> float | None:
    """Places: the same, near, one inside the other, or apart.

    A site named alike ("Shah Noorani shrine") makes up for a district that is missing or wrong, not for another town.
    A place that readers took over from elsewhere in the report weighs little against one that is named.
    """
    if not a.spots or not b.spots:
        return None
    score = max(spots(x, y) for x in a.spots for y in b.spots)
    if score < 0 and not (a.own_place and b.own_place):
        return score * _TAKEN_OVER
    return max(score, 0.8) if score >= 0 and len(a.landmark & b.landmark) >= _NAMED else score


def types(a: Mention, b: Mention) -> float | None:
    """Kinds of event: the same, of one family, or of different kinds."""
    if a.type == b.type:
        return 0.5 if a.general else 1.0
    if a.general or b.general:
        return 0.2
    if a.type in b.lineage or b.type in a.lineage:
        return 0.8
    if a.doing != b.doing:
        return -0.7
    if a.lineage[-1] == b.lineage[-1]:
        return 0.4
    return 0.2 if a.doing == "state action" else -0.1


def killed(a: Mention, b: Mention) -> float | None:
    """Number killed: equal, within each other's bounds, alike once attackers are counted, or apart."""
    score = _counts(a.killed, b.killed)
    if score is not None and score < 0.7 and _explained(a, b):
        return 0.7
    return _grown(a, b, score, a.killed, b.killed)


def injured(a: Mention, b: Mention) -> float | None:
    """Number injured: equal, within each other's bounds, or apart."""
    return _grown(a, b, _counts(a.injured, b.injured), a.injured, b.injured)


def arrested(a: Mention, b: Mention) -> float | None:
    """Number arrested or abducted: equal, within each other's bounds, or apart."""
    return _counts(a.taken, b.taken)


def scale(a: Mention, b: Mention) -> float | None:
    """Scale: both tell of a mass killing on one day, in one country as far as they say; such are rare."""
    if a.killed is None or b.killed is None or not a.dated or not b.dated:
        return None
    near, where = dates(a, b) or 0.0, places(a, b)
    if near < 0.4 or _high(max(a.last or 0, b.last or 0)) - _low(min(a.first or 0, b.first or 0)) > _ONE_DAY:
        return None
    if where is not None and where <= 0:
        return None
    smaller = min(point(a.killed), point(b.killed))
    return next((score for dead, score in _SCALE_FOR if smaller >= dead), None)


def targets(a: Mention, b: Mention) -> float | None:
    """Who or what was hit: named in the same words, of the same class, or different."""
    named_a, named_b = a.named_targets, b.named_targets
    if named_a & named_b:
        return 1.0
    classes = a.target_classes and b.target_classes
    if classes and not a.target_classes & b.target_classes:
        return -0.7
    if named_a and named_b and not classes:
        return -0.2
    if a.target_words & b.target_words:
        return 0.4
    if named_a and named_b:
        return -0.1
    return 0.2 if classes else None


def weapons(a: Mention, b: Mention) -> float | None:
    """Means: the same weapon, or another."""
    if not a.weapon or not b.weapon:
        return None
    return 1.0 if a.weapon & b.weapon else -1.0


def actors(a: Mention, b: Mention) -> float | None:
    """Who is held responsible: a group in common, or other groups (which competing claims also explain)."""
    if not a.actors or not b.actors:
        return None
    return 1.0 if a.actors & b.actors else -0.5


def victims(a: Mention, b: Mention) -> float | None:
    """Victims: both tell of the death of one named person, who dies once; or each of one death, of other persons."""
    if a.victims & b.victims:
        return 1.0
    one_each = all(m.killed is not None and m.killed.best == 1 for m in (a, b))
    return -1.0 if a.victims and b.victims and one_each else None


def second_mention(a: Mention, b: Mention) -> float | None:
    """Second mention: the same report returns to it with less detail and contradicts nothing said before.

    The leaner mention (`leans`) does not itself name the place or the date, its type is the same or a wider one (or
    tells how an attack was made whose kind was left open), its place is no more precise, and place, date, toll and
    target do not disagree; tolls that are close may be two counts of one thing, and a place taken over from elsewhere
    may be wrong where the toll agrees. Counts for less the further apart.
    """
    late = leans(a, b)
    if late is None:
        return None
    early = b if late is a else a
    known_by_toll = (killed(early, late) or 0.0) >= 0.7
    for compare in (dates, places, killed, injured, arrested, targets):
        score = compare(early, late)
        if score is not None and score < (-_TAKEN_OVER if compare is places and known_by_toll else 0):
            return None
    if not _tolls_close(early, late):
        return None
    gap = max(0, max(a.start, b.start) - min(a.end, b.end))
    return 1.0 - 0.6 * min(gap, _FORGET) / _FORGET


def leans(a: Mention, b: Mention) -> Mention | None:
    """Which of two mentions in one report may be the second mention of the other: the later, or a bare headline."""
    if a.document != b.document:
        return None
    early, late = (a, b) if (a.start, a.claim) <= (b.start, b.claim) else (b, a)
    if not (late.own_date and late.own_place):
        told_how = early.general and early.doing == late.doing
        fits = late.general or told_how or late.type in early.lineage
        if fits and not _finer(late, early):
            return late
    bare = early.start < _HEADLINE and not (early.own_date and early.own_place)
    return early if bare and early.type in late.lineage and not _finer(early, late) else None


def same_statement(a: Mention, b: Mention) -> bool:
    """Whether two claims rest on the same sentence: their passages overlap, or follow without a full stop between."""
    if a.document != b.document:
        return False
    early, late = (a, b) if a.start <= b.start else (b, a)
    return late.start < early.end or (late.start - early.end <= _NEAR and not early.closed)


def disjoint(a: Mention, b: Mention) -> bool:
    """Whether two claims of one sentence tell two incidents: unequal dates, places or tolls, or other targets.

    Unequal tolls of two speakers are a disagreement about one incident.
    """
    if a.speaker == b.speaker and unequal(a, b):
        return True
    return any(score is not None and score < 0 for score in (dates(a, b), places(a, b), targets(a, b)))


def spots(x: Spot, y: Spot) -> float:
    """Two places: 1 the same point; less for larger units; a little where one holds the other; -1 apart."""
    if x.country and y.country and x.country != y.country:
        return -1.0
    if x.key == y.key:
        return _PLACE_FOR[x.level]
    if x.level != y.level:
        return _holds(*sorted((x, y), key=lambda s: s.level))
    if x.level == POINT:
        return _points(x, y)
    if x.level == DISTRICT and x.admin1 and y.admin1 and x.name == y.name:
        return _PLACE_FOR[x.level]
    if x.admin1 and y.admin1:
        return -0.9 if x.admin1 != y.admin1 else 0.0
    return 0.3 if set(x.name.split()) & set(y.name.split()) else 0.0


def bounds(count: Count) -> tuple[float, float]:
    """Lowest and highest number a count allows: "at least 29" is 29 to infinity, "up to 10" is 0 to 10."""
    exact = count.best if count.low is None and count.high is None else None
    low = count.low if count.low is not None else (exact or 0)
    return float(low), float(count.high) if count.high is not None else (float(exact) if exact is not None else inf)


def unequal(a: Mention, b: Mention) -> bool:
    """Whether the two claims give different numbers for the same thing: killed, injured, or arrested."""
    for x, y in ((a.killed, b.killed), (a.injured, b.injured), (a.taken, b.taken)):
        if x is not None and y is not None and (x.low, x.best, x.high) != (y.low, y.best, y.high):
            return True
    return False


def _tolls_close(a: Mention, b: Mention) -> bool:
    """Whether no two tolls differ by more than two counts of one thing do."""
    pairs = ((a.killed, b.killed), (a.injured, b.injured), (a.taken, b.taken))
    told = [(x, y) for x, y in pairs if x is not None and y is not None]
    return all((x.low, x.best, x.high) == (y.low, y.best, y.high) or (_counts(x, y) or 0) >= 0.4 for x, y in told)


def point(count: Count) -> float:
    """One number for a count: its best value, else its lowest, else its highest."""
    return float(next(n for n in (count.best, count.low, count.high) if n is not None))


def kilometres(x: Spot, y: Spot) -> float | None:
    """Great-circle distance; None where a place has no coordinates."""
    if x.latitude is None or x.longitude is None or y.latitude is None or y.longitude is None:
        return None
    p, q = radians(x.latitude), radians(y.latitude)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(y.longitude - x.longitude) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(h)))


def _points(x: Spot, y: Spot) -> float:
    distance = kilometres(x, y)
    if distance is not None:
        return next((score for limit, score in _DISTANCE if distance <= limit), -1.0)
    if x.name == y.name:
        return 0.8
    return -1.0 if x.admin1 and y.admin1 and x.admin1 != y.admin1 else -0.3


def _holds(wide: Spot, narrow: Spot) -> float:
    if wide.level == COUNTRY:
        return _PLACE_WITHIN[COUNTRY] if wide.country and wide.country == narrow.country else 0.0
    outer, inner = (wide.admin2, narrow.admin2) if wide.level == DISTRICT else (wide.admin1, narrow.admin1)
    if outer and inner:
        return _PLACE_WITHIN[wide.level] if outer == inner else -0.8
    distance = kilometres(wide, narrow)
    return 0.0 if distance is None or distance <= 400 else -0.8


def _counts(a: Count | None, b: Count | None) -> float | None:
    if a is None or b is None:
        return None
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    if low_a == high_a == low_b == high_b:
        return _telling(low_a)
    near, far = sorted((point(a), point(b)))
    share = near / far if far else 1.0
    if max(low_a, low_b) <= min(high_a, high_b):
        return 0.8 * _telling(far) if near == far else 0.4 if share >= 0.8 else 0.3 if share >= 0.6 else 0.15
    if far <= 10:
        if far - near <= 1:
            return 0.1 if share >= 0.85 else -0.1
        return -0.4 if far - near <= 2 else -1.0
    return 0.4 if share >= 0.8 else 0.0 if share >= 0.6 else -0.5 if share >= 0.4 else -1.0


def _grown(a: Mention, b: Mention, score: float | None, x: Count | None, y: Count | None) -> float | None:
    """A disagreement of tolls, made light of where the later report has the higher one: tolls grow for days."""
    if score is None or score >= 0 or x is None or y is None or a.told is None or b.told is None:
        return score
    early, late = sorted(((a.told, point(x)), (b.told, point(y))))
    grows = early[0] < late[0] <= early[0] + _GROWING and early[1] < late[1]
    return score * _LIGHT if grows else score


def _telling(number: float) -> float:
    """How much an equal number means: many incidents kill one, few kill 61."""
    return 1.0 if number >= 20 else 0.8 if number >= 5 else 0.5 if number >= 2 else 0.3 if number >= 1 else 0.1


def _explained(a: Mention, b: Mention) -> bool:
    """The higher toll is the lower one and the attackers who died."""
    if a.killed is None or b.killed is None:
        return False
    apart = abs(point(a.killed) - point(b.killed))
    return apart > 0 and any(c is not None and point(c) == apart for c in (a.attackers, b.attackers))


def _finer(late: Mention, early: Mention) -> bool:
    """The later claim itself names a place where the earlier names none, or a more precise one."""
    return late.own_place and bool(late.spots) and (not early.spots or late.spots[0].level > early.spots[0].level)


def _low(value: int | None) -> float:
    return -inf if value is None else value


def _high(value: int | None) -> float:
    return inf if value is None else value
