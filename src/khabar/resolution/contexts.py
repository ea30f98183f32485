"""Where names stand: which may be anybody's, and of which countries a report tells. Invariant: read from claims alone.

The same name in two reports is the same actor, unless it is one that several bear: an acronym, a name that the
dictionary has and that the reader left open, a common name of persons, or an alias that the texts give to several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from khabar.records import ActorRef, Claim, EventBody, Presence, Relation
from khabar.resolution import names
from khabar.resolution.model import Corpus
from khabar.resolution.references import references
from khabar.text import fold

__all__ = ["Countries", "base_key", "shared_names"]

_STATE = "state:"


def base_key(ref: ActorRef) -> str:
    """The kind of a name without an id, person or group, and its folded form."""
    return f"{'person' if names.of_person(ref.name, ref.kind) else 'group'}:{names.node_key(ref.name)}"


def shared_names(corpus: Corpus, bearers: Mapping[tuple[bool, str], set[str]]) -> frozenset[str]:
    """The keys of names, without an id, that may be anybody's: what one means must be read from its report.

    `bearers` are the actors of the dictionary by (of a person?, folded name), acronyms among them.
    """
    partners: dict[str, set[str]] = defaultdict(set)
    found: dict[str, bool] = {}
    for claim in corpus.claims:
        ends = dict(references(claim))
        for ref in ends.values():
            key = base_key(ref)
            if ref.id is None and key not in found:
                found[key] = _may_be_shared(ref, bearers)
        if isinstance(claim.body, Relation) and claim.body.type in corpus.relations.alias and len(ends) > 1:
            left, right = ends["subject"], ends["object"]
            for one, other in ((left, right), (right, left)):
                partners[base_key(one)].add(other.id or base_key(other))
    return frozenset(key for key, shared in found.items() if shared or len(partners.get(key, ())) > 1)


def _may_be_shared(ref: ActorRef, bearers: Mapping[tuple[bool, str], set[str]]) -> bool:
    person = names.of_person(ref.name, ref.kind)
    listed = bearers.get((person, fold(ref.name)), set())
    if person:
        return len(listed) > 1 or (names.names_one(ref.name) and names.is_common(ref.name))
    return bool(listed) or names.is_acronym(ref.name)


class Countries:
    """The countries that claims tell of, by the places and the states they name."""

    def __init__(self, corpus: Corpus) -> None:
        self._known = {i: a.country for i, a in corpus.known.items() if a.kind in ("state", "agency") and a.country}
        self._of_claim: dict[str, frozenset[str]] = {}
        self._of_report: dict[str, set[str]] = defaultdict(set)
        for claim in corpus.claims:
            told = frozenset(self._told(claim))
            self._of_claim[claim.id] = told
            self._of_report[claim.passages[0].document] |= told

    def _told(self, claim: Claim) -> Iterable[str]:
        body = claim.body
        places = body.places if isinstance(body, EventBody) else (body.place,) if isinstance(body, Presence) else ()
        for place in places:
            if place.country:
                yield place.country
        for _, ref in references(claim):
            if ref.id is not None and ref.id in self._known:
                yield str(self._known[ref.id])

    def of(self, claims: Iterable[str], reports: Iterable[str]) -> frozenset[str]:
        """The countries of these claims; where they name none, those of their reports."""
        near = frozenset(code for claim in claims for code in self._of_claim.get(claim, ()))
        return near or frozenset(code for report in reports for code in self._of_report.get(report, ()))
