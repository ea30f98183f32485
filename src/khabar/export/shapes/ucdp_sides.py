"""Two sides and three kinds of violence, as UCDP's definitions ask. Invariant: a side is an organised actor by name, a
government, or the civilians; where none can be told the incident is no UCDP event, and the reason is noted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.codebook.model import EventType
from khabar.export.shapes import ucdp_losses as losses
from khabar.export.shapes.attributed import Attributed
from khabar.export.shapes.cases import Case
from khabar.export.shapes.countries import Country, country_of
from khabar.export.shapes.keeping import Keeping
from khabar.export.shapes.material import Material
from khabar.export.shapes.parties import Struck, doers, struck
from khabar.records import Actor

__all__ = ["CIVILIANS", "Dyad", "Side", "dyad_of"]

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
_CIVILIANS_ID = 1


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its name, its id in the UCDP Actor Dataset, its Gleditsch and Ward number where it is a state."""

    name: str
    id: int | None = None
    gw: int | None = None
    claims: tuple[str, ...] = ()


CIVILIANS = Side("Civilians", _CIVILIANS_ID)


@dataclass(frozen=True, slots=True)
class Dyad:
    """The two sides, the kind of violence, and to which column the dead and the dead attackers belong: a, b, civilians
    or unknown; `attackers` is None where UCDP does not count them.
    """

    violence: int
    a: Side
    b: Side
    killed: str
    attackers: str | None

    @property
    def name(self) -> str:
        """The dyad's name."""
        return f"{self.a.name} - {self.b.name}"


def dyad_of(case: Case, material: Material, country: Country, keeping: Keeping) -> Dyad | None:
    """The dyad of an incident in a country; None, with the reason noted, where there is none."""
    kind = material.book.events.get(case.shown("type") or "")
    found = doers(case)
    named = [who for who in found if who.organised]
    for who in found:
        if not who.organised:
            keeping.lose(losses.PERSON, who.kind, "side_a", who.claims)
    target = struck(case, material.book, material.groups)
    if kind is not None and kind.mutual:
        dyad = _fight(named, target, country, keeping)
    elif not named and not _own_forces(kind):
        keeping.lose(losses.NO_ACTOR)
        return None
    elif not named or named[0].state:
        dyad = _by_state(named, target, country, keeping)
    else:
        dyad = _by_group(named[0], kind, target, country, keeping)
    if dyad is None:
        if not keeping.left_out:
            keeping.lose(losses.NO_OPPONENT, ", ".join(target.classes))
        return None
    for who in named[1:]:
        if who.name not in (dyad.a.name, dyad.b.name):
            keeping.lose(losses.OTHER_ACTORS, who.name, "dyad_name", who.claims)
    if len(target.sides) > 1 and dyad.killed != "unknown":
        keeping.lose(losses.SEVERAL_SIDES, ", ".join(target.classes), "deaths_unknown", target.claims)
        return replace(dyad, killed="unknown")
    return dyad


def _own_forces(kind: EventType | None) -> bool:
    return kind is not None and kind.codes.get("ucdp-ged", {}).get("side_a") == "home government"


def _fight(named: list[Attributed], target: Struck, country: Country, keeping: Keeping) -> Dyad | None:
    """Two sides who fight each other; the dead are of both."""
    sides = [(who.state, _side_of(who, country)) for who in named[:2]]
    if len(sides) == 1 and target.group is not None:
        sides.append((False, _group(target.group, target.claims)))
    if len(sides) == 1 and not sides[0][0] and target.side == "government":
        keeping.lose(losses.OWN_GOVERNMENT, "", "side_a", target.claims)
        sides.append((True, _government(country, target.claims)))
    if not sides:
        keeping.lose(losses.NO_ACTOR)
    if len(sides) < len(("a", "b")):
        return None
    sides.sort(key=lambda side: not side[0])
    (state, a), (_, b) = sides
    return Dyad(STATE_BASED if state else NON_STATE, a, b, "unknown", "unknown")


def _by_state(named: list[Attributed], target: Struck, country: Country, keeping: Keeping) -> Dyad | None:
    """A government's forces act: against a group by name, or against civilians."""
    if named:
        a = _side_of(named[0], country)
    else:
        keeping.lose(losses.OWN_GOVERNMENT, "", "side_a", ())
        a = _government(country, ())
    if target.group is not None:
        return Dyad(STATE_BASED, a, _group(target.group, target.claims), "b", "b")
    if target.side == "civilians":
        return Dyad(ONE_SIDED, a, replace(CIVILIANS, claims=target.claims), "civilians", None)
    return None


def _by_group(
    who: Attributed, kind: EventType | None, target: Struck, country: Country, keeping: Keeping
) -> Dyad | None:
    """A group acts: against another group by name, the government's forces, or civilians."""
    side = _side_of(who, country)
    if target.group is not None:
        return Dyad(NON_STATE, side, _group(target.group, target.claims), "b", "a")
    if target.side == "government":
        return Dyad(STATE_BASED, _government(country, target.claims), side, "a", "b")
    if target.side == "civilians":
        return Dyad(ONE_SIDED, side, replace(CIVILIANS, claims=target.claims), "civilians", None)
    if target.side is not None:
        return None
    code = kind.codes.get("ucdp-ged", {}).get("type_of_violence") if kind else None
    keeping.lose(losses.BY_TYPE, kind.label if kind else "", "type_of_violence", who.claims)
    if code == str(STATE_BASED):
        return Dyad(STATE_BASED, _government(country, ()), side, "unknown", "b")
    return Dyad(ONE_SIDED, side, CIVILIANS, "unknown", None)


def _side_of(who: Attributed, country: Country) -> Side:
    if not who.state:
        return _number(who.name, who.external("ucdp"), who.claims)
    return _government(country_of(who.country) or country, who.claims)


def _group(actor: Actor, claims: tuple[str, ...]) -> Side:
    return _number(actor.names[0].text, dict(actor.external_ids).get("ucdp"), claims)


def _number(name: str, key: str | None, claims: tuple[str, ...]) -> Side:
    return Side(name, int(key) if key and key.isdecimal() else None, None, claims)


def _government(country: Country, claims: tuple[str, ...]) -> Side:
    return Side(f"Government of {country.ucdp_name or country.name}", country.ucdp_government, country.gw, claims)
