"""The paragraph a report begins with. Invariant: it says what the tables say, and compares with the period before."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.records import Event
from khabar.report.asked import Asked
from khabar.report.breakdowns import counted
from khabar.report.gather import Found
from khabar.report.model import Number, Piece
from khabar.report.tolls import Toll, best_of, summed, toll_words

__all__ = ["headline"]


def headline(found: Found, asked: Asked, area: str) -> tuple[Piece, ...]:
    """How many incidents, how many people, the deadliest one, and the change."""
    events = found.inside
    begin: list[Piece] = [f"In {area} " if area else "", f"{asked.period.words} saw "]
    if not events:
        return (*begin, "no incident that this base knows of. ", *_change(found, asked, Toll()))
    killed = summed(events, "killed")
    said: list[Piece] = [
        *begin,
        *_number(events),
        " that killed ",
        toll_words(killed) if killed.stated else "nobody whose number is told",
    ]
    if killed.stated:
        said += [" people" if killed.best != 1 else " person"]
    injured, attackers = summed(events, "injured"), summed(events, "attackers_killed")
    said += [" and injured ", toll_words(injured)] if injured.stated else []
    said += [". Attackers killed: ", toll_words(attackers)] if attackers.stated else []
    said += [". ", *_deadliest(events)]
    return (*said, *_change(found, asked, killed))


def _number(events: Sequence[Event]) -> list[Piece]:
    return [counted(events), " incident" if len(events) == 1 else " incidents"]


def _deadliest(events: Sequence[Event]) -> list[Piece]:
    dead = [(best_of(e, "killed") or 0, e) for e in events]
    most, event = max(dead, key=lambda pair: pair[0])
    if not most or len(events) == 1:
        return []
    same = [e for n, e in dead if n == most]
    if len(same) > 1:
        return ["The deadliest, with ", Number(str(most), tuple(e.id for e in same)), f" dead each, were {len(same)}. "]
    kind = str(event.derived["type"].value).replace("_", " ") if "type" in event.derived else "incident"
    places = event.derived["places"].value if "places" in event.derived else ()
    at = f" in {places[0]['name']}" if places else ""
    when = event.derived["when"].value.get("earliest") if "when" in event.derived else None
    return [
        "The deadliest was the ",
        f"{kind}{at}{f' on {when}' if when else ''}, with ",
        Number(str(most), (event.id,)),
        " dead. ",
    ]


def _change(found: Found, asked: Asked, killed: Toll) -> list[Piece]:
    """Against the period before; a share only where there is enough to take one of."""
    before = summed(found.earlier, "killed")
    words = asked.before.period.words
    if not found.earlier:
        return [f"For {words} the base knows of no incident, so that nothing can be compared."]
    more = len(found.inside) - len(found.earlier)
    change = "as many" if not more else f"{abs(more)} {'more' if more > 0 else 'fewer'}"
    said: list[Piece] = [
        f"In {words} there {'was' if len(found.earlier) == 1 else 'were'} ",
        *_number(found.earlier),
        f" ({change} now" if more else " (as many",
        _share(len(found.inside), len(found.earlier)),
        ")",
    ]
    if before.stated:
        said += [" and ", toll_words(before), " killed", f" ({_more(killed.best - before.best)})"]
    return [*said, "."]


def _more(change: int) -> str:
    return "as many" if not change else f"{abs(change)} {'more' if change > 0 else 'fewer'} now"


def _share(now: int, then: int) -> str:
    return f", {abs(round(100 * (now - then) / then))} %" if then >= 10 and now != then else ""
