"""Which event type a unit reports. Invariant: the codebook decides; this module knows no type by name.

A specific trigger gives its type; a cue beside it may make it a descendant ("bombing" with "suicide bomber"), or the
type that it yields to. An unspecific report or a bare toll takes the type of the first cue, else the codebook's type
for unspecific incidents.
What a state does takes the type's `state_form`.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook, Trigger
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import ancestors, prepositional

__all__ = ["Kind", "cue_types", "kind_of", "refine"]

_EMPLOYING = frozenset({"use", "fly", "send", "launch", "deploy", "scramble", "employ", "pilot", "operate"})
_BEARING = frozenset({"with", "arm", "carry", "wield"})


@dataclass(frozen=True, slots=True)
class Kind:
    """Type and subtype of an event; `unspecific` where the text does not say how it was done."""

    type: str
    subtype: str | None
    unspecific: bool


def kind_of(unit: Unit, hits: list[Hit], by_state: bool, book: Codebook) -> Kind:
    """The type that `hits`, among the reports of a unit, give it."""
    specific = [(h.trigger, h.token) for h in hits if h.trigger is not None and h.trigger.event is not None]
    cues = cue_types(unit, book)
    chosen = _main(specific, book)
    plain = any(h.trigger is not None and h.trigger.event is None for h in hits)
    if chosen is not None and plain and chosen.frame.weak and not book.events[chosen.event or ""].violent:
        chosen = None  # "in a separate incident two soldiers died when X attacked a convoy" tells of an attack
    if chosen is None or chosen.event is None:
        event, subtype, unspecific = (
            (refine(cues[0], cues, book), None, False) if cues else (book.unspecific.incident, None, True)
        )
    else:
        event, subtype, unspecific = refine(chosen.event, cues, book), chosen.subtype, False
    acts = [c for c in cues if book.events[c].state_action]
    if by_state and acts:
        return Kind(acts[0], None, False)
    known = book.events.get(event)
    if by_state and known is not None and known.state_form:
        return Kind(known.state_form, None, False)
    return Kind(event, subtype, unspecific)


def _main(found: list[tuple[Trigger, int]], book: Codebook) -> Trigger | None:
    """The report that names the incident: violence before the rest, then a descendant before its ancestor, then the
    first in the text.
    """
    if not found:
        return None

    def rank(pair: tuple[Trigger, int]) -> tuple[bool, int, bool, int]:
        trigger, token = pair
        known = book.events.get(trigger.event or "")
        grave = known is not None and (known.violent or known.state_action)
        return (not grave, -_depth(trigger.event, book), trigger.frame.weak, token)

    return min(found, key=rank)[0]


def _depth(event: str | None, book: Codebook) -> int:
    depth = 0
    while event is not None and event in book.events:
        event = book.events[event].parent
        depth += 1
    return depth


def cue_types(unit: Unit, book: Codebook) -> list[str]:
    """Types whose cues stand in the unit, the most special first, then in text order."""
    lemmas = [lemma if i in unit.tokens else "" for i, lemma in enumerate(unit.line.lemmas)]
    words = [t.text.lower() if t.i in unit.tokens else "" for t in unit.line.sentence.tokens]
    fake = {"fake", "hoax", "dummy", "mock"}
    found: dict[str, int] = {}
    for table in (lemmas, words):
        for first, last, event in book.cues.find(table):
            if any(w in fake for w in words[max(0, first - 2) : first]) or _borne(unit, first, event, book):
                continue
            if not (book.events[event].state_action and _aimed_at(unit, last)):
                found.setdefault(event, first)
    kept = [e for e in found if not any(f != e and book.is_a(f, e) for f in found)]
    return sorted(kept, key=lambda e: (-_depth(e, book), found[e]))


def _aimed_at(unit: Unit, cue: int) -> bool:
    """True of the helicopter of "fired at a helicopter", "shot down a helicopter": it is hit and hits nobody."""
    tokens = unit.line.sentence.tokens
    token = tokens[cue]
    events = {h.token for h in unit.hits}
    if token.dep in ("dobj", "nsubjpass"):
        return unit.line.lemmas[token.head] not in _EMPLOYING
    above = tokens[token.head]
    return token.dep == "pobj" and unit.line.lemmas[above.i] in ("at", "on", "against") and above.head in events


def _borne(unit: Unit, cue: int, event: str, book: Codebook) -> bool:
    """True of the arms that attackers bring along and that explode: "men with mortars stormed the camp"."""
    tokens = unit.line.sentence.tokens
    known = book.arms.get(unit.line.lemmas[cue])
    if known is None:
        return False
    with_them = next((a for a in ancestors(unit.line.sentence, cue) if unit.line.lemmas[a] in _BEARING), None)
    if with_them is None:
        return False
    bearer = tokens[with_them].head
    doing = tokens[tokens[bearer].head].pos == "VERB" and tokens[bearer].dep in ("nsubj", "nsubjpass", "pobj")
    named = {unit.line.lemmas[k] for k in (bearer, *prepositional(unit.line.sentence, bearer, "of"))}
    people = any(word in book.people or word in book.tables["attackers"] for word in named)
    return doing and people and not book.is_a(event, book.unspecific.incident)


def refine(event: str, cues: list[str], book: Codebook) -> str:
    """`event`, or the first cue type that descends from it or that it yields to."""
    if (known := book.events.get(event)) is not None and known.yields_to is not None:
        stronger = next((c for c in cues if book.is_a(c, known.yields_to or "")), None)
        if stronger is not None:
            return stronger
    return next((c for c in cues if c != event and book.is_a(c, event)), event)
