"""From claims and phrases to templates of MUC-4, on messages made up here."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.codebook.load import load_codebook
from khabar.codebook.model import Codebook
from khabar.errors import EvaluationError
from khabar.evaluation.muc4 import KeyDocument, KeyTemplate, read_fill
from khabar.evaluation.muc4_candidates import candidates
from khabar.evaluation.muc4_details import Details, key_interval, stance_of
from khabar.evaluation.muc4_features import for_type, of_message
from khabar.evaluation.muc4_measure import CODEBOOK, KEYS, MEASURE, TYPES, WEIGHTS, read_messages
from khabar.evaluation.muc4_messages import Message, scenes, template_type
from khabar.evaluation.muc4_model import Model, Weights, dump_model, load_model
from khabar.evaluation.muc4_templates import Rated, Thresholds, fill, rate, thresholds
from khabar.evaluation.system import System
from khabar.evaluation.templates import SLOTS, normal
from khabar.settings import load_settings

EVAL = Path(__file__).resolve().parents[2] / "eval"
KIDNAPPED = (
    "QUITO, 12 MAR 90 (EFE) -- [TEXT] YESTERDAY, GUERRILLAS OF THE NORTHERN LIBERATION MOVEMENT (NLM) KIDNAPPED "
    "RODRIGO SALVATIERRA, AN ENGINEER, IN AMBATO.  THE KIDNAPPERS TOOK SALVATIERRA AWAY IN A STOLEN JEEP.\n\n   ON "
    "SATURDAY, A DYNAMITE CHARGE DESTROYED A POWER SUBSTATION IN CUENCA.  ANOTHER BOMB WENT OFF IN LOJA ON SUNDAY AND "
    "DAMAGED A BANK.  POLICE ACCUSED THE NLM OF THE BOMBING IN LOJA."
)


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook(str(EVAL / CODEBOOK))


@pytest.fixture(scope="module")
def message(book: Codebook) -> Message:
    [read] = read_messages([KeyDocument("OWN-1", KIDNAPPED, ())], System(load_settings()), book)
    return read


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("assassination", "attack"),
        ("abduction", "kidnapping"),
        ("airstrike", "bombing"),
        ("arson", "arson"),
        ("arrest", ""),
        ("clash", ""),
        (None, ""),
    ],
)
def test_a_finer_type_counts_as_its_nearest_labelled_ancestor(event: str | None, kind: str, book: Codebook) -> None:
    assert template_type(event, book) == kind


def test_every_type_of_the_task_is_a_label_of_the_codebook(book: Codebook) -> None:
    assert {template_type(event, book) for event in book.events} - {""} == set(TYPES)


def test_incidents_of_one_type_on_other_days_or_places_are_scenes_apart(message: Message) -> None:
    assert len(scenes(message, "kidnapping")) == 1
    bombings = scenes(message, "bombing")
    assert len(bombings) == 2
    for scene, town in zip(bombings, ["Cuenca", "Loja"], strict=True):
        assert town in {place.name for event in scene for place in event.body.places}
    assert scenes(message, "arson") == []


def test_candidates_are_phrases_of_the_message_as_slots_write_them(message: Message) -> None:
    texts: dict[str, set[str]] = {slot: set() for slot in SLOTS}
    for candidate in candidates(message, SLOTS):
        texts[candidate.slot].add(normal(candidate.text))
        assert normal(candidate.text) in normal(" ".join(KIDNAPPED.split()))
        assert candidate.sentences
    assert "rodrigo salvatierra" in texts["Victim"]
    assert {"guerrillas", "kidnappers"} <= texts["PerpInd"]
    assert {"power substation", "bank"} <= texts["Target"]
    assert {"dynamite charge", "bomb"} <= texts["Weapon"]
    assert texts["PerpOrg"] & {"northern liberation movement", "nlm"}
    assert "quito" not in texts["PerpInd"] | texts["Victim"]


def test_mentions_of_a_person_are_one_candidate_under_the_fullest_name(message: Message) -> None:
    victims = [c for c in candidates(message, ["Victim"]) if "salvatierra" in normal(c.text)]
    assert [normal(c.text) for c in victims] == ["rodrigo salvatierra"]
    assert len(victims[0].sentences) == 2


def test_features_of_the_type_asked_for_are_told_apart() -> None:
    made = for_type({"claim arson", "claim attack", "site transport"}, "arson")
    assert made == {
        "type arson",
        "claim arson",
        "claim this",
        "claim attack",
        "site transport",
        "arson: site transport",
    }


def test_what_is_said_of_a_message_holds_its_claims_and_no_figures(message: Message) -> None:
    said = of_message(message)
    assert {"word kidnapped", "opening guerrillas", "1 of claim kidnapping", "2 of claim bombing"} <= said
    assert not any(feature.split()[-1].isdigit() for feature in said)


def certain(yes: str = "", threshold: float = 0.5) -> Weights:
    """A regression that takes what has the feature, and nothing else."""
    return Weights(threshold, -9.0, {yes: 18.0} if yes else {})


def model(**slots: Weights) -> Model:
    types = {kind: certain(f"1 of claim {kind}") for kind in ("kidnapping", "bombing")}
    return Model(types, certain("2 of claim this"), {slot: slots.get(slot, certain()) for slot in SLOTS})


def test_a_second_incident_gets_what_is_told_nearest_to_it(message: Message) -> None:
    taken = model(Target=certain("head bank"), Weapon=certain("arms explosive"), Victim=certain("form statistical"))
    made = fill(rate(message, taken, 0.5), thresholds(taken))
    assert [m.template.types for m in made] == [("kidnapping",), ("bombing",), ("bombing",)]
    first, second = made[1:]
    assert [normal(c.text).split()[0] for c in first.fillers["Weapon"]] == ["dynamite"]
    assert second.template.entities("Target") == (frozenset({"bank"}),)
    assert second.template.entities("Weapon") == (frozenset({"bomb"}),)


def test_phrases_that_say_the_same_fill_a_slot_once(message: Message) -> None:
    taken = model(PerpInd=certain("attackers"))
    [kidnapping] = [
        m for m in fill(rate(message, taken, 0.5), thresholds(taken)) if m.template.types == ("kidnapping",)
    ]
    heads = [c.lemma for c in kidnapping.fillers["PerpInd"]]
    assert len(heads) == len(set(heads))


@pytest.fixture(scope="module")
def rated(message: Message) -> list[Rated]:
    """The message rated by weights that find many things, none for sure."""
    soft = Weights(0.5, -0.5, {"attackers": 1.0, "site any": 2.0, "capital": 0.7})
    return rate(message, model(**dict.fromkeys(SLOTS, soft)), 0.0)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_threshold_never_fills_more(rated: list[Rated], one: float, other: float) -> None:
    sizes = []
    for least in sorted((one, other)):
        taken = Thresholds({"kidnapping": 0.0, "bombing": 0.0}, 0.5, dict.fromkeys(SLOTS, least))
        sizes.append(sum(made.template.size for made in fill(rated, taken)))
    assert sizes[0] >= sizes[1]


# ------------------------------------------------------------------ weights


def test_a_model_is_its_file(tmp_path: Path) -> None:
    made = Model(
        {"arson": Weights(0.25, -1.5, {"word fire": 0.5, "word of": 0.001})}, certain("a"), {"Victim": certain("b")}
    )
    path = tmp_path / "weights.json"
    path.write_text(dump_model(made), "utf-8")
    read = load_model(path)
    assert read.types["arson"] == Weights(0.25, -1.5, {"word fire": 0.5})
    assert read.slots == made.slots
    assert read.types["arson"].probability(["word fire", "word unknown"]) == pytest.approx(0.2689, abs=1e-4)


@pytest.mark.parametrize("content", ["", "{}", '{"types": {"arson": {}}, "slots": {}, "second": {}}', "[1]"])
def test_a_file_that_is_no_model_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content, "utf-8")
    with pytest.raises(EvaluationError, match=r"weights\.json"):
        load_model(path)


def test_the_weights_that_ship_are_of_this_task() -> None:
    shipped = load_model(EVAL / WEIGHTS)
    assert set(shipped.types) == set(TYPES)
    assert set(shipped.slots) == set(SLOTS)


# ------------------------------------------------------------------ beyond the slots


@pytest.mark.parametrize(
    ("label", "days"),
    [
        ("30 DEC 89", (date(1989, 12, 30), date(1989, 12, 30))),
        ("- 10 JAN 90", (date(1989, 11, 9), date(1990, 1, 10))),
        ("28 FEB 90 - 2 MAR 90", (date(1990, 2, 28), date(1990, 3, 2))),
        ("31 FEB 90", None),
        ("MAR 90", None),
    ],
)
def test_days_of_the_key(label: str, days: tuple[date, date] | None) -> None:
    assert key_interval(label) == days


def test_details_compare_only_what_the_key_says(message: Message) -> None:
    taken = model(PerpOrg=certain("actor organization"))
    found = next(m for m in fill(rate(message, taken, 0.5), thresholds(taken)) if m.template.types == ("kidnapping",))
    [organisation] = [c.text for c in found.fillers["PerpOrg"]]
    values = {
        "INCIDENT: DATE": "11 MAR 90",
        "INCIDENT: LOCATION": "ECUADOR: AMBATO (CITY)",
        "PERP: ORGANIZATION CONFIDENCE": f'REPORTED AS FACT: "{organisation.upper()}"',
    }
    gold = KeyTemplate(1, False, {slot: (read_fill(value),) for slot, value in values.items()})
    details = Details(lambda code: {"EC": "Ecuador"}.get(code, code))
    details.add(message, found, gold)
    details.add(message, found, KeyTemplate(2, False, {}))
    assert [(f.name, f.value, f.size) for f in details.figures()] == [
        ("confidence in the organisation", 1.0, 1),
        ("day", 1.0, 1),
        ("country", 1.0, 1),
        ("place within the country", 1.0, 1),
    ]
    assert stance_of("Nobody's Front", found.claims, message) is None


def test_the_measure_scores_a_folder_of_keys(tmp_path: Path) -> None:
    path = tmp_path / KEYS
    path.parent.mkdir(parents=True)
    slots = {"INCIDENT: TYPE": ["KIDNAPPING"], "HUM TGT: NAME": ['"RODRIGO SALVATIERRA"'], "PHYS TGT: ID": ['"CLOCK"']}
    rows = [
        {"docid": "OWN-1", "text": KIDNAPPED, "templates": [{"MESSAGE: TEMPLATE": ["1"], **slots}]},
        {
            "docid": "OWN-2",
            "text": "LIMA, 2 MAY 90 -- [TEXT] THE MINISTERS MET TO DISCUSS COFFEE PRICES.",
            "templates": [],
        },
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")
    outcome = MEASURE.run(tmp_path, System(load_settings()))
    figures = {figure.name: figure for figure in outcome.figures}
    assert figures["incident type"].size == 1
    assert figures["Victim"].size == 1
    assert figures["Target"].size == 0  # no clock in the text
    assert 0 < figures["micro-F1 of six slots"].value <= 1
    assert {slip.place for slip in outcome.slips} <= {"OWN-1"}
