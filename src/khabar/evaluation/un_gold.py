"""The United Nations' list and its narrative summaries as gold. Invariant: gold is what list and prose both say.

A narrative summary tells in prose why somebody was listed; the list itself has the names, other names and the day. What
the list says and the narrative does not mention is no gold for a reader of the narrative.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khabar.evaluation.names import Word, among, occurrences, same_name, spells, stands_alone, words_of

__all__ = [
    "Entry",
    "Narrative",
    "TypedLink",
    "alias_stretches",
    "links",
    "load_list",
    "load_narratives",
    "mentioned",
    "typed_links",
]

_REF = re.compile(r"\((?P<ref>Q[DE][ei]\.\d{3})\)")
_RELATED = re.compile(r"Related listed individuals and entities")
_SENTENCE = re.compile(r"(?<=[a-z)\]”\"\d])[.;]\s+(?=[A-Z])|\n")
# Name, an optional short form in brackets, and the reference of the list.
_LINKED = r"(?P<name>[A-Z][^.,;()]{1,90}?)(?: \([A-Z][\w -]{1,12}\))? \((?P<ref>Q[DE][ei]\.\d{3})\)"
# How a sentence that begins with the listed name may put the tie in words, and the relation types which say the same.
_IS = (
    r"(?:is|was|has been|had been|became|served as|has served as|acted as|is also|was also) "
    r"(?:the |a |an |one of the )?(?:[a-z-]+ ){0,4}"
)
_WORDINGS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (wording, frozenset(types.split()))
    for wording, types in (
        (rf"{_IS}(?:leader|head|emir|amir|chief|commander)s? (?:of|for|in)", "leads led member_of"),
        (rf"{_IS}(?:member|fighter|operative|recruiter|facilitator|trainer)s? (?:of|for|in|within)",
         "member_of leads led"),
        (rf"{_IS}(?:financier|fundraiser)s? (?:of|for)", "funds member_of"),
        (rf"{_IS}(?:co-founder|founder)s? of", "founded"),
        (r"(?:founded|co-founded|established|formed|created)", "founded"),
        (rf"{_IS}(?:spokesman|spokesperson|spokeswoman) (?:of|for)", "spokesperson_of member_of"),
        (r"(?:(?:is|was|has been|had been) )?(?:[a-z-]+ ){0,2}(?:associated|affiliated|linked) (?:with|to)",
         "affiliated_with allied_with"),
        (r"(?:has|had|have) (?:[a-z-]+ ){0,2}(?:links|ties|connections) (?:to|with)", "affiliated_with allied_with"),
        (r"(?:publicly |has |have |had )*(?:pledged|swore|sworn|declared) (?:[a-z-]+ ){0,3}(?:allegiance|loyalty) to",
         "pledged_allegiance"),
        (r"(?:has |had |re)?joined(?: the ranks of)?", "member_of merged_into"),
        (r"(?:split|broke away|broke|splintered|separated) from", "split_from"),
        (rf"{_IS}(?:branch|wing|faction|affiliate|front|arm|cell) of", "part_of affiliated_with"),
        (r"(?:funded|financed|supported|has supported|has financed)", "funds allied_with"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list: its reference, listed name and other names."""

    ref: str
    name: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The listed name and the others."""
        return (self.name, *self.aliases)

    def bears(self, name: str) -> bool:
        """Whether a name is one of the entry's, or a short form of the listed one."""
        return any(same_name(name, own) for own in self.names) or among(name, self.name) or self._longer(name)

    def _longer(self, name: str) -> bool:
        """Whether a name holds all of the listed one, and more ("the Third")."""
        return len(words_of(self.name)) > 1 and among(self.name, name)


@dataclass(frozen=True, slots=True)
class Narrative:
    """A narrative summary with the entry it is about and the day of listing (ISO)."""

    entry: Entry
    listed_on: str
    text: str

    @property
    def prose_end(self) -> int:
        """Where the prose ends and the table of related entries begins."""
        table = _RELATED.search(self.text)
        return table.start() if table else len(self.text)


@dataclass(frozen=True, slots=True)
class TypedLink:
    """A tie of the listed one to another entry which a sentence of a plain form states."""

    ref: str
    types: frozenset[str]
    sentence: str


def load_list(path: Path) -> dict[str, Entry]:
    """The entries of the consolidated list by reference."""
    return {str(row["ref"]): _entry(row) for row in _rows(path)}


def load_narratives(path: Path) -> list[Narrative]:
    """The narrative summaries, in the file's order."""
    return [Narrative(_entry(row), str(row["listed_on"])[:10], str(row["narrative"])) for row in _rows(path)]


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _entry(row: Mapping[str, Any]) -> Entry:
    """Names as single names: several in one field are parted, remarks in brackets left out, short forms kept."""
    whole = str(row["name"])
    listed = re.sub(r"(?<!\s)\s*[(/].*", "", whole) or whole
    inside = [short for short in re.findall(r"[(/]\s*([^()/]+)", whole) if spells(short, listed)]
    parts = [p for a in row["aliases"] for p in re.split(r";|, (?=[A-Z]{2})", re.sub(r"\([^()]*\)", "", a["name"]))]
    aliases = dict.fromkeys(p.strip() for p in [*inside, *parts] if words_of(p))
    return Entry(str(row["ref"]), listed, tuple(a for a in aliases if a != listed))


# ------------------------------------------------------------------ names


def alias_stretches(entry: Entry, text: str, words: Sequence[Word]) -> list[str]:
    """The other names of an entry that its narrative mentions as names, in the narrative's spelling, one a name.

    Left out are spellings and short forms of the listed name, and stretches inside the listed name or a longer name.
    Nothing, where the text does not mention the listed name.
    """
    listed = list(occurrences(entry.name, words))
    if not listed:
        return []
    found: list[str] = []
    for alias in entry.aliases:
        if among(alias, entry.name):
            continue
        for start, end in occurrences(alias, words):
            if any(start < e and s < end for s, e in listed) or not stands_alone(text, words, (start, end)):
                continue
            if not any(same_name(text[start:end], other) for other in found):
                found.append(text[start:end])
            break
    return found


# ------------------------------------------------------------------ links


def links(narrative: Narrative) -> dict[str, str]:
    """References of other entries in the prose, with the sentence that first has each.

    Of two persons nothing is asked: whom somebody met, helped or is related to is no tie of a conflict codebook.
    """
    return {ref: words for ref, words in mentioned(narrative).items() if not _both_persons(narrative, ref)}


def mentioned(narrative: Narrative) -> dict[str, str]:
    """References of other entries, persons among them, in the prose, with the sentence that first has each."""
    found: dict[str, str] = {}
    for sentence in _sentences(narrative):
        for match in _REF.finditer(sentence):
            if match["ref"] != narrative.entry.ref:
                found.setdefault(match["ref"], sentence)
    return found


def _both_persons(narrative: Narrative, ref: str) -> bool:
    return ref.startswith("QDi") and narrative.entry.ref.startswith("QDi")


def typed_links(narrative: Narrative) -> list[TypedLink]:
    """Ties which a sentence states that begins with the listed name (or he, she, it) and goes on in a known wording."""
    found: dict[str, TypedLink] = {}
    for sentence in _sentences(narrative):
        begin = _subject_end(sentence, narrative.entry)
        if begin is None:
            continue
        for wording, types in _WORDINGS:
            match = re.match(rf"(?:,? \([^)]*\),?)? {wording} (?:the )?(?:group )?{_LINKED}", sentence[begin:])
            if match and match["ref"] != narrative.entry.ref and _one_name(match["name"]):
                if _both_persons(narrative, match["ref"]):
                    break
                before = found.get(match["ref"])
                either = types | before.types if before else types
                found[match["ref"]] = TypedLink(match["ref"], either, sentence)
                break
    return list(found.values())


def _one_name(words: str) -> bool:
    """Whether the words before a reference are one name and no clause."""
    return re.search(r"\b(?:is|was|who|which|has|had|leaders?|members?|under)\b", words) is None


def _subject_end(sentence: str, entry: Entry) -> int | None:
    pronoun = re.match(r"(?:He|She|It)(?= )", sentence)
    if pronoun:
        return pronoun.end()
    head = words_of(sentence[:120])
    for name in sorted({entry.name, entry.name.split()[-1]}, key=len, reverse=True):
        for start, end in occurrences(name.title(), head):
            return end if not re.search(r"[a-z]{2} ", sentence[:start]) else None
    return None


def _sentences(narrative: Narrative) -> Iterator[str]:
    begin = 0
    prose = narrative.text[: narrative.prose_end]
    for stop in [*_SENTENCE.finditer(prose), None]:
        piece = prose[begin : stop.start() if stop else len(prose)].strip()
        if piece:
            yield re.sub(r"\s+", " ", piece)
        begin = stop.end() if stop else begin
