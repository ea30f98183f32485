"""Each case is damage seen in real reports, in sentences of our own: what is read, and what must be left alone."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import name

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.documents.repair import RULES, repair
from khabar.text import TWINS, Repaired


def reading(text: str) -> str:
    return Repaired(text, repair(text)).text


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        # mojibake, in runs of one and several characters
        ("The groupâ€™s leader said â€œnoâ€\x9d in the cafÃ©.", "The group’s leader said “no” in the café."),
        ("Twenty killedÂ\xa0there â€“ police", "Twenty killed there – police"),
        ("A\x93quoted\x94 word\x85", "A“quoted” word…"),
        # blanks
        ("killed\xa0\xa0  nine\u2009people\t\there", "killed nine people here"),
        # invisible characters and ligatures
        ("go\u00advern\u200bment \ufb01ghters", "government fighters"),
        ("\ufeffFirst words", "First words"),
        # letters that only look like those they stand for
        ("Th\u0435 T\u0430lib\u0430n cl\u0430imed it, p\u043elice s\u0430id", "The Taliban claimed it, police said"),
        ("\U0001d413\U0001d421\U0001d41e \U0001d5e7\U0001d5e7\U0001d5e3 killed two", "The TTP killed two"),
        ("\uff11\uff12 dead near \uff31uetta", "12 dead near Quetta"),
        # accents and line ends of other systems
        ("Wu\u0308rzburg and Mopti\u0301, not x\u0336", "Würzburg and Moptí, not x\u0336"),
        ("One line.\r\n\r\nAnother.\rA third.", "One line.\n\nAnother.\nA third."),
        # apostrophes and quotation marks of broken fonts
        ("the group‘s men and the militants‘ base", "the group's men and the militants' base"),
        ("called them ―martyrs‖ and ―heroes‖.", "called them “martyrs” and “heroes”."),
        # notes glued to sentences
        ("He died in May 2015.1 The group kept silent.2", "He died in May 2015. The group kept silent."),
        ("Four were hurt.3 The men fled to Herat.4 They hid.", "Four were hurt. The men fled to Herat. They hid."),
        ("as “a war.”7 The army left.8 It was late.", "as “a war.” The army left. It was late."),
        ("Nine were wounded.[12] The men fled[citation needed].", "Nine were wounded. The men fled."),
        ("Nine were wounded.¹² The men fled² again.", "Nine were wounded. The men fled again."),
        # lost blanks
        ("Nine people were killed.The army came.", "Nine people were killed. The army came."),
        # line ends
        ("The govern-\nment met the suicide-\nbomber.", "The government met the suicide-bomber."),
        ("The war-\nlords met and the warlords left.", "The warlords met and the warlords left."),
        ("Jamaat-\nul-Ahrar, Tehrik-i-\nTaliban and Al-\nQaeda", "Jamaat-ul-Ahrar, Tehrik-i-Taliban and Al-Qaeda"),
        ("a govern-\nment-led plan", "a government-led plan"),
        ("one\rtwo\u2028three\u2029four", "one\ntwo\nthree\n\nfour"),
    ],
)  # fmt: skip
def test_damage_is_read_as_what_was_meant(damaged: str, sound: str) -> None:
    assert reading(damaged) == sound


def test_twins_are_letters_of_other_alphabets_in_the_same_case() -> None:
    for other, twin in TWINS.items():
        assert name(other).startswith(("CYRILLIC", "GREEK"))
        assert twin.isascii()
        assert (other.isupper(), other.islower()) == (twin.isupper(), twin.islower())


@pytest.mark.parametrize(
    "sound",
    [
        "The rate rose by 3.5 percent to $4.2 million, see section 3.1 below.",
        "It is the U.S.1 model and version 2.0.1 of it.",
        "Under Article.3 The states agreed; No.4 The second list; Fig.2 Shows it.",
        "The shrine was hit at 10.30 Pakistani time.",
        "At least 52 were killed.102 Others were wounded.",  # a count with a lost blank is no note
        "Nine men were held.11 Taliban fighters escaped.",
        "An area of 40 km² and 3 m² was cleared.",
        "They said [10] men were killed and [sic] 2 [two] hurt.",
        "“CAFÉ” was the target, said Zoë Brontë; São Paulo – naïve.",
        "He cried ‘No!’ and the ‘emir’ left ― so they said ― for home.",
        "Visit www.example.Com or mail A.Smith@example.Org for more.",
        "A checkpoint and an airstrike: the counterterrorism gunbattle of hardliners.",
        "One paragraph.\n\nAnother paragraph of the same text.\n",
        "\u0422\u0410\u0421\u0421 and \u0420\u0411\u041a reported it; Москва said nothing.",
        "5 µg of α-amanitin, said \u0391\u0398\u0397\u039d\u0391.",
    ],
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert repair(sound) == ()


def test_glued_words_are_parted_only_where_blanks_are_damaged_and_both_parts_are_known() -> None:
    damage = "The   group    had  alreadypledged to a largescale plan with   mujahideen and airstrikes."
    assert reading(damage) == "The group had already pledged to a large scale plan with mujahideen and airstrikes."
    assert reading("The group had alreadypledged to a largescale plan.").count("alreadypledged") == 1


def test_every_line_of_text_with_long_lines_is_a_paragraph() -> None:
    long = "The army said that nothing of the kind had happened in the valley. " * 4
    assert reading(f"A heading\n{long}\nAnother heading\n{long}").count("\n\n") == 3


def test_wrapped_text_keeps_its_lines_and_parts_its_paragraphs_and_headings() -> None:
    wrapped = (
        "The army said on Friday that nothing of the kind had happened in the\n"
        "valley, and that the men who were seen there had come from the other\n"
        "side of the river.\n"
        "A spokesman of the group denied this in a statement and said that its\n"
        "fighters had held the road for three days and would hold it for more.\n"
        "The Road to the North\n"
        "Few trucks have passed since the spring, and those that do pay a toll\n"
        "to whoever holds the bridge on the day, drivers said this week.\n"
    )
    paragraphs = reading(wrapped).split("\n\n")
    assert [p.split()[0] + " " + p.split()[1] for p in paragraphs] == [
        "The army",
        "A spokesman",
        "The Road",
        "Few trucks",
    ]


def test_pages_are_joined_without_their_heads_feet_and_numbers() -> None:
    bodies = [
        "The men of the first column crossed the river\nand reached the town when the guards had left the",
        "bridge. Nobody was hurt on that day, which the\nelders of the town put down to the rain.",
        "In the spring they came back with more men and\ntook the road to the mine, the market and the",
        "school, where they stayed.\nThe army did not come.",
    ]
    text = "\f".join(f"Review of Conflict, No. 7\n{body}\n{n}" for n, body in enumerate(bodies, 1))
    result = reading(text)
    assert "had left the bridge. Nobody" in result
    assert "down to the rain.\n\nIn the spring" in result
    assert "the school, where" in result
    assert result.count("Review of Conflict") == 1  # the head of the first page stays: a title stands there
    assert "\f" not in result


@given(st.text(alphabet=st.sampled_from("aB .1‘‖―\xa0\n\f-é\u00adâ€™Â[]²\r\x93’s“”"), max_size=120))
@settings(max_examples=300)
def test_edits_are_sorted_apart_and_inside_the_text_and_map_back(text: str) -> None:
    edits = repair(text)
    for left, right in pairwise(edits):
        assert left.end <= right.start
    assert all(0 <= e.start < e.end <= len(text) and e.why for e in edits)
    repaired = Repaired(text, edits)
    for i in range(len(repaired.text)):
        start, end = repaired.span(i, i + 1)
        assert 0 <= start < end <= len(text), "every character read stands for characters of the text"


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_any_text_can_be_repaired_and_blanks_are_then_sound(text: str) -> None:
    once = reading(text)
    assert "\xa0" not in once
    assert not any("\u200b" <= c <= "\u200f" for c in once)


@given(
    st.lists(
        st.sampled_from(["The group‘s men.", "killed\xa0\xa0nine", "in May 2015.1 The", "govern-\nment", "donâ€™t"]),
        unique=True,
    )
)
def test_repairing_what_is_repaired_changes_nothing(parts: list[str]) -> None:
    once = reading(" and ".join(parts))
    assert reading(once) == once


def test_every_rule_says_what_it_does() -> None:
    docs = [rule.find.__doc__ for rule in RULES]
    assert all(docs)
    assert len(set(docs)) == len(docs)
