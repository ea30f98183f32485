from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import SettingsError
from khabar.settings import load_settings


def test_defaults_need_no_environment() -> None:
    settings = load_settings({})
    assert settings.store == "khabar.db"
    assert settings.cache.name == "khabar"
    assert 1 <= settings.processes <= 4
    assert settings.codebook is None


def test_the_environment_says_otherwise() -> None:
    settings = load_settings({"KHABAR_STORE": "x.db", "KHABAR_CACHE": "c", "KHABAR_PROCESSES": "3"})
    assert (settings.store, settings.cache, settings.processes) == ("x.db", Path("c"), 3)


@pytest.mark.parametrize("bad", ["0", "two", "-1"])
def test_a_bad_number_names_the_variable(bad: str) -> None:
    with pytest.raises(SettingsError, match="KHABAR_PROCESSES"):
        load_settings({"KHABAR_PROCESSES": bad})
