"""The whole of resolution on one page. Invariant: equal claims and judgements, in any order, give an equal result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from khabar.records import Claim, Contradiction, Event, Judgement
from khabar.resolution.actors import Identities, identify
from khabar.resolution.chains import gather
from khabar.resolution.clusters import in_force
from khabar.resolution.columns import tabulate
from khabar.resolution.comparable import mentions_of
from khabar.resolution.contradictions import contradictions
from khabar.resolution.decisions import consistent, outvoted
from khabar.resolution.events import judge, told
from khabar.resolution.mentions import makes_incident
from khabar.resolution.model import Corpus, Resolution, is_rule
from khabar.resolution.origins.corroborate import Corroborator
from khabar.resolution.values.rules import derive
from khabar.resolution.values.stating import state
from khabar.resolution.values.voices import backed, voices_of
from khabar.resolution.victims import named_victims
from khabar.resolution.weights import load_weights
from khabar.text import content_id

__all__ = ["resolve"]


def resolve(corpus: Corpus, judgements: Sequence[Judgement] = ()) -> Resolution:
    """Actors, incidents and contradictions of a corpus of claims, with the judgements that rules made.

    1. Names become actors (`actors`).
    2. Event claims that speak of one incident are compared in candidate pairs (`blocks`, `events`).
    3. Judgements become clusters; those of people in `judgements` come first (`decisions`, `clusters`). Rule-made ones
       among `judgements` are ignored: they are made anew.
    4. Each cluster becomes an event with every stated value (`values`).
    5. Claims that cannot all hold are set side by side (`contradictions`).
    """
    people = [j for j in judgements if not is_rule(j)]
    claims = sorted({c.id: c for c in corpus.claims}.values(), key=_reading_order)
    identities = identify(corpus, people)

    incidents = [c for c in claims if makes_incident(c)]
    victims = named_victims(claims, corpus.relations, identities)
    table = tabulate(mentions_of(incidents, corpus, identities, victims))
    judged = judge(table)
    decided = consistent(people, table.claims).judgements
    groups = gather(table.claims, judged, decided, load_weights().same)

    by_rule = tuple(told(table, judged))
    held = in_force([*outvoted(by_rule, decided), *decided])

    events = _events(corpus, incidents, groups, held, identities)
    return Resolution(
        actors=identities.actors,
        links=identities.links,
        events=events,
        judgements=(*identities.judgements, *decided, *by_rule),
        contradictions=_contradictions(corpus, claims, events, identities),
    )


def _contradictions(
    corpus: Corpus, claims: Sequence[Claim], events: Sequence[Event], identities: Identities
) -> tuple[Contradiction, ...]:
    return contradictions(corpus, {c.id: c for c in claims}, events, identities)


def _reading_order(claim: Claim) -> tuple[str, int, int, str]:
    return claim.passages[0].document, claim.passages[0].start, claim.passages[0].end, claim.id


def _events(
    corpus: Corpus,
    claims: Sequence[Claim],
    groups: Sequence[tuple[str, ...]],
    held: Mapping[tuple[str, str], Judgement],
    identities: Identities,
) -> tuple[Event, ...]:
    by_id = {c.id: c for c in claims}
    order = {c.id: i for i, c in enumerate(claims)}
    corroborator = Corroborator(corpus)
    # The id of an event is a hash of its sorted claim ids: a pure function of the cluster, which changes with it.
    event_of = {claim: content_id(list(group)) for group in groups for claim in group}
    unsure = _unsure(event_of, held)
    events = []
    for group in groups:
        members = [by_id[c] for c in sorted(group, key=order.__getitem__)]
        values = state(members, identities.actor_of)
        corroboration = corroborator.of(members, identities.actor_of)
        origins = corroboration.origins(c.id for c in members)
        id_ = event_of[group[0]]
        events.append(
            Event(
                id=id_,
                claims=tuple(c.id for c in members),
                documents=tuple(dict.fromkeys(c.passages[0].document for c in members)),
                values=backed(values, corroboration),
                derived=derive(values, voices_of(members, corroboration, corpus), corpus.rule),
                origins=len(origins),
                unsure_with=tuple(sorted(unsure.get(id_, ()))),
                corroboration=origins,
            )
        )
    return tuple(sorted(events, key=_event_order))


def _unsure(event_of: Mapping[str, str], held: Mapping[tuple[str, str], Judgement]) -> dict[str, set[str]]:
    """Events that may be one: an unsure judgement stands between claims of theirs, and no person told them apart."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    decided: set[frozenset[str]] = set()
    for (left, right), judgement in held.items():
        a, b = event_of.get(left), event_of.get(right)
        if a is None or b is None or a == b:
            continue
        if judgement.verdict == "different" and not is_rule(judgement):
            decided.add(frozenset((a, b)))
        elif judgement.verdict != "different":
            found[a].add(b)
            found[b].add(a)
    return {a: {b for b in others if frozenset((a, b)) not in decided} for a, others in found.items()}


def _event_order(event: Event) -> tuple[str, str]:
    when = event.derived.get("when")
    return (when.value["earliest"] or when.value["latest"] if when else "9999"), event.id
