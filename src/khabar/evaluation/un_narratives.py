"""Names, listings and ties in the United Nations' narrative summaries. Invariant: the list of actors is switched off,
so that what is found was found in the prose.

* **Aliases.** Gold: pairs (listed name, other name of the entry) that both stand in the narrative as names. Found,
  if its alias claims join the two, directly or over a third name. A claimed pair is right *by the
  list* if one entry bears both names, and *in the prose* if its evidence says so: a marker ("also known as", "alias",
  "formerly" …) stands between the two whole names, or the one stands in brackets after the other and spells initials.
* **Listings.** Gold: the day of listing, where the narrative gives it. Found, if a designation of the listed has it.
* **Links.** Gold: other entries which the prose mentions with their reference, pairs of two persons left out. Found, if
  a claim ties the listed one to them; typed where the prose decides (`un_gold.typed_links`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from khabar.evaluation.model import Measure, Outcome, Slip
from khabar.evaluation.names import among, same_name, spells, stands_alone, words_of
from khabar.evaluation.score import Share, Tally
from khabar.evaluation.system import GoldText, System
from khabar.evaluation.un_gold import (
    Entry,
    Narrative,
    alias_stretches,
    links,
    load_list,
    load_narratives,
    mentioned,
    typed_links,
)
from khabar.records import Claim, Relation

__all__ = ["MEASURE", "Scores", "names_joined", "stated", "un_narratives"]

_NARRATIVES = "data/un/narratives_dev.jsonl"
_LIST = "data/un/consolidated_list_2026-02-27.jsonl"
_MARKER = re.compile(
    r"\b(?:a\.?k\.?a|alias(?:es)?|known|formerly|previously|nom de guerre|kunya|pseudonym|born|names?|named|renamed|"
    r"rebranded|call(?:ed|ing|s)|listed as|under the|meaning|in Arabic|initials)\b",
    re.IGNORECASE,
)
_REACH = 90  # characters between two names within which a marker may join them


def un_narratives(root: Path, system: System) -> Outcome:
    """Read the narratives under `root` without the list of actors and score names, listings and links."""
    entries = load_list(root / _LIST)
    narratives = load_narratives(root / _NARRATIVES)
    texts = [GoldText(n.text, f"{n.entry.ref}.txt") for n in narratives]
    scores = Scores(entries)
    for narrative, (_, claims) in zip(narratives, system.extract(texts, known_actors=False), strict=True):
        scores.add(narrative, claims)
    return scores.outcome()


class Scores:
    """Counts over narratives; `entries` are all of the list, by reference."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._every = tuple(entries.values())
        self._own, self._any = Share(), Share()
        self._by_list, self._in_prose = Share(), Share()
        self._dates, self._dates_claimed = Share(), Share()
        self._linked, self._typed = Share(), Tally()
        self._slips: list[Slip] = []

    def add(self, narrative: Narrative, claims: Sequence[Claim]) -> None:
        """Score one narrative's claims."""
        relations = [(c, c.body) for c in claims if isinstance(c.body, Relation)]
        self._aliases(narrative, [(c, r) for c, r in relations if r.type == "alias_of"])
        self._listing(narrative, [(c, r) for c, r in relations if r.type == "designated_by"])
        self._links(narrative, relations)

    def outcome(self) -> Outcome:
        """The figures, and every slip."""
        figures = (
            self._own.figure("aliases: recall"),
            self._in_prose.figure("aliases: precision", "by the list, or stated in the prose"),
            self._by_list.figure("aliases: precision by the list alone"),
            self._any.figure("aliases of any listed one: recall"),
            self._dates.figure("listing dates: recall"),
            self._dates_claimed.figure("listing dates: precision"),
            self._linked.figure("linked entries tied: recall", "entries the prose mentions"),
            self._typed.figure("linked entries: typed F1"),
        )
        return Outcome(figures, tuple(self._slips))

    # ---------------------------------------------------------------- aliases

    def _aliases(self, narrative: Narrative, found: Sequence[tuple[Claim, Relation]]) -> None:
        groups = names_joined([r for _, r in found])
        words = words_of(narrative.text)
        mentioned = [(e, alias_stretches(e, narrative.text, words)) for e in self._candidates(narrative)]
        for entry, aliases in mentioned:
            for alias in aliases:
                hit = any(_holds(group, alias, entry) for group in groups)
                self._any.add(hit)
                if entry.ref == narrative.entry.ref:
                    self._own.add(hit)
                if not hit:
                    at = narrative.text.find(alias)
                    around = narrative.text[max(0, at - 100) : at + len(alias) + 40]
                    cause = "a marker stands before it" if _MARKER.search(around[:100]) else "no marker beside it"
                    self._slip(narrative, "missed", "alias", cause, f"{entry.name} = {alias}", around)
        for claim, relation in _distinct(found):
            one, other = relation.subject.text, relation.object.text
            listed = any(_bears(e, relation, one, other) for e in self._every)
            said = listed or stated(narrative.text, claim, relation)
            self._by_list.add(listed)
            self._in_prose.add(said)
            if not said:
                quote = claim.passages[0].quote
                self._slip(narrative, "false", "alias", "not stated in the prose", "", quote, f"{one} = {other}")

    def _candidates(self, narrative: Narrative) -> Iterator[Entry]:
        """The entry itself and those which the narrative refers to."""
        yield Entry(narrative.entry.ref, narrative.entry.name, narrative.entry.aliases)
        for ref in mentioned(narrative):
            if ref in self._entries:
                yield self._entries[ref]

    # ---------------------------------------------------------------- listings

    def _listing(self, narrative: Narrative, found: Sequence[tuple[Claim, Relation]]) -> None:
        own = [c for c, r in found if _is(narrative.entry, (r.subject.text, r.subject.name))]
        days = {(c.when.earliest, c.when.latest) for c in own if c.when.earliest}
        wanted = narrative.listed_on
        said = _said(wanted, narrative.text)
        if said is None:
            return
        hit = (wanted, wanted) in days
        self._dates.add(hit)
        for day in days:
            self._dates_claimed.add(day == (wanted, wanted))
        if not hit:
            cause = "the listing is not found" if not own else "another date"
            self._slip(narrative, "missed", "listing", cause, wanted, said, "; ".join(str(d[0]) for d in days))

    # ---------------------------------------------------------------- links

    def _links(self, narrative: Narrative, found: Sequence[tuple[Claim, Relation]]) -> None:
        tied = [(r.type, other) for _, r in found for other in _others(narrative.entry, r)]
        for ref, sentence in links(narrative).items():
            names = self._named(narrative, ref)
            hit = any(_matches(names, other) for _, other in tied)
            self._linked.add(hit)
            if not hit:
                self._slip(narrative, "missed", "link", "no tie to the linked entry", f"{ref} {names[0]}", sentence)
        for link in typed_links(narrative):
            names = self._named(narrative, link.ref)
            types = {kind for kind, other in tied if _matches(names, other)} - {"designated_by"}
            if types & link.types:
                self._typed.add(right=1)
            else:
                self._typed.add(missed=1, wrong=1 if types else 0)
                cause = "tied in another way" if types else "no tie where the sentence is plain"
                wanted = f"{'|'.join(sorted(link.types))} {names[0]}"
                self._slip(narrative, "missed", "typed link", cause, wanted, link.sentence, "|".join(sorted(types)))

    def _named(self, narrative: Narrative, ref: str) -> list[str]:
        """The names of an entry, and the words before its reference in this narrative."""
        names = list(self._entries[ref].names) if ref in self._entries else []
        pattern = rf"((?:\w|[^\w\s(),;])+(?: [^\s(),;]+){{0,8}}?)(?: \(([A-Z][\w-]*)\))? \({re.escape(ref)}\)"
        for match in re.finditer(pattern, narrative.text[: narrative.prose_end]):
            capitals = re.search(r"[A-Z].*\Z", match[1])
            names += [n for n in (capitals and capitals[0], match[2]) if n]
        return names or [ref]

    def _slip(
        self, narrative: Narrative, kind: str, what: str, cause: str, expected: str, sentence: str, found: str = ""
    ) -> None:
        self._slips.append(Slip(narrative.entry.ref, kind, what, cause, expected, found, sentence))


# ------------------------------------------------------------------ pairs of names


def names_joined(relations: Sequence[Relation]) -> list[list[str]]:
    """Groups of names which alias claims join, directly or over a third name."""
    groups: list[list[str]] = []
    for relation in relations:
        group = [relation.subject.text, relation.subject.name, relation.object.text, relation.object.name]
        apart = []
        for other in groups:
            if any(same_name(a, b) for a in group for b in other):
                group = group + other
            else:
                apart.append(other)
        groups = [*apart, list(dict.fromkeys(group))]
    return groups


def _holds(group: Sequence[str], alias: str, entry: Entry) -> bool:
    return any(same_name(alias, n) for n in group) and any(_is(entry, (n,)) and not same_name(alias, n) for n in group)


def _bears(entry: Entry, relation: Relation, one: str, other: str) -> bool:
    left = entry.bears(one) or entry.bears(relation.subject.name)
    right = entry.bears(other) or entry.bears(relation.object.name)
    return left and right and not same_name(one, other)


def stated(text: str, claim: Claim, relation: Relation) -> bool:
    """Whether the prose itself says that the two names are one: a marker beside whole names, or spelled initials."""
    passage = claim.passages[0]
    words = words_of(text)
    spans = []
    for name in (relation.subject.text, relation.object.text):
        at = text.find(name, passage.start, passage.end)
        if at < 0 or not (stands_alone(text, words, (at, at + len(name))) or " " not in name):
            return False
        spans.append((at, at + len(name)))
    first, second = sorted(spans)
    between = text[first[1] : second[0]]
    if _MARKER.search(between) or _MARKER.search(text[max(0, first[0] - 30) : first[0]]):
        return len(between) <= _REACH
    return re.fullmatch(r",?\s*(?:or )?[(“\"‘]{1,2}(?:the |or )?", between) is not None and spells(
        text[second[0] : second[1]], text[first[0] : first[1]]
    )


def _distinct(found: Sequence[tuple[Claim, Relation]]) -> Iterator[tuple[Claim, Relation]]:
    """One claim a pair of names."""
    seen: list[tuple[str, str]] = []
    for claim, relation in found:
        pair = (relation.subject.text, relation.object.text)
        if not any(same_name(pair[0], a) and same_name(pair[1], b) for a, b in seen):
            seen.append(pair)
            yield claim, relation


# ------------------------------------------------------------------ sides of a tie


def _is(entry: Entry, names: Sequence[str]) -> bool:
    return any(entry.bears(name) for name in names)


def _others(entry: Entry, relation: Relation) -> Iterator[tuple[str, str]]:
    """The other side of a tie of the listed one."""
    left, right = relation.subject, relation.object
    if _is(entry, (left.text, left.name)):
        yield right.text, right.name
    if _is(entry, (right.text, right.name)):
        yield left.text, left.name


def _matches(names: Sequence[str], side: tuple[str, str]) -> bool:
    return any(
        same_name(name, said) or (among(said, name) and len(words_of(said)) > 1) for name in names for said in side
    )


def _said(day: str, text: str) -> str | None:
    """The words that give the day, or None where the text does not."""
    when = date.fromisoformat(day)
    found = re.search(rf"\b{when.day}\s*{when:%B}\s*{when.year}\b", text)
    return text[max(0, found.start() - 60) : found.end() + 60] if found else None


MEASURE = Measure(
    "un-narratives",
    "Aliases, listings and ties in prose, without the list of actors",
    "shared",
    (_NARRATIVES, _LIST),
    "UN Security Council narrative summaries (development half) and consolidated list of 27 February 2026",
    un_narratives,
)
