"""Who is who across documents."""

from __future__ import annotations

from khabar.records import Claim, Judgement, Speaker
from khabar.resolution.actors import Identities, identify
from khabar.resolution.model import Link
from resolution.make import KNOWN, PAKISTAN, actor, by, corpus, event, person, presence, ref, relation, statement


def who(*claims: Claim, judgements: tuple[Judgement, ...] = (), **more: object) -> Identities:
    return identify(corpus(*claims, **more), judgements)


def ids(found: Identities) -> dict[str, str]:
    """Actor id by every name the corpus uses."""
    return {name.text: a.id for a in found.actors for name in a.names}


def test_a_dictionary_actor_keeps_its_id_and_gains_the_texts_names() -> None:
    found = who(presence("a", ref("Daesh group", "is"), PAKISTAN))
    (known,) = found.actors
    assert known.id == "is"
    assert {"Islamic State", "Daesh group"} <= {n.text for n in known.names}


def test_a_written_out_name_of_the_dictionary_is_found_without_an_id() -> None:
    assert ids(who(presence("a", ref("Lashkar-i-Jhangvi"), PAKISTAN)))["Lashkar-e-Jhangvi"] == "lej"


def test_an_acronym_alone_is_not_taken_for_a_dictionary_actor() -> None:
    found = who(presence("a", ref("TTP"), PAKISTAN))
    assert found.actors[0].id != "ttp"


def test_unlisted_names_get_an_id_that_does_not_depend_on_the_document() -> None:
    one = who(presence("a", ref("Black Banner Brigade"), PAKISTAN))
    two = who(presence("b", ref("BLACK BANNER BRIGADE"), PAKISTAN))
    assert one.actors[0].id == two.actors[0].id


def test_a_person_and_a_group_of_one_name_are_two() -> None:
    found = who(
        presence("a", ref("Haqqani"), PAKISTAN), relation("a", "leads", person("Haqqani"), ref("Taliban", "taliban"))
    )
    assert len({link.actor for link in found.links if link.role in ("actor", "subject")}) == 2


def test_an_alias_in_a_text_joins_names_in_all_documents() -> None:
    found = who(
        relation("a", "alias_of", person("Kamran Gujjar"), person("Kamran Aslam")),
        relation("b", "member_of", person("Kamran Gujjar"), ref("IS", "is")),
    )
    assert ids(found)["Kamran Gujjar"] == ids(found)["Kamran Aslam"]
    assert [j.verdict for j in found.judgements] == ["same"]


def test_an_acronym_defined_in_a_text_joins_the_full_name() -> None:
    found = who(
        relation("a", "alias_of", ref("BBB"), ref("Black Banner Brigade")),
        presence("b", ref("BBB"), PAKISTAN),
    )
    assert ids(found)["BBB"] == ids(found)["Black Banner Brigade"]


def test_a_shared_alias_never_joins_two_dictionary_actors() -> None:
    found = who(
        relation("a", "alias_of", ref("the Lashkar"), ref("Lashkar-e-Jhangvi", "lej")),
        relation("b", "alias_of", ref("the Lashkar"), ref("Lashkar-e-Taiba", "let")),
    )
    assert {"lej", "let"} <= {a.id for a in found.actors}


def test_an_acronym_of_two_actors_stands_for_neither_where_no_report_tells() -> None:
    found = who(
        relation("a", "alias_of", ref("BB"), ref("Black Banner")),
        relation("b", "alias_of", ref("BB"), ref("Blue Brotherhood")),
        presence("c", ref("BB"), PAKISTAN),
    )
    assert [sorted(n.text for n in a.names) for a in sorted(found.actors, key=lambda a: a.names[0].text)] == [
        ["BB"],
        ["BB", "Black Banner"],
        ["BB", "Blue Brotherhood"],
    ]
    assert {(j.left, j.right) for j in found.judgements if j.verdict == "unsure"} == {
        ("BB", "Black Banner"),
        ("BB", "Blue Brotherhood"),
    }


def test_a_denied_alias_joins_nothing() -> None:
    found = who(relation("a", "alias_of", ref("Black Banner"), ref("Blue Brotherhood"), stance="denied"))
    assert len(found.actors) == 2


def test_look_alike_groups_stay_apart() -> None:
    found = who(
        presence("a", ref("Lashkar-e-Jhangvi"), PAKISTAN),
        presence("a", ref("Lashkar-e-Taiba"), PAKISTAN),
        presence("a", ref("Jamaat-ul-Ahrar"), PAKISTAN),
        presence("a", ref("Hizb-ul-Ahrar"), PAKISTAN),
    )
    assert len(found.actors) == 4


def test_a_shorter_full_name_in_the_same_group_is_the_same_person() -> None:
    found = who(
        relation("a", "member_of", person("Hafiz Saeed Khan"), ref("Daesh", "is")),
        relation("b", "leads", person("Hafiz Saeed Khan Orakzai"), ref("ISIS-K", "isk")),
    )
    assert ids(found)["Hafiz Saeed Khan"] == ids(found)["Hafiz Saeed Khan Orakzai"]


def test_a_shorter_full_name_in_another_group_is_another_person() -> None:
    found = who(
        relation("a", "leads", person("Hafiz Saeed"), ref("LeT", "let")),
        relation("b", "leads", person("Hafiz Saeed Khan"), ref("ISIS-K", "isk")),
    )
    assert ids(found)["Hafiz Saeed"] != ids(found)["Hafiz Saeed Khan"]


def test_two_people_in_one_mention_do_not_make_them_one() -> None:
    found = who(
        relation("a", "member_of", person("Daud Rostami and Karim Wazir"), ref("IS", "is")),
        relation("b", "member_of", person("Daud Rostami"), ref("IS", "is")),
        relation("c", "member_of", person("Karim Wazir"), ref("IS", "is")),
    )
    assert ids(found)["Daud Rostami"] != ids(found)["Karim Wazir"]
    assert len(found.actors) == 4


def test_common_names_spelled_in_two_ways_are_one_person_only_in_one_group() -> None:
    apart = who(presence("a", person("Mohammed Yusuf"), PAKISTAN), presence("b", person("Muhammad Yousef"), PAKISTAN))
    assert len(apart.actors) == 2
    group = ref("Taliban", "taliban")
    together = who(
        relation("a", "member_of", person("Mohammed Yusuf"), group),
        relation("b", "leads", person("Muhammad Yousef"), group),
    )
    assert len(together.actors) == 2


def test_a_common_name_is_a_listed_person_only_in_that_persons_group() -> None:
    known = {
        "taliban": actor("taliban", "Taliban"),
        "salam": actor("salam", "Salim Daud Rostami", "Abdul Salam", kind="person", parent="taliban"),
    }
    stranger = who(presence("a", person("Abdul Salam"), PAKISTAN), known=known)
    assert [a.id for a in stranger.actors] != ["salam"]
    tied = who(relation("a", "member_of", person("Abdul Salam"), ref("Taliban", "taliban")), known=known)
    assert ids(tied)["Abdul Salam"] == "salam"
    named = who(presence("a", person("Salim Daud Rostami"), PAKISTAN), known=known)
    assert [a.id for a in named.actors] == ["salam"]


def test_an_initial_is_the_full_name_in_the_same_group_only() -> None:
    found = who(
        relation("a", "member_of", person("Mokhtar Belmokhtar"), ref("AQIM", "aqim")),
        relation("b", "leads", person("M. Belmokhtar"), ref("AQIM", "aqim")),
        relation("c", "leads", person("M. Belmokhtar Saad"), ref("Taliban", "taliban")),
    )
    of = ids(found)
    assert of["M. Belmokhtar"] == of["Mokhtar Belmokhtar"] != of["M. Belmokhtar Saad"]
    assert [j.reasons[0].feature for j in found.judgements] == ["comparison"]


def test_an_initial_that_fits_two_of_a_group_joins_neither() -> None:
    group = ref("Taliban", "taliban")
    found = who(
        relation("a", "member_of", person("Karim Wazir"), group),
        relation("b", "member_of", person("Kamal Wazir"), group),
        relation("c", "member_of", person("K. Wazir"), group),
    )
    assert len({v for k, v in ids(found).items() if "Wazir" in k}) == 3


def test_two_of_a_family_in_one_group_stay_two() -> None:
    group = ref("Taliban", "taliban")
    pairs = [
        ("Sirajuddin Haqqani", "Jalaluddin Haqqani"),
        ("Baitullah Mehsud", "Hakimullah Mehsud"),
        ("Daud Khan Rostami", "Yusuf Khan Rostami"),
        ("Tariq Daud Ghilzai", "Daud Ghilzai"),
    ]
    for one, other in pairs:
        found = who(relation("a", "member_of", person(one), group), relation("b", "leads", person(other), group))
        assert ids(found)[one] != ids(found)[other], one


def test_a_short_name_that_fits_two_persons_joins_neither() -> None:
    group = ref("Taliban", "taliban")
    found = who(
        relation("a", "member_of", person("Abdul Haseeb"), group),
        relation("b", "member_of", person("Abdul Haseeb Loghari"), group),
        relation("c", "member_of", person("Mullah Abdul Haseeb"), group),
    )
    assert len({v for k, v in ids(found).items() if "Haseeb" in k}) == 3


def test_people_decide_on_names() -> None:
    claims = (
        relation("a", "member_of", person("Hafiz Saeed Khan"), ref("Daesh", "is")),
        relation("b", "leads", person("Hafiz Saeed Khan Orakzai"), ref("ISIS-K", "isk")),
        presence("c", ref("Black Banner"), PAKISTAN),
    )
    apart = Judgement("Hafiz Saeed Khan", "Hafiz Saeed Khan Orakzai", "different", "amira", "2026-01-01")
    found = ids(who(*claims, judgements=(apart,)))
    assert found["Hafiz Saeed Khan"] != found["Hafiz Saeed Khan Orakzai"]
    together = Judgement("Black Banner", "is", "same", "amira", "2026-01-01")
    assert ids(who(*claims, judgements=(together,)))["Black Banner"] == "is"


def test_links_name_every_role() -> None:
    group = ref("IS", "is")
    e = event("a", "bombing", who=(by("IS", "claimed", "is"), by("Taliban", "blamed", "taliban")))
    s = statement("a", "assessment", group, ref("Taliban", "taliban"), speaker=Speaker("the spokesman", "taliban"))
    r = relation("a", "member_of", person("Somebody Else"), group)
    links = set(who(e, s, r).links)
    assert {
        Link(e.id, "attribution:0", "is"),
        Link(e.id, "attribution:1", "taliban"),
        Link(s.id, "about:0", "is"),
        Link(s.id, "about:1", "taliban"),
        Link(s.id, "speaker", "taliban"),
        Link(r.id, "object", "is"),
    } <= links


def test_an_unnamed_speaker_is_no_actor() -> None:
    found = who(presence("a", ref("IS", "is"), PAKISTAN, speaker="a senior official"))
    assert [link.role for link in found.links] == ["actor"]


def test_words_that_only_describe_make_no_actor() -> None:
    e = event("a", "bombing", who=(by("gunmen", "asserted"), by("Taliban", "blamed", "taliban")))
    r = relation("a", "member_of", person("Some Leader"), ref("the same cell"))
    found = who(e, r)
    assert {(link.claim, link.role) for link in found.links} == {(e.id, "attribution:1"), (r.id, "subject")}
    assert who(presence("a", ref("طالبان"), PAKISTAN)).actors


def test_incidents_and_places_in_a_tie_are_no_actors() -> None:
    found = who(relation("a", "killed_in", person("Some Leader"), ref("Friday Bombing", kind="incident")))
    assert [a.names[0].text for a in found.actors] == ["Some Leader"]


def test_of_two_decisions_on_names_the_later_holds() -> None:
    claims = (presence("a", ref("Black Banner"), PAKISTAN), presence("a", ref("Blue Brotherhood"), PAKISTAN))
    same = Judgement("Black Banner", "Blue Brotherhood", "same", "amira", "2026-01-02")
    earlier = Judgement("Black Banner", "Blue Brotherhood", "different", "bilal", "2026-01-01")
    assert len(who(*claims, judgements=(same, earlier)).actors) == 1


def test_families_follow_the_dictionary_and_what_texts_agree_on() -> None:
    found = who(
        presence("a", ref("ISIS-K", "isk"), PAKISTAN),
        relation("a", "part_of", ref("Black Banner"), ref("Lashkar-e-Jhangvi", "lej")),
    )
    assert found.family["isk"] == "is"
    assert found.family[ids(found)["Black Banner"]] == "lej"


def test_a_part_of_a_listed_group_belongs_to_it() -> None:
    found = who(
        presence("a", ref("IS cell", "is/cell"), PAKISTAN),
        relation("a", "part_of", ref("IS cell", "is/cell"), ref("Lashkar-e-Jhangvi", "lej")),
    )
    assert found.family["is/cell"] == "is"
    assert next(a for a in found.actors if a.id == "is/cell").parent == "is"


def test_a_parent_that_names_itself_does_not_hang() -> None:
    known = {"x": actor("x", "Circle One", parent="y"), "y": actor("y", "Circle Two", parent="x")}
    assert identify(corpus(presence("a", ref("Circle One", "x"), PAKISTAN), known=known)).actors


def test_known_actors_nobody_mentions_are_not_listed() -> None:
    assert len(who(presence("a", ref("IS", "is"), PAKISTAN)).actors) == 1 < len(KNOWN)
