"""How work is mapped over many items; knows no stage."""

from khabar.engine.engine import Engine, Outcome
from khabar.engine.limits import Limits
from khabar.engine.local import LocalEngine

__all__ = ["Engine", "Limits", "LocalEngine", "Outcome"]
