"""From a base to the material of an export. Invariant: values are shown by the rule asked for, else by the shape's own,
else by that of the base; the same material serves the command and the API.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khabar.by_rule import events_by
from khabar.codebook.model import Codebook
from khabar.errors import SettingsError
from khabar.export.shapes.material import Material, Total
from khabar.export.shapes.profiles import Profile
from khabar.export.shapes.shape import Shape
from khabar.ledger import totals_of
from khabar.plugins import find_plugin, plugin_names
from khabar.records import Claim, EventBody
from khabar.store.base import View
from khabar.store.questions import ClaimFilter, EventFilter
from khabar.text import fold

__all__ = ["Wanted", "every_shape", "material_of", "shape_named"]

_RUNS = 1000  # of the log, looked through for the last that changed the base


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an export: which incidents, by which rule (None: the shape's own), for whom, with which of the
    shape's options.
    """

    where: EventFilter
    profile: Profile
    rule: str | None = None
    options: frozenset[str] = frozenset()


def shape_named(name: str) -> Shape:
    """The shape of that name, built in or installed; SettingsError lists the names."""
    names = plugin_names("exporters")
    if name not in names:
        raise SettingsError(f"there is no shape {name!r}.", f"Use one of {', '.join(names)}.")
    made: Shape = find_plugin("exporters", name)()
    return made


def every_shape() -> list[Shape]:
    """The shapes there are, built in and installed, by name."""
    return [shape_named(name) for name in plugin_names("exporters")]


def material_of(base: View, book: Codebook, shape: Shape, wanted: Wanted) -> Material:
    """The material that a shape is made from; SettingsError where it has no such option."""
    for option in sorted(wanted.options - set(shape.options)):
        known = f"Use one of {', '.join(shape.options)}." if shape.options else "It has none."
        raise SettingsError(f"{shape.name} has no option {option!r}.", known)
    return Material(
        base=base,
        book=book,
        events=events_by(base, wanted.where, book, wanted.rule or shape.rule),
        totals=lambda: _totals(base, book),
        told=lambda: _told(base, wanted.where),
        profile=wanted.profile,
        options=wanted.options,
        at=_last_change(base),
    )


def _totals(base: View, book: Codebook) -> Iterator[Total]:
    found = totals_of(base, book)
    for coverage in found.found:
        yield Total(found.claims[coverage.claim], coverage.sure)


def _told(base: View, where: EventFilter) -> Iterator[Claim]:
    """Claims about single events that a filter of incidents would keep, whatever their modality; a filter by the number
    of dead keeps none, because nobody dies of what did not happen.
    """
    asked = ClaimFilter(
        kinds=("event",), types=where.types, actor=where.actor, aggregates=False, coded=base.overview().doubt,
        since=where.since, until=where.until, text=where.text,
    )  # fmt: skip
    for claim in base.claims(asked):
        places = claim.body.places if isinstance(claim.body, EventBody) else ()
        country = where.country is None or any(p.country == where.country for p in places)
        admin1 = where.admin1 is None or any(fold(p.admin1 or "") == fold(where.admin1) for p in places)
        if country and admin1 and not where.min_killed and claim.modality != "actual":
            yield claim


def _last_change(base: View) -> str | None:
    """When the base was last changed: exports and reports are logged as well, and change nothing."""
    runs = (run for run in base.runs(_RUNS) if run.command.split()[0] not in ("export", "report"))
    return next((run.finished_at or run.started_at for run in runs), None)
