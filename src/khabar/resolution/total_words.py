"""What a base explains of a total, in words. Invariant: sure and perhaps are never added to each other."""

from __future__ import annotations

from collections.abc import Mapping

from khabar.resolution.totals import Coverage, Sum
from khabar.resolution.wording import count_words

__all__ = ["coverage_words", "stated_words", "sum_words"]


def sum_words(found: Sum) -> str:
    """A sum: "113", "113 to 118", "113 or more"."""
    if found.high is None:
        return f"{found.low} or more"
    return str(found.low) if found.low == found.high else f"{found.low} to {found.high}"


def stated_words(total: Coverage) -> str:
    """What a total says: "9 incidents, 129 killed, 112 injured"."""
    parts = [_incidents(total.incidents)] if total.incidents is not None else []
    return ", ".join([*parts, *(f"{count_words(count)} {field}" for field, count in total.stated.items())])


def coverage_words(total: Coverage) -> str:
    """What the base explains, "113 of 129 killed in 2 of 9 incidents", and what it perhaps explains besides."""
    if not total.sure and not total.perhaps:
        return "Your base has no incident that falls into this total."
    number = _incidents(total.incidents) if total.incidents is not None else ""
    if not total.sure:
        people = _people(total.possible)
        few = f"{len(total.perhaps)} of {number}" if number else _incidents(len(total.perhaps))
        return f"Your base explains nothing of it for sure, and perhaps {f'{people} in ' if people else ''}{few}."
    few = f"{len(total.sure)} of {number}" if number else _incidents(len(total.sure))
    told = [f"{sum_words(s)} of {count_words(total.stated[field])} {field}" for field, s in total.explained.items()]
    sure = f"Your base explains {f'{_joined(told)} in ' if told else ''}{few}"
    if not total.perhaps:
        return f"{sure}."
    people = _people(total.possible)
    return f"{sure}; perhaps also {f'{people} in ' if people else ''}{len(total.perhaps)} more."


def _people(sums: Mapping[str, Sum]) -> str:
    return _joined([f"{sum_words(s)} {field}" for field, s in sums.items() if s.low or s.high != 0])


def _joined(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _incidents(number: int) -> str:
    return f"{number} incident{'' if number == 1 else 's'}"
