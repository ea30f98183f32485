"""A codebook as data. Invariant: code names no event type or relation type; everything it knows about them is here.

The YAML form is described in `docs/codebook.md`; `load` makes these records from it and `check` finds what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from khabar.codebook.lookup import Phrase, PhraseTable, Prefilter, stems

__all__ = [
    "AttributionPattern",
    "Codebook",
    "Effect",
    "EventType",
    "Frame",
    "Modality",
    "RelationType",
    "TargetClass",
    "Trigger",
    "Unspecific",
]


_NAMED = re.compile(r"\b(?:He|She) (?:was|is) [A-Z]\w+ [A-Z]")  # "He was X Y": the name of an attacker told of before
# words of a pattern that tell nothing alone
_POINTING = frozenset({"it", "this", "that", "them", "him", "her", "its", "their"})


@dataclass(frozen=True, slots=True)
class Frame:
    """How a word spreads its roles: `roles` maps subject, object, possessor, modifier or a preposition to a role.

    `effect` is what the role `victim` suffers (killed, injured, arrested, abducted); a `weak` frame is no report alone,
    and in a `deadly` one the doer dies.
    """

    id: str
    roles: Mapping[str, str]
    effect: str | None = None
    weak: bool = False
    deadly: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """An expression that reports an event of a type; a verb's first word, or a noun's last word, is its head."""

    words: Phrase
    pos: str
    frame: Frame
    event: str | None
    subtype: str | None = None
    where: str = ""

    @property
    def head(self) -> str:
        """The word under which the trigger is looked up."""
        return self.words[0] if self.pos == "verb" else self.words[-1]


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: what it is, what counts, which words report it, and how other codebooks call it.

    `state_form` is the type that the same report has when a state does it, `yields_to` the type it has when a cue of
    that type, or of one below it, stands beside it (a vehicle attack with "explosives"), `of_modality` a modality
    whose events are all of this type; in a `mutual` one (a clash) the dead of both sides are counted together; `cues`
    are words that tell an unspecific report ("attacked") to be of this type.
    """

    id: str
    label: str
    definition: str
    parent: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    violent: bool = True
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    state_action: bool = False
    state_form: str | None = None
    yields_to: str | None = None
    of_modality: str | None = None
    mutual: bool = False
    cues: tuple[Phrase, ...] = ()
    triggers: tuple[Trigger, ...] = ()


@dataclass(frozen=True, slots=True)
class Unspecific:
    """Words that report violence without saying how, and the types such an incident or total is coded as."""

    incident: str
    aggregate: str
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Words for one kind of harm; see the codebook for what stands under each heading."""

    transitive: tuple[Phrase, ...] = ()
    intransitive: tuple[Phrase, ...] = ()
    witnessed: tuple[Phrase, ...] = ()
    states: tuple[Phrase, ...] = ()
    nouns: tuple[Phrase, ...] = ()
    losses: tuple[Phrase, ...] = ()
    loss_verbs: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetClass:
    """A class of what is attacked: nouns for its people and for its sites."""

    id: str
    people: tuple[Phrase, ...]
    sites: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class AttributionPattern:
    """A verb that says who did it. `who` is subject, object, "attr" (whom it says the subject is), or a preposition
    behind the verb or its object; `about` the words, or expressions, that must stand beside the verb, or ("event",) for
    an event or a mention of one, ("weapon",) for a weapon or the vehicle that carries it, ("deed",) for what the
    subject says it did itself, ("attacker",) for a word for attackers, or ("any",). `role` is what the actor had to do
    with it.
    """

    verb: str
    stance: str
    who: str
    about: tuple[str, ...]
    role: str = "perpetrator"


@dataclass(frozen=True, slots=True)
class Modality:
    """Words, auxiliaries and conjunctions that take an event out of the actual world."""

    words: Mapping[str, str]
    predicted_auxiliaries: frozenset[str]
    hypothetical_auxiliaries: frozenset[str]
    conditions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RelationType:
    """One type of tie between two actors. `subject` and `object` are the kinds of actor that can stand there, `public`
    the sides whose role is public; `past_form` the type that a role of the past is coded as.

    `drawn` is how pictures of groups draw it (`DRAWN`; None: not at all), `means` what it says of a life (`MEANS`).
    A `lasting` tie goes on until something ends it, any other happens once; `ends` are the types of ties between the
    same two that are over when it happens.
    """

    id: str
    label: str
    definition: str
    direction: str
    symmetric: bool = False
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    past_form: str | None = None
    indefinite_form: str | None = None
    drawn: str | None = None
    means: str | None = None
    lasting: bool = False
    ends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """A named, versioned set of event and relation types and of the words that carry them, stance and modality.

    `class_codes` says what other codebooks call the classes of `targets` and `weapons`, by kind, class, scheme and key;
    `lists` holds the plain word lists (attackers, state_agents, not_people, …) by their key in the YAML file.
    """

    id: str
    version: str
    title: str
    events: Mapping[str, EventType]
    relations: Mapping[str, RelationType] = field(default_factory=dict)
    unspecific: Unspecific = field(default_factory=lambda: Unspecific("", "", ()))
    effects: Mapping[str, Effect] = field(default_factory=dict)
    targets: Mapping[str, TargetClass] = field(default_factory=dict)
    weapons: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    class_codes: Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]] = field(default_factory=dict)
    modality: Modality = field(default_factory=lambda: Modality({}, frozenset(), frozenset()))
    stances: Mapping[str, frozenset[str]] = field(default_factory=dict)
    attributions: tuple[AttributionPattern, ...] = ()
    lists: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    irregular: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ties: Any = None

    @property
    def key(self) -> str:
        """Name and version as recorded in every claim: `political-violence@1`."""
        return f"{self.id}@{self.version}"

    # ---------------------------------------------------------------- tables made once, on first use

    @cached_property
    def triggers(self) -> tuple[Trigger, ...]:
        """Every trigger of every type, the unspecific ones last."""
        own = [t for event in self.events.values() for t in event.triggers]
        return (*own, *self.unspecific.triggers)

    @cached_property
    def verbs(self) -> Mapping[str, tuple[Trigger, ...]]:
        """Verb triggers by head word, longest expression first."""
        return _by_head(self.triggers, "verb")

    @cached_property
    def nouns(self) -> Mapping[str, tuple[Trigger, ...]]:
        """Noun triggers by head word, longest expression first."""
        return _by_head(self.triggers, "noun")

    @cached_property
    def cues(self) -> PhraseTable:
        """Event type ids by cue, in the order of the codebook."""
        return PhraseTable((cue, event.id) for event in self.events.values() for cue in event.cues)

    @cached_property
    def people(self) -> PhraseTable:
        """Target class ids by noun for people."""
        return PhraseTable((p, c.id) for c in self.targets.values() for p in c.people)

    @cached_property
    def sites(self) -> PhraseTable:
        """Target class ids by noun for a facility."""
        return PhraseTable((s, c.id) for c in self.targets.values() for s in c.sites)

    @cached_property
    def arms(self) -> PhraseTable:
        """Weapon class ids by noun."""
        return PhraseTable((w, name) for name, words in self.weapons.items() for w in words)

    @cached_property
    def tables(self) -> Mapping[str, PhraseTable]:
        """The plain word lists, and effects as `killed.transitive` and so on, ready for look-up."""
        made = {name: PhraseTable((p, name) for p in words) for name, words in self.lists.items()}
        for name, effect in self.effects.items():
            for part in ("transitive", "intransitive", "witnessed", "states", "nouns", "losses", "loss_verbs"):
                made[f"{name}.{part}"] = PhraseTable((p, name) for p in getattr(effect, part))
        return made

    @cached_property
    def attributions_of(self) -> Mapping[str, tuple[AttributionPattern, ...]]:
        """The patterns of each verb, in the order of the codebook."""
        found: dict[str, list[AttributionPattern]] = {}
        for pattern in self.attributions:
            found.setdefault(pattern.verb, []).append(pattern)
        return {verb: tuple(patterns) for verb, patterns in found.items()}

    @cached_property
    def harm_words(self) -> frozenset[str]:
        """Every word at which an effect can be told: first words of verbs, last ones of states, nouns and losses."""
        found: set[str] = set()
        for effect in self.effects.values():
            verbs = (*effect.transitive, *effect.intransitive, *effect.witnessed)
            found.update(phrase[0].lower() for phrase in verbs)
            found.update(phrase[-1].lower() for phrase in (*effect.states, *effect.nouns, *effect.losses))
        return frozenset(found)

    @cached_property
    def prefilter(self) -> Prefilter:
        """The quick look behind `matters`."""
        words = {max(t.words, key=len) for t in self.triggers}
        for effect in self.effects.values():
            for part in (
                effect.transitive, effect.intransitive, effect.witnessed, effect.states, effect.nouns, effect.losses
            ):  # fmt: skip
                words.update(max(p, key=len) for p in part)
        words.update(max(p, key=len) for p in self.lists.get("casualties", ()))
        for pattern in self.attributions:
            if pattern.about == ("deed",):
                continue  # the deed's own words tell
            if pattern.about == ("attacker",):
                words.update(max(p, key=len) for p in self.lists.get("attackers", ()))
                words.update((pattern.verb,) if pattern.who == "as" else ())  # "named him as X"
                continue
            named = [w for a in pattern.about if (w := max(a.split(), key=_telling)) not in _POINTING]
            free = pattern.about in (("event",), ("any",), ("weapon",))
            free = free or (pattern.stance == "denied" and len(named) < len(pattern.about))
            words.update((pattern.verb,) if free else named)
        words.update(self.ties.prefilter if self.ties is not None else ())
        return Prefilter(form for word in words for form in (*stems(word), *self.irregular.get(word, ())))

    @cached_property
    def actor_prefilter(self) -> Prefilter:
        """The quick look behind `matters_with_actor`."""
        words = set(self.ties.common if self.ties is not None else ())
        words.update(max(phrase, key=len) for phrase in self.lists.get("deeds", ()))
        return Prefilter(form for word in words for form in (*stems(word), *self.irregular.get(word, ())))

    def class_code(self, kind: str, name: str | None, scheme: str, key: str) -> str | None:
        """What `scheme` has under `key` for a class of `targets` or `weapons`; None where the codebook says nothing."""
        return self.class_codes.get(kind, {}).get(name or "", {}).get(scheme, {}).get(key)

    def matters(self, text: str) -> bool:
        """False only if `text` can report neither an event nor, where it names no armed group, a tie; quick, and true
        too often.
        """
        return self.prefilter.matches(text) or _NAMED.search(text) is not None

    def matters_with_actor(self, text: str) -> bool:
        """The same for a text that names an armed group: ordinary words ("leader", "joined") then can tell of ties."""
        return self.matters(text) or self.actor_prefilter.matches(text)

    def is_a(self, event: str | None, ancestor: str) -> bool:
        """True if event type `event` is `ancestor` or descends from it."""
        while event is not None:
            if event == ancestor:
                return True
            known = self.events.get(event)
            event = known.parent if known else None
        return False


def _telling(word: str) -> int:
    """How much a word narrows a quick look: its length, nothing for a pronoun."""
    return 0 if word in _POINTING else len(word)


def _by_head(triggers: tuple[Trigger, ...], pos: str) -> Mapping[str, tuple[Trigger, ...]]:
    table: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        if trigger.pos == pos:
            table.setdefault(trigger.head.lower(), []).append(trigger)
    return {head: tuple(sorted(found, key=lambda t: -len(t.words))) for head, found in table.items()}
