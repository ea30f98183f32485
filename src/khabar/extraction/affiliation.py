"""Whose people somebody are, and which group a noun without a name stands for. Invariant: an actor that the words name
or define; "the group" is the one that the text spoke of last, and nobody where that is not clear.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.reading.actor_names import dictionary_actors
from khabar.reading.clauses import apposed, conjuncts, descendants, phrase, prepositional
from khabar.reading.model import ActorMention, Sentence

__all__ = [
    "GROUP_NOUNS",
    "Tie",
    "acronym",
    "belonging",
    "called",
    "country_meant",
    "group_of",
    "is_group",
    "listed",
    "named_group",
    "part_named",
    "single_name",
    "words_between",
    "written_name",
]

GROUP_NOUNS = frozenset(
    {"group", "outfit", "organisation", "organization", "faction", "militia", "movement", "network", "splinter",
     "offshoot", "wing", "branch", "affiliate", "front", "gang", "rebel", "guerrilla", "insurgent", "breakaway"}
)  # fmt: skip
_JOINING = frozenset({"belong", "link", "affiliate", "ally", "connect", "tie", "associate", "align", "owe"})
_SERVING = frozenset({"work", "fight", "act", "operate"})
_FROM = ("of", "from")
_NAMING = frozenset({"call", "name", "know", "term", "dub", "style"})
_LISTING = frozenset({":", "–", "—", "-", ","})
_SMALL = frozenset({"of", "the", "for", "in", "and", "al", "de", "la"})


@dataclass(frozen=True, slots=True)
class Tie:
    """A group that people are said to be of; `doubted` where it is only believed ("thought to belong to")."""

    group: ActorMention
    doubted: bool = False


def is_group(mention: ActorMention) -> bool:
    """True of an organised group that the text names."""
    return mention.kind == "organization" and mention.how != "described"


def belonging(line: IndexedSentence, head: int, book: Codebook) -> list[Tie]:
    """The groups of people: "fighters from X", "men belonging to X", "militants linked to X", "a man thought to be of
    X".
    """
    sentence = line.sentence
    found = [Tie(m) for p in prepositional(sentence, head, *_FROM) if (m := _named(line, p)) is not None]
    doubting = book.stances.get("suspected", frozenset())
    for k in sentence.children[head]:
        if sentence.tokens[k].dep not in ("acl", "relcl", "amod", "advcl"):
            continue
        found += [Tie(m) for m in _joined(line, k)]
        if line.lemmas[k] in doubting:
            inner = [c for c in sentence.children[k] if sentence.tokens[c].dep in ("xcomp", "ccomp")]
            found += [Tie(m, True) for c in inner for m in _joined(line, c)]
    return found + [Tie(m, True) for m in _said_to_be(line, head, doubting)]


def _said_to_be(line: IndexedSentence, head: int, doubting: frozenset[str]) -> list[ActorMention]:
    """The group of "gunmen believed to belong to X killed …", where the parser took "believed" for the verb."""
    sentence = line.sentence
    verb = sentence.tokens[head].head
    bare = not any(sentence.tokens[k].dep in ("aux", "auxpass") for k in sentence.children[verb])
    if sentence.tokens[head].dep != "nsubj" or line.lemmas[verb] not in doubting or not bare:
        return []
    if sentence.tokens[verb].tag not in ("VBD", "VBN"):
        return []
    inner = [c for c in sentence.children[verb] if sentence.tokens[c].dep == "xcomp"]
    return [m for c in inner for m in _joined(line, c)]


def _joined(line: IndexedSentence, verb: int) -> list[ActorMention]:
    """The groups of "belonging to X", "linked with X", "fighting for X", "to be members of X"."""
    sentence, lemma = line.sentence, line.lemmas[verb]
    heads: list[int] = []
    if lemma in _JOINING:
        heads = prepositional(sentence, verb, "to", "with")
    elif lemma in _SERVING:
        heads = prepositional(sentence, verb, "for", "with", "under")
    elif lemma == "be":
        told = [k for k in sentence.children[verb] if sentence.tokens[k].dep == "attr"]
        heads = [*prepositional(sentence, verb, *_FROM), *(p for k in told for p in prepositional(sentence, k, *_FROM))]
        heads += [k for t in told for k in phrase(sentence, t)]
    return [m for h in dict.fromkeys(heads) if (m := _named(line, h)) is not None]


def _named(line: IndexedSentence, head: int) -> ActorMention | None:
    """The group that a noun names, itself or beside it ("the militant group X")."""
    own = line.actor_at(head)
    if own is not None and is_group(own):
        return own
    if own is None or own.how == "described":
        inside = [m for m in line.actors_in_phrase(head) if is_group(m)]
        return inside[0] if inside else next(iter(called(line, head)), None)
    return None


# ------------------------------------------------------------------ what a noun for a group stands for


def named_group(line: IndexedSentence, noun: int, beside: int) -> ActorMention | None:
    """The group that a name in apposition to a noun is; of "the militia X Y" also one taken for a person's name."""
    mention = line.actor_at(beside)
    if mention is None or is_group(mention):
        return mention
    guessed = mention.kind == "person" and mention.how == "statistical" and line.lemmas[noun] in GROUP_NOUNS
    return replace(mention, kind="organization") if guessed else None


def part_named(line: IndexedSentence, head: int) -> list[ActorMention]:
    """The name of a part told beside that of its whole: "a faction of X, Y"."""
    if line.lemmas[head] not in GROUP_NOUNS:
        return []
    wholes = [p for p in prepositional(line.sentence, head, "of", "from") if line.actor_at(p) is not None]
    beside = [a for w in wholes for a in apposed(line.sentence, w) if a > w]
    return [m for a in beside if (m := line.actor_at(a)) is not None and is_group(m)][:1]


def called(line: IndexedSentence, head: int) -> list[ActorMention]:
    """As in "a group known as X", "an outfit calling itself X"."""
    sentence = line.sentence
    found: list[ActorMention] = []
    for k in sentence.children[head]:
        if sentence.tokens[k].dep not in ("acl", "relcl") or line.lemmas[k] not in _NAMING:
            continue
        given = [c for c in sentence.children[k] if sentence.tokens[c].dep in ("oprd", "attr", "dobj")]
        for h in (*prepositional(sentence, k, "as"), *given):
            mention = line.actor_at(h) or written_name(line, h)
            if mention is not None and mention not in found and is_group(mention):
                found.append(mention)
    return found


def listed(line: IndexedSentence, head: int) -> list[ActorMention]:
    """The groups that a noun in the plural sums up: "two groups, X and Y", "rival factions claimed it: X and Y"."""
    sentence = line.sentence
    if not line.plural(head) or line.lemmas[head] not in GROUP_NOUNS:
        return []
    heads = [h for a in apposed(sentence, head) for h in (a, *conjuncts(sentence, a))]
    named = [m for h in heads if (m := line.actor_at(h)) is not None and is_group(m)]
    if len(named) > 1:
        return named
    verb = next((t.i for t in sentence.tokens if t.i > head and t.i == sentence.tokens[head].head), None)
    between = [m for m in line.actors if verb is not None and is_group(m)]
    between = [m for m in between if sentence.tokens[head].end <= m.start < sentence.tokens[verb or 0].start]
    if not named and len(between) > 1 and not prepositional(sentence, head, "of"):
        return between  # "two groups that nobody had heard of, X and Y, told …", which the parser took apart
    after = next((t.i for t in sentence.tokens if t.i > head and t.text == ":"), None)
    if after is None:
        return named
    return [m for m in line.actors if m.start >= sentence.tokens[after].end and is_group(m)] or named


def group_of(mention: ActorMention, line: IndexedSentence, index: Indexed) -> ActorMention | None:
    """The group that a text names beside a person, here or before: "X spokesman Y", "Y of X", "Y, a commander of X"."""
    for number in range(line.index, -1, -1):
        other = index.sentence(number)
        for same in other.actors:
            if same.name != mention.name or same.kind != "person":
                continue
            for token in other.tokens_of(same):
                near = [token, *apposed(other.sentence, token)]
                held = [p for n in near for p in prepositional(other.sentence, n, "of", "for", "from", "with")]
                named = [m for n in near for m in other.actors_in_phrase(n) if is_group(m)]
                named += [m for p in held if (m := other.actor_at(p)) is not None and is_group(m)]
                if named:
                    return named[0]
    return None


def country_meant(line: IndexedSentence, head: int) -> ActorMention | None:
    """The state that the name of a country, or of its capital, stands for, where it is blamed or denies."""
    mention = line.place_at(head)
    if mention is None or mention.place.country is None:
        return None
    made = f"state:{mention.place.country}"
    name = mention.place.name
    if mention.capital:
        token = line.sentence.tokens[head]
        if token.dep == "pobj" and line.lemmas[token.head] not in ("on", "by"):
            return None  # "the road to Baghdad"
        state = dictionary_actors().get(made)
        if state is None:
            return None
        name = state.names[0].text
    elif mention.place.precision != "country":
        return None
    return ActorMention(mention.start, mention.end, mention.text, name, made, "state", "dictionary")


def written_name(line: IndexedSentence, head: int, kind: str = "organization") -> ActorMention | None:
    """A name in capitals that no list knows: two words or more, no place and no known actor."""
    run = _capitals(line.sentence, head)
    if len(run) == 1 and " " not in line.sentence.tokens[run[0]].text:
        return None
    if not run or any(line.actor_at(i) is not None for i in run) or all(line.place_at(i) is not None for i in run):
        return None
    start, end = line.sentence.tokens[run[0]].start, line.sentence.tokens[run[-1]].end
    text = words_between(line, start, end)
    return ActorMention(start, end, text, text, None, kind, "defined")


def single_name(line: IndexedSentence, head: int) -> ActorMention | None:
    """The one word that names a group beside its noun: "a youth group, X"; no place and no known actor."""
    token = line.sentence.tokens[head]
    if token.pos != "PROPN" or not token.text.isalpha() or not token.text[0].isupper():
        return None
    if line.actor_at(head) is not None or line.place_at(head) is not None:
        return None
    if any(line.sentence.tokens[k].dep == "compound" for k in line.sentence.children[head]):
        return None
    return ActorMention(token.start, token.end, token.text, token.text, None, "organization", "defined")


def acronym(line: IndexedSentence, head: int) -> ActorMention | None:
    """A group known to the text by its letters alone: "the MNLA"; three to six capitals that name no place."""
    token = line.sentence.tokens[head]
    letters = token.text.replace("-", "")
    if token.pos not in ("PROPN", "NOUN") or not (3 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()):
        return None
    own = line.actor_at(head)
    if (own is not None and own.how != "described") or line.place_at(head) is not None:
        return None
    return ActorMention(token.start, token.end, token.text, token.text, None, "organization", "defined")


def _capitals(sentence: Sentence, head: int) -> list[int]:
    """The run of capitalised words around a proper noun, with small words between them, from left to right."""
    tokens = sentence.tokens
    if tokens[head].pos != "PROPN" or not tokens[head].text[:1].isupper():
        return []
    inside = set(descendants(sentence, head))
    first = last = head
    for step in (-1, 1):
        i = head + step
        while i in inside and 0 <= i < len(tokens):
            word = tokens[i].text
            if word[:1].isupper() and tokens[i].pos in ("PROPN", "NOUN", "ADJ"):
                first, last = min(first, i), max(last, i)
            elif word.lower() not in _SMALL and word != "-":
                break
            i += step
    return list(range(first, last + 1))


def words_between(line: IndexedSentence, start: int, end: int) -> str:
    """The words of a sentence from one reading offset to another, as they stand."""
    pieces, last = [], start
    for token in line.sentence.tokens:
        if token.start >= start and token.end <= end:
            pieces += [" " * (token.start - last), token.text]
            last = token.end
    return "".join(pieces)
