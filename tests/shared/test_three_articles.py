"""Three real articles beside the project, read through the whole system.

What they report is public; the values expected are facts of the reports, and no words of theirs are kept here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from command import khabar
from khabar.records import Event
from khabar.store.base import Store
from khabar.store.opening import open_store

pytestmark = pytest.mark.shared

ATTACK = ("armed_assault", "assassination", "ambush", "suicide_bombing", "bombing", "execution", "other")
OPERATION = ("raid", "arrest", "drone_strike", "airstrike", "armed_assault", "other", "clash")


@dataclass(frozen=True)
class Expected:
    """An incident a reader of the articles finds: dates, a place name, lower bounds of killed and injured, types."""

    what: str
    dates: tuple[str | None, str | None]
    place: str
    killed: int | None = None
    injured: int | None = None
    types: tuple[str, ...] = ATTACK
    attackers: int | None = None


EXPECTED = [
    Expected("Kabul ceremony", ("2020-03-06", "2020-03-06"), "Kabul", 32, 80),
    Expected("Kabul gurdwara", ("2020-03-25", "2020-03-25"), "Kabul", 25),
    Expected("Kabul maternity ward", ("2020-05-12", "2020-05-12"), "Kabul", 24, attackers=3),
    Expected("Kuz Kunar funeral", ("2020-05-12", "2020-05-12"), "Nangarhar", 32, 133),
    Expected("Afghan prison", ("2020-08-03", "2020-08-03"), "prison", 29),
    Expected("Niger outpost", (None, None), "outpost", 71, 12),
    Expected("Streatham", ("2020-02-02", "2020-02-02"), "Streatham", types=("stabbing",), attackers=1),
    Expected("Karachi bus", ("2015-12-01", "2015-12-31"), "Karachi", 43),
    Expected("activist in Sindh", (None, "2017-05-31"), "Sindh", 1),
    Expected("Sehwan shrine", ("2017-02-01", "2017-02-28"), "Sehwan", 75, 200),
    Expected("Quetta college", (None, "2017-05-31"), "Quetta", 61),
    Expected("Shah Noorani", (None, "2017-05-31"), "Khuzdar", 52, 102),
    Expected("Malik Ishaq", (None, "2017-05-31"), "Muzaffargarh", 1, types=OPERATION),
    Expected("Hafiz Saeed Khan", ("2016-07-01", "2016-07-31"), "Afghanistan", 1, types=("drone_strike",)),
    Expected("encounter in Karachi", ("2016-03-01", "2016-03-31"), "Karachi", 1, types=OPERATION),
    Expected("arrest of a commander", ("2016-02-01", "2016-02-29"), "Dera Ghazi Khan", types=("arrest",)),
    Expected("Lahore cell", ("2016-11-01", "2016-11-30"), "Lahore", types=("arrest", "raid")),
    Expected("Noshki arrests", ("2016-08-01", "2016-08-31"), "Nushki", types=("arrest",)),
    Expected("Rangers operation", (None, "2017-05-31"), "Karachi", types=OPERATION),
    Expected("Kaghan plot", ("2016-11-01", "2016-11-30"), "Kaghan", types=("foiled_plot",)),
]


@pytest.fixture(scope="module")
def base(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("seeds")
    khabar(folder, "add", str(shared / "seeds"))
    khabar(folder, "run", "--processes", "1")
    with open_store(folder / "khabar.db", create=False) as opened:
        yield opened


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e.what)
def test_the_incident_is_found_with_its_values(base: Store, expected: Expected) -> None:
    near = [e for e in base.events() if _fits(e, expected)]
    assert near, "no incident with this date, place, type and toll"


def _fits(event: Event, expected: Expected) -> bool:
    shown: dict[str, Any] = {name: derived.value for name, derived in event.derived.items()}
    when = shown.get("when") or {}
    places = str([(p["text"], p["name"], p["admin1"], p["admin2"]) for p in shown.get("places") or ()])
    return (
        shown.get("type") in expected.types
        and (when.get("earliest"), when.get("latest")) == expected.dates
        and expected.place.lower() in places.lower()
        and (expected.killed is None or (shown.get("killed") or {}).get("low") == expected.killed)
        and (expected.injured is None or (shown.get("injured") or {}).get("low") == expected.injured)
        and (expected.attackers is None or (shown.get("attackers_killed") or {}).get("low") == expected.attackers)
    )


def test_no_quote_differs_from_the_archived_text(base: Store) -> None:
    assert base.check() == []


def test_the_contradictions_are_shown(base: Store) -> None:
    found = list(base.contradictions())

    def told(kind: str, *words: str) -> bool:
        texts = [(c.kind, f"{c.title} {' '.join(s.says for s in c.sides)}".lower()) for c in found]
        return any(k == kind and all(w in text for w in words) for k, text in texts)

    assert told("presence", "islamic state", "pakistan")
    assert told("attribution", "islamic state", "taliban", "suspected", "blamed")
    assert told("relation_date", "hafiz saeed khan", "2014-09", "2014-10")


def test_what_must_not_be_coded_is_not(base: Store) -> None:
    for event in base.events():
        for count in ("killed", "injured"):
            value = event.derived[count].value if count in event.derived else None
            assert not value or (value["low"] or 0) < 1000, "recruits and fighters are no tolls"
    for claim in base.claims():
        assert claim.modality != "predicted" or claim.kind != "event" or not _incident_of(base, claim.id)


def _incident_of(base: Store, claim: str) -> bool:
    return any(claim in event.claims for event in base.events())
