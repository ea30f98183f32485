"""What would reconcile sides by what else the claims say of roles, branches, ties and places. Invariant: no guess."""

from __future__ import annotations

from itertools import combinations

from khabar.records import Claim, EventBody, Relation
from khabar.resolution.ledger.dispute import Dispute
from khabar.resolution.ledger.ties import holds
from khabar.resolution.mentions import spot
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties
from khabar.resolution.spans import kilometres
from khabar.resolution.wording import listed

__all__ = [
    "another_act",
    "branch_named",
    "near_by",
    "other_degree",
    "other_parts",
    "other_scope",
    "parted",
    "tied_groups",
]

_NEAR = 100.0  # kilometres: two towns of one province, of which reports often name the larger


def another_act(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """The types of the ties, where no two sides share one."""
    acts = {s.says: sorted({_act(c) for c in s.claims}) for s in dispute.sides}
    if any(set(a) & set(b) for a, b in combinations(acts.values(), 2)):
        return ""
    return "; ".join(f"{says}: {listed(words)}" for says, words in acts.items()) + "."


def _act(claim: Claim) -> str:
    return claim.body.type.replace("_", " ") if isinstance(claim.body, Relation) else ""


def near_by(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """Places that lie near each other."""
    found = []
    for a, b in combinations(dispute.sides, 2):
        far = kilometres(spot(a.value), spot(b.value))
        if far is not None and far <= _NEAR:
            found.append(f"{a.says} and {b.says} lie about {far:.0f} km apart.")
    return " ".join(found)


def other_parts(dispute: Dispute, _corpus: Corpus, parties: Parties) -> str:
    """The parts the accounts give the groups, where they differ for all."""
    roles: dict[str, set[str]] = {}
    for side in dispute.sides:
        for claim in side.claims:
            for i, a in enumerate(claim.body.attributions if isinstance(claim.body, EventBody) else ()):
                actor = parties.actor_of.get((claim.id, f"attribution:{i}"))
                if actor in side.value.actors and a.stance == side.value.stance.split()[0]:
                    roles.setdefault(parties.name(str(actor)), set()).add(a.role)
    distinct = len(roles) > 1 and not any(a & b for a, b in combinations(roles.values(), 2))
    return "; ".join(f"{name} as {listed(sorted(r))}" for name, r in sorted(roles.items())) + "." if distinct else ""


def tied_groups(dispute: Dispute, corpus: Corpus, parties: Parties) -> str:
    """Ties that other claims give the groups."""
    facts = corpus.relations
    binding = facts.joining | facts.within | facts.binding | facts.alliance
    of_dispute = {c.id for s in dispute.sides for c in s.claims}
    found = set()
    for claim in dispute.around:
        body = claim.body
        subject, object_ = parties.ends(claim)
        if not isinstance(body, Relation) or not holds(claim) or body.type not in binding or claim.id in of_dispute:
            continue
        if subject is None or object_ is None or parties.house(subject) == parties.house(object_):
            continue
        found.add(f"{parties.name(subject)} {body.type.replace('_', ' ')} {parties.name(object_)}.")
    return " ".join(sorted(found))


def parted(dispute: Dispute, corpus: Corpus, parties: Parties) -> str:
    """Splits that claims tell of."""
    found = set()
    for claim in dispute.around:
        subject, object_ = parties.ends(claim)
        left = isinstance(claim.body, Relation) and claim.body.type in corpus.relations.separation and holds(claim)
        if left and subject is not None and object_ is not None:
            found.add(f"{parties.name(subject)} split from {parties.name(object_)}.")
    return " ".join(sorted(found))


def branch_named(dispute: Dispute, _corpus: Corpus, parties: Parties) -> str:
    """The names on both sides, where they are of a group and its branches."""
    named = [{w.actor for w in side.value} for side in dispute.sides]
    if named[0] & named[1]:
        return ""
    told = (f"{s.says}: {listed(sorted(map(parties.name, n)))}" for s, n in zip(dispute.sides, named, strict=True))
    return "; ".join(told) + "."


def other_degree(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """The kinds of presence that are denied, where none of them is asserted in the same words."""
    denied, said = ({" ".join(w.degree.split()) for w in side.value} for side in dispute.sides)
    kinds = {words for words in denied if len(words.split()) > 1}
    if not kinds or kinds & said:
        return ""
    told = ", ".join(f"“{words}”" for words in sorted(kinds))
    return f"Denied: {told}{', and presence as such' if denied - kinds else ''}."


def other_scope(dispute: Dispute, _corpus: Corpus, _parties: Parties) -> str:
    """The types that the totals count, where they differ."""
    types = {s.says: {c.body.type for c in s.claims if isinstance(c.body, EventBody)} for s in dispute.sides}
    if len(set(map(frozenset, types.values()))) == 1:
        return ""
    return "; ".join(f"{says}: {listed(sorted(t.replace('_', ' ') for t in ts))}" for says, ts in types.items()) + "."
