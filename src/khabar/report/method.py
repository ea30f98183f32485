"""How a report was made, how far it can be relied on, and what it does not cover. Invariant: every figure is counted
from the base, or is one that `khabar evaluate` measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from khabar.report.asked import Asked
from khabar.report.gather import Found
from khabar.resolution.values.rules import rule_named
from khabar.store.base import View
from khabar.store.questions import ClaimFilter

__all__ = ["Accuracy", "accuracy", "method_notes"]


def method_notes(base: View, found: Found, asked: Asked, rule: str, doubt: float) -> tuple[str, ...]:
    """The method note, a paragraph each."""
    held = base.overview()
    single = sum(event.origins < 2 for event in found.inside)
    covered = (
        f"Made by Khabar from {held.read} of {held.documents} reports in its base ({held.unread} in languages it does "
        f"not read or without text, {held.failed} failed, {held.pending} not read yet). What no report of the base "
        "tells is not in here."
    )
    numbers = (
        f"Each number is that of the rule “{rule}”: {rule_named(rule).meaning}. In brackets are the lowest and the "
        "highest number that a source states, summed over incidents. Totals that reports give for a period are never "
        "added."
    )
    dated = "An incident counts where its whole date lies in the period."
    dated += f" {len(found.perhaps)} more may lie in it and are listed apart." if found.perhaps else ""
    dated += f" {found.uncertain} are only told as denied or supposed and are left out." if found.uncertain else ""
    waiting = (
        f"{base.count(ClaimFilter(doubtful=doubt))} claims of the base wait for a person's decision; those more likely "
        "wrong than right are in no number."
    )
    names = "Private persons have pseudonyms; an allegation is shown with who makes it."
    if asked.names:
        names = "Names of private persons were asked for: do not publish this report as it is."
    notes = [covered, numbers, dated]
    if found.inside:
        notes.append(f"Of {len(found.inside)} incidents {single} rest on one independent origin.")
    notes += [waiting, accuracy().words, names]
    if asked.origins:
        notes.append(
            f"Whom others hold responsible is named where {asked.origins} or more independent origins say so, or the "
            "actor claims it."
        )
    return tuple(notes)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Shares of values that were right, by field, with the data they were measured on and the day."""

    data: str
    on: str
    right: Mapping[str, float]

    @property
    def words(self) -> str:
        """One sentence."""
        said = ", ".join(f"{name} {100 * share:.0f} %" for name, share in self.right.items())
        return f"How often Khabar is right, before anybody checks: {said} (measured {self.on} on {self.data})."


@lru_cache(maxsize=1)
def accuracy() -> Accuracy:
    """What `khabar evaluate` measured last, as `tools/report_accuracy.py` took it over."""
    found = yaml.safe_load((files("khabar.report") / "accuracy.yml").read_text(encoding="utf-8"))
    return Accuracy(found["data"], str(found["on"]), found["right"])
