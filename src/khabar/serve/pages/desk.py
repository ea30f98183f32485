"""The reading desk: a report on the left, its claims as filled forms on the right, and what a coder decides there.

Invariant: every act is a form that works without script; what was typed is never lost, also where somebody else decided
meanwhile: then the page shows both (409), and the coder decides once more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from khabar.benches import bench_of
from khabar.codebook.load import load_codebook
from khabar.errors import ConflictError, KhabarError, NotFoundError
from khabar.records import CLAIM_KINDS, Assignment, Draft
from khabar.review.acts import Act, entry_of
from khabar.review.bench import Bench, entries_of, last_undoable
from khabar.serve.desk import form_of, refused
from khabar.serve.desk_forms import act_of, blind_of, coding_of, first, named
from khabar.serve.reading_desk import after, desktop_of, filled_form, open_entries
from khabar.serve.rendering import doubt_of, render
from khabar.serve.seat import base_of, desk_of, seat_of, user_of
from khabar.store.review_questions import ReviewFilter

__all__ = ["router"]

router = APIRouter()


@router.get("/documents/{key}")
def document(
    request: Request, key: str, claim: str = "", start: int = 0, end: int = 0, new: str = "", done: str = ""
) -> Response:
    """One document and its claims; `claim` is open, the words at `start:end` stand out, `new` opens an empty form."""
    base = base_of(request)
    found = base.document(key)
    blind = blind_of(request, found.id)
    if blind is not None:
        return RedirectResponse(f"/codings/{blind.number}", status_code=303)
    asked = {"claim": claim, "start": start, "end": end, "new": new if new in CLAIM_KINDS else ""}
    return _desk(request, bench_of(base, found.id), asked, None, done)


@router.get("/codings/{number}")
def coding(request: Request, number: int, claim: str = "", new: str = "") -> Response:
    """The desk of an own coding: the coder it was given to alone sees it."""
    base = base_of(request)
    given = coding_of(request, number)
    bench = bench_of(base, given.document, number)
    asked = {"claim": claim, "new": new if new in CLAIM_KINDS else ""}
    return _desk(request, bench, asked, given)


def _desk(
    request: Request, bench: Bench, asked: dict[str, Any], given: Assignment | None, done: str = "", problem: str = ""
) -> HTMLResponse:
    base, desk = base_of(request), seat_of(request).desk
    user = user_of(request)
    book = desk.book() if desk is not None else load_codebook()
    shown = desktop_of(base, bench, book, user, {**asked, "doubt": doubt_of(request)}, given)
    waiting = open_entries(shown.entries)
    key = bench.document.id
    return render(
        request,
        "desk.html",
        status=422 if problem else 200,
        desk=shown,
        document=bench.document,
        at=f"/codings/{given.number}" if given is not None else f"/documents/{key}",
        waiting=waiting,
        new=asked.get("new", ""),
        kinds=CLAIM_KINDS,
        undoable=last_undoable(bench.reviews, user),
        done=done,
        problem=problem,
        origins=base.origins(key) if given is None else (),
        copies=[group for group in base.copies() if key in group] if given is None else (),
        groups=base.restrictions([key]).get(key, ()),
    )


@router.get("/documents/{key}/form")
def form(request: Request, key: str, claim: str = "", new: str = "", coding: int | None = None) -> HTMLResponse:
    """The open form of one entry, or of a missing claim, for a page that is there already."""
    base, desk, user = base_of(request), desk_of(request), user_of(request)
    given = coding_of(request, coding) if coding is not None else None
    bench = bench_of(base, base.document(key).id, coding)
    drafts = base.drafts(bench.document.id, user, coding)
    if new in CLAIM_KINDS:
        entry, filled = None, filled_form(new, None, desk.book(), drafts.get("new"))
    else:
        entry = entry_of(bench, claim)
        filled = filled_form(entry.claim.kind, entry, desk.book(), drafts.get(entry.target), doubt_of(request))
    return render(request, "desk_form.html", entry=entry, form=filled, document=bench.document, assignment=given)


@router.post("/documents/{key}/reviews")
async def review(request: Request, key: str) -> Response:
    """Decide about a claim, and go on to the next that waits; at the end of a report to the next report."""
    fields = await form_of(request)
    return await run_in_threadpool(_reviewed, request, key, fields)


def _reviewed(request: Request, key: str, fields: dict[str, list[str]]) -> Response:
    desk, base = desk_of(request), base_of(request)
    number = first(fields, "coding")
    given = coding_of(request, int(number)) if number.isdecimal() else None
    bench = desk.bench(base.document(key).id, given.number if given else None)
    act = named(desk, act_of(fields, user_of(request), bench), bench)
    try:
        desk.keep(bench, [act])
    except (ConflictError, NotFoundError) as problem:
        return _conflict(request, bench, act, fields, problem)
    except KhabarError as problem:
        asked = {"claim": act.target, "new": act.kind if act.act == "add" else "", "typed": act.values}
        return _desk(request, bench, asked, given, problem=str(problem))
    return _onward(desk.bench(bench.document.id, bench.coding), act, given)


def _onward(bench: Bench, act: Act, given: Assignment | None) -> RedirectResponse:
    """To the next entry that waits; after the last one of a report to the next report, of a coding back to it; of an
    adjudication always back to both sides.
    """
    if given is not None and given.task == "adjudication":
        return RedirectResponse(f"/adjudications/{given.number}", status_code=303)
    entries = entries_of(bench)
    following = after(entries, act.target)
    key = bench.document.id
    at = f"/codings/{bench.coding}" if bench.coding is not None else f"/documents/{key}"
    if following is not None and act.act != "add":
        return RedirectResponse(f"{at}?claim={following.target}#c-{following.target}", status_code=303)
    if following is None and act.act != "add" and bench.coding is None:
        return RedirectResponse(f"/queue/next?after={key}", status_code=303)
    stands = next((e for e in reversed(entries) if e.review is not None and e.review.decision == act.act), None)
    target = f"?claim={stands.target}#c-{stands.target}" if stands is not None and act.act == "add" else ""
    return RedirectResponse(f"{at}{target}", status_code=303)


def _conflict(
    request: Request, bench: Bench, act: Act, fields: dict[str, list[str]], problem: KhabarError
) -> HTMLResponse:
    """What stands now and what was sent, side by side; nothing was written."""
    now = bench_of(base_of(request), bench.document.id, bench.coding)
    entry = next((e for e in entries_of(now) if act.target in (e.target, e.claim.id)), None)
    carried = [(name, value) for name, values in fields.items() for value in values if name not in ("act", "seen")]
    return render(
        request,
        "conflict.html",
        status=409,
        entry=entry,
        act=act,
        carried=carried,
        problem=str(problem),
        document=bench.document,
    )


@router.post("/documents/{key}/accept-rest")
async def accept_rest(request: Request, key: str) -> Response:
    """Accept every claim of a report that waits for a decision, and go on to the next report."""
    fields = await form_of(request)

    def kept() -> Response:
        desk, base = desk_of(request), base_of(request)
        number = first(fields, "coding")
        given = coding_of(request, int(number)) if number.isdecimal() else None
        bench = desk.bench(base.document(key).id, given.number if given else None)
        user = user_of(request)
        there = set(fields.get("target", []))  # what the coder saw: a claim that came meanwhile is not meant
        acts = [
            Act("accept", user, e.target, seen=e.version) for e in open_entries(entries_of(bench)) if e.target in there
        ]
        try:
            desk.keep(bench, acts)
        except KhabarError as problem:
            raise refused(problem) from problem
        to = f"/codings/{given.number}" if given is not None else f"/queue/next?after={bench.document.id}"
        return RedirectResponse(to, status_code=303)

    return await run_in_threadpool(kept)


@router.post("/reviews/undo")
async def undo(request: Request) -> Response:
    """Take back a review by its number, else the coder's last one (of one document or coding, where it is named)."""
    fields = await form_of(request)

    def kept() -> Response:
        desk, user = desk_of(request), user_of(request)
        number, coding_number = first(fields, "number"), first(fields, "coding")
        given = coding_of(request, int(coding_number)) if coding_number.isdecimal() else None
        where = ReviewFilter(document=first(fields, "document") or None, coding=given.number if given else None)
        try:
            done = desk.take_back(user, int(number) if number.isdecimal() else None, where)
        except KhabarError as problem:
            raise refused(problem) from problem
        undone = next(r for r in base_of(request).reviews(replace(where, document=None)) if r.number == done.undoes)
        at = f"/codings/{given.number}" if given is not None else f"/documents/{undone.document or where.document}"
        return RedirectResponse(f"{at}?claim={done.target}#c-{done.target}", status_code=303)

    return await run_in_threadpool(kept)


@router.post("/documents/{key}/drafts")
async def drop_draft(request: Request, key: str) -> Response:
    """Throw away what was typed in a form and not decided."""
    fields = await form_of(request)

    def dropped() -> Response:
        number, target = first(fields, "coding"), first(fields, "target")
        given = coding_of(request, int(number)) if number.isdecimal() else None
        document = base_of(request).document(key).id
        desk_of(request).save_draft(Draft(document, target, user_of(request), {}, given.number if given else None))
        at = f"/codings/{given.number}" if given is not None else f"/documents/{document}"
        return RedirectResponse(f"{at}?claim={target}#c-{target}" if target != "new" else at, status_code=303)

    return await run_in_threadpool(dropped)
