"""Assignments, blind double coding, agreement, adjudication. Invariant: until both coders of a report have finished,
nobody is shown what either coded, and a coding is shown to its coder alone.
"""

from __future__ import annotations

from collections import defaultdict

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from khabar.benches import agreements_of, bench_of, codings_of
from khabar.errors import KhabarError
from khabar.records import Assignment
from khabar.review.acts import Act
from khabar.review.adjudicate import undecided, units_of
from khabar.review.agreement import slots_of
from khabar.review.bench import entries_of
from khabar.serve.desk import form_of, refused
from khabar.serve.desk_forms import coding_of, first
from khabar.serve.rendering import doubt_of, render
from khabar.serve.seat import base_of, desk_of, user_of
from khabar.store.base import View
from khabar.store.review_questions import AssignmentFilter
from khabar.text import file_name

__all__ = ["router"]

router = APIRouter()

_CODERS = 10


@router.get("/codings")
def codings(request: Request) -> HTMLResponse:
    """What is given to whom, batch by batch, and the form that gives more."""
    base = base_of(request)
    every = base.assignments()
    return render(
        request,
        "codings.html",
        reviews=[a for a in every if a.task == "review"],
        batches=_batches(every),
        names=_names(base, every),
    )


def _names(base: View, given: list[Assignment]) -> dict[str, str]:
    found = {}
    for key in {a.document for a in given}:
        document = base.document(key)
        found[key] = document.title or document.external_id or file_name(document.file)
    return found


def _batches(every: list[Assignment]) -> dict[str, dict[str, list[Assignment]]]:
    """The codings and adjudications of each batch, by document."""
    found: dict[str, dict[str, list[Assignment]]] = defaultdict(lambda: defaultdict(list))
    for one in every:
        if one.task != "review":
            found[one.batch][one.document].append(one)
    return {batch: dict(documents) for batch, documents in found.items()}


@router.post("/codings")
async def assign(request: Request) -> RedirectResponse:
    """Give documents to coders: named ones, or every n-th; for review, or for coding apart from each other."""
    fields = await form_of(request)

    def given() -> RedirectResponse:
        desk, user = desk_of(request), user_of(request)
        coders = [name.strip() for name in first(fields, "coders").split(",") if name.strip()][:_CODERS]
        task, batch = first(fields, "task") or "coding", first(fields, "batch")
        every = first(fields, "every")
        sees = first(fields, "machine") == "yes"
        try:
            keys = desk.sample(int(every) if every.isdecimal() else 1, first(fields, "documents").split())
            if not coders or (task == "coding" and not batch):
                raise HTTPException(422, "Name the coders, and of double coding the batch.")
            desk.assign([Assignment(key, coder, task, user, batch, sees) for key in keys for coder in coders])
        except KhabarError as problem:
            raise refused(problem) from problem
        return RedirectResponse("/codings", status_code=303)

    return await run_in_threadpool(given)


@router.post("/codings/{number}/finish")
async def finish(request: Request, number: int) -> Response:
    """Finish an own coding or an adjudication."""
    await form_of(request)

    def done() -> Response:
        given = coding_of(request, number)
        try:
            desk_of(request).finish(number, user_of(request))
        except KhabarError as problem:
            raise refused(problem) from problem
        to = f"/documents/{given.document}" if given.task == "adjudication" else "/codings"
        return RedirectResponse(to, status_code=303)

    return await run_in_threadpool(done)


@router.get("/agreement")
def agreement(request: Request, batch: str = "") -> HTMLResponse:
    """Alpha and F1 of each value, between coders and between each coder and the machine."""
    base = base_of(request)
    every = base.assignments(AssignmentFilter(task="coding"))
    names = list(dict.fromkeys(a.batch for a in every))
    batch = batch or (names[-1] if names else "")
    return render(
        request,
        "agreement.html",
        batch=batch,
        batches=names,
        tables=agreements_of(base, batch, doubt_of(request)) if batch else [],
        waiting=[a for a in every if a.batch == batch and not a.done_at],
    )


@router.post("/adjudicate")
async def begin(request: Request) -> RedirectResponse:
    """Open the adjudication of a document of a batch."""
    fields = await form_of(request)

    def begun() -> RedirectResponse:
        try:
            given = desk_of(request).adjudicate(first(fields, "document"), first(fields, "batch"), user_of(request))
        except KhabarError as problem:
            raise refused(problem) from problem
        return RedirectResponse(f"/adjudications/{given.number}", status_code=303)

    return await run_in_threadpool(begun)


@router.get("/adjudications/{number}")
def adjudication(request: Request, number: int) -> HTMLResponse:
    """Both codings side by side: choose one, neither, or write a third."""
    base = base_of(request)
    given = coding_of(request, number)
    bench = bench_of(base, given.document, number)
    units = units_of(codings_of(base, given))
    entries = {entry.target: entry for entry in entries_of(bench)}
    open_ = undecided(units, bench)
    return render(
        request,
        "adjudication.html",
        given=given,
        document=bench.document,
        units=units,
        entries=entries,
        waiting=[place for place, unit in enumerate(units) if unit in open_],
        values={claim.id: slots_of(claim) for unit in units for claim in unit.claims},
    )


@router.post("/adjudications/{number}/choose")
async def choose(request: Request, number: int) -> RedirectResponse:
    """Take one side of a unit and leave the other, or leave both (`take` empty)."""
    fields = await form_of(request)

    def chosen() -> RedirectResponse:
        desk, user = desk_of(request), user_of(request)
        given = coding_of(request, number)
        bench = desk.bench(given.document, number)
        versions = {entry.target: entry.version for entry in entries_of(bench)}
        take, sides = first(fields, "take"), [key for key in fields.get("side", []) if key in versions]
        acts = [Act("accept" if key == take else "reject", user, key, seen=versions[key]) for key in sides]
        try:
            desk.keep(bench, acts)
        except KhabarError as problem:
            raise refused(problem) from problem
        unit = first(fields, "unit")
        return RedirectResponse(f"/adjudications/{number}#u-{unit}", status_code=303)

    return await run_in_threadpool(chosen)
