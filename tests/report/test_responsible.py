"""Who may be named: a denial holds nobody responsible, and who is not named stands in no quote."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from khabar.pipeline import AddOptions, add, run
from khabar.records import Event
from khabar.report.responsible import Responsible
from khabar.settings import load_settings
from khabar.store.base import Store
from khabar.store.opening import open_store

_REPORTS = {
    "wire.txt": "KARACHI, 4 March 2016 - A bomb killed nine people at a market in Karachi on Friday, police said. "
    "Police blamed the Tehreek-e-Taliban Pakistan for the bombing.",
    "daily.txt": "KARACHI, 5 March 2016 - The Tehreek-e-Taliban Pakistan denied responsibility for the bombing that "
    "killed nine people at a market in Karachi on Friday.",
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("responsible")
    for name, text in _REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with open_store(folder / "k.db") as store:
        add(store, [folder / name for name in _REPORTS], AddOptions("2016-03-05"))
        run(store, load_settings())
        yield store


@pytest.fixture(scope="module")
def bombing(base: Store) -> Event:
    [event] = [
        e for e in base.events() if {v.value["stance"] for v in e.values["attributions"]} >= {"blamed", "denied"}
    ]
    return event


def test_a_denial_is_no_second_voice_that_holds_somebody_responsible(base: Store, bombing: Event) -> None:
    assert len({origin for v in bombing.values["attributions"] for origin in v.origins}) == 2
    public = Responsible(base, 2)
    assert public.held(bombing) == []
    assert "Tehreek-e-Taliban Pakistan" in public.kept_back(bombing)


def test_among_colleagues_everybody_is_named(base: Store, bombing: Event) -> None:
    internal = Responsible(base, 0)
    assert {said["stance"] for said in internal.held(bombing)} == {"blamed", "denied"}
    assert internal.kept_back(bombing) == set()
