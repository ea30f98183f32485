"""Names that several bear: what the report tells decides, and where it tells nothing they stay open."""

from __future__ import annotations

from itertools import permutations

import pytest

from khabar.records import Actor, Claim, Judgement
from khabar.resolution import names
from khabar.resolution.actors import Identities, identify
from resolution.make import (
    AFGHANISTAN,
    HERAT,
    KABUL,
    KNOWN,
    PAKISTAN,
    QUETTA,
    actor,
    by,
    corpus,
    event,
    person,
    presence,
    ref,
    relation,
)

LISTED = {
    **KNOWN,
    "army-pk": actor("army-pk", "Army of Dawn", "AOD", country="PK"),
    "army-af": actor("army-af", "Army of Dusk", "AOD", country="AF"),
}


def who(*claims: Claim, judgements: tuple[Judgement, ...] = (), known: dict[str, Actor] | None = None) -> Identities:
    return identify(corpus(*claims, known=known or KNOWN), judgements)


def meant(found: Identities, claim: Claim, role: str = "attribution:0") -> str:
    return found.actor_of[claim.id, role]


def doubts(found: Identities) -> set[tuple[str, str]]:
    return {(j.left, j.right) for j in found.judgements if j.verdict == "unsure"}


def attack(document: str, place: object, name: str, id_: str | None = None) -> Claim:
    return event(document, "bombing", place, "2020-01-01", who=by(name, id_=id_))  # type: ignore[arg-type]


def test_the_country_tells_which_of_two_bearers_an_acronym_means() -> None:
    full = [attack("a", QUETTA, "Army of Dawn", "army-pk"), attack("b", KABUL, "Army of Dusk", "army-af")]
    short = [attack("c", QUETTA, "AOD"), attack("d", HERAT, "AOD")]
    found = who(*full, *short, known=LISTED)
    assert [meant(found, c) for c in short] == ["army-pk", "army-af"]
    assert doubts(found) == set()


def test_without_a_country_it_stays_open_and_the_doubt_is_told() -> None:
    full = [attack("a", QUETTA, "Army of Dawn", "army-pk"), attack("b", KABUL, "Army of Dusk", "army-af")]
    short = attack("c", None, "AOD")
    found = who(*full, short, known=LISTED)
    assert meant(found, short) not in LISTED
    assert doubts(found) == {("AOD", "Army of Dawn"), ("AOD", "Army of Dusk")}


def test_a_listed_acronym_is_not_taken_for_an_actor_that_nobody_names() -> None:
    short = attack("c", QUETTA, "AOD")
    assert meant(who(short, known=LISTED), short) not in LISTED


def test_each_report_may_explain_an_acronym_in_its_own_way() -> None:
    ties = [
        relation("a", "alias_of", ref("RRF"), ref("Red River Front")),
        relation("b", "alias_of", ref("RRF"), ref("Rural Reform Forum")),
    ]
    said = [attack("a", QUETTA, "RRF"), attack("b", KABUL, "RRF")]
    later = [attack("c", PAKISTAN, "RRF"), attack("d", AFGHANISTAN, "RRF")]
    found = who(*ties, *said, *later)
    first, second = (meant(found, tie, "object") for tie in ties)
    assert first != second
    assert [meant(found, c) for c in said + later] == [first, second, first, second]


def test_an_unexplained_acronym_is_one_actor_in_one_country_and_open_between_two() -> None:
    here, there, near = attack("a", QUETTA, "NXA"), attack("b", KABUL, "NXA"), attack("c", PAKISTAN, "NXA")
    found = who(here, there, near)
    assert meant(found, here) == meant(found, near) != meant(found, there)
    assert doubts(found) == {tuple(sorted((meant(found, here), meant(found, there))))}


def test_an_unexplained_acronym_that_no_report_places_is_one_actor() -> None:
    claims = [attack("a", None, "NXA"), attack("b", None, "NXA"), attack("c", QUETTA, "NXA")]
    found = who(*claims)
    assert len({meant(found, c) for c in claims}) == 1


def test_an_acronym_is_made_of_the_initials_of_one_group_of_the_country() -> None:
    full, short, abroad = (
        attack("a", QUETTA, "Northern Valley Army"),
        attack("b", QUETTA, "NVA"),
        attack("c", KABUL, "NVA"),
    )
    found = who(full, short, abroad)
    assert meant(found, full) == meant(found, short) != meant(found, abroad)
    rival = attack("d", QUETTA, "New Village Alliance")
    found = who(full, short, rival)
    assert meant(found, short) not in (meant(found, full), meant(found, rival))


def test_an_alias_of_two_groups_of_two_countries_joins_them_not() -> None:
    ties = [
        relation("a", "alias_of", ref("Salwa Committee"), ref("Black Cats")),
        relation("b", "alias_of", ref("Ganta Brotherhood"), ref("Black Cats")),
    ]
    told = [attack("a", QUETTA, "Salwa Committee"), attack("b", KABUL, "Ganta Brotherhood")]
    alone = attack("c", AFGHANISTAN, "Black Cats")
    found = who(*ties, *told, alone)
    assert meant(found, told[0]) != meant(found, told[1]) == meant(found, alone)


def test_a_group_with_several_aliases_in_one_country_stays_one() -> None:
    claims = [
        relation("a", "alias_of", ref("Dar al-Wadi"), ref("Valley Guard")),
        relation("b", "alias_of", ref("Dar al-Wadi"), ref("Men of the Valley")),
        attack("a", QUETTA, "Dar al-Wadi"),
        attack("b", QUETTA, "Dar al-Wadi"),
    ]
    assert len(who(*claims).actors) == 1


def test_a_common_name_is_one_person_in_one_group_only() -> None:
    leaders = [
        relation("a", "leads", person("Abdul Rahman"), ref("Black Banner")),
        relation("b", "member_of", person("Abdul Rahman"), ref("Black Banner")),
        relation("c", "leads", person("Abdul Rahman"), ref("Red River Front")),
    ]
    found = who(*leaders)
    one, same, other = (meant(found, c, "subject") for c in leaders)
    assert one == same != other


def test_a_name_that_one_report_takes_for_a_person_is_the_group_of_that_name() -> None:
    group, wrong = attack("a", QUETTA, "Dar al-Wadi"), presence("b", person("Dar al-Wadi"), PAKISTAN)
    found = who(group, wrong)
    assert meant(found, group) == meant(found, wrong, "actor")
    leads = relation("c", "leads", person("Dar al-Wadi"), ref("Dar al-Wadi"))
    assert len(who(leads).actors) == 2


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Sudan Liberation Army", {"sla"}),
        ("Sudan Liberation Movement/Army", {"sla", "slm"}),
        ("Front for the Valley", {"fftv", "ffv"}),
        ("Front", set()),
    ],
)
def test_initials_of_a_name(name: str, letters: set[str]) -> None:
    assert names.initials(name) == letters


def test_who_is_who_does_not_depend_on_the_order_of_the_claims() -> None:
    claims = [
        relation("a", "alias_of", ref("RRF"), ref("Red River Front")),
        relation("b", "alias_of", ref("RRF"), ref("Rural Reform Forum")),
        attack("a", QUETTA, "RRF"),
        attack("c", KABUL, "RRF"),
        attack("d", None, "RRF"),
    ]
    first = who(*claims)
    for order in permutations(claims):
        assert who(*order) == first


# ------------------------------------------------------------------ what people decided about names


def decided(verdict: str, left: str, right: str, when: str = "1") -> Judgement:
    return Judgement(left, right, verdict, "amal", when)


def test_two_names_of_one_listed_actor_are_told_apart_by_a_person() -> None:
    here = attack("a", QUETTA, "Islamic State", "is")
    said = presence("b", ref("Daesh", "is"), PAKISTAN)
    again = attack("c", KABUL, "Islamic State", "is")
    found = who(here, said, again, judgements=(decided("different", "Islamic State", "Daesh"),))
    assert meant(found, here) == meant(found, again) == "is"
    assert meant(found, said, "actor") != "is"
    assert "Daesh" not in {n.text for a in found.actors if a.id == "is" for n in a.names}
    assert [j.verdict for j in found.judgements if j.by == "amal"] == ["different"]


def test_a_name_parted_from_all_others_of_its_actor_leaves_alone() -> None:
    claims = [presence("a", ref(n, "is"), PAKISTAN) for n in ("Daesh", "ISIL", "IS", "Islamic State")]
    made = tuple(decided("different", *sorted(("Daesh", n))) for n in ("ISIL", "IS", "Islamic State"))
    found = who(*claims, judgements=made)
    assert [meant(found, c, "actor") == "is" for c in claims] == [False, True, True, True]


def test_unsure_of_a_person_keeps_names_open_against_the_rules() -> None:
    claims = [relation("a", "alias_of", ref("Dar al-Wadi"), ref("Valley Guard"))]
    assert len(who(*claims).actors) == 1
    assert len(who(*claims, judgements=(decided("unsure", "Dar al-Wadi", "Valley Guard"),)).actors) == 2


def test_of_decisions_on_names_that_cannot_all_hold_the_later_do() -> None:
    claims = [attack(d, QUETTA, n) for d, n in (("a", "Valley Guard"), ("b", "Brown Bears"), ("c", "Dawn Front"))]
    early = decided("different", "Valley Guard", "Brown Bears", "1")
    late = (decided("same", "Valley Guard", "Dawn Front", "2"), decided("same", "Dawn Front", "Brown Bears", "3"))
    found = who(*claims, judgements=(*late, early))
    assert len(found.actors) == 1
    assert [j.when for j in found.judgements if j.by == "amal"] == ["2", "3"]
    assert len(who(*claims, judgements=(late[0], early)).actors) == 2


def test_a_name_that_several_listed_actors_bear_is_decided_for_none_of_them() -> None:
    claims = [attack("a", QUETTA, "Army of Dawn", "army-pk"), attack("b", KABUL, "Army of Dusk", "army-af")]
    found = who(*claims, known=LISTED, judgements=(decided("same", "AOD", "Army of Dawn"),))
    assert {"army-pk", "army-af"} == {a.id for a in found.actors}
