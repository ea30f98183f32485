"""A corrected toll outlives a better reader, in the claims and in the incidents made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from copies import copied
from khabar.deciding import Desk
from khabar.exchange import claim_id
from khabar.records import Claim, Count, EventBody, Extractor
from khabar.review.acts import Act
from khabar.reviewing import renew
from khabar.settings import load_settings
from khabar.store.base import Store
from khabar.store.opening import open_store
from khabar.store.questions import ClaimFilter, EventFilter


@pytest.fixture
def base(demo_base: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(copied(demo_base, tmp_path / "k.db"), create=False) as opened:
        yield opened


def _other_toll(claim: Claim) -> Claim:
    assert isinstance(claim.body, EventBody)
    other = replace(claim, body=replace(claim.body, killed=Count(2, 2, 2, "two")), confidence=0.99)
    return replace(other, id=claim_id(other))


def test_a_better_reader_changes_nothing_that_was_decided(base: Store) -> None:
    settings = load_settings()
    desk = Desk(base, settings)
    every = base.claims(ClaimFilter(kinds=("event",), coded=0.5, aggregates=False))
    claim = next(
        c for c in every if isinstance(c.body, EventBody) and c.body.killed and base.count(EventFilter(claim=c.id))
    )
    document = claim.passages[0].document
    bounds = {"killed.low": "77", "killed.best": "77", "killed.high": "77"}
    [kept] = desk.keep(desk.bench(document), [Act("correct", "amal", claim.id, values=bounds, partly=True)])
    assert kept.accepted is not None
    [event] = base.events(EventFilter(claim=kept.accepted["id"]))
    before = {e.id: e for e in base.events()}

    better = Extractor("rules", "99", claim.extractor.codebook)
    read = [_other_toll(c) if c.id == claim.id else c for c in base.claims(ClaimFilter(document=document, read=True))]
    base.save_claims(document, [replace(c, extractor=better) for c in read], better)
    renew(base, settings)
    assert {e.id: e for e in base.events()} == before
    assert base.event(event.id).derived["killed"].value["best"] == 77
    [waiting] = [e for e in desk.bench(document).read if e.id == _other_toll(claim).id]
    assert base.standings([waiting.id])[waiting.id][0] == "waiting"
