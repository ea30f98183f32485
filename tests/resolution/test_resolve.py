"""The whole of resolution: ids, links and judgements hang together."""

from __future__ import annotations

import khabar.resolution
from khabar.resolution import Corpus, Resolution
from khabar.resolution.model import is_rule
from khabar.resolution.resolve import resolve
from khabar.text import content_id
from resolution.make import KABUL, PAKISTAN, QUETTA, by, corpus, event, person, presence, ref, relation


def small() -> Corpus:
    return corpus(
        event("a", "bombing", KABUL, "2020-03-06", killed=32, who=by("ISIL", "claimed", "is")),
        event("b", "bombing", KABUL, "2020-03-06", killed=32, who=by("ISIS-K", "claimed", "isk")),
        event("c", "bombing", QUETTA, "2020-03", modality="foiled"),
        event("c", "bombing", QUETTA, "2020-03", modality="predicted"),
        relation("a", "leads", person("Some Leader"), ref("Black Banner")),
        presence("b", ref("Black Banner"), PAKISTAN),
    )


def test_nothing_in_gives_nothing_out() -> None:
    assert resolve(Corpus(())) == Resolution()


def test_every_link_leads_to_a_claim_and_an_actor() -> None:
    base = small()
    found = resolve(base)
    assert {link.claim for link in found.links} <= {c.id for c in base.claims}
    assert {link.actor for link in found.links} == {a.id for a in found.actors}


def test_every_incident_claim_is_in_exactly_one_event() -> None:
    base = small()
    members = [c for e in resolve(base).events for c in e.claims]
    assert sorted(members) == sorted(c.id for c in base.claims if c.kind == "event" and c.modality != "predicted")


def test_the_id_of_an_event_is_a_hash_of_its_sorted_claims() -> None:
    for e in resolve(small()).events:
        assert e.id == content_id(sorted(e.claims))


def test_the_same_claim_twice_counts_once() -> None:
    base = small()
    assert resolve(corpus(*base.claims, *base.claims)) == resolve(base)


def test_judgements_are_the_rules_own_and_without_a_clock() -> None:
    found = resolve(small()).judgements
    assert found
    assert all(is_rule(j) and not j.when and j.reasons for j in found)


def test_the_public_face_is_what_it_says() -> None:
    assert sorted(khabar.resolution.__all__) == khabar.resolution.__all__
    assert all(hasattr(khabar.resolution, name) for name in khabar.resolution.__all__)
