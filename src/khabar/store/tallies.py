"""Incidents in numbers. Invariant: what a tally counts can be listed by a filter of incidents.

Numbers of dead are sums over incidents: `best` of the values shown, `low` and `high` of the lowest and the highest
number that a source states of each.
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
    """How many incidents have a key in common. Of `stated` of them a source states a number of dead; of `open` of these
    one says that it may be more than the highest number stated, as "at least 29" does.
    """

    key: tuple[str, ...]
    events: int
    stated: int
    low: int
    best: int
    high: int
    open: int
