"""The one exception tree. Invariant: every message names the thing and the remedy, and fits on one line.

KhabarError
├── RecordError        a record was made with values it does not allow (a bug or a bad claim line)
├── SettingsError      a setting or option cannot be used
├── DocumentError      a file or feed cannot be archived or parsed; the others go on
├── CodebookError      a codebook is missing, unreadable or wrong; names file and key
├── ReadingError       the reader or one of its data files is missing or broken
├── ExtractionError    an extractor produced something that is not grounded in its text
├── StoreError         a store cannot be opened, read or written
│   └── NoStoreError   there is none yet at this address
├── NotFoundError      an id or name asked for is not in the store
├── ConflictError      somebody else changed meanwhile what a change is about; nothing was written
├── ExportError        a shape or a target file cannot be written
└── EvaluationError    gold or floors are missing, unreadable or do not hold
"""

from __future__ import annotations

__all__ = [
    "CodebookError",
    "ConflictError",
    "DocumentError",
    "EvaluationError",
    "ExportError",
    "ExtractionError",
    "KhabarError",
    "NoStoreError",
    "NotFoundError",
    "ReadingError",
    "RecordError",
    "SettingsError",
    "StoreError",
    "broken_installation",
]


class KhabarError(Exception):
    """Root of every error Khabar raises on purpose; the command line prints it as one line and exits with 1."""

    def __init__(self, message: str, remedy: str = "") -> None:
        """`message` names the thing that is wrong; `remedy` says what the user can do about it."""
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}".strip())


def broken_installation(problem: ImportError) -> str:
    """What to say where a part of the installation went away: no traceback tells what to do about it."""
    return f"the installation is broken ({problem}). `khabar doctor` says what is missing and how to mend it."


class RecordError(KhabarError):
    """A record was made with values it does not allow."""


class SettingsError(KhabarError):
    """A setting or option cannot be used."""


class DocumentError(KhabarError):
    """A file or feed cannot be archived or parsed."""


class CodebookError(KhabarError):
    """A codebook is missing, unreadable or wrong."""


class ReadingError(KhabarError):
    """The reader or one of its data files is missing or broken."""


class ExtractionError(KhabarError):
    """An extractor produced something that is not grounded in its text."""


class StoreError(KhabarError):
    """A store cannot be opened, read or written."""


class NoStoreError(StoreError):
    """There is no store yet where one is asked for."""


class NotFoundError(KhabarError):
    """An id or name asked for is not in the store."""


class ConflictError(KhabarError):
    """Somebody else changed meanwhile what this change is about; nothing was written."""


class ExportError(KhabarError):
    """A shape or a target file cannot be written."""


class EvaluationError(KhabarError):
    """Gold or floors are missing or unreadable, or a figure is below its floor."""
