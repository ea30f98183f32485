"""Places in a text. Invariant: mentions are sorted, disjoint, and `text[start:end] == mention.text`.

A name is found (`place_names`), its place chosen (`place_choice`), and written down here with its precision: what a
modifier or a unit word leaves open ("near", "northern", "district") makes the place coarser, never finer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.reading.gazetteer import Candidate, Gazetteer
from khabar.reading.gazetteer_rows import name_key
from khabar.reading.model import PlaceMention
from khabar.reading.place_around import far_fetched, place_around
from khabar.reading.place_choice import Choice, PlaceContext, choose
from khabar.reading.place_definite import add_definite
from khabar.reading.place_features import container_of, containers_of
from khabar.reading.place_forms import FoundName, Words, read_words
from khabar.reading.place_mentions import mention_of
from khabar.reading.place_modifiers import settle_spans
from khabar.reading.place_names import find_names
from khabar.reading.place_spans import names_at
from khabar.reading.place_spelling import find_misspelt
from khabar.reading.place_use import is_place
from khabar.reading.place_words import PlaceWords, place_words

__all__ = ["PlaceContext", "SettledNames", "find_datelines", "find_places", "locate_names", "settle_names"]

_INSIDE = re.compile(
    r"\s*,\s+|\s*\(\s*|\s+in\s+(?:the\s+)?|,\s+in\s+(?:the\s+)?|\s+of\s+(?:the\s+)?|,\s+(?:a|the)\s[\w\s-]{3,40}?\s(?:of|in)\s+"
)
# A word of its kind after the inner name, and units that the gazetteer lacks: "Kel village, Neelam district, Kashmir".
_LOOSE = re.compile(
    r"\A(?:\s+(?:area|bypass|camp|checkpoint|crossing|locality|mountain|pass|ridge|road|sector|town|tunnel|valley|village)\b)?"
    r"(?:,\s+[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?\s+(?:agency|commune|county|department|district|subdistrict|tehsil)(?=,))?",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’‘`]s?\s+(?:[a-z-]+\s+){0,3}(?:of\s+)?")
_LIST = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|or|&)\s+(?:the\s+)?")
_LIST_END = re.compile(r"(?:, )?\s*\band\s+[A-Z]")
_GREAT = 300_000  # inhabitants of a town that stands in a list with others rather than for its province
_DATELINE = re.compile(
    r"^[ \t]*(?P<name>[A-Z][\w .,'’/-]{2,60}?)[ \t\u00a0]*(?:\([\w /.-]{2,30}\)[ \t\u00a0]*)?"
    r"(?:,?[ \t]*(?:\d{1,2}[ ])?(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:[ ]\d{1,2})?"
    r"(?:,?[ ]\d{2,4})?[ \t]*)?(?:\([\w /.-]{2,30}\)[ \t]*)?"
    r"(?:—|–|[ \t\u00a0]-{1,2}[ \t\u00a0]|--|-[ \t]|:[ \t])",
    re.MULTILINE,
)


_MISSIONS = frozenset({"embassy", "embassies", "consulate", "consulates", "ambassador", "consul"})


@dataclass(frozen=True, slots=True)
class SettledNames:
    """Names ready to be chosen for: one of each given span (None where nothing of it is known), these and the other
    places of the text in text order, and how often the text speaks of each country through a people.
    """

    given: list[FoundName | None]
    names: list[FoundName]
    demonyms: Counter[str]


def find_places(
    text: str,
    names_taken: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    context: PlaceContext | None = None,
) -> list[PlaceMention]:
    """Every place named in `text`, with the place meant, in text order.

    `names_taken` are spans of other names (actors), which are left alone. "the country", "the province", "the city" and
    the like stand for the last place of their kind.
    """
    known = context or PlaceContext()
    lists = place_words()
    words = read_words(text)
    names = find_names(words, names_taken, gazetteer, lists)
    _contain(text, names)
    _share_units(text, names)
    nations = _nations(words, names_taken, gazetteer, lists)
    counts = Counter(nation.country for _, nation in nations if nation.country)
    choice = choose(names, counts, known)
    kept = _kept(names, choice, lists)
    likely = [country for country, _ in choice.evidence.countries.most_common(3)]
    misspelt = find_misspelt(words, [name for name, _ in kept], names_taken, likely, gazetteer, lists)
    if len(kept) < len(names) or misspelt:
        names = sorted([*(name for name, _ in kept), *misspelt], key=lambda n: n.start)
        if misspelt:
            names = settle_spans(names, names_taken)
            _contain(text, names)
        choice = choose(names, counts, known)
        guessed = {id(name) for name in misspelt}
        kept = [
            (n, c)
            for n, c in zip(names, choice.places, strict=True)
            if id(n) not in guessed or is_place(n, c, choice.evidence, lists, set())
        ]
    located = [(mention_of(text, name, c, gazetteer, known), c) for name, c in kept]
    return add_definite(text, located, nations, names_taken, gazetteer, known)


def locate_names(
    text: str,
    spans: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    context: PlaceContext | None = None,
    table: Mapping[str, float] | None = None,
) -> list[PlaceMention | None]:
    """The place of each given span, for names already known to be places. `spans` are sorted and disjoint.

    The whole text still counts as context. A name that the gazetteer does not know, or only in a country which the text
    never speaks of, is put around a place that the text names (`place_around`): it has no id, and that precision.
    `table` gives other weights than those that ship.
    """
    known = context or PlaceContext()
    settled = settle_names(text, spans, gazetteer, known)
    choice = choose(settled.names, settled.demonyms, known, table)
    chosen = {id(n): c for n, c in zip(settled.names, choice.places, strict=True)}
    strange = {id(n) for n in settled.names if far_fetched(n, chosen[id(n)], choice)}
    located = [(n, chosen[id(n)]) for n in settled.names if id(n) not in strange]
    mentions = []
    for span, name in zip(spans, settled.given, strict=True):
        if name is None or id(name) in strange:
            mentions.append(place_around(text, span, located, gazetteer, known))
        else:
            mentions.append(mention_of(text, name, chosen[id(name)], gazetteer, known))
    return mentions


def settle_names(
    text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, context: PlaceContext
) -> SettledNames:
    """The names of the given spans among the other places of the text, with what surrounds each; nothing is chosen."""
    lists = place_words()
    words = read_words(text)
    given = names_at(words, spans, gazetteer, lists)
    others = find_names(words, spans, gazetteer, lists)
    names = sorted([*filter(None, given), *others], key=lambda n: n.start)
    _contain(text, names)
    _share_units(text, names)
    peoples = [form for i, form in enumerate(words.forms) if _is_demonym(form, lists) and not _abroad(words, i)]
    demonyms = Counter(lists.demonyms[form.lower()] for form in peoples)
    choice = choose(names, demonyms, context)
    forced = {id(name) for name in given if name}
    kept = [
        n
        for n, c in zip(names, choice.places, strict=True)
        if id(n) in forced or is_place(n, c, choice.evidence, lists, set())
    ]
    return SettledNames(given, kept, demonyms)


def find_datelines(text: str) -> list[tuple[int, int]]:
    """Spans of the place part of datelines ("KABUL (Reuters) —"): where it was written, not where it happened.

    A dateline opens a paragraph and is in capitals, or carries an agency in parentheses.
    """
    spans = []
    for match in _DATELINE.finditer(text):
        name = match["name"]
        before = text[max(0, match.start() - 2) : match.start()]
        if match.start() and "\n" not in before:
            continue
        city = name.split(",")[0]
        if city.isupper() or "(" in match.group():
            spans.append((match.start("name"), match.start("name") + len(name.rstrip(" ,"))))
    return spans


def _nations(
    words: Words, taken: Sequence[tuple[int, int]], gazetteer: Gazetteer, lists: PlaceWords
) -> list[tuple[int, Candidate]]:
    """Countries the text speaks of without naming a place, each with its offset: through a people ("Iraqi"), or at the
    head of another's name ("Niger's army", "US forces").
    """
    found = []
    for i, form in enumerate(words.forms):
        if _is_demonym(form, lists) and not _abroad(words, i):
            nation = gazetteer.country(lists.demonyms[form.lower()])
            if nation:
                found.append((words.starts[i], nation))
    for start, end in taken:
        i = max(0, words.index_at(start))
        form = words.forms[i] if words.forms else ""
        known = gazetteer.candidates(f"={form}") or gazetteer.candidates(name_key(form))
        nation = next((c for c in known if c.kind == "country"), None)
        if nation and words.starts[i] == start and words.ends[i] < end:
            found.append((start, nation))
    return sorted(found, key=lambda pair: pair[0])


def _abroad(words: Words, i: int) -> bool:
    """True of "Iranian" in "the Iranian consulate in Herat": it stands in another country than its own."""
    return i + 1 < len(words.forms) and words.forms[i + 1].lower() in _MISSIONS


def _is_demonym(form: str, lists: PlaceWords) -> bool:
    return form[0].isupper() and form.lower() in lists.demonyms


def _contain(text: str, names: Sequence[FoundName]) -> None:
    """Note which names the text gives as containing others: "Kuz Kunar, Nangarhar Province", "Punjab's Multan".

    From the last name to the first, so that what holds a container holds what it contains. A name is `outside` where
    the units that should hold it hold no place of that name.
    """
    for inner, outer in zip(reversed(names[:-1]), reversed(names[1:]), strict=False):
        between = text[inner.mention_end : outer.mention_start][:80]
        gap = _LOOSE.sub("", between)
        if len(gap) < 50 and _INSIDE.fullmatch(gap):
            if outer.modifier == "near" or (gap.strip() == "," and _listed(text, outer)):
                continue
            held = [one for one in (outer, *outer.inside) if _holds(one, inner)]
            if held and (_holds_any(outer, inner) or not _is_unit(outer)):
                inner.inside += held
            elif gap.strip() == "," and _is_unit(outer) and not _are_peers(inner, outer):
                inner.outside = True
        elif len(between) < 50 and _POSSESSIVE.fullmatch(between) and _holds(inner, outer):
            outer.inside.append(inner)


def _holds_any(outer: FoundName, inner: FoundName) -> bool:
    """Whether the chain of containers, its units before its country, holds a place of the inner name."""
    return any(held.holds(c) for held in containers_of([outer, *outer.inside]) for c in inner.candidates)


def _listed(text: str, name: FoundName) -> bool:
    """Whether the name is the last but one of a list ("Washington, New York and Boston"), and can be a town itself."""
    following = _LIST_END.match(text, name.mention_end)
    return following is not None and any(c.kind == "city" and c.population >= _GREAT for c in name.candidates)


def _are_peers(inner: FoundName, outer: FoundName) -> bool:
    """Whether both can be countries, or provinces of one country: "such as Utah, Colorado and Idaho"."""
    peers = {(c.kind, c.kind == "country" or c.country) for c in outer.candidates if c.kind in ("country", "adm1")}
    return inner.unit == outer.unit and any(
        (c.kind, c.kind == "country" or c.country) in peers for c in inner.candidates
    )


def _is_unit(name: FoundName) -> bool:
    """Whether the name can only be a country's or a unit's, by its unit word or since no town of note bears it."""
    if name.unit:
        return name.kinds[:1] != ("city",)
    held = any(c.kind in ("country", "adm1", "adm2") for c in name.candidates)
    return held and not any(c.kind == "city" and c.population > 50_000 for c in name.candidates)


def _holds(outer: FoundName, inner: FoundName) -> bool:
    held = container_of(outer)
    return any(held.holds(c) for c in inner.candidates)


def _share_units(text: str, names: Sequence[FoundName]) -> None:
    """A unit word in the plural belongs to the whole list before it: "Nangarhar and Kunar provinces"."""
    for earlier, later in zip(reversed(names[:-1]), reversed(names[1:]), strict=False):
        many = text[later.end : later.end + 30].lstrip().lower().startswith((later.unit + "s", later.unit[:-1] + "ies"))
        if (
            later.unit
            and not earlier.unit
            and _LIST.fullmatch(text[earlier.mention_end : later.start])
            and (many or later.shared)
        ):
            earlier.unit, earlier.kinds, earlier.shared = later.unit, later.kinds, True


def _kept(names: Sequence[FoundName], choice: Choice, lists: PlaceWords) -> list[tuple[FoundName, Candidate]]:
    """Names used as places. A word seen as part of a person's name is that person again where it stands alone."""
    persons: set[str] = set()
    for name in names:
        if (name.left and (name.left in lists.given or not name.capitals)) or (name.right and name.key in lists.given):
            persons.update(name.key.split(" "))
    return [
        (n, c) for n, c in zip(names, choice.places, strict=True) if is_place(n, c, choice.evidence, lists, persons)
    ]
