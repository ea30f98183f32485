"""What there is to doubt in a draft: readable features of a claim and of each of its values. Invariant: a pure
function of the draft and its reading; a feature is a share between -1 and 1, absent means 0.

The features say how a value was come by (own sentence or another one, a name of the dictionary or a description, how
many others stand beside it), never what the value is worth; `khabar.extraction.confidence` weighs them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from khabar.extraction.ground import Draft
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.records import ActorRef, Claim, Count, EventBody, Presence, Relation, Statement

__all__ = ["CLAIM", "Doubts", "Features", "doubts_of", "model_of"]

Features = dict[str, float]
"""Feature name to its value for one slot."""

Doubts = dict[str, Features]
"""Slot to features; the slot `CLAIM` is the claim as a whole."""

CLAIM = "claim"
_COUNTS = ("killed", "injured", "arrested", "abducted", "attackers_killed")
_MANY = 3  # candidates beside a value; more than these make no difference
_LONG = 35  # tokens of a sentence beyond which parsers err more often
_FAR = 20  # tokens between the report's own word and a value
_LETTERS = 5  # of a token, on the average
_UNSURE = ("hedged", "suspected")


def model_of(kind: str, slot: str) -> str:
    """The name of the model that weighs a slot: all counts of people share one, and all attributions."""
    name = slot.partition(":")[0]
    return f"{kind}.{'toll' if name in _COUNTS else name}"


def doubts_of(drafts: Sequence[Draft], index: Indexed) -> list[Doubts]:
    """The features of each draft and of its values, in order; drafts of one sentence are counted against each other."""
    crowd = Counter((d.claim.kind, _line(d, index).index) for d in drafts)
    return [_Scene(d, index, crowd[d.claim.kind, _line(d, index).index] - 1).doubts() for d in drafts]


def _line(draft: Draft, index: Indexed) -> IndexedSentence:
    at = draft.core[0] if draft.core is not None else draft.evidence[0][0]
    return index.at(at) or index.sentence(0)


@dataclass(slots=True)
class _Scene:
    """A draft in its sentence; `beside` is the number of other drafts of its kind there."""

    draft: Draft
    index: Indexed
    beside: int

    @property
    def _line(self) -> IndexedSentence:
        return _line(self.draft, self.index)

    def doubts(self) -> Doubts:
        """Features of the claim, and of its slots on top of those."""
        claim = self.draft.claim
        common = self._common(claim)
        found: Doubts = {CLAIM: {**common, **self._whole(claim)}}
        for slot, own in self._slots(claim):
            found[slot] = {**common, **own}
        return {slot: {name: round(v, 3) for name, v in features.items() if v} for slot, features in found.items()}

    # ------------------------------------------------------------ the claim

    def _common(self, claim: Claim) -> Features:
        line = self._line
        text = self.index.reading.text[line.sentence.start : line.sentence.end]
        return {
            "rule": _logit(claim.confidence) / 3,
            "others of its kind in the sentence": _share(self.beside),
            "long sentence": float(len(line.sentence.tokens) > _LONG),
            "capital letters": float(text.isupper()),
            "title": float(line.sentence.heading),
            "hedged": float(claim.stance in _UNSURE),
            "spoken": float(claim.speaker is not None),
            "not actual": float(claim.modality != "actual"),
        }

    def _whole(self, claim: Claim) -> Features:
        body = claim.body
        if isinstance(body, EventBody):
            return {**self._event(body, claim), f"type {body.type}": 1.0}
        if isinstance(body, Relation):
            near = abs(self._at(body.subject.text) - self._at(body.object.text))
            return {
                f"type {body.type}": 1.0,
                **_both(self._actor(body.subject), self._actor(body.object)),
                "far apart": float(near > _FAR * _LETTERS),
            }
        if isinstance(body, Presence):
            return {f"status {body.status}": 1.0, **self._actor(body.actor), **self._place(body)}
        return {
            f"kind {body.kind}": 1.0,
            "several actors": float(len(body.about) > 1),
            "quantity": float(body.quantity is not None),
            **(self._actor(body.about[0]) if body.about else {}),
        }

    def _event(self, body: EventBody, claim: Claim) -> Features:
        general = (self.index.codebook.unspecific.incident, self.index.codebook.unspecific.aggregate)
        return {
            "unspecific type": float(body.type in general),
            "total": float(body.aggregate is not None),
            "toll": float(any(getattr(body, name) is not None for name in _COUNTS)),
            "attribution": float(bool(body.attributions)),
            "target": float(bool(body.targets)),
            "weapon": float(body.weapon is not None),
            "own date": float(claim.when.text is not None and self._own(claim.when.text)),
            "date elsewhere": float(claim.when.text is not None and not self._own(claim.when.text)),
            "own place": float(any(self._own(p.text) for p in body.places)),
            "place elsewhere": float(bool(body.places) and not any(self._own(p.text) for p in body.places)),
            "told again": _share(len(self.draft.evidence) - 1),
        }

    # ------------------------------------------------------------ its values

    def _slots(self, claim: Claim) -> Iterator[tuple[str, Features]]:
        body = claim.body
        if isinstance(body, EventBody):
            yield "type", {**self._event(body, claim), f"type {body.type}": 1.0}
            if claim.when.text is not None:
                yield "when", self._date(claim)
            if body.places:
                yield "places", self._places(body)
            for name in _COUNTS:
                count = getattr(body, name)
                if count is not None:
                    yield name, {**self._toll(count), f"of {name.replace('_', ' ')}": 1.0}
            for number, attribution in enumerate(body.attributions):
                own = {f"stance {attribution.stance}": 1.0, "by somebody": float(attribution.by is not None)}
                own["one of several"] = float(len(body.attributions) > 1)
                yield f"attribution:{number}", {**self._actor(attribution.actor), **own}
        elif isinstance(body, Relation):
            yield "type", {f"type {body.type}": 1.0}
            yield "subject", {**self._actor(body.subject), f"type {body.type}": 1.0}
            yield "object", {**self._actor(body.object), f"type {body.type}": 1.0}
        elif isinstance(body, Presence):
            yield "actor", self._actor(body.actor)
            yield "place", self._place(body)
            yield "status", {f"status {body.status}": 1.0}
        elif isinstance(body, Statement):
            yield "kind", {f"kind {body.kind}": 1.0}
            if body.about:
                yield "about", {**self._actor(body.about[0]), "several actors": float(len(body.about) > 1)}

    def _date(self, claim: Claim) -> Features:
        when, dates = claim.when, [d for line in self._lines() for d in line.dates]
        mention = next((d for d in dates if d.text == when.text), None)
        known = self.index.reading.document.published.latest is not None
        return {
            "elsewhere": float(not self._own(when.text or "")),
            f"precision {when.precision}": 1.0,
            f"counted from {mention.anchor if mention else 'nothing'}": 1.0,
            "other dates": _share(len(dates) - 1),
            "undated report": float(not known),
            "open": float(when.earliest is None or when.latest is None),
            "toll": float(isinstance(claim.body, EventBody) and claim.body.killed is not None),
        }

    def _places(self, body: EventBody) -> Features:
        first, here = body.places[0], self._line.places
        return {
            "own": float(any(self._own(p.text) for p in body.places)),
            "first is own": float(self._own(first.text)),
            f"precision {first.precision}": 1.0,
            "facility": float(first.kind == "facility"),
            "unknown to the gazetteer": float(first.id is None),
            "one of several": _share(len(body.places) - 1),
            "other places": _share(len(here) - len(body.places)),
            "far": self._far(first.text),
        }

    def _toll(self, count: Count) -> Features:
        here = [c for c in self._line.counts if c.kind in ("cardinal", "vague")]
        return {
            "no number": float(count.best is None),
            "rounded": float(count.low != count.high),
            "one": float(count.best == 1),
            "no words": float(not count.text),
            "elsewhere": float(bool(count.text) and not self._own(count.text)),
            "other numbers": _share(len(here) - 1),
            "far": self._far(count.text),
        }

    def _actor(self, actor: ActorRef) -> Features:
        words = " ".join(actor.text.split())
        at = next((m for line in self._lines() for m in line.actors if m.text == actor.text), None)
        others = {m.name for m in self._line.actors} - {actor.name}
        return {
            f"named by {at.how}" if at is not None else "named by a phrase": 1.0,
            "in the dictionary": float(actor.id is not None),
            "person": float(actor.kind == "person"),
            "state": float(actor.kind in ("state", "agency")),
            "small letters": float(words.islower()),
            "other actors": _share(len(others)),
            "elsewhere": float(not self._own(actor.text)),
            "far": self._far(actor.text),
        }

    def _place(self, body: Presence) -> Features:
        here = self._line.places
        return {
            f"precision {body.place.precision}": 1.0,
            "unknown to the gazetteer": float(body.place.id is None),
            "other places": _share(len(here) - 1),
            "far from the actor": float(abs(self._at(body.actor.text) - self._at(body.place.text)) > _FAR * _LETTERS),
            "described": float(bool(body.degree)),
        }

    # ------------------------------------------------------------ where things stand

    def _own(self, words: str) -> bool:
        """Whether the words stand in the report itself and not in a further passage."""
        start, end = self.draft.evidence[0]
        return words in self.index.reading.text[start:end]

    def _at(self, words: str) -> int:
        """Reading offset of the words in the report itself, else where it begins."""
        start, end = self.draft.evidence[0]
        return max(start, self.index.reading.text.find(words, start, end))

    def _far(self, words: str) -> float:
        """1 where the words stand many tokens from the report's own word."""
        core = self.draft.core[0] if self.draft.core is not None else self.draft.evidence[0][0]
        return float(self._own(words) and abs(self._at(words) - core) > _FAR * _LETTERS)

    def _lines(self) -> list[IndexedSentence]:
        """The sentences that the draft draws on, each once."""
        found: dict[int, IndexedSentence] = {}
        for start, _end in (*self.draft.evidence, *self.draft.support):
            line = self.index.at(start)
            if line is not None:
                found.setdefault(line.index, line)
        return list(found.values())


def _logit(share: float) -> float:
    """The log odds of a share, kept within what a weight can bear."""
    share = min(max(share, 0.05), 0.95)
    return log(share / (1 - share))


def _share(number: int) -> float:
    return min(max(number, 0), _MANY) / _MANY


def _both(one: Features, two: Features) -> Features:
    """The features of two sides together: a half where one of them has it."""
    return {name: (one.get(name, 0.0) + two.get(name, 0.0)) / 2 for name in (*one, *two)}
