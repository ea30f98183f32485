"""A base against a data set, on one page. Invariant: the result depends on what both hold, in any order, and each
incident and each record stands in one row.

1. The records of the files become claims in form (`theirs`), the incidents are their claims as they stand (`mine`).
2. Both are compared as reports are, and paired one to one (`pairing`).
3. Each pair is told field by field with likely reasons (`differences`), each single one with why (`alone`).
4. The rows are summed up (`coverage`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.comparing.alone import Scope, nearest, scope_of, why_only_mine, why_only_theirs
from khabar.comparing.coverage import coverage_of
from khabar.comparing.differences import differences
from khabar.comparing.mine import Mine, forms_of_mine, mine_of
from khabar.comparing.model import VERDICTS, Comparison, Row
from khabar.comparing.pairing import Match, matches, one_to_one
from khabar.comparing.parts import parts_of
from khabar.comparing.places import located
from khabar.comparing.sides import Sides
from khabar.comparing.theirs import Theirs, forms_of, theirs_with
from khabar.errors import NotFoundError
from khabar.reading.gazetteer import Gazetteer
from khabar.records import ReferenceIncident, ReferenceSet
from khabar.resolution.mentions import Mention
from khabar.store.base import View
from khabar.store.questions import EventFilter

__all__ = ["Within", "compare_base", "reference_named"]

_SHORTEST = 6  # characters by which an imported file may be named
_SCHEMES = {"ucdp-ged": "ucdp"}  # what a data set's numbers of groups are called in the list of actors


@dataclass(frozen=True, slots=True)
class Within:
    """What part of both sides is compared: from `since` to `until` (ISO days), in `country` (ISO2)."""

    since: str | None = None
    until: str | None = None
    country: str | None = None

    def where(self) -> EventFilter:
        """The filter of incidents."""
        return EventFilter(since=self.since, until=self.until, country=self.country)

    def holds(self, record: ReferenceIncident) -> bool:
        """Whether a record lies in it."""
        first, last = record.when.earliest or "", record.when.latest or "9999"
        in_time = last >= (self.since or "") and first <= (self.until or "9999")
        return in_time and (self.country is None or record.place.country == self.country.upper())


def reference_named(base: View, name: str) -> tuple[ReferenceSet, ...]:
    """The imported files of incidents that a name means: all of a data set, or one by its file name, the beginning of
    its id, or its version. NotFoundError names what there is.
    """
    every = [s for s in base.reference_sets() if s.shape in _SCHEMES]
    for called in (_shape, _file, _release, _prefix):
        if found := tuple(s for s in every if called(s, name)):
            return found
    there = ", ".join(dict.fromkeys(s.shape for s in every)) or "nothing is imported yet"
    raise NotFoundError(f"There is no data set {name!r} to compare with ({there}).", "`khabar import` takes one in.")


def _shape(each: ReferenceSet, name: str) -> bool:
    return each.shape == name


def _file(each: ReferenceSet, name: str) -> bool:
    return name in (each.id, each.file, each.file.rpartition(".")[0])


def _release(each: ReferenceSet, name: str) -> bool:
    return bool(each.version) and name in (each.version, f"{each.shape} {each.version}")


def _prefix(each: ReferenceSet, name: str) -> bool:
    return len(name) >= _SHORTEST and each.id.startswith(name)


def compare_base(
    base: View, name: str, book: Codebook, gazetteer: Gazetteer, within: Within | None = None
) -> Comparison:
    """A base against the imported files that a name means; of a record in several files the last import counts."""
    asked = within or Within()
    sets = reference_named(base, name)
    records = _records(base, sets, asked)
    theirs = theirs_with(gazetteer, book, _SCHEMES[sets[0].shape])
    mine = mine_of(base, asked.where(), theirs.types)
    forms = _forms(mine)
    found = matches(forms, {key: list(forms_of(record, theirs)) for key, record in records.items()})
    rows = _rows(mine, records, found, _Telling(mine, theirs, forms, scope_of(sets[0].shape, records.values(), mine)))
    return Comparison(name, sets, rows, coverage_of(rows, lambda record: _area(record, gazetteer)))


def _records(base: View, sets: Iterable[ReferenceSet], within: Within) -> dict[str, ReferenceIncident]:
    every = (record for each in sets for record in base.reference_records(each.id))
    return {r.key: r for r in every if isinstance(r, ReferenceIncident) and within.holds(r)}


def _forms(mine: Mine) -> dict[str, list[Mention]]:
    owner = {claim: event.id for event in mine.events for claim in event.claims}
    forms: dict[str, list[Mention]] = {event.id: [] for event in mine.events}
    for form in forms_of_mine(mine):
        forms[owner[form.claim]].append(form)
    return forms


@dataclass(frozen=True, slots=True)
class _Telling:
    """What rows are told with."""

    mine: Mine
    theirs: Theirs
    forms: Mapping[str, Sequence[Mention]]
    scope: Scope


def _rows(
    mine: Mine, records: Mapping[str, ReferenceIncident], found: Sequence[Match], tell: _Telling
) -> tuple[Row, ...]:
    """A row for each pair, then for each incident and each record that is left; pairs first, each kind in time."""
    events = {event.id: event for event in mine.events}
    rows = []
    pairs = one_to_one(found)
    parts = parts_of(pairs, found, records, events)
    for match in pairs:
        event, record = events.pop(match.left), records[match.right]
        more = parts.get(match.left, ())
        sides = Sides(event, record, tuple(tell.forms[event.id]), tell.mine, tell.theirs, more)
        verdict = "unsure" if record.sums_up else match.judgement.verdict
        judged = match.judgement
        rows.append(Row(verdict, event, record, judged.score, judged.reasons, differences(sides), parts=more))
    paired = {record.key for row in rows if row.theirs for record in (row.theirs, *row.parts)}
    by_mine, by_theirs = nearest(found)
    for event in events.values():
        near = by_mine.get(event.id)
        why = tuple(why_only_mine(event, tell.scope, near))
        rows.append(Row("only_mine", mine=event, why=why, near=near.right if near else None))
    for key, record in records.items():
        if key not in paired:
            near = by_theirs.get(key)
            why = tuple(why_only_theirs(record, tell.scope, near))
            rows.append(Row("only_theirs", theirs=record, why=why, near=near.left if near else None))
    return tuple(sorted(rows, key=_order))


def _order(row: Row) -> tuple[int, str, str]:
    if row.theirs is not None:
        return VERDICTS.index(row.verdict), row.theirs.when.earliest or "9999", row.key
    shown = row.mine.derived.get("when") if row.mine else None
    when = shown.value if shown and shown.value else {}
    return VERDICTS.index(row.verdict), when.get("earliest") or when.get("latest") or "9999", row.key


def _area(record: ReferenceIncident, gazetteer: Gazetteer) -> str:
    place = located(record.place, gazetteer)
    return ", ".join(part for part in (place.country, place.admin1) if part)
