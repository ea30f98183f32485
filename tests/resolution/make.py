"""Claims in a few words, for the tests of resolution."""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np

from khabar.exchange import claim_id
from khabar.records import (
    Actor,
    ActorName,
    ActorRef,
    Attribution,
    Claim,
    ClaimBody,
    Count,
    EventBody,
    Extractor,
    Passage,
    Place,
    Presence,
    Relation,
    Speaker,
    Statement,
    Target,
    Weapon,
    When,
)
from khabar.resolution import Corpus, DocumentFacts, TypeFacts
from khabar.resolution.blocks import candidates
from khabar.resolution.columns import tabulate
from khabar.resolution.features import FEATURES, find
from khabar.resolution.levels import Pairs
from khabar.resolution.mentions import Mention
from khabar.resolution.weights import load_weights

EXTRACTOR = Extractor("hand", "1", "test@1")
TYPES = TypeFacts(
    parents={
        "bombing": None,
        "suicide_bombing": "bombing",
        "armed_assault": None,
        "assassination": "armed_assault",
        "drone_strike": None,
        "clash": None,
        "arrest": None,
        "raid": None,
        "other": None,
    },
    violent=frozenset({"bombing", "suicide_bombing", "armed_assault", "assassination", "drone_strike", "clash"}),
    general=frozenset({"armed_assault", "other"}),
    state_actions=frozenset({"arrest", "raid", "drone_strike"}),
    mutual=frozenset({"clash"}),
)
_order = count(1)

KABUL = Place("Kabul", "Kabul", 1138958, "city", "AF", "Kabul", None, 34.53, 69.17)
HERAT = Place("Herat", "Herat", 1140026, "city", "AF", "Herat", None, 34.34, 62.2)
QUETTA = Place("Quetta", "Quetta", 1167528, "city", "PK", "Balochistan", None, 30.18, 67.0)
SEHWAN = Place("Sehwan", "Sehwan", 1165000, "city", "PK", "Sindh", None, 26.42, 67.86)
BALOCHISTAN = Place("Balochistan", "Balochistan", 1183606, "adm1", "PK", "Balochistan", precision="adm1")
PAKISTAN = Place("Pakistan", "Pakistan", 1168579, "country", "PK", precision="country")
AFGHANISTAN = Place("Afghanistan", "Afghanistan", 1149361, "country", "AF", precision="country")


def at(document: str, start: int, text: str) -> Passage:
    return Passage(document, start, start + len(text), text)


def when(text: str | None) -> When:
    """2016-10-24, 2016-10, 2016, or two days parted by "/"."""
    if text is None:
        return When()
    if "/" in text:
        first, last = text.split("/")
        return When(first or None, last or None, "range", text)
    if len(text) == 10:
        return When(text, text, "day", text)
    if len(text) == 7:
        last = {"02": "28", "04": "30", "06": "30", "09": "30", "11": "30"}.get(text[5:], "31")
        return When(f"{text}-01", f"{text}-{last}", "month", text)
    return When(f"{text}-01-01", f"{text}-12-31", "year", text)


def toll(value: int | str | Count | None) -> Count | None:
    """61, "29+" for at least 29, "dozens" for at least 24 without a best value."""
    if value is None or isinstance(value, Count):
        return value
    if value == "dozens":
        return Count(24, None, None, value)
    if isinstance(value, str):
        number = int(value.rstrip("+"))
        return Count(number, number, None, f"at least {number}")
    return Count(value, value, value, str(value))


def ref(name: str, id_: str | None = None, kind: str = "organization") -> ActorRef:
    return ActorRef(name, name, id_, kind)


def person(name: str, id_: str | None = None) -> ActorRef:
    return ref(name, id_, "person")


def by(
    name: str, stance: str = "asserted", id_: str | None = None, voice: str | None = None, **more: Any
) -> Attribution:
    return Attribution(ref(name, id_), stance, by=voice, **more)


def claim(kind: Any, body: ClaimBody, document: str, **more: Any) -> Claim:
    start = more.pop("start", None)
    text = more.pop("text", "Something was said here.")
    passage = at(document, next(_order) * 1000 if start is None else start, text)
    speaker = more.pop("speaker", None)
    fields = {
        "kind": kind,
        "passages": (passage,),
        "body": body,
        "extractor": EXTRACTOR,
        "when": when(more.pop("when", None)),
        "speaker": Speaker(speaker) if isinstance(speaker, str) else speaker,
        **more,
    }
    return Claim(id=claim_id(Claim(id="", **fields)), **fields)


def event(document: str, type_: str, place: Place | None = None, date: str | None = None, **more: Any) -> Claim:
    """An event claim; counts as in `toll`, `target` and `weapon` as words or (words, class), `who` attributions.

    Its text names the place and the date, unless `text` is given.
    """
    more.setdefault("text", f"It was at {place.text if place else 'a place'}, {date}.")
    target, weapon, who = more.pop("target", None), more.pop("weapon", None), more.pop("who", ())
    tolls = {f: toll(more.pop(f, None)) for f in ("killed", "injured", "arrested", "abducted", "attackers_killed")}
    body = EventBody(
        type=type_,
        aggregate=more.pop("aggregate", None),
        places=(place,) if place else (),
        attributions=tuple(who) if isinstance(who, (tuple, list)) else (who,),
        targets=(Target(*target) if isinstance(target, tuple) else Target(target),) if target else (),
        weapon=Weapon(*weapon) if weapon else None,
        **tolls,
    )
    return claim("event", body, document, when=date, **more)


def relation(
    document: str, type_: str, subject: ActorRef, object_: ActorRef, date: str | None = None, **more: Any
) -> Claim:
    return claim("relation", Relation(type_, subject, object_), document, when=date, **more)


def presence(document: str, actor: ActorRef, place: Place, status: str = "present", **more: Any) -> Claim:
    return claim("presence", Presence(actor, place, status), document, **more)


def statement(document: str, kind: str, *about: ActorRef, **more: Any) -> Claim:
    return claim("statement", Statement(kind, about), document, **more)


def document(id_: str, publisher: str | None = None, published: str | None = None) -> DocumentFacts:
    day = when(published)
    from khabar.records import Interval

    return DocumentFacts(id_, f"{id_}.txt", None, publisher, Interval(day.earliest, day.latest))


def actor(
    id_: str, *names: str, parent: str | None = None, kind: str = "organization", country: str | None = None
) -> Actor:
    kinds = ["acronym" if n.isupper() and len(n) < 6 else "name" for n in names]
    return Actor(id_, kind, tuple(ActorName(n, k) for n, k in zip(names, kinds, strict=True)), parent, country)


KNOWN = {
    a.id: a
    for a in (
        actor("is", "Islamic State", "Daesh", "ISIL", "IS"),
        actor("isk", "Islamic State Khorasan Province", "ISIS-K", parent="is"),
        actor("taliban", "Taliban"),
        actor("ttp", "Tehrik-i-Taliban Pakistan", "TTP"),
        actor("lej", "Lashkar-e-Jhangvi", "LeJ"),
        actor("let", "Lashkar-e-Taiba", "LeT"),
        actor("pakistan", "Pakistan", kind="state", country="PK"),
    )
}


def corpus(*claims: Claim, **more: Any) -> Corpus:
    more.setdefault("types", TYPES)
    more.setdefault("known", KNOWN)
    documents = more.pop("documents", ())
    return Corpus(claims, {d.id: d for d in documents}, **more)


def level(feature: str, left: Mention, right: Mention) -> str | None:
    """What a comparison finds in two mentions, looked at in this order, or None where it is silent."""
    table = tabulate((left, right))
    rows = [np.array([table.claims.index(m.claim)]) for m in (left, right)]
    code = int(find(Pairs(table, *rows))[feature][0])
    return next(f for f in FEATURES if f.name == feature).levels[code - 1] if code else None


def weight(feature: str, found: str | None) -> float:
    """What a level is worth; silence is worth nothing."""
    return load_weights().levels[feature][found] if found else 0.0


def meetings(*mentions: Mention) -> list[tuple[str, str]]:
    """The pairs of claims that are compared."""
    table = tabulate(mentions)
    return [(table.claims[a], table.claims[b]) for a, b in zip(*candidates(table), strict=True)]
