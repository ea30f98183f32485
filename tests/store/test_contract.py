"""What every store must do, whatever it is kept in."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from store_samples import (
    EXTRACTOR,
    LATER,
    accepted,
    bombing,
    claim,
    claims_of,
    decision,
    document,
    event,
    full_document,
    rejected_by,
    resolved,
)

from khabar.errors import NotFoundError, StoreError
from khabar.records import (
    ActorRef,
    Decision,
    EventBody,
    Extractor,
    Interval,
    Judgement,
    Passage,
    Reason,
    Relation,
    Value,
    When,
)
from khabar.store import (
    Activity,
    ActorFilter,
    ActorLink,
    Assembled,
    ClaimFilter,
    ContradictionFilter,
    DocumentFilter,
    EventFilter,
    Store,
    TieFilter,
    TieSummary,
    open_store,
)

# ------------------------------------------------------------------ documents


def test_a_document_comes_back_whole(store: Store) -> None:
    doc = full_document()
    assert store.add_document(doc)
    assert store.document(doc.id) == doc
    assert list(store.documents()) == [doc]


def test_the_same_document_twice_is_one(store: Store) -> None:
    assert store.add_document(document())
    assert not store.add_document(document())
    assert store.overview().documents == 1
    assert len(store.origins(document().id)) == 1


def test_the_same_bytes_under_another_name_are_another_origin(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    assert not store.add_document(replace(doc, file="copy.txt", external_id="7", url="https://example.org"))
    found = [(o.file, o.external_id, o.url) for o in store.origins(doc.id)]
    assert found == [("one.txt", None, None), ("copy.txt", "7", "https://example.org")]
    assert store.document(doc.id).file == "one.txt"


def test_documents_by_what_they_are(store: Store) -> None:
    docs = [
        document("a.txt", publisher="Gazette", published=Interval("2019-01-01", "2019-01-31")),
        document("b.txt", language="fr", unread="It is French.", published=Interval("2019-03-01", None)),
        document("c.txt", published=Interval()),
    ]
    for doc in docs:
        store.add_document(doc)

    def files(**where: object) -> list[str]:
        asked = DocumentFilter(**where)  # type: ignore[arg-type]
        found = [doc.file for doc in store.documents(asked)]
        assert [row.file for row in store.document_list(asked)] == found
        if asked.limit is None and not asked.offset:
            assert store.count(asked) == len(found)
        return [name.removesuffix(".txt") for name in found]

    assert files() == ["a", "b", "c"]
    assert files(states=("unread",)) == ["b"]
    assert files(states=("pending", "read")) == ["a", "c"]
    assert files(language="fr") == ["b"]
    assert files(publisher="Gazette") == ["a"]
    assert files(file="c.txt") == ["c"]
    assert files(since="2019-01-15") == ["a", "b"]
    assert files(since="2019-02-01") == ["b"]
    assert files(until="2019-02-01") == ["a"]
    assert files(text="lantern") == ["a", "b", "c"]
    assert files(text="absent") == []
    assert files(limit=1, offset=1) == ["b"]
    assert files(offset=2) == ["c"]
    assert files(limit=0) == []


def test_the_list_of_documents_says_how_far_each_is(store: Store) -> None:
    docs = [document(f"{n}.txt") for n in range(4)]
    docs[3] = replace(docs[3], unread="It is empty.")
    for doc in docs:
        store.add_document(doc)
    store.save_claims(docs[0].id, claims_of(docs[0]), EXTRACTOR)
    store.save_failure(docs[1].id, EXTRACTOR, "It is too long.")
    rows = list(store.document_list())
    assert [(r.state, r.message, r.claims) for r in rows] == [
        ("read", None, 5),
        ("failed", "It is too long.", 0),
        ("pending", None, 0),
        ("unread", "It is empty.", 0),
    ]
    assert rows[0].characters == len(docs[0].text)
    overview = store.overview()
    assert (overview.documents, overview.read, overview.failed, overview.pending, overview.unread) == (4, 1, 1, 1, 1)
    assert overview.claims == {"event": 2, "presence": 1, "relation": 1, "statement": 1}


# ------------------------------------------------------------------ reading and resuming


def test_only_what_is_not_yet_read_is_pending(store: Store) -> None:
    docs = [document(f"{n}.txt") for n in range(4)]
    docs[3] = replace(docs[3], unread="It is empty.")
    for doc in docs:
        store.add_document(doc)
    assert list(store.pending(EXTRACTOR)) == [d.id for d in docs[:3]]
    store.save_failure(docs[0].id, EXTRACTOR, "It failed.")
    store.save_claims(docs[1].id, [], EXTRACTOR)
    assert list(store.pending(EXTRACTOR)) == [docs[2].id, docs[0].id]
    assert list(store.pending(LATER)) == [d.id for d in docs[:3]]
    assert list(store.pending(replace(EXTRACTOR, codebook="mine@1"))) == [d.id for d in docs[:3]]


def test_what_failed_too_often_with_an_extractor_stays_out(store: Store) -> None:
    good, bad = document("good.txt"), document("bad.txt")
    for doc in (bad, good):
        store.add_document(doc)
    for tried in range(3):
        assert store.pending_count(EXTRACTOR, 3) == 2
        assert list(store.pending(EXTRACTOR, 3)) == ([bad.id, good.id] if not tried else [good.id, bad.id])
        store.save_failure(bad.id, EXTRACTOR, "It failed.")
    assert list(store.pending(EXTRACTOR, 3)) == [good.id]
    assert list(store.pending(EXTRACTOR)) == [good.id, bad.id]
    assert (store.pending_count(EXTRACTOR, 3), store.pending_count(EXTRACTOR)) == (1, 2)
    assert list(store.pending(LATER, 3)) == [bad.id, good.id]
    store.save_failure(bad.id, LATER, "It failed.")  # another extractor counts anew
    assert list(store.pending(LATER, 3)) == [good.id, bad.id]
    store.save_claims(bad.id, [], LATER)
    store.save_failure(bad.id, LATER, "It failed.")  # and a reading wipes out what was before
    assert store.pending_count(LATER, 2) == 2


def test_what_fails_while_pending_streams_does_not_come_again(store: Store) -> None:
    for n in range(20):
        store.add_document(document(f"{n}.txt"))
    came = []
    for number in store.pending(EXTRACTOR, 3):
        came.append(number)
        store.save_failure(number, EXTRACTOR, "It failed.")
    assert len(came) == len(set(came)) == 20


def test_claims_can_be_saved_while_pending_streams(store: Store) -> None:
    for n in range(1100):
        store.add_document(document(f"{n}.txt"))
    for number in store.pending(EXTRACTOR):
        store.save_claims(number, [], EXTRACTOR)
    assert list(store.pending(EXTRACTOR)) == []
    assert store.overview().read == 1100


def test_claims_come_back_whole_and_in_the_order_of_the_text(store: Store) -> None:
    second, first = document("b.txt"), document("a.txt")
    for doc in (second, first):
        store.add_document(doc)
    store.save_claims(first.id, claims_of(first), EXTRACTOR)
    store.save_claims(second.id, list(reversed(claims_of(second))), EXTRACTOR)
    found = list(store.claims())
    assert sorted(found, key=lambda c: c.id) == sorted(claims_of(first) + claims_of(second), key=lambda c: c.id)
    assert [c.passages[0].document for c in found] == [second.id] * 5 + [first.id] * 5
    starts = [c.passages[0].start for c in found[:5]]
    assert starts == sorted(starts)
    assert store.claim(found[0].id[:8]) == found[0]


def test_reading_again_replaces_the_claims(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    store.save_claims(doc.id, claims_of(doc), EXTRACTOR)
    again = [bombing(doc, extractor=LATER, confidence=0.9)]
    store.save_claims(doc.id, again, LATER)
    assert list(store.claims()) == again
    assert list(store.pending(LATER)) == []
    assert store.check() == []


def test_the_same_claim_twice_is_one(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    store.save_claims(doc.id, [bombing(doc), bombing(doc)], EXTRACTOR)
    assert store.count(ClaimFilter()) == 1


def test_a_claim_a_person_decided_on_outlives_better_machines(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    made = claims_of(doc)
    store.save_claims(doc.id, made, EXTRACTOR)
    store.add_review(accepted(made[2]))
    store.save_claims(doc.id, [bombing(doc, extractor=LATER)], LATER)
    assert {c.id for c in store.claims()} == {made[0].id, made[2].id}


def test_a_claim_is_coded_by_its_confidence_unless_a_person_decided(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    sure, shaky, doubted, rejected = (
        replace(c, confidence=share, slot_confidence=(("type", slot),))
        for c, (share, slot) in zip(claims_of(doc), [(0.9, 0.8), (0.9, 0.3), (0.2, 0.9), (0.8, 0.1)], strict=False)
    )
    store.save_claims(doc.id, [sure, shaky, doubted, rejected], EXTRACTOR)
    assert {c.id for c in store.claims(ClaimFilter(coded=0.5))} == {sure.id, shaky.id, rejected.id}
    assert {c.id for c in store.claims(ClaimFilter(doubtful=0.5))} == {shaky.id, doubted.id, rejected.id}
    assert store.count(ClaimFilter(coded=0.95)) == 0
    assert store.count(ClaimFilter(coded=0.1)) == 4
    store.add_review(accepted(doubted))
    store.add_review(rejected_by(rejected))
    assert {c.id for c in store.claims(ClaimFilter(coded=0.5))} == {sure.id, shaky.id, doubted.id}
    assert [c.id for c in store.claims(ClaimFilter(doubtful=0.5))] == [shaky.id]
    store.add_review(rejected_by(doubted))
    assert {c.id for c in store.claims(ClaimFilter(coded=0.5))} == {sure.id, shaky.id}


def test_a_claim_read_again_with_another_confidence_is_asked_for_by_the_new_one(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    store.save_claims(doc.id, [bombing(doc, confidence=0.2)], EXTRACTOR)
    store.save_claims(doc.id, [bombing(doc, confidence=0.9)], LATER)
    assert store.count(ClaimFilter(coded=0.5)) == 1
    assert store.count(ClaimFilter(doubtful=0.5)) == 0


def test_the_base_remembers_below_what_confidence_claims_were_left_out(store: Store) -> None:
    assert store.overview().doubt is None
    store.save_resolution(Assembled(doubt=0.35))
    assert store.overview().doubt == 0.35


def test_a_failed_reading_keeps_earlier_claims(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    store.save_claims(doc.id, claims_of(doc), EXTRACTOR)
    store.save_failure(doc.id, LATER, "It failed.")
    assert store.count(ClaimFilter()) == 5
    assert list(store.pending(LATER)) == [doc.id]


def test_claims_of_another_or_an_unknown_document_are_refused(store: Store) -> None:
    doc, other = document(), document("other.txt")
    store.add_document(doc)
    with pytest.raises(StoreError, match="is not about document"):
        store.save_claims(doc.id, [bombing(other)], EXTRACTOR)
    with pytest.raises(StoreError, match="not in the store"):
        store.save_claims(other.id, [bombing(other)], EXTRACTOR)
    with pytest.raises(StoreError, match="not in the store"):
        store.save_failure(other.id, EXTRACTOR, "It failed.")
    assert store.count(ClaimFilter()) == 0
    assert list(store.pending(EXTRACTOR)) == [doc.id]


def test_claims_by_what_they_say(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    made = claims_of(doc)
    store.save_claims(doc.id, made, EXTRACTOR)
    store.save_resolution(resolved(made[:3] + made[4:]))
    attack, presence, relation, estimate, total = made

    def found(**where: object) -> list[str]:
        asked = ClaimFilter(**where)  # type: ignore[arg-type]
        ids = [c.id for c in store.claims(asked)]
        assert store.count(asked) == len(ids)
        return ids

    assert found(kinds=("relation", "statement")) == [relation.id, estimate.id]
    assert found(types=("present", "estimate")) == [presence.id, estimate.id]
    assert found(document=doc.id, stance="claimed") == [estimate.id]
    assert found(modality="predicted") == [total.id]
    assert found(aggregates=True) == [total.id]
    assert found(kinds=("event",), aggregates=False) == [attack.id]
    assert found(since="2019-05-03", until="2019-05-03") == [attack.id]
    assert found(since="2019-05-04") == []
    assert found(event="incident-000001") == [attack.id]
    assert sorted(found(actor="actor-front")) == sorted([attack.id, presence.id, relation.id, total.id])
    assert found(actor="actor-front", role="subject") == []
    assert found(text="zephyr") == [presence.id]
    assert found(text='"side cote nord"') == []
    assert found(text='"cote nord" lantern') == [attack.id]  # names that the quote does not hold
    assert found(ids=(presence.id, "nothing")) == [presence.id]
    assert [c.id for c in store.claims(ClaimFilter(limit=2, offset=1))] == [c.id for c in store.claims()][1:3]


_DAYS = (None, "2019-01-01", "2019-01-02", "2019-01-03")


def _may_overlap(when: When, since: str | None, until: str | None) -> bool:
    if since is None and until is None:
        return True
    if when.earliest is None and when.latest is None:
        return False
    earliest, latest = when.earliest or "0000", when.latest or "9999"
    return latest >= (since or "0000") and earliest <= (until or "9999")


def test_an_open_date_may_lie_anywhere_but_no_date_nowhere(store: Store) -> None:
    """All intervals of three days with open bounds, against all questions of the same kind."""
    doc = document()
    store.add_document(doc)
    spans = [(a, b) for a in _DAYS for b in _DAYS if a is None or b is None or a <= b]
    made = [claim(doc, "A bomb killed", EventBody("bombing"), when=When(*span, "range")) for span in spans]
    store.save_claims(doc.id, made, EXTRACTOR)
    for since in _DAYS:
        for until in _DAYS:
            found = {c.id for c in store.claims(ClaimFilter(since=since, until=until))}
            assert found == {c.id for c in made if _may_overlap(c.when, since, until)}, (since, until)


# ------------------------------------------------------------------ resolution


@pytest.fixture
def told(store: Store) -> list[str]:
    """A store with three documents, their claims and a resolution; gives the ids of the claims that are incidents."""
    made = []
    for n in range(3):
        doc = document(f"{n}.txt")
        store.add_document(doc)
        claims = claims_of(doc)
        store.save_claims(doc.id, claims, EXTRACTOR)
        made.append(claims)
    attacks = [claims[0] for claims in made]
    whole = resolved(
        [claim for claims in made for claim in claims],
        event("incident-000001", attacks[:2]),
        event(
            "incident-000002",
            attacks[2:],
            type="arson",
            when={"earliest": "2017-01-01", "latest": "2017-12-31"},
            places=[{"country": "XS", "admin1": None}, {"country": "XN", "admin1": "Plateau"}],
            killed={"low": 40, "best": None, "high": None},
            modality="foiled",
        ),
        event("incident-000003", [], when=None, places=None, killed=None),
    )
    # Only the first two claims mean the group.
    links = tuple(
        ActorLink(attack.id, role, "actor-front") for attack in attacks[:2] for role in ("attribution:0", "speaker")
    )
    store.save_resolution(replace(whole, links=(*links, ActorLink(attacks[2].id, "target", "actor-union"))))
    return [attack.id for attack in attacks]


def _events(store: Store, **where: object) -> list[int]:
    asked = EventFilter(**where)  # type: ignore[arg-type]
    found = [int(e.id.removeprefix("incident-")) for e in store.events(asked)]
    if asked.limit is None and not asked.offset:
        assert store.count(asked) == len(found)
    return found


def test_a_resolution_comes_back_whole(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    made = claims_of(doc)
    store.save_claims(doc.id, made, EXTRACTOR)
    given = resolved(made)
    store.save_resolution(given)
    assert tuple(store.events()) == given.events
    assert {s.actor.id: s.actor for s in store.actors()} == {a.id: a for a in given.actors}
    assert tuple(store.judgements()) == given.judgements
    assert tuple(store.contradictions()) == given.contradictions
    assert sorted(store.links([c.id for c in made]), key=str) == sorted(given.links, key=str)
    assert store.event("incident-0") == given.events[0]
    assert store.check() == []


@pytest.mark.usefixtures("told")
def test_incidents_by_what_is_known_of_them(store: Store) -> None:
    assert _events(store) == [2, 1, 3]  # the undated one last
    assert _events(store, order="newest") == [1, 2, 3]
    assert _events(store, order="killed") == [2, 1, 3]
    assert _events(store, types=("arson", "stabbing")) == [2]
    assert _events(store, modalities=("actual",)) == [1, 3]
    assert _events(store, country="xn") == [2, 1]
    assert _events(store, country="XN", admin1="cote nord") == [1]
    assert _events(store, country="XS", admin1="Plateau") == []  # of two places, none is both
    assert _events(store, since="2017-06-01") == [2, 1]
    assert _events(store, until="2018-01-01") == [2]
    assert _events(store, min_killed=13) == [2]
    assert _events(store, min_killed=12) == [2, 1]
    assert _events(store, limit=1, offset=1) == [1]


def test_incidents_by_who_and_where_it_says_so(store: Store, told: list[str]) -> None:
    assert _events(store, actor="actor-front") == [1]
    assert _events(store, actor="actor-front", role="target") == []
    assert _events(store, actor="actor-union", role="target") == [2]
    assert _events(store, actor="actor-front", role="attribution") == [1]
    assert _events(store, actor="actor-front", role="attribution:1") == []
    assert _events(store, role="attribution") == [1]
    assert _events(store, claim=told[1]) == [1]
    assert _events(store, document=document("2.txt").id) == [2]


@pytest.mark.usefixtures("told")
def test_incidents_by_their_words(store: Store) -> None:
    assert _events(store, text="northport market") == [2, 1]
    assert _events(store, text="RLF") == [1]  # a name no claim uses
    assert _events(store, text="arson") == [2]
    assert _events(store, text="bombs", types=("bombing",)) == [1, 3]  # stems: bombs, bombing
    assert _events(store, text="!?") == []
    assert _events(store, text="  ") == [2, 1, 3]


def test_actors_with_what_is_said_of_them(store: Store, told: list[str]) -> None:
    assert [(s.actor.id, s.claims, s.events) for s in store.actors()] == [
        ("actor-front", 2, 1),
        ("actor-union", 1, 1),
        ("actor-idle", 0, 0),
    ]

    def found(**where: object) -> list[str]:
        asked = ActorFilter(**where)  # type: ignore[arg-type]
        ids = [s.actor.id for s in store.actors(asked)]
        assert store.count(asked) == len(ids)
        return ids

    assert found(kind="agency") == ["actor-idle"]
    assert found(kinds=("agency", "organization"), order="name") == ["actor-idle", "actor-front", "actor-union"]
    assert found(country="xn") == ["actor-front"]
    assert found(ids=("actor-union", "nobody")) == ["actor-union"]
    assert found(text="lantern") == ["actor-front", "actor-union"]
    assert found(text="FANAL rouge") == ["actor-front"]
    assert found(text="antern") == []
    assert found(text="%") == []
    assert found(min_claims=1) == ["actor-front", "actor-union"]
    assert store.links(told[2:]) == [ActorLink(told[2], "target", "actor-union")]


def test_ties_are_summed_up_by_type_and_sides(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    front, union = (ActorRef(key, key, key) for key in ("actor-front", "actor-union"))
    said = [
        claim(doc, "It joined", Relation("merged_into", front, union), when=When("2019-05-01", "2019-05-31")),
        claim(doc, "It joined the Union", Relation("merged_into", front, union), stance="denied"),
        claim(doc, "the Union of Lanterns", Relation("rival_of", union, front), when=When(None, "2020-01-01")),
        claim(doc, "Lanterns", Relation("rival_of", union, union)),
        claim(doc, "A bomb", EventBody("bombing")),
    ]
    store.save_claims(doc.id, said, EXTRACTOR)
    sides = [
        ActorLink(c.id, role, getattr(c.body, role).id)
        for c in said
        if isinstance(c.body, Relation)
        for role in ("subject", "object")
    ]
    store.save_resolution(replace(resolved(said), links=tuple(sides), judgements=(), contradictions=(), events=()))
    merged = TieSummary("merged_into", "actor-front", "actor-union", 2, 1, "2019-05-01", "2019-05-31")
    rivals = TieSummary("rival_of", "actor-union", "actor-front", 1, 0, "2020-01-01", "2020-01-01")

    def found(**where: object) -> list[TieSummary]:
        return list(store.ties(TieFilter(**where)))  # type: ignore[arg-type]

    assert found() == [merged, rivals]
    assert found(types=("rival_of",)) == [rivals]
    assert found(since="2019-07-01") == [rivals]
    assert found(actor="actor-union") == [merged, rivals]
    assert found(actor="actor-idle") == []
    assert found(actors=("actor-front", "actor-union"), limit=1) == [merged]
    assert found(actors=("actor-front",)) == []
    assert found(offset=1) == [rivals]
    assert list(store.tie_claims()) == said[:3]
    assert list(store.tie_claims(TieFilter(types=("merged_into",)), each=1)) == said[:2]  # one of each stance
    assert list(store.tie_claims(TieFilter(actor="actor-front"), each=0)) == []
    assert list(store.tie_claims(TieFilter(actors=("actor-front",)))) == []


def test_incidents_by_how_an_actor_is_named_for_them(store: Store, told: list[str]) -> None:
    doc = document()
    said = {
        "incident-000001": [("actor-front", "claimed"), ("actor-front", "blamed"), (None, "blamed")],
        "incident-000002": [("actor-front", "claimed"), ("actor-unknown", "claimed")],
        "incident-000003": [("actor-front", "denied")],
    }
    happened = [
        replace(
            event(key, [c for c in claims_of(doc) if c.id in told][:1], when=_on(f"201{key[-1]}-01-01")),
            values={"attributions": tuple(Value({"actor_id": a, "stance": s}, ()) for a, s in pairs)},
        )
        for key, pairs in said.items()
    ]
    bare = replace(resolved(claims_of(doc)), judgements=(), contradictions=(), links=())
    store.save_resolution(replace(bare, events=tuple(happened)))
    assert _events(store, actor="actor-front", stance="claimed", order="newest") == [2, 1]
    assert _events(store, actor="actor-front", stance="claimed", order="newest", limit=1, offset=1) == [1]
    assert _events(store, actor="actor-front", stance="claimed") == [1, 2]
    assert _events(store, actor="actor-front", stance="blamed", since="2011-01-01") == [1]
    assert _events(store, actor="actor-front", stance="denied") == [3]
    assert _events(store, stance="blamed") == [1]
    both = Activity("actor-front", 2, "2011-01-01", "2012-01-01")
    assert store.activity(["actor-front", "actor-union", "nobody"]) == [both]
    assert store.activity(["actor-front"], since="2011-06-01") == [
        Activity("actor-front", 1, "2012-01-01", "2012-01-01")
    ]
    assert store.activity(["actor-front"], until="2010-01-01") == []
    assert store.activity([]) == []
    assert store.check() == []


def _on(day: str) -> dict[str, str]:
    return {"earliest": day, "latest": day}


@pytest.mark.usefixtures("told")
def test_an_actor_by_whatever_people_call_it(store: Store) -> None:
    for key in ("actor-front", "Red Lantern Front", "rlf", "front du FANAL rouge", "red lan", "actor-f"):
        assert store.actor(key).id == "actor-front"
    with pytest.raises(NotFoundError, match="no actor 'Nobody at all'"):
        store.actor("Nobody at all")
    with pytest.raises(NotFoundError, match="no actor ''"):
        store.actor("")


@pytest.mark.usefixtures("told")
def test_contradictions_by_kind_subject_and_claim(store: Store, told: list[str]) -> None:
    only = list(store.contradictions())
    assert len(only) == 1
    for where in (
        ContradictionFilter(kind="toll"),
        ContradictionFilter(subject="incident-000001"),
        ContradictionFilter(claims=(told[0], "x")),
    ):
        assert list(store.contradictions(where)) == only
        assert store.count(where) == 1
    for where in (
        ContradictionFilter(kind="date"),
        ContradictionFilter(subject="x"),
        ContradictionFilter(claims=("x",)),
    ):
        assert list(store.contradictions(where)) == []
    sides = {key for side in only[0].sides for key in side.claims}
    assert store.disputes([*told, "x"]) == dict.fromkeys(sides & set(told), only[0].title)
    assert sides & set(told)
    assert store.disputes([]) == {}


def test_resolving_again_replaces_judgements_but_not_decisions(store: Store, told: list[str]) -> None:
    kept = store.add_decision(decision("same", told[0], told[1]))
    store.save_resolution(Assembled(judgements=(Judgement(told[0], told[1], "same", "amal", kept.at),)))
    assert [j.by for j in store.judgements()] == ["amal"]
    store.save_resolution(Assembled())
    assert list(store.judgements()) == []
    assert list(store.decisions()) == [kept]
    assert (store.count(EventFilter()), store.count(ActorFilter()), list(store.contradictions())) == (0, 0, [])
    assert store.count(ClaimFilter()) == 15
    assert _events(store, text="northport") == []
    assert store.check() == []


def test_peoples_judgements_come_before_those_of_rules(store: Store) -> None:
    made = [
        Judgement("a", "b", "same", "rule:x", "", 2.5, (Reason("dates", 1.0, "Dates: the same day."),)),
        Judgement("b", "c", "different", "amal", "2020-01-01"),
        Judgement("c", "d", "unsure", "rule:x", ""),
    ]
    store.save_resolution(Assembled(judgements=tuple(made)))
    assert list(store.judgements()) == [made[1], made[0], made[2]]
    assert list(store.judgements(["a"])) == [made[0]]
    assert [j.right for j in store.judgements([*map(str, range(2000)), "d"])] == ["d"]


def test_the_journal_only_grows_and_every_decision_is_later_than_the_one_before(store: Store) -> None:
    given = [decision("merge", "a", "b"), decision("same", "Red Front", "RF", claims=False, note="their own words")]
    given += [Decision("undo", "zoe", undoes=1), decision("split", "b", "a")]
    kept = [store.add_decision(d) for d in given]
    assert [d.number for d in kept] == [1, 2, 3, 4]
    assert sorted({d.at for d in kept}) == [d.at for d in kept]
    assert list(store.decisions()) == kept
    assert [replace(d, number=0, at="") for d in kept] == given
    assert store.check() == []


def test_what_a_decision_undoes_must_be_there(store: Store) -> None:
    with pytest.raises(StoreError, match="does not fit"):
        store.add_decision(Decision("undo", "zoe", undoes=7))
    assert list(store.decisions()) == []


def test_a_resolution_that_does_not_fit_changes_nothing(store: Store, told: list[str]) -> None:
    broken = Assembled(links=(ActorLink("no such claim", "subject", "no such actor"),))
    with pytest.raises(StoreError, match="does not fit"):
        store.save_resolution(broken)
    assert _events(store) == [2, 1, 3]
    assert store.overview().resolved


def test_the_store_knows_when_a_resolution_is_outdated(store: Store, told: list[str]) -> None:
    assert store.overview().resolved
    doc = document("0.txt")
    store.save_claims(doc.id, claims_of(doc), EXTRACTOR)  # the same claims again
    store.save_copies([])
    assert store.overview().resolved
    store.save_claims(doc.id, claims_of(doc)[:1], EXTRACTOR)
    assert not store.overview().resolved
    store.save_resolution(Assembled())
    assert store.overview().resolved
    store.add_decision(decision("same", told[0], told[1]))
    assert not store.overview().resolved


def test_a_resolution_does_not_pass_for_one_of_what_it_did_not_see(store: Store, told: list[str]) -> None:
    """Somebody decides while a run puts the base together: what the run writes is kept, and is to be done again."""
    seen = store.changes()
    store.add_decision(decision("same", told[0], told[1]))
    assert store.changes() > seen
    assert store.save_resolution(Assembled(changes=seen))
    assert not store.overview().resolved
    assert store.count(EventFilter()) == 0
    assert store.save_resolution(Assembled(changes=store.changes()))
    assert store.overview().resolved
    before = store.changes()
    doc = document("0.txt")
    store.save_claims(doc.id, claims_of(doc)[:2], EXTRACTOR)
    store.add_review(rejected_by(store.claim(told[1])))
    assert store.changes() == before + 2
    store.save_claims(doc.id, claims_of(doc)[:2], EXTRACTOR)
    store.save_copies([[doc.id, document("1.txt").id]])  # a part of putting together
    assert store.changes() == before + 2
    assert not store.overview().resolved


def test_a_claim_that_goes_takes_its_links_with_it(store: Store, told: list[str]) -> None:
    store.save_claims(document("1.txt").id, [], LATER)
    assert (
        store.links(told)
        == [
            ActorLink(told[0], "by", "actor-front"),
            ActorLink(told[0], "perpetrator", "actor-front"),
            ActorLink(told[2], "target", "actor-union"),
        ]
        or len(store.links(told)) == 3
    )
    assert [c.id for c in store.claims(ClaimFilter(event="incident-000001"))] == [told[0]]
    assert store.check() == []


# ------------------------------------------------------------------ copies, problems, runs


def test_copies_are_kept_in_their_order(store: Store) -> None:
    docs = [document(f"{n}.txt") for n in range(5)]
    for doc in docs:
        store.add_document(doc)
    a, b, c, d, e = (doc.id for doc in docs)
    store.save_copies([[c, a], [e, b, d]])
    assert store.copies() == [(c, a), (e, b, d)]
    assert store.overview().copy_groups == 2
    store.save_copies([[a, b]])
    assert store.copies() == [(a, b)]


def test_problems_stay_until_the_file_is_tried_again(store: Store) -> None:
    store.add_problem("b.pdf", "It is encrypted.", "Give the password.")
    store.add_problem("b.pdf", "It is encrypted.", "Remove the password.")
    store.add_problem("a.jsonl", "Line 3 is not JSON.")
    store.add_problem("a.jsonl", "Line 5 is not JSON.")
    assert [(p.file, p.message, p.remedy) for p in store.problems()] == [
        ("a.jsonl", "Line 3 is not JSON.", ""),
        ("a.jsonl", "Line 5 is not JSON.", ""),
        ("b.pdf", "It is encrypted.", "Remove the password."),
    ]
    store.clear_problems("a.jsonl")
    assert [p.file for p in store.problems()] == ["b.pdf"]
    assert store.overview().problems == 1


def test_a_run_without_an_end_was_interrupted(store: Store) -> None:
    first = store.begin_run("add")
    second = store.begin_run("run")
    store.end_run(first, {"documents": 3})
    latest, earlier = store.runs()
    assert (latest.id, latest.command, latest.finished_at) == (second, "run", None)
    assert earlier.finished_at is not None
    assert earlier.counts == {"documents": 3}
    assert [run.id for run in store.runs(limit=1)] == [second]


# ------------------------------------------------------------------ one after the other


def test_one_has_a_turn_at_a_time(address: str) -> None:
    """Of one name, in two programs, while everything else goes on."""
    said: list[str] = []
    with open_store(address) as one, open_store(address) as two, ThreadPoolExecutor() as pool:

        def second() -> None:
            with two.turn("run", lambda: said.append("waits")):
                said.append("second")

        with one.turn("run"):
            later = pool.submit(second)
            while not said:
                time.sleep(0.01)
            with two.turn("resolve"):
                two.add_document(document())
            assert one.overview().documents == 1
            said.append("first")
        later.result()
        assert said == ["waits", "first", "second"]


def test_turns_of_threads_of_one_program(store: Store) -> None:
    inside, most = 0, 0

    def work(_: int) -> None:
        nonlocal inside, most
        with store.turn("run"):
            inside += 1
            most = max(most, inside)
            time.sleep(0.01)
            inside -= 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(8)))
    assert (inside, most) == (0, 1)


def test_a_turn_ends_with_the_program_that_has_it(address: str) -> None:
    program = "import sys, time; from khabar.store import open_store\n"
    program += "with open_store(sys.argv[1]) as s, s.turn('run'):\n print('has it', flush=True); time.sleep(60)"
    run = subprocess.Popen([sys.executable, "-c", program, address], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "has it\n"
    run.kill()
    run.communicate()
    with open_store(address) as store, store.turn("run"):
        assert store.overview().documents == 0


# ------------------------------------------------------------------ finding


def test_a_record_is_found_by_the_beginning_of_its_id(store: Store, told: list[str]) -> None:
    doc = document("0.txt")
    for key, kind in (
        (doc.id[:6], "document"),
        (told[0][:8], "claim"),
        ("incident-000002", "event"),
        ("actor-un", "actor"),
        ("contra", "contradiction"),
    ):
        found = store.find(key)
        assert found.kind == kind
        assert found.record.id.startswith(key)


@pytest.mark.usefixtures("told")
def test_a_beginning_that_fits_several_names_them(store: Store) -> None:
    with pytest.raises(NotFoundError, match="incident-000001, event incident-000002"):
        store.find("incident")
    with pytest.raises(NotFoundError, match="could be any of: incident-000001, incident-000002"):
        store.event("incident")
    with pytest.raises(NotFoundError, match="Give more characters"):
        store.actor("actor-")


@pytest.mark.parametrize("key", ["", "abc", "zzzzzzzzz", "%", "______", "\udc80\udc80\udc80\udc80\udc80\udc80", "a\0b"])
def test_what_is_not_there_is_said_to_be_missing(store: Store, key: str) -> None:
    for ask in (store.find, store.document, store.claim, store.event, store.actor):
        with pytest.raises(NotFoundError):
            ask(key)


def test_full_text_search_shows_where(store: Store) -> None:
    store.add_document(document("a.txt", title="Bombing in Northport"))
    store.add_document(document("b.txt", text="Nothing happened in Southport. " * 50 + "Then bombs fell."))
    hits = list(store.search("bombing"))
    assert [hit.file for hit in hits] == ["a.txt", "b.txt"]  # the title weighs more
    for hit in hits:
        assert {hit.snippet[start:end].lower() for start, end in hit.marks} <= {"bomb", "bombs", "bombing"}
        assert hit.marks
    assert hits[1].snippet.startswith(" … ")
    assert [hit.file for hit in store.search("naive")] == ["a.txt"]
    assert [hit.file for hit in store.search('"happened in southport"')] == ["b.txt"]
    assert [hit.file for hit in store.search("South*")] == ["b.txt"]
    assert list(store.search("bombing", limit=1, offset=1)) == hits[1:]
    assert list(store.search("")) == []


def test_a_very_long_text_is_searched_in_time(store: Store) -> None:
    text = "Nothing at all happened. " * 4000 + "Then a Bomb fell. " * 30_000
    store.add_document(document("long.txt", text=text))
    [hit] = store.search("bomb")
    assert "Then a Bomb fell." in hit.snippet
    assert len(hit.snippet) < 1000
    assert {hit.snippet[start:end] for start, end in hit.marks} == {"Bomb"}
    [hit] = store.search("happening")  # found by its stem, not as typed
    assert hit.snippet.startswith("Nothing")
    assert hit.marks == ()


# ------------------------------------------------------------------ the store as a whole


def test_what_was_written_is_there_after_opening_again(address: str) -> None:
    doc = full_document()
    with open_store(address) as store:
        store.add_document(doc)
        store.save_claims(doc.id, claims_of(doc), EXTRACTOR)
    with open_store(address, create=False) as store:
        assert store.address == address
        assert store.document(doc.id) == doc
        assert store.count(ClaimFilter()) == 5


def test_two_programs_can_use_a_store_at_once(address: str) -> None:
    with open_store(address) as one, open_store(address) as two:
        one.add_document(document("a.txt"))
        stream = two.documents()
        assert next(stream).file == "a.txt"
        one.add_document(document("b.txt"))  # a reader does not hold up a writer
        two.add_document(document("c.txt"))
        assert list(stream) == []  # and sees one moment
        assert [doc.file for doc in one.documents()] == ["a.txt", "b.txt", "c.txt"]


def test_a_view_can_be_used_from_several_threads(store: Store, told: list[str]) -> None:
    wrong: list[object] = []

    def look() -> None:
        for _ in range(20):
            found = (_events(store, country="XN"), store.overview().documents, len(list(store.search("bomb"))))
            if found != ([2, 1], 3, 3):
                wrong.append(found)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_check_finds_quotes_that_do_not_match(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    good = bombing(doc)
    start = good.passages[0].start
    wrong = replace(good, id="0000wrong", passages=(Passage(doc.id, start, start + 5, "X bom"),))
    store.save_claims(doc.id, [good, wrong], Extractor("careless", "1", "x"))
    assert store.check() == [f"Claim 0000wrong quotes what document {doc.id[:12]} does not say at 0."]


def test_half_a_character_pair_is_refused_in_words(store: Store) -> None:
    with pytest.raises(StoreError, match="half a character pair"):
        store.add_document(replace(document(), id="bad", text="broken \udce9 text"))
    assert store.overview().documents == 0


def test_an_incident_before_some_day_stands_behind_those_whose_day_is_known(store: Store) -> None:
    """A report of 2023 about "an earlier attack" must not make that attack the newest of all."""
    doc = document()
    store.add_document(doc)
    made = claims_of(doc)
    store.save_claims(doc.id, made, EXTRACTOR)
    store.save_resolution(
        resolved(
            made,
            event("incident-000001", [], when={"earliest": None, "latest": "2023-12-04"}),
            event("incident-000002", [], when=None),
            event("incident-000003", made[:1], when={"earliest": "2019-05-03", "latest": "2019-05-03"}),
        )
    )
    assert _events(store, order="newest") == [3, 1, 2]
    assert _events(store, order="oldest") == [3, 1, 2]
