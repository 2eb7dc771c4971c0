"""Units: which measure the same thing, and by what factor."""

from __future__ import annotations

from typing import Final

# Unit -> (what it measures, how many of the smallest one it is).
_UNITS: Final[dict[str, tuple[str, float]]] = {
    "mm": ("length", 1),
    "cm": ("length", 10),
    "dm": ("length", 100),
    "m": ("length", 1000),
    "km": ("length", 1_000_000),
    "in": ("length", 25.4),
    "ft": ("length", 304.8),
    "yd": ("length", 914.4),
    "mi": ("length", 1_609_344),
    "mg": ("mass", 0.001),
    "g": ("mass", 1),
    "kg": ("mass", 1000),
    "t": ("mass", 1_000_000),
    "lb": ("mass", 453.592),
    "lb½": ("mass", 500),
    "oz": ("mass", 28.3495),
    "ml": ("volume", 1),
    "cl": ("volume", 10),
    "dl": ("volume", 100),
    "l": ("volume", 1000),
    "ms": ("time", 0.001),
    "s": ("time", 1),
    "min": ("time", 60),
    "h": ("time", 3600),
    "d": ("time", 86_400),
    "wk": ("time", 604_800),
    "mo": ("calendar", 1),
    "yr": ("calendar", 12),
    "dec": ("calendar", 120),
    "cent": ("calendar", 1200),
    "%": ("share", 1),
    "°C": ("temperature", 1),
    "°F": ("temperature", 1),
    "°": ("temperature", 1),
    "€": ("euro", 1),
    "$": ("dollar", 1),
    "£": ("pound", 1),
    "m²": ("area", 1),
    "ha": ("area", 10_000),
    "km²": ("area", 1_000_000),
    "W": ("power", 1),
    "kW": ("power", 1000),
    "MW": ("power", 1_000_000),
    "V": ("voltage", 1),
    "B": ("data", 1),
    "kB": ("data", 1000),
    "MB": ("data", 1_000_000),
    "GB": ("data", 1_000_000_000),
    "Hz": ("frequency", 1),
    "kHz": ("frequency", 1000),
    "km/h": ("speed", 1),
}
SYMBOLS: Final = frozenset(_UNITS) - {"lb½", "dec", "cent", "d", "wk", "mo", "yr"}


def measured(value: float, unit: str) -> tuple[float, str]:
    """The value in the smallest unit, and what it measures: 1 km and 1000 m are the same."""
    if not unit:
        return value, ""
    kind, factor = _UNITS[unit]
    if unit == "°F":
        return round((value - 32) / 1.8, 1), kind
    return round(value * factor, 6), kind
