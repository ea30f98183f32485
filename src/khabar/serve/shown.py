"""By which rule a page shows incidents. Invariant: the rule asked for in the address wins over the setting, and that
over the rule by which the base was put together.
"""

from __future__ import annotations

from fastapi import Request

from khabar.by_rule import ByRule
from khabar.codebook.load import load_codebook
from khabar.serve.seat import base_of

__all__ = ["rule_of", "shown_by"]


def rule_of(request: Request, asked: str) -> str:
    """The name of the rule in force for a request."""
    preferred: str | None = request.app.state.rule
    return asked or preferred or base_of(request).rule()


def shown_by(request: Request, asked: str) -> ByRule:
    """What shows incidents by the rule in force."""
    return ByRule(base_of(request), load_codebook(), rule_of(request, asked))
