"""The tables. Invariant: every table and column says what it holds, and every change here comes with a migration.

Records are kept as JSON in `data` columns, exactly as the exchange format has them; the columns beside it exist only
to be searched and sorted, and are always derived from it. Ids are text, days and moments are ISO text in UTC.
`number` counts rows in the order they came and is what full-text indexes refer to.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, true

__all__ = [
    "actor_links",
    "actor_names",
    "actors",
    "assignments",
    "claims",
    "codings",
    "contradiction_claims",
    "contradictions",
    "copies",
    "decisions",
    "documents",
    "drafts",
    "event_actors",
    "event_claims",
    "event_places",
    "events",
    "judgements",
    "metadata",
    "origins",
    "problems",
    "readings",
    "reviews",
    "runs",
    "standing",
    "state",
]

metadata = MetaData()


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True, comment="Row number, in the order rows came.")


def _made_from() -> Column[str]:
    words = "Fingerprint of all that it was made from; empty where it is made again by the next run."
    return Column("made_from", String, nullable=False, server_default="", comment=words)


def _to(target: str) -> ForeignKey:
    return ForeignKey(target, ondelete="CASCADE")


state = Table(
    "state",
    metadata,
    Column("name", String, primary_key=True, comment="What the line is about: resolution, doubt, rule or resolved_at."),
    Column(
        "value",
        String,
        nullable=False,
        comment="For resolution: current, or stale after claims or decisions changed. For doubt: the confidence below "
        "which claims were left out of it. For rule: the one by which it chose the values shown. For resolved_at: the "
        "moment at which incidents last changed.",
    ),
    comment="Facts about the store as a whole.",
)

documents = Table(
    "documents",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True, comment="SHA-256 of the original bytes, hexadecimal."),
    Column("file", String, nullable=False, comment="File name it was first added under."),
    Column("external_id", String, comment="The caller's own id."),
    Column("title", String, comment="Title as found in the document."),
    Column("author", String, comment="Author as found in the document."),
    Column("publisher", String, index=True, comment="Publisher as found in the document or given by the operator."),
    Column("url", String, comment="Address it was published under."),
    Column("language", String, index=True, comment="Language code of the text."),
    Column("genre", String, nullable=False, comment="news, analysis, op-ed, list or release."),
    Column("earliest", String(10), index=True, comment="First possible day of publication."),
    Column("latest", String(10), comment="Last possible day of publication."),
    Column("published_by", String, nullable=False, comment="How the publication day was found."),
    Column("retrieved_at", String, comment="When it was fetched."),
    Column("media_type", String, nullable=False, comment="Media type of the original bytes."),
    Column("unread", String, comment="Why it is archived but never coded; null where it is coded."),
    Column("characters", Integer, nullable=False, comment="Length of the text in code points."),
    Column("added_at", String, nullable=False, comment="When it was added to this store."),
    Column("repairs", JSON, nullable=False, comment="Repairs of the text: [start, end, replacement, why]."),
    Column("skipped", JSON, nullable=False, comment="Spans of boilerplate: [start, end]."),
    # Last, because SQLite reads a row's columns from the front: lists never touch the pages a long text fills.
    Column("text", Text, nullable=False, comment="The text that all offsets refer to."),
    comment="Archived reports.",
)

origins = Table(
    "origins",
    metadata,
    _number(),
    Column("document", String, _to("documents.id"), nullable=False, index=True, comment="The document."),
    Column("file", String, nullable=False, comment="File name the bytes came under."),
    Column("external_id", String, comment="The caller's own id."),
    Column("url", String, comment="Address the bytes came from."),
    Column("added_at", String, nullable=False, comment="When they came."),
    comment="Every way in which a document's bytes came in; the same bytes twice are one document.",
)

readings = Table(
    "readings",
    metadata,
    Column("document", String, _to("documents.id"), primary_key=True, comment="The document."),
    Column("extractor", String, nullable=False, comment="Name of the extractor that read it last."),
    Column("version", String, nullable=False, comment="Version of the extractor."),
    Column("codebook", String, nullable=False, comment="Codebook and its version."),
    Column("state", String, nullable=False, comment="read or failed."),
    Column("message", String, comment="Why it failed."),
    Column("at", String, nullable=False, comment="When."),
    comment="The last reading of each document; without a row it was never read.",
)

copies = Table(
    "copies",
    metadata,
    Column("document", String, _to("documents.id"), primary_key=True, comment="The document."),
    Column("cluster", Integer, nullable=False, comment="Number of the group of copies."),
    Column("position", Integer, nullable=False, comment="Place in the group; 0 is the origin."),
    comment="Documents that are copies of one text.",
)

claims = Table(
    "claims",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True, comment="Content id of the claim."),
    Column("document", String, _to("documents.id"), nullable=False, comment="The document that says it."),
    Column("start", Integer, nullable=False, comment="Where its first passage begins in the text."),
    Column("kind", String, nullable=False, comment="event, relation, presence or statement."),
    Column("type", String, nullable=False, comment="Event or relation type, presence status, or statement kind."),
    Column("stance", String, nullable=False, comment="asserted, claimed, denied, blamed, suspected or hedged."),
    Column("modality", String, nullable=False, comment="actual, attempted, planned, foiled, predicted, … or negated."),
    Column("aggregate", Boolean, nullable=False, comment="Whether it is a total with a scope, not an incident."),
    Column("earliest", String(10), comment="First possible day of what is claimed."),
    Column("latest", String(10), comment="Last possible day of what is claimed."),
    Column("data", JSON, nullable=False, comment="The claim in the exchange format."),
    Column("words", Text, nullable=False, comment="What full-text search reads: quotes, names and type."),
    Column(
        "confidence", Float, nullable=False, server_default="0.5", comment="Share of claims like it that are right."
    ),
    Column(
        "least",
        Float,
        nullable=False,
        server_default="0.5",
        comment="The lowest of its confidence and those of its values.",
    ),
    Column("stakes", Float, nullable=False, server_default="1", comment="What hangs on it; see khabar.stakes."),
    Column(
        "read",
        Boolean,
        nullable=False,
        server_default=true(),
        comment="Whether the last reading of the document gives it; else it is here because of what a person decided.",
    ),
    Index("claims_by_place", "document", "start"),
    Index("claims_by_type", "kind", "type"),
    Index("claims_by_doubt", "least"),
    comment="Who says what, with what stance, in which characters of which document.",
)

actors = Table(
    "actors",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True, comment="Id of the actor."),
    Column("kind", String, nullable=False, comment="organization, person, state or agency."),
    Column("name", String, nullable=False, comment="The name shown."),
    Column("data", JSON, nullable=False, comment="The actor with all its names."),
    Column("country", String(2), comment="ISO 3166 code of the country it is at home in."),
    Column("claims", Integer, nullable=False, server_default="0", comment="How many claims mean it."),
    Column("events", Integer, nullable=False, server_default="0", comment="How many incidents these belong to."),
    Index("actors_by_claims", "claims"),
    comment="Organised actors of public record, as resolution found them.",
)

actor_names = Table(
    "actor_names",
    metadata,
    _number(),
    Column("actor", String, _to("actors.id"), nullable=False, index=True, comment="The actor."),
    Column("folded", String, nullable=False, index=True, comment="A name without case, accents and punctuation."),
    comment="Every name of every actor, for look-up.",
)

actor_links = Table(
    "actor_links",
    metadata,
    Column("claim", String, _to("claims.id"), primary_key=True, comment="The claim."),
    Column(
        "role", String, primary_key=True, comment="The role in the claim: subject, object, speaker, attribution:0, …"
    ),
    Column("actor", String, _to("actors.id"), primary_key=True, comment="Who is meant."),
    Index("actor_links_by_actor", "actor", "role", "claim"),
    comment="Which actor a claim means in which role.",
)

# All that lists sort and most filters ask by, so that they never touch the pages that `data` fills.
_LISTED = ["earliest", "latest", "killed", "type", "modality", "killed_low", "killed_high", "killed_open", "id"]
events = Table(
    "events",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True, comment="Id of the incident."),
    Column("type", String, nullable=False, index=True, comment="Derived type; empty where it is open."),
    Column("modality", String, nullable=False, comment="Derived modality."),
    Column("earliest", String(10), index=True, comment="First possible day, derived."),
    Column("latest", String(10), comment="Last possible day, derived."),
    Column("killed", Integer, index=True, comment="Derived number of dead: best, or the lower bound."),
    Column("killed_low", Integer, comment="The lowest number of dead that a source states."),
    Column("killed_high", Integer, comment="The highest number of dead that a source states."),
    Column("killed_open", Boolean, comment="Whether a source says that it may be more than that."),
    Column("data", JSON, nullable=False, comment="The incident with every stated and every derived value."),
    Column("words", Text, nullable=False, comment="What full-text search reads: words of its claims, names of actors."),
    _made_from(),
    Index("events_listed", *_LISTED),
    comment="Incidents assembled from claims.",
)

event_claims = Table(
    "event_claims",
    metadata,
    Column("event", String, _to("events.id"), primary_key=True, comment="The incident."),
    Column("claim", String, _to("claims.id"), primary_key=True, index=True, comment="A claim about it."),
    comment="Which claims are about which incident.",
)

event_places = Table(
    "event_places",
    metadata,
    _number(),
    Column("event", String, _to("events.id"), nullable=False, index=True, comment="The incident."),
    Column("country", String(2), comment="ISO 3166 code of the country."),
    Column("admin1", String, comment="First-level unit, folded for comparison."),
    Column("admin2", String, comment="Second-level unit, folded for comparison."),
    Column("level", String, nullable=False, server_default="region", comment="How closely it is known."),
    Column("name", String, nullable=False, server_default="", comment="The name of the place."),
    Column("admin1_name", String, comment="First-level unit."),
    Column("admin2_name", String, comment="Second-level unit."),
    Column("gazetteer", Integer, comment="GeoNames id, or one of our supplement."),
    Column("latitude", Float, comment="WGS84 degrees, to four digits."),
    Column("longitude", Float, comment="WGS84 degrees, to four digits."),
    Column("site", String, nullable=False, server_default="", comment="What a map draws once: level and place."),
    Column("first_month", String(7), comment="First possible month of the incident."),
    Column("last_month", String(7), comment="Last possible month of the incident."),
    Index("event_places_by_country", "country", "admin1", "level", "event", "admin1_name"),
    Index("event_places_by_site", "site", "first_month", "last_month", "event"),
    comment="Derived places of incidents, for filters and maps.",
)

event_actors = Table(
    "event_actors",
    metadata,
    Column("event", String, _to("events.id"), primary_key=True, comment="The incident."),
    Column("actor", String, _to("actors.id"), primary_key=True, comment="Who is said to have done it."),
    Column("stance", String, primary_key=True, comment="How it is said: asserted, claimed, blamed, suspected, denied."),
    Column("day", String(10), comment="First possible day of the incident, or the last where there is no first."),
    Index("event_actors_by_actor", "actor", "stance", "day"),
    comment="To whom incidents are attributed, for lists of what is said of an actor.",
)

judgements = Table(
    "judgements",
    metadata,
    _number(),
    Column("left", String, nullable=False, index=True, comment="A claim id or an actor name."),
    Column("right", String, nullable=False, index=True, comment="Another claim id or actor name."),
    Column("verdict", String, nullable=False, comment="same, different or unsure."),
    Column("by", String, nullable=False, comment="The user, or rule: and the name of the rule."),
    Column("by_rule", Boolean, nullable=False, index=True, comment="Whether a rule judged."),
    Column("at", String, nullable=False, comment="When a person decided; empty for rules."),
    Column("score", Float, nullable=False, comment="The sum of the reasons."),
    Column("reasons", JSON, nullable=False, comment="Why: [feature, score, words]."),
    _made_from(),
    comment="Whether two claims are about one incident, or two names about one actor; made anew from claims and "
    "decisions.",
)

decisions = Table(
    "decisions",
    metadata,
    _number(),
    # No foreign keys to claims: a decision outlives the claims it was about, and finds their successors by place.
    Column("by", String, nullable=False, comment="Who decided."),
    Column("at", String, nullable=False, comment="When, to the microsecond; later than every decision before it."),
    Column("act", String, nullable=False, comment="same, different, unsure, merge, split or undo."),
    Column("sides", JSON, nullable=False, comment="What it is about: sides of [claim or name, document, start, end]."),
    Column("undoes", Integer, ForeignKey("decisions.number"), index=True, comment="The decision that it undoes."),
    Column("note", Text, nullable=False, comment="Why, in the person's words."),
    comment="What people decided about incidents and actors, in order; rows are only ever added.",
)

contradictions = Table(
    "contradictions",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True, comment="Id of the contradiction."),
    Column("kind", String, nullable=False, index=True, comment="toll, date, place, attribution, presence, …"),
    Column("subject", String, nullable=False, index=True, comment="Event id, actor id or relation key it is about."),
    Column("title", String, nullable=False, comment="What is in dispute, in a few words."),
    Column("data", JSON, nullable=False, comment="The sides with their claims, and the note."),
    comment="Claims that cannot all hold as they stand.",
)

contradiction_claims = Table(
    "contradiction_claims",
    metadata,
    Column("contradiction", String, _to("contradictions.id"), primary_key=True, comment="The contradiction."),
    Column("claim", String, _to("claims.id"), primary_key=True, index=True, comment="A claim on one of its sides."),
    comment="Which claims stand against each other.",
)

reviews = Table(
    "reviews",
    metadata,
    _number(),
    # No foreign key to claims: a decision outlives the claim it was about.
    Column("document", String, nullable=False, index=True, comment="The document that the claim stands in."),
    Column("target", String, nullable=False, index=True, comment="The claim first proposed, or the one added."),
    Column("coding", Integer, index=True, comment="The assignment in whose own coding it was decided; null: the base."),
    Column("decision", String, nullable=False, comment="accept, correct, reject, add or undo."),
    Column("proposed", JSON, nullable=False, comment="The claim that was proposed, in the exchange format, or null."),
    Column("accepted", JSON, nullable=False, comment="The claim that was accepted, or null."),
    Column("evidence", JSON, nullable=False, comment="Passages of single values: [value, start, end, quote]."),
    Column("beside", JSON, nullable=False, comment="Ids of the claims that stood at the same place, not decided on."),
    Column("undoes", Integer, ForeignKey("reviews.number"), index=True, comment="The review that it undoes."),
    Column("user", String, nullable=False, comment="Who decided."),
    Column("at", String, nullable=False, comment="When, to the microsecond; later than every review before it."),
    Column("note", Text, nullable=False, comment="Why, in the person's words."),
    comment="What people decided about single claims, in order; rows are only ever added.",
)

standing = Table(
    "standing",
    metadata,
    Column("claim", String, _to("claims.id"), primary_key=True, comment="The claim."),
    Column("state", String, nullable=False, comment="accepted, rejected, corrected, own or waiting."),
    Column("review", Integer, nullable=False, comment="The review that it follows from."),
    comment="Claims that are decided, or wait beside a decision; made anew from the reviews of their document.",
)

assignments = Table(
    "assignments",
    metadata,
    _number(),
    Column("document", String, _to("documents.id"), nullable=False, index=True, comment="The document."),
    Column("user", String, nullable=False, index=True, comment="The coder it is given to."),
    Column("task", String, nullable=False, comment="review, coding or adjudication."),
    Column("batch", String, nullable=False, index=True, comment="What belongs together; empty of single reviews."),
    Column("sees_machine", Boolean, nullable=False, comment="Whether a coding begins with the machine's claims."),
    Column("by", String, nullable=False, comment="Who gave it."),
    Column("at", String, nullable=False, comment="When it was given."),
    Column("done_at", String, nullable=False, comment="When the coder finished; empty until then."),
    comment="Which document is given to whom, for what.",
)

codings = Table(
    "codings",
    metadata,
    Column("assignment", Integer, _to("assignments.number"), primary_key=True, comment="The assignment."),
    Column("claims", JSON, nullable=False, comment="The claims that the coder left standing, in the exchange format."),
    comment="Finished codings, as they were when the coder finished.",
)

drafts = Table(
    "drafts",
    metadata,
    _number(),
    Column("document", String, _to("documents.id"), nullable=False, comment="The document."),
    Column("target", String, nullable=False, comment="The claim the form is about, or new."),
    Column("user", String, nullable=False, comment="Who is typing."),
    Column("coding", Integer, comment="The assignment it belongs to; null: the base."),
    Column("data", JSON, nullable=False, comment="The values as typed."),
    Column("at", String, nullable=False, comment="When they were saved."),
    Index("drafts_by_form", "document", "user"),
    comment="What coders typed and did not decide yet.",
)

problems = Table(
    "problems",
    metadata,
    Column("file", String, primary_key=True, comment="The file."),
    Column("message", String, primary_key=True, comment="What is wrong with it."),
    Column("remedy", String, nullable=False, comment="What can be done."),
    Column("at", String, nullable=False, comment="When it was last tried."),
    comment="Files that could not be archived.",
)

runs = Table(
    "runs",
    metadata,
    _number(),
    Column("command", String, nullable=False, comment="The command."),
    Column("started_at", String, nullable=False, comment="When it began."),
    Column("finished_at", String, comment="When it ended; null while at work or after an interruption."),
    Column("counts", JSON, nullable=False, comment="What it counted, by name."),
    comment="Commands that changed the store.",
)
