"""Actors as ACLED writes them. Invariant: only groups, states and agencies are named; everybody else is what ACLED
calls unidentified, civilians, protesters or rioters.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.export.shapes import acled_losses as losses
from khabar.export.shapes.attributed import Attributed
from khabar.export.shapes.cases import Case
from khabar.export.shapes.countries import Country, country_of
from khabar.export.shapes.keeping import Keeping
from khabar.export.shapes.material import Material
from khabar.export.shapes.parties import Struck, doers, struck
from khabar.export.shapes.tables import joined
from khabar.records import Actor

__all__ = ["ARMED", "CIVILIANS", "Named", "Sides", "interaction", "sides_of"]

STATE, REBELS, MILITIA, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = 1, 2, 3, 5, 6, 7, 8
ARMED = (1, 2, 3, 4, 8)
_BATTLES, _CROWDS = "Battles", {"Protests": ("Protesters", PROTESTERS), "Riots": ("Rioters", RIOTERS)}
_LISTS = ("ucdp", "un")


@dataclass(frozen=True, slots=True)
class Named:
    """An actor with its inter code, and the claims that name it."""

    name: str | None
    inter: int
    associated: str | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """Both actors; `civilians_only` where every target with a class is civilian."""

    one: Named
    two: Named
    civilians_only: bool


def sides_of(case: Case, material: Material, country: Country, event_type: str, keeping: Keeping) -> Sides:
    """The two actors of an incident of one of ACLED's event types in a country."""
    found = doers(case)
    target = struck(case, material.book, material.groups)
    named = [who for who in found if who.organised]
    for who in found:
        if not who.organised:
            keeping.lose(losses.PERSON, who.kind, "actor1", who.claims)
    second = _struck(target, material.book, country, keeping)
    if second.name is None and event_type == _BATTLES and len(named) > 1:
        second = _doer(named.pop(1), country, keeping)
    one = _first(case, named, material.book, country, event_type, keeping)
    if second.name is None:
        second = _assumed(event_type, country)
    civilians = bool(target.sides) and target.sides == {"civilians"}
    return Sides(one, second, civilians)


def interaction(one: int, two: int) -> int:
    """The lowest joint number of two inter codes; of one actor alone its code and 0. Two outside forces are 80."""
    low, high = sorted((one, two))
    if low == 0:
        return high * 10
    return low * 10 if low == high == EXTERNAL else low * 10 + high


def _first(
    case: Case, named: list[Attributed], book: Codebook, country: Country, event_type: str, keeping: Keeping
) -> Named:
    if named:
        one = _doer(named[0], country, keeping)
        return Named(
            one.name, one.inter, joined([who.name for who in named[1:]]), tuple(c for w in named for c in w.claims)
        )
    if event_type in _CROWDS:
        word, inter = _CROWDS[event_type]
        return Named(f"{word} ({country.name})", inter)
    kind = book.events.get(case.shown("type") or "")
    if kind is not None and kind.state_action:
        if kind.codes.get("acled", {}).get("actor1") == "home government":
            keeping.lose(losses.STATE_FORCES, "", "actor1", ())
            return Named(f"State Forces of {country.name}", STATE)
        return Named("Unidentified Military Forces", EXTERNAL)
    return Named(f"Unidentified Armed Group ({country.name})", MILITIA)


def _doer(who: Attributed, country: Country, keeping: Keeping) -> Named:
    if not who.state:
        return _group(who.actor, who.name, who.claims, keeping, "inter1")
    inter = STATE if who.country == country.iso2 else EXTERNAL
    if who.kind == "agency":
        return Named(who.name, inter, claims=who.claims)
    keeping.lose(losses.STATE_FORCES, who.name, "actor1", who.claims)
    state = country_of(who.country)
    return Named(f"State Forces of {state.name if state else who.name}", inter, claims=who.claims)


def _group(actor: Actor | None, name: str, claims: tuple[str, ...], keeping: Keeping, column: str) -> Named:
    listed = actor is not None and any(scheme in _LISTS for scheme, _ in actor.external_ids)
    if not listed:
        keeping.lose(losses.KIND, name, column, claims)
    return Named(name, REBELS if listed else MILITIA, claims=claims)


def _struck(target: Struck, book: Codebook, country: Country, keeping: Keeping) -> Named:
    """Actor 2 as the targets have it; nobody where none has a class or a name."""
    if target.group is not None:
        return _group(target.group, target.group.names[0].text, target.claims, keeping, "inter2")
    if target.category is None:
        return Named(None, 0)
    code = book.class_code("targets", target.category, "acled", "actor")
    inter = book.class_code("targets", target.category, "acled", "inter")
    if code is None or inter is None:
        return Named(None, 0)
    labels = [book.class_code("targets", c, "acled", "associated") for c in target.classes]
    others = [f"{label} ({country.name})" for label in labels if label]
    form = f"{code} of {country.name}" if int(inter) == STATE else f"{code} ({country.name})"
    return Named(form, int(inter), joined(others), target.claims)


def _assumed(event_type: str, country: Country) -> Named:
    """Who stands on the other side where no report names anybody, as ACLED's event types need it."""
    if event_type == "Violence against civilians":
        return Named(f"Civilians ({country.name})", CIVILIANS)
    if event_type == _BATTLES:
        return Named(f"Unidentified Armed Group ({country.name})", MILITIA)
    return Named(None, 0)
