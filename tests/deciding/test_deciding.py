"""Decisions on a real store: what was typed, what holds after a re-run, and that undoing restores the base exactly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copies import copied
from khabar import pipeline
from khabar.codebook.load import load_codebook
from khabar.deciding import Desk
from khabar.errors import NotFoundError, SettingsError
from khabar.exchange import claim_to_json
from khabar.export.incidents import incident_json
from khabar.records import Asked, Claim, Extractor
from khabar.settings import Settings, load_settings
from khabar.store import ActorFilter, ClaimFilter, EventFilter, Store, open_store

REPORTS = {
    "1": "A bomb killed 12 people at a market in Kabul on 3 May 2019, police said.",
    "2": "At least 12 people died when a bomb went off at a market in Kabul on 3 May 2019.",
    "3": "Gunmen killed four policemen in Herat on 5 May 2019, officials said.",
    "4": "Four policemen were shot dead by gunmen in Herat on 5 May 2019.",
    "5": "A bomb killed two soldiers in Kunduz on 9 June 2019. The Red Lantern Front claimed the attack.",
    "6": "The Red Lanterns Front said it killed two soldiers in Kunduz on 9 June 2019 with a bomb.",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of six short reports, read once."""
    folder = tmp_path_factory.mktemp("decide")
    lines = [json.dumps({"id": k, "text": t, "published": "2019-06-10"}) for k, t in REPORTS.items()]
    (folder / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with open_store(folder / "made.db") as base:
        pipeline.add(base, [folder / "reports.jsonl"])
        pipeline.run(base, replace(load_settings(), processes=1))
    return folder / "made.db"


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Desk]:
    copied(made, tmp_path / "k.db")
    with open_store(tmp_path / "k.db", create=False) as base:
        yield Desk(base, Settings(user="amal"))


def state(base: Store) -> list[str]:
    """The whole of what is put together: incidents, actors, links, contradictions, judgements."""
    events = list(base.events())
    files = {d.id: (d.external_id, d.file) for d in base.document_list()}
    claims = [c.id for c in base.claims()]
    return [
        *(json.dumps(incident_json(event, files), sort_keys=True) for event in events),
        *map(repr, events),
        *map(repr, base.actors(ActorFilter())),
        *map(repr, base.links(claims)),
        *map(repr, base.contradictions()),
        *map(repr, base.judgements()),
        *(json.dumps(claim_to_json(c), sort_keys=True) for c in base.claims()),
    ]


def asked(act: str, *keys: str, note: str = "") -> Asked:
    return Asked(act, keys, "amal", note)


def clusters(base: Store) -> set[frozenset[str]]:
    return {frozenset(e.claims) for e in base.events()}


def event_in(desk: Desk, town: str) -> str:
    return next(e.id for e in desk.base.events(EventFilter(text=town)))


def test_the_reports_make_three_incidents_of_two_each(desk: Desk) -> None:
    assert sorted(len(e.documents) for e in desk.base.events()) == [2, 2, 2]


def test_a_merge_and_its_undoing(desk: Desk) -> None:
    before = state(desk.base)
    left, right = event_in(desk, "Kabul"), event_in(desk, "Herat")
    kept = desk.decide(asked("merge", left, right, note="one attack"))
    assert (kept.number, kept.act, kept.by, kept.note, kept.about) == (1, "merge", "amal", "one attack", "incidents")
    assert sorted(len(e.documents) for e in desk.base.events()) == [2, 4]
    assert [j.by for j in desk.base.judgements() if j.by == "amal"]
    desk.decide(asked("undo"))
    assert state(desk.base) == before


def test_nothing_to_undo_is_said(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no decision to undo"):
        desk.decide(asked("undo"))


def test_decisions_survive_a_run_that_puts_everything_together_anew(desk: Desk) -> None:
    desk.decide(asked("merge", event_in(desk, "Kabul"), event_in(desk, "Herat")))
    after = state(desk.base)
    pipeline.resolve_base(desk.base, load_codebook(), desk.settings.doubt)
    assert state(desk.base) == after


def test_decisions_survive_a_reading_that_gives_the_claims_other_ids(desk: Desk) -> None:
    base = desk.base
    left, right = event_in(desk, "Kabul"), event_in(desk, "Herat")
    desk.decide(asked("different", left, right))
    desk.decide(asked("merge", left, event_in(desk, "Kunduz")))
    documents = {c.id: c.passages[0].document for c in base.claims()}
    shape = {frozenset(documents[c] for c in e.claims) for e in base.events()}
    for document in {*documents.values()}:
        claims = [_reread(c) for c in base.claims(ClaimFilter(document=document))]
        base.save_claims(document, claims, Extractor("rules", "next", "political-violence@1"))
    pipeline.resolve_base(base, load_codebook(), desk.settings.doubt)
    documents = {c.id: c.passages[0].document for c in base.claims()}
    assert {frozenset(documents[c] for c in e.claims) for e in base.events()} == shape
    assert [e.state for e in desk.journal()] == ["holds", "holds"]


def _reread(claim: Claim) -> Claim:
    return replace(claim, id=f"next{claim.id}") if claim.kind == "event" else claim


def test_a_split_parts_the_claims_named_from_the_rest(desk: Desk) -> None:
    before = state(desk.base)
    event = desk.base.event(event_in(desk, "Kunduz"))
    member, *rest = event.claims
    desk.decide(asked("split", event.id, member))
    assert {frozenset([member]), frozenset(rest)} <= clusters(desk.base)
    desk.decide(asked("undo", "1"))
    assert state(desk.base) == before


def test_an_incident_that_is_there_no_more_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    left, right = event_in(desk, "Kabul"), event_in(desk, "Herat")
    desk.decide(asked("merge", left, right))
    with pytest.raises(NotFoundError, match="id changes"):
        desk.decide(asked("different", left, event_in(desk, "Kunduz")))
    assert len(desk.journal()) == 1


@pytest.mark.parametrize(
    ("act", "keys"),
    [
        ("same", ["Kabul"]),
        ("same", ["Kabul", "Kabul"]),
        ("merge", ["Kabul"]),
        ("split", ["Kabul"]),
        ("same", ["Kabul", "actor"]),
        ("split", ["Kabul", "all"]),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(desk: Desk, act: str, keys: list[str]) -> None:
    event = desk.base.event(event_in(desk, "Kabul"))
    actor = next(iter(desk.base.actors())).actor.id
    meant = {"Kabul": [event.id], "actor": [actor], "all": list(event.claims)}
    with pytest.raises(SettingsError):
        desk.decide(asked(act, *(key for word in keys for key in meant[word])))
    assert desk.journal() == []


def test_the_journal_says_what_became_of_each(desk: Desk) -> None:
    left, right = event_in(desk, "Kabul"), event_in(desk, "Herat")
    desk.decide(asked("merge", left, right))
    [whole] = [e for e in desk.base.events() if len(e.documents) == 4]
    parts = clusters(desk.base)
    desk.decide(asked("split", whole.id, *desk.base.event(whole.id).claims[:1]))
    assert clusters(desk.base) != parts
    desk.decide(asked("undo"))
    assert [(e.state, e.by) for e in desk.journal()] == [("holds", ()), ("undone", (3,)), ("holds", ())]
    desk.decide(asked("undo", "3"))
    assert [(e.state, e.by) for e in desk.journal()] == [
        ("partly overruled", (2,)),
        ("holds", ()),
        ("undone", (4,)),
        ("holds", ()),
    ]
    with pytest.raises(SettingsError, match="undone already, by decision 4"):
        desk.decide(asked("undo", "3"))


def test_actors_are_told_apart_and_joined(desk: Desk) -> None:
    before = state(desk.base)
    names = {s.actor.names[0].text for s in desk.base.actors()}
    assert "Red Lantern Front" in names or "The Red Lantern Front" in names
    actor = desk.base.actor("Red Lantern Front")
    other = next(s.actor for s in desk.base.actors() if s.actor.id != actor.id)
    kept = desk.decide(asked("same", "red lantern front", other.id))
    assert kept.about == "actors"
    assert len(list(desk.base.actors())) == len(names) - 1
    desk.decide(asked("undo"))
    assert state(desk.base) == before


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_decisions_undone_one_after_another_leave_the_base_as_it_was(
    made: Path, tmp_path: Path, data: st.DataObject
) -> None:
    with open_store(copied(made, tmp_path / "any.db"), create=False) as base:
        desk = Desk(base, Settings())
        states = [state(base)]
        for _ in range(data.draw(st.integers(1, 4))):
            keys = [*(e.id for e in base.events()), *(c for e in base.events() for c in e.claims)]
            act = data.draw(st.sampled_from(("same", "different", "unsure", "merge")))
            pair = data.draw(st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True))
            try:
                desk.decide(asked(act, *pair))
            except SettingsError:
                continue  # one is part of the other
            states.append(state(base))
        assert len(desk.journal()) == len(states) - 1
        for earlier in reversed(states[:-1]):
            desk.decide(asked("undo"))
            assert state(base) == earlier
        assert base.check() == []
