"""Who claims, is blamed or denies. Invariant: an actor that the words name or stand for; a spokesman, a commander and a
news agency speak for their group; a person counts only by name, a state only where it is blamed or denies.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.codebook.model import AttributionPattern, Codebook
from khabar.extraction.affiliation import (
    GROUP_NOUNS,
    acronym,
    belonging,
    called,
    country_meant,
    group_of,
    is_group,
    listed,
    named_group,
    part_named,
    single_name,
    written_name,
)
from khabar.extraction.identified import person_named
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.speakers import speaker_of
from khabar.extraction.standins import both_meant, described_group, group_meant, last_named, speaks_for, understood
from khabar.reading.actor_names import dictionary_actors
from khabar.reading.clauses import (
    agents,
    apposed,
    conjuncts,
    is_passive,
    phrase,
    phrase_span,
    prepositional,
    subjects,
)
from khabar.reading.model import ActorMention

__all__ = ["Claimant", "channel_of", "claimants", "said_by"]

_BLAMING = frozenset({"object", "to", "on", "at", "as", "by"})  # where the blamed stand, so that the subject blames
_LATER = frozenset({"it", "they", "them", "we", "us"})
_OF_STATES = ("blamed", "denied", "suspected")
_TRACES = frozenset({"link", "trace", "trail", "hand", "connection"})  # of a state, as its adjective says
_OWN = frozenset({"its", "their", "his", "our"})
_OFFICES = frozenset(
    {"mission", "embassy", "minister", "ministry", "envoy", "ambassador", "president", "spokesman", "office"}
)


@dataclass(frozen=True, slots=True)
class Claimant:
    """An actor with the words it is meant by, and the mouthpiece that speaks for it, if one does; a `partner` is one
    with whom another says it acted ("together with X").
    """

    actor: ActorMention
    channel: str | None = None
    partner: bool = False


def claimants(line: IndexedSentence, heads: list[int], index: Indexed, stance: str = "claimed") -> list[Claimant]:
    """Actors that heads stand for, each once: a group by its name, its commander, spokesman or news agency, or by a
    pronoun; a person only by name; a state only as one who is blamed or denies.
    """
    found: list[Claimant] = []
    for head in heads:
        for h in (head, *conjuncts(line.sentence, head)):
            for mention in _meant(line, h, index, stance):
                made = _behind(line, h, mention, index)
                if made is not None and all(c.actor.name != made.actor.name for c in found):
                    joint = bool(found) and line.lemmas[line.sentence.tokens[h].head] == "with"
                    found.append(replace(made, partner=joint))
    return found


def _meant(line: IndexedSentence, head: int, index: Indexed, stance: str) -> list[ActorMention]:
    """The actors of one noun or pronoun, as `claimants` says."""
    whose = next((k for k in line.sentence.children[head] if line.sentence.tokens[k].tag == "WP$"), None)
    if whose is not None:  # "blamed X, whose leader denied it"
        clause = line.sentence.tokens[head].head
        return _meant(line, line.sentence.tokens[clause].head, index, stance) if clause != head else []
    own = line.actor_at(head)
    if line.lemmas[head] == "latter" and own is None:
        return last_named(line, index)
    if line.lemmas[head] == "both" and stance == "denied":
        return both_meant(line, index)
    if line.lemmas[head] in _LATER | {"its", "their"} and own is None:
        return understood(line, head, index)
    if own is not None and own.how != "described" and own.kind != "person":
        return [own] if own.kind != "state" or stance in _OF_STATES else []
    state = _of_state(line, head, index.codebook) if stance in _OF_STATES else None
    if state is not None:
        return [state]
    if stance in ("suspected", "blamed") and line.lemmas[head] in _TRACES:
        return [m for m in line.actors_in_phrase(head) if is_group(m) or (m.kind == "person" and m.how != "described")]
    return _named(line, head) or _in_phrase(line, head, index) or _of_people(line, head, index, stance)


def _named(line: IndexedSentence, head: int) -> list[ActorMention]:
    """The groups that a list or a name beside the noun gives: "two groups, X and Y", "a faction of X, Y"."""
    several = listed(line, head)
    if several:
        return several
    named = [m for a in apposed(line.sentence, head) if (m := named_group(line, head, a)) is not None]
    given = named or part_named(line, head) or called(line, head) or _beside(line, head)
    return given[:1]


def _near(line: IndexedSentence, head: int) -> list[ActorMention]:
    """Actors in the phrase of a noun, in what stands beside it, and behind "for" ("a spokesman for X")."""
    heads = [head, *apposed(line.sentence, head)]
    heads += [p for h in heads for p in prepositional(line.sentence, h, "for")]
    return [m for h in heads for m in line.actors_in_phrase(h)]


def _in_phrase(line: IndexedSentence, head: int, index: Indexed) -> list[ActorMention]:
    """The group, or whoever has the spokesman, the leader or the statement."""
    groups = [m for m in _near(line, head) if m.kind == "organization"]
    behind = groups or [m for h in speaks_for(line, head) for m in _owner(line, h, index)]
    return behind[:1]


def _of_people(line: IndexedSentence, head: int, index: Indexed, stance: str) -> list[ActorMention]:
    """Persons by name, or the group behind them; the group that people belong to or that a noun stands for."""
    near = _near(line, head)
    if line.lemmas[head] in GROUP_NOUNS and any(line.lemmas[k] in _OWN for k in line.sentence.children[head]):
        return group_meant(line, head, index)  # "his organisation"
    persons = [m for m in line.actors_in_phrase(head) if m.kind == "person" and m.how != "described"]
    if not persons and stance in ("blamed", "asserted", "suspected"):  # "a Syrian, X Y, had carried it out"
        persons = [m for m in near if m.kind == "person" and m.how != "described" and m.name[:1].isupper()][:1]
    if persons:
        return [group_of(m, line, index) or m for m in persons] if stance in ("claimed", "denied") else persons
    if stance in ("asserted", "blamed") and (person := person_named(line, head)) is not None:
        return [person]
    ties = [t.group for t in belonging(line, head, index.codebook)]
    if ties:
        return ties[:1]
    return _unlisted(line, head, index, stance) if all(m.kind == "organization" for m in near) else []


def _unlisted(line: IndexedSentence, head: int, index: Indexed, stance: str) -> list[ActorMention]:
    """A group whose name no list knows, one told of before ("the militants"), or one without a name."""
    told = stance in ("claimed", "denied") or _called_group(line, head)
    unknown = written_name(line, head) if told else None
    unknown = unknown or acronym(line, head)
    if unknown is not None:
        return [unknown]
    meant = group_meant(line, head, index)
    described = described_group(line, head) if not meant and stance in ("blamed", "suspected") else None
    return meant if described is None else [described]


def _owner(line: IndexedSentence, head: int, index: Indexed) -> list[ActorMention]:
    """The group of "their leader", "the rebels' spokesman", "an X commander"; not a person, and no state."""
    if line.lemmas[head] in _OWN:
        return understood(line, head, index) if line.actor_at(head) is None else []
    named = [m for m in line.actors_in_phrase(head) if is_group(m)]
    letters = acronym(line, head)
    return named or ([letters] if letters is not None else group_meant(line, head, index))


def _of_state(line: IndexedSentence, head: int, book: Codebook) -> ActorMention | None:
    """The state or its forces, where they are blamed or deny: "Turkey", "government forces"."""
    own = line.actor_at(head)
    office = line.lemmas[head] in _OFFICES
    if own is not None and not (office and own.how == "described"):
        return own if own.kind == "agency" else None
    if office:
        return _state_beside(line, head)
    if line.lemmas[head] in book.tables["state_agents"] and line.sentence.tokens[head].pos == "NOUN":
        start, end = phrase_span(line.sentence, head)
        words = " ".join(t.text for t in line.sentence.tokens if start <= t.start and t.end <= end)
        return ActorMention(start, end, words, words, None, "agency", "described")
    if line.lemmas[head] in _TRACES:
        return _state_beside(line, head)
    return country_meant(line, head)


def _state_beside(line: IndexedSentence, head: int) -> ActorMention | None:
    """The state of "Iran's mission", "the Saudi foreign minister", "a Syrian hand"."""
    beside = [k for k in line.sentence.children[head] if line.sentence.tokens[k].dep in ("amod", "compound", "poss")]
    named = ((line.actor_at(k), k) for k in beside)
    known = (m if m is not None and m.kind == "state" else country_meant(line, k) for m, k in named)
    return next((m for m in known if m is not None), None)


def _called_group(line: IndexedSentence, head: int) -> bool:
    """True for X Y in "the militia X Y", "the local group X Y"."""
    first = phrase(line.sentence, head)
    return any(line.lemmas[i] in GROUP_NOUNS for i in first if i < head)


def _beside(line: IndexedSentence, head: int) -> list[ActorMention]:
    """The name in capitals beside a noun for a group, which no list knows: "a militia, the X Y"."""
    if line.lemmas[head] not in GROUP_NOUNS:
        return []
    made = [m for a in apposed(line.sentence, head) if (m := written_name(line, a) or single_name(line, a)) is not None]
    made = made or [m for a in _after_comma(line, head) if (m := written_name(line, a)) is not None]
    return made or [m for m in line.actors if is_group(m) and _between_commas(line, m, head)]


def _after_comma(line: IndexedSentence, head: int) -> list[int]:
    """The last word of a name in capitals right after "a local group,", whatever the parser hung it on."""
    tokens = line.sentence.tokens
    if head + 2 >= len(tokens) or tokens[head + 1].text != ",":
        return []
    first = head + 3 if tokens[head + 2].pos == "DET" else head + 2
    last = first
    while last < len(tokens) and tokens[last].pos == "PROPN":
        last += 1
    return [last - 1] if last - first > 1 else []


def _between_commas(line: IndexedSentence, mention: ActorMention, head: int) -> bool:
    """True for X in "a group nobody knew, X, claimed it", whatever the parser hung it on."""
    tokens = line.tokens_of(mention)
    words = line.sentence.tokens
    first = tokens[0] - 1 if words[tokens[0] - 1].pos != "DET" else tokens[0] - 2
    return head < first and words[first].text == "," and words[min(tokens[-1] + 1, len(words) - 1)].text == ","


def _behind(line: IndexedSentence, head: int, mention: ActorMention, index: Indexed) -> Claimant | None:
    """The group whose news agency a mention is, or the mention itself."""
    words = mention.name.lower().split()
    media = index.codebook.tables["channels"]
    if mention.kind != "organization" or not any(True for _ in media.find(words)):
        return Claimant(mention)
    channel = " ".join(mention.text.split())
    owners = [m for i in phrase(line.sentence, head) if (m := line.actor_at(i)) is not None and m.name != mention.name]
    if not owners and any(line.lemmas[k] in _OWN for k in line.sentence.children[head]):
        owners = understood(line, head, index)
    if owners:
        return Claimant(owners[0], channel)
    known = dictionary_actors()
    actor = known.get(mention.id or "")
    parent = known.get(actor.parent) if actor is not None and actor.parent else None
    if parent is None:
        return None
    return Claimant(replace(mention, name=parent.names[0].text, id=parent.id), channel)


def said_by(
    line: IndexedSentence,
    verb: int,
    pattern: AttributionPattern,
    mentions: list[ActorMention],
    book: Codebook,
    text: str,
) -> str | None:
    """Who says so: the subject of blaming, else the speaker of the sentence."""
    if pattern.who in _BLAMING and pattern.stance != "asserted" and not is_passive(line.sentence, verb):
        for head in subjects(line.sentence, verb):
            if line.sentence.tokens[head].pos not in ("NOUN", "PROPN") or line.lemmas[head] in pattern.about:
                continue  # "suspicion fell on X": nobody in particular
            actor = line.actor_at(head)
            start, end = phrase_span(line.sentence, head)
            return actor.name if actor is not None else text[start:end]
    if pattern.who != "subject":
        for head in agents(line.sentence, verb):
            start, end = phrase_span(line.sentence, head)
            return text[start:end]
    saying = speaker_of(line, verb, book, text)
    if saying is not None and saying.speaker is not None and saying.speaker.actor not in {m.name for m in mentions}:
        return saying.speaker.name
    return None


def channel_of(line: IndexedSentence, inside: list[int], book: Codebook, text: str) -> str | None:
    """As in "Through Amaaq", "in a statement on Telegram"."""
    tokens = line.sentence.tokens
    table = book.tables["channels"]
    for i in inside:
        if tokens[i].dep != "pobj" or line.lemmas[tokens[i].head] not in ("through", "via", "in", "on", "by", "from"):
            continue
        words = _phrase_words(line, i)
        if any(w in table for w in words) or table.ending_at(line.lemmas, i) is not None:
            start, end = phrase_span(line.sentence, i)
            return text[start:end]
    return None


def _phrase_words(line: IndexedSentence, head: int) -> list[str]:
    """Lower-case words of the noun phrase of a head."""
    start, end = phrase_span(line.sentence, head)
    return [t.text.lower() for t in line.sentence.tokens if t.start >= start and t.end <= end]
