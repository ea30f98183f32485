"""What pages and API ask about groups share. Invariant: a page and its twin answer from the same records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fastapi import Request
from fastapi.responses import StreamingResponse

from khabar.analysis.gather import Ask, Gathered, drawn_types
from khabar.analysis.genealogy import Genealogy
from khabar.analysis.network import Network, network
from khabar.codebook.load import load_codebook
from khabar.codebook.model import RelationType
from khabar.export.conduct import pseudonyms_of
from khabar.export.tables import csv_lines
from khabar.records import Actor
from khabar.serve.group_filters import GenealogyQuery, NetworkQuery
from khabar.serve.rendering import doubt_of
from khabar.serve.seat import base_of

__all__ = ["Family", "Web", "ask_of", "choices", "csv_of", "family_for", "relations_of", "web_for"]


@dataclass(frozen=True, slots=True)
class Family:
    """A genealogy with its actors by id (persons that ties name too), and how many groups are left out."""

    made: Genealogy
    actors: Mapping[str, Actor]
    beyond: int


@dataclass(frozen=True, slots=True)
class Web:
    """A network with its actors by id, and how many groups are left out."""

    made: Network
    actors: Mapping[str, Actor]
    beyond: int


@lru_cache(maxsize=1)  # to read the codebook takes longer than to answer
def relations_of() -> Mapping[str, RelationType]:
    """The relation types of the codebook."""
    return load_codebook().relations


def ask_of(request: Request) -> Ask:
    """Who answers questions about ties."""
    return Ask(base_of(request), relations_of())


def choices() -> list[RelationType]:
    """The types of ties that pictures can show."""
    relations = relations_of()
    return [relations[name] for name in drawn_types(relations)]


def family_for(request: Request, asked: GenealogyQuery) -> Family:
    """The genealogy that is asked for."""
    ask = ask_of(request)
    made, gathered = ask.genealogy(asked.asked(base_of(request)))
    return Family(made, _with_people(ask, gathered, (key for d in made.drawn for key in d.tie.sides)), gathered.beyond)


def web_for(request: Request, asked: NetworkQuery) -> Web:
    """The network that is asked for; groups are as large as the incidents attributed to them in the period."""
    period = asked.period
    base = base_of(request)
    said, gathered = ask_of(request).network(asked.asked(base, period))
    active = base.activity(sorted(gathered.actors), period.since, period.until)
    made = network(said, gathered.actors, {a.actor: a.events for a in active})
    return Web(made, gathered.actors, gathered.beyond)


def csv_of(request: Request, rows: Iterable[Mapping[str, Any]], columns: Sequence[str], name: str) -> StreamingResponse:
    """Rows as a CSV file that names no private person."""
    pseudonyms = pseudonyms_of(base_of(request), relations_of(), doubt_of(request))
    lines = (f"{line}\n" for line in csv_lines((pseudonyms.applied(row) for row in rows), columns))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def _with_people(ask: Ask, gathered: Gathered, keys: Iterable[str]) -> dict[str, Actor]:
    return {**gathered.actors, **ask.actors(set(keys) - gathered.actors.keys())}
