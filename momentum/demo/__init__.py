"""The demonstration: six courses worth reading, and some learners with three weeks behind them.

Everything goes through the same actions as a person's clicks, so every number on every page was counted.
"""

from momentum.demo.load import load

__all__ = ["load"]
