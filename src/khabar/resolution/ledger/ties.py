"""Ties between actors that claims date differently, deny, or give to two masters. Invariant: times apart never clash.

A tie is what is said (in words), of whom, with whom. Joining a group counts as one tie however it is worded (member,
pledge, part, affiliation) and whichever branch is named; a death counts by the person who died.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from khabar.records import Claim, Relation, When
from khabar.resolution.ledger.dispute import Dispute, Stand, conflicting
from khabar.resolution.mentions import day
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties
from khabar.resolution.spans import apart, as_of
from khabar.resolution.wording import listed, period

__all__ = ["Tie", "denied_ties", "tie_dates", "ties_of", "two_masters"]

_LASTING = 31  # days up to which a dated membership is taken for its beginning, not for a time in it
_JOINED = "joined"
_KILLED = "was killed"
_DESIGNATED = "was designated by"
_LEADS = "leads"


class Tie(NamedTuple):
    """What is said of whom with whom; `object` is the family of the group, '' for a death. `kind` is of the ledger."""

    kind: str
    words: str
    subject: str
    object: str


def ties_of(corpus: Corpus, parties: Parties, claims: Sequence[Claim]) -> Iterator[tuple[Tie, Claim]]:
    """The tie of each relation claim between known actors, whether it is said to hold or denied."""
    for claim in claims:
        if isinstance(claim.body, Relation):
            tie = _tie(corpus, parties, claim, claim.body)
            if tie is not None and tie.subject != tie.object:
                yield tie, claim


def _tie(corpus: Corpus, parties: Parties, claim: Claim, body: Relation) -> Tie | None:
    facts = corpus.relations
    subject, object_ = parties.ends(claim)
    if body.type in facts.death_of_object and parties.is_person(object_):
        return Tie("death", _KILLED, str(object_), "")
    if body.type in facts.death_of_subject and parties.is_person(subject):
        return Tie("death", _KILLED, str(subject), "")
    if subject is None or object_ is None or body.type in facts.alias:
        return None
    if body.type in facts.joining | facts.within:
        return Tie("affiliation", _JOINED, subject, _group_of(parties, object_))
    if body.type in facts.office:
        return Tie("leadership", _LEADS, subject, object_)
    return Tie("tie", facts.words.get(body.type, body.type.replace("_", " ")), subject, object_)


def _group_of(parties: Parties, actor: str) -> str:
    """The family of a group; of a person, the group the dictionary knows them by: a pledge to its leader is to it."""
    return parties.house(actor)


def holds(claim: Claim) -> bool:
    """Whether a claim says that its tie is or was; not one that is denied, planned, tried or foretold."""
    return claim.modality == "actual" and claim.stance != "denied"


def denies(claim: Claim) -> bool:
    """Whether a claim says that its tie is not, or was not."""
    return (claim.modality == "negated") != (claim.stance == "denied") and claim.modality in ("actual", "negated")


# ------------------------------------------------------------------ dates


def tie_dates(corpus: Corpus, claims: Sequence[Claim], parties: Parties) -> list[Dispute]:
    """One tie of the same two actors dated twice, the dates not overlapping."""
    ties: defaultdict[Tie, list[Claim]] = defaultdict(list)
    for tie, claim in ties_of(corpus, parties, claims):
        if holds(claim) and (claim.when.earliest or claim.when.latest) and _happens_once(corpus, tie, claim):
            ties[tie].append(claim)
    found = []
    for tie, members in sorted(ties.items()):
        sides = conflicting([(c, c.when) for c in members], apart, period)
        if sides:
            words = f"{parties.name(tie.subject)} {tie.words} {parties.name(tie.object) if tie.object else ''}".rstrip()
            kind = "designation_date" if tie.words == _DESIGNATED else "relation_date"
            subject = f"{tie.words}:{tie.subject}:{tie.object}"
            found.append(Dispute(kind, subject, f"{words}: {listed(s.says for s in sides)}", sides))
    return found


def _happens_once(corpus: Corpus, tie: Tie, claim: Claim) -> bool:
    if not isinstance(claim.body, Relation):
        return False
    facts, type_ = corpus.relations, claim.body.type
    if tie.words == _JOINED:
        return type_ in facts.once or (type_ in facts.joining and _begins(claim.when))
    return tie.words == _KILLED or type_ in facts.once


def _begins(when: When) -> bool:
    first, last = day(when.earliest), day(when.latest)
    return first is not None and last is not None and last - first < _LASTING


# ------------------------------------------------------------------ denials


_DENIED = {
    _JOINED: ("{} belongs to {}", "{} does not belong to {}"),
    _KILLED: ("{} was killed", "{} was not killed"),
    _LEADS: ("{} leads {}", "{} does not lead {}"),
}


def denied_ties(corpus: Corpus, claims: Sequence[Claim], parties: Parties) -> list[Dispute]:
    """A tie that claims assert and deny, where not both can hold (see `_parted`)."""
    said: defaultdict[Tie, tuple[list[Claim], list[Claim]]] = defaultdict(lambda: ([], []))
    for tie, claim in ties_of(corpus, parties, claims):
        if holds(claim):
            said[tie][0].append(claim)
        elif denies(claim):
            said[tie][1].append(claim)
    found = []
    for tie, (yes, no) in sorted((t, s) for t, s in said.items() if all(s)):
        pairs = [(a, b) for a in yes for b in no if not _parted(corpus, parties, tie, a, b)]
        if pairs:
            names = parties.name(tie.subject), parties.name(tie.object) if tie.object else ""
            stated, denied = _DENIED.get(tie.words, (f"{{}} {tie.words} {{}}", f"denied: {{}} {tie.words} {{}}"))
            sides = tuple(
                Stand(words.format(*names).rstrip(), tuple({c.id: c for c in claims_}.values()))
                for words, claims_ in ((stated, [a for a, _ in pairs]), (denied, [b for _, b in pairs]))
            )
            subject = f"{tie.words}:{tie.subject}:{tie.object}"
            found.append(Dispute(tie.kind, subject, f"{sides[0].says}: asserted and denied", sides))
    return found


def _parted(corpus: Corpus, parties: Parties, tie: Tie, yes: Claim, no: Claim) -> bool:
    """Whether both claims can hold: what is asserted came later than what is denied, or had passed by then, or one
    voice changed its mind. What happens once does not pass: to deny a pledge or a death denies all that came before.
    """
    if yes.when.earliest and no.when.latest and yes.when.earliest > no.when.latest:
        return True
    once = tie.words == _KILLED or (isinstance(yes.body, Relation) and yes.body.type in corpus.relations.once)
    if not once and yes.when.earliest and apart(yes.when, no.when):
        return True
    one, other = parties.voice(yes), parties.voice(no)
    same = one is not None and other is not None and one[0] == other[0]
    return same and apart(as_of(corpus, yes), as_of(corpus, no))


# ------------------------------------------------------------------ two masters


def two_masters(corpus: Corpus, claims: Sequence[Claim], parties: Parties) -> list[Dispute]:
    """A group said to be a part of, or sworn to, one group, and in another report at the same time of another.

    Undated claims speak of the days of their report. What one report says of both is a double tie, no dispute; an
    affiliation in looser words ("linked to") leaves room for others.
    """
    bound = corpus.relations.within | corpus.relations.binding
    held: defaultdict[str, list[tuple[str, When, Claim]]] = defaultdict(list)
    for tie, claim in ties_of(corpus, parties, claims):
        exclusive = isinstance(claim.body, Relation) and claim.body.type in bound
        if tie.words == _JOINED and exclusive and holds(claim) and not parties.is_person(tie.subject):
            when = as_of(corpus, claim)
            if when.earliest and when.latest and not parties.is_person(tie.object):
                held[tie.subject].append((tie.object, when, claim))
    around = [c for _, c in ties_of(corpus, parties, claims)] if held else []
    found = []
    for subject, terms in sorted(held.items()):
        sides = _masters(terms, parties)
        if sides:
            title = f"{parties.name(subject)} belongs to {listed(s.says for s in sides)}"
            near = tuple(c for c in around if parties.ends(c)[0] == subject)
            found.append(Dispute("affiliation", subject, title, sides, around=near))
    return found


def _masters(terms: Sequence[tuple[str, When, Claim]], parties: Parties) -> tuple[Stand, ...]:
    both: defaultdict[str, set[str]] = defaultdict(set)
    for master, _, claim in terms:
        both[claim.passages[0].document].add(master)
    rivals: defaultdict[str, dict[str, Claim]] = defaultdict(dict)
    for (one, when, claim), (other, other_when, other_claim) in combinations(terms, 2):
        documents = {c.passages[0].document for c in (claim, other_claim)}
        double = any({one, other} <= both[d] for d in documents)
        if one != other and not double and not apart(when, other_when):
            rivals[one][claim.id] = claim
            rivals[other][other_claim.id] = other_claim
    sides = sorted((parties.name(m), tuple(c for _, c in sorted(told.items()))) for m, told in rivals.items())
    return tuple(Stand(name, claims) for name, claims in sides)
