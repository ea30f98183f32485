"""Which allegations leave: those that the actor claims, and those that enough independent origins state."""

from __future__ import annotations

from pathlib import Path

import pytest

from incidents_by_hand import GREEN_FRONT, RED_FRONT, Incident, exported, said
from khabar.errors import SettingsError
from khabar.export.conduct import Pseudonyms
from khabar.export.shapes.acled import Acled
from khabar.export.shapes.profiles import PROFILES, Profile, profile_named
from khabar.export.shapes.ucdp import UcdpGed

_PUBLIC = PROFILES["public"]


def test_what_one_origin_alleges_leaves_a_public_export_without_a_name(tmp_path: Path) -> None:
    incident = Incident(attributions=[said(RED_FRONT, "blamed", "the police")])
    made = exported(tmp_path, Acled(), incident, profile=_PUBLIC)
    assert made.row["actor1"] == "Unidentified Armed Group (Pakistan)"
    assert "Red Lantern" not in str([*made.rows, *made.losses])
    assert made.lost("allegation kept back") == ["1 of 2 origins (blamed)"]


def test_what_two_origins_allege_keeps_its_name(tmp_path: Path) -> None:
    incident = Incident(attributions=[said(RED_FRONT, "blamed", "the police", origins=2)])
    made = exported(tmp_path, Acled(), incident, profile=_PUBLIC)
    assert made.row["actor1"] == "Red Lantern Front"
    assert made.lost("allegation kept back") == []


def test_who_claims_it_keeps_the_name_and_who_is_claimed_for_by_others_does_not(tmp_path: Path) -> None:
    own = exported(tmp_path, Acled(), Incident(attributions=[said(RED_FRONT)]), profile=_PUBLIC)
    assert own.row["actor1"] == "Red Lantern Front"
    (tmp_path / "b").mkdir()
    others = Incident(attributions=[said(RED_FRONT, "claimed", "Green River Front")])
    assert exported(tmp_path / "b", Acled(), others, profile=_PUBLIC).row["actor1"].startswith("Unidentified")


def test_an_internal_export_names_everybody(tmp_path: Path) -> None:
    incident = Incident(
        attributions=[said(RED_FRONT, "suspected", "a guard"), said(GREEN_FRONT, "blamed", "a minister")]
    )
    row = exported(tmp_path, Acled(), incident).row
    assert {row["actor1"], row["assoc_actor_1"]} == {"Red Lantern Front", "Green River Front"}


def test_what_is_kept_back_takes_a_ucdp_event_away_and_both_are_told(tmp_path: Path) -> None:
    incident = Incident(killed=3, targets=[("x", "civilians")], attributions=[said(RED_FRONT, "blamed", "the police")])
    made = exported(tmp_path, UcdpGed(), incident, profile=_PUBLIC)
    assert (made.rows, made.left_out) == ([], ["no organised actor"])
    assert made.lost("allegation kept back")


def test_private_persons_are_pseudonymised_in_rows_and_losses(tmp_path: Path) -> None:
    incident = Incident(attributions=[said("Mr Zamin Dost", "asserted")])
    named = exported(tmp_path, Acled(), incident)
    assert "Zamin" in str([r.values for r in named.rows])
    (tmp_path / "b").mkdir()
    made = exported(tmp_path / "b", Acled(), incident, pseudonyms=Pseudonyms(["Mr Zamin Dost"]))
    assert "Zamin" not in str([*(r.values for r in made.rows), *(loss.detail for loss in made.losses)])


def test_a_project_s_profile_wins_and_an_unknown_one_is_said() -> None:
    assert profile_named("public", [Profile("public", "", 5)]).origins == 5
    with pytest.raises(SettingsError, match="internal, partners, public"):
        profile_named("secret", [Profile("partners", "")])
