"""From what a coder asks for to a review that can be kept. Invariant: nothing is accepted that is not in the document.

The codebook is asked whether it knows the types; everything else a record can check is checked by making it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from khabar.codebook.model import Codebook
from khabar.errors import ConflictError, NotFoundError, RecordError, SettingsError
from khabar.exchange import claim_as_kept
from khabar.records import Claim, EventBody, Passage, Relation, Review
from khabar.review.bench import Bench, Entry, entries_of
from khabar.review.values import COUNTS, claim_of, passages_of, values_of
from khabar.standing import REJECTED, overlap

__all__ = ["Act", "claim_asked", "entry_of", "review_of"]


@dataclass(frozen=True, slots=True)
class Act:
    """What a coder asks for, as typed.

    act: accept, correct, reject or add. `target` is that of an entry (or the beginning of its id; empty to add);
    `values` are those of `khabar.review.values`, with `evidence.0.start`, `evidence.0.end` … for the passages; what
    is not named there stays as it is where `partly` is true. `evidence` gives passages of single values as start and
    end. `seen` is the version of the entry that the coder saw.
    """

    act: str
    user: str
    target: str = ""
    kind: str = "event"
    values: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    note: str = ""
    seen: int | None = None
    partly: bool = False


def review_of(bench: Bench, act: Act, book: Codebook) -> Review:
    """The review that keeps an act. NotFoundError where its target is not there, ConflictError where it
    was decided since the coder saw it, RecordError or SettingsError where what is asked makes no sense.
    """
    if act.act == "add":
        return _added(bench, act, book)
    entry = entry_of(bench, act.target)
    if act.seen is not None and act.seen != entry.version:
        who = entry.history[-1].user if entry.history else "nobody"
        raise ConflictError(
            f"Claim {entry.target[:12]} was decided by {who} meanwhile (review {entry.version}).",
            "Look at what stands now, and decide again.",
        )
    proposed = claim_as_kept(entry.proposal)
    beside = _beside(bench, entry.claim, entry.target)
    common = {"user": act.user, "note": act.note, "beside": beside, "coding": bench.coding}
    if act.act == "reject":
        return Review(entry.target, "reject", proposed=proposed, **common)  # type: ignore[arg-type]
    if act.act == "accept":
        claim = entry.proposal if entry.state == REJECTED else entry.claim
        return Review(entry.target, "accept", proposed=proposed, accepted=claim_as_kept(claim), **common)  # type: ignore[arg-type]
    if act.act != "correct":
        raise SettingsError(f"There is no act {act.act!r}.", "Use accept, correct, reject or add.")
    claim, evidence = claim_asked(bench, act, book, entry)
    accepted = entry.proposal if claim.id == entry.proposal.id else claim
    decision = "accept" if accepted is entry.proposal else "correct"
    kept = claim_as_kept(accepted)
    return Review(entry.target, decision, proposed=proposed, accepted=kept, evidence=evidence, **common)  # type: ignore[arg-type]


def entry_of(bench: Bench, target: str) -> Entry:
    """The entry of a target, of the claim that stands for it, or of the beginning of either id."""
    every = entries_of(bench)
    for entry in every:
        if target in (entry.target, entry.claim.id):
            return entry
    begun = [
        e for e in every if len(target) >= _SHORTEST and (e.target.startswith(target) or e.claim.id.startswith(target))
    ]
    if len(begun) == 1:
        return begun[0]
    raise NotFoundError(
        f"Claim {target[:16]!r} is not among the claims of this document.",
        "A later run may have replaced it; look again.",
    )


_SHORTEST = 6


def claim_asked(
    bench: Bench, act: Act, book: Codebook, entry: Entry | None = None
) -> tuple[Claim, tuple[tuple[str, Passage], ...]]:
    """The claim that a form says, and the passages of single values; these are evidence of the claim as well."""
    before = values_of(entry.claim) if entry is not None else {}
    values = {**before, **act.values} if act.partly else dict(act.values)
    spans = _spans(values) or (_spans(before) if entry is not None else [])
    told = {path: said for path, said in values.items() if not path.startswith("evidence.")}
    told |= _moved(before, told)
    text, key = bench.document.text, bench.document.id
    own = tuple((slot, passages_of(text, key, [span])[0]) for slot, span in act.evidence.items())
    for _slot, passage in own:
        if not any(start <= passage.start and passage.end <= end for start, end in spans):
            spans.append((passage.start, passage.end))
    kind = entry.claim.kind if entry is not None else act.kind
    claim = claim_of(kind, told, passages_of(text, key, spans), book.key)
    _known(claim, book)
    return claim, own


def _moved(before: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    """Where only the best number of a count was changed, the bounds that were equal to it go with it."""
    found: dict[str, str] = {}
    for name in COUNTS:
        best = told.get(f"{name}.best", "")
        bounds = [told.get(f"{name}.{part}", "") for part in ("low", "high")]
        both = bounds[0] == bounds[1] != ""
        for part, bound in zip(("low", "high"), bounds, strict=True):
            old = before.get(f"{name}.best", "")
            equal = bound == old == before.get(f"{name}.{part}", "") != ""
            if best and bound != best and best != old and bound and (equal or both):
                found[f"{name}.{part}"] = best
    return found


def _spans(values: Mapping[str, str]) -> list[tuple[int, int]]:
    found = []
    for number in range(len(values)):
        start, end = values.get(f"evidence.{number}.start", ""), values.get(f"evidence.{number}.end", "")
        if start.strip().isdecimal() and end.strip().isdecimal():
            found.append((int(start), int(end)))
    return found


def _added(bench: Bench, act: Act, book: Codebook) -> Review:
    claim, evidence = claim_asked(bench, act, book)
    for entry in entries_of(bench):
        if claim.id in (entry.target, entry.claim.id):
            raise RecordError("This very claim is there already.", "Accept it, or correct it.")
    kept = claim_as_kept(claim)
    beside = _beside(bench, claim, claim.id)
    return Review(claim.id, "add", act.user, None, kept, act.note, evidence, beside, None, bench.coding)


def _beside(bench: Bench, claim: Claim, target: str) -> tuple[str, ...]:
    """The other proposals at the place of a claim: the person saw them, and decided about this one alone."""
    place = claim.passages[0]
    return tuple(
        other.id
        for other in bench.read
        if other.id != target
        and other.kind == claim.kind
        and overlap((place.start, place.end), (other.passages[0].start, other.passages[0].end))
    )


def _known(claim: Claim, book: Codebook) -> None:
    """Types and classes must be those of the codebook."""
    body = claim.body
    if isinstance(body, EventBody):
        named = [("event type", body.type, set(book.events))]
        classes = [("target", t.category, set(book.targets)) for t in body.targets]
        classes += [("weapon", body.weapon.category, set(book.weapons))] if body.weapon else []
        for what, name, known in [*named, *classes]:
            if name is not None and name not in known:
                raise RecordError(f"{book.key} knows no {what} {name!r}.", "`khabar codebook show` lists them.")
    elif isinstance(body, Relation) and body.type not in book.relations:
        raise RecordError(f"{book.key} knows no relation {body.type!r}.", "`khabar codebook show` lists them.")
