"""How work is mapped over many items; knows no stage."""

from khabar.engine.engine import Engine, Outcome
from khabar.engine.local import LocalEngine

__all__ = ["Engine", "LocalEngine", "Outcome"]
