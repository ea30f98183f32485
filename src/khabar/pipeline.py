"""The whole system on one page: reports in, a sourced incident base out.

    paths ── fetch ── parse ── archive ──▶ store            add, files of others in worker processes
    store ── read ── extract ──▶ store                      run, a document at a time, in worker processes
    store ── copies, resolve ──▶ store                      run, over the whole corpus

Reports to claims without a store is `khabar.coding`.

Invariant: a document's claims are written in one transaction, so an interrupted run loses and doubles nothing; the
stages themselves are pure and know neither store nor engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from khabar.codebook.load import DEFAULT, load_codebook
from khabar.codebook.model import Codebook
from khabar.coding import FEW, Progress, coder_of, engine_of, silent
from khabar.comparing.lists import with_list_names
from khabar.documents import Archive, Problem, group_copies
from khabar.documents.options import AddOptions
from khabar.extraction.extractor import RuleExtractor
from khabar.facts import Reports, type_facts
from khabar.parsing import parsed
from khabar.reading.actors import actors_by_id
from khabar.reading.gazetteer import open_gazetteer
from khabar.records import CLAIM_KINDS, Extractor
from khabar.renewing import BaseMemory, Renewed, changed, unhurried
from khabar.resolution.decisions import judgements_of
from khabar.resolution.model import Corpus
from khabar.resolution.resolve import outline
from khabar.settings import Settings
from khabar.store.addresses import beside, places_of
from khabar.store.base import MadeFrom, Store, View
from khabar.store.questions import ClaimFilter

__all__ = [
    "TRIES",
    "AddOptions",
    "Added",
    "Progress",
    "Ran",
    "Settings",
    "add",
    "read_new",
    "renew_base",
    "resolve_base",
    "run",
    "summary",
]


# ------------------------------------------------------------------ add: paths to archived documents


@dataclass(slots=True)
class Added:
    """What became of the files: new and known documents, how many of the new ones stay unread, and problems."""

    new: int = 0
    known: int = 0
    unread: int = 0
    problems: list[Problem] = field(default_factory=list)


def add(
    base: Store,
    paths: Sequence[str | Path],
    options: AddOptions | None = None,
    progress: Progress = silent,
    settings: Settings | None = None,
) -> Added:
    """Archive the reports of `paths`; one transaction a document. A file that is no report is a problem, not a stop.
    With `settings` what others wrote is taken apart under their limits; without, in this process.
    """
    options = options or AddOptions()
    parse_options = options.parsed()
    archive = Archive(beside(base.address, "archive"))
    run_id = base.begin_run("add", options.by)
    done = Added()
    tried: set[str] = set()
    found = parsed(paths, parse_options, settings, options.under, places_of(base.address))
    for seen, item in enumerate(found, 1):
        progress(seen, 0, "archiving")
        file = item.file if isinstance(item, Problem) else item.document.file
        if file not in tried:
            tried.add(file)
            base.clear_problems(file)  # what was wrong with it before may be mended
        if isinstance(item, Problem):
            base.add_problem(item.file, item.message, item.remedy)
            done.problems.append(item)
            continue
        archive.put(item.original)
        if base.add_document(item.document, options.groups, options.by):
            done.new += 1
            done.unread += item.document.unread is not None
        else:
            done.known += 1
    base.end_run(run_id, {"new": done.new, "known": done.known, "problems": len(done.problems)}, options.by)
    return done


# ------------------------------------------------------------------ run: what is new, then the whole corpus


TRIES = 3
"""How often a document may fail before it is set aside, until it is asked for or read by another extractor."""


@dataclass(slots=True)
class Ran:
    """What a run did: documents read, claims found, the documents that failed with the reason, and how many are set
    aside because they failed too often.
    """

    read: int = 0
    claims: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    aside: int = 0


def _extractor(book: Codebook) -> Extractor:
    return Extractor(RuleExtractor.name, RuleExtractor.version, book.key)


def run(base: Store, settings: Settings, progress: Progress = silent, *, again: bool = False) -> Ran:
    """Read and extract what is not read with this codebook yet, then put actors and incidents together anew; where
    another program runs on the base, after it. What failed too often is left out, unless it is to be tried `again`.
    """
    with base.turn("run", lambda: progress(0, 0, "waiting for another run")):
        return _run(base, settings, progress, None if again else TRIES)


def _run(base: Store, settings: Settings, progress: Progress, tries: int | None) -> Ran:
    book = load_codebook(settings.codebook or DEFAULT)
    run_id = base.begin_run("run", settings.user)
    done = read_new(base, settings, progress, tries)
    standing = base.overview()
    rule = settings.rule or standing.rule
    if done.read or not standing.resolved or standing.doubt != settings.doubt or standing.rule != rule:
        resolve_base(base, book, settings.doubt, progress, rule)
    base.end_run(run_id, {"read": done.read, "claims": done.claims, "failed": len(done.failed)}, settings.user)
    return done


def read_new(base: Store, settings: Settings, progress: Progress = silent, tries: int | None = TRIES) -> Ran:
    """Read and extract what is not read with this codebook yet, document by document: few of them are in memory at a
    time, and each is written as soon as it is there. What failed `tries` times is left out; None for all.
    """
    extractor = _extractor(load_codebook(settings.codebook or DEFAULT))
    open_gazetteer(settings.cache, progress).close()  # compiled once, here, before workers need it
    done = Ran()
    total = base.pending_count(extractor, tries)
    coder, documents = coder_of(settings), map(base.document, base.pending(extractor, tries))
    engine = engine_of(settings, few=total <= FEW)
    outcomes = engine.map(coder, documents, setup=coder.load, ordered=False) if total else iter(())
    for count, outcome in enumerate(outcomes, 1):
        document = outcome.item
        if outcome.error is not None:
            base.save_failure(document.id, extractor, outcome.error)
            done.failed.append((document.file, outcome.error))
        else:
            claims = outcome.result or []
            base.save_claims(document.id, claims, extractor)
            done.read += 1
            done.claims += len(claims)
        progress(count, total, "reading")
    done.aside = base.pending_count(extractor) - base.pending_count(extractor, TRIES)
    return done


def resolve_base(
    base: Store,
    book: Codebook,
    doubt: float,
    progress: Progress = silent,
    rule: str | None = None,
    memory: BaseMemory | None = None,
) -> Renewed:
    """Group copies, resolve the claims of the base that are coded at this threshold, and keep the result.

    `rule` chooses the values shown; None stands for the rule of the last time. What the last time found, and what the
    base holds, is not worked out again; the base is afterwards what it would be if all of it were. `memory` is what
    the last time left; None stands for what lies beside the base.
    """
    with unhurried(), base.turn("resolve"):
        return _renewed(base, book, doubt, progress, rule, memory)


def renew_base(base: Store, book: Codebook, doubt: float, progress: Progress = silent) -> None:
    """Put the base together anew where something changed since it was; then it holds every change before this call.

    Whoever has to wait for another finds, most of the time, that it was done for both: many changes at once are put
    together a few times.
    """
    if base.last_resolved()[1]:
        return
    with unhurried(), base.turn("resolve"):
        if not base.last_resolved()[1]:
            _renewed(base, book, doubt, progress, None, None)


def _renewed(
    base: Store, book: Codebook, doubt: float, progress: Progress, rule: str | None, memory: BaseMemory | None
) -> Renewed:
    progress(0, 2, "putting incidents together")
    seen = base.changes()  # before anything is read: what comes later is done the next time
    rule = rule or base.rule()
    known = memory or BaseMemory.beside(base.address)
    reports = Reports(base, known.credits)
    groups = group_copies(reports.texts(), memory=known.texts)
    base.save_copies([reports.origin_first(group) for group in groups])
    progress(1, 2, "putting incidents together")
    coded = list(base.claims(ClaimFilter(coded=doubt)))
    corpus = Corpus(coded, reports.facts, groups, actors_by_id(), type_facts(book), rule=rule)
    found = outline(corpus, judgements_of(base.decisions(), corpus.claims), known.comparisons)
    actors = with_list_names(base, found.identities.actors)
    made = replace(changed(found, actors, base.made_from(), doubt), changes=seen)
    if not base.save_resolution(made):  # something of it is gone meanwhile
        made = replace(changed(found, actors, MadeFrom(), doubt), changes=seen)
        base.save_resolution(made)
    known.keep(reports.credits)
    progress(2, 2, "putting incidents together")
    return Renewed(len(found.incidents), len(made.events), len(made.judgement_prints), known.comparisons.work)


# ------------------------------------------------------------------ what a base holds


def summary(base: View) -> list[str]:
    """What the base holds, a line each: documents, claims by kind, incidents, actors, contradictions."""
    numbers = base.overview()
    kinds = ", ".join(f"{numbers.claims.get(kind, 0)} {kind}" for kind in CLAIM_KINDS)
    unread = f" ({numbers.unread} kept unread)" if numbers.unread else ""
    return [
        f"documents       {numbers.documents}{unread}",
        f"claims          {sum(numbers.claims.values())} ({kinds})",
        f"incidents       {numbers.events}",
        f"actors          {numbers.actors}",
        f"contradictions  {numbers.contradictions}",
    ]
