"""GTD's codes for an incident: attack, target and weapon types, claims. Invariant: codes come from the codebook, names
of codes from the columns' closed lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from khabar.codebook.model import Codebook
from khabar.export.shapes import gtd_losses as losses
from khabar.export.shapes.attributed import Attributed
from khabar.export.shapes.cases import Case
from khabar.export.shapes.keeping import Keeping
from khabar.export.shapes.parties import doers
from khabar.export.shapes.tables import columns_of, joined

__all__ = ["attacks", "claimed", "claims_of_cells", "doubt", "groups", "named", "targets", "weapons"]

_UNKNOWN_TARGET, _UNKNOWN_WEAPON = 20, 13
_MILITARY, _MILITANTS, _INSURGENCY, _BETWEEN_GROUPS = 4, 17, 1, 3
_UNKNOWN_MODE, _OTHER_MODE = 10, 9
_MODES = (
    (1, re.compile(r"\bletters?\b")),
    (2, re.compile(r"\b(?:tele)?phone|\bcalls?\b|\bcalled\b")),
    (4, re.compile(r"\be-?mail")),
    (5, re.compile(r"\b(?:note|leaflet|pamphlet)s?\b")),
    (6, re.compile(r"\bvideo")),
    (7, re.compile(r"web|online|blog|twitter|telegram|facebook|social media|internet|agency|channel|post(?:ed)?\b")),
    (8, re.compile(r"\bspokes|in person\b|\bpersonal")),
)
_TARGET_SUBTYPES = {25: "Police Security Forces/Officers", 67: "Unnamed Civilian/Unspecified"}
_WEAPON_SUBTYPES = {
    5: "Unknown Gun Type",
    7: "Grenade",
    8: "Landmine",
    11: "Projectile (rockets, mortars, RPGs, etc.)",
    13: "Suicide (carried bodily by human being)",
    16: "Unknown Explosive Type",
    17: "Other Explosive Type",
    18: "Arson/Fire",
    23: "Knife or Other Sharp Object",
}
_GROUPS = ("gname", "gname2", "gname3")
_CLAIMS = (("claimed", "claimmode"), ("claim2", "claimmode2"), ("claim3", "claimmode3"))


def named(column: str, code: int | None) -> str | None:
    """The name of a code, from the closed list of the column that holds names: the first name is code 1."""
    if code is None:
        return None
    values = next(c.values for c in columns_of("gtd") if c.name == column)
    return str(values[code - 1])


def attacks(case: Case, book: Codebook, first: int, keeping: Keeping) -> dict[str, Any]:
    """The attack types: the shown type's, then those of other stated types."""
    codes = [first]
    for value in case.stated("type"):
        kind = book.events.get(value.value)
        code = kind.codes.get("gtd", {}).get("attacktype") if kind else None
        if code is not None and int(code) not in codes:
            codes.append(int(code))
    if len(codes) > 3:
        keeping.lose(losses.MORE_TYPES, ", ".join(str(c) for c in codes[3:]), "attacktype3", case.resting("type"))
    cells: dict[str, Any] = {}
    for k, number in enumerate(codes[:3], 1):
        cells[f"attacktype{k}"] = number
        cells[f"attacktype{k}_txt"] = named(f"attacktype{k}_txt", number)
    return cells


def targets(case: Case, book: Codebook, keeping: Keeping) -> dict[str, Any]:
    """The target types, in the order of the codebook's classes as reports state them; 20 where none has a class."""
    found: dict[int, tuple[int | None, str]] = {}
    for value in case.stated("targets"):
        name = value.value.get("class")
        code = book.class_code("targets", name, "gtd", "targtype")
        if code is not None:
            sub = book.class_code("targets", name, "gtd", "targsubtype")
            found.setdefault(int(code), (int(sub) if sub else None, name))
    if len(found) > 3:
        keeping.lose(losses.MORE_TARGETS, str(len(found)), "targtype3", case.resting("targets"))
    cells: dict[str, Any] = {}
    for k, (number, (subtype, label)) in enumerate(list(found.items())[:3] or [(_UNKNOWN_TARGET, (None, ""))], 1):
        cells[f"targtype{k}"] = number
        cells[f"targtype{k}_txt"] = named(f"targtype{k}_txt", number)
        cells[f"targsubtype{k}"] = subtype
        cells[f"targsubtype{k}_txt"] = _TARGET_SUBTYPES.get(subtype or 0)
        cells[f"target{k}"] = label or None
    return cells


def weapons(case: Case, book: Codebook, by_type: str | None, keeping: Keeping) -> dict[str, Any]:
    """The weapon types: the shown weapon's, then other stated ones; that of the event type where none is told."""
    shown = (case.shown("weapon") or {}).get("class")
    stated = [v.value.get("class") for v in case.stated("weapon")]
    classes = [name for name in dict.fromkeys([shown, *stated]) if book.class_code("weapons", name, "gtd", "weaptype")]
    if len(classes) > 4:
        keeping.lose(losses.MORE_WEAPONS, ", ".join(classes[4:]), "weaptype4", case.resting("weapon"))
    codes = [
        (book.class_code("weapons", name, "gtd", "weaptype"), book.class_code("weapons", name, "gtd", "weapsubtype"))
        for name in classes[:4]
    ] or [(by_type, None)]
    cells: dict[str, Any] = {"weapdetail": joined(classes)}
    for k, (code, sub) in enumerate(codes, 1):
        number = int(code) if code else _UNKNOWN_WEAPON
        cells[f"weaptype{k}"] = number
        cells[f"weaptype{k}_txt"] = named(f"weaptype{k}_txt", number)
        cells[f"weapsubtype{k}"] = int(sub) if sub else None
        cells[f"weapsubtype{k}_txt"] = _WEAPON_SUBTYPES.get(int(sub)) if sub else None
    return cells


def doubt(cells: Mapping[str, Any], grouped: bool) -> dict[str, Any]:
    """Whether it may be no terrorism: an attack on soldiers may be insurgency, one on militants a fight of groups."""
    codes = {cells.get(f"targtype{k}") for k in (1, 2, 3)} - {None}
    other = _INSURGENCY if codes == {_MILITARY} else _BETWEEN_GROUPS if codes == {_MILITANTS} else None
    return {
        "doubtterr": 1 if other else 0 if grouped else -9,
        "alternative": other,
        "alternative_txt": named("alternative_txt", other),
    }


def groups(found: Sequence[Attributed], keeping: Keeping) -> dict[str, Any]:
    """Up to three groups, and whether each is only suspected; persons make an individual of it where no group is."""
    named_groups = [who for who in found if who.organised and not who.state]
    persons = [who for who in found if who.kind == "person"]
    for who in persons:
        keeping.lose(losses.PERSON, who.kind, "gname", who.claims)
    if len(named_groups) > 3:
        keeping.lose(losses.MORE_GROUPS, ", ".join(w.name for w in named_groups[3:]), "gname3", named_groups[3].claims)
    alone = bool(persons) and not named_groups
    cells: dict[str, Any] = {
        "gname": "Unaffiliated Individual(s)" if alone else "Unknown",
        "individual": int(alone),
        "claimed": 0,
    }
    for k, who in enumerate(named_groups[:3]):
        cells[_GROUPS[k]] = who.name
        cells[f"guncertain{k + 1}"] = int(who.stance == "suspected")
        cells.update(claimed(who, k))
    claiming = [who for who in named_groups[:3] if who.claimed]
    if len(claiming) > 1:
        cells["compclaim"] = int(len({who.claims for who in claiming}) > 1)
    return cells


def claimed(who: Attributed, position: int) -> dict[str, Any]:
    """Whether the group at a position (from 0) claims the incident, and how."""
    claim, mode = _CLAIMS[position]
    if not who.claimed:
        return {claim: 0}
    code = _mode(who.channels)
    return {claim: 1, mode: code, f"{mode}_txt": named("claimmode_txt", code)}


def _mode(channels: Sequence[str]) -> int:
    text = " ".join(channels).lower()
    if not text:
        return _UNKNOWN_MODE
    return next((code for code, words in _MODES if words.search(text)), _OTHER_MODE)


def claims_of_cells(case: Case, named_at: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Which claims each cell rests on; `named_at` are those that name the place."""
    kind, weapon, target = case.resting("type"), case.resting("weapon"), case.resting("targets")
    who = tuple(dict.fromkeys(c for a in doers(case) for c in a.claims)) or kind
    places = named_at or case.resting("places")
    dead = case.resting("killed", "attackers_killed")
    by_columns: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
        (("iyear", "imonth", "iday", "approxdate", "extended", "resolution"), case.resting("when")),
        (("country", "country_txt", "region", "region_txt", "provstate", "city", "latitude", "longitude"), places),
        (("specificity", "vicinity", "location"), places),
        (("success",), case.resting("modality")),
        (("suicide", *(f"attacktype{k}{t}" for k in (1, 2, 3) for t in ("", "_txt"))), (*kind, *weapon)),
        (
            tuple(f"{c}{k}{t}" for k in (1, 2, 3) for c in ("targtype", "targsubtype") for t in ("", "_txt")),
            target or kind,
        ),
        (("target1", "target2", "target3", "doubtterr", "alternative", "alternative_txt"), target or kind),
        (("gname", "gname2", "gname3", "guncertain1", "guncertain2", "guncertain3", "individual", "compclaim"), who),
        (("claimed", "claim2", "claim3", "claimmode", "claimmode2", "claimmode3"), who),
        (("claimmode_txt", "claimmode2_txt", "claimmode3_txt"), who),
        (
            tuple(f"{c}{k}{t}" for k in (1, 2, 3, 4) for c in ("weaptype", "weapsubtype") for t in ("", "_txt")),
            weapon or kind,
        ),
        (("weapdetail",), weapon),
        (("nkill",), dead),
        (("nkillter",), case.resting("attackers_killed")),
        (("nwound",), case.resting("injured")),
        (("ishostkid", "nhostkid"), case.resting("abducted") or kind),
        (("summary", "addnotes", "scite1", "scite2", "scite3"), case.event.claims),
    ]
    return {name: tuple(dict.fromkeys(claims)) for names, claims in by_columns for name in names}
