"""Parts of organisations, and states with their forces, on the surface."""

from __future__ import annotations

import pytest

from khabar.reading.actors import actors_by_id, read_actors
from khabar.reading.factions import parent_of


@pytest.mark.parametrize(
    ("text", "span", "name", "actor"),
    [
        ("the Bajaur chapter of the Tehrik-i-Taliban Pakistan joined",
         "Bajaur chapter of the Tehrik-i-Taliban Pakistan",
         "TTP Bajaur chapter", "org:ttp/bajaur-chapter"),
        ("LeJ’s Multan chapter joined", "LeJ’s Multan chapter", "LeJ Multan chapter",
         "org:lashkar-e-jhangvi/multan-chapter"),
        ("the TTP Fazlullah faction", "TTP Fazlullah faction", "TTP Fazlullah faction", "org:ttp-fazlullah"),
        ("an IS-affiliated cell struck", "IS-affiliated cell", "IS-affiliated cell",
         "org:islamic-state/affiliated-cell"),
        ("an IS cell struck", "IS cell", "IS cell", "org:islamic-state/cell"),
        ("Some factions of TTP left", "factions of TTP", "TTP factions", "org:ttp/factions"),
        ("Taliban gunmen struck", "Taliban", "Taliban", "org:taliban"),
    ],
)  # fmt: skip
def test_described_parts(text: str, span: str, name: str, actor: str) -> None:
    [mention] = read_actors(text).mentions
    assert (mention.text, mention.name, mention.id) == (span, name, actor)


def test_the_parent_can_be_read_off() -> None:
    actors = actors_by_id()
    assert parent_of("org:ttp/bajaur-chapter", actors) == "org:ttp"
    assert parent_of("org:islamic-state-khorasan", actors) == "org:islamic-state"
    assert parent_of("org:al-qaida", actors) is None
    assert parent_of(None, actors) is None


def test_a_branch_named_and_then_described_is_one() -> None:
    mentions = read_actors("They fought ISIS-K, the ISIS branch in Afghanistan.").mentions
    assert [(m.text, m.id) for m in mentions] == [
        ("ISIS-K", "org:islamic-state-khorasan"),
        ("ISIS branch", "org:islamic-state-khorasan"),
    ]


def test_a_faction_in_apposition_leaves_its_parent_named() -> None:
    mentions = read_actors("It was LJA, a faction of LeJ.").mentions
    assert [m.id for m in mentions] == ["org:lashkar-e-jhangvi-al-alami", "org:lashkar-e-jhangvi"]


@pytest.mark.parametrize(
    ("text", "span", "actor", "kind"),
    [
        ("The Afghan government denied it.", "Afghan government", "state:AF", "state"),
        ("The state of Pakistan denied it.", "state of Pakistan", "state:PK", "state"),
        ("Niger’s army denied it.", "Niger’s army", "agency:ne-army", "agency"),
        ("US forces left.", "US forces", "agency:us-forces", "agency"),
        ("Pakistani security forces left.", "Pakistani security forces", "agency:pk-security-forces", "agency"),
    ],
)
def test_states_and_their_forces(text: str, span: str, actor: str, kind: str) -> None:
    [mention] = read_actors(text).mentions
    assert (mention.text, mention.id, mention.kind) == (span, actor, kind)
    assert actor in actors_by_id()


def test_a_province_named_like_a_country_is_no_government() -> None:
    assert read_actors("Bandits fled into Niger State.").mentions == ()


def test_a_bare_country_is_kept_aside() -> None:
    read = read_actors("A bomb went off in Pakistan.")
    assert read.mentions == ()
    assert [c.id for c in read.countries] == ["state:PK"]


def test_a_splinter_called_a_faction_is_itself() -> None:
    mentions = read_actors("The Jamaat-ul-Ahrar faction of the Pakistani Taliban claimed it.").mentions
    assert [m.id for m in mentions] == ["org:jamaat-ul-ahrar", "org:ttp"]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("the Sinai branch of the Islamic State struck", "org:islamic-state-sinai"),
        ("the West African branch of the Islamic State struck", "org:islamic-state-west-africa"),
        ("the Afghan affiliate of IS struck", "org:islamic-state-khorasan"),
        ("the Al-Alami wing of LeJ struck", "org:lashkar-e-jhangvi-al-alami"),
        ("the Somali affiliate of al-Qaeda struck", "org:al-shabaab"),
        ("the Malabar branch of the Islamic State struck", "org:islamic-state/malabar-branch"),
    ],
)
def test_branches_described_are_the_ones_the_dictionary_knows(text: str, actor: str) -> None:
    assert [m.id for m in read_actors(text).mentions] == [actor]
