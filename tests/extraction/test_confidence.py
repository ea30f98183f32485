"""Confidences come from the table alone, and a table that cannot be used is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from khabar.errors import ExtractionError
from khabar.extraction.confidence import TABLE, Model, load_models, rated
from khabar.extraction.doubts import model_of
from khabar.records import Claim, EventBody, Extractor, Passage

_CLAIM = Claim("c", "event", (Passage("d", 0, 1, "x"),), EventBody("bombing"), Extractor("rules", "1", "b@1"))


def test_a_share_is_the_logistic_of_the_weighted_features() -> None:
    model = Model(100, 50, base=0.0, weights={"own": 2.0, "far": -1.0})
    assert model.share({}) == 0.5
    assert model.share({"own": 1.0}) == pytest.approx(0.8808, abs=1e-4)
    assert model.share({"own": 1.0, "far": 0.5, "unknown": 9.0}) == pytest.approx(0.8176, abs=1e-4)


def test_nothing_is_quite_sure_or_quite_impossible() -> None:
    model = Model(100, 50, base=0.0, weights={"own": 50.0})
    assert (model.share({"own": 1.0}), model.share({"own": -1.0})) == (0.98, 0.02)


def test_a_claim_is_rated_with_its_values_and_only_where_there_is_a_model() -> None:
    models = {"event.claim": Model(9, 9, 0.0), "event.toll": Model(9, 9, 1.0)}
    claim = rated(_CLAIM, {"claim": {}, "killed": {}, "weapon": {}}, models)
    assert claim.confidence == 0.5
    assert dict(claim.slot_confidence) == {"killed": 0.731}
    assert rated(_CLAIM, {"claim": {}}, {}) == _CLAIM


def test_counts_share_a_model_and_so_do_attributions() -> None:
    assert model_of("event", "killed") == model_of("event", "abducted") == "event.toll"
    assert model_of("event", "attribution:2") == "event.attribution"
    assert model_of("relation", "subject") == "relation.subject"


def test_the_table_has_a_model_for_every_kind_of_claim_and_says_what_it_was_fitted_on() -> None:
    models = load_models()
    assert {f"{kind}.claim" for kind in ("event", "relation", "presence", "statement")} <= models.keys()
    for name, model in models.items():
        assert 0 < model.right <= model.cases, name
        assert all(abs(weight) < 5 for weight in model.weights.values()), name


def test_the_table_holds_no_words_of_texts() -> None:
    """Its features are ours: lower case words, and types of the codebook."""
    for model in load_models(TABLE).values():
        assert all(name == name.lower() and len(name) < 50 for name in model.weights)


@pytest.mark.parametrize("content", ["", "models: 3", "models: {event.claim: {cases: 1}}", "a: [", "models: {a: 3}"])
def test_a_table_that_cannot_be_used_is_named_with_the_remedy(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.yml"
    path.write_text(content)
    with pytest.raises(ExtractionError, match=r"broken\.yml.*fit_confidence"):
        load_models(path)


def test_rating_does_not_touch_what_a_claim_says() -> None:
    claim = rated(_CLAIM, {"claim": {}}, {"event.claim": Model(9, 9, 0.0)})
    assert replace(claim, confidence=_CLAIM.confidence) == _CLAIM
