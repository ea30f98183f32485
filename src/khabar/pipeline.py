"""The whole system on one page: reports in, a sourced incident base out.

    paths ── fetch ── parse ── archive ──▶ store            add
    store ── read ── extract ──▶ store                      run, a document at a time, in worker processes
    store ── copies, resolve ──▶ store                      run, over the whole corpus

Reports to claims without a store is `khabar.coding`.

Invariant: a document's claims are written in one transaction, so an interrupted run loses and doubles nothing; the
stages themselves are pure and know neither store nor engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from khabar.codebook.load import DEFAULT, load_codebook
from khabar.codebook.model import Codebook
from khabar.coding import Progress, coder_of, engine_of, parsed, silent
from khabar.comparing.lists import with_list_names
from khabar.documents import Archive, Problem, group_copies
from khabar.documents.options import AddOptions
from khabar.extraction.extractor import RuleExtractor
from khabar.facts import Reports, type_facts
from khabar.reading.actors import actors_by_id
from khabar.reading.gazetteer import open_gazetteer
from khabar.records import CLAIM_KINDS, Extractor
from khabar.renewing import BaseMemory, Renewed, changed, unhurried
from khabar.resolution.decisions import judgements_of
from khabar.resolution.model import Corpus
from khabar.resolution.resolve import outline
from khabar.settings import Settings
from khabar.store.base import MadeFrom, Store, View
from khabar.store.questions import ClaimFilter

__all__ = ["AddOptions", "Added", "Progress", "Ran", "Settings", "add", "resolve_base", "run", "summary"]


# ------------------------------------------------------------------ add: paths to archived documents


@dataclass(slots=True)
class Added:
    """What became of the files: new and known documents, how many of the new ones stay unread, and problems."""

    new: int = 0
    known: int = 0
    unread: int = 0
    problems: list[Problem] = field(default_factory=list)


def add(
    base: Store, paths: Sequence[str | Path], options: AddOptions | None = None, progress: Progress = silent
) -> Added:
    """Archive the reports of `paths`; one transaction a document. A file that is no report is a problem, not a stop."""
    parse_options = (options or AddOptions()).parsed()
    archive = Archive(Path(f"{base.address}.archive"))
    run_id = base.begin_run("add")
    done = Added()
    tried: set[str] = set()
    under = options.under if options else None
    for seen, item in enumerate(parsed(paths, parse_options, under), 1):
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
        if base.add_document(item.document):
            done.new += 1
            done.unread += item.document.unread is not None
        else:
            done.known += 1
    base.end_run(run_id, {"new": done.new, "known": done.known, "problems": len(done.problems)})
    return done


# ------------------------------------------------------------------ run: what is new, then the whole corpus


@dataclass(slots=True)
class Ran:
    """What a run did: documents read, claims found, and the documents that failed with the reason."""

    read: int = 0
    claims: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


def _extractor(book: Codebook) -> Extractor:
    return Extractor(RuleExtractor.name, RuleExtractor.version, book.key)


def run(base: Store, settings: Settings, progress: Progress = silent) -> Ran:
    """Read and extract what is not read with this codebook yet, then put actors and incidents together anew."""
    book = load_codebook(settings.codebook or DEFAULT)
    open_gazetteer(settings.cache, progress).close()  # compiled once, here, before workers need it
    run_id = base.begin_run("run")
    done = _read_pending(base, settings, _extractor(book), progress)
    standing = base.overview()
    rule = settings.rule or standing.rule
    if done.read or not standing.resolved or standing.doubt != settings.doubt or standing.rule != rule:
        resolve_base(base, book, settings.doubt, progress, rule)
    base.end_run(run_id, {"read": done.read, "claims": done.claims, "failed": len(done.failed)})
    return done


def _read_pending(base: Store, settings: Settings, extractor: Extractor, progress: Progress) -> Ran:
    done = Ran()
    pending = list(base.pending(extractor))
    processes = min(settings.processes, max(1, len(pending) // 4))
    documents = (base.document(key) for key in pending)
    for count, outcome in enumerate(engine_of(processes).map(coder_of(settings), documents), 1):
        document = outcome.item
        if outcome.error is not None:
            base.save_failure(document.id, extractor, outcome.error)
            done.failed.append((document.file, outcome.error))
        else:
            claims = outcome.result or []
            base.save_claims(document.id, claims, extractor)
            done.read += 1
            done.claims += len(claims)
        progress(count, len(pending), "reading")
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
    with unhurried():
        return _renewed(base, book, doubt, progress, rule, memory)


def _renewed(
    base: Store, book: Codebook, doubt: float, progress: Progress, rule: str | None, memory: BaseMemory | None
) -> Renewed:
    progress(0, 2, "putting incidents together")
    rule = rule or base.overview().rule
    known = memory or BaseMemory.beside(base.address)
    reports = Reports(base, known.credits)
    groups = group_copies(reports.texts(), memory=known.texts)
    base.save_copies([reports.origin_first(group) for group in groups])
    progress(1, 2, "putting incidents together")
    coded = list(base.claims(ClaimFilter(coded=doubt)))
    corpus = Corpus(coded, reports.facts, groups, actors_by_id(), type_facts(book), rule=rule)
    found = outline(corpus, judgements_of(base.decisions(), corpus.claims), known.comparisons)
    actors = with_list_names(base, found.identities.actors)
    made = changed(found, actors, base.made_from(), doubt)
    if not base.save_resolution(made):  # another program has put it together meanwhile
        made = changed(found, actors, MadeFrom(), doubt)
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
