"""A group said to be somewhere and said not to be, or not to exist there. Invariant: what is in dispute was denied.

To deny a group in a country denies it in every part of it; to deny it in a part says nothing of the rest. Who denied
presence in one year and acknowledged it in another changed position (see `positions`): that is no dispute of two sides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from khabar.records import Claim
from khabar.resolution.ledger.dispute import Dispute, Stand
from khabar.resolution.ledger.words import Word, words_of
from khabar.resolution.model import Corpus
from khabar.resolution.parties import Parties
from khabar.resolution.spans import apart, as_of, inside

__all__ = ["presence"]

_Denials = dict[tuple[str, str, bool], list[Word]]


def presence(corpus: Corpus, claims: Sequence[Claim], parties: Parties) -> list[Dispute]:
    """Groups (with their parents and branches) said to be in an area, and said not to be in it or in what holds it.

    One dispute a group and denied area; where the denial is that the group exists there at all, it is one of its own.
    A denial without an area is about the one its report denies most often; where there is no such, it meets the
    assertions of its own report.
    """
    denials: _Denials = defaultdict(list)
    assertions: defaultdict[str, defaultdict[str, list[Word]]] = defaultdict(lambda: defaultdict(list))
    for word in words_of(parties, claims):
        if word.denies:
            denials[word.house, word.key, word.existence].append(word)
        else:
            assertions[word.house][word.key].append(word)
    _place_by_report(denials)
    found = []
    for (house, _, existence), denying in sorted(denials.items(), key=lambda entry: entry[0]):
        within = [w for ws in assertions[house].values() if _meets(denying[0], ws[0]) for w in ws]
        within += _unplaced(denying, assertions[house])
        against, asserted = _clashing(corpus, parties, denying, within)
        if asserted:
            named = sorted(d.place.name for d in denying if d.place is not None)
            where = f" in {named[0]}" if named else ""
            what = "existence denied, presence asserted" if existence else "presence denied and asserted"
            sides = (
                Stand("does not exist" if existence else "denied or absent", _claims(against), tuple(against)),
                Stand("present", _claims(asserted), tuple(asserted)),
            )
            kind = "existence" if existence else "presence"
            found.append(Dispute(kind, house, f"{parties.name(house)}{where}: {what}", sides))
    return found


def _claims(words: Sequence[Word]) -> tuple[Claim, ...]:
    by_id = {w.claim.id: w.claim for w in words}
    return tuple(by_id[i] for i in sorted(by_id))


def _clashing(
    corpus: Corpus, parties: Parties, denying: Sequence[Word], within: Sequence[Word]
) -> tuple[list[Word], list[Word]]:
    """The denials and the assertions that cannot both hold: of times that may meet, not of one voice that changed."""
    no, yes = _by_time(corpus, parties, denying), _by_time(corpus, parties, within)
    clashing = [(a, b) for a in no for b in yes if not _parted(no[a][0], yes[b][0], parties, corpus)]
    against = {w.claim.id: w for a, _ in clashing for w in no[a]}
    asserted = {w.claim.id: w for _, b in clashing for w in yes[b] if w.claim.id not in against}
    return list(against.values()), list(asserted.values())


def _by_time(corpus: Corpus, parties: Parties, words: Sequence[Word]) -> dict[object, list[Word]]:
    """Words by their times and voice: as many as there are, few of them differ."""
    found: defaultdict[object, list[Word]] = defaultdict(list)
    for word in words:
        when, told = word.claim.when, as_of(corpus, word.claim)
        voice = parties.voice(word.claim)
        key = (when.earliest, when.latest, told.earliest, told.latest, voice and voice[0])
        found[key].append(word)
    return found


def _parted(denial: Word, assertion: Word, parties: Parties, corpus: Corpus) -> bool:
    if denial.claim.id == assertion.claim.id or apart(denial.claim.when, assertion.claim.when):
        return True
    voices = [parties.voice(w.claim) for w in (denial, assertion)]
    if None in voices or len({voice[0] for voice in voices if voice}) > 1:
        return False
    return apart(as_of(corpus, denial.claim), as_of(corpus, assertion.claim))


def _place_by_report(denials: _Denials) -> None:
    """Move denials without an area to the area that their report denies the group most often, if there is one such."""
    areas: defaultdict[tuple[str, str, bool], Counter[str]] = defaultdict(Counter)
    for (house, key, existence), words in denials.items():
        for word in words:
            if word.area is not None:
                areas[house, f"in {word.claim.passages[0].document}", existence][key] += 1
    for (house, key, existence), found in areas.items():
        often = [area for area, times in found.items() if times == max(found.values())]
        if len(often) == 1 and (house, key, existence) in denials:
            denials[house, often[0], existence] += denials.pop((house, key, existence))


def _unplaced(denying: Sequence[Word], asserted: Mapping[str, Sequence[Word]]) -> list[Word]:
    """Assertions that meet denials of the same report where one of the two does not say which area is meant."""
    reports = {d.claim.passages[0].document for d in denying}
    if denying[0].area is not None:
        return [w for report in sorted(reports) for w in asserted.get(f"in {report}", ())]
    return [w for ws in asserted.values() for w in ws if w.claim.passages[0].document in reports]


def _meets(denial: Word, assertion: Word) -> bool:
    """Whether the area asserted lies in the area denied; both must be known."""
    return denial.area is not None and assertion.area is not None and inside(assertion.area, denial.area)
