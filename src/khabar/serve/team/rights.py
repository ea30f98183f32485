"""Who may ask what: the one table. Invariant: what is not in it is refused to everybody; where several lines fit a
request, all of them must allow it, so that no line loosens another.

`khabar.serve.team.gate` asks this table before any page runs, and pages ask it what to offer. A test walks every
address of the application and fails for one that is not here.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.routing import compile_path

from khabar.store.account_questions import ROLES

__all__ = ["ANYONE", "NOBODY", "RIGHTS", "SIGNED_IN", "declared", "may", "methods", "needed"]

ANYONE, SIGNED_IN, NOBODY = "anyone", "signed in", "nobody"
"""Without an account; with any account; not even an administrator."""

RIGHTS: Mapping[str, tuple[str, ...]] = {
    ANYONE: (
        "GET /login",
        "POST /login",
        "GET /login/house",
        "GET /login/house/back",
        "GET /static/{path:path}",
        "POST /theme",
    ),
    SIGNED_IN: (
        "POST /logout",
        "GET /account",
        "POST /account/password",
        "POST /account/tokens",
        "POST /account/tokens/{number}/revoke",
        "POST /account/sessions/end",
    ),
    "reader": (
        # What the base says, and what it rests on
        "GET /",
        "GET /actors",
        "GET /actors/{key:path}",
        "GET /claims/{key}",
        "GET /compare",
        "GET /compare/un-list",
        "GET /compare/un-list/{key}",
        "GET /compare/{name}",
        "GET /compare/{name}/{key:path}",
        "GET /contradictions",
        "GET /documents",
        "GET /documents/{key}",
        "GET /documents/{key}/text",
        "GET /export",
        "GET /export/file",
        "GET /genealogy",
        "GET /incidents",
        "GET /incidents/{key}",
        "GET /map",
        "GET /network",
        "GET /positions",
        "GET /search",
        "GET /statements",
        "GET /ties",
        "GET /timeline",
        "GET /totals",
        # The same for programs
        "GET /api/actors",
        "GET /api/actors.csv",
        "GET /api/actors/{key:path}",
        "GET /api/claims/{key}",
        "GET /api/claims/{key}/history",
        "GET /api/compare",
        "GET /api/compare/un-list",
        "GET /api/compare/un-list.csv",
        "GET /api/compare/un-list/{key}",
        "GET /api/compare/un-list/{key}.csv",
        "GET /api/compare/{name}",
        "GET /api/compare/{name}.csv",
        "GET /api/compare/{name}/{key:path}",
        "GET /api/contradictions",
        "GET /api/contradictions.csv",
        "GET /api/contradictions/{key}",
        "GET /api/docs",
        "GET /api/documents",
        "GET /api/documents.csv",
        "GET /api/documents/{key}/claims",
        "GET /api/export",
        "GET /api/export/{name}",
        "GET /api/genealogy",
        "GET /api/genealogy.csv",
        "GET /api/incidents",
        "GET /api/incidents.csv",
        "GET /api/incidents/{key}",
        "GET /api/incidents/{key}/why",
        "GET /api/map",
        "GET /api/map/areas.csv",
        "GET /api/map/shapes",
        "GET /api/network",
        "GET /api/network.csv",
        "GET /api/openapi.json",
        "GET /api/overview",
        "GET /api/positions",
        "GET /api/positions.csv",
        "GET /api/search",
        "GET /api/search.csv",
        "GET /api/statements",
        "GET /api/statements.csv",
        "GET /api/ties",
        "GET /api/timeline",
        "GET /api/timeline.csv",
        "GET /api/totals",
        "GET /api/totals.csv",
    ),
    "coder": (
        # Deciding about claims, incidents and actors; own codings
        "GET /codings",
        "GET /codings/{number}",
        "POST /codings/{number}/finish",
        "GET /decisions",
        "POST /decisions",
        "GET /documents/{key}/form",
        "POST /documents/{key}/accept-rest",
        "POST /documents/{key}/drafts",
        "POST /documents/{key}/reviews",
        "GET /queue",
        "GET /queue/next",
        "POST /reviews/undo",
        "GET /api/actors/named",
        "GET /api/assignments",
        "GET /api/decisions",
        "POST /api/decisions",
        "GET /api/decisions.csv",
        "PUT /api/documents/{key}/drafts/{target}",
        "POST /api/documents/{key}/reviews",
        "GET /api/places",
        "GET /api/queue",
        "GET /api/queue.csv",
        "GET /api/reviews",
        "POST /api/reviews/undo",
    ),
    "reviewer": (
        # Giving work to coders, setting their codings beside each other, settling differences
        "POST /adjudicate",
        "GET /adjudications/{number}",
        "POST /adjudications/{number}/choose",
        "GET /agreement",
        "POST /codings",
        # Who may see a report
        "POST /documents/{key}/access",
        "GET /api/agreement",
        "POST /api/assignments",
    ),
    "admin": (
        "GET /accounts",
        "POST /accounts",
        "POST /accounts/{name}",
        "POST /accounts/{name}/password",
        "POST /accounts/{name}/sessions",
    ),
    NOBODY: (
        # The account is the name; nobody works under another
        "POST /coder",
    ),
}
"""Right to the addresses that ask for it, as method and path."""

_ORDER = (ANYONE, SIGNED_IN, *ROLES, NOBODY)
_LINES = tuple(
    (right, method, path, compile_path(path)[0])
    for right, lines in RIGHTS.items()
    for method, _, path in (line.partition(" ") for line in lines)
)


def declared(method: str, path: str) -> str | None:
    """The right that a line of the table asks for, by method and path as they are written there."""
    return next((right for right, m, p, _ in _LINES if (m, p) == (method, path)), None)


def needed(method: str, path: str) -> str | None:
    """The strictest right that a request needs; None where no line fits."""
    wanted = "GET" if method == "HEAD" else method
    found = [right for right, m, _, pattern in _LINES if m == wanted and pattern.match(path)]
    return max(found, key=_ORDER.index) if found else None


def methods(path: str) -> tuple[str, ...]:
    """The methods that have a line for a path."""
    return tuple(sorted({method for _, method, _, pattern in _LINES if pattern.match(path)}))


def may(role: str, right: str | None) -> bool:
    """Whether somebody of a role (empty: without an account) has a right; no right is nobody's."""
    if right is None or right == NOBODY:
        return False
    if right == ANYONE:
        return True
    if not role or role not in ROLES:
        return False
    return right == SIGNED_IN or ROLES.index(role) >= ROLES.index(right)
