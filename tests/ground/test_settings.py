from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import SettingsError
from khabar.settings import load_settings


def test_defaults_need_no_environment() -> None:
    settings = load_settings({})
    assert settings.store == "khabar.db"
    assert settings.cache.name == "khabar"
    assert settings.processes is None
    assert (settings.engine, settings.address) == ("local", None)
    assert (settings.timeout, settings.memory) == (600, 4)
    assert settings.codebook is None


def test_the_environment_says_otherwise() -> None:
    settings = load_settings({"KHABAR_STORE": "x.db", "KHABAR_CACHE": "c", "KHABAR_PROCESSES": "3"})
    assert (settings.store, settings.cache, settings.processes) == ("x.db", Path("c"), 3)


def test_claims_more_likely_wrong_than_right_are_left_to_a_person_unless_asked_otherwise() -> None:
    assert load_settings({}).doubt == 0.5
    assert load_settings({"KHABAR_DOUBT": "0.7"}).doubt == 0.7


@pytest.mark.parametrize("bad", ["50%", "1.5", "-0.1", "nan"])
def test_a_bad_share_names_the_variable(bad: str) -> None:
    with pytest.raises(SettingsError, match="KHABAR_DOUBT"):
        load_settings({"KHABAR_DOUBT": bad})


@pytest.mark.parametrize("bad", ["0", "two", "-1"])
def test_a_bad_number_names_the_variable(bad: str) -> None:
    with pytest.raises(SettingsError, match="KHABAR_PROCESSES"):
        load_settings({"KHABAR_PROCESSES": bad})


def test_limits_are_numbers_and_nothing_is_no_limit() -> None:
    settings = load_settings({"KHABAR_TIMEOUT": "2.5", "KHABAR_MEMORY": "0"})
    assert (settings.timeout, settings.memory) == (2.5, None)


@pytest.mark.parametrize("name", ["KHABAR_TIMEOUT", "KHABAR_MEMORY"])
@pytest.mark.parametrize("bad", ["-1", "0.5", "long", "nan", "inf"])
def test_a_bad_limit_names_the_variable(name: str, bad: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is.*0 for no limit"):
        load_settings({name: bad})


def test_no_rule_is_asked_for_unless_one_is_named() -> None:
    assert load_settings({}).rule is None
    assert load_settings({"KHABAR_RULE": ""}).rule is None
    assert load_settings({"KHABAR_RULE": "ucdp"}).rule == "ucdp"
    with pytest.raises(SettingsError, match="Use one of majority, conservative, latest"):
        load_settings({"KHABAR_RULE": "lowest"})
