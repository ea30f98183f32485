"""Who says something through whom. Invariant: the speaker is the one whose words they are, `via` who tells of them.

"An aide said the governor had denied it": the governor denies, via the aide. For verbs of saying, warning, denying and
accusing, whose subject (or by-phrase) speaks.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.slots import doers
from khabar.extraction.ties import Voice
from khabar.reading.clauses import agents, ancestors, is_passive, phrase_span
from khabar.records import Speaker

__all__ = ["said_by", "shown_by"]

_SHOWING = frozenset({"indicate", "show", "suggest", "reveal", "conclude", "warn", "find", "estimate"})
_THINKING = frozenset(
    {"predict", "expect", "foresee", "anticipate", "forecast", "reckon", "fear", "doubt", "think", "assume"}
)
_SOURCES = frozenset(
    {"intelligence", "report", "study", "survey", "figure", "data", "datum", "database", "assessment", "document",
     "official", "source", "record", "monitor", "researcher", "analyst", "expert", "dossier", "agency", "service"}
)  # fmt: skip


def said_by(line: IndexedSentence, verb: int, voice: Voice, text: str) -> Voice:
    """The voice of what a verb of saying holds: its own subject speaks, whoever `voice` has is the chain."""
    passive = is_passive(line.sentence, verb)
    for head in agents(line.sentence, verb) if passive else doers(line, verb):
        made = _speaker(line, head, text)
        if made is None:
            continue
        speaker, span = made
        if voice.speaker is not None and voice.speaker.name != speaker.name:
            speaker = replace(speaker, via=voice.speaker.name)
        return replace(voice, speaker=speaker, spans=(*voice.spans, span))
    return voice


def shown_by(line: IndexedSentence, token: int, voice: Voice, text: str) -> Voice:
    """The voice where a source shows it and not a fact: "intelligence indicates that", not "the attacks indicate"."""
    below = token
    for above in ancestors(line.sentence, token):
        if line.sentence.tokens[below].dep == "ccomp" and voice.speaker is None and _speaks(line, above):
            return said_by(line, above, voice, text)
        below = above
    return voice


def _speaks(line: IndexedSentence, verb: int) -> bool:
    """True of a verb that only people do ("expects"), and of one of showing whose subject is a source or an agency."""
    if line.lemmas[verb] in _THINKING:
        return True
    heads = doers(line, verb) if line.lemmas[verb] in _SHOWING else []
    agency = any((m := line.actor_at(h)) is not None and m.kind in ("agency", "person", "state") for h in heads)
    return agency or any(line.lemmas[h] in _SOURCES for h in heads)


def _speaker(line: IndexedSentence, head: int, text: str) -> tuple[Speaker, tuple[int, int]] | None:
    """A noun or a resolved pronoun as a speaker; who or what an unresolved pronoun means is not known."""
    token = line.sentence.tokens[head]
    mention = line.actor_at(head)
    if mention is None and (token.pos not in ("NOUN", "PROPN") or token.tag in ("WDT", "WP")):
        return None
    start, end = phrase_span(line.sentence, head)
    if mention is not None:
        start, end = min(start, mention.start), max(end, mention.end)
    return Speaker(text[start:end], mention.name if mention is not None else None), (start, end)
