"""An incident in words of our own. Invariant: only coded values, names of actors and places; never a source's text."""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.export.shapes.attributed import Attributed
from khabar.export.shapes.cases import Case
from khabar.export.shapes.countries import country_of
from khabar.export.shapes.dates import days_of
from khabar.export.shapes.numbers import bounds_of
from khabar.export.shapes.whereabouts import Spot

__all__ = ["attribution_words", "notes_of"]

_COUNTED = (
    ("killed", "killed"),
    ("attackers_killed", "of the attackers killed"),
    ("injured", "injured"),
    ("abducted", "abducted"),
    ("arrested", "arrested"),
)
_SAID = {
    "asserted": "attributed to {name}",
    "blamed": "blamed on {name}",
    "suspected": "{name} suspected",
}


def notes_of(case: Case, book: Codebook, spot: Spot | None) -> str:
    """What happened, when, where, to whom, who is held responsible, how many, by how many reports."""
    kind = book.events.get(case.shown("type") or "")
    days = days_of(case)
    label = kind.label if kind else (case.shown("type") or "incident").replace("_", " ")
    sentences = [label + (f" in {_place(spot)}" if spot else "") + (f", {days.words}" if days else "")]
    modality = case.shown("modality") or "actual"
    if modality != "actual":
        sentences.append(f"Told as {modality}")
    classes = dict.fromkeys(v.value["class"] for v in case.stated("targets") if v.value.get("class"))
    if classes:
        sentences.append("Targets: " + ", ".join(classes))
    if case.attributed:
        sentences.append("Responsibility: " + "; ".join(map(attribution_words, case.attributed)))
    sentences += _tolls(case)
    reports, origins = len(case.event.documents), case.event.origins
    sentences.append(f"Reports: {reports}, of {origins} independent origin{'' if origins == 1 else 's'}")
    return ". ".join(sentences) + "."


def attribution_words(who: Attributed) -> str:
    """Who is held responsible, in words: "claimed by X", "blamed on X by Y", "X suspected; denied"."""
    by = f" by {', '.join(who.by)}" if who.by and not who.claimed else ""
    if who.claimed:
        words = f"claimed by {who.name}"
    elif who.stance == "claimed":
        words = f"claimed for {who.name}{by}"
    else:
        words = _SAID[who.stance].format(name=who.name) + by
    return f"{words} (denied)" if who.denied else words


def _place(spot: Spot) -> str:
    country = country_of(spot.country)
    parts = [spot.name, spot.admin2, spot.admin1, country.name if country else None]
    words = ", ".join(dict.fromkeys(p for p in parts if p))
    return f"{words} (near)" if spot.precision == "near" else words


def _tolls(case: Case) -> list[str]:
    told = []
    for name, word in _COUNTED:
        shown = bounds_of(case.shown(name))
        if shown is None:
            continue
        others = [
            b.words for v in case.stated(name) if (b := bounds_of(v.value)) is not None and b.words != shown.words
        ]
        differ = f" (also reported: {', '.join(dict.fromkeys(others))})" if others else ""
        told.append(f"{shown.words} {word}{differ}")
    return [", ".join(told)] if told else []
