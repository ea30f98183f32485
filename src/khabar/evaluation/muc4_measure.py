"""Terrorist incidents: the six-slot templates of MUC-4, scored as published. Invariant: keys are compared with, never
read from.

The codebook (`muc4.yml`) and the weights (`muc4_weights.json`, fitted on the training messages alone by
`tools/fit_muc4.py`) lie in the folder of own gold; the messages among the shared data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from khabar.codebook.load import load_codebook
from khabar.codebook.model import Codebook
from khabar.documents import Origin, parse
from khabar.documents.options import AddOptions
from khabar.evaluation.gold import find_gold
from khabar.evaluation.model import Measure, Outcome, Slip
from khabar.evaluation.muc4 import KeyDocument, gold_with_keys, load_keys
from khabar.evaluation.muc4_candidates import candidates
from khabar.evaluation.muc4_details import Details
from khabar.evaluation.muc4_messages import Message, read_message
from khabar.evaluation.muc4_model import load_model
from khabar.evaluation.muc4_templates import Filled, fill, rate, thresholds
from khabar.evaluation.system import System
from khabar.evaluation.templates import SLOTS, TYPE, Entity, Paired, Template, is_right, normal, pair
from khabar.extraction.extractor import RuleExtractor
from khabar.extraction.indexed import IndexedSentence
from khabar.reading.gazetteer import open_gazetteer
from khabar.reading.reader import EnglishReader

__all__ = ["MEASURE", "TYPES", "read_messages"]

TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")
"""The incident types of the task, in lower case."""

KEYS = "data/muc4/dev.jsonl"
CODEBOOK, WEIGHTS = "muc4.yml", "muc4_weights.json"
_SHOWN = {TYPE: "incident type"}


def read_messages(keys: Sequence[KeyDocument], system: System, book: Codebook) -> Iterator[Message]:
    """Each message as Khabar reads it under the codebook; of a key only text and name are used."""
    reader, extractor = EnglishReader(open_gazetteer(system.settings.cache)), RuleExtractor()
    for key in keys:
        [document] = parse(key.text.encode(), Origin(f"{key.id}.txt"), AddOptions().parsed())
        reading = reader.read(document, book)
        yield read_message(reading, extractor.extract(reading, book), book)


def _run(root: Path, system: System) -> Outcome:
    own = find_gold().own
    book, model = load_codebook(str(own / CODEBOOK)), load_model(own / WEIGHTS)
    keys = load_keys(root / KEYS)
    total, slips = Paired(), list[Slip]()
    details, taken = Details(_namer(system)), thresholds(model)
    for key, message in zip(keys, read_messages(keys, system, book), strict=True):
        found = fill(rate(message, model, min(taken.types.values())), taken)
        gold = gold_with_keys(key)
        paired = pair([made.template for made in found], [template for template, _ in gold])
        for name, counts in paired.slots.items():
            total.slots[name].add(counts)
        for f, g in paired.pairs:
            details.add(message, found[f], gold[g][1])
        slips += _slips(key, message, found, [template for template, _ in gold], paired)
    micro = total.micro.figure("micro-F1 of six slots")
    by_slot = (counts.figure(_SHOWN.get(name, name)) for name, counts in total.slots.items())
    return Outcome((micro, *by_slot, *details.figures()), tuple(slips))


def _namer(system: System) -> Callable[[str], str]:
    """The English name of a country by its code."""
    gazetteer = open_gazetteer(system.settings.cache)

    def name(code: str) -> str:
        known = gazetteer.country(code)
        return known.name if known is not None else code

    return name


# ------------------------------------------------------------------ mistakes


def _slips(
    key: KeyDocument, message: Message, found: Sequence[Filled], gold: Sequence[Template], paired: Paired
) -> Iterator[Slip]:
    """Every template and every filler that is wrong or missing, with its cause."""
    words = {slot: {normal(c.text) for c in candidates(message, [slot])} for slot in SLOTS}
    for f, g in paired.pairs:
        for slot in SLOTS:
            given, wanted = found[f].template.entities(slot), gold[g].entities(slot)
            for entity in wanted:
                if not any(is_right(other, entity) for other in given):
                    cause = _why_missed(entity, given, words[slot], message)
                    yield Slip(key.id, "missed", slot, cause, _shown(entity), sentence=_sentence(entity, message))
            for entity in given:
                if not any(is_right(entity, other) for other in wanted):
                    cause = "the slot is empty in the key" if not wanted else "the key has something else"
                    yield Slip(key.id, "false", slot, cause, "", _shown(entity), _sentence(entity, message))
    for f, made in enumerate(found):
        if all(f != pair_f for pair_f, _ in paired.pairs):
            cause = "the key has incidents of other types or fewer" if gold else "the message has no incident"
            yield Slip(key.id, "false", "incident", cause, "", made.template.types[0])
    for g, template in enumerate(gold):
        if all(g != pair_g for _, pair_g in paired.pairs):
            kinds = {made.template.types[0] for made in found}
            cause = "one of several incidents of its type" if kinds & set(template.types) else "its type is not found"
            cause = cause if message.claims else "nothing is claimed in the message"
            yield Slip(key.id, "missed", "incident", cause, " / ".join(template.types))


def _why_missed(entity: Entity, given: Sequence[Entity], words: set[str], message: Message) -> str:
    if any(set(one.split()) & set(other.split()) for one in entity for given_one in given for other in given_one):
        return "more or fewer words of it are given"
    if entity & words:
        return "the phrase is not taken for a filler"
    where = [line for line in message.index.sentences if _holds(entity, line, message)]
    if where and not any(line.sentence.tokens for line in where):
        return "its sentence is not parsed"
    return "the key's words are no phrase of the parser" if where else "its words run over sentences"


def _holds(entity: Entity, line: IndexedSentence, message: Message) -> bool:
    said = f" {normal(message.index.reading.text[line.sentence.start : line.sentence.end])} "
    return any(f" {mention} " in said for mention in entity)


def _sentence(entity: Entity, message: Message) -> str:
    line = next((line for line in message.index.sentences if _holds(entity, line, message)), None)
    return " ".join(message.index.reading.text[line.sentence.start : line.sentence.end].split()) if line else ""


def _shown(entity: Entity) -> str:
    return " / ".join(sorted(entity))


MEASURE = Measure(
    name="muc4",
    ability="Terrorist incidents: templates of MUC-4",
    root="shared",
    data=(KEYS,),
    source="Message Understanding Conference 4 (1992), development part; scoring of Du et al. 2021",
    run=_run,
)
