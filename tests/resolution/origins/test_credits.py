"""An agency is credited where credits stand, and nowhere else; spellings of a publisher are one house."""

from __future__ import annotations

import pytest

from khabar.records import Document
from khabar.resolution.origins.credits import UNNAMED_AGENCY, agency_named, credits_of, house_key, house_name

BODY = "Shops stayed closed in the old town. Schools will open again on Sunday. " * 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"HERAT, Afghanistan (AP) — {BODY}", ("AP",)),
        (f"Herat, May 12 (Reuters) - {BODY}", ("Reuters",)),
        (f"AFP\n{BODY}", ("AFP",)),
        (f"By Agencies\n{BODY}", (UNNAMED_AGENCY,)),
        (f"© 2019 AFP\n{BODY}", ("AFP",)),
        (f"{BODY}(PTI)", ("PTI",)),
        (f"{BODY}—Reuters", ("Reuters",)),
        (f"{BODY}\n(With inputs from agencies)", (UNNAMED_AGENCY,)),
        (f"{BODY}\nWith inputs from AFP and our correspondent in Herat", ("AFP",)),
        (f"{BODY}\n(With inputs from PTI and AFP)", ("AFP", "PTI")),
        (f"{BODY}\nThe Associated Press contributed to this report.", ("AP",)),
    ],
)
def test_credits_in_the_text(text: str, expected: tuple[str, ...]) -> None:
    assert credits_of(Document("d", text, publisher="Herat Post")) == expected


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"A spokesman told AFP (by telephone) that he knew nothing. {BODY}",
        f"HERAT (AP Photo) — {BODY}",
        f"ISLAMABAD: PTI leaders said they would march. {BODY}",  # a party here, and no credit
        f"{BODY}Two agencies are asking for help (see page 3)",
    ],
)
def test_what_only_looks_like_a_credit(text: str) -> None:
    assert credits_of(Document("d", text, publisher="Herat Post")) == ()


@pytest.mark.parametrize(
    ("publisher", "author", "expected"),
    [
        ("Herat Post (AFP)", None, ("AFP",)),
        ("Herat Post", "AFP", ("AFP",)),
        ("Herat Post", "Reuters / Herat Post", ("Reuters",)),
        ("Herat Post", "Agencies", (UNNAMED_AGENCY,)),
        ("Mehr News (Reuters)", None, ("Reuters",)),
        ("Herat Post", "AP Singh", ()),
        ("Press Trust of India", None, ()),  # its own report
    ],
)
def test_credits_beside_the_text(publisher: str, author: str | None, expected: tuple[str, ...]) -> None:
    assert credits_of(Document("d", BODY, publisher=publisher, author=author)) == expected


def test_spellings_of_one_publisher() -> None:
    spellings = ("Dawn", "The Dawn", "DAWN.COM", "www.dawn.com", "https://www.dawn.com/news/1", "Dawn newspaper")
    assert {house_key(s) for s in spellings} == {"dawn"}
    assert house_key("Hindustan Times") == house_key("HindustanTimes.com") != house_key("Times")
    assert house_key("Sky News (mirror)") == house_key("Sky News")
    assert house_name("Sky News (mirror)") == "Sky News"
    assert house_key("") == ""


def test_names_of_agencies() -> None:
    assert agency_named("Agence France-Presse") == agency_named("the AFP news agency") == "AFP"
    assert agency_named("the Associated Press") == "AP"
    assert agency_named("Herat Post") is None
