"""UCDP's shape: the 49 columns of the Georeferenced Event Dataset. Invariant: every row has a death, an organised
actor, two sides, a first and a last day, and a point.

Source of the rules: UCDP GED Codebook, version 22.1 (definition of an event, sides, precision, clarity, estimates).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from khabar.export.shapes import ucdp_losses as losses
from khabar.export.shapes.cases import Case
from khabar.export.shapes.countries import Country, country_of
from khabar.export.shapes.dates import Days, days_of
from khabar.export.shapes.keeping import Keeping
from khabar.export.shapes.material import Material
from khabar.export.shapes.numbers import bounds_of
from khabar.export.shapes.parts import Loss, Row
from khabar.export.shapes.tables import Table, joined
from khabar.export.shapes.ucdp_deaths import Deaths, any_death, deaths_of, shared, without
from khabar.export.shapes.ucdp_sides import Dyad, dyad_of
from khabar.export.shapes.whereabouts import Spot, Spots, coarser, prio_grid, spots_of, well_known_text
from khabar.export.tables import csv_lines
from khabar.store.questions import DocumentSummary

__all__ = ["UcdpGed"]

_HAPPENED = ("actual", "attempted", "foiled")
_WHERE = {"exact": 1, "near": 2, "adm2": 3, "adm1": 4, "region": 5, "country": 6}
_KINDS = {"city": "town", "adm2": "district", "adm1": "province"}
_FEW_DAYS, _WEEK, _MONTH, _YEAR = 6, 7, 31, 366
_NO_DAY = "1753-01-01"  # UCDP's day for a source without one
_HXL = {
    "year": "#date+year", "side_a": "#group+name+first", "side_b": "#group+name+second",
    "source_article": "#meta+source", "source_headline": "#description", "where_coordinates": "#loc+name",
    "adm_1": "#adm1+name", "adm_2": "#adm2+name", "latitude": "#geo+lat", "longitude": "#geo+lon",
    "country": "#country+name", "region": "#region+name", "date_start": "#date+start", "date_end": "#date+end",
    "best": "#affected+killed",
}  # fmt: skip
_NOT_HELD = (("injured", losses.INJURED), ("arrested", losses.ARRESTED), ("abducted", losses.ABDUCTED))
_ID_DIGITS = 11  # hexadecimal: with two decimal digits behind, still exact as a double


class UcdpGed(Table):
    """Rows as the UCDP Georeferenced Event Dataset has them; totals are rows of clarity 2."""

    name = "ucdp-ged"
    title = "UCDP GED: 49 columns, events with a death and an organised actor, low, best and high by side"
    rule = "ucdp"
    losses = losses.RULES
    options: Mapping[str, str] = {
        "hxl": "a second line with HXL tags, as in the files on the Humanitarian Data Exchange",
        "no-totals": "no rows of clarity 2",
    }

    def records(self, material: Material) -> Iterator[Row | Loss]:
        """Rows of incidents, then of totals, from which the deaths of incidents with rows are taken off."""
        counted: dict[str, list[Deaths]] = {}
        for case in material.cases():
            yield from self.checked(self._made(case, material, counted))
        if "no-totals" in material.options:
            return
        for case in material.total_cases():
            yield from self.checked(self._made(case, material, counted))

    def rows(self, case: Case, material: Material) -> Iterator[Row | Loss]:
        """The rows and losses of one incident."""
        return self._made(case, material, {})

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """The header, the HXL tags where asked for, and one line a row."""
        names = [column.name for column in self.columns]
        values = (row.values for row in rows)
        lines = csv_lines(values, names)
        out.write(f"{next(lines)}\n".encode())
        if "hxl" in options:
            out.write((",".join(_HXL.get(name, "") for name in names) + "\n").encode())
        out.writelines(f"{line}\n".encode() for line in lines)

    def _made(self, case: Case, material: Material, counted: dict[str, list[Deaths]]) -> Iterator[Row | Loss]:
        keeping = Keeping(case)
        facts = _facts(case, material, keeping)
        if facts is not None:
            yield from _rows(case, facts, keeping, counted)
        yield from keeping


@dataclass(frozen=True, slots=True)
class _Facts:
    """What an incident must have to be a row."""

    days: Days
    spots: Spots
    country: Country
    dyad: Dyad


def _facts(case: Case, material: Material, keeping: Keeping) -> _Facts | None:
    """The facts of a UCDP event, or None with the reason noted: an event, a death, a place, two sides, a time."""
    modality = case.shown("modality") or "actual"
    kind = material.book.events.get(case.shown("type") or "")
    codes = kind.codes.get("ucdp-ged", {}) if kind else {}
    summary = case.total is not None  # a summary's type is often none of the scheme's; who fought whom tells
    if modality not in _HAPPENED:
        keeping.lose(losses.NOT_ACTUAL, modality)
        return None
    if not summary and (not codes or codes.get("inclusion") == "none"):
        keeping.lose(losses.NO_CODE, case.shown("type") or "no type")
        return None
    if not any_death(case):
        keeping.lose(losses.NO_DEATH)
        return None
    spots, days = spots_of(case), days_of(case)
    country = country_of(spots.spots[0].country) if spots.spots else None
    if country is None or country.gw is None or country.ucdp_region is None:
        keeping.lose(losses.NO_PLACE, ", ".join(spots.instead) or (country.name if country else ""))
        return None
    dyad = dyad_of(case, material, country, keeping)
    if dyad is None:
        return None
    if days is None or days.length > _YEAR:
        keeping.lose(losses.VAGUE_DATE if days else losses.NO_DATE, days.words if days else "")
        return None
    return _Facts(days, spots, country, dyad)


def _rows(case: Case, facts: _Facts, keeping: Keeping, counted: dict[str, list[Deaths]]) -> Iterator[Row]:
    deaths = deaths_of(case, facts.dyad, keeping)
    if case.total is not None:
        deaths = _less(case, deaths, keeping, counted)
        if deaths.best == 0 and deaths.high == 0:
            keeping.lose(losses.EXPLAINED)
            return
    if deaths.best == 0 and deaths.high == 0:  # only attackers died, whom one-sided violence does not count
        keeping.lose(losses.NO_DEATH, "attackers alone")
        return
    spots, shares = _places(facts.spots, deaths, keeping)
    _not_held(case, keeping)
    common = _common(case, facts)
    claims = _claims(case, facts, deaths)
    if case.total is None:
        counted[case.id] = [deaths]
    for i, (spot, share) in enumerate(zip(spots, shares, strict=True)):
        number = int(_hex(case.id), 16) * 100 + i
        relid = f"{facts.country.iso3}-{facts.days.first.year}-{facts.dyad.violence}-{case.id}-{i + 1}"
        values = {**common, "id": number, "relid": relid, **_where(spot), **_toll(share)}
        yield Row(str(number), case.id, values, claims)


def _hex(key: str) -> str:
    """The digits of an id that stand for it; another kind of id is spelled out."""
    digits = key[:_ID_DIGITS]
    return digits if all(c in "0123456789abcdef" for c in digits) else key.encode().hex()[-_ID_DIGITS:]


def _less(case: Case, deaths: Deaths, keeping: Keeping, counted: Mapping[str, list[Deaths]]) -> Deaths:
    """The deaths of a total without those of its incidents that have rows."""
    for event in case.inside:
        for inside in counted.get(event, ()):
            deaths = without(deaths, inside)
            keeping.lose(losses.SUBTRACTED, f"{inside.best} of incident {event}", "best", deaths.claims)
    return deaths


def _places(spots: Spots, deaths: Deaths, keeping: Keeping) -> tuple[tuple[Spot, ...], list[Deaths]]:
    """One spot and its share of the dead for each row: one event a place, or a coarser place for fewer dead."""
    found = spots.spots
    if spots.instead:
        wider = f"{', '.join(spots.instead)} → {found[0].name}"
        keeping.lose(losses.WIDER_PLACE, wider, "where_coordinates", spots.claims)
    if spots.other or spots.joined:
        names = ", ".join((*spots.other, *spots.joined))
        keeping.lose(losses.OTHER_PLACES, names, "where_coordinates", spots.claims)
    if len(found) == 1:
        return found, [deaths]
    names = ", ".join(spot.name for spot in found)
    if deaths.best < len(found):
        one = coarser(found)
        keeping.lose(losses.COARSER, f"{names} → {one.name}", "where_coordinates", spots.claims)
        return (one,), [deaths]
    shares = shared(deaths, len(found))
    keeping.lose(losses.SPLIT, f"{deaths.best} → {' + '.join(str(s.best) for s in shares)}", "best", deaths.claims)
    return found, shares


def _common(case: Case, facts: _Facts) -> dict[str, Any]:
    """The cells that all places of an incident share."""
    dyad, days, country = facts.dyad, facts.days, facts.country
    return {
        "year": days.first.year,
        "type_of_violence": dyad.violence,
        "conflict_name": None if dyad.violence == 1 else dyad.name,
        "dyad_name": dyad.name,
        "side_a": dyad.a.name,
        "side_a_new_id": dyad.a.id,
        "side_b": dyad.b.name,
        "side_b_new_id": dyad.b.id,
        "gwnoa": dyad.a.gw,
        "gwnob": dyad.b.gw,
        "number_of_sources": max(1, len(case.reports)),
        "source_article": joined([_article(report) for report in case.reports], ";") or "unknown",
        "source_office": joined([r.publisher or r.file for r in case.reports], ";"),
        "source_date": ";".join(_day(r) for r in case.reports) or None,
        "source_headline": joined([r.title or "" for r in case.reports], ";"),
        "source_original": joined([c.speaker.name for c in case.claims.values() if c.speaker], ", "),
        "where_description": joined([v.value["name"] for v in case.stated("places")], ", "),
        "country": country.ucdp_name,
        "country_id": country.gw,
        "region": country.ucdp_region,
        "event_clarity": 1 if case.total is None else 2,
        "date_prec": _date_precision(days),
        "date_start": days.first.isoformat(),
        "date_end": days.last.isoformat(),
    }


def _article(report: DocumentSummary) -> str:
    """A source as UCDP writes it: "publisher,day,title" in quotes."""
    parts = (report.publisher or report.file, _day(report), (report.title or "").replace('"', "'"))
    return '"' + ",".join(parts) + '"'


def _day(report: DocumentSummary) -> str:
    earliest, latest = report.published.earliest, report.published.latest
    return earliest if earliest and earliest == latest else _NO_DAY


def _date_precision(days: Days) -> int:
    if days.length == 1:
        return 1
    limits = (_FEW_DAYS, _WEEK, _MONTH)
    return next((code for code, limit in enumerate(limits, 2) if days.length <= limit), 5)


def _where(spot: Spot) -> dict[str, Any]:
    kind = _KINDS.get(spot.kind)
    return {
        "where_prec": _WHERE[spot.precision],
        "where_coordinates": spot.name if not kind or kind in spot.name.lower() else f"{spot.name} {kind}",
        "adm_1": spot.admin1,
        "adm_2": spot.admin2,
        "latitude": spot.latitude,
        "longitude": spot.longitude,
        "geom_wkt": well_known_text(spot.latitude, spot.longitude),
        "priogrid_gid": prio_grid(spot.latitude, spot.longitude),
    }


def _toll(deaths: Deaths) -> dict[str, int]:
    kinds = {f"deaths_{kind}": number for kind, number in deaths.kinds.items()}
    return {**kinds, "best": deaths.best, "low": deaths.low, "high": deaths.high}


def _not_held(case: Case, keeping: Keeping) -> None:
    for name, rule in _NOT_HELD:
        bounds = bounds_of(case.shown(name))
        if bounds is not None and bounds.words:
            keeping.lose(rule, bounds.words, None, case.resting(name))
    for who in case.attributed:
        keeping.lose(losses.STANCE, f"{who.name}: {', '.join(who.stances)}", "side_a", who.claims)
    weapon = (case.shown("weapon") or {}).get("class")
    if weapon:
        keeping.lose(losses.WEAPON, weapon, None, case.resting("weapon"))
    keeping.lose(losses.TYPE, case.shown("type") or "", None, case.resting("type"))
    if case.total is None and case.event.origins != len(case.reports):
        keeping.lose(losses.ORIGINS, f"{case.event.origins} of {len(case.reports)} sources", "number_of_sources")


def _claims(case: Case, facts: _Facts, deaths: Deaths) -> dict[str, tuple[str, ...]]:
    """Which claims each cell rests on."""
    dyad, places = facts.dyad, facts.spots.claims
    when, kind = case.resting("when"), case.resting("type")
    one, two = dyad.a.claims or kind, dyad.b.claims or kind
    by_columns = {
        ("year", "date_prec", "date_start", "date_end"): when,
        ("side_a", "side_a_new_id", "gwnoa"): one,
        ("side_b", "side_b_new_id", "gwnob"): two,
        ("type_of_violence", "conflict_name", "dyad_name"): (*one, *two),
        ("where_prec", "where_coordinates", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"): places,
        ("priogrid_gid", "country", "country_id", "region"): places,
        ("where_description",): case.resting("places"),
        ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "low", "high"): deaths.claims,
        ("source_original",): tuple(key for key, claim in case.claims.items() if claim.speaker),
        ("event_clarity", "number_of_sources"): case.event.claims,
    }
    return {name: tuple(dict.fromkeys(claims)) for names, claims in by_columns.items() for name in names}
