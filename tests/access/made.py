"""Small made-up bases of which documents are hidden, and all that a base answers, for the tests of access."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from copies import copied
from khabar.codebook.load import load_codebook
from khabar.exchange import claim_as_kept
from khabar.export.conduct import pseudonyms_of
from khabar.export.shapes.leaving import Leaving
from khabar.export.shapes.outputs import write_files
from khabar.export.shapes.profiles import profile_named
from khabar.pipeline import resolve_base
from khabar.records import Claim, Document, Extractor, Interval, Party, Review
from khabar.settings import Settings
from khabar.shaping import Wanted, material_of, shape_named
from khabar.store import (
    ActorFilter,
    AssignmentFilter,
    ClaimFilter,
    ContradictionFilter,
    DocumentFilter,
    EventFilter,
    ReviewFilter,
    Store,
    TieFilter,
    View,
    open_store,
)
from resolution.make import BALOCHISTAN, HERAT, KABUL, QUETTA, by, event, person, relation

__all__ = ["DAYS", "GROUPS", "REPORTS", "answers", "document", "named", "opened", "party", "read", "resolve", "review"]

READ_BY = Extractor("hand", "1", "test@1")
DAYS = [f"2016-10-{day}" for day in range(20, 27)]
GROUPS = ("north", "south")
SETTINGS = Settings(cache=Path(tempfile.gettempdir()), doubt=0.0)


def _claims(number: int) -> list[Claim]:
    """What a report says: a few events, told alike or otherwise, and who belongs to whom; some names only in one."""
    name = f"report{number:02}"
    place = (KABUL, HERAT, QUETTA, BALOCHISTAN)[number % 4]
    who = (by("Taliban", id_="taliban"),) if number % 3 else (by("Red Front"), by("RRF", "blamed"))
    told = [
        event(name, "bombing", place, DAYS[number % 3], killed=10 + number % 3, who=who, start=0, target="market"),
        event(name, "armed_assault", place, DAYS[number % 5], killed=3, who=(by(f"Cell {number}"),), start=100),
    ]
    if number % 2:
        told.append(relation(name, "leads", person("Abu Bakr Khan"), by("Red Front").actor, start=200))
        told.append(relation(name, "alias_of", by("RRF").actor, by("Red Front").actor, start=300))
    return told


REPORTS = {number: _claims(number) for number in range(10)}


def named(number: int) -> str:
    """The id of a report."""
    return f"report{number:02}"


def document(number: int) -> Document:
    """A report with the quotes of its claims, and a word that no other has."""
    text = [" "] * 400
    for claim in REPORTS[number]:
        text[claim.passages[0].start : claim.passages[0].end] = claim.passages[0].quote
    words = "".join(text) + f" only{number}" + " the same words stand at the end of some reports" * (number % 3 == 0)
    day = DAYS[number % 7]
    return Document(
        named(number), words, f"{number}.txt", publisher=f"Paper {number % 4}", published=Interval(day, day)
    )


def read(base: Store, number: int, groups: Sequence[str] = (), *, silent: bool = False) -> None:
    """A report comes in, for some groups or for everybody, and is read."""
    base.add_document(document(number), groups)
    base.save_claims(named(number), [] if silent else REPORTS[number], READ_BY)


def party(number: int) -> Party:
    """The first claim of a report as a side of a decision."""
    claim = REPORTS[number][0]
    return Party(claim.id, claim.passages[0].document, claim.passages[0].start, claim.passages[0].end)


def review(number: int, kind: str, note: str = "") -> Review:
    """Amal accepts or rejects the second claim of a report."""
    kept = claim_as_kept(REPORTS[number][1])
    return Review(
        REPORTS[number][1].id, kind, "amal", proposed=kept, accepted=kept if kind == "accept" else None, note=note
    )


def resolve(base: Store) -> None:
    """Put a base together."""
    resolve_base(base, load_codebook(), 0.0, rule="majority")


def opened(empty: Path, folder: Path, name: str) -> Store:
    """A fresh store: a copy of an empty one, because to make its tables takes longer than a test."""
    path = folder / name
    for each in folder.glob(f"{name}*"):
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    copied(empty, path)
    return open_store(path, create=False)


# ------------------------------------------------------------------ all that a base answers


def answers(base: View, *, shapes: Iterable[str] = ()) -> dict[str, Any]:
    """Everything that can be asked, but when it was written down."""
    events = list(base.events())
    claims = list(base.claims())
    ids = [claim.id for claim in claims]
    words = [
        "market",
        "Kabul",
        "Taliban",
        "front",
        "khan",
        *(f"only{n}" for n in REPORTS),
        *(f"Cell {n}" for n in REPORTS),
    ]
    actors = list(base.actors(ActorFilter()))
    documents = list(base.document_list())
    found: dict[str, Any] = {
        "documents": documents,
        "texts": list(base.documents()),
        "origins": [replace(o, added_at="") for d in documents for o in base.origins(d.id)],
        "claims": claims,
        "doubtful": list(base.claims(ClaimFilter(doubtful=0.9, order="doubt"))),
        "links": sorted((link.claim, link.role, link.actor) for link in base.links(ids)),
        "events": events,
        "newest": list(base.events(EventFilter(order="newest", limit=5))),
        "killed": list(base.events(EventFilter(order="killed", limit=5))),
        "actors": actors,
        "of actors": [(a.actor.id, [e.id for e in base.events(EventFilter(actor=a.actor.id))]) for a in actors],
        "activity": base.activity([a.actor.id for a in actors]),
        "ties": list(base.ties()),
        "tie claims": list(base.tie_claims(TieFilter())),
        "tallies": base.tallies(("type", "year")),
        "placed": sorted(map(repr, base.placed())),
        "sites": sorted(map(repr, base.sites())),
        "totals": base.place_totals(),
        "contradictions": list(base.contradictions(ContradictionFilter())),
        "judgements": [replace(j, when="") for j in base.judgements()],
        "copies": base.copies(),
        "decisions": [replace(d, at="") for d in base.decisions()],
        "reviews": [replace(r, at="") for r in base.reviews(ReviewFilter())],
        "standings": base.standings(ids),
        "assignments": [replace(a, at="", done_at="") for a in base.assignments(AssignmentFilter())],
        "overview": base.overview(),
        "counts": [base.count(w) for w in (DocumentFilter(), ClaimFilter(), EventFilter(), ActorFilter())],
        "problems": base.problems(),
        "reference": base.reference_sets(),
        "searches": [list(base.search(word)) for word in words],
        "found": [(len(list(base.claims(ClaimFilter(text=w)))), base.count(EventFilter(text=w))) for w in words],
        "people": [list(base.actors(ActorFilter(text=w))) for w in words],
    }
    return found | {f"export {shape}": exported(base, shape) for shape in shapes}


def exported(base: View, name: str) -> list[tuple[str, bytes]]:
    """The files of an export."""
    shape, book = shape_named(name), load_codebook()
    material = material_of(base, book, shape, Wanted(EventFilter(), profile_named("internal")))
    with tempfile.TemporaryDirectory() as folder:
        leaving = Leaving(shape, material, pseudonyms_of(base, book.relations, 0.0))
        write_files(shape, material, leaving, Path(folder) / f"out.{shape.ending}")
        return [(path.name, path.read_bytes()) for path in sorted(Path(folder).iterdir())]
