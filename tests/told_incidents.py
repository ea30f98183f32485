"""Incidents written by hand, for the tests of reports."""

from __future__ import annotations

from typing import Any

from khabar.records import Derived, Event, Value

__all__ = ["incident"]


def incident(name: str, day: str = "2016-10-24", *, origins: int = 1, **values: Any) -> Event:
    """An incident with the values given; a list gives several stated ones, the first of which is shown."""
    when = {"earliest": day, "latest": day, "precision": "day", "text": None}
    told = {"type": "bombing", "when": when, "modality": "actual", **values}
    stated: dict[str, tuple[Value, ...]] = {}
    derived: dict[str, Derived] = {}
    for field, said in told.items():
        several = (
            said
            if field in ("killed", "injured", "attackers_killed", "attributions") and isinstance(said, list)
            else [said]
        )
        stated[field] = tuple(Value(_value(field, v), (f"c-{name}",), (f"paper {k}",)) for k, v in enumerate(several))
        if field != "attributions":
            derived[field] = Derived(_value(field, several[0]), "by hand")
    return Event(f"e-{name}", (f"c-{name}",), (f"d-{name}",), stated, derived, origins=origins)


def _value(field: str, said: Any) -> Any:
    match field, said:
        case (("killed" | "injured" | "attackers_killed"), int()):
            return {"low": said, "best": said, "high": said, "text": str(said)}
        case (("killed" | "injured" | "attackers_killed"), (low, best, high)):
            return {"low": low, "best": best, "high": high, "text": ""}
        case "attributions", (actor, stance):
            return {
                "actor": actor,
                "actor_id": None,
                "stance": stance,
                "role": "perpetrator",
                "by": None,
                "channel": None,
            }
        case "places", (name, admin1, country):
            return [{"name": name, "text": name, "admin1": admin1, "country": country, "precision": "exact",
                     "latitude": 30.0, "longitude": 67.0}]  # fmt: skip
        case "targets", tuple():
            return [{"text": kind, "class": kind} for kind in said]
        case _:
            return said
