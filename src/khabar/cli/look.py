"""Commands that look at a base: incidents, actors, claims, documents, show. They never change it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from khabar.cli import showing
from khabar.cli.asked import country_code, day, known_type, word
from khabar.cli.ledger import total_lines
from khabar.cli.options import (
    DoubtfulOption,
    FormatOption,
    LimitOption,
    OutputOption,
    RuleOption,
    SinceOption,
    StoreOption,
    TextOption,
    UntilOption,
    existing_store,
    settings_with,
)
from khabar.cli.output import Format, note, writable, write_lines, write_rows
from khabar.cli.shown import incidents_shown, shown_by
from khabar.exchange import claim_to_json
from khabar.export.claims import CLAIM_COLUMNS, claim_row, with_documents
from khabar.export.incidents import INCIDENT_COLUMNS, incident_json, incident_row
from khabar.records import (
    ACTOR_KINDS,
    CLAIM_KINDS,
    MODALITIES,
    PRESENCE_STATUSES,
    STANCES,
    STATEMENT_KINDS,
    Claim,
    Event,
)
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter, DocumentFilter, EventFilter

__all__ = ["actors", "claims", "documents", "incidents", "show"]


def incidents(
    type_: Annotated[str | None, typer.Option("--type", help="An event type of the codebook.")] = None,
    country: Annotated[str | None, typer.Option(help="Two-letter country code.")] = None,
    admin1: Annotated[str | None, typer.Option(help="Province or state, by name.")] = None,
    actor: Annotated[str | None, typer.Option(help="An actor's id, or a name.")] = None,
    min_killed: Annotated[int | None, typer.Option(help="At least this many killed.", min=0, max=1_000_000_000)] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    text: TextOption = None,
    limit: LimitOption = None,
    rule: RuleOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List incidents: what happened, when, where, how many, and who is said to have done it."""
    with existing_store(store) as base:
        where = EventFilter(
            types=(type_,) if type_ else (),
            country=country_code("--country", country),
            admin1=admin1,
            actor=base.actor(actor).id if actor else None,
            min_killed=min_killed,
            since=day("--since", since),
            until=day("--until", until),
            text=text,
            limit=limit,
        )
        files = files_of(base)
        events = incidents_shown(base, where, settings_with(store, rule=rule))
        if form in (Format.json, Format.jsonl):
            rows: Iterable[dict[str, Any]] = (incident_json(e, files) for e in events)
        else:
            rows = (incident_row(e, files) for e in events)
        if form is Format.table:
            rows = (showing.with_bounds(row) for row in rows)
        found = write_rows(rows, INCIDENT_COLUMNS, form, output, showing.INCIDENT_COLUMNS_SHOWN)
        if not found:
            known_type(type_, settings_with().codebook)
        _count(found, "incident", form)


def files_of(base: View) -> dict[str, tuple[str | None, str]]:
    """Document id to (caller's id, file name) of every document."""
    return {d.id: (d.external_id, d.file) for d in base.document_list(DocumentFilter())}


def actors(
    kind: Annotated[str | None, typer.Option(help="organization, person, state or agency.")] = None,
    text: TextOption = None,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List the actors that claims name, with how often."""
    with existing_store(store) as base:
        rows = (
            {
                "id": s.actor.id,
                "kind": s.actor.kind,
                "name": s.actor.names[0].text,
                "other_names": "; ".join(n.text for n in s.actor.names[1:]),
                "parent": s.actor.parent,
                "country": s.actor.country,
                "claims": s.claims,
                "incidents": s.events,
            }
            for s in base.actors(
                ActorFilter(kind=word("--kind", kind, ACTOR_KINDS), text=text, limit=limit, min_claims=1)
            )
        )
        columns = ("id", "kind", "name", "other_names", "parent", "country", "claims", "incidents")
        shown = ("name", "kind", "other_names", "claims", "incidents", "id")
        _count(write_rows(rows, columns, form, output, shown), "actor", form)


def claims(
    kind: Annotated[str | None, typer.Option(help="event, relation, presence or statement.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="A type of the codebook.")] = None,
    document: Annotated[str | None, typer.Option(help="Only of this document (id or its beginning).")] = None,
    actor: Annotated[str | None, typer.Option(help="Only about this actor (id or name).")] = None,
    stance: Annotated[str | None, typer.Option(help="asserted, claimed, denied, blamed, suspected, hedged.")] = None,
    modality: Annotated[str | None, typer.Option(help="actual, attempted, planned, foiled, predicted, …")] = None,
    aggregates: Annotated[bool, typer.Option("--aggregates", help="Only totals with a scope.")] = False,
    doubtful: DoubtfulOption = False,
    text: TextOption = None,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List claims: who says what, in which words of which document."""
    with existing_store(store) as base:
        word("--kind", kind, CLAIM_KINDS)
        where = ClaimFilter(
            kinds=(kind,) if kind else (),
            types=(type_,) if type_ else (),
            document=base.document(document).id if document else None,
            actor=base.actor(actor).id if actor else None,
            stance=word("--stance", stance, STANCES),
            modality=word("--modality", modality, MODALITIES),
            aggregates=True if aggregates else None,
            coded=None if doubtful else settings_with(store).doubt,
            text=text,
            limit=limit,
        )
        pairs = with_documents(base, base.claims(where))
        if form in (Format.json, Format.jsonl):
            rows: Iterable[dict[str, Any]] = (claim_to_json(claim, document) for claim, document in pairs)
        else:
            rows = (claim_row(claim, document) for claim, document in pairs)
        shown = ("id", "kind", "says", "speaker", "stance", "modality", "confidence", "quote")
        found = write_rows(rows, CLAIM_COLUMNS, form, output, shown)
        if not found and type_ not in (*PRESENCE_STATUSES, *STATEMENT_KINDS):
            known_type(type_, settings_with().codebook)
        _count(found, "claim", form)


def documents(
    state: Annotated[str | None, typer.Option(help="read, pending, failed or unread.")] = None,
    limit: LimitOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List the archived documents, and why some are not read."""
    with existing_store(store) as base:
        where = DocumentFilter(states=(showing.document_state(state),) if state else (), limit=limit)
        rows = (showing.document_row(d) for d in base.document_list(where))
        shown = ("file", "title", "published", "state", "claims", "message")
        _count(write_rows(rows, showing.DOCUMENT_COLUMNS, form, output, shown), "document", form)


def show(
    key: Annotated[str, typer.Argument(metavar="ID", help="Any id, or its first six characters; or an actor's name.")],
    text: Annotated[
        bool, typer.Option("--text", help="Of a document: print the archived text and nothing else.")
    ] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Of an incident or an actor: why its reports or names were put together.")
    ] = False,
    rule: RuleOption = None,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """Show any record with its evidence."""
    from khabar.codebook.load import DEFAULT, load_codebook
    from khabar.resolution.scopes import is_total

    with existing_store(store) as base:
        found = showing.find(base, key)
        if isinstance(found.record, Event):
            found = replace(found, record=shown_by(base, settings_with(store, rule=rule))(found.record))
        if text:
            _write_text(showing.text_of(found), output)
            return
        lines = showing.describe(base, found, why=why)
        if isinstance(found.record, Claim) and is_total(found.record):
            book = load_codebook(settings_with(store).codebook or DEFAULT)
            lines = chain(lines, total_lines(base, book, found.record))
        write_lines(lines, output)


def _write_text(text: str, output: Path | None) -> None:
    """The archived text to the letter: no line end added, so that offsets hold for the file written."""
    if output is None or str(output) == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        with writable(output) as out:
            out.write(text)


def _count(found: int, noun: str, form: Format) -> None:
    if form is Format.table:
        note(f"{found} {noun}{'' if found == 1 else 's'}.")
