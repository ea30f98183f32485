"""What one item may cost. Invariant: a limit that is broken costs the item that broke it, and its outcome says which.

Time is kept by whoever asked, who stops a worker that is overdue. Memory is kept by the system: a worker limits its own
data (what it allocates, mapped or not; libraries and files that are mapped for reading do not count), so that an
allocation beyond it fails at once, however quickly memory is eaten. Where the system has no such limit (Windows, and
macOS, which takes it and does not hold it) memory is not limited.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.settings import Settings

__all__ = ["Limits", "confine", "limits_of"]


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for one item, `memory` in bytes for a worker process with all that it has loaded; None is no limit."""

    seconds: float | None = None
    memory: int | None = None

    def __bool__(self) -> bool:
        return self.seconds is not None or self.memory is not None


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings name."""
    return Limits(settings.timeout, int(settings.memory * 1e9) if settings.memory else None)


def confine(memory: int | None) -> None:
    """Limit the data of this process, for good; None leaves it as it is."""
    if memory is None:
        return
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    asked = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (asked, hard))
