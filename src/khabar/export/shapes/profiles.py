"""Which allegations may leave a base. Invariant: who claims an incident is named; whom others hold responsible is named
where enough independent origins say so, else the incident leaves with nobody named, and the report of losses says that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from khabar.errors import SettingsError
from khabar.export.shapes.attributed import Attributed
from khabar.export.shapes.parts import LossRule

__all__ = ["PROFILES", "WITHHELD", "Profile", "profile_named"]


@dataclass(frozen=True, slots=True)
class Profile:
    """A named profile: `origins` is how many independent origins must hold an actor responsible that claims nothing."""

    name: str
    says: str
    origins: int = 0

    def lets(self, who: Attributed) -> bool:
        """Whether this attribution may leave."""
        return who.claimed or len(who.origins) >= self.origins


PROFILES: Mapping[str, Profile] = {
    "internal": Profile("internal", "every attribution leaves, with its stance; for work among colleagues"),
    "public": Profile("public", "an attribution leaves where the actor claims it or independent origins state it", 2),
}
"""The profiles there are; the project file can set `origins` of each and add others."""

WITHHELD = LossRule(
    "allegation kept back",
    "withheld",
    "too few independent origins hold this actor responsible, and it claims nothing; the incident leaves with nobody "
    "named for it",
)


def profile_named(name: str, own: Iterable[Profile] = ()) -> Profile:
    """The profile of that name, the project's own before those built in; SettingsError lists the names."""
    known = {**PROFILES, **{profile.name: profile for profile in own}}
    if name not in known:
        raise SettingsError(f"there is no export profile {name!r}.", f"Use one of {', '.join(sorted(known))}.")
    return known[name]
