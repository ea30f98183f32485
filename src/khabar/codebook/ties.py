"""Ties, presence and statements as a codebook defines them. Invariant: every word of the sections is used or
complained about.

A relation type lists its wording as patterns: a verb or a noun, the words that must stand beside it, and where the two
sides stand: `agent` and `patient` of a verb (the passive is understood), `of` a noun (also "X's leader", "X leader"),
`is` (whom the noun is said of: "Y, the leader"), `itself` (the noun's own phrase), or after a preposition. Of a verb
there are also `dative` ("declared X a terrorist group"), `instrument` ("listed under resolution 1333"), `complement`
("was renamed X"), `forming` ("united to form X") and `whose` ("put on the list of X"), of a noun `clause` (who does
what the clause says) and `named` ("under the name X").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khabar.codebook.lookup import Phrase
from khabar.codebook.model import RelationType
from khabar.codebook.tree import Finding, Item, suggestion
from khabar.codebook.values import PlainValues
from khabar.records import STATEMENT_KINDS

__all__ = ["DRAWN", "MEANS", "PREPOSITIONS", "TIES", "PresenceCue", "StatementRule", "TiePattern", "Ties", "parse_ties"]

TIES = ("tie_words", "relation_types", "presence", "statements")
PREPOSITIONS = (
    "to", "with", "from", "by", "against", "between", "among", "in", "into", "as", "for", "on", "of", "under", "behind",
    "through", "during", "toward", "towards", "over", "at", "across", "within", "throughout", "inside", "near",
    "alongside",
)  # fmt: skip
_SLOTS = (
    "agent", "patient", "dative", "is", "itself", "clause", "named", "instrument", "complement", "forming", "whose",
    *PREPOSITIONS,
)  # fmt: skip
_SIDES = ("subject", "object", "pair")
_KINDS = ("organization", "person", "state", "agency", "incident", "instrument")
_WORDS = ("alone", "past", "members", "militant", "incidents", "areas", "hedges")
_RELATION = (
    "label", "definition", "direction", "symmetric", "subject", "object", "public", "past_form", "indefinite_form",
    "drawn", "means", "lasting", "ends", "patterns",
)  # fmt: skip
DRAWN = ("split", "merger", "founding", "succession", "part", "pledge", "affiliation", "alliance", "rivalry", "support")
"""How pictures of groups draw a tie; what each looks like is theirs to say (`khabar.analysis.strokes`)."""
MEANS = ("name", "office", "voice", "succession", "founding", "death_of_subject", "death_of_object", "designation")
"""What a tie says of the life of an actor, for pages about one actor."""
_CUES = ("verbs", "nouns", "adjectives", "held", "deeds")
_STATEMENT = ("auxiliaries", "verbs", "nouns", "adjectives", "adverbs", "units", "events")


@dataclass(frozen=True, slots=True)
class TiePattern:
    """One wording of a relation type. `words` are the head expressions (a verb's first word, a noun's last word is the
    head), of `beside` one must stand near; `slots` say where the sides stand.
    """

    type: str
    pos: str
    words: tuple[Phrase, ...]
    slots: Mapping[str, str]
    beside: frozenset[str] = frozenset()
    where: str = ""


@dataclass(frozen=True, slots=True)
class PresenceCue:
    """An expression that says that somebody is (`present`) or is not (`absent`) in a place."""

    words: Phrase
    pos: str
    status: str


@dataclass(frozen=True, slots=True)
class StatementRule:
    """The words by which a kind of statement is known, by part of speech."""

    kind: str
    words: Mapping[str, tuple[Phrase, ...]]


@dataclass(frozen=True, eq=False)
class Ties:
    """Relation types with their patterns, cues of presence, kinds of statement, and the word lists they share.

    `lists`: alone (a sentence with such a word is worth parsing), past (words that put a role in the past), members
    (people who stand for their group), militant (words that tell a group to be armed), incidents, areas (parts of
    places) and hedges.
    """

    relations: Mapping[str, RelationType] = field(default_factory=dict)
    patterns: tuple[TiePattern, ...] = ()
    presence: tuple[PresenceCue, ...] = ()
    statements: Mapping[str, StatementRule] = field(default_factory=dict)
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def prefilter(self) -> frozenset[str]:
        """Words distinctive of armed politics: one of them makes a sentence worth parsing."""
        return self.lists.get("alone", frozenset())

    @property
    def common(self) -> frozenset[str]:
        """Ordinary words that make a sentence worth parsing only where it also names an armed group."""
        found = {max(p, key=len) for pattern in self.patterns for p in pattern.words}
        found.update(max(c.words, key=len) for c in self.presence)
        for rule in self.statements.values():
            found.update(max(p, key=len) for ps in rule.words.values() for p in ps)
        return frozenset(found - self.prefilter)


def parse_ties(sections: Mapping[str, Item], findings: list[Finding]) -> Ties:
    """The sections named in `TIES` as records; what is wrong is appended to `findings` and left out."""
    return _Parser(findings).ties(sections)


class _Parser(PlainValues):
    def ties(self, sections: Mapping[str, Item]) -> Ties:
        words = self._keys(sections.get("tie_words"), _WORDS)
        lists = {name: frozenset(self._texts(words.get(name))) for name in _WORDS}
        types = self._keys(sections.get("relation_types"))
        relations = {name: self._relation(name, item) for name, item in types.items()}
        patterns = [p for name, item in types.items() for p in self._patterns(name, item, relations)]
        self._twice(patterns)
        return Ties(relations, tuple(patterns), self._presence(sections.get("presence")),
                    self._statements(sections.get("statements")), lists)  # fmt: skip

    # ---------------------------------------------------------------- relation types

    def _relation(self, name: str, item: Item) -> RelationType:
        keys = self._keys(item, _RELATION)
        public = tuple(self._choices(keys.get("public"), ("subject", "object"), "side"))
        return RelationType(
            id=name,
            label=self._text(keys, "label", item),
            definition=self._text(keys, "definition", item),
            direction=self._text(keys, "direction", item),
            symmetric=self._flag(keys.get("symmetric")),
            subject=tuple(self._choices(keys.get("subject"), _KINDS, "kind of actor")),
            object=tuple(self._choices(keys.get("object"), _KINDS, "kind of actor")),
            public=public,
            past_form=self._word(keys.get("past_form")),
            indefinite_form=self._word(keys.get("indefinite_form")),
            drawn=self._one_of(keys.get("drawn"), DRAWN, "way of drawing"),
            means=self._one_of(keys.get("means"), MEANS, "meaning"),
            lasting=self._flag(keys.get("lasting")),
            ends=tuple(word for i in self._items(keys.get("ends")) if isinstance(word := i.value, str)),
        )

    def _patterns(self, name: str, item: Item, relations: Mapping[str, RelationType]) -> Iterable[TiePattern]:
        keys = item.value if isinstance(item.value, dict) else {}
        forms = [keys[name] for name in ("past_form", "indefinite_form") if name in keys]
        list(self._choices(Item(forms, item.file, item.line), tuple(relations), "relation type"))
        list(self._choices(keys.get("ends"), tuple(relations), "relation type"))
        for inner in self._items(keys.get("patterns")):
            pattern = self._pattern(name, inner)
            if pattern is not None:
                yield pattern

    def _pattern(self, name: str, item: Item) -> TiePattern | None:
        keys = self._keys(item, ("verb", "noun", "beside", *_SLOTS))
        heads = [pos for pos in ("verb", "noun") if pos in keys]
        if len(heads) != 1:
            self._complain(item, "a pattern needs either `verb:` or `noun:`.", "Add `verb: [...]` or `noun: [...]`.")
            return None
        [pos] = heads
        words = tuple(tuple(w.split()) for w in self._texts(keys[pos]))
        slots = {}
        for slot in _SLOTS:
            if slot in keys:
                slots[slot] = next(iter(self._choices(Item([keys[slot]], item.file, item.line), _SIDES, "side")), "")
        sides = set(slots.values())
        if "pair" not in sides and not {"subject", "object"} <= sides:
            self._complain(item, "does not say where both sides stand.", "Give a slot for subject and one for object.")
            return None
        if not words:
            self._complain(item, f"{pos} needs a word.", f"Write `{pos}: [word]`.")
            return None
        if pos == "verb" and any(_inflected(w[0]) for w in words):
            self._complain(item, "a verb looks inflected and would never match.", "Give the dictionary form.")
        return TiePattern(name, pos, words, slots, frozenset(self._texts(keys.get("beside"))), where=item.where)

    def _twice(self, patterns: Sequence[TiePattern]) -> None:
        seen: dict[object, TiePattern] = {}
        for pattern in patterns:
            for words in pattern.words:
                key = (pattern.type, pattern.pos, words, pattern.beside, tuple(sorted(pattern.slots.items())))
                if key in seen:
                    file, _, line = pattern.where.rpartition(", line ")
                    said = f"{pattern.type}: {' '.join(words)!r} is listed twice."
                    self._findings.append(Finding(file, int(line), said, f"See {seen[key].where}."))
                seen.setdefault(key, pattern)

    # ---------------------------------------------------------------- presence and statements

    def _presence(self, item: Item | None) -> tuple[PresenceCue, ...]:
        found: list[PresenceCue] = []
        for status, inner in self._keys(item, ("present", "absent", "hedged")).items():
            for pos, words in self._keys(inner, _CUES).items():
                found += [PresenceCue(tuple(w.split()), pos, status) for w in self._texts(words)]
        return tuple(found)

    def _statements(self, item: Item | None) -> dict[str, StatementRule]:
        found: dict[str, StatementRule] = {}
        for kind, inner in self._keys(item, STATEMENT_KINDS).items():
            keys = self._keys(inner, _STATEMENT)
            words = {part: tuple(tuple(w.split()) for w in self._texts(keys.get(part))) for part in _STATEMENT}
            found[kind] = StatementRule(kind, words)
        return found

    # ---------------------------------------------------------------- plain values

    def _choices(self, item: Item | None, known: Sequence[str], what: str) -> Iterable[str]:
        for inner in self._items(item):
            word = inner.value if isinstance(inner.value, str) else ""
            if word in known:
                yield word
            else:
                self._complain(inner, f"{word!r} is no {what}.", suggestion(word, known))

    def _one_of(self, item: Item | None, known: Sequence[str], what: str) -> str | None:
        one = None if item is None else Item([item], item.file, item.line)
        return next(iter(self._choices(one, known, what)), None)

    def _word(self, item: Item | None) -> str | None:
        return item.value if item is not None and isinstance(item.value, str) else None

    def _flag(self, item: Item | None) -> bool:
        if item is None:
            return False
        if item.value not in ("true", "false"):
            self._complain(item, f"is {item.value!r}.", "Write true or false.")
        return item.value == "true"


def _inflected(verb: str) -> bool:
    return len(verb) > 5 and verb.endswith(("ed", "ing")) and not verb.endswith("eed")
