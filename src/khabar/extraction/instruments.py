"""What a listing or a ban was done under: a resolution, an order, an act. Invariant: an instrument has a number.

"X was listed on 25 January 2001 pursuant to paragraph 8 of resolution 1333 (2000)" names no authority; the resolution
is what the text gives for it.
"""

from __future__ import annotations

from khabar.extraction.indexed import IndexedSentence, Span

__all__ = ["in_instrument", "instrument_after", "instrument_span"]

_HEADS = frozenset({"resolution", "order", "act", "regulation", "decree", "decision", "directive", "law", "statute"})
_BEFORE = frozenset(
    {"security", "council", "executive", "presidential", "federal", "terrorism", "anti-terrorism", "un", "eu"}
)


def instrument_after(line: IndexedSentence, verb: int) -> list[int]:
    """The head word of the first instrument named behind a verb in its sentence, or nothing."""
    heads = (j for j in range(verb + 1, len(line.lemmas)) if instrument_span(line, j) is not None)
    return [j for j in [next(heads, None)] if j is not None]


def instrument_span(line: IndexedSentence, head: int) -> Span | None:
    """Reading offsets of the instrument which a token heads, its number and year among them; None if it heads none."""
    tokens = line.sentence.tokens
    if line.lemmas[head].lower() not in _HEADS and line.lemmas[head].lower().rstrip("s") not in _HEADS:
        return None
    last = head + 1
    if last < len(tokens) and tokens[last].text.lower().rstrip(".") == "no":
        last += 2 if last + 1 < len(tokens) and tokens[last + 1].text == "." else 1
    if last >= len(tokens) or not tokens[last].text[:1].isdigit():
        return None
    year = [t.text for t in tokens[last + 1 : last + 4]]
    if len(year) == 3 and year[0] == "(" and year[2] == ")" and year[1].isdigit():
        last += 3
    first = head
    while first and line.lemmas[first - 1].lower() in _BEFORE:
        first -= 1
    return tokens[first].start, tokens[last].end


def in_instrument(line: IndexedSentence, token: int) -> bool:
    """Whether a token is the number or the year of an instrument: the year of a resolution dates nothing else."""
    at = line.sentence.tokens[token].start
    spans = (instrument_span(line, j) for j in range(max(0, token - 4), token))
    return any(span is not None and span[0] <= at < span[1] for span in spans)
