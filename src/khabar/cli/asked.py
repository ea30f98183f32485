"""What a person asks for with filters, checked. Invariant: a word that no filter knows is said, with the words there
are; it never passes as "nothing found".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from khabar.errors import SettingsError

__all__ = ["country_code", "day", "known_type", "word"]


def word(option: str, value: str | None, known: Sequence[str]) -> str | None:
    """The value, which must be one of `known`."""
    if value is not None and value not in known:
        raise SettingsError(f"{option} is {value!r}.", f"Use one of {', '.join(known)}.")
    return value


def day(option: str, value: str | None) -> str | None:
    """The ISO day of a day, or of nothing."""
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        raise SettingsError(f"{option} is {value!r}, which is not a day.", "Write it as 2016-10-24.") from None


def country_code(option: str, value: str | None) -> str | None:
    """The two-letter code in capitals."""
    if value is None:
        return None
    if not re.fullmatch(r"[A-Za-z]{2}", value):
        raise SettingsError(f"{option} is {value!r}.", "Give the two-letter code of the country, for example PK.")
    return value.upper()


def known_type(value: str | None, codebook: str | None) -> None:
    """SettingsError where no codebook in use has a type of this name. Asked only after nothing was found: a base may
    hold types of a codebook that is no longer in use.
    """
    if value is None:
        return
    from khabar.codebook.load import DEFAULT, load_codebook

    book = load_codebook(codebook or DEFAULT)
    if value not in book.events and value not in book.relations:
        raise SettingsError(
            f"--type is {value!r}, which {book.key} has not.", "`khabar codebook show` lists the types."
        )
