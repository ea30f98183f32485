"""From short reports to the ledger: cases a coder can read, in `ledger.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.codebook.load import load_codebook
from khabar.coding import extract_text
from khabar.facts import document_facts, type_facts
from khabar.reading.actors import actors_by_id
from khabar.resolution import Corpus
from khabar.resolution.actors import identify
from khabar.resolution.parties import parties_of
from khabar.resolution.positions import positions
from khabar.resolution.resolve import resolve
from khabar.resolution.total_words import coverage_words
from khabar.resolution.totals import coverage

CASES = yaml.safe_load((Path(__file__).parent / "ledger.yml").read_text(encoding="utf-8"))


def corpus_of(case: dict[str, Any]) -> Corpus:
    documents, claims = {}, []
    for day, text in case["reports"]:
        document, found = extract_text(text, published=str(day))
        documents[document.id] = document_facts(document)
        claims += found
    return Corpus(claims, documents, known=actors_by_id(), types=type_facts(load_codebook()))


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])
def test_reports_give_the_ledger_a_coder_expects(case: dict[str, Any]) -> None:
    corpus = corpus_of(case)
    found = resolve(corpus)
    told = [(c.kind, f"{c.title} {' '.join(s.says for s in c.sides)}", c.reconcilers) for c in found.contradictions]
    expected = case["contradictions"]
    assert [kind for kind, _, _ in told] == [kind for kind, _, _ in expected], told
    for (_, words, reconcilers), (_, wanted, names) in zip(told, expected, strict=True):
        assert wanted in words
        assert {r.name for r in reconcilers} >= set(names)
    parties = parties_of(identify(corpus))
    over_time = positions(corpus, corpus.claims, found.events, parties)
    assert [(p.kind, [s.stance for s in p.steps]) for p in over_time] == [
        (kind, stances) for kind, _, stances in case.get("positions", [])
    ]
    totals = coverage(corpus, corpus.claims, found.events, parties)
    assert coverage_words(totals[0]) == case["explains"] if "explains" in case else not totals
