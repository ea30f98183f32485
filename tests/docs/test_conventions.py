"""The conventions of `docs/method.md` and the worked codebook of `docs/codebook.md`, tried on the program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docs_pages import blocks, page, section, table

from khabar.codebook.check import check_codebook
from khabar.codebook.load import load_codebook
from khabar.coding import Coder
from khabar.documents import Origin, parse
from khabar.exchange import claim_from_json, claim_to_json
from khabar.reading.dates import find_dates
from khabar.reading.numbers import find_counts
from khabar.records import Claim, Document, EventBody, Interval
from khabar.resolution.values import choices, fields, tolls
from khabar.resolution.values.rules import RULES
from khabar.resolution.weights import load_weights
from khabar.settings import load_settings

_METHOD = page("docs/method.md")
_DATES = table(section(_METHOD, "Dates"), "words")
_NUMBERS = table(section(_METHOD, "Numbers of people"), "words")
_PUBLISHED = Interval("2017-05-17", "2017-05-17")


@pytest.mark.parametrize(("words", "earliest", "latest"), _DATES, ids=[row[0] for row in _DATES])
def test_dates_are_read_as_described(words: str, earliest: str, latest: str) -> None:
    [found] = find_dates(f"They attacked the town {words}, the report said.", _PUBLISHED)
    assert (found.earliest or "-", found.latest or "-") == (earliest, latest)


@pytest.mark.parametrize(("words", "low", "best", "high"), _NUMBERS, ids=[row[0] for row in _NUMBERS])
def test_numbers_are_read_as_described(words: str, low: str, best: str, high: str) -> None:
    [found] = find_counts(f"They killed {words} people there.")
    count = found.count
    assert tuple("-" if n is None else str(n) for n in (count.low, count.best, count.high)) == (low, best, high)


def test_rules_for_shown_values_are_those_of_the_program() -> None:
    ways = {choices.ONLY, choices.MAJORITY, choices.RECENT, choices.LOWEST, choices.FIRST, choices.ALL}
    documented = {row[0] for row in table(_METHOD, "beside the value")}
    assert documented == ways | {tolls.SPECIFIC, fields.OVERLAP, fields.PRECISE}
    rules = [(row[0], row[1]) for row in table(page("docs/resolution.md"), "rule")]
    assert rules == [(rule.name, rule.meaning) for rule in RULES]


def test_thresholds_are_those_of_the_program() -> None:
    found = re.search(r"the same \(from ([\d.]+)\), unsure \(from ([\d.]+)\)", " ".join(_METHOD.split()))
    assert found is not None
    weights = load_weights()
    assert (float(found[1]), float(found[2])) == (weights.same, weights.unsure)


# ---------------------------------------------------------------- the worked codebook


@pytest.fixture(scope="module")
def own_codebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    [example] = [b.text for b in blocks(page("docs/codebook.md"), "yaml") if b.text.startswith("extends:")]
    path = tmp_path_factory.mktemp("codebook") / "mine.yml"
    path.write_text(example, encoding="utf-8")
    return path


def test_the_example_is_a_clean_codebook(own_codebook: Path) -> None:
    assert check_codebook(own_codebook) == []
    book = load_codebook(own_codebook)
    assert book.key == "infrastructure@1"
    assert "protest" not in book.events
    assert set(load_codebook().events) - {"protest"} < set(book.events)


def test_the_example_codes_its_sentences(own_codebook: Path) -> None:
    sentences = re.findall(r"^\* \"([^\"]+)\" gives", page("docs/codebook.md"), re.MULTILINE)
    assert len(sentences) == 2
    sabotage, bombing = (_event(own_codebook, sentence) for sentence in sentences)
    assert isinstance(sabotage.body, EventBody)
    assert isinstance(bombing.body, EventBody)
    assert (sabotage.body.type, sabotage.body.targets[0].category) == ("sabotage", "infrastructure")
    assert sabotage.extractor.codebook == "infrastructure@1"
    assert (bombing.body.type, bombing.body.targets[0].category) == ("bombing", "infrastructure")
    assert bombing.body.killed is not None
    assert bombing.body.killed.best == 2


def _event(codebook: Path, sentence: str) -> Claim:
    text = f"Published: 5 March 2018\n\n{sentence}\n"
    [document] = parse(text.encode(), Origin("example.txt"))
    [event] = [c for c in Coder(load_settings().cache, str(codebook))(document) if c.kind == "event"]
    return event


def test_a_type_that_others_need_cannot_be_dropped(own_codebook: Path) -> None:
    path = own_codebook.with_name("dropped.yml")
    path.write_text(own_codebook.read_text().replace("drop: [protest]", "drop: [hostage]"), encoding="utf-8")
    assert any("hostage" in finding.message for finding in check_codebook(path))


def test_every_section_of_a_codebook_is_described() -> None:
    book = page("src/khabar/codebook/books/political-violence.yml")
    text = page("docs/codebook.md")
    named = {word for line in re.findall(r"^### (.+)$|`(\w+)`", text, re.MULTILINE) for word in " ".join(line).split()}
    assert set(re.findall(r"^(\w+):", book, re.MULTILINE)) <= named


def test_other_yaml_on_the_page_is_from_the_built_in_codebook() -> None:
    """Short examples show real frames and patterns, so that nobody learns a form that does not work."""
    others = [b.text for b in blocks(page("docs/codebook.md"), "yaml") if not b.text.startswith("extends:")]
    book = re.sub(r"\s+", "", page("src/khabar/codebook/books/political-violence.yml"))
    frames = [line for text in others for line in text.splitlines() if not line.startswith("-")]
    assert frames
    assert all(re.sub(r"\s+", "", line) in book for line in frames)


# ---------------------------------------------------------------- the claim format


def test_the_example_of_a_claim_is_one() -> None:
    """Read and written again it is the same: no key of the format is missing on the page, and none is made up."""
    example = json.loads(next(blocks(page("docs/claims.md"), "json")).text)
    for evidence in example["evidence"]:
        evidence["quote"] = "x" * (evidence["end"] - evidence["start"])
    about = example["document"]
    document = Document(
        about["id"],
        "text",
        file=about["file"],
        external_id=about["external_id"],
        published=Interval(**about["published"]),
    )
    assert claim_to_json(claim_from_json(example), document) == example


def test_the_example_of_a_report_is_read_as_described() -> None:
    example = json.loads(next(b.text for b in blocks(page("docs/claims.md"), "json") if '"published": "' in b.text))
    example["text"] = "Gunmen killed two guards in Quetta."
    [document] = parse(json.dumps(example).encode(), Origin("reports.jsonl"))
    assert (document.external_id, document.language, document.genre) == (example["id"], "en", "news")
    assert document.published == Interval("2016-10-25", "2016-10-25")
