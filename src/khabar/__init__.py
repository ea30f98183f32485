"""Khabar: reports in, a sourced incident base out."""

__all__ = ["__version__"]

__version__ = "0.1.0"
