"""Momentum: an AI-first learning platform for short daily courses."""

__version__ = "0.1.0"
