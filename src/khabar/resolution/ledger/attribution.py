"""Who is said to have done it. Invariant: accounts differ only where their actors or a denial do, never by wording.

An account is what one claim says with one stance by one voice: groups it names together acted together. A group and
its branch are one side; so are a group and a cell named after it. Nameless perpetrators ("gunmen") contradict nobody,
and agencies of states that act together are no rivals. Who denies a part of their own needs no other voice, no more
than who claims one. A state that foiled a plot or made an arrest is no rival of those it acted against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from khabar.records import Attribution, Claim, Event, EventBody, When
from khabar.resolution.ledger.dispute import Dispute, Stand
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties, plain_name
from khabar.resolution.spans import apart
from khabar.resolution.wording import event_words
from khabar.text import fold

__all__ = ["SAYS", "Account", "attributions"]

_OWN_DENIAL = "denied by itself"
_DENIALS = ("denied", _OWN_DENIAL)
_STATE_KINDS = ("state", "agency")

SAYS: Mapping[str, str] = {
    "asserted": "carried out by {}",
    "claimed": "claimed by {}",
    "blamed": "blamed on {}",
    "suspected": "{} suspected",
    "denied": "not by {}",
    _OWN_DENIAL: "denied by {}",
}
"""An account in words, by its stance, with a place for the actors."""


Ties = Mapping[frozenset[str], Sequence[Claim]]


class Account(NamedTuple):
    """Which actors did it, with what stance, in whose voice ('' for the report's own or the claimant's)."""

    stance: str
    actors: frozenset[str]
    voice: str


def attributions(corpus: Corpus, members: Sequence[Claim], event: Event, parties: Parties, ties: Ties) -> list[Dispute]:
    """Accounts that name different groups, or a group held responsible that is also said not to be.

    Who says another thing in a later report changed position, and contradicts nobody by that (see `positions`).
    `ties` are relation claims by the two actors they tie.
    """
    voiced, family, groups = _voiced(corpus, members, parties)
    names = {actor: parties.name(actor) for actor in family}
    _name_after(family, names)
    accounts = _accounts(voiced, family)
    by_id = {c.id: c for c in members}

    def disagree(a: Account, b: Account) -> bool:
        if not _rival(a, b, family) or not (a.actors | b.actors) & groups:
            return False
        if _speaker(a, names) != _speaker(b, names):
            return True
        pairs = product(accounts[a], accounts[b])
        return any(not apart(_told(corpus, by_id[x]), _told(corpus, by_id[y])) for x, y in pairs)

    if not any(disagree(a, b) for a, b in combinations(accounts, 2)):
        return []
    said = sorted((_words(account, names), ids, account) for account, ids in accounts.items())
    sides = tuple(Stand(words, tuple(by_id[i] for i in ids), account) for words, ids, account in said)
    title = f"{event_words(event)}: " + "; ".join(side.says for side in sides)
    named = sorted({a for account in accounts for a in account.actors})
    around = tuple(c for pair in combinations(named, 2) for c in ties.get(frozenset(pair), ()))
    return [Dispute("attribution", event.id, title, sides, around=around)]


_Voiced = dict[tuple[str, str, str], set[str]]


def _voiced(corpus: Corpus, members: Sequence[Claim], parties: Parties) -> tuple[_Voiced, dict[str, str], set[str]]:
    """The actors of each claim, stance and voice; their families; and which of them are groups."""
    voiced: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    family: dict[str, str] = {}
    groups: set[str] = set()
    for claim in members:
        body = claim.body
        for i, a in enumerate(body.attributions if isinstance(body, EventBody) else ()):
            actor = parties.actor_of.get((claim.id, f"attribution:{i}"))
            if actor is None or a.role == "funder" or a.actor.kind == "person" or _acted_against(corpus, claim, a):
                continue  # a person and the group they act for are no rivals
            family[actor] = parties.house(actor)
            if a.actor.kind == "organization":
                groups.add(actor)
            # Groups that claim it in one breath claim it jointly, each in a voice of its own.
            voice = "" if a.stance == "claimed" else (a.by or "").strip()
            own = voice and fold(voice) in {fold(n) for n in (a.actor.text, a.actor.name, parties.name(actor))}
            stance = _OWN_DENIAL if a.stance == "denied" and own else a.stance
            voiced[claim.id, stance, "" if stance == _OWN_DENIAL else voice].add(actor)
    return voiced, family, groups


def _acted_against(corpus: Corpus, claim: Claim, attribution: Attribution) -> bool:
    """Whether a state or agency foiled a plot or made an arrest: it acted against those who are blamed."""
    if attribution.actor.kind not in _STATE_KINDS or attribution.stance not in ("claimed", "asserted"):
        return False
    lineage = corpus.types.lineage(claim.body.type) if isinstance(claim.body, EventBody) else ()
    return claim.modality == "foiled" or any(t in corpus.types.state_actions for t in lineage)


def _speaker(account: Account, names: Mapping[str, str]) -> str:
    own = " and ".join(sorted(names[a] for a in account.actors)) if account.stance in ("claimed", _OWN_DENIAL) else ""
    return plain_name(own or account.voice)


def _told(corpus: Corpus, claim: Claim) -> When:
    published = corpus.document(claim.passages[0].document).published
    return When(published.earliest, published.latest)


def _accounts(
    voiced: Mapping[tuple[str, str, str], set[str]], family: Mapping[str, str]
) -> dict[Account, tuple[str, ...]]:
    """The accounts and their claims. Those alike but for a group and its branch are one, under the branch's name."""
    alike: defaultdict[tuple[str, frozenset[str], str], list[tuple[str, str, set[str]]]] = defaultdict(list)
    for (claim, stance, voice), actors in sorted(voiced.items()):
        heard = fold(voice).removeprefix("the ")
        alike[stance, frozenset(family[a] for a in actors), heard].append((claim, voice, actors))
    found = {}
    for (stance, _, _), told in alike.items():
        every = {a for _, _, actors in told for a in actors}
        named = frozenset(a for a in every if not any(family[other] == a for other in every - {a}))
        found[Account(stance, named, told[0][1])] = tuple(sorted({claim for claim, _, _ in told}))
    return found


def _words(account: Account, names: Mapping[str, str]) -> str:
    words = SAYS[account.stance].format(" and ".join(sorted(names[a] for a in account.actors)))
    return f"{words} (according to {account.voice})" if account.voice else words


def _rival(a: Account, b: Account, family: Mapping[str, str]) -> bool:
    shared = {family[x] for x in a.actors} & {family[x] for x in b.actors}
    if (a.stance in _DENIALS) != (b.stance in _DENIALS):
        return bool(shared)
    return a.stance not in _DENIALS and not shared


def _name_after(family: dict[str, str], names: Mapping[str, str]) -> None:
    """Put a cell into the family of the group whose name stands at the head of its own ("Islamic State cell")."""
    for cell in sorted(family):
        outer = fold(names[cell]).split()
        for group in sorted(family):
            inner = fold(names[group]).split()
            if len(inner) < len(outer) and outer[: len(inner)] == inner:
                family[cell] = family[group]
