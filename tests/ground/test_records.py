from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest

import khabar
from khabar import records
from khabar.errors import KhabarError, RecordError
from khabar.records import ActorRef, Attribution, Claim, Count, EventBody, Extractor, Interval, Passage, When


@pytest.mark.parametrize("bounds", [(None, None, None), (5, 3, None), (5, 9, 7), (-1, None, None)])
def test_a_count_needs_a_number_and_ordered_bounds(bounds: tuple[int | None, ...]) -> None:
    with pytest.raises(RecordError):
        Count(*bounds)


@pytest.mark.parametrize("bounds", [("2017-05-02", "2017-05-01"), ("2017-05", None), ("May 2017", None)])
def test_an_interval_is_iso_days_in_order(bounds: tuple[str, str | None]) -> None:
    with pytest.raises(RecordError):
        Interval(*bounds)


def test_words_outside_the_closed_lists_are_refused_with_the_list() -> None:
    with pytest.raises(RecordError, match="claimed"):
        Attribution(ActorRef("A", "A"), "boasted")
    with pytest.raises(RecordError, match="precision"):
        When(precision="fortnight")


def test_a_claim_without_evidence_cannot_be_made() -> None:
    with pytest.raises(RecordError, match="no evidence"):
        Claim("c", "event", (), EventBody("bombing"), Extractor("rules", "1", "b@1"))


@pytest.mark.parametrize("shares", [{"confidence": 1.2}, {"slot_confidence": (("type", -0.1),)}])
def test_a_confidence_is_a_share(shares: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match="between 0 and 1"):
        Claim("c", "event", (Passage("d", 0, 1, "x"),), EventBody("bombing"), Extractor("rules", "1", "b@1"), **shares)


def test_a_quote_is_as_long_as_its_passage() -> None:
    with pytest.raises(RecordError, match="as long"):
        Passage("d", 0, 3, "four")


def test_every_error_is_a_khabar_error_and_is_drawn_in_the_tree() -> None:
    errors = importlib.import_module("khabar.errors")
    classes = {name: value for name, value in vars(errors).items() if isinstance(value, type)}
    assert len(classes) > 1
    for name, value in classes.items():
        assert issubclass(value, KhabarError)
        assert name in errors.__all__
        assert name in (errors.__doc__ or "")


def _modules() -> list[str]:
    return [m.name for m in pkgutil.walk_packages(khabar.__path__, "khabar.") if ".migrations" not in m.name]


@pytest.mark.parametrize("name", _modules())
def test_public_names_exist_and_are_documented(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__, f"{name} says nothing about itself"
    public = getattr(module, "__all__", [])
    assert len(public) == len(set(public))  # the order is checked by the linter
    for item in public:
        value = getattr(module, item)
        if (isinstance(value, type) or callable(value)) and getattr(value, "__module__", "").startswith("khabar"):
            assert value.__doc__, f"{name}.{item} has no docstring"


def test_the_records_all_have_docstrings_of_their_own() -> None:
    for name in records.__all__:
        value = getattr(records, name)
        if isinstance(value, type):
            assert not value.__doc__.startswith(f"{name}("), f"{name} has only the generated docstring"
