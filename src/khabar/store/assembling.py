"""Writing what resolution made, and only what changed. Invariant: afterwards the tables hold what they would hold if
all of it had been written into an empty store.

Incidents with what hangs on them, and judgements of rules, that stand as they are (`Assembled.stands`) are not touched;
actors, their names and links are compared row by row.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, bindparam, delete, select, update

from khabar.records import Event
from khabar.store.actor_rows import actor_events_of, event_actors_of
from khabar.store.base import Assembled, MadeFrom
from khabar.store.loading import insert_rows
from khabar.store.place_rows import event_places_of
from khabar.store.rows import actor_row, contradiction_row, event_row, judgement_row, killed_in
from khabar.store.schema import (
    actor_events,
    actor_links,
    actor_names,
    actors,
    claims,
    contradiction_claims,
    contradictions,
    documents,
    event_actors,
    event_claims,
    event_places,
    events,
    judgements,
)
from khabar.store.tying import write_ties
from khabar.store.waiting import in_lots
from khabar.text import fold

__all__ = ["judgement_rows", "made_from", "write_assembled"]


def made_from(connection: Connection) -> MadeFrom:
    """What the incidents and judgements of the store were made from, of those whose rows this version would write."""
    return MadeFrom(*(frozenset(_standing(connection, table)) for table in (events, judgements)))


def judgement_rows(assembled: Assembled) -> Iterator[dict[str, Any]]:
    """The rows of the judgements, which are gone through."""
    for judgement in assembled.judgements:
        row = judgement_row(judgement)
        print_ = assembled.judgement_prints.get((row["left"], row["right"]), "") if row["by_rule"] else ""
        row["made_from"] = _kept(print_)  # a person may have decided on the same two claims
        yield row


def write_assembled(
    connection: Connection, assembled: Assembled, judged: Iterable[Sequence[Mapping[str, Any]]]
) -> bool:
    """Write what changed; False, and nothing is changed, where something that should stand is not there.

    `judged` are the rows of the judgements (`judgement_rows`) in lots.
    """
    stands = assembled.stands
    there = {table: _standing(connection, table) for table in (events, judgements)}
    if not (stands.events <= there[events].keys() and stands.judgements <= there[judgements].keys()):
        return False
    _remove(connection, judgements, there[judgements], stands.judgements)
    _remove(connection, events, there[events], stands.events)
    connection.execute(delete(contradictions).where(contradictions.c.subject.not_in(select(events.c.id))))
    _write_actors(connection, assembled)
    write_ties(connection)
    _write_events(connection, assembled)
    _count_actors(connection)
    for lot in judged:
        insert_rows(connection, judgements, lot)
    dead = {event.id: killed_in(event) for event in assembled.events}
    rows = ({**contradiction_row(c), "killed": dead.get(c.subject, _NO_TOLL)} for c in assembled.contradictions)
    for lot in in_lots(rows):
        insert_rows(connection, contradictions, lot)
    sides = {(c.id, claim) for c in assembled.contradictions for side in c.sides for claim in side.claims}
    insert_rows(connection, contradiction_claims, [{"contradiction": c, "claim": i} for c, i in sorted(sides)])
    return True


_NO_TOLL = -1  # of a dispute that is about no incident, or one without dead; such disputes come last


# ------------------------------------------------------------------ what stands


@cache
def _layout() -> str:
    """A fingerprint of how records become rows: rows of another version are written again."""
    found = hashlib.blake2b(digest_size=4)
    here = Path(__file__).parent
    for file in sorted([*here.glob("*.py"), *here.glob("schema/*.py")]):
        found.update(file.read_bytes())
    return found.hexdigest()


def _kept(print_: str) -> str:
    return f"{_layout()}/{print_}" if print_ else ""


def _standing(connection: Connection, table: Table) -> dict[str, int]:
    """The rows that can stand: their numbers by what they were made from."""
    layout, rows = f"{_layout()}/", connection.execute(select(table.c.made_from, table.c.number))
    return {row.made_from.removeprefix(layout): row.number for row in rows if row.made_from.startswith(layout)}


def _remove(connection: Connection, table: Table, there: Mapping[str, int], stands: frozenset[str]) -> None:
    """Remove all rows but those that stand; what hangs on them goes with them."""
    if not stands:
        connection.execute(delete(table))
        return
    kept = {number for print_, number in there.items() if print_ in stands}
    every = connection.execute(select(table.c.number)).scalars()
    gone = [{"old": number} for number in every if number not in kept]
    if gone:
        connection.execute(delete(table).where(table.c.number == bindparam("old")), gone)


# ------------------------------------------------------------------ actors


def _write_actors(connection: Connection, assembled: Assembled) -> None:
    rows = {actor.id: actor_row(actor) for actor in assembled.actors}
    names = sorted({(actor.id, fold(name.text)) for actor in assembled.actors for name in actor.names})
    links = sorted({(link.claim, link.role, link.actor) for link in assembled.links})
    columns = [c for c in actors.c if c.name not in _COUNTED]
    there = {row.id: row._asdict() for row in connection.execute(select(*columns))}
    for row in there.values():
        row.pop("number")
    gone = [{"old": id_} for id_ in there if id_ not in rows]
    changed = [{"old": id_, **row} for id_, row in rows.items() if id_ in there and there[id_] != row]
    if gone:
        connection.execute(delete(actors).where(actors.c.id == bindparam("old")), gone)
    for row in changed:
        connection.execute(update(actors).where(actors.c.id == row.pop("old")).values(row))
    insert_rows(connection, actors, [row for id_, row in rows.items() if id_ not in there])
    name, link = actor_names.c, actor_links.c
    insert_rows(connection, actor_names, _missing(connection, actor_names, (name.actor, name.folded), names))
    _insert_links(connection, _missing(connection, actor_links, (link.claim, link.role, link.actor), links))


_COUNTED = ("claims", "events")


def _missing(
    connection: Connection, table: Table, columns: Sequence[Column[Any]], wanted: Sequence[tuple[str, ...]]
) -> list[dict[str, str]]:
    """Remove the rows of a small table that are not among these, given by its columns; gives those to be added."""
    there = {tuple(row) for row in connection.execute(select(*columns))}
    gone = [{f"old_{c.name}": value for c, value in zip(columns, row, strict=True)} for row in there - set(wanted)]
    if gone:
        same = and_(*(c == bindparam(f"old_{c.name}") for c in columns))
        connection.execute(delete(table).where(same), gone)
    return [{c.name: value for c, value in zip(columns, row, strict=True)} for row in wanted if row not in there]


def _insert_links(connection: Connection, links: Sequence[Mapping[str, str]]) -> None:
    """Links of claims to actors, each with what lists of an actor's claims sort and choose by."""
    c = claims.c
    facts = select(c.id, c.kind, c.type, documents.c.number, c.start, c.number.label("claim_number"))
    facts = facts.select_from(claims.join(documents, c.document == documents.c.id))
    for at in range(0, len(links), _TOGETHER):
        part = links[at : at + _TOGETHER]
        found = connection.execute(facts.where(c.id.in_({link["claim"] for link in part})))
        of = {id_: dict(zip(_LINKED, rest, strict=True)) for id_, *rest in found}
        insert_rows(connection, actor_links, [{**link, **of.get(link["claim"], _NONE)} for link in part])


_TOGETHER = 500
_LINKED = ("kind", "type", "document", "start", "claim_number")
_NONE = dict(zip(_LINKED, ("", "", 0, 0, 0), strict=True))  # of a claim that is not there; the database refuses it


def _count_actors(connection: Connection) -> None:
    """How many claims mean each actor, and how many incidents those belong to."""
    event_of: defaultdict[str, list[str]] = defaultdict(list)
    for event, claim in connection.execute(select(event_claims.c.event, event_claims.c.claim)):
        event_of[claim].append(event)
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for claim, actor in connection.execute(select(actor_links.c.claim, actor_links.c.actor)):
        meant[actor].add(claim)
    a = actors.c
    changed = []
    for row in connection.execute(select(a.id, a.claims, a.events)):
        told = meant.get(row.id, set())
        within = {event for claim in told for event in event_of.get(claim, ())}
        if (row.claims, row.events) != (len(told), len(within)):
            changed.append({"key": row.id, "told": len(told), "within": len(within)})
    if changed:
        counted: dict[str, Any] = {"claims": bindparam("told"), "events": bindparam("within")}
        connection.execute(update(actors).where(a.id == bindparam("key")).values(counted), changed)


# ------------------------------------------------------------------ incidents


def _write_events(connection: Connection, assembled: Assembled) -> None:
    members = sorted({(event.id, claim) for event in assembled.events for claim in event.claims})
    said = _words_of(connection, {claim for _, claim in members})
    names = {actor.id: [name.text for name in actor.names] for actor in assembled.actors}
    meant: dict[str, list[str]] = {}
    who: defaultdict[str, set[str]] = defaultdict(set)
    for link in assembled.links:
        meant.setdefault(link.claim, []).extend(names.get(link.actor, ()))
        who[link.claim] |= {link.actor} & names.keys()

    def words(event: Event) -> Iterable[str]:
        for claim in event.claims:
            yield said.get(claim, "")
            yield from meant.get(claim, ())

    made = assembled.event_prints
    for lot in in_lots(assembled.events):
        rows = [{**event_row(e, words(e)), "made_from": _kept(made.get(e.id, ""))} for e in lot]
        insert_rows(connection, events, rows)
        insert_rows(connection, event_places, [row for event in lot for row in event_places_of(event)])
        each = list(zip(lot, rows, strict=True))
        told = (one for event, row in each for one in event_actors_of(event, row))
        insert_rows(connection, event_actors, [one for one in told if one["actor"] in names])
        named = ((row, {actor for claim in event.claims for actor in who[claim]}) for event, row in each)
        meant_in = (one for row, actors in named for one in actor_events_of(row, sorted(actors)))
        insert_rows(connection, actor_events, list(meant_in))
    insert_rows(connection, event_claims, [{"event": event, "claim": claim} for event, claim in members])


def _words_of(connection: Connection, wanted: set[str]) -> dict[str, str]:
    """The words that search finds claims by."""
    question = select(claims.c.id, claims.c.words)
    if len(wanted) <= _MANY:
        question = question.where(claims.c.id.in_(wanted))
    return {row.id: row.words for row in connection.execute(question) if row.id in wanted}


_MANY = 1000  # ids in one question; beyond, all rows are read and sifted here
