"""Questions about documents and claims in SQL. Invariant: answers stream; a list of documents leaves texts alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select

from khabar.records import Claim, Document, Extractor, Interval
from khabar.standing import WAITING
from khabar.store.base import ActorLink
from khabar.store.conditions import claim_conditions, document_conditions, document_state
from khabar.store.lookup import row_by_id
from khabar.store.questions import ClaimFilter, DocumentFilter, DocumentSummary, Hit, Origin
from khabar.store.rows import claim_from_row, document_from_row
from khabar.store.schema import actor_links, claims, copies, documents, origins, readings, standing
from khabar.store.sql import SqlSource

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

    def pending(self, extractor: Extractor) -> Iterator[str]:
        """Ids of documents to be read: never read, read by another extractor, or failed (these last)."""
        d, r = documents.c, readings.c
        same = and_(r.extractor == extractor.name, r.version == extractor.version, r.codebook == extractor.codebook)
        failed: ColumnElement[bool] = and_(same, r.state == "failed")
        question = (
            select(d.id)
            .select_from(documents.outerjoin(readings, r.document == d.id))
            .where(d.unread.is_(None), or_(r.document.is_(None), not_(same), failed))
            .order_by(func.coalesce(failed, False), d.number)
        )
        for row in self._rows(question):
            yield row.id

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
        place = documents.c.number, claims.c.start, claims.c.number
        waits = select(standing.c.claim).where(standing.c.state == WAITING)
        doubt = case((claims.c.id.in_(waits), 1.0), else_=1.0 - claims.c.least)
        question = (
            select(claims.c.data)
            .select_from(claims.join(documents, claims.c.document == documents.c.id))
            .where(*claim_conditions(where, self._fulltext))
            .order_by(*((doubt * claims.c.stakes).desc(), *place) if where.order == "doubt" else place)
        )
        for row in self._rows(question, where):
            yield claim_from_row(row)

    def links(self, claims: Sequence[str]) -> list[ActorLink]:
        """Who is meant in these claims, as resolution found it; claim ids in full."""
        link = actor_links.c
        found: list[ActorLink] = []
        for start in range(0, len(claims), _MANY):
            asked = select(actor_links).where(link.claim.in_(claims[start : start + _MANY]))
            rows = self._rows(asked.order_by(link.claim, link.role, link.actor))
            found += [ActorLink(row.claim, row.role, row.actor) for row in rows]
        return found
