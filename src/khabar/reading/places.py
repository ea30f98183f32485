"""Places in a text. Invariant: mentions are sorted, disjoint, and `text[start:end] == mention.text`.

A name is found (`place_names`), its place chosen (`place_choice`), and written down here with its precision: what a
modifier or a unit word leaves open ("near", "northern", "district") makes the place coarser, never finer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp

from khabar.reading.gazetteer import Candidate, Gazetteer
from khabar.reading.model import PlaceMention
from khabar.reading.place_choice import Evidence, PlaceContext, choose, is_place
from khabar.reading.place_names import FoundName, find_names, names_at, read_words, settle_spans
from khabar.reading.place_spelling import find_misspelt
from khabar.reading.place_words import PlaceWords, place_words
from khabar.records import Place

__all__ = ["PlaceContext", "find_datelines", "find_places", "locate_names"]

_INSIDE = re.compile(
    r"\s*,\s+|\s*\(\s*|\s+in\s+(?:the\s+)?|,\s+in\s+(?:the\s+)?|\s+of\s+(?:the\s+)?|,\s+(?:a|the)\s[\w\s-]{3,40}?\s(?:of|in)\s+"
)
_POSSESSIVE = re.compile(r"['’‘`]s?\s+(?:[a-z-]+\s+){0,3}(?:of\s+)?")
_LIST = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|or|&)\s+(?:the\s+)?")
_DATELINE = re.compile(
    r"^[ \t]*(?P<name>[A-Z][\w .,'’/-]{2,60}?)[ \t]*(?:\([\w /.-]{2,30}\)[ \t]*)?"
    r"(?:,?[ \t]*(?:\d{1,2}[ ])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:[ ]\d{1,2})?"
    r"(?:,?[ ]\d{4})?[ \t]*)?(?:\([\w /.-]{2,30}\)[ \t]*)?(?:—|–|[ \t]-{1,2}[ \t]|--|-[ \t]|:[ \t])",
    re.MULTILINE,
)
_DEFINITE = re.compile(
    r"\b[Tt]he[ \t\u00a0\n]+(?P<what>country|province|governorate|city|town|village|district|agency|valley)\b"
    r"(?!['’‘]?[ \t\u00a0\n]+(?:of|council|police|government|centre|center|hall)\b)"
)
_DEFINITE_PART = re.compile(
    r"(?<![\w-])(?:the[ \n])?(?:far[- ])?(?:north|south|east|west|centre|center)(?:-?(?:east|west))?(?:ern)?"
    r"(?:[ \n]parts?)?[ \n]of[ \n]\Z",
    re.IGNORECASE,
)
_KINDS = {
    "country": ("country",), "province": ("adm1",), "governorate": ("adm1",), "city": ("city",), "town": ("city",),
    "village": ("city",), "district": ("adm2",), "agency": ("adm2",), "valley": ("valley",),
}  # fmt: skip
_SIZES = {"city": (20_000, 1 << 40), "town": (0, 500_000), "village": (0, 50_000)}  # inhabitants, least and most
_PRECISION = {"country": "country", "adm1": "adm1", "adm2": "adm2", "city": "exact", "valley": "near", "area": "near"}
_PARTLY = {"country": "region", "adm1": "adm1", "adm2": "adm2", "city": "near", "valley": "near", "area": "near"}


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
    demonyms = [(i, lists.demonyms[form.lower()]) for i, form in enumerate(words.forms) if _is_demonym(form, lists)]
    counts = Counter(country for _, country in demonyms)
    chosen, evidence = choose(names, counts, known)
    kept = _kept(names, chosen, evidence, lists)
    nations = [country for country, _ in evidence.countries.most_common(3)]
    misspelt = find_misspelt(words, [name for name, _ in kept], names_taken, nations, gazetteer, lists)
    if len(kept) < len(names) or misspelt:
        names = sorted([*(name for name, _ in kept), *misspelt], key=lambda n: n.start)
        if misspelt:
            names = settle_spans(names, names_taken)
            _contain(text, names)
        chosen, evidence = choose(names, counts, known)
        guessed = {id(name) for name in misspelt}
        kept = [
            (n, c)
            for n, c in zip(names, chosen, strict=True)
            if id(n) not in guessed or is_place(n, c, evidence, lists, set())
        ]
    located = [(_mention(text, name, c, gazetteer, known), c) for name, c in kept]
    peoples = [(words.starts[i], nation) for i, iso in demonyms if (nation := gazetteer.country(iso))]
    return _with_definite(text, located, peoples, names_taken, gazetteer, known)


def locate_names(
    text: str,
    spans: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    context: PlaceContext | None = None,
) -> list[PlaceMention | None]:
    """The place of each given span, for names already known to be places; None where the gazetteer knows no such name.

    The whole text still counts as context. `spans` are sorted and disjoint.
    """
    known = context or PlaceContext()
    lists = place_words()
    words = read_words(text)
    given = names_at(words, spans, gazetteer, lists)
    for k, (start, end) in enumerate(spans):
        adjective = text[start:end].lower()
        nation = gazetteer.country(lists.demonyms.get(adjective, ""))
        meant = (nation,) if nation else gazetteer.candidates(lists.regional.get(adjective, "").lower())
        if meant:
            at = words.index_at(start)
            given[k] = FoundName(start, end, at, at, adjective, meant, start, end)
    others = find_names(words, spans, gazetteer, lists)
    names = sorted([*filter(None, given), *others], key=lambda n: n.start)
    _contain(text, names)
    _share_units(text, names)
    counts = Counter(lists.demonyms[form.lower()] for form in words.forms if _is_demonym(form, lists))
    chosen, evidence = choose(names, counts, known)
    forced = {id(name) for name in given if name}
    kept = [
        (n, c) for n, c in zip(names, chosen, strict=True) if id(n) in forced or is_place(n, c, evidence, lists, set())
    ]
    names = [name for name, _ in kept]
    chosen, _ = choose(names, counts, known)
    places = {id(n): _mention(text, n, c, gazetteer, known) for n, c in zip(names, chosen, strict=True)}
    return [places[id(name)] if name else None for name in given]


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


def _is_demonym(form: str, lists: PlaceWords) -> bool:
    return form[0].isupper() and form.lower() in lists.demonyms


def _contain(text: str, names: Sequence[FoundName]) -> None:
    """Note which names the text gives as containing others: "Kuz Kunar, Nangarhar Province", "Punjab's Multan"."""
    for inner, outer in pairwise(names):
        gap = text[inner.mention_end : outer.mention_start]
        if len(gap) < 50 and _INSIDE.fullmatch(gap):
            if _holds(outer, inner):
                inner.inside.append(outer)
            elif gap.strip() == "," and any(c.kind in ("country", "adm1", "adm2") for c in outer.candidates):
                inner.outside = True
        elif len(gap) < 50 and _POSSESSIVE.fullmatch(gap) and _holds(inner, outer):
            outer.inside.append(inner)
    for name, following in zip(reversed(names[:-1]), reversed(names[1:]), strict=False):
        if following in name.inside:
            name.inside += following.inside


def _holds(outer: FoundName, inner: FoundName) -> bool:
    ids = {c.id for c in outer.candidates}
    nations = {c.country for c in outer.candidates if c.kind == "country"}
    return any(
        c.id not in ids and (c.admin1 in ids or c.admin2 in ids or (c.country in nations and c.kind != "country"))
        for c in inner.candidates
    )


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


def _kept(
    names: Sequence[FoundName], chosen: Sequence[Candidate], evidence: Evidence, lists: PlaceWords
) -> list[tuple[FoundName, Candidate]]:
    """Names used as places. A word seen as part of a person's name is that person again where it stands alone."""
    persons: set[str] = set()
    for name in names:
        if (name.left and (name.left in lists.given or not name.capitals)) or (name.right and name.key in lists.given):
            persons.update(name.key.split(" "))
    return [(n, c) for n, c in zip(names, chosen, strict=True) if is_place(n, c, evidence, lists, persons)]


def _mention(text: str, name: FoundName, c: Candidate, gazetteer: Gazetteer, context: PlaceContext) -> PlaceMention:
    span = text[name.mention_start : name.mention_end]
    place = _place(span, c, gazetteer, context)
    if name.modifier == "border" or (name.modifier == "near" and c.kind == "country"):
        # a border belongs to both sides, and what is near a country is not in it
        place = replace(place, kind="border", name=f"{c.name} border", country=None, precision="region")
    elif name.modifier == "near":
        place = replace(place, precision="near" if c.kind in ("city", "valley") else _PARTLY.get(c.kind, "region"))
    elif name.modifier == "part":
        place = replace(place, precision=_PARTLY.get(c.kind, "region"))
    elif name.kinds[:1] == ("adm2",) and c.kind == "city":
        place = _as_unit(place, c, gazetteer)
    return PlaceMention(name.mention_start, name.mention_end, span, place)


def _as_unit(place: Place, town: Candidate, gazetteer: Gazetteer) -> Place:
    """The district around a town which the text names as a district but the gazetteer only as a town."""
    unit = gazetteer.by_id(town.admin2) if town.admin2 is not None else None
    if unit is None:
        return replace(place, kind="adm2", precision="adm2")
    return replace(place, kind="adm2", precision="adm2", id=unit.id, name=unit.name)


def _place(span: str, c: Candidate, gazetteer: Gazetteer, context: PlaceContext) -> Place:
    second = gazetteer.by_id(c.admin2) if c.admin2 is not None else None
    first_id = c.admin1
    if second and context.published and (former := gazetteer.former(second.id, context.published)):
        second, first_id = former, former.admin1
    first = gazetteer.by_id(first_id) if first_id is not None else None
    return Place(
        text=span,
        name=c.name,
        id=c.id,
        kind=c.kind,
        country=c.country,
        admin1=c.name if c.kind == "adm1" else first.name if first else None,
        admin2=c.name if c.kind == "adm2" else second.name if second else None,
        latitude=c.latitude,
        longitude=c.longitude,
        precision=_PRECISION.get(c.kind, "region"),
    )


def _is_such(c: Candidate, what: str) -> bool:
    """Whether "the city", "the village" and so on can mean this place; a village is no great city, nor the reverse."""
    least, most = _SIZES.get(what, (0, 1 << 40))
    return c.kind in _KINDS[what] and (c.population == 0 or least <= c.population <= most)


def _salient(
    before: Sequence[tuple[int, Candidate]], shares: Counter[int], at: int, paragraph: int
) -> Candidate | None:
    """The place a definite mention at offset `at` most likely takes up: named near before it, in the same paragraph
    (which begins at `paragraph`), and often in the text.
    """
    if not before:
        return None
    weights: Counter[int] = Counter()
    for offset, c in before[-20:]:
        weights[c.id] += exp((offset - at) / 400.0) * (3.0 if offset >= paragraph else 1.0)  # type: ignore[assignment]
    total = sum(shares[c] for c in weights)
    best = max(weights, key=lambda number: weights[number] + 0.8 * shares[number] / total)
    return next(c for _, c in reversed(before) if c.id == best)


def _with_definite(
    text: str,
    located: Sequence[tuple[PlaceMention, Candidate]],
    peoples: list[tuple[int, Candidate]],
    taken: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    context: PlaceContext,
) -> list[PlaceMention]:
    """Add "the country", "the province" and the like, each as the last place of its kind before it."""
    mentions = [m for m, _ in located]
    spans = sorted([*taken, *((m.start, m.end) for m in mentions)])
    seen = sorted([*((m.end, c) for m, c in located if m.place.kind != "border"), *peoples], key=lambda p: p[0])
    added = []
    shares = Counter(c.id for _, c in seen)
    k = 0
    for match in _DEFINITE.finditer(text):
        while k < len(seen) and seen[k][0] <= match.start():
            k += 1
        start, end = match.span()
        fitting = [p for p in seen[:k] if _is_such(p[1], match["what"])]
        found = _salient(fitting, shares, start, text.rfind("\n\n", 0, start))
        if found is None or any(a < end and start < b for a, b in spans):
            continue
        part = _DEFINITE_PART.search(text[max(0, start - 40) : start])
        if part:
            start -= part.end() - part.start()
        place = _place(text[start:end], found, gazetteer, context)
        if part:
            place = replace(place, precision=_PARTLY.get(found.kind, "region"))
        added.append(PlaceMention(start, end, text[start:end], place))
    return sorted([*mentions, *added], key=lambda m: m.start)
