"""When names of actors are one. Invariant: names that differ in a telling word are never alike, however like.

General matchers give "Lashkar-e-Jhangvi" and "Lashkar-e-Taiba", or "Jamaat-ul-Ahrar" and "Hizb-ul-Ahrar", a high
score because most letters agree. Here every word must agree by itself, and what may differ is only what
transliteration leaves open: vowels, doubled letters and the particles of izafat and the article. `name_comparison` asks
less: whether two names *may* be written for one bearer.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, pairwise, product

from rapidfuzz import fuzz

from khabar.resolution.name_forms import name_form
from khabar.resolution.name_lists import known_word, load_name_words, sound
from khabar.resolution.name_pairing import Pair, pairing, skeleton
from khabar.text import fold

__all__ = [
    "alike",
    "block",
    "contains",
    "describes",
    "initials",
    "is_acronym",
    "is_common",
    "is_family_name",
    "is_kunya",
    "is_office",
    "key",
    "names_one",
    "names_parent",
    "node_key",
    "of_person",
    "words",
]

_PARTICLES = frozenset(
    ("e", "i", "al", "el", "ul", "ur", "us", "ut", "uz", "ud", "ad", "as", "ash", "at", "the", "of", "de")
)
_ARTICLES = frozenset(("the", "al", "el"))
_OF = frozenset(("of", "for"))
_VOWELS = frozenset("aeiouy")


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name without particles; all its words where nothing else is left.

    The first word goes only if it is an article: "US army" is not "army".
    """
    every = fold(name).split()
    kept = (w for i, w in enumerate(every) if w not in (_PARTICLES if i else _ARTICLES))
    return tuple(kept) or tuple(every)


@lru_cache(maxsize=65536)
def key(name: str) -> tuple[str, ...]:
    """The consonants of each word: equal for spellings of one name ("Tehrik-i-Taliban", "Tehreek-e-Taliban")."""
    return tuple(_consonants(w) for w in words(name))


@lru_cache(maxsize=65536)
def block(name: str, person: bool) -> tuple[str, ...]:
    """The consonants of the telling words as they sound, sorted: equal for all names that can be `alike`."""
    form = name_form(name, person)
    telling = [w for w in form.words if w not in form.optional] or list(form.words)
    return tuple(sorted(skeleton(w) for w in telling))


def alike(left: str, right: str, person: bool = False, least: float = 60.0) -> bool:
    """Whether two names are spellings of one: the same words in order, but for what transliteration leaves open.

    Words agree if they sound the same, or if their consonants are the same and at least `least` % of their letters. A
    title, or the kind of a body, may be left out. Acronyms are never alike: one letter makes another group. Given
    names that are known to differ (Hassan and Hussein) never agree.
    """
    if is_acronym(left) or is_acronym(right):
        return False
    one, other = name_form(left, person), name_form(right, person)
    found = pairing(one.words, other.words, person, one.foreign != other.foreign)
    free = one.optional | other.optional
    if found.missing_left(free) or found.missing_right(free) or found.turned():
        return False
    if max((len(p.left) for p in found.pairs), default=0) < _LETTERS:
        return False
    if person and found.optional_left_over(free) and len(found.pairs) < _FULL_NAME:
        return False  # "Mullah Omar" is not every Omar
    if len(found.pairs) == 1 and found.pairs[0].how == "slip":
        return False  # of a single word one letter makes another: Ansar, Ansaru
    return all(p.how in ("equal", "sound") or _same_consonants(p, least) for p in found.pairs)


_LETTERS = 3  # one word must have
_FULL_NAME = 2  # words


def _same_consonants(pair: Pair, least: float) -> bool:
    same = pair.how == "slip" and _consonants(pair.left) == _consonants(pair.right)
    return same and fuzz.ratio(pair.left, pair.right) >= least


def contains(long: str, short: str) -> bool:
    """Whether all words of `short`, at least two, stand next to each other in `long`, in any spelling."""
    outer, inner = key(long), key(short)
    size = len(inner)
    return 2 <= size < len(outer) and any(outer[i : i + size] == inner for i in range(len(outer) - size + 1))


def is_kunya(name: str) -> bool:
    """Whether a person is called by a child's name alone: Abu Obaida, Umm Habib."""
    form = name_form(name, True)
    return len(form.words) == _FULL_NAME and form.words[0] in load_name_words().kunya


def is_family_name(name: str) -> bool:
    """Whether a name begins with "son of": bin Laden, ibn Saud; all of the family bear it."""
    first, *rest = fold(name).split() or [""]
    return bool(rest) and first in load_name_words().son_of


def initials(name: str) -> frozenset[str]:
    """The acronyms that the first letters of a name's words make, with and without its particles, in small letters.

    Of words parted by a slash ("Movement/Army") each may stand for both.
    """
    found: set[str] = set()
    for chosen in islice(product(*(token.split("/") for token in name.split())), _READINGS):
        spelled = " ".join(chosen)
        for kept in (fold(spelled).split(), words(spelled)):
            if len(kept) > 1:
                found.add("".join(word[0] for word in kept))
    return frozenset(found)


_READINGS = 8  # of a name with slashes


def is_common(name: str) -> bool:
    """Whether a person's name is a kunya, or one or two common given names ("Abdul Salam"): many people bear it."""
    form = name_form(name, True)
    if is_kunya(name):
        return True
    titled = form.words[0] in form.optional and known_word(form.words[0]) is None
    telling = form.words[titled:]
    common = load_name_words().common
    return len(telling) <= _FULL_NAME and all(
        w in common or known_word(w) or known_word(w.removeprefix("abdul")) for w in telling
    )


def names_one(name: str) -> bool:
    """Whether words name one person: no list ("A and B"), no office, and not begun by a description ("one deceased
    leader").
    """
    every = name.split()
    if is_office(name) or any(word in _LISTING for word in every):
        return False
    first = next((word for word in every if fold(word) not in _PARTICLES and word.lower() not in _SON), "")
    return first.split("-")[-1][:1].isupper() or not first[:1].islower()


_LISTING = frozenset(("and", "&", "or"))
_SON = frozenset(("bin", "ibn", "ben", "bint", "ould"))


def names_parent(long: str, short: str) -> bool:
    """Whether a longer name of a person is one other name and then the whole shorter one, as a child is called before
    the father: Hamza Usama bin Laden, Usama bin Laden. Titles and "Muhammad" before a name are no name of their own.
    """
    one, other = name_form(long, True), name_form(short, True)
    first = one.words[0]
    own = first not in one.optional | one.compound and sound(first) not in load_name_words().honouring
    if not own or len(one.words) != len(other.words) + 1:
        return False
    return all(sound(x) == sound(y) for x, y in zip(one.words[1:], other.words, strict=True))


@lru_cache(maxsize=65536)
def describes(name: str) -> bool:
    """Whether words describe somebody ("gunmen", "the same cell") instead of naming them: not one capital letter.

    In scripts without capitals nothing is taken for a description.
    """
    return any(c.islower() for c in name) and not any(c.isupper() for c in name)


@lru_cache(maxsize=65536)
def node_key(name: str) -> str:
    """The folded name under which mentions of a base are one, without "the" before it; an acronym with small letters is
    not the one without (JeM is not JEM).
    """
    mixed = is_acronym(name) and any(c.islower() for c in name)
    folded = fold(name).removeprefix("the ")
    return f"{folded}~" if mixed else folded


def of_person(name: str, kind: str) -> bool:
    """Whether a name is of a person: who is said to be one is none with "the" before the name ("the Sons of Marib")."""
    return kind == "person" and not name.lower().startswith("the ")


@lru_cache(maxsize=65536)
def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym: one word, most of it capitals ("LeJ", "TTP", "ISIS-K")."""
    letters = [c for c in name if c.isalpha()]
    if not letters or " " in name.strip() or len(letters) > 8:
        return False
    return sum(c.isupper() for c in letters) * 2 > len(letters)


def is_office(name: str) -> bool:
    """Whether words give a person's office ("Head of the Bureau", "leader of Jundullah") instead of a name."""
    return any(word in _OF for word in name.split()[1:])


def _consonants(word: str) -> str:
    kept = "a" if word[0] in _VOWELS else word[0]
    for before, letter in pairwise(word):
        if letter not in _VOWELS and letter != before:
            kept += letter
    return kept
