"""When it happened: the date of the clause, else of the sentence, else of the incident it continues. Invariant: as
tight as the text allows; a past event without a date is bounded by the document's publication only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khabar.codebook.lookup import PhraseTable
from khabar.extraction.indexed import Indexed, IndexedSentence, Span
from khabar.extraction.sums import reckons
from khabar.extraction.units import Unit
from khabar.reading.clauses import ancestors, descendants, prepositional, subjects
from khabar.reading.model import DateMention
from khabar.records import Document, When

__all__ = ["Dated", "apart", "disjoint", "is_before", "open_date", "read_date", "told_before", "width"]

_ORDER = ("day", "week", "month", "quarter", "year", "range", "unknown")
_WIDE = 100_000
_PERSONS = frozenset({"they", "he", "she"})
# What courts, mourners and politicians do about an event, on days of their own.
_LATER = frozenset(
    {"convict", "charge", "sentence", "acquit", "indict", "extradite", "jail", "arraign", "condemn", "denounce", "pay",
     "mourn", "congratulate", "bury", "mark", "commemorate", "investigate", "visit", "discuss", "honour", "honor",
     "criticise", "criticize", "praise", "thank", "confess", "plead", "testify", "remember", "compare", "recall"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with the reading offsets of its words; `said` where it is the day on which somebody said so, `counted`
    where on it the dead were counted.
    """

    when: When
    span: Span
    said: bool = False
    counted: bool = False


def read_date(unit: Unit, reporting: PhraseTable | None = None) -> Dated | None:
    """The date that the unit itself gives, or that its sentence gives where no other unit uses it."""
    line = unit.line
    inside: list[DateMention] = []
    outside: list[DateMention] = []
    for mention in line.dates:
        if mention.precision == "unknown" and mention.earliest is None and mention.latest is None:
            continue
        if mention.end <= line.dateline or _afterwards(unit, mention):
            continue
        token = line.first_token(mention)
        (inside if token is not None and token in unit.tokens else outside).append(mention)
    wounded = {i for h in unit.hits for i in _wounding(line, h.token) if h.part == "intransitive"}
    inside = [m for m in inside if line.first_token(m) in wounded] or inside
    chosen = _best(unit, inside)
    if chosen is None and (unit.alone or (len(outside) == 1 and not _mentioned(unit))):
        chosen = _best(unit, [m for m in outside if m.relation in ("", "after", "until", "before")])
    if chosen is None:
        return None
    when = When(chosen.earliest, chosen.latest, chosen.precision, chosen.text)
    if _since_when(unit, chosen):
        when = When(chosen.earliest, None, "range", chosen.text)
    counted = chosen.precision == "day" and _of_count(unit, chosen)
    return Dated(when, (chosen.start, chosen.end), counted or _of_speech(unit, chosen, reporting), counted)


def told_before(unit: Unit, index: Indexed, reported: set[int], *, total: bool) -> Dated | None:
    """The day of the sentence before, which tells of no incident, for what the same people then did: "Armed men came to
    the village on the night of 4 June. They killed …"; and the month of it for a `total`: "Violence eased in May. We
    counted seven clashes".
    """
    line = unit.line
    k = line.index - 1
    if k < 0 or k in reported or index.sentence(k).sentence.paragraph != line.sentence.paragraph:
        return None
    meant = {line.lemmas[s] for h in unit.hits for s in subjects(line.sentence, h.token)[:1]}
    other = index.sentence(k)
    wanted = ("month", "quarter", "year") if total else ("day",)
    told = [d for d in other.dates if d.earliest and d.end > other.dateline and not d.relation]
    if len(told) != 1 or told[0].precision not in wanted or not (total or (meant and meant <= _PERSONS)):
        return None
    when = When(told[0].earliest, told[0].latest, told[0].precision, told[0].text)
    return Dated(when, (told[0].start, told[0].end))


def _since_when(unit: Unit, mention: DateMention) -> bool:
    """True for the year of "have arrested 90 people since it was banned in 2015": it only begins the time meant."""
    line = unit.line
    token = line.first_token(mention)
    hits = {h.token for h in unit.hits}
    for above in ancestors(line.sentence, token) if token is not None else ():
        if above in hits:
            return False
        marks = [k for k in line.sentence.children[above] if line.sentence.tokens[k].dep == "mark"]
        if line.lemmas[above] == "since" or any(line.lemmas[k] == "since" for k in marks):
            return mention.relation == ""
    return False


def _afterwards(unit: Unit, mention: DateMention) -> bool:
    """True for the day of "convicted on Monday of the murder", "on Monday paid tribute to …": it is not the deed's."""
    line = unit.line
    token = line.first_token(mention)
    hits = {h.token for h in unit.hits}
    if token is None or any(not h.is_noun for h in unit.hits if h.trigger is not None):
        return False
    words = set(line.tokens_of(mention))
    if any(not words.isdisjoint(ancestors(line.sentence, h)) for h in hits):
        return False  # "on 1 July 2016, in which 22 people were killed"
    for above in ancestors(line.sentence, token):
        if above in hits:
            return False
        if line.sentence.tokens[above].pos == "VERB":
            return line.lemmas[above] in _LATER and not any(above < h < token for h in hits)
    return False


def _mentioned(unit: Unit) -> bool:
    """True for "the attack" in a sentence about something else: the date is not the attack's."""
    sentence = unit.line.sentence
    return all(h.is_noun for h in unit.hits) and any(
        unit.line.lemmas[k] in ("the", "this", "that") for h in unit.hits for k in sentence.children[h.token]
    )


def _of_speech(unit: Unit, mention: DateMention, reporting: PhraseTable | None) -> bool:
    """True for "said on Sunday that it had carried out the attack"."""
    line = unit.line
    token = line.first_token(mention)
    if token is None or reporting is None:
        return False
    above = list(ancestors(line.sentence, token))
    verb = next((a for a in above if line.sentence.tokens[a].pos == "VERB"), None)
    hits = {h.token for h in unit.hits}
    if verb is None:
        return False
    if not hits.isdisjoint(above[: above.index(verb)]):
        return False  # "Thursday's attack was said to have …": the day of the attack
    if verb in hits and line.lemmas[verb] in _LATER:
        return True  # "villagers buried 22 bodies on Sunday": the day of the burial
    if verb in hits and not hits.isdisjoint(_wounding(line, verb)):
        return True  # "died on Thursday of wounds suffered in last week's attack"
    if verb in hits and _died_later(line, verb):
        return True
    if verb not in hits and reckons(line, verb):
        return True
    return verb not in hits and line.lemmas[verb] in reporting


def _of_count(unit: Unit, mention: DateMention) -> bool:
    """True for the day of "the toll rose to 31 on Sunday", "on Sunday put at 89 the soldiers killed": on it somebody
    counted, and what happened is not later.
    """
    line = unit.line
    token = line.first_token(mention)
    hits = {h.token for h in unit.hits}
    for above in ancestors(line.sentence, token) if token is not None else ():
        if above in hits:
            return False
        if line.sentence.tokens[above].pos == "VERB":
            return reckons(line, above)
    return False


def _died_later(line: IndexedSentence, verb: int) -> bool:
    """True of "One of the wounded died on Saturday", "died on Saturday, taking the toll to five": not the day of the
    attack.
    """
    if line.lemmas[verb] not in ("die", "succumb"):
        return False
    ones = [p for s in subjects(line.sentence, verb) for p in (s, *prepositional(line.sentence, s, "of"))]
    reckoned = any(reckons(line, k) for k in line.sentence.children[verb])
    return reckoned or any(line.lemmas[p] in ("wounded", "injured", "wound", "injure", "survivor") for p in ones)


def _wounding(line: IndexedSentence, verb: int) -> list[int]:
    """What stands below the wounds that somebody died of."""
    tokens = line.sentence.tokens
    wounds = [i for i in range(verb, len(tokens)) if line.lemmas[i] in ("wound", "injury", "burn")]
    wounds = [w for w in wounds if tokens[w].dep == "pobj" and line.lemmas[tokens[w].head] in ("of", "from", "to")]
    return [i for w in wounds for i in descendants(line.sentence, w) if i != w]


def _best(unit: Unit, mentions: list[DateMention]) -> DateMention | None:
    """The date nearest in syntax to a report; a tighter one inside it is better, and among equals the nearest in
    text.
    """
    if not mentions:
        return None
    at = unit.line.sentence.tokens[unit.hits[0].token].start
    plain = [m for m in mentions if m.relation in ("", "until")] or mentions
    near = min(plain, key=lambda m: (_distance(unit, m), min(width(m.earliest, m.latest), 400), abs(m.start - at)))
    inside = [m for m in plain if _within(m, near)]
    return min(inside, key=lambda m: width(m.earliest, m.latest))


def _within(one: DateMention, two: DateMention) -> bool:
    return (two.earliest or "") <= (one.earliest or "") and (one.latest or "9999") <= (two.latest or "9999")


def _distance(unit: Unit, mention: DateMention) -> int:
    """How many verbs and nouns one must climb from a report until the date stands below."""
    sentence = unit.line.sentence
    token = unit.line.first_token(mention)
    if token is None:
        return _WIDE
    above = {token, *ancestors(sentence, token)}
    steps = []
    for hit in unit.hits:
        n = 0
        for a in (hit.token, *ancestors(sentence, hit.token)):
            if a in above:
                break
            n += 1
        steps.append(n)
    return min(steps)


def width(earliest: str | None, latest: str | None) -> int:
    """Days between two ISO days; very many if one is missing."""
    if earliest is None or latest is None:
        return _WIDE
    return (date.fromisoformat(latest) - date.fromisoformat(earliest)).days


def disjoint(one: When, two: When) -> bool:
    """True if two intervals share no day."""
    starts = [d for d in (one.earliest, two.earliest) if d]
    ends = [d for d in (one.latest, two.latest) if d]
    return bool(starts and ends and max(starts) > min(ends))


def apart(one: When, two: When) -> int:
    """Days from the end of the earlier interval to the beginning of the later; 0 where they meet or a bound is open."""
    first, second = sorted((one, two), key=lambda w: w.earliest or "")
    return max(0, width(first.latest, second.earliest)) if first.latest and second.earliest else 0


def is_before(one: When, two: When) -> bool:
    """True if the first interval ends before the second begins."""
    return bool(one.latest and two.earliest and one.latest < two.earliest)


def open_date(document: Document) -> When:
    """The date of a past event of which the text says no more: not after the document's latest publication day."""
    return When(None, document.published.latest, "unknown", None)
