"""A sentence parted into units, each telling of one incident. Invariant: every token belongs to exactly one unit,
and a cut is made only at an edge of the syntax tree (`khabar.extraction.cuts`), at a semicolon, or at a date that
begins a new clause ("…, on 25 March gunmen …").
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.cuts import cuts, time_before
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.extraction.triggers import Hit

__all__ = ["Unit", "split_units"]


@dataclass(slots=True)
class Unit:
    """The part of a sentence that tells of one incident: its tokens, and the hits among them."""

    line: IndexedSentence
    tokens: frozenset[int]
    hits: list[Hit]
    alone: bool = True

    @property
    def span(self) -> Span:
        """Reading offsets of the evidence: the whole sentence if the unit is alone in it, else from its first token
        to its last.
        """
        sentence = self.line.sentence
        if self.alone:
            return sentence.start, sentence.end
        tokens = sorted(self.tokens)
        while len(tokens) > 1 and sentence.tokens[tokens[-1]].pos in ("PUNCT", "CCONJ", "SPACE"):
            tokens.pop()
        while len(tokens) > 1 and sentence.tokens[tokens[0]].pos in ("PUNCT", "CCONJ", "SPACE"):
            tokens.pop(0)
        return sentence.tokens[tokens[0]].start, sentence.tokens[tokens[-1]].end


def split_units(line: IndexedSentence, hits: list[Hit], book: Codebook) -> list[Unit]:
    """The units of a sentence that hold hits, in text order."""
    if not hits:
        return []
    owner = _joined(_components(line, cuts(line, hits, book)), _segments(line, hits))
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(owner[hit.token], []).append(hit)
    owner = _with_strays(owner, set(groups))
    units = []
    for root, found in groups.items():
        tokens = frozenset(i for i, o in enumerate(owner) if o == root)
        units.append(Unit(line, tokens, found, alone=len(groups) == 1))
    return sorted(units, key=lambda u: u.hits[0].token)


def _with_strays(owner: list[int], told: set[int]) -> list[int]:
    """Owners where what the parser left without a head that reports belongs to the report before it, or the next."""
    if set(owner) <= told:
        return owner
    mended: list[int] = []
    before = next(o for o in owner if o in told)
    for own in owner:
        before = own if own in told else before
        mended.append(before)
    return mended


def _segments(line: IndexedSentence, hits: list[Hit]) -> list[int]:
    """For each token the number of the stretch of text it stands in; a new one begins at a semicolon, and at a date
    that opens a clause after another date, if something is reported on both sides.
    """
    tokens = line.sentence.tokens
    borders = [t.i + 1 for t in tokens if t.text == ";"]
    days = [
        (line.first_token(d), d)
        for d in line.dates
        if d.earliest is not None and d.precision == "day" and d.end > line.dateline
    ]
    for k, (first, mention) in enumerate(days):
        if k == 0 or first is None or mention.earliest == days[k - 1][1].earliest:
            continue
        start = first - 1 if first and tokens[first - 1].text.lower() in ("on", "in") else first
        before = tokens[start - 1] if start else None
        opens = before is not None and (before.text == "," or before.text.lower() in ("and", "while", "but"))
        if opens and _clause_follows(line, mention.end):
            borders.append(start)
    borders += [time_before(line, t.i) for t in tokens if line.lemmas[t.i] in ("after", "before")]
    numbers = [0] * len(tokens)
    current = 0
    begun = 0
    for border in sorted(b for b in borders if b > 0):
        left = any(begun <= h.token < border for h in hits)
        if left and any(h.token >= border for h in hits):
            current += 1
            begun = border
            for i in range(border, len(tokens)):
                numbers[i] = current
    return numbers


def _clause_follows(line: IndexedSentence, end: int) -> bool:
    """True if a subject stands behind a date: "…, on 25 March gunmen …", but not "…, two days earlier and killed"."""
    return any(t.start >= end and t.dep in ("nsubj", "nsubjpass", "expl") for t in line.sentence.tokens)


def _joined(owner: list[int], segments: list[int]) -> list[int]:
    """Owners within segments: the pieces that one unit leaves in one segment stay one unit."""
    if not segments or segments[-1] == 0:
        return owner
    first: dict[tuple[int, int], int] = {}
    joined = []
    for i, (own, segment) in enumerate(zip(owner, segments, strict=True)):
        joined.append(first.setdefault((segment, own), i))
    # what hangs on a word of another segment belongs to the main piece of its own
    sizes: dict[int, int] = {}
    for mine in joined:
        sizes[mine] = sizes.get(mine, 0) + 1
    homes = {
        seg: [m for m, own, s in zip(joined, owner, segments, strict=True) if s == seg and segments[own] == seg]
        for seg in set(segments)
    }
    strays = {seg: [m for m, s in zip(joined, segments, strict=True) if s == seg] for seg in set(segments)}
    main = {seg: max(homes[seg] or strays[seg], key=lambda m: sizes[m]) for seg in set(segments)}
    return [mine if segments[own] == seg else main[seg] for mine, own, seg in zip(joined, owner, segments, strict=True)]


def _components(line: IndexedSentence, cuts: set[int]) -> list[int]:
    """For each token the topmost token of its unit."""
    tokens = line.sentence.tokens
    owner = [-1] * len(tokens)
    for start in range(len(tokens)):
        path = []
        i = start
        while owner[i] < 0:
            path.append(i)
            if i in cuts or tokens[i].head == i:
                owner[i] = i
                break
            i = tokens[i].head
        for p in path:
            owner[p] = owner[i]
    return owner
