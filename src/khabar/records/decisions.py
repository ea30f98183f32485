"""What people decide about incidents and actors. Invariant: a decision is never changed; to undo is a decision too."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.records.vocabulary import ACTS, need, one_of

__all__ = ["Asked", "Decision", "Party"]


@dataclass(frozen=True, slots=True)
class Party:
    """A claim, or the name or dictionary id of an actor, that a decision is about.

    Of a claim, `document`, `start` and `end` say where it stands: a later reading may give it another id, and the
    decision must find it again. Of an actor `document` is None.
    """

    key: str
    document: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """One act of a person. `number` and `at` are the store's: 0 and empty until it is kept.

    `same` and `merge` say that all `sides` are one, `different` and `split` that no two of them are, `unsure` that
    nobody can tell. `undo` has no sides: `undoes` is the number of the decision that no longer holds.
    """

    act: str
    by: str
    sides: tuple[tuple[Party, ...], ...] = ()
    note: str = ""
    undoes: int | None = None
    number: int = 0
    at: str = ""

    def __post_init__(self) -> None:
        one_of(self.act, ACTS, "decision.act")
        need(self.by and not self.by.startswith("rule:"), "a decision is by a person")
        if self.act == "undo":
            need(self.undoes is not None and not self.sides, "to undo needs the number of a decision, and no sides")
        else:
            need(self.undoes is None, "only to undo names another decision")
            need(len(self.sides) > 1 and all(self.sides), "a decision has two sides or more, each with a member")
            keys = [party.key for side in self.sides for party in side]
            need(len(set(keys)) == len(keys), "nothing stands on two sides of a decision")

    @property
    def verdict(self) -> str:
        """same, different or unsure; empty of an undo."""
        return {"merge": "same", "split": "different", "undo": ""}.get(self.act, self.act)

    @property
    def about(self) -> str:
        """Incidents or actors; empty of an undo."""
        if not self.sides:
            return ""
        return "actors" if self.sides[0][0].document is None else "incidents"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for, as typed: ids of incidents or claims, names of actors, or the number to undo."""

    act: str
    keys: tuple[str, ...]
    by: str
    note: str = ""
