"""A step that reads like the program's own, and does on purpose what a bad document or a bad library may do."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass

from khabar.coding import Coder
from khabar.errors import ReadingError
from khabar.records import Claim, Document


@dataclass(frozen=True)
class Poisoned:
    """Reads; but the text of a document may begin with what is to go wrong."""

    coder: Coder

    def load(self) -> None:
        self.coder.load()

    def __call__(self, document: Document) -> list[Claim]:
        wrong = document.text.partition(":")[0]
        if wrong == "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        if wrong == "HANG":
            time.sleep(600)
        if wrong == "RAISE":
            raise ReadingError("It cannot be read.", "Leave it out.")
        eaten = []
        while wrong == "EAT":
            eaten.append(bytes(50_000_000))  # taken, not written on: where all are busy, memory comes slowly
        return self.coder(document)
