"""Who may see what. `Clearances(base, settings)` gives the base as people of some groups see it, and their desk."""

from khabar.access.clearances import Clearances, cleared
from khabar.access.store import ClearedStore

__all__ = ["Clearances", "ClearedStore", "cleared"]
