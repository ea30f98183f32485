"""Questions about documents and claims in SQL. Invariant: answers stream; a list of documents leaves texts alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Join, Select, and_, case, func, not_, or_, select

from khabar.records import Claim, Document, Extractor, Interval
from khabar.standing import WAITING
from khabar.store.base import ActorLink
from khabar.store.conditions import claim_conditions, document_conditions, document_state
from khabar.store.lookup import row_by_id
from khabar.store.picking import asks_words, picked_claims
from khabar.store.questions import ClaimFilter, DocumentFilter, DocumentSummary, Hit, Origin
from khabar.store.rows import claim_from_row, document_from_row
from khabar.store.schema import actor_links, claims, copies, documents, origins, readings, standing
from khabar.store.sql import SqlSource, within

__all__ = ["TextsView"]

_MANY = 1000  # ids in one question
_ALL_DOCUMENTS = DocumentFilter()
_ALL_CLAIMS = ClaimFilter()
_NOT_LISTED = {"text", "repairs", "skipped"}


class TextsView(SqlSource):
    """The part of `khabar.store.base.View` that is about documents and claims; described there."""

    def document(self, key: str) -> Document:
        """The document of an id or prefix."""
        with self._reading() as connection:
            return document_from_row(row_by_id(connection, "document", key))

    def documents(self, where: DocumentFilter = _ALL_DOCUMENTS) -> Iterator[Document]:
        """Whole documents, in the order they were added."""
        question = select(documents).where(*document_conditions(where, self._fulltext)).order_by(documents.c.number)
        for row in self._rows(question, where, batch=1):  # a single text may be fifty megabytes
            yield document_from_row(row)

    def document_list(self, where: DocumentFilter = _ALL_DOCUMENTS) -> Iterator[DocumentSummary]:
        """Documents without their texts, in the order they were added."""
        d = documents.c
        found = select(func.count()).select_from(claims).where(claims.c.document == d.id).scalar_subquery()
        failure = select(readings.c.message).where(readings.c.document == d.id).scalar_subquery()
        question = (
            select(
                *(column for column in d if column.name not in _NOT_LISTED),
                document_state().label("state"),
                func.coalesce(d.unread, failure).label("message"),
                found.label("claims"),
            )
            .where(*document_conditions(where, self._fulltext))
            .order_by(d.number)
        )
        for row in self._rows(question, where):
            yield DocumentSummary(
                id=row.id,
                file=row.file,
                external_id=row.external_id,
                title=row.title,
                author=row.author,
                publisher=row.publisher,
                url=row.url,
                language=row.language,
                genre=row.genre,
                published=Interval(row.earliest, row.latest),
                published_by=row.published_by,
                state=row.state,
                message=row.message,
                characters=row.characters,
                claims=row.claims,
            )

    def origins(self, document_id: str) -> list[Origin]:
        """Every file name and caller's id under which the bytes of a document came in, the first one first."""
        question = select(origins).where(origins.c.document == document_id).order_by(origins.c.number)
        return [Origin(row.file, row.external_id, row.url, row.added_at) for row in self._rows(question)]

    def search(self, text: str, limit: int = 20, offset: int = 0) -> Iterator[Hit]:
        """Documents that contain all words of `text` (a "quoted phrase" as a whole), best first."""
        with self._reading() as connection:
            yield from self._fulltext.hits(connection, text, max(0, limit), max(0, offset))

    def pending(self, extractor: Extractor, tries: int | None = None) -> Iterator[str]:
        """Ids of documents to be read: never read, read by another extractor, or failed (these last)."""
        d = documents.c
        new, failed = _to_read(extractor, tries)
        again = [row.id for row in self._rows(_documents_with_readings(d.id).where(failed).order_by(d.number))]
        last = -1
        while True:  # a page at a time: reading takes days, and a question held open so long would hold up others
            page = _documents_with_readings(d.id, d.number).where(new, d.number > last).order_by(d.number)
            rows = list(self._rows(page.limit(_MANY)))
            if not rows:
                break
            last = rows[-1].number
            yield from (row.id for row in rows)
        yield from again

    def pending_count(self, extractor: Extractor, tries: int | None = None) -> int:
        """How many documents `pending` gives."""
        with self._reading() as connection:
            question = _documents_with_readings(func.count()).where(or_(*_to_read(extractor, tries)))
            return int(connection.execute(question).scalar_one())

    def copies(self) -> list[tuple[str, ...]]:
        """Groups of document ids that are copies of one text; the first of a group is its origin."""
        groups: dict[int, list[str]] = {}
        for row in self._rows(select(copies).order_by(copies.c.cluster, copies.c.position)):
            groups.setdefault(row.cluster, []).append(row.document)
        return [tuple(group) for group in groups.values()]

    def claim(self, key: str) -> Claim:
        """The claim of an id or prefix."""
        with self._reading() as connection:
            return claim_from_row(row_by_id(connection, "claim", key))

    def claims(self, where: ClaimFilter = _ALL_CLAIMS) -> Iterator[Claim]:
        """Claims, by document in the order they were added, then by place in the text."""
        joined = claims.join(documents, claims.c.document == documents.c.id)
        order = _claim_order(where)
        if where.limit is None:
            chosen = claim_conditions(where, self._fulltext)
        else:  # the claims of a page are picked by their numbers, and only then are their records read
            chosen = [claims.c.number.in_(within(self._claims_of_page(where, joined), where))]
            where = replace(where, offset=0)
        question = select(claims.c.data).select_from(joined).where(*chosen).order_by(*order)
        for row in self._rows(question, where):
            yield claim_from_row(row)

    def _claims_of_page(self, where: ClaimFilter, joined: Join) -> Select[Any]:
        """The numbers of the claims that a filter keeps, in the order asked for."""
        if (picked := picked_claims(where)) is not None:
            return select(picked.c.claim_number).order_by(picked.c.document, picked.c.start, picked.c.claim_number)
        if where.text and asks_words(where):
            return self._fulltext.latest(claims, where.text)
        source = claims if where.order == "latest" else joined
        kept = claim_conditions(where, self._fulltext)
        return select(claims.c.number).select_from(source).where(*kept).order_by(*_claim_order(where))

    def links(self, claims: Sequence[str]) -> list[ActorLink]:
        """Who is meant in these claims, as resolution found it; claim ids in full."""
        link = actor_links.c
        found: list[ActorLink] = []
        for start in range(0, len(claims), _MANY):
            asked = select(link.claim, link.role, link.actor).where(link.claim.in_(claims[start : start + _MANY]))
            rows = self._rows(asked.order_by(link.claim, link.role, link.actor))
            found += [ActorLink(row.claim, row.role, row.actor) for row in rows]
        return found


def _claim_order(where: ClaimFilter) -> tuple[ColumnElement[Any], ...]:
    place = documents.c.number, claims.c.start, claims.c.number
    if where.order == "latest":
        return (claims.c.number.desc(),)
    if where.order == "doubt":
        waits = select(standing.c.claim).where(standing.c.state == WAITING)
        doubt = case((claims.c.id.in_(waits), 1.0), else_=1.0 - claims.c.least)
        return ((doubt * claims.c.stakes).desc(), *place)
    return place


def _documents_with_readings(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(documents.outerjoin(readings, readings.c.document == documents.c.id))


def _to_read(extractor: Extractor, tries: int | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What is new to the extractor, and what failed with it, but not so often."""
    r = readings.c
    same = and_(r.extractor == extractor.name, r.version == extractor.version, r.codebook == extractor.codebook)
    failed = and_(same, r.state == "failed")
    if tries is not None:
        failed = and_(failed, r.tries < tries)
    to_be_read = documents.c.unread.is_(None)
    return and_(to_be_read, or_(r.document.is_(None), not_(same))), and_(to_be_read, failed)
