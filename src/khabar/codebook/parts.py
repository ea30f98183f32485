"""Each section of a codebook, from tree to records. Invariant: every word is either used or complained about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from khabar.codebook.model import (
    AttributionPattern,
    Codebook,
    Effect,
    EventType,
    Frame,
    Modality,
    TargetClass,
    Trigger,
    Unspecific,
)
from khabar.codebook.schemes import CLASS_SCHEMES, ROLES, SCHEMES
from khabar.codebook.ties import TIES
from khabar.codebook.tree import Finding, Item, suggestion
from khabar.codebook.values import PlainValues
from khabar.records import ATTRIBUTION_ROLES, ATTRIBUTION_STANCES, MODALITIES

__all__ = ["Parts"]

_LIGHT = ("does", "deeds", "happens")
_LISTS = ("attackers", "state_agents", "not_people", "not_tolls", "simulations", "figurative", "accidental", "channels",
          "reporting", "not_events", "accidents", "groups", "casualties")  # fmt: skip
_EFFECTS = ("killed", "injured", "arrested", "abducted")
_EFFECT_PARTS = ("transitive", "intransitive", "witnessed", "states", "nouns", "losses", "loss_verbs")
_TOP = (
    "id", "version", "title", "extends", "drop", "frames", "events", "unspecific", "effects", "targets", "weapons",
    "class_codes", "aggregates", "modality", "stances", "attributions", "light_verbs", "irregular", *_LISTS, *TIES,
)  # fmt: skip
_EVENT = (
    "label", "definition", "include", "exclude", "parent", "violent", "state_action", "state_form", "yields_to",
    "of_modality", "mutual", "verbs", "nouns", "cues", "codes", "subtypes",
)  # fmt: skip
_AUXILIARIES = ("predicted_auxiliaries", "hypothetical_auxiliaries", "conditions")
_WHO = ("subject", "object", "attr", "to", "of", "on", "at", "as", "by", "with", "from")


class Parts(PlainValues):
    """Parses one tree; everything wrong goes to `findings`."""

    def __init__(self, tree: Item, findings: list[Finding]) -> None:
        super().__init__(findings)
        self._tree = tree
        self._frames: dict[str, Frame] = {}

    def codebook(self, ties: object = None) -> Codebook:
        """The whole book; `ties` is passed through."""
        top = self._keys(self._tree, _TOP)
        self._frames = {name: self._frame(name, item) for name, item in self._keys(top.get("frames")).items()}
        dropped = self._texts(top.get("drop"))
        events = self._events(top.get("events"), dropped)
        stances = {k: frozenset(self._texts(v)) for k, v in self._keys(top.get("stances")).items()}
        lists = {name: self._phrases(top.get(name)) for name in _LISTS}
        for name in ("quantities", "habits"):
            lists[name] = self._phrases(self._keys(top.get("aggregates"), ("quantities", "habits")).get(name))
        for name in _LIGHT:
            lists[name] = self._phrases(self._keys(top.get("light_verbs"), _LIGHT).get(name))
        return Codebook(
            id=self._text(top, "id", self._tree),
            version=self._text(top, "version", self._tree),
            title=self._text(top, "title", self._tree),
            events=events,
            unspecific=self._unspecific(top.get("unspecific"), events),
            effects={k: self._effect(v) for k, v in self._keys(top.get("effects"), _EFFECTS).items()},
            targets={k: self._target(k, v) for k, v in self._keys(top.get("targets")).items()},
            weapons={k: self._phrases(v) for k, v in self._keys(top.get("weapons")).items()},
            class_codes=self._class_codes(top),
            modality=self._modality(top.get("modality")),
            stances=stances,
            attributions=tuple(p for i in self._items(top.get("attributions")) for p in self._attributions(i)),
            lists=lists,
            irregular={k: self._texts(v) for k, v in self._keys(top.get("irregular")).items()},
            ties=ties,
        )

    # ---------------------------------------------------------------- plain values

    def _flag(self, keys: Mapping[str, Item], name: str, otherwise: bool) -> bool:
        item = keys.get(name)
        if item is None:
            return otherwise
        if item.value not in ("true", "false"):
            self._complain(item, f"{name} is {item.value!r}.", "Write true or false.")
        return item.value == "true"

    def _choice(self, item: Item, known: Iterable[str], what: str) -> str:
        words = tuple(known)
        text = item.value if isinstance(item.value, str) else ""
        if text not in words:
            self._complain(item, f"{text!r} is no {what}.", suggestion(text, words))
        return text

    # ---------------------------------------------------------------- sections

    def _frame(self, name: str, item: Item) -> Frame:
        keys = self._keys(item)
        roles = {k: self._choice(v, ROLES, "role") for k, v in keys.items() if k not in ("effect", "weak", "deadly")}
        effect = self._choice(keys["effect"], _EFFECTS, "effect") if "effect" in keys else None
        return Frame(name, roles, effect, self._flag(keys, "weak", False), self._flag(keys, "deadly", False))

    def _events(self, item: Item | None, dropped: tuple[str, ...]) -> dict[str, EventType]:
        keys = dict(self._keys(item))
        for name in dropped:
            if keys.pop(name, None) is None:
                self._complain(self._tree, f"drop names {name!r}, no event type.", suggestion(name, keys))
        events = {name: self._event(name, inner) for name, inner in keys.items()}
        for name, inner in keys.items():
            for link in ("parent", "state_form", "yields_to"):
                target = inner.value.get(link) if isinstance(inner.value, dict) else None
                if target is not None:
                    self._choice(target, events, "event type")
            self._circle(name, events, inner)
        return events

    def _circle(self, name: str, events: Mapping[str, EventType], item: Item) -> None:
        seen = {name}
        parent = events[name].parent
        while parent is not None and parent in events:
            if parent in seen:
                self._complain(item, "is its own ancestor.", "Take one `parent` away.")
                return
            seen.add(parent)
            parent = events[parent].parent

    def _event(self, name: str, item: Item) -> EventType:
        keys = self._keys(item, _EVENT)
        triggers = self._triggers(keys, name, None)
        for subtype, inner in self._keys(keys.get("subtypes")).items():
            triggers += self._triggers(self._keys(inner, ("verbs", "nouns")), name, subtype)
        return EventType(
            id=name,
            label=self._text(keys, "label", item),
            definition=self._text(keys, "definition", item),
            parent=_name(keys.get("parent")),
            include=self._texts(keys.get("include")),
            exclude=self._texts(keys.get("exclude")),
            violent=self._flag(keys, "violent", True),
            codes=self._codes(keys.get("codes")),
            state_action=self._flag(keys, "state_action", False),
            state_form=_name(keys.get("state_form")),
            yields_to=_name(keys.get("yields_to")),
            of_modality=self._choice(keys["of_modality"], MODALITIES, "modality") if "of_modality" in keys else None,
            mutual=self._flag(keys, "mutual", False),
            cues=self._phrases(keys.get("cues")),
            triggers=tuple(triggers),
        )

    def _triggers(self, keys: Mapping[str, Item], event: str | None, subtype: str | None) -> list[Trigger]:
        found: list[Trigger] = []
        for part, pos in (("verbs", "verb"), ("nouns", "noun")):
            for frame, words in self._keys(keys.get(part)).items():
                if frame not in self._frames:
                    self._complain(words, f"{frame!r} is no frame.", suggestion(frame, self._frames))
                    continue
                for inner in self._items(words):
                    phrase = tuple(inner.value.split()) if isinstance(inner.value, str) else ()
                    if not phrase:
                        self._complain(inner, "needs a word.", "Take the empty entry away.")
                        continue
                    found.append(Trigger(phrase, pos, self._frames[frame], event, subtype, inner.where))
        return found

    def _class_codes(self, top: Mapping[str, Item]) -> dict[str, dict[str, dict[str, dict[str, str]]]]:
        """Kind of class, class, scheme, key: what other codebooks call the classes of targets and weapons."""
        parts = self._keys(top.get("class_codes"), CLASS_SCHEMES)
        return {
            kind: {
                name: self._codes(inner, CLASS_SCHEMES[kind])
                for name, inner in self._keys(parts.get(kind), self._keys(top.get(kind))).items()
            }
            for kind in CLASS_SCHEMES
        }

    def _codes(
        self, item: Item | None, schemes: Mapping[str, Mapping[str, tuple[str, ...]]] = SCHEMES
    ) -> dict[str, dict[str, str]]:
        codes: dict[str, dict[str, str]] = {}
        for scheme, inner in self._keys(item, schemes).items():
            allowed = schemes.get(scheme, {})
            found: dict[str, str] = {}
            for key, value in self._keys(inner, allowed).items():
                words = allowed.get(key)
                if words:
                    found[key] = self._choice(value, words, f"{scheme} {key}")
                elif isinstance(value.value, str):
                    found[key] = value.value
            codes[scheme] = found
        return codes

    def _unspecific(self, item: Item | None, events: Mapping[str, EventType]) -> Unspecific:
        if item is None:
            self._complain(self._tree, "unspecific is missing.", "Add `unspecific: {incident: …, aggregate: …}`.")
            return Unspecific("", "", ())
        keys = self._keys(item, ("incident", "aggregate", "verbs", "nouns"))
        for name in ("incident", "aggregate"):
            if name in keys:
                self._choice(keys[name], events, "event type")
        incident, aggregate = self._text(keys, "incident", item), self._text(keys, "aggregate", item)
        return Unspecific(incident, aggregate, tuple(self._triggers(keys, None, None)))

    def _effect(self, item: Item) -> Effect:
        keys = self._keys(item, _EFFECT_PARTS)
        return Effect(*(self._phrases(keys.get(part)) for part in _EFFECT_PARTS))

    def _target(self, name: str, item: Item) -> TargetClass:
        keys = self._keys(item, ("people", "sites"))
        return TargetClass(name, self._phrases(keys.get("people")), self._phrases(keys.get("sites")))

    def _modality(self, item: Item | None) -> Modality:
        keys = self._keys(item, (*MODALITIES, *_AUXILIARIES))
        words = {w: name for name in MODALITIES for w in self._texts(keys.get(name))}
        return Modality(words, *(frozenset(self._texts(keys.get(name))) for name in _AUXILIARIES))

    def _attributions(self, item: Item) -> list[AttributionPattern]:
        """A pattern for each of its verbs."""
        keys = self._keys(item, ("verb", "stance", "who", "about", "role"))
        choose: Callable[[str, tuple[str, ...]], str] = lambda name, known: (  # noqa: E731
            self._choice(keys[name], known, name) if name in keys else self._text(keys, name, item)
        )
        about = keys.get("about")
        words = (about.value,) if about is not None and isinstance(about.value, str) else self._texts(about)
        role = choose("role", ATTRIBUTION_ROLES) if "role" in keys else "perpetrator"
        stance, who = choose("stance", ATTRIBUTION_STANCES), choose("who", _WHO)
        listed = "verb" in keys and isinstance(keys["verb"].value, list)
        verbs = self._texts(keys["verb"]) if listed else (self._text(keys, "verb", item),)
        return [AttributionPattern(verb, stance, who, words, role) for verb in verbs]


def _name(item: Item | None) -> str | None:
    return item.value if item is not None and isinstance(item.value, str) else None
