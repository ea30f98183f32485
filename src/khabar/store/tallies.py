"""Incidents in numbers. Invariant: what a tally counts can be listed by a filter of incidents.

Numbers of dead are those of the values shown: `low`, `best` and `high` are sums over the incidents that state one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Tally", "TallyBy"]

TallyBy = Literal["month", "year", "type", "country", "actor", "stance"]
"""What incidents are counted by. A month or year is "" where the date is not known so exactly; `country` counts an
incident in each country of its places, `actor` and `stance` in each attribution; without one it is in none.
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many incidents have a key in common. `stated` of them state a number of dead; for `open` of these it has no
    upper end, and its best number or else its lower end is added to `high`.
    """

    key: tuple[str, ...]
    events: int
    stated: int
    low: int
    best: int
    high: int
    open: int
